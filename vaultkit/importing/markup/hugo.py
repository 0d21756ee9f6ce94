"""Hugo's shortcodes: those that stand for an address, a picture or code are resolved, all others stay.

Knows `ref`, `relref`, `figure` and `highlight`. What stays is named by those who read Liquid, which looks alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from vaultkit.importing.markup.shield import Shield

_CODE = re.compile(r"\{\{[<%]\s*+(?P<name>/?[\w-]++)(?P<rest>(?:[^{}\"`<>%]|\"[^\"\n]*+\"|`[^`\n]*+`)*+)[>%]\}\}")
_WORD = re.compile(
    r"(?:(?P<key>[\w-]++)\s*+=\s*+)?(?:\"(?P<double>[^\"]*+)\"|`(?P<raw>[^`]*+)`|(?P<bare>(?!/\s*+\Z)[^\s\"`=]++))"
)
_KEPT = ("src", "alt", "width", "height")


@dataclass(frozen=True, slots=True)
class Hugo:
    """The text, and the shortcodes that were resolved."""

    text: str
    resolved: tuple[str, ...]


def resolve_shortcodes(text: str) -> Hugo:
    """`text` with its shortcodes resolved as far as they have a plain meaning: `[x]({{< ref "/posts/y.md" >}})` leads
    to `/posts/y.md`; a `figure` becomes its picture and, as a paragraph, its caption. Code stays to the letter."""
    if "{{<" not in text and "{{%" not in text:
        return Hugo(text, ())
    shield = Shield(text)
    pieces: list[str] = []
    resolved: list[str] = []
    done = 0
    code: tuple[int, str, str] | None = None
    for found in _CODE.finditer(text):
        if shield.hit(found.start(), found.end()) or found.start() < done:
            continue
        name, words = found["name"], _words(found["rest"])
        new = None
        if name == "highlight" and code is None:
            code = (found.start(), found[0], words.get("0", ""))
        elif name == "/highlight" and code is not None:
            start, opening, language = code
            content = text[start + len(opening) : found.start()].strip("\n")
            pieces += [text[done:start], _fenced(content, language, text[max(0, start - 1) : start])]
            done, code = found.end(), None
            resolved += [opening, found[0]]
        elif code is None:
            new = _inline(name, words)
        if new is not None:
            pieces += [text[done : found.start()], new]
            done = found.end()
            resolved.append(found[0])
    return Hugo("".join(pieces) + text[done:], tuple(resolved))


def _words(rest: str) -> dict[str, str]:
    """The parameters, those without a name under their number: `"x.md" width="3"` is `0` and `width`."""
    out: dict[str, str] = {}
    for found in _WORD.finditer(rest):
        value = found["double"] if found["double"] is not None else found["raw"] or found["bare"] or ""
        out[found["key"] or str(sum(key.isdigit() for key in out))] = value
    return out


def _inline(name: str, words: dict[str, str]) -> str | None:
    if name in ("ref", "relref"):
        return words.get("0") or words.get("path")
    if name == "figure" and words.get("src"):
        kept = "".join(f' {key}="{escape(words[key])}"' for key in _KEPT if words.get(key))
        picture = f"<img{kept}>"
        if link := words.get("link"):
            picture = f'<a href="{escape(link)}">{picture}</a>'
        texts = [words[key] for key in ("title", "caption", "attr") if words.get(key)]
        return "\n\n".join([picture, *texts])
    return None


def _fenced(content: str, language: str, before: str) -> str:
    longest = max((len(run) for run in re.findall(r"`{3,}", content)), default=2)
    fence = "`" * (longest + 1)
    start = "" if not before or before.endswith("\n") else "\n"
    return f"{start}{fence}{language}\n{content}\n{fence}"
