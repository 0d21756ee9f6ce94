"""What runs in a note that was imported, and what only looks like it."""

from __future__ import annotations

import pytest

from vaultkit.linting.checks.executable_code import Options, check
from vaultkit.linting.context import Context
from vaultkit.vault.index import Index
from vaultkit.vault.parse import parse

IMPORTED = "---\nvaultkit-id: github/1\n---\n"


def _found(text: str) -> list[str]:
    return [found.values["text"] for found in check(parse("a.md", text.encode()), Context(Index([])), Options())]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("```dataviewjs\nx\n```", ["dataviewjs"]),
        ("> ~~~~ DataviewJS\n> x\n> ~~~~", ["DataviewJS"]),
        ("```js-engine\n```", ["js-engine"]),
        ("``$= x``", ["$= x"]),
        ("a <%* await x() %> b", ["<%* await x() %>"]),
        ("<%\nx\n%> <% never", ["<% x %>"]),
        ("[a](JavaScript:x) <javascript:y>", ["](JavaScript:x", "<javascript:y"]),
        ("[a]: data:text/html,x", ["]: data:text/html,x"]),
        ('<a href="obsidian://advanced-uri?x">', ['href="obsidian://advanced-uri?x']),
        ("<SCRIPT>x</SCRIPT>", ["<SCRIPT>"]),
        ("日記<iframe src='https://example.org'></iframe>", ["<iframe src='https://example.org'>"]),
        ("```dataview\nlist\n```\n```dataviewjs-old\n```", []),
        ("```js\ndataviewjs <% x %>\n```", []),
        ("`<% x %>` `<script>` $5 `=$= x`", []),
        ("100<%50", []),
        ("[a](obsidian://open?file=x) [b](obsidian://search?q=x) [c](obsidian://vault/a/b)", []),
        ("the javascript: scheme, <scripted>, obsidian://new?name=x", []),
        ("<!-- <script>x</script> -->", []),
    ],
)
def test_imported(text: str, told: list[str]) -> None:
    assert _found(IMPORTED + text) == told
    assert _found(text) == _found("---\ntitle: a\n---\n" + text) == []
