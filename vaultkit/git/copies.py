"""Names that sync services give to the second version of a file that two devices changed. Pure.

Syncthing: `Day.sync-conflict-20260301-120000-ABCDEFG.md`. Obsidian Sync: `Day (Conflicted copy phone 202603011200).md`.
Dropbox and Nextcloud: `Day (Ada's conflicted copy 2026-03-01).md`, `Day (conflicted copy 2026-03-01 120000).md`.
"""

from __future__ import annotations

import re

_SYNCTHING = re.compile(r"\.sync-conflict-[0-9]{8}-[0-9]{6}(?:-[0-9A-Z]{7})?")
_WORDS = "conflicted copy"


def copy_of(name: str) -> str:
    """The name of the file that the one called `name` is a copy of; empty when it is none."""
    if found := _SYNCTHING.search(name):
        return name[: found.start()] + name[found.end() :]
    at = name.lower().find(_WORDS)
    if at < 0:
        return ""
    start, end = name.rfind("(", 0, at), name.find(")", at)
    return name[:start].rstrip() + name[end + 1 :] if start >= 0 and end > 0 else ""
