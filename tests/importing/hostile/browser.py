"""What would run in a note, by an oracle of its own: mistune makes HTML of it, html.parser reads that as a page is.

Shares no code with what it judges.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import mistune

_LOADING = frozenset("applet base embed form frame frameset iframe link math meta object script style svg".split())
_ADDRESSES = re.compile(
    r"(?:javascript|vbscript|livescript|file|obsidian):|data:[^,]*(?:html|svg|xml)|(?!https?://).*javascript:", re.S
)
_PLUGINS = re.compile(
    r"language-(?:dataview|dataviewjs|datacore\w*|js-engine|templater|buttons?|execute-code|tasks|run-.*|meta-bind.*)\Z"
)
_INLINE = re.compile(r"[\s\ufeff]*(?:\$=|=\s*[\w\[\"(]|BUTTON\[|INPUT\[|VIEW\[)")
_render = mistune.create_markdown(
    renderer=mistune.HTMLRenderer(escape=False, allow_harmful_protocols=True), plugins=["table", "url"]
)


class _Page(HTMLParser):
    """A page that notes what would do something."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.armed: list[str] = []
        self.shown: list[str] = []
        self._code: list[str] | None = None
        self._pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag.rpartition(":")[2] in _LOADING:
            self.armed.append(f"<{tag}>")
        for name, value in attrs:
            plain = re.sub(r"[\x00-\x20\x7f-\xa0]", "", value or "").lower()
            if name.startswith("on") or name == "srcdoc" or (name != "class" and _ADDRESSES.match(plain)):
                self.armed.append(f"{tag} {name}={value}")
            if name == "class" and any(_PLUGINS.match(word) for word in (value or "").split()):
                self.armed.append(f"{tag} class={value}")
        self._pre += tag == "pre"
        if tag == "code" and not self._pre:
            self._code = []

    def handle_endtag(self, tag: str) -> None:
        self._pre -= tag == "pre" and self._pre > 0
        if tag == "code" and self._code is not None:
            text = "".join(self._code)
            if _INLINE.match(text):
                self.armed.append(f"`{text}`")
            self._code = None

    def handle_data(self, data: str) -> None:
        self.shown.append(data)
        if self._code is not None:
            self._code.append(data)


def armed(note: str) -> list[str]:
    """What in the whole text of a note would run, load or be a command; empty: nothing."""
    front, body = _parts(note)
    page = _Page()
    page.feed(str(_render(body)))
    page.close()
    templates = ["<%"] if "<%" in note else []
    quoted = [f"in properties: {m[0]}" for m in re.finditer(r"`+\s*(?:\$=|= )", front.replace("\\n", "\n"))]
    return [*page.armed, *templates, *quoted]


def shown(note: str) -> str:
    """All that a reader can see of a note, and its raw text."""
    page = _Page()
    page.feed(str(_render(_parts(note)[1])))
    page.close()
    return "".join(page.shown) + note


def _parts(note: str) -> tuple[str, str]:
    front, _, body = note.removeprefix("---\n").partition("\n---\n")
    return front, body
