"""What runs as code in Obsidian or its plugins, in notes that an import wrote: nobody here wrote it.

Knows where they stand: scripts of plugins, Templater's commands, links that run code or give Obsidian a command, HTML
that loads more; their names are `vault.executable`'s. Queries only ask, and may be the owner's own. A note without
`vaultkit-id` is its owner's, who may run in it what he likes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.linting.plain import find_in_body
from vaultkit.linting.written import short
from vaultkit.vault.executable import LOADING_ELEMENTS, RUNNING_SCHEMES, SCRIPT_LANGUAGES
from vaultkit.vault.hidden import NOT_MARKDOWN
from vaultkit.vault.note import Note, RegionKind, Span


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("text", "danger")
EDITS: frozenset[Part] = frozenset()
_SCRIPTS = (b"dataviewjs", b"datacore", b"js-engine", b"meta-bind-js", b"templater", b"execute-code", b"``run-", b"`$=")
_WORDS = (b"<%", b"script:", b"data:text/html", b"obsidian://", b"<script", b"<iframe")
_SCRIPT = f"(?i:(?:`{{3,}}|~{{3,}})[ \\t]*(?:{SCRIPT_LANGUAGES})(?![\\w-])|`+[ \\t]*\\$=)".encode()
_ELSE = (  # compiled when it is first used
    r"(?P<command><%)"
    r"|(?:\]\([ \t]{0,9}<?|<|\]:[ \t]{0,9}<?|\b(?:href|src)[ \t]{0,9}=[ \t]{0,9}[\"']?)"
    rf"(?:(?P<runs>(?:{RUNNING_SCHEMES}):|data:text/html)|(?P<asks>obsidian://(?!open\b|search\b|vault/)))"
    r"[^\s)>\"']{0,60}"
    rf"|(?P<loads><(?:{LOADING_ELEMENTS})(?=[\s>/])[^<>\n]{{0,200}}>?)"
)
_DANGERS = {
    "command": "runs as a command of Templater",
    "runs": "runs code when it is clicked",
    "asks": "gives Obsidian a command when it is clicked",
    "loads": "loads code or a page from elsewhere",
}
_LONGEST = 40


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each piece of code. In a fence of another language it is only an example."""
    if not note.front_matter or not note.find_property("vaultkit-id"):
        return
    data = note.data.lower()
    if any(word in data for word in _SCRIPTS):
        yield from _scripts(note)
    if any(word in data for word in _WORDS):
        last = data.rfind(b"%>")
        for found, span in find_in_body(note, re.compile(_ELSE, re.I), NOT_MARKDOWN):
            kind = next(name for name in _DANGERS if found[name] is not None)
            text = found[0]
            if kind == "command":
                if span.end > last:
                    continue  # it is never closed
                text = found.string[found.start() : found.end() + 100].partition("%>")[0] + "%>"
            yield Finding(span, {"text": _shown(text), "danger": _DANGERS[kind]})


def _scripts(note: Note) -> Iterator[Finding]:
    script = re.compile(_SCRIPT)
    for region in note.regions:
        if region.kind is RegionKind.CODE and script.match(note.data, *region.span):
            line_end = note.data.find(b"\n", *region.span)
            end = line_end if line_end >= 0 else region.span.end
            text = note.data[region.span.start : end].decode("utf-8", "replace")
            yield Finding(
                Span(region.span.start, end), {"text": _shown(text.strip("`~ \r")), "danger": "runs as a script"}
            )


def _shown(text: str) -> str:
    return short(" ".join(text.split()), _LONGEST)
