"""Whole sentences: what is one, and what becomes of those that both sides put into one text."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultkit.importing.merge import merge
from vaultkit.importing.merge.sentences import is_sentence, stands_alone


@pytest.mark.parametrize(
    "text",
    [
        "It rained.",
        " It rained. ",
        "Who?",
        "“Yes!”",
        "雨だった。",
        "「行く。」",
        "3 km more.",
        "*Late.*",
        "Late. (See there.)",
    ],
)
def test_sentences(text: str) -> None:
    assert is_sentence(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "it rained.",
        "It rained",
        ", then.",
        "(1)",
        "。",
        "ので帰った",
        "It rained.\nOr not.",
        "> It did.",
        "- x.",
    ],
)
def test_no_sentences(text: str) -> None:
    assert not is_sentence(text)


@pytest.mark.parametrize(
    ("before", "text", "ends_line", "expected"),
    [
        ("We left.", " It rained.", False, True),
        ("We left. (1)", " It rained.", False, True),
        ("", "It rained. ", False, True),
        ("line\n", "It rained. ", False, True),
        ("We met", " Ada.", True, False),
        ("手紙を書く", " 雨だった。", True, True),
        ("手紙を書く", " 雨だった。", False, False),
        ("手紙を書く", "人がいた。", True, False),
        ("元ポスト:", " これだ。", True, False),
        ("- [[A note]]", " It is long.", True, True),
        ("- [[A note]]", " It is long.", False, False),
        ("- [[A note]]", "It is long.", True, False),
        ("- [A](b.md)", " It is long.", True, True),
        ("- (b)", " It is long.", True, False),
    ],
)
def test_standing_alone(before: str, text: str, ends_line: bool, expected: bool) -> None:
    assert stands_alone(before, text, ends_line=ends_line) is expected


_ENGLISH = ("Ada came {}.", "Then it rained {}.", "We left at {}!", "Was it {}?", "Ada left {} (or so).")
_JAPANESE = ("雨が{}降った。", "今日は{}を読む。", "「{}だ。」", "先週から{}を書いている。", "本屋で{}を買った!")


class _Writer:
    """Writes sentences, of which no two are the same."""

    def __init__(self, r: Random, forms: tuple[str, ...]) -> None:
        self.r, self.forms, self.written = r, forms, 0

    def sentence(self) -> str:
        self.written += 1
        return self.r.choice(self.forms).format(self.written)

    def text(self) -> list[list[str]]:
        """Lines, each of some sentences; an empty one is blank."""
        lines = [[self.sentence() for _ in range(self.r.randrange(4))] for _ in range(self.r.randrange(1, 5))]
        return [*lines, [self.sentence()]]

    def more(self, text: list[list[str]], *, lines: bool) -> list[list[str]]:
        """The text with one sentence put in behind another, or some of them, as `lines`, too."""
        out = [[*line] for line in text]
        for _ in range(self.r.randrange(4) if lines else 1):
            if lines and self.r.randrange(2):
                at = self.r.randrange(len(out))
                out[at:at] = [[self.sentence()], []][: self.r.randrange(1, 3)]
            else:
                line = self.r.choice([line for line in out if line])
                line.insert(self.r.randrange(1, len(line) + 1), self.sentence())
        return out


def _joined(text: list[list[str]], gap: str) -> bytes:
    return "".join(gap.join(line) + "\n" for line in text).encode()


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False), st.booleans(), st.booleans())
def test_what_both_put_in_is_there_once_and_in_the_order_of_each(r: Random, japanese: bool, lines: bool) -> None:
    writer = _Writer(r, _JAPANESE if japanese else _ENGLISH)
    gap = "" if japanese else " "
    base = writer.text()
    mine, theirs = (writer.more(base, lines=lines) for _ in range(2))
    merged = merge(_joined(base, gap), _joined(mine, gap), _joined(theirs, gap), "x")
    if not lines:
        assert not merged.conflicts
    if not merged.conflicts:
        numbers = re.findall("[0-9]+", merged.data.decode())
        old = {number for line in base for one in line for number in re.findall("[0-9]+", one)}
        for side in (mine, theirs):
            own = re.findall("[0-9]+", _joined(side, gap).decode())
            other = theirs if side is mine else mine
            new = set(re.findall("[0-9]+", _joined(other, gap).decode())) - old
            assert [number for number in numbers if number not in new] == own


def test_a_blank_line_that_is_equal_by_chance_moves_nothing() -> None:
    base = b"Then it rained.\n\nWas it two?\n"
    mine = b"Ada left.\n\nThen it rained. We left!\n\nWas it three?\nWas it two?\n"
    theirs = b"Then it rained.\n\nAda came.\nWas it two?\n"
    merged = merge(base, mine, theirs, "x")
    assert not merged.conflicts
    assert merged.data == b"Ada left.\n\nThen it rained. We left!\n\nWas it three?\nAda came.\nWas it two?\n"
