"""Web addresses: what is certainly wrong, and what is let be."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import not_hanging
from vaultkit.linting.diagnostic import Diagnostic

Lint = Callable[..., list[Diagnostic]]


def _said(lint_files: Lint, text: str) -> list[str]:
    return [d.message for d in lint_files({"a.md": text}, select=("urls-wellformed",))]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("https:/example.org/a", "`https:/example.org/a` cannot work: it must begin with `https://`"),
        ("(http//example.org)", "`http//example.org` cannot work: it must begin with `http://`"),
        ("https:///example.org", "it must begin with `https://`"),
        ("https;//example.org", "it must begin with `https://`"),
        ("http:://example.org", "it must begin with `http://`"),
        ("https://https//example.org", "stands there twice"),
        ("https:// example.org", "it must begin with `https://`"),
        ("httpp://localhost", "it must begin with `http://`"),
        ("htpps://example.org", "it must begin with `https://`"),
        ("hhttps://example.org", "it must begin with `https://`"),
        ("見よ：htps://example.org", "`htps://example.org` cannot"),
        ("---\nurl: https:/example.org\n---\n", "`https:/example.org` cannot"),
        ("<img src='https:/example.org/a.png'>", "`https:/example.org/a.png` cannot"),
        ("![a](https:///)", "nothing stands behind"),
        ("[a](https://example.org/a b (1).pdf)", ""),
    ],
)
def test_wrong(lint_files: Lint, text: str, message: str) -> None:
    assert message in "\n".join(_said(lint_files, text))


@pytest.mark.parametrize(
    "text",
    [
        "http://example.org https://example.org/?a=b&c=http:/x.y http://[::1]/ https://例え.jp http://localhost:80",
        "[a](https://example.org 'a title') [a](<https://example.org/a b>) ![a](https://example.org/a.png =10x20)",
        "https:// and http://, http:/ or http/https; the output/input; tp/http/2.0 HTTPS:/",
        "[a](http//example.org) [[https//example.org]]",
        "`https:/example.org` $https:/example.org$ %% https:/example.org %% <!-- https:/example.org -->",
        "/mirror/https:/example.org shttp:/example.org",
        "ftp://example.org ttps://example.org hxxps://example.org",
    ],
)
def test_let_be(lint_files: Lint, text: str) -> None:
    assert _said(lint_files, text) == []


@pytest.mark.parametrize(
    "part", ["tp", "http:/", "https://", "](https://a ", "](https://a a", "http://https://", "tps;/"]
)
def test_hostile_text_takes_no_time(lint_files: Lint, part: str) -> None:
    with not_hanging():
        _said(lint_files, part * (600_000 // len(part)))
