"""Which of the runs of one script in a Japanese text are words, as far as that can be told without a dictionary.

A run of kanji or katakana of two characters or more is one (`提供`); one kanji may be half of a word (`優|れた`). Of
the runs of hiragana only those are that stand in the lists: particles (`時間|の|原稿`), and what `する` becomes behind
a noun (`比較|して|優れた`, `公開|した`), with its `な` (`統一的|な|式`), and behind the kanji of `に対して`. Any other
may be the end of a word: `考|えている`. What ends words often is not in the lists: `も` of `最も`, `か` of `静か`, `し`
behind a single kanji.
"""

from __future__ import annotations

import re

from vaultkit.importing.merge.scripts import HAN, KATAKANA

_PARTICLES = frozenset(
    "を が は に へ と や の で から まで より では には とは へは への との での からの までの からは までは"
    " について による によって において における として という だけ のみ など などの らしい とのこと のことを".split()
)
_DOES = frozenset(
    "な し して した する せず され される された されて させ させる させた させて しない しなかった します しました"
    " しません している していた しており すれば できる できた できない".split()
)
_ALONE = frozenset("対 関 際".split())
"""Single kanji that take `して` after a particle: `に対して`, `に関する`, `に際して`; these join what stands around."""
_NOUN = re.compile(rf"[{HAN}]{{2,}}+|[{KATAKANA}]{{2,}}+")


def is_glue(word: str, before: str) -> bool:
    """Whether the word, behind the word `before`, is one that only joins others: a particle, or a form of `する`."""
    if word in _PARTICLES:
        return before[-1:].isalnum()
    return word in _DOES and (bool(_NOUN.fullmatch(before)) or before in _ALONE)


def is_word(word: str, before: str) -> bool:
    """Whether a run of Japanese characters, behind the run or word `before`, is a whole word."""
    return bool(_NOUN.fullmatch(word)) or is_glue(word, before)
