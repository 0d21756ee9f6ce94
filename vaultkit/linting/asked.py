"""The keys under which a run writes down what a note asked about the vault, and which of them another vault touches.

Knows keys only; who asks is `context`, who is asked again is `whole`. Keys of claims are `claims`' own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from vaultkit.linting.file_names import loose, loose_names
from vaultkit.linting.near import keys_asked, keys_touched
from vaultkit.vault.names import path_key


def name_key(path: str) -> str:
    """Which file a path or linkpath leads to. Never with `.md`: `[[x]]` finds `x` and `x.md`."""
    name = path_key(path).rsplit("/", 1)[-1]
    while name.endswith(".md"):
        name = name[:-3]
    return f"name:{name}"


def similar_key(name: str) -> str:
    """Which files have a name like that of the linkpath `name`."""
    return f"similar:{loose(name)}"


def near_keys(name: str) -> Iterator[str]:
    """Which files have a name that is a slip of the pen away."""
    return (f"near:{key}" for key in keys_asked(name))


def folder_key(folder: str) -> str:
    """Which files lie below a folder."""
    return f"folder:{path_key(folder)}"


def folder_name_key(name: str) -> str:
    """Which folders have that name."""
    return f"folder-name:{path_key(name)}"


def future_key(day: dt.date) -> str:
    """Whether the day is still to come; asked only as long as it is."""
    return f"future:{day.isoformat()}"


def note_key(path: str) -> str:
    """What stands in the note at `path`."""
    return f"note:{path}"


HISTORY = "history"
"""Which notes there once were."""


def names_touched(paths: Iterable[str]) -> set[str]:
    """The keys about names and folders that may have another answer when files at `paths` come or go."""
    out = set()
    for path in paths:
        out.add(name_key(path))
        out |= {f"similar:{name}" for name in loose_names(path)}
        out |= {f"near:{key}" for key in keys_touched(path)}
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            out.add(folder_key(folder))
            out.add(folder_name_key(folder.rpartition("/")[2]))
    return out


def days_come(before: dt.date | None, today: dt.date | None) -> set[str] | None:
    """The keys about days that were still to come on the day `before` and are not today. None: that cannot be told,
    because the clock was set back, or one of the two is not known."""
    if before == today:
        return set()
    if before is None or today is None or today < before:
        return None
    return {future_key(before + dt.timedelta(days=n)) for n in range(1, (today - before).days + 1)}
