"""What holds for every converter to Markdown: it never raises, loses no word, and reads a megabyte of anything."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.importing.entry import Attachment
from vaultkit.importing.markup.converted import Converted
from vaultkit.importing.markup.pictures import Picture

Convert = Callable[[str], Converted]

_WORD = re.compile(r"w\d+")


def with_signs(signs: str) -> st.SearchStrategy[str]:
    """Texts of numbered words, blanks, line ends, and the `signs` (separated by blanks) of a markup."""
    pieces = st.sampled_from([*signs.split(" "), " ", " ", "\n", "\n", "\n\n"])
    words = st.integers(0, 99).map(lambda n: f"w{n}")
    return st.lists(st.one_of(pieces, words, words), max_size=25).map("".join)


def lost_words(text: str, got: Converted) -> list[str]:
    """The words of `text` that are neither in the result nor in what it says is lost."""
    kept = {*_WORD.findall(got.text), *(word for one in got.lost for word in _WORD.findall(one))}
    return [word for word in _WORD.findall(text) if word not in kept]


def read_much(convert: Convert, pieces: list[str]) -> None:
    """Convert 60 kB of each piece over and over, and a megabyte of the first."""
    for piece in pieces:
        with not_hanging(20):
            convert(piece * (60_000 // len(piece)))
    with not_hanging():
        convert(pieces[0] * (1_000_000 // len(pieces[0])))


def resolve(src: str) -> Picture | None:
    """`pic.png` and `doc.pdf` are in the export."""
    if src in ("pic.png", "doc.pdf"):
        return Picture(Attachment(src, f"files/{src}"))
    return None
