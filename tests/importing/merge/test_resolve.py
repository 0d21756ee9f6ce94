"""Conflicts settled: one or all of them, and what is refused."""

from __future__ import annotations

import pytest

from tests.conftest import not_hanging
from vaultkit.importing.merge import CannotResolve, Choice, conflicts_in, merge, resolve

BASE = b"---\na: 1\n---\n# T\n\nWe met at noon.\nThen we left.\n\n- x\n\nEnd.\n"
MINE = BASE.replace(b"noon", b"two").replace(b"a: 1", b"a: 2")
THEIRS = BASE.replace(b"noon", b"one").replace(b"a: 1", b"a: 3")
MERGED = merge(BASE, MINE, THEIRS, "x")
ID = next(one.id for one in MERGED.conflicts if not one.where)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("mine", MINE),
        ("theirs", THEIRS),
        ("both", MINE.replace(b"left.\n", b"left.\n\nWe met at one.\n")),
    ],
)
def test_all(choice: Choice, expected: bytes) -> None:
    assert resolve(MERGED.data, None, choice, MERGED.conflicts) == expected


@pytest.mark.parametrize("change", [lambda data: data.replace(b"\n", b"\r\n"), lambda data: b"\xef\xbb\xbf" + data])
def test_in_another_hand(change: object) -> None:
    assert callable(change)
    assert resolve(change(MERGED.data), ID, "theirs", MERGED.conflicts) == change(MINE.replace(b"two", b"one"))


def test_one() -> None:
    assert resolve(MERGED.data, ID, "theirs", MERGED.conflicts) == MINE.replace(b"two", b"one")
    key = next(one.id for one in MERGED.conflicts if one.where == "a")
    assert resolve(MERGED.data, key, "theirs", MERGED.conflicts) == MERGED.data.replace(b"a: 2", b"a: 3")


def test_spans() -> None:
    (found,) = conflicts_in(MERGED.data)
    assert MERGED.data[slice(*found.span)].startswith(b"> [!vaultkit-conflict]- x: ")
    assert found.theirs == b"We met at one.\n"


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        ((b"at two", b"at three"), "you changed the passage"),
        ((b"Then we left.\n", b"Then we left.\nWe met at two.\n"), "more than once"),
        ((b"a: 2", b"a: 4"), "you changed the property `a`"),
        ((ID.encode(), b"?"), "lost its id"),
    ],
)
def test_what_would_lose_words_is_refused(edit: tuple[bytes, bytes], why: str) -> None:
    with pytest.raises(CannotResolve, match=why):
        resolve(MERGED.data.replace(*edit), None, "theirs", MERGED.conflicts)


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(CannotResolve, match="no conflict vk-000000"):
        resolve(MERGED.data, "vk-000000", "mine")
    with pytest.raises(CannotResolve, match="nothing is recorded"):
        resolve(MERGED.data, ID, "theirs")


def test_without_any() -> None:
    assert resolve(BASE, None, "mine") == BASE
    assert conflicts_in(BASE) == ()


HOSTILE = {
    "one line": (b"w x " * 50_000, b"w y " * 50_000, b"v x " * 50_000),
    "a few lines, often": (b"a\nb\n" * 50_000, b"b\na\n" * 50_000, b"a\nb\nc\n" * 30_000),
    "items": (b"- a\n" * 30_000, b"- a\n- b\n" * 30_000, b"- c\n- a\n" * 30_000),
    "open conflicts": (b"x\n", b"> [!vaultkit-conflict]- x (vk-123456)\n> t\n\n" * 3_000, b"y\n"),
    "headers that never end": (b"x\n", b"> [!vaultkit-conflict] " + b"(vk-" * 50_000, b"y\n"),
    "backslashes": (b"x\n", b"y\n", b"\\" * 200_000),
    "cjk": ("先週から".encode() * 20_000, "先週まで".encode() * 20_000, "今週から".encode() * 20_000),
    "carriage returns": (b"\r" * 200_000, b"\r" * 200_000 + b"\n", b"\r\n" * 100_000),
    "brackets": (b"[[" * 100_000, b"[[" * 100_000 + b"x", b"](" * 100_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_end(name: str) -> None:
    with not_hanging():
        merged = merge(*HOSTILE[name], "x")
        conflicts_in(merged.data)


@pytest.mark.parametrize("choice", ["theirs", "both"])
@pytest.mark.parametrize(
    ("base", "mine"),
    [
        pytest.param(b"A.\n\nB b b.\n\nC.\n", b"A.\n\nC.\n", id="between"),
        pytest.param(b"A.\n\nB b b.\n", b"A.\n", id="at the end"),
        pytest.param(b"B b b.\n\nC.\n", b"C.\n", id="at the beginning"),
        pytest.param(b"# A\n\n# B b b.\n\ntext\n\n# C\n", b"# A\n\n# C\n", id="a section"),
        pytest.param(b"- a\n- B b b.\n- c\n\nD.\n", b"- a\n- c\n\nD.\n", id="an item"),
    ],
)
def test_what_the_user_deleted_comes_back_as_the_source_has_it(choice: Choice, base: bytes, mine: bytes) -> None:
    theirs = base.replace(b"B b b", b"B b x")
    merged = merge(base, mine, theirs, "x")
    assert len(conflicts_in(merged.data)) == 1
    assert resolve(merged.data, None, "mine", merged.conflicts) == mine
    after = resolve(merged.data, None, choice, merged.conflicts)
    assert b"\n\n\n" not in after
    if b"- " not in base:  # of a list the callout stands behind the whole
        assert after == theirs
