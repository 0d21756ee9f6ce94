from __future__ import annotations

import pytest

from tests.conftest import not_hanging
from vaultkit.globs import check_glob, matches


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("Diary/*.md", "Diary/a.md", True),
        ("Diary/*.md", "Diary/2024/a.md", False),
        ("Diary/**", "Diary/2024/a.md", True),
        ("Diary/**", "Diary", False),
        ("Diary/**", "Diaries/a.md", False),
        ("**/a.md", "a.md", True),
        ("**/a.md", "x/y/a.md", True),
        ("**/a.md", "x/ba.md", False),
        ("x/**/a.md", "x/a.md", True),
        ("x/**/a.md", "x/y/z/a.md", True),
        ("**", "x/y/a.md", True),
        ("*", "x/y/a.md", False),
        ("Archive", "Archive/x/a.md", True),
        ("Archive/", "Archive/a.md", True),
        ("Archive", "Archives/a.md", False),
        ("Archive", "Old/Archive/a.md", False),
        ("Papers/*/", "Papers/x/a.md", True),
        ("Papers/*", "Papers/x/a.md", False),
        ("a?c.md", "abc.md", True),
        ("a?c.md", "a/c.md", False),
        ("[ab].md", "a.md", True),
        ("[!ab].md", "a.md", False),
        ("a+b (c).md", "a+b (c).md", True),
        ("日記/**", "日記/２０２４.md", True),
        ("か\u3099.md", "が.md", True),
    ],
)
def test_matches(pattern: str, path: str, expected: bool) -> None:
    assert matches((pattern,), path) is expected


@pytest.mark.parametrize("pattern", ["", "/", "/a", "../a", "a/../b", "C:/x", "a\\b", "[z-a]"])
def test_a_pattern_that_can_match_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        check_glob(pattern)


def test_repeated_stars_do_not_explode() -> None:
    with not_hanging():
        assert not matches(("**/" * 30 + "b.md",), "a/" * 400 + "a.md")
