"""Odd forms of Jekyll's markup, and what looks like it."""

from __future__ import annotations

import pytest

from vaultkit.linting.checks.jekyll_markup import Options, check
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.vault.edit import apply_edits
from vaultkit.vault.index import Index
from vaultkit.vault.parse import parse


def _found(text: str, site: bool = False) -> list[Finding]:
    return list(check(parse("a.md", text.encode()), Context(Index([])), Options(site)))


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("1. contents\r\n{:toc}\r\n\r\n朝\r\n", "\r\n朝\r\n"),
        ("* TOC\n{: .wide}\n", "* TOC\n"),
        ("Above.\n{:toc}\n", "Above.\n"),
        ("{:toc}\n", ""),
        ("a {:toc} b", "a  b"),
        ("{:/}{:/nomarkdown}", ""),
        ("{%- raw -%}x{%- endraw -%}", "x"),
        ("a{::comment}日{:/}b", "a%%日%%b"),
        ("# a {#b}\r\n", "# a\r\n"),
        ("{::comment}{: .a}{:/comment}{: .b}", "%%{: .a}%%"),
    ],
)
def test_mended(text: str, mended: str) -> None:
    edits = [edit for found in _found(text) if found.fix for edit in found.fix.edits]
    assert apply_edits(text.encode(), edits).decode() == mended
    assert all(found.fix for found in _found(text))
    assert _found(mended) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{::comment} never", ["{::comment}"]),
        ("{% comment %} a %% b {% endcomment %}", ["{% comment %} a %% b {% endcomment %}"]),
    ],
)
def test_only_told(text: str, told: list[str]) -> None:
    assert [(found.values["text"], found.fix) for found in _found(text)] == [(one, None) for one in told]


@pytest.mark.parametrize(
    "text",
    [
        "text {#b}",
        "{#b}",
        "# a {#b} c",
        "{% for a in b %}",
        "{{ site }}",
        "`{% raw %}`",
        "%%{: .a}%%",
        "$$\n{: .a}\n$$",
    ],
)
def test_silent(text: str) -> None:
    assert _found(text) == []
