"""What is opened and never closed, each sort by its own rule."""

from __future__ import annotations

import pytest

from vaultkit.linting.checks.region_closed import Options, Sort, check
from vaultkit.linting.context import Context
from vaultkit.vault.index import Index
from vaultkit.vault.parse import parse


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("```\na\n", Sort.CODE),
        ("- ~~~\n  a\n", Sort.CODE),
        ("````\n```\n", Sort.CODE),
        ("$$\na\n", Sort.MATH),
        ("%%\na\n", Sort.COMMENT),
        ("<!--\na\n", Sort.COMMENT),
        ("> ```\n> a\n\nb\n", None),
        ("%% a %%\n\n`a\n", None),
    ],
)
def test_unclosed(text: str, sort: Sort | None) -> None:
    note = parse("a.md", text.encode())
    told = [one for one in Sort if list(check(note, Context(Index([])), Options(one)))]
    assert told == ([sort] if sort else [])
