"""Liquid, the template language of Jekyll: what has a plain meaning is resolved, all else stays and is named.

Knows the tags that stand for an address, for code or for a comment. Runs nothing: variables, loops and includes
remain as they were written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vaultkit.importing.markup.shield import Shield, html_comment


@dataclass(frozen=True, slots=True)
class Liquid:
    """The text, the tags that were resolved, and those that were not, each with its line (from 1) in the text."""

    text: str
    resolved: tuple[str, ...]
    left: tuple[tuple[int, str], ...]


_TAG = re.compile(r"(?:\{\{[^{}]{1,32}\}\}){0,2}\{%-?\s*(?:link|post_url)\s[^{}]*%\}|\{%[^{}]*%\}|\{\{[^{}]*\}\}")
_BLOCK = re.compile(r"\{%-?\s*(?P<name>raw|highlight|comment)\b(?P<rest>[^{}]*?)-?%\}")
_END = {name: re.compile(r"\{%-?\s*end" + name + r"\s*-?%\}") for name in ("raw", "highlight", "comment")}
_ADDRESS = re.compile(r"(?:\{\{.*\}\})?\{%-?\s*(?P<name>link|post_url)\s+(?P<path>\S+)\s*-?%\}", re.DOTALL)
_SITE = re.compile(r"\{\{-?\s*site\.(?P<name>baseurl|url)\s*-?\}\}")
_QUOTED = re.compile(
    r"""\{\{-?\s*(?:"(?P<double>[^"|]*)"|'(?P<single>[^'|]*)')\s*"""
    r"""\|\s*(?:(?P<relative>relative_url|prepend:\s*site\.baseurl)|absolute_url)\s*-?\}\}"""
)


def resolve_liquid(text: str, origin: str = "", base: str = "") -> Liquid:
    """`text` with its Liquid resolved as far as it has a plain meaning.

    `origin` is the site's address without a path (`https://example.org`) and `base` the path below it (`/blog`), both
    empty when unknown: addresses then start at the site's root. `{% link _posts/x.md %}` becomes `/_posts/x.md`.
    """
    if "{%" not in text and "{{" not in text:
        return Liquid(text, (), ())
    shield = Shield(text)
    pieces: list[str] = []
    resolved: list[str] = []
    left: list[tuple[int, str]] = []
    endless: set[str] = set()
    done = counted = 0
    line = 1
    at = 0
    while match := _TAG.search(text, at):
        span = shield.hit(match.start(), match.end())
        if span:
            at = max(match.start() + 1, span[1] if span[0] <= match.start() else 0)
            continue
        at = match.end()
        block = _BLOCK.fullmatch(match[0])
        new: str | None
        if block and block["name"] not in endless:
            closing = _END[block["name"]].search(text, at)
            if closing is None:
                endless.add(block["name"])
                new = None
            else:
                new = _block(block["name"], block["rest"], text[match.end() : closing.start()], _before(text, match))
                at = closing.end()
                resolved.append(closing[0])
        else:
            new = None if block else _inline(match[0], origin, base)
        if new is None:
            line += text.count("\n", counted, match.start())
            counted = match.start()
            left.append((line, match[0]))
            continue
        pieces += [text[done : match.start()], new]
        done = at
        resolved.append(match[0])
    return Liquid("".join(pieces) + text[done:], tuple(resolved), tuple(left))


def _before(text: str, match: re.Match[str]) -> str:
    """What stands on the line before the match, or the end of it: a file may be one endless line."""
    return text[max(0, match.start() - 200) : match.start()].rpartition("\n")[2]


def _block(name: str, rest: str, content: str, before: str) -> str:
    if name == "raw":
        return content
    if name == "comment":
        return html_comment(content)
    language = rest.split()[0] if rest.split() else ""
    longest = max((len(run) for run in re.findall(r"`{3,}", content)), default=2)
    fence = "`" * (longest + 1)
    # A fence stands on a line of its own, as deep as the list item around it.
    indent = before if not before.strip() else ""
    start = "" if not before.strip() else "\n"
    return f"{start}{fence}{language}\n{content.strip(chr(10)).rstrip()}\n{indent}{fence}"


def _inline(tag: str, origin: str, base: str) -> str | None:
    """What a tag that is no block stands for, or None."""
    if address := _ADDRESS.fullmatch(tag):
        path = address["path"].strip("\"'").lstrip("/")
        if address["name"] == "post_url":
            path = f"_posts/{path}.md"
        return f"/{path}"
    if site := _SITE.fullmatch(tag):
        return base if site["name"] == "baseurl" else origin
    if quoted := _QUOTED.fullmatch(tag):
        path = base + "/" + (quoted["double"] or quoted["single"] or "").lstrip("/")
        return path if quoted["relative"] else origin + path
    return None
