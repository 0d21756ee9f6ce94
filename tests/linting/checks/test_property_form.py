"""Addresses, DOIs and identifiers of arXiv, and what looks like them."""

from __future__ import annotations

import pytest

from vaultkit.linting.checks.property_form import Form, Options, check
from vaultkit.linting.context import Context
from vaultkit.vault.index import Index
from vaultkit.vault.parse import parse


@pytest.mark.parametrize(
    ("form", "value", "told"),
    [
        (Form.ADDRESS, "https://example.org/a?b#c", False),
        (Form.ADDRESS, "http://例え.example/庭", False),
        (Form.ADDRESS, "mailto:ada@example.org", False),
        (Form.ADDRESS, "obsidian://open?vault=x", False),
        (Form.ADDRESS, "htp:/example.org", False),  # told by another rule
        (Form.ADDRESS, "example.org", True),
        (Form.ADDRESS, "see the book", True),
        (Form.ADDRESS, "12", True),
        (Form.ADDRESS, "'{{url}}'", False),
        (Form.ADDRESS, "'[[Rain]]'", True),
        (Form.DOI, "10.1000/182", False),
        (Form.DOI, "10.1000.10/庭", False),
        (Form.DOI, "'doi:10.1000/182'", False),
        (Form.DOI, "HTTPS://DX.DOI.ORG/10.1000/182", False),
        (Form.DOI, "10.1000/", True),
        (Form.DOI, "10.1000", True),
        (Form.DOI, "11.1000/182", True),
        (Form.DOI, "10.1000/1 82", True),
        (Form.ARXIV, "'2401.01230'", False),
        (Form.ARXIV, "2401.01230", True),
        (Form.ARXIV, "2401.01230v12", False),
        (Form.ARXIV, "math.GT/0309136", False),
        (Form.ARXIV, "https://arxiv.org/pdf/2401.01230v1.pdf", False),
        (Form.ARXIV, "'2400.01230'", True),
        (Form.ARXIV, "'2401.012'", True),
        (Form.ARXIV, "yes", True),
    ],
)  # fmt: skip
def test_forms(form: Form, value: str, told: bool) -> None:
    note = parse("a.md", f"---\nkey: {value}\n---\n".encode())
    assert bool(list(check(note, Context(Index([])), Options(("key",), form)))) is told


@pytest.mark.parametrize("value", ["", "''", "[]", '[""]'])
def test_nothing_is_no_value(value: str) -> None:
    note = parse("a.md", f"---\nKey: {value}\n---\n".encode())
    assert list(check(note, Context(Index([])), Options(("key",)))) == []
