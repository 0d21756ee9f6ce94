"""Paper notes on a page of HTML: a run of tags, a date, the title as a link to the issue, then snippets of text.

Knows where a note begins and ends on such a page, where nothing encloses it. Snippets are cut after some hundred
characters, so that a page is an excerpt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from vaultkit.importing.digest.note import COMMENT, SUMMARY, Published, numbered
from vaultkit.importing.entry import Notice, NoticeKind
from vaultkit.importing.front_matter import read_front_matter
from vaultkit.importing.issue.fields import failed
from vaultkit.importing.markup.from_html import from_html

DETAIL = 0

_PIECE = re.compile(
    r'<a\s++class="button"[^<>]*+>(?P<tag>[^<]*+)</a>'
    r'|<span\s++class="issue_date">\s*+(?:Issue Date:)?\s*+(?P<day>[^<]*+)</span>'
)
_BETWEEN = re.compile(r"(?:\s|<br\s*+/?>)*+")
_TITLE = re.compile(
    r'(?:\s|<br\s*+/?>)*+<a\s[^<>]{0,500}?href="(?P<url>[^"<>]{0,2000}+)"[^<>]{0,500}+>'
    r"(?P<title>(?:[^<]|<(?!/a>))*+)</a>"
)
_SNIPPET = re.compile(r'<span\s++class="snippet">\s*+<span>(?P<name>[^<]*+)</span>')
_LAYOUT = re.compile(r"<button\b[^<>]*+>[^<]*+</button>|</?div\b[^<>]*+>|</span>\s*+\Z")
_MARKUP = re.compile(r"<[^<>]*+>")
_LABEL = re.compile(r"^##[ \t]++(\S.*+)$", re.M)
_NAMES = {"Summary": SUMMARY, "Comment": COMMENT}


def notes(text: str, origin: str) -> Iterator[Published | Notice]:
    """The notes of the page `text`, in order. One that does not say which issue it is comes as a notice."""
    front = read_front_matter(text)
    start = len(text) - len(front.body) if front else 0
    label = _LABEL.search(text, start)
    page = [label[1].strip()] if label else []
    heads = list(_heads(text))
    line, counted = 1, 0
    for at, (begin, end, tags, day) in enumerate(heads):
        until = heads[at + 1][0] if at + 1 < len(heads) else len(text)
        line += text.count("\n", counted, begin)
        counted = begin
        place = f"line {line}"
        title = _TITLE.match(text, end, until)
        issue = numbered(unescape(title["url"]).strip()) if title else None
        if title is None or issue is None:
            yield failed(origin, place, "no link to an issue follows the date", text[begin:until].strip())
            continue
        lost: list[str] = []
        sections = tuple(_sections(text[title.end() : until], lost))
        if lost:
            message = "markup that means nothing in a note was left out"
            yield Notice(NoticeKind.WARNING, f"{origin}: {place}", message, "\n".join(lost))
        yield Published(
            issue=issue,
            title_line=" ".join(unescape(_MARKUP.sub("", title["title"])).split()),
            day=day,
            labels=tuple(sorted({*tags, *page}, key=lambda one: (one.lower(), one))),
            sections=sections,
            detail=DETAIL,
            is_excerpt=True,
            origin=origin,
            place=place,
        )


def _heads(text: str) -> Iterator[tuple[int, int, list[str], str]]:
    """Where each note begins, where its date ends, its tags, its date."""
    tags: list[str] = []
    begin = done = 0
    for piece in _PIECE.finditer(text):
        between = _BETWEEN.match(text, done, piece.start())
        if not tags or between is None or between.end() != piece.start():
            tags, begin = [], piece.start()
        done = piece.end()
        if piece["day"] is None:
            tags.append(unescape(piece["tag"]).strip().removeprefix("#").strip())
            continue
        yield begin, done, [tag for tag in tags if tag], piece["day"].strip()
        tags = []


def _sections(text: str, lost: list[str]) -> Iterator[tuple[str, str]]:
    """What stands below the title: snippets under their names, and what else there is."""
    marks = list(_SNIPPET.finditer(text))
    ends = [mark.start() for mark in marks] + [len(text)]
    yield "", _markdown(text[: ends[0]], lost)
    for mark, end in zip(marks, ends[1:], strict=True):
        name = unescape(mark["name"]).strip()
        yield _NAMES.get(name, name), _markdown(text[mark.end() : end], lost)


def _markdown(html: str, lost: list[str]) -> str:
    found = from_html(_LAYOUT.sub("", html).strip())
    lost += found.lost
    return found.text.strip()
