"""The records of a JSON file, whichever way a program wrote them one after another.

Knows: one array, arrays written back to back (`[…][…]`, what a paging loop appends), an array of arrays, one object,
objects back to back, one object per line (NDJSON), and lists inside objects (`{"metadata": …, "entries": […]}`). Knows
nothing of what the records mean.

Values are decoded one by one, so that only a piece of the text and a record are in memory. Lone surrogates
(`"\\ud83d"`) are passed on as they are; whoever takes text out of a record has to expect them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from vaultkit.errors import ExportError
from vaultkit.importing.json_feed import Feed

_PAGES = 2
"""Arrays deeper than an array of arrays are values, not containers of records."""
_MOST_DAMAGED = 1000
"""Elements; a file with more of them is no JSON, and to look at each takes longer than to read a good one."""


class Record(NamedTuple):
    """One decoded value and where it stood: `[4]` inside arrays (counted through the file), else `line 13`."""

    value: object
    place: str


class Field(NamedTuple):
    """A value beside the lists of an object that was asked for: `metadata`, `version`."""

    name: str
    value: object
    place: str


class BrokenLine(NamedTuple):
    """A record that is not JSON, a line of NDJSON or an element of a list; those around it are unharmed."""

    text: str
    place: str
    why: str


def records(pieces: Iterable[str], name: str) -> Iterator[Record | BrokenLine]:
    """All records of a text, which may be cut into `pieces` anywhere, in order; nothing for a blank text.

    Raises ExportError naming `name` and the line when the text is not JSON, ends too early, nests too deeply or holds
    a number too long to read. Of NDJSON only the bad line is lost, and of a list only the bad element as long as it can
    be told where that ends.
    """
    feed = Feed(pieces)
    return _by_line(feed) if _is_ndjson(feed) else _by_value(feed, name)


def listed(pieces: Iterable[str], name: str, lists: Collection[str]) -> Iterator[Record | Field | BrokenLine]:
    """The elements of the lists that are called one of `lists` in the objects of a text, each as a Record with a place
    like `entries[4]`; every other field of these objects as a Field, in the order of the text. Elements of lists that
    are not in an object are Records, as by `records`.

    Only an element is in memory, however long the list. Raises ExportError as `records` does.
    """
    feed = Feed(pieces)
    while char := feed.skip_gap():
        if char == "{":
            feed.at += 1
            yield from _fields(feed, name, lists)
        elif char == "[":
            feed.at += 1
            yield from _elements(feed, name, "")
        else:
            yield Record(_value(feed, name), f"line {feed.line()}")


def _is_ndjson(feed: Feed) -> bool:
    """Whether the first line alone is an object and more lines follow. The feed then still begins with it."""
    if feed.skip_gap() != "{":
        return False
    end = feed.line_end() - feed.at
    while not (rest := feed.text[feed.at + end :]).strip():
        if not feed.more():
            return False
    return rest[0] == "\n" and isinstance(_line(feed.text[feed.at : feed.at + end], ""), Record)


def _by_line(feed: Feed) -> Iterator[Record | BrokenLine]:
    number = feed.line()
    while True:
        end = feed.line_end()
        line = feed.text[feed.at : end].strip("\ufeff \t\r")
        if line:
            yield _line(line, f"line {number}")
        if end == len(feed.text):
            return
        feed.at, number = end + 1, number + 1


def _line(line: str, place: str) -> Record | BrokenLine:
    try:
        return Record(json.loads(line), place)
    except (ValueError, RecursionError) as e:
        return BrokenLine(line, place, _why(e))


def _by_value(feed: Feed, name: str) -> Iterator[Record | BrokenLine]:
    depth = index = 0
    while char := feed.skip_gap():
        if char == "[" and depth < _PAGES:
            depth, feed.at = depth + 1, feed.at + 1
        elif char == "]" and depth:
            depth, feed.at = depth - 1, feed.at + 1
        elif depth:
            yield _element(feed, name, f"[{index}]")
            index += 1
        else:
            place = f"line {feed.line()}"
            yield Record(_value(feed, name), place)
    if depth:
        raise ExportError(f"{name}: ends inside an array; export it again, it was cut off")


def _fields(feed: Feed, name: str, lists: Collection[str]) -> Iterator[Record | Field | BrokenLine]:
    """Those of the object whose `{` is behind, and its `}`."""
    while (char := feed.skip_gap()) != "}":
        if not char:
            raise ExportError(f"{name}: ends inside an object; export it again, it was cut off")
        key, line = _value(feed, name), feed.line()
        if not isinstance(key, str) or feed.skip_gap() != ":":
            raise ExportError(f"{name}: line {line}: not JSON (a name and `:` were expected); is the export complete?")
        feed.at += 1
        if feed.skip_gap() == "[" and key in lists:
            feed.at += 1
            yield from _elements(feed, name, key)
        else:
            yield Field(key, _value(feed, name), key)
    feed.at += 1


def _elements(feed: Feed, name: str, key: str) -> Iterator[Record | BrokenLine]:
    """Those of the list whose `[` is behind, and its `]`."""
    index = 0
    while (char := feed.skip_gap()) != "]":
        if not char:
            raise ExportError(f"{name}: ends inside the list {key}; export it again, it was cut off")
        yield _element(feed, name, f"{key}[{index}]")
        index += 1
    feed.at += 1


def _value(feed: Feed, name: str) -> object:
    try:
        return feed.value()
    except (ValueError, RecursionError) as e:
        raise ExportError(f"{name}: line {feed.line()}: {_why(e)}; is the export complete?") from e


def _element(feed: Feed, name: str, place: str) -> Record | BrokenLine:
    """The element of a list at `feed.at`, which is then behind it. A bad one is passed over up to where its brackets
    close, or the next one like it begins. Raises ExportError when that cannot be told."""
    try:
        return Record(feed.value(), place)
    except (ValueError, RecursionError) as e:
        problem, line = e, feed.line()
    text = feed.bracketed() or feed.up_to_the_next()
    feed.damaged += 1
    if not text or feed.damaged > _MOST_DAMAGED:
        raise ExportError(f"{name}: line {line}: {place}: {_why(problem)}; is the export complete?") from problem
    return BrokenLine(text, place, _why(problem))


def _why(error: ValueError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return "the JSON is nested too deeply to be read"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON ({error.msg})"
    return "a number is too long to be read"
