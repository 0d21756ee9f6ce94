"""What there is to say about each format: for `vaultkit formats` and the README, taken from the sources' modules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from vaultkit.importing.source import Source
from vaultkit.importing.sources import SOURCES


@dataclass(frozen=True, slots=True)
class Format:
    """One format, in words. `how`: paragraphs with LF between lines; lines of code are indented by four blanks."""

    name: str
    label: str
    ids: str
    extensions: tuple[str, ...]
    kept: str
    not_kept: str
    how: str


def formats(names: Iterable[str] = ()) -> tuple[Format, ...]:
    """All formats by name, or those of `names`."""
    wanted = set(names)
    return tuple(_described(SOURCES[name]) for name in sorted(SOURCES) if not wanted or name in wanted)


def table(found: Iterable[Format]) -> str:
    """The formats as a table of Markdown."""
    rows = ["| format | what it is | files | kept beside the text | not kept |", "| --- | --- | --- | --- | --- |"]
    for one in found:
        files = " ".join(f"`{extension}`" for extension in one.extensions)
        cells = (f"`{one.name}`", one.label, files, one.kept, one.not_kept)
        rows.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join(rows)


def _described(source: Source) -> Format:
    how = _how_to_get(source.__doc__ or "")
    files = tuple(source.EXTENSIONS.split())
    return Format(source.FORMAT, source.LABEL, source.NAME, files, source.KEPT, source.NOT_KEPT, how)


def _how_to_get(docstring: str) -> str:
    """The paragraphs from the one that begins with `How to get` to the one that begins with `Knows`."""
    found = re.search(r"^How to get.*?(?=\n\n(?:Knows|Does not|Not read)\b|\Z)", docstring.strip(), re.S | re.M)
    return found[0].strip() if found else ""
