"""The records of a JSON file, whichever way a program wrote them one after another.

Knows: one array, arrays written back to back (`[…][…]`, what a paging loop appends), an array of arrays, one object,
objects back to back, and one object per line (NDJSON). Knows nothing of what the records mean.

Values are decoded one by one, so that only the text and one record are in memory. Lone surrogates (`"\\ud83d"`) are
passed on as they are; whoever takes text out of a record has to expect them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from vaultkit.errors import ExportError

_decode = json.JSONDecoder().raw_decode
_GAP = re.compile(r"[ \t\n\r,\ufeff]*+")
"""Commas are not insisted on; a mark may stand inside, where files with marks were concatenated."""

_PAGES = 2
"""Arrays deeper than an array of arrays are values, not containers of records."""


@dataclass(frozen=True, slots=True)
class Record:
    """One decoded value and where it stood: `[4]` inside arrays (counted through the file), else `line 13`."""

    value: object
    place: str


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line of NDJSON that is not JSON; the lines around it are unharmed."""

    text: str
    place: str
    why: str


def records(text: str, name: str) -> Iterator[Record | BrokenLine]:
    """All records of `text` in order; nothing for a blank text.

    Raises ExportError naming `name` and the line when the text is not JSON, ends too early, nests too deeply or holds
    a number too long to read. Of NDJSON only the bad line is lost.
    """
    return _by_line(text) if _is_ndjson(text) else _by_value(text, name)


def _is_ndjson(text: str) -> bool:
    """Whether the first line alone is an object and more lines follow."""
    start = _skip_gap(text, 0)
    end = text.find("\n", start)
    if end < 0 or text[start : start + 1] != "{" or not text[end:].strip():
        return False
    return isinstance(_line(text[start:end], ""), Record)


def _by_line(text: str) -> Iterator[Record | BrokenLine]:
    start, number = 0, 1
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end].strip("\ufeff \t\r")
        if line:
            yield _line(line, f"line {number}")
        start, number = end + 1, number + 1


def _line(line: str, place: str) -> Record | BrokenLine:
    try:
        return Record(json.loads(line), place)
    except (ValueError, RecursionError) as e:
        return BrokenLine(line, place, _why(e))


def _by_value(text: str, name: str) -> Iterator[Record]:
    at = depth = index = counted = 0
    line = 1
    while (at := _skip_gap(text, at)) < len(text):
        if text[at] == "[" and depth < _PAGES:
            depth, at = depth + 1, at + 1
        elif text[at] == "]" and depth:
            depth, at = depth - 1, at + 1
        else:
            line, counted = line + text.count("\n", counted, at), at
            try:
                value, at = _decode(text, at)
            except (ValueError, RecursionError) as e:
                raise ExportError(f"{name}: line {line}: {_why(e)}; is the export complete?") from e
            yield Record(value, f"[{index}]" if depth else f"line {line}")
            index += depth > 0
    if depth:
        raise ExportError(f"{name}: ends inside an array; export it again, it was cut off")


def _skip_gap(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def _why(error: ValueError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return "the JSON is nested too deeply to be read"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON ({error.msg})"
    return "a number is too long to be read"
