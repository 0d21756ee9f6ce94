"""The scripts of Japanese and Chinese, as classes of a pattern (`[…]`) and as questions about one character."""

from __future__ import annotations

HAN = "々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HIRAGANA = "\u3041-\u309f"
KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
"""Without `・`, which parts words."""


def is_han(char: str) -> bool:
    """As `HAN`."""
    return (
        "\u4e00" <= char <= "\u9fff"
        or "\u3400" <= char <= "\u4dbf"
        or "\uf900" <= char <= "\ufaff"
        or "\U00020000" <= char <= "\U0003ffff"
        or char in "々〇"
    )


def is_kana(char: str) -> bool:
    """As `HIRAGANA` and `KATAKANA`."""
    return (
        "\u3041" <= char <= "\u309f"
        or ("\u30a1" <= char <= "\u30ff" and char != "・")
        or "\u31f0" <= char <= "\u31ff"
        or "\uff66" <= char <= "\uff9f"
    )
