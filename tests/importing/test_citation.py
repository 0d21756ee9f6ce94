"""The title line of a paper note comes apart from the right, and nothing of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.importing.citation import Citation, parse_citation


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(
            "[Paper Note] Slow Walks, Ada Lind+, arXiv'26, 2026.01",
            Citation("Slow Walks", ("Ada Lind",), True, "arXiv'26", "2026-01"),
            id="all-parts",
        ),
        pytest.param(
            "Slow Walks, Fast Runs, and Rest, Ada Lind+, ICLR'24",
            Citation("Slow Walks, Fast Runs, and Rest", ("Ada Lind",), True, "ICLR'24"),
            id="commas-in-the-title",
        ),
        pytest.param(
            "Slow Walks, Ada Lind, ICML'16", Citation("Slow Walks", ("Ada Lind",), False, "ICML'16"), id="sole-author"
        ),
        pytest.param(
            "Slow Walks, Ada Lind+, N_A, ICLR'24",
            Citation("Slow Walks", ("Ada Lind",), True, "ICLR'24"),
            id="filler-is-dropped",
        ),
        pytest.param(
            "Slow Walks, Lind+, Walk Institute, Dept. of Feet , arXiv'22",
            Citation("Slow Walks", ("Lind", "Walk Institute", "Dept. of Feet"), True, "arXiv'22"),
            id="affiliations",
        ),
        pytest.param(
            "Slow Walks, Ada Lind+, ICLR'25 Spotlight, 2024.12",
            Citation("Slow Walks", ("Ada Lind",), True, "ICLR'25 Spotlight", "2024-12"),
            id="venue-with-distinction",
        ),
        pytest.param(
            "Slow Walks, Lind+, Review of Walking B, 2025",
            Citation("Slow Walks", ("Lind",), True, "Review of Walking B", "2025"),
            id="venue-without-year",
        ),
        pytest.param(
            "Can Feet Think? Lind+, ACL'23", Citation("Can Feet Think?", ("Lind",), True, "ACL'23"), id="no-comma"
        ),
        pytest.param("Slow Walks, ACL'23", Citation("Slow Walks", venue="ACL'23"), id="no-author"),
        pytest.param("Slow Walks, 2023", Citation("Slow Walks", published="2023"), id="only-a-year"),
        pytest.param("Slow Walks, 2023.13", Citation("Slow Walks, 2023.13"), id="no-such-month"),
        pytest.param(
            "歩行の科学, 山田 花子, 足の友, 2025.12",
            Citation("歩行の科学", ("山田 花子",), False, "足の友", "2025-12"),
            id="ja",
        ),
        pytest.param(
            "歩行の科学, 山田花子, 2025.12",
            Citation("歩行の科学", ("山田花子",), published="2025-12"),
            id="ja-one-word",
        ),
        pytest.param(
            "feet-engine, WalkLab, 2024.04", Citation("feet-engine", ("WalkLab",), published="2024-04"), id="team"
        ),
        pytest.param(
            "Walks in 5 Minutes, ad., 2025.07", Citation("Walks in 5 Minutes", ("ad.",), published="2025-07"), id="nick"
        ),
        pytest.param(
            "Walks, and why we like them, 2025.07",
            Citation("Walks, and why we like them", published="2025-07"),
            id="prose",
        ),
        pytest.param("Walks, Runs", Citation("Walks, Runs"), id="no-evidence"),
        pytest.param("10,924 Steps", Citation("10,924 Steps"), id="comma-in-a-number"),
        pytest.param(
            "Feet, Walks and Shoes, [Lind+, 2001], 2001.03",
            Citation("Feet, Walks and Shoes, [Lind+, 2001]", published="2001-03"),
            id="brackets",
        ),
        pytest.param(
            "Learning C++, Ada Lind, PLDI'09", Citation("Learning C++", ("Ada Lind",), False, "PLDI'09"), id="c++"
        ),
        pytest.param("Walks, C++, 2010", Citation("Walks, C++", published="2010"), id="c++-is-no-author"),
        pytest.param("Unbalanced (Walks, Lind+, ACL'09", Citation("Unbalanced (Walks, Lind+, ACL'09"), id="unbalanced"),
        pytest.param("[Paper Note] ", Citation(""), id="nothing"),
        pytest.param("2024.01", Citation("2024.01"), id="a-date-alone-is-a-title"),
    ],
)
def test_parse(line: str, expected: Citation) -> None:
    assert parse_citation(line) == expected


WORDS = st.sampled_from(
    [
        "Walks",
        "of",
        "Ada",
        "Lind+",
        "N_A",
        "arXiv'26",
        "2026.01",
        "2024",
        "2024.13",
        ",",
        ", ",
        ", ",
        " ",
        "? ",
        "(",
        ")",
        "「",
        "歩行",
        "の",
        "+",
        "C++",
    ]
)


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum() or c == "+")


@given(st.lists(WORDS).map("".join) | st.text())
def test_every_letter_and_digit_is_in_one_part(line: str) -> None:
    found = parse_citation(line)
    authors = "".join(found.authors[:1]) + "+" * found.et_al + "".join(found.authors[1:])
    parts = letters(found.title + authors + found.venue + found.published)
    assert parts.replace("NA", "") == letters(line.strip().removeprefix("[Paper Note]")).replace("NA", "")


@pytest.mark.parametrize("piece", [", ", "+, ", "? ", "(", "N_A, ", "a'2", " "])
def test_long_lines_are_fast(piece: str) -> None:
    with not_hanging():
        parse_citation(piece * (1_000_000 // len(piece)))
