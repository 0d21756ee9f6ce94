"""The time zone of this machine, for what does not say where it was written."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from vaultkit.importing.moment import Zone


def machine_zone() -> Zone:
    """The zone by name; where the machine has none, by the offset that holds now."""
    import tzlocal

    try:
        name = tzlocal.get_localzone_name()
        zoneinfo.ZoneInfo(name)
        return Zone(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError, LookupError, TypeError):
        return Zone(dt.datetime.now().astimezone().strftime("%z")[:5])
