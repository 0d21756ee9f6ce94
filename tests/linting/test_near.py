"""Slips of the pen in names: what is one, what was meant, and that no answer changes without its key."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.linting.near import _CROWD, Near, _halves, _key, _sizes, is_slip, keys_asked, keys_touched


@pytest.mark.parametrize(
    ("missing", "there", "found"),
    [
        ("Recepies", "Recipes", True),
        ("recipies", "Food/Recipes", True),
        ("Hosue", "House", True),
        ("Gardn", "Garden", True),
        ("Accomodation", "Accommodation", True),
        ("Kubenretes cluster", "Kubernetes cluster", True),
        ("Alice Exampel", "Alice Example", True),
        ("Reciept.pdf", "x/Receipt.pdf", True),
        ("サーバ設定メモ", "サーバー設定メモ", True),
        ("会議メモの書方", "会議メモの書き方", True),
        ("ミーテイング", "ミーティング", True),
        ("Recipes", "Recipes", False),
        ("cat", "car", False),
        ("Anna", "Anne", False),
        ("Monday", "Sunday", False),
        ("Marina", "Martin", False),
        ("Team A", "Team B", False),
        ("Team", "Team A", False),
        ("Part I", "Part II", False),
        ("Chapter 1", "Chapter 2", False),
        ("Chapter 12", "Chapter 1", False),
        ("release v1.2", "release v1.3", False),
        ("Review 2023", "Review 2024", False),
        ("2023-11-22", "2023-11-23", False),
        ("2023-11-22b", "2023-11-22", False),
        ("会議メモ", "会議モメ", False),
        ("東京支店の報告", "京都支店の報告", False),
        ("第一回定例会", "第二回定例会", False),
        ("メモ", "メモー", False),
        ("", "a", False),
        ("///", "a", False),
    ],
)
def test_a_slip(missing: str, there: str, found: bool) -> None:
    path = there if "." in there else f"{there}.md"
    assert Near([path, "Other.md"]).find(missing) == ((path,) if found else ())


def test_names_of_one_form_are_no_slips() -> None:
    assert (
        Near([f"Meeting with {chr(97 + n % 26)}{chr(97 + n // 26)}bcd.md" for n in range(300)]).find(
            "Meeting with ahbce"
        )
        == ()
    )


_WORDS = st.lists(st.text(alphabet="abe1 _-", min_size=1, max_size=12), min_size=1, max_size=12)


@given(_WORDS, st.integers(1, _CROWD + 1))
def test_found_is_what_begins_or_ends_alike_in_no_crowd_and_is_a_slip(words: list[str], copies: int) -> None:
    asked, *others = words
    paths = [f"{n}/{other}.md" for other in others for n in range(copies)]
    key = _key(asked)
    expected = set()
    for size in _sizes(key):
        form = [p for p in paths if len(_key(p)) == size and _key(p).count(" ") == key.count(" ")]
        for half in _halves(key, size):
            crowd = [p for p in form if half in _halves(_key(p), size)]
            expected.update(p for p in crowd if len(crowd) <= _CROWD and is_slip(key, _key(p)))
    assert Near(paths).find(asked) == tuple(sorted(expected))


def test_what_is_found_has_a_key_that_was_asked() -> None:
    chance = random.Random(1)
    for _ in range(3000):
        name = "".join(chance.choices("abeo ", k=chance.randrange(1, 15)))
        letters = list(name)
        for _ in range(chance.randrange(3)):
            letters.insert(chance.randrange(len(letters) + 1), chance.choice("abe"))
            letters.pop(chance.randrange(len(letters)))
        other = "".join(letters) + ".md"
        if Near([other]).find(name):
            assert keys_asked(name) & keys_touched(other)


@pytest.mark.parametrize("name", ["a" * 200_000, "ab " * 70_000, "か\u3099" * 50_000])
def test_hostile_names_take_no_time(name: str) -> None:
    with not_hanging():
        near = Near([f"{name}{n}x.md" for n in "abc"])
        assert near.find(f"{name}x") == near.find(f"{name}x")
