"""No note, however odd, may cost more than its size: one megabyte of each is linted in a moment."""

from __future__ import annotations

import time

import pytest

from vaultkit.config import Config
from vaultkit.linting.packs import active_rules
from vaultkit.linting.run import lint
from vaultkit.vault.index import Index
from vaultkit.vault.parse import parse
from vaultkit.vault.settings import Settings

RULES = active_rules(Config())
UNITS = [
    "[[a]] ", "# h\n[[#x]]\n", "# h [[#h]]\n", "| [[Ally]] |", "2024/01/31 (", "2024-01-31", "{:", '{:a="', "{: .x}",
    "{:a='\"", "<<<<<<< a\n", "=======\n", "%%\n", "a: b\n", "[[a]] %% vaultkit: ignore links-resolve %%\n", " ", "年",
    "{::comment}", "{{ site.", "{% comment %}", "あ**。", "**「あ」**あ", "https://example.org/aを見た。 ", "https://a/)))あ",
    "\0a b ", "\u202e", "\x1b[", "a\r\nb\n", "\r", "$$\n", "> [!vaultkit-conflict]-\n",
    "---\n", "\ufeff", "\n---\na: 1\n",
    "#日記、雨 ", "#「", "#！", "！",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_size_only(unit: str) -> None:
    def seconds(size: int) -> float:
        notes = {
            "Diary/x.md": parse("Diary/x.md", (unit * (size // len(unit.encode()))).encode()),
            "b.md": parse("b.md", b"---\naliases: [Ally]\n---\n"),
        }
        start = time.process_time()
        lint(Index(notes, notes), Settings(), RULES, Config())
        return time.process_time() - start

    def in_proportion() -> bool:
        large = seconds(200_000)
        if large < 0.2:  # fast enough, whatever less takes
            return True
        small = min(seconds(20_000) for _ in range(3))
        return large < 40 * small + 0.2  # ten times the size; a square would be a hundred

    assert any(in_proportion() for _ in range(3))  # a square is one each time, a busy machine is not
