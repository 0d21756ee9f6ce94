"""The title line of a paper note, `[Paper Note] Title, Author+, Venue'26, 2026.01`, taken apart.

Read from the right, because titles hold commas too. Every part may be missing, so each is taken only where its form
says what it is: a date by its digits, a venue by its year (`arXiv'26`), an author by the `+` that stands for "and
others" or by looking like a name before a date or venue. What is not certain stays in the title. Knows nothing of
notes and files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PREFIX = "[Paper Note]"

_FILLERS = {"N_A", "N/A"}
"""What stands where an affiliation was not known."""

_DATE = re.compile(r"((?:1[89]|2[01])[0-9]{2})(?:\.(0[1-9]|1[0-2]))?")
_VENUE = re.compile(r"\S['’][0-9]{2}(?!\w)")
"""The year of a venue: `arXiv'26`, `NeurIPS'25 Spotlight`, `Workshop on Games'18 Held with IJCAI'18`."""

_NOT_IN_NAMES = re.compile(r"[0-9:;?!|+\"“”\[\]{}「」]|[のをはがにで]")
"""The Japanese ones are particles: `仮説についての調査` is no name, `岡野原 大輔` and `株式会社TDAI Lab` are."""
_TITLE_WORDS = frozenset("a an and are as at by for from how in is of on to via with".split())
"""In titles, hardly in names; only as written here, for an organisation may be called `The …`."""
_LONGEST_LINE = 4000  # characters; a longer one is no title line, whatever it is
_LONGEST_NAME = 6  # words
_MOST_AFTER_AUTHOR = 3  # affiliations and a venue


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of a title line; empty ones are not there. Together they have the line's letters and digits, in order.

    Left out of all parts are only the prefix, separators, and the filler `N_A`.
    """

    title: str
    authors: tuple[str, ...] = ()
    """People and organisations, as written but without the `+`."""
    et_al: bool = False
    """Whether a `+` says that there are more authors."""
    venue: str = ""
    """Where it appeared, with the year if written: `ICLR'25`, `Physical Review X`."""
    published: str = ""
    """`2026-01`, or `2024`."""


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    text: str


def parse_citation(line: str) -> Citation:
    """The parts of `line`. A line that follows no pattern is all title; never raises."""
    text = line.strip().removeprefix(PREFIX).strip()
    if len(text) > _LONGEST_LINE:
        return Citation(text)
    parts = _parts(text)
    published = venue = ""
    if len(parts) > 1 and (date := _DATE.fullmatch(parts[-1].text)):
        published = "-".join(filter(None, date.groups()))
        parts.pop()
    if len(parts) > 1 and _VENUE.search(parts[-1].text):
        venue = parts.pop().text
    title_end = len(text) if not (published or venue) else parts[-1].start + len(parts[-1].text)
    while len(parts) > 1 and parts[-1].text in _FILLERS:
        title_end = parts[-2].start + len(parts[-2].text)
        parts.pop()

    if (first := _et_al(parts)) is not None:
        after = [p.text for p in parts[first + 1 :] if p.text not in _FILLERS]
        if len(after) > _MOST_AFTER_AUTHOR or not all(any(c.isalpha() for c in p) for p in after):
            return Citation(text)
        if after and not venue:
            venue = after.pop()
        lead = parts[first]
        return Citation(_title(text, lead.start), (lead.text[:-1].rstrip(), *after), True, venue, published)
    if published or venue:
        last, before = parts[-1].text, parts[-2].text if len(parts) > 2 else ""
        if not venue and _is_name(before) and (not _is_name(last) or (" " not in last and " " in before)):
            # `岡野原 大輔, 現代化学, 2025.12`: after a name of two words, one more part is where it appeared.
            return Citation(_title(text, parts[-2].start), (before,), False, last, published)
        if len(parts) > 1 and _is_name(last):
            return Citation(_title(text, parts[-1].start), (last,), False, venue, published)
    return Citation(text[:title_end].rstrip(), (), False, venue, published)


def _parts(text: str) -> list[_Part]:
    """`text` cut at commas before a blank, but not inside brackets: `[Webb+, 2001]` is one part. Never empty."""
    parts, start, depth = [], 0, 0
    for at, char in enumerate(text) if "," in text else ():
        if char in "([{（［【「":
            depth += 1
        elif char in ")]}）］】」":
            depth = max(depth - 1, 0)
        elif char == "," and depth == 0 and text[at + 1 : at + 2].isspace():
            parts.append(_part(text, start, at))
            start = at + 1
    parts.append(_part(text, start, len(text)))
    return _with_author_of_question(parts)


def _part(text: str, start: int, end: int) -> _Part:
    piece = text[start:end]
    return _Part(start + len(piece) - len(piece.lstrip()), piece.strip())


def _with_author_of_question(parts: list[_Part]) -> list[_Part]:
    """After a question the comma is often missing: `Can It Search? Zhang+, ACL'23`."""
    head = parts[0]
    cut = max(head.text.rfind("? "), head.text.rfind("! ")) + 1
    if cut == 0 or not head.text.endswith("+"):
        return parts
    return [_Part(head.start, head.text[:cut]), _part(head.text, cut, len(head.text)), *parts[1:]]


def _et_al(parts: list[_Part]) -> int | None:
    """The index of the last part that is a name with a `+`; never the first part, which is the title."""
    for i in range(len(parts) - 1, 0, -1):
        text = parts[i].text
        if text.endswith("+") and _is_name(text[:-1]):
            return i
    return None


def _is_name(text: str) -> bool:
    """Whether `text` may be called a person or an organisation: few words, none of them a title's, not all lower-case.

    A single word may be lower-case: `piqcy`, `harvardnlp`.
    """
    words = text.split()
    if not 0 < len(words) <= _LONGEST_NAME or _NOT_IN_NAMES.search(text) or not _TITLE_WORDS.isdisjoint(words):
        return False
    return any(c.isalpha() for c in text) and (len(words) == 1 or not text.islower())


def _title(text: str, end: int) -> str:
    return text[:end].rstrip().removesuffix(",").rstrip()
