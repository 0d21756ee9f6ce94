"""An entry of jrnl as an `Entry`: its title, its star, its tags.

jrnl takes the first line for the title, of a single line the first sentence. The title becomes a property, as long as
there is a text below it: a note is not to be empty. Pure.
"""

from __future__ import annotations

import re

from vaultkit.importing.entry import Entry, Kind, Value
from vaultkit.importing.moment import Moment

_LONGEST = 200
"""Characters of a title; a longer first line is a paragraph."""
_SENTENCE = re.compile(r"[。！？][」』）]?+|[.!?…‽]+['\"’”)]*+(?=\s)")
_STAR = re.compile(r"(?:^|[ \t])\*[ \t]*$")
_TAG = re.compile(r"(?<!\S)@([-+*#/\w]+)")


def split_star(line: str) -> tuple[str, bool]:
    """The first line of an entry without the ` *` at its end that marks it, and whether it was there."""
    plain = _STAR.sub("", line)
    return plain.rstrip(), plain != line


def split_title(text: str) -> tuple[str, str]:
    """Title and text below it, as jrnl sees them; the title is "" when there is nothing else."""
    text = text.strip("\n").rstrip()
    first, _, rest = text.partition("\n")
    if not rest.strip():
        end = _SENTENCE.search(first)
        first, rest = (first[: end.end()], first[end.end() :]) if end else (first, "")
    first, rest = first.strip(), rest.strip("\n")
    return (
        (first, rest.strip() if "\n" not in rest else rest) if rest.strip() and len(first) <= _LONGEST else ("", text)
    )


def entry(
    moment: Moment, text: str, *, key: str, origin: str, place: str, starred: bool, tags: tuple[str, ...] = ()
) -> Entry:
    """The entry of `text`, its first line included. `tags`: those that the export lists, without their sign."""
    title, body = split_title(text)
    properties: list[tuple[str, Value]] = [("title", title)] if title else []
    if moment.time:
        properties.append(("created", moment.stamp))
    if starred:
        properties.append(("starred", True))
    labels = dict.fromkeys([tag.lower() for tag in _TAG.findall(text)])
    return Entry(
        kind=Kind.DIARY,
        key=key,
        body=body,
        place=place,
        origin=origin,
        title=title,
        date=moment.day,
        time=moment.time,
        labels=tuple(labels | dict.fromkeys(tag.lower() for tag in tags)),
        properties=tuple(properties),
    )


def key_of(moment: Moment) -> str:
    """`2013-06-09T1539`: jrnl knows an entry by nothing else. Those of one minute are told apart by an ordinal."""
    return f"{moment.day}T{moment.time:%H%M}" if moment.time else f"{moment.day}"
