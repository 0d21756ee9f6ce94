"""Where a web address in plain text ends, and where nobody can say."""

from __future__ import annotations

import pytest

from vaultkit.linting.checks.url_end import Options, check
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.vault.edit import apply_edits
from vaultkit.vault.index import Index
from vaultkit.vault.parse import parse


def _found(text: str) -> list[Finding]:
    return list(check(parse("a.md", text.encode()), Context(Index([])), Options()))


@pytest.mark.parametrize(
    ("text", "mended", "safe"),
    [
        ("見よhttps://example.org/a、と", "見よ<https://example.org/a>、と", True),
        ("「http://example.org/」と", "「<http://example.org/>」と", True),
        ("https://example.org/a（英語）", "<https://example.org/a>（英語）", True),
        ("https://example.org:8080へ", "<https://example.org:8080>へ", True),
        ("https://example.org参照", "<https://example.org>参照", True),
        ("https://example.org/?id=12。", "<https://example.org/?id=12>。", True),
        ("**https://example.org/a**を", "**<https://example.org/a>**を", False),
        ("(https://example.org/a_(b))と", "(<https://example.org/a_(b)>)と", False),
        ("https://example.org/a.html参照", "<https://example.org/a.html>参照", False),
        ("https://example.org/を参照", "<https://example.org/>を参照", False),
        ("https://example.org/v?v=a1bで、次", "<https://example.org/v?v=a1b>で、次", False),
        ("[^1]: https://example.org/a。", "[^1]: <https://example.org/a>。", True),
    ],
)
def test_told(text: str, mended: str, safe: bool) -> None:
    (found,) = _found(text)
    assert found.fix
    assert (apply_edits(text.encode(), found.fix.edits).decode(), found.fix.safe) == (mended, safe)
    assert _found(mended) == []


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/a を見た。",
        "https://example.org/a\u3000を見た。",
        "<https://example.org/a。>",
        "[a](https://example.org/a。)",
        "[a]( https://example.org/a。)",
        "[https://example.org/a。](b.md)",
        "[見よ https://example.org/a。](b.md)",
        "[a]: https://example.org/a。",
        '<a href="https://example.org/a。">a</a>',
        "`https://example.org/a。`",
        "%%https://example.org/a。%%",
        "https://ja.wikipedia.org/wiki/けいおん！",
        "https://ja.wikipedia.org/wiki/モーニング娘。",
        "https://ja.wikipedia.org/wiki/「いき」の構造",
        "https://ja.wikipedia.org/wiki/Xの悲劇",
        "https://ja.wikipedia.org/wiki/C言語",
        "https://ja.wikipedia.org/wiki/C_(プログラミング言語)",
        "https://ja.wikipedia.org/wiki/Dr.スランプ",
        "https://example.org/pythonを学ぶ/",
        "https://example.org/search?q=Cは、何",
        "https://日本語.jp/ https://www.ab日本.jp/",
        "https://müller.example/ https://example.orgé",
        "https://localhostを",
        "“https://example.org/a”",
    ],
)
def test_silent(text: str) -> None:
    assert _found(text) == []
