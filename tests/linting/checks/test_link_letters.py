"""Links in decomposed letters: which are told, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.vault.edit import apply_edits

Lint = Callable[..., list[Diagnostic]]
GA = "か\u3099"
FILES = {"がく.md": "# が\n", f"{GA}ん.md": "", "x/ゴミ.md": "", "y/ゴミ.md": "", "한글.md": ""}


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        (f"[[{GA}く]]", "[[がく]]"),
        (f"[[{GA}く#{GA}|{GA}]]", f"[[がく#{GA}|{GA}]]"),
        (f"[a]({GA}く.md#{GA})", f"[a](がく.md#{GA})"),
        ("[a](%E3%81%8B%E3%82%99%E3%81%8F.md)", "[a](がく.md)"),
        (f"| [[{GA}く\\|x]] |", "| [[がく\\|x]] |"),
        ("[[コ\u3099ミ]]", "[[ゴミ]]"),
        ("[[\u1112\u1161\u11ab\u1100\u1173\u11af]]", "[[한글]]"),
        (f"[[\ufa19{GA}]]", None),
    ],
)
def test_told_and_mended(lint_files: Lint, text: str, fixed: str | None) -> None:
    (found,) = lint_files({**FILES, "a.md": text}, only=["a.md"], select=("links-nfc",))
    after = apply_edits(text.encode(), found.fix.edits).decode() if found.fix else None
    assert after == fixed


@pytest.mark.parametrize(
    "text", ["[[がく]]", f"[[{GA}ん]]", "[[\ufa19]]", f"[[#{GA}]]", f"{GA} `[[{GA}]]`", "[[nobody]]", f"[[a|{GA}]]"]
)
def test_let_be(lint_files: Lint, text: str) -> None:
    assert lint_files({**FILES, "a.md": text}, only=["a.md"], select=("links-nfc",)) == []
