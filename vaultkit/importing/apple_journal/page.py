"""One entry of Apple Journal, an HTML page: its date, title, question, text, and the cards above the text.

Knows that the HTML is not well nested (`<span><div>`, and the text between `<div class='bodyText'>` and a stray
`</div>`): which part a text belongs to is told by the last part that was opened, never by what is closed. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_BODY = re.compile(r"<div[^<>]{0,200}\bclass=[\"']bodyText[\"'][^<>]{0,200}>", re.IGNORECASE)
_HEAD = re.compile(r"<body[^<>]{0,500}>", re.IGNORECASE)
_PARTS = frozenset({"pageHeader", "title", "reflectionPrompt", "assetGrid", "pageContainer"})
_ASSET = "assetType_"
_SOURCES = frozenset({"img", "source", "video", "audio", "a"})


@dataclass(slots=True)
class Card:
    """A card: a photo, a place, a mood. `texts`: what is written on it, each with the class of its element."""

    type: str
    id: str = ""
    texts: list[tuple[str, str]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    """The addresses of its pictures, films and sounds."""

    def text(self, *kinds: str) -> str:
        """What is written in the elements of these classes; of any when none is named."""
        wanted = [text for kind, text in self.texts if not kinds or kind in kinds]
        return ", ".join(dict.fromkeys(wanted))


@dataclass(slots=True)
class Page:
    """One entry. `body` is HTML; `rest` is text that stands in no part that is known."""

    date: str
    title: str
    prompt: str
    body: str
    cards: tuple[Card, ...]
    rest: str


def read_page(html: str) -> Page | None:
    """The entry on a page; None when it is no page of Apple Journal: it has neither a date nor a text."""
    at = _BODY.search(html)
    start = _HEAD.search(html)
    head = html[start.end() if start else 0 : at.start() if at else len(html)]
    walk = _Walk()
    from lxml import etree  # only for those who have this format

    parser = etree.HTMLParser(target=walk, encoding="utf-8", huge_tree=True)
    try:
        parser.feed(b"<!DOCTYPE html><html><body><div>" + head.encode("utf-8", "replace"))
        parser.close()
    except etree.LxmlError:
        return None
    if at is None and not walk.of("pageHeader"):
        return None
    body = html[at.end() :] if at else ""
    return Page(
        walk.of("pageHeader"), walk.of("title"), walk.of("reflectionPrompt"), body, tuple(walk.cards), walk.of("")
    )


class _Walk:
    """lxml's target: gets the tags in order."""

    def __init__(self) -> None:
        self.cards: list[Card] = []
        self._part = ""
        self._texts: dict[str, list[str]] = {}

    def of(self, part: str) -> str:
        """The text of a part on one line."""
        return " ".join(" ".join(self._texts.get(part, ())).split())

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        classes = attributes.get("class", "").split()
        asset = next((name.removeprefix(_ASSET) for name in classes if name.startswith(_ASSET)), "")
        if asset or "gridItem" in classes:
            self.cards.append(Card(asset, attributes.get("id", "")))
            self._part = "card"
        elif found := next((name for name in classes if name in _PARTS), ""):
            self._part = "" if found in ("assetGrid", "pageContainer") else found
        elif self._part.startswith("card") and tag == "div":
            self._part = f"card {classes[-1] if classes else ''}".strip()
        source = attributes.get("src") or (attributes.get("href", "") if tag == "a" else "")
        if tag in _SOURCES and source and self.cards:
            self.cards[-1].sources.append(source)

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None:
        if not text.strip():
            return
        if self._part.startswith("card"):
            self.cards[-1].texts.append((self._part.partition(" ")[2], " ".join(text.split())))
        else:
            self._texts.setdefault(self._part, []).append(text)

    def comment(self, text: str) -> None: ...

    def close(self) -> None: ...
