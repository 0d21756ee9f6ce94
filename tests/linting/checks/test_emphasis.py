"""Marks of bold text that CommonMark leaves as they are, and those that it does not."""

from __future__ import annotations

import pytest

from vaultkit.linting.checks.emphasis import Options, check
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.vault.edit import apply_edits
from vaultkit.vault.index import Index
from vaultkit.vault.parse import parse


def _found(text: str) -> list[Finding]:
    return list(check(parse("a.md", text.encode()), Context(Index([])), Options()))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("**「春」**と秋", ["**「春」**: end 」と"]),
        ("春と**「秋」**", ["**「秋」**: begin 「と"]),
        ("春と**「秋」**、冬", ["**「秋」**: begin 「と"]),
        ("**春!**です", ["**春!**: end !で"]),
        ("**春。**autumn", ["**春。**: end 。a"]),
        ("これは**`春`**です", ["**`春`**: begin `は"]),
        ("**春。**夏、**秋。**冬", ["**春。**: end 。夏", "**秋。**: end 。冬"]),
        ("- **春：**夏\r\n- **秋**：冬\r\n", ["**春：**: end ：夏"]),
        ("| **春。**夏 | **秋** |", ["**春。**: end 。夏"]),
        ("**봄(春)**은", ["**봄(春)**: end )은"]),
        ("**" + "長" * 40 + "。**い", [f"**{'長' * 30}…**: end 。い"]),
        ("**春**夏**秋**冬", []),
        ("**「春」** と", []),
        ("**「春」**、**『夏』**。", []),
        ("「**春**」と", []),
        ("**100￥**です、**〜春～**夏", []),
        ("**“Spring”**is (日本)", []),
        ("春 ** 「夏」** と", []),
        ("春**「夏」", []),
        ("春\\**「夏」**と", []),
        ("`春**「夏」**と`", []),
        ("[[春**「夏」**と]]", []),
        ("%%春**「夏」**と%%", []),
        ("    春**「夏」**と", []),
        ("$$\n春**「夏」**と\n$$", []),
        ("`**`と**「夏」**と", ["**「夏」**: begin 「と"]),
        ("春***「夏」***と", []),
        ("****、日", []),
    ],
)
def test_what_is_told(text: str, told: list[str]) -> None:
    def say(text: str, letter: str, punctuation: str, do: str) -> str:
        return f"{text}: {do} {punctuation}{letter}"

    assert [say(**found.values) for found in _found(text)] == told


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("春と**「秋」**と", "春と「**秋**」と"),
        ("**春（夏）**は", None),
        ("**春。…**秋", "**春**。…秋"),
        ("**。**秋", None),
        ("**「」**秋", None),
        ("**「春」と「秋」**と", None),
        ("**「春」。**秋", "**「春」**。秋"),
        ("秋と**「春」。**秋", None),
        ("**春 。**秋", None),
        ("**【重要】**春", "【**重要**】春"),
    ],
)
def test_what_is_put_outside(text: str, mended: str | None) -> None:
    (found,) = _found(text)
    assert (apply_edits(text.encode(), found.fix.edits).decode() if found.fix else None) == mended
    assert not found.fix or not found.fix.safe
    assert mended is None or _found(mended) == []
