"""Words of two people in one passage: joined where they are words apart, never woven into one word."""

from __future__ import annotations

import pytest

from vaultkit.importing.merge.words import merge_words, tokens

JOINED = {
    "words apart": ("a big red house", "a small red house", "a big red garden", "a small red garden"),
    "sentences": ("One. Two.", "One. New. Two.", "One. Two. Three.", "One. New. Two. Three."),
    "done and reworded": ("- [ ] buy milk", "- [x] buy milk", "- [ ] buy oat milk", "- [x] buy oat milk"),
    "both alike": ("the old word here", "the new word here", "the new word there", "the new word there"),
    "japanese, clauses apart": (
        "先週から原稿を書いている。明日は休みたい。",
        "今週から原稿を書いている。明日は休みたい。",
        "先週から原稿を書いている。明日は働きたい。",
        "今週から原稿を書いている。明日は働きたい。",
    ),
    "japanese, a sentence more": (
        "雨が降っていた。バスで帰った。",
        "雨が降っていた。寒かった。バスで帰った。",
        "雨が降っていた。電車で帰った。",
        "雨が降っていた。寒かった。電車で帰った。",
    ),
    "a line end parts": ("one\ntwo\n", "one more\ntwo\n", "one\ntwo\nthree\n", "one more\ntwo\nthree\n"),
    "a block more, behind a word that changed": (
        "It held.\nA long cable.\n",
        "It held, barely.\nA long cable.\n\nWhat a storm.\n",
        "It held.\nA long wire.\n",
        "It held, barely.\nA long wire.\n\nWhat a storm.\n",
    ),
    "line ends of the user": ("a b c\nd e f\n", "a b X\r\nd e f\r\n", "a b c\nd e Y\n", "a b X\r\nd e Y\r\n"),
}
CLASHES = {
    "one word": ("at noon", "at two", "at one"),
    "neighbours": ("a red house", "a blue house", "a red garden"),
    "one japanese word": ("先週の会議", "今週の会議", "先月の会議"),
    "verb and ending": ("よく考えている。", "よく調べている。", "よく考えていた。"),
    "one date": ("on 2024-01-31 at home", "on 2025-01-31 at home", "on 2024-01-30 at home"),
    "one link": ("see [[Old note|it]] there", "see [[New note|it]] there", "see [[Old note|that]] there"),
    "one address": ("at https://a.org/x?y=1 now", "at https://b.org/x?y=1 now", "at https://a.org/x?y=2 now"),
    "written anew": ("we met at the park", "see the dog at night", "we met at the big park"),
    "same place": ("a b", "a x b", "a y b"),
}


@pytest.mark.parametrize("name", JOINED)
def test_joined(name: str) -> None:
    base, mine, theirs, expected = JOINED[name]
    assert merge_words(*(text.encode() for text in (base, mine, theirs))) == (expected and expected.encode())


@pytest.mark.parametrize("name", CLASHES)
def test_clashes(name: str) -> None:
    base, mine, theirs = (text.encode() for text in CLASHES[name])
    assert merge_words(base, mine, theirs) is None
    assert merge_words(base, theirs, mine) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("先週から起きている時間", "先週|から|起|きている|時間"),
        ("研究発表会議室", "研|究|発|表|会|議|室"),
        ("コーヒーを飲む", "コーヒー|を|飲|む"),
        ("don't at 12:30, foo_bar.py", "don't| |at| |12:30|,| |foo_bar.py"),
        ("[[A b|c]]**x**`y z`", "[[A b|c]]|**|x|**|`y z`"),
        ("[a](b.md) <br>\r\n", "[|a|](b.md)| |<br>|\r\n"),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    assert "|".join(tokens(text)) == expected
