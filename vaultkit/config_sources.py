"""`sources:` of `vaultkit.yaml`: the exports that `vaultkit sync` imports, and how.

Knows the keys of a source and where its files are looked for; reads none of them, and knows no formats.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple

from vaultkit.config_values import Drafts, PullRequests, address, folder, tag, timezone
from vaultkit.errors import UsageError
from vaultkit.schema import ONE, Named, near
from vaultkit.vault.names import safe_name

PLACEHOLDERS = ("title", "date", "number", "id")
"""What may stand in braces in `note-name`."""


class DateOrder(StrEnum):
    """How 03/04/2024 is meant."""

    DMY = "dmy"
    MDY = "mdy"


def _name(name: str) -> str:
    if not name or safe_name(name) != name or name.startswith("."):
        raise ValueError("is no good name for a source: letters, digits, `-` and `_` are")
    return name


def _path(path: str) -> str:
    if not path.strip():
        raise ValueError("is empty; name a file, a folder, or a pattern like `~/Downloads/diary*.txt`")
    return path


def note_name(template: str) -> str:
    """A template for the names of notes. Raises ValueError for what it cannot hold."""
    import string  # most runs read no template

    try:
        parts = list(string.Formatter().parse(template))
    except ValueError as e:
        raise ValueError(f"cannot be read ({e}); write braces of your own twice") from e
    for _, name, form, conversion in parts:
        if name is not None and (form or conversion or name not in PLACEHOLDERS):
            raise ValueError("may only hold " + ", ".join(f"{{{known}}}" for known in PLACEHOLDERS))
    if "/" in template or "\\" in template:
        raise ValueError("is a name, not a path; `into` names the folder")
    if not any(name for _, name, _, _ in parts):
        raise ValueError("would call all notes the same; it needs {title}, {date}, {number} or {id}")
    return template


class SourceConfig(NamedTuple):
    """One of `sources:`. What is left out is as `import:` or the format has it."""

    name: Named
    path: Annotated[tuple[Annotated[Named, _path], ...], ONE]
    """Files, folders or patterns: relative to the vault, absolute, or below `~`."""
    format: Named = Named("")
    """Empty: found out."""
    ids: Annotated[str, _name] = ""
    """First part of the ids of its notes; empty: the name."""
    into: Annotated[str | None, folder] = None
    note_name: Annotated[str, note_name] = ""
    tags: tuple[Annotated[str, tag], ...] = ()
    pull_requests: PullRequests | None = None
    drafts: Drafts | None = None
    site_url: Annotated[str, address] = ""
    project: str = ""
    """Of issues that do not name theirs: `group/project`, or its address."""
    date_order: DateOrder | None = None
    timezone: Annotated[str, timezone] = ""
    """Where its entries were written that do not say where; empty: not said."""
    infer_headings: bool = False
    complete: bool = False
    """The files hold all that there is: what they lack is gone there."""

    @property
    def prefix(self) -> str:
        """First part of the ids of its notes."""
        return self.ids or self.name

    def files(self, root: Path) -> list[str]:
        """The files and folders that `path` names now, those of a pattern in natural order: `2.txt` before `10.txt`.
        `root`: the vault. Raises UsageError with the place in the file when one is not there."""
        import glob  # only for imports

        found: dict[str, None] = {}
        for path in self.path:
            given = os.path.expanduser(path)  # noqa: PTH111
            place = os.path.join(root, given)  # noqa: PTH118 - an absolute one stays as it is
            pattern = os.path.join(glob.escape(str(root)), given)  # noqa: PTH118
            here = [place] if os.path.lexists(place) else sorted(glob.glob(pattern, recursive=True), key=natural)  # noqa: PTH207
            if not here:
                what = "no file fits this pattern" if glob.has_magic(path) else "there is no such file or folder"
                raise UsageError(f"{path.place}: `{path}`: {what} ({place})")
            found |= dict.fromkeys(here)
        return list(found)


def natural(text: str) -> list[tuple[int, str]]:
    """A key by which numbers in names count as numbers."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"([0-9]+)", text)]


def same_twice(sources: Sequence[SourceConfig]) -> str:
    """What is wrong when two sources bear one name, or would write each other's notes; empty: nothing is.

    The name of a file has upper and lower case for the same on some disks, and the records are files.
    """
    names: dict[str, SourceConfig] = {}
    prefixes: dict[str, SourceConfig] = {}
    for source in sources:
        try:
            _name(source.name)
        except ValueError as e:
            return f"{source.name.place}: `{source.name}` {e}"
        if source.name.casefold() in names:
            return f"{source.name.place}: there is a source `{source.name}` already"
        if other := prefixes.get(source.prefix.casefold()):
            return (
                f"{source.name.place}: its notes would get the ids of the source `{other.name}` (`{source.prefix}/`), "
                f"and each would overwrite the other's; give it `ids` of its own, or add its path to `{other.name}`"
            )
        names[source.name.casefold()] = prefixes[source.prefix.casefold()] = source
    return ""


def chosen(sources: Sequence[SourceConfig], names: Sequence[str]) -> list[SourceConfig]:
    """Those of `sources` that `names` name, in the order of the file; all when none is named. Raises UsageError."""
    for name in names:
        if name not in [source.name for source in sources]:
            raise UsageError(f"{name}: is no source of vaultkit.yaml{near(name, [one.name for one in sources])}")
    return [source for source in sources if not names or source.name in names]
