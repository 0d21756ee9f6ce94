"""A clashing passage merged word by word: two people who changed different words of a paragraph both get theirs.

What is a word, so that two edits of one word clash instead of being woven together:
- a run of letters and digits, with single marks inside: `don't`, `12:30`, `2024-01-31`, `vk-7f3a21`, `foo_bar.py`;
- an address, a wikilink, a link's target, a code span, an HTML tag: as a whole, since half of each is broken;
- of texts without spaces, a run of one script, as Japanese changes script where words end: `先週|から|起|きている`.
  A run of more than four Han characters, as all of Chinese is, counts by characters;
- anything else (marks, a line end, a run of blanks) for itself.

Two edits are joined only where enough that nobody touched stands between them (`_APART`): a word, a mark such as `。`
or `]`, a line end, or three characters of a text without spaces, where `japanese` does not know a word. So `先週` →
`今週` on one side and `先週` → `先月` on the other clash, and so do `優れた` → `劣れた` and `優った`; but of
`時間の原稿` → `期間の原稿` and `時間の論文` becomes `期間の論文`. `red house` → `blue house` and `red garden` clash,
since a blank alone does not part (`5 km` → `8 km` and `5 miles` would be eight miles). And a side that wrote more than
half of the passage anew (`_KEPT`) clashes with any edit of the other: its words are no places any more to put something
at.

Where edits touch, see `touching`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

from vaultkit.importing.merge.diff import Match, matches, without_islands
from vaultkit.importing.merge.japanese import is_word
from vaultkit.importing.merge.scripts import HAN, HIRAGANA, KATAKANA, is_han, is_kana
from vaultkit.importing.merge.sentences import ends_sentence, is_sentence
from vaultkit.importing.merge.three_way import regions
from vaultkit.importing.merge.touching import both_sides

_LONGEST_RUN = 4
"""Han characters that may be one word; of more each is one."""
_APART = 3
_HEAVIEST = 8
"""An address or a link is one word, however long: who put another in its place wrote one word anew, not the line."""
_KEPT = 0.5
_LONGEST = 4 << 20
_LOOK = 24
"""How many words back the end of a sentence is looked for: it may have a remark in brackets behind it."""
_LONGEST_SENTENCE = 64
_WEAK = frozenset("、・,'’\"“”-")


def merge_words(base: bytes, mine: bytes, theirs: bytes) -> bytes | None:
    """The passage with the changes of both sides; None when they clash. The line ends are those of `mine`, and in what
    is new those of `theirs`."""
    if len(base) + len(mine) + len(theirs) > _LONGEST:
        return None
    texts = [text.decode("utf-8", "surrogateescape") for text in (base, mine, theirs)]
    raw = [tokens(text) for text in texts]
    keys = [["\n" if word[-1] == "\n" else word for word in words] for words in raw]
    weigh = {word: _weight(word) for words in keys for word in set(words)}
    weights = [[0, *accumulate(map(weigh.__getitem__, words))] for words in keys]
    ours, others = (_aligned(keys, weights, side) for side in (1, 2))
    if ours is None or others is None:
        return None
    out: list[str] = []
    apart = [0, *accumulate(map(_parting, keys[0], ["", *keys[0]]))]
    parted: tuple[int, int, int] = (0, 0, 0)  # where what is not settled begins
    at = (0, 0, 0)
    for region in regions(ours, others, (len(keys[0]), len(keys[1]), len(keys[2]))):
        if not region.same:
            continue
        begins = (region.base.start, region.mine.start, region.theirs.start)
        ends = (region.base.stop, region.mine.stop, region.theirs.stop)
        if ends[0] < len(keys[0]) and begins[0] and apart[ends[0]] - apart[begins[0]] < _APART:
            continue  # too little to tell the edits before it and behind it apart
        if begins != parted and not _settle(out, raw, keys, parted, begins):
            return None
        out += raw[1][region.mine]
        parted = at = ends
    end = (len(keys[0]), len(keys[1]), len(keys[2]))
    if at != end and not _settle(out, raw, keys, parted, end):
        return None
    return "".join(out).encode("utf-8", "surrogateescape")


def tokens(text: str) -> list[str]:
    """The words of a text and what stands between them: together they are the text."""
    unspaced = max(text, default="") >= "\u3000"
    words = [found[0] for found in _token(unspaced).finditer(text)]
    if not unspaced:
        return words
    out: list[str] = []
    for word in words:
        if len(word) > _LONGEST_RUN and is_han(word[0]):
            out += word
        else:
            out.append(word)
    return out


@cache
def _token(unspaced: bool) -> re.Pattern[str]:
    """What a token is in a text with Han or Kana, or without: compiling those takes longer than most merges."""
    letters = f"{HAN}{HIRAGANA}{KATAKANA}" if unspaced else ""
    letter = rf"[^\W_{letters}]"
    return re.compile(
        rf"\r*\n|[^\S\n]+"
        rf"|(?:https?|obsidian|mailto|file):[^\s{letters}、。「」()<>]++"
        rf"|\[\[[^\[\]\n]*+\]\]|\]\([^()\s]*+\)|`[^`\n]++`|<[^<>\n]++>"
        rf"|{letter}++(?:[-'’.,:/_@#&+=%~]{letter}++)*+"
        + (rf"|[{HAN}]++|[{HIRAGANA}]++|[{KATAKANA}]++" if unspaced else "")
        + r"|(.)\1*+",
        re.S,
    )


def _aligned(keys: Sequence[list[str]], weights: Sequence[list[int]], side: int) -> list[Match] | None:
    """What the base has in common with a side; None when that is too little of it."""
    found = _slid(matches(keys[0], keys[side]), keys[side])
    found = without_islands(found, weights[0], weights[side], len(keys[0]), len(keys[side]))
    kept = sum(weights[0][one.i + one.size] - weights[0][one.i] for one in found)
    return found if kept >= _KEPT * weights[0][-1] else None


def _parting(word: str, before: str) -> int:
    """How much a word that nobody touched parts the edits before and behind it."""
    weight = _weight(word)
    return _APART if 0 < weight < _APART and is_word(word, before) else weight


def _slid(found: list[Match], side: list[str]) -> list[Match]:
    """`found` with what a side put in moved to where a line begins, or else a sentence, if that is the same text:
    `.⏎⏎A new block` behind a last word is `⏎A new block.⏎` behind its line, and touches no edit of that word, be it
    another one's or the same one's; `came. Ada ` in `Ada came. Ada left.` is `Ada came. `."""
    out = found[:1]
    for one in found[1:]:
        before = out.pop()
        if one.i == before.i + before.size:
            by = _to_line(side, before, one) or _to_sentence(side, before, one)
            before = before._replace(size=before.size + by)
            one = Match(one.i + by, one.j + by, one.size - by)
        elif rest := _rest_of_line(side, before, one):
            out.append(before)
            before, by = rest, rest.size
            one = Match(one.i + by, one.j + by, one.size - by)
        out += [before, one] if one.size else [before]
    return out


def _rest_of_line(side: list[str], before: Match, one: Match) -> Match | None:
    """What is left of a line in which a word was written otherwise, when the line ends before the match `one` already
    in the words that it begins with; those are the end of another line, which the side put in."""
    start, stop = before.j + before.size, one.j
    try:
        end = side.index("\n", start, stop) + 1
        size = side.index("\n", stop, stop + min(one.size, _LOOK)) + 1 - stop
    except ValueError:
        return None
    same = end - size >= start and side[end - size : end] == side[stop : stop + size]
    return Match(one.i, end - size, size) if same else None


def _to_line(side: list[str], before: Match, one: Match) -> int:
    """How many words further on the first line begins that what stands between the two matches may begin with."""
    start, stop, by = before.j + before.size, one.j, 0
    while by < one.size and side[start + by - 1] != "\n" and side[start + by] == side[stop + by]:
        by += 1
    return by if start and by and side[start + by - 1] == "\n" else 0


def _to_sentence(side: list[str], before: Match, one: Match) -> int:
    """How many words further on the sentence begins that what stands between the two matches may begin with; less than
    0: further back; 0 when it is none, or begins where it stands."""
    start, stop = before.j + before.size, one.j
    for by in range(min(before.size, _LONGEST_SENTENCE)):
        if _begins(side, start - by):
            return -by if is_sentence("".join(side[start - by : stop - by])) else 0
        if side[start - by - 1] != side[stop - by - 1]:
            break
    for by in range(1, min(one.size, _LOOK)):
        if side[start + by - 1] != side[stop + by - 1]:
            break
        if _begins(side, start + by):
            return by if is_sentence("".join(side[start + by : stop + by])) else 0
    return 0


def _begins(side: list[str], at: int) -> bool:
    return ends_sentence("".join(side[max(0, at - _LOOK) : at]))


def _settle(
    out: list[str],
    raw: Sequence[list[str]],
    keys: Sequence[list[str]],
    start: tuple[int, int, int],
    end: tuple[int, int, int],
) -> bool:
    """Add what a stretch becomes to `out`; False when both sides changed it, and not in ways that can be joined."""
    base, mine, theirs = (words[begin:stop] for words, begin, stop in zip(keys, start, end, strict=True))
    if mine == base:
        out += raw[2][start[2] : end[2]]
    elif theirs in (base, mine):
        out += raw[1][start[1] : end[1]]
    else:
        before = "".join(keys[0][max(0, start[0] - _LOOK) : start[0]])
        ends_line = end[0] == len(keys[0]) or keys[0][end[0]] == "\n"
        both = both_sides(before, base, mine, theirs, ends_line=ends_line)
        if both is None or not _are_whole(both, {*mine, *theirs}.difference(base)):
            return False
        out += both
    return True


def _are_whole(both: list[str], new: set[str]) -> bool:
    """Whether what both sides wrote are words of their own still, where they now stand side by side: `昨日` and `友人`
    are, `昨日友人` is another one."""
    words = set(tokens("".join(both)))
    return all(word in words for word in new if any(map(str.isalnum, word)))


def _weight(word: str) -> int:
    """How much a word that nobody touched parts two edits."""
    if word == "\n":
        return _APART
    if word.isspace():
        return 0
    if word[0] >= "\u3000" and (is_han(word[0]) or is_kana(word[0])):
        return len(word)
    return _APART - 1 if word[0] in _WEAK else max(_APART, min(len(word), _HEAVIEST))
