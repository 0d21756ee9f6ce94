"""WordPress's shortcodes as the HTML that they stand for: captions, galleries, films, code, formulas.

A shortcode that is not known stays the text that it is, and so does one that does not end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape, unescape
from typing import NamedTuple

_CODE = frozenset(
    "code sourcecode source as3 actionscript3 bash shell cf coldfusion cpp c csharp css delphi pas pascal diff patch"
    " erl erlang fsharp go golang groovy haskell html java javafx javascript js json jscript latexcode matlab objc"
    " obj-c perl pl php plain powershell ps py python r rails rb ruby scala sql swift tex typescript ts vb vbnet xhtml"
    " xml xslt yaml".split()
)
_ENCLOSING = frozenset({"caption", "wp_caption", "embed", "latex"}) | _CODE
_SINGLE = frozenset({"gallery", "playlist", "video", "audio", "youtube", "vimeo"})
_OPENING = re.compile(
    rf"(?<!\[)\[(?P<name>{'|'.join(sorted(map(re.escape, _ENCLOSING | _SINGLE), key=len, reverse=True))})"
    r"(?P<rest>(?:[\s=][^\[\]]{0,2000})?)\]",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"(?:([\w-]{1,50})\s{0,5}=\s{0,5})?+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"']++))")
_PICTURE = re.compile(r"\s*+((?:<a\s[^<>]*+>\s*+)?<img\s[^<>]*+>(?:\s*+</a>)?)", re.IGNORECASE)
_PRE = re.compile(r"<pre\s(?:[^<>]{0,500}\s)?lang=[^<>]{1,500}>", re.IGNORECASE)
_PRE_END = re.compile(r"</pre\s*+>", re.IGNORECASE)
_MARKED = re.compile(r"<(?:span|code|br|font)(?=[\s/>])", re.IGNORECASE)
_LATEX = re.compile(r"\$latex[ \u00a0]([^$\n]{1,2000})\$")


class Medium(NamedTuple):
    """A file of the site's library. `text`: its caption, as HTML."""

    url: str
    alt: str
    text: str


Gallery = Callable[[Sequence[str] | None], Sequence[Medium]]
"""The files of these ids; None: all that were uploaded for the post."""


def to_html(text: str, gallery: Gallery) -> str:
    """`text` with the shortcodes made HTML. Never raises."""
    if "[" in text:
        out: list[str] = []
        at = 0
        endless: set[str] = set()
        while found := _OPENING.search(text, at):
            name = found["name"].lower()
            closing = re.compile(rf"\[/{re.escape(name)}\]", re.I)
            end = closing.match(text, found.end())
            if not end and name in _ENCLOSING and name not in endless:
                end = closing.search(text, found.end())
            if not end and name in _ENCLOSING:
                endless.add(name)
                out.append(text[at : found.end()])
                at = found.end()
                continue
            inside = text[found.end() : end.start()] if end else ""
            out += [text[at : found.start()], _html(name, found["rest"], inside, gallery)]
            at = end.end() if end else found.end()
        text = "".join([*out, text[at:]])
    text = _literal_code(text)
    return _LATEX.sub(lambda found: _formula(found[1]), text) if "$latex" in text else text


def _literal_code(text: str) -> str:
    """`text` with the code in `<pre lang="js">` as it is shown: the plugins that read this take tags in it for code."""
    out: list[str] = []
    at = 0
    while (found := _PRE.search(text, at)) and (end := _PRE_END.search(text, found.end())):
        inside = text[found.end() : end.start()]
        is_marked = _MARKED.search(inside)
        out += [text[at : found.end()], inside if is_marked else inside.replace("<", "&lt;")]
        at = end.start()
    return "".join([*out, text[at:]])


def _html(name: str, rest: str, inside: str, gallery: Gallery) -> str:
    attributes, words = _attributes(rest)
    if name in ("caption", "wp_caption"):
        return _caption(inside, attributes.get("caption", ""))
    if name in ("gallery", "playlist"):
        ids = attributes.get("ids", "")
        return _figures(gallery(re.findall(r"\d+", ids) if ids else None))
    if name == "embed":
        return _link(inside.strip())
    if name == "latex":
        return _formula(unescape(inside))
    if name in ("video", "audio"):
        sources = [
            value
            for key, value in attributes.items()
            if key in ("src", "mp4", "webm", "m4v", "ogv", "mp3", "m4a", "ogg", "wav", "flv", "wmv")
        ]
        return "".join(f'<{name} src="{escape(source)}"></{name}>' for source in dict.fromkeys(sources + words))
    if name in ("youtube", "vimeo"):
        return "".join(map(_link, words))
    language = attributes.get("language") or attributes.get("lang") or (words[0] if words else "")
    if name not in ("code", "sourcecode", "source", "plain"):
        language = name
    kind = f' data-lang="{escape(language)}"' if language else ""
    code = inside.replace("<", "&lt;") if inside.strip() else ""
    return f"<pre{kind}>{code.strip(chr(10))}</pre>"


def _attributes(rest: str) -> tuple[dict[str, str], list[str]]:
    """What is said with a name, and without: `[youtube=https://…]`, `[gallery ids="1,2"]`."""
    named: dict[str, str] = {}
    words: list[str] = []
    for found in _ATTRIBUTE.finditer(unescape(rest).lstrip("= ")):
        value = found[2] or found[3] or found[4] or ""
        if found[1]:
            named.setdefault(found[1].lower(), value)
        elif value:
            words.append(value)
    return named, words


def _caption(inside: str, said: str) -> str:
    """A picture and what stands below it: in the shortcode or, as older versions had it, in its attribute."""
    picture = _PICTURE.match(inside)
    if not picture:
        return f"<figure>{inside}</figure>{_below(escape(said))}"
    return f"<figure>{picture[1]}</figure>{_below(inside[picture.end() :].strip() or escape(said))}"


def _figures(media: Sequence[Medium]) -> str:
    shown = (
        f'<figure><img src="{escape(one.url)}" alt="{escape(one.alt)}"></figure>{_below(one.text)}' for one in media
    )
    return "".join(shown)


def _below(text: str) -> str:
    return f"<p>{text}</p>" if text.strip() else ""


def _link(address: str) -> str:
    return f'<a href="{escape(unescape(address))}">{escape(unescape(address))}</a>' if address else ""


def _formula(tex: str) -> str:
    return f'<script type="math/tex">{tex}</script>' if "<" not in tex else escape(tex)
