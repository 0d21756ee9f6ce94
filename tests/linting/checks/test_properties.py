"""What the checks of properties, tags and dates say for odd values."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultkit.linting.diagnostic import Diagnostic

Lint = Callable[..., list[Diagnostic]]


def _said(lint_files: Lint, text: str, rule: str, path: str = "a.md", config: str = "") -> list[str]:
    return [d.message for d in lint_files({path: text}, config, select=(rule,))]


@pytest.mark.parametrize(
    ("tags", "bad"),
    [
        ("[a, b]", ""),
        ("", ""),
        ("[]", ""),
        ("one", ""),
        ("'#one'", ""),
        ("[日記, a/b, y2024]", ""),
        ("[null, '']", ""),
        ("a, b", "`a, b`"),
        ("a b", "`a b`"),
        ("2024", "`2024`"),
        ("[2024, '12', a b]", "`2024`, `12`, `a b`"),
        ("[true]", "`True`"),
        ("{a: 1}", "`{'a': 1}`"),
        ("\n  - #x\n  - y", "`#x` (to YAML a comment)"),
    ],
)
def test_tags(lint_files: Lint, tags: str, bad: str) -> None:
    said = _said(lint_files, f"---\ntags: {tags}\n---\n", "tags-valid")
    assert [m.partition(": ")[2].partition(";")[0] for m in said] == ([bad] if bad else [])


@pytest.mark.parametrize("tags", ['"[[a]]"', '["[[a]]", b c]', '"[[a b]], c"', "[[a]]"])
def test_a_link_is_not_made_a_tag(lint_files: Lint, tags: str) -> None:
    (found,) = lint_files({"a.md": f"---\ntags: {tags}\n---\n"}, select=("tags-valid",))
    assert found.fix is None


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        ("a: @b", "put it in quotes"),
        ("a: b: c", "a colon and a space"),
        ("a: [b", "`[` is not closed"),
        ('a: "b', "not closed"),
        ("just words", "not a list of `key: value` lines"),
        ("- a\n- b", "not a list of `key: value` lines"),
    ],
)
def test_unreadable(lint_files: Lint, block: str, problem: str) -> None:
    (said,) = _said(lint_files, f"---\n{block}\n---\n", "properties-parse")
    assert problem in said


@pytest.mark.parametrize(
    "text", ["---\n---\n", "---\n# only a comment\n---\n", "---\n\ntext\n", "a\n\n---\nb: @c\n---\n"]
)
def test_readable(lint_files: Lint, text: str) -> None:
    assert _said(lint_files, text, "properties-parse") == []


@pytest.mark.parametrize(
    ("path", "text", "fix"),
    [
        ("Diary/20240117.md", "", b"---\ndate: 2024-01-17\n---\n"),
        ("Diary/2024.1.7 x.md", "", b"---\ndate: 2024-01-07\n---\n"),
        ("Diary/2024_01_17.md", "", b"---\ndate: 2024-01-17\n---\n"),
        ("Diary/2024年1月17日.md", "", b"---\ndate: 2024-01-17\n---\n"),
        ("Diary/20240117.md", "---\ndate:\n---\n", b" 2024-01-17"),
        ("Diary/20240117.md", "---\ndate: soon\n---\n", None),
        ("Diary/20241317.md", "", None),
        ("Diary/2024011700.md", "", None),
        ("Diary/Walk.md", "---\ndate: 2024-13-01\n---\n", None),
        ("Diary/Walk.md", "---\ndate: [2024-01-01]\n---\n", None),
    ],
)
def test_undated(lint_files: Lint, path: str, text: str, fix: bytes | None) -> None:
    (found,) = lint_files({path: text}, select=("entry-is-dated",))
    assert (found.fix.edits[0].text if found.fix else None) == fix


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Diary/2024-01-17.md", ""),
        ("Diary/2024-01-17 Walk.md", ""),
        ("Diary/Walk.md", "---\nDate: 2024-01-17T08:00\n---\n"),
        ("Diary/Walk.md", "---\ncreated: 2024/1/7\n---\n"),
        ("Diary/Walk.md", '---\ndate: "[[2024-01-17]]"\n---\n'),
        ("Diary/Walk.md", "---\na: b: c\n---\n"),
        ("Walk.md", "---\nvaultkit-id: papers/x\n---\n"),
    ],
)
def test_dated(lint_files: Lint, path: str, text: str) -> None:
    assert _said(lint_files, text, "entry-is-dated", path) == []


@pytest.mark.parametrize(
    ("path", "date", "differs"),
    [
        ("2024-01-18.md", "2024-01-17", True),
        ("2024-01-18 Landing.md", "2024-01-17T10:00", True),
        ("2024-01-18.md", "2024-01-17T23:30:00+00:00", False),
        ("2024-01-18.md", "2024-01-16T23:30:00Z", True),
        ("2024-01-18.md", "2024-01-18T01:00", False),
        ("2024-01-18.md", "soon", False),
        ("Landing.md", "2024-01-17", False),
    ],
)
def test_date_and_name(lint_files: Lint, path: str, date: str, differs: bool) -> None:
    assert bool(_said(lint_files, f"---\ndate: {date}\n---\n", "date-matches-name", path)) is differs


def test_required(lint_files: Lint) -> None:
    config = "lint: {rules: {properties-required: {options: {folders: {'Papers/**': [title, authors]}}}}}"
    text = "---\nTitle: x\nauthors: []\n---\n"
    said = _said(lint_files, text, "properties-required", "Papers/a.md", config)
    assert said == ["`authors` is missing; notes in `Papers/**` have it"]
    assert _said(lint_files, text, "properties-required", "a.md", config) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n", 1),
        ("<<<<<<< HEAD\na\n||||||| base\nb\n=======\nc\n>>>>>>> x\n", 1),
        ("---\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n---\n", 1),
        ("<<<<<<< a\n=======\n>>>>>>> b\n\n<<<<<<< a\n=======\n>>>>>>> b\n", 2),
        ("<<<<<<< HEAD\n```\na\n=======\nb\n>>>>>>> x\n", 1),
        ("<<<<<<< HEAD\na\n>>>>>>> x\n", 0),
        ("a\n=======\nb\n>>>>>>> x\n", 0),
        ("a <<<<<<< b\n=======\n>>>>>>> x\n", 0),
        ("<<<<<<<< HEAD\n=======\n>>>>>>> x\n", 0),
    ],
)
def test_conflict_markers(lint_files: Lint, text: str, count: int) -> None:
    assert len(_said(lint_files, text, "no-conflict-markers")) == count
