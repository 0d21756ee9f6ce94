"""Linting a vault: what is looked at, in which order, and what the configuration changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultkit.linting.diagnostic import Diagnostic, Severity
from vaultkit.vault.settings import Settings

Lint = Callable[..., list[Diagnostic]]
BROKEN = "[[nowhere]]\n"


def test_sorted_by_path_place_and_rule(lint_files: Lint) -> None:
    found = lint_files({"b.md": "![[x.png]]\n[[y]]\n", "a.md": "# 2024/01/31 (Thu.)\n\n[[z]]\n"})
    assert [(d.path, d.span.start, d.rule) for d in found] == [
        ("a.md", 2, "weekday-matches-date"),
        ("a.md", 21, "links-unresolved"),
        ("b.md", 0, "embeds-resolve"),
        ("b.md", 11, "links-unresolved"),
    ]


def test_only_speaks_of_some_but_knows_all(lint_files: Lint) -> None:
    found = lint_files({"a.md": "[[b]]\n" + BROKEN, "b.md": BROKEN}, only=["a.md", "gone.md"])
    assert [(d.path, d.span.start) for d in found] == [("a.md", 6)]


@pytest.mark.parametrize(
    ("path", "settings"),
    [
        ("Templates/day.md", Settings(templates_folder="Templates")),
        ("Day.md", Settings(daily_template="Day")),
        ("Day.md", Settings(daily_template="Day.md")),
        ("Drawing.excalidraw.md", Settings()),
        ("Old/a.md", Settings(ignore=("Old/",))),
        ("a.tmp.md", Settings(ignore=(r"/\.tmp\.md$/",))),
    ],
)
def test_left_alone(lint_files: Lint, path: str, settings: Settings) -> None:
    assert lint_files({path: BROKEN}, settings=settings) == []
    assert len(lint_files({"other.md": BROKEN}, settings=settings)) == 1


def test_excluded_by_configuration(lint_files: Lint) -> None:
    found = lint_files({"Old/a.md": BROKEN, "New/a.md": BROKEN}, "lint: {exclude: [Old/**]}")
    assert [d.path for d in found] == ["New/a.md"]


@pytest.mark.parametrize(
    ("config", "severities"),
    [
        ("", {"a.md": "info", "Old/a.md": "info"}),
        ("lint: {ignore: [links-unresolved]}", {}),
        ("lint: {rules: {links-unresolved: off}}", {}),
        ("lint: {rules: {links-unresolved: warning}}", {"a.md": "warning", "Old/a.md": "warning"}),
        ("lint: {select: [tags-valid]}", {}),
        ("lint: {select: [links-unresolved]}", {"a.md": "info", "Old/a.md": "info"}),
        ("lint: {overrides: [{paths: [Old], ignore: [links-unresolved]}]}", {"a.md": "info"}),
        (
            "lint: {overrides: [{paths: [Old], rules: {links-unresolved: error}}]}",
            {"a.md": "info", "Old/a.md": "error"},
        ),
        (
            "lint: {rules: {links-unresolved: off}, overrides: [{paths: [Old], rules: {links-unresolved: error}}]}",
            {"Old/a.md": "error"},
        ),
        (
            "lint: {overrides: [{paths: [a.md, Old], ignore: [links-unresolved]},"
            " {paths: [Old], rules: {links-unresolved: warning}}]}",
            {"Old/a.md": "warning"},
        ),
        ("lint: {rules: {links-unresolved: {options: {ignore: [no*]}}}}", {}),
        (
            "lint: {overrides: [{paths: [Old], rules: {links-unresolved: {options: {ignore: [nowhere]}}}}]}",
            {"a.md": "info"},
        ),
    ],
)
def test_configuration(lint_files: Lint, config: str, severities: dict[str, str]) -> None:
    found = lint_files({"a.md": BROKEN, "Old/a.md": BROKEN}, config)
    assert {d.path: d.severity.value for d in found} == severities


def test_silenced_in_the_note(lint_files: Lint) -> None:
    assert lint_files({"a.md": "[[nowhere]] %% vaultkit: ignore links-unresolved %%\n"}) == []


def test_tags_are_asked_for_where_imports_write(lint_files: Lint) -> None:
    files = {"日記/a.md": "x", "Papers/b.md": "x", "Diary/c.md": "x", "Home.md": "x"}
    found = lint_files(files, "import: {folders: {diary: 日記}}", select=("note-has-tags",))
    assert [d.path for d in found] == ["Papers/b.md", "日記/a.md"]


def test_tags_may_be_asked_for_anywhere(lint_files: Lint) -> None:
    config = "lint: {rules: {note-has-tags: {options: {folders: ['**']}}}}"
    assert len(lint_files({"Home.md": "x"}, config)) == 1


def test_the_daily_notes_folder_is_a_diary(lint_files: Lint) -> None:
    settings = Settings(daily_folder="Journal", daily_format="YYYYMMDD")
    files = {"Journal/20240117.md": "", "Journal/Walk.md": "", "Diary/Walk.md": "", "Garden/Walk.md": ""}
    found = lint_files(files, settings=settings, select=("entry-is-dated",))
    assert [d.path for d in found] == ["Diary/Walk.md", "Journal/Walk.md"]


def test_a_folder_name_is_told_once(lint_files: Lint) -> None:
    found = lint_files({f"Why?/{name}.md": "" for name in "cab"}, select=("names-portable",))
    assert [d.path for d in found] == ["Why?/a.md"]


def test_severity_of_a_broken_property_block(lint_files: Lint) -> None:
    found = lint_files({"a.md": "---\ntitle: ok\ndate: 2024: 01\n---\n"})
    assert [(d.rule, d.severity, d.span) for d in found] == [("properties-parse", Severity.ERROR, (14, 28))]


@pytest.mark.parametrize("text", [b"", b"\xff\xfe\x00", b"---\n", b"---\n---\n", b"\xef\xbb\xbf[[a]]", b"[[" * 2000])
def test_odd_notes_are_no_exception(lint_files: Lint, text: bytes) -> None:
    assert isinstance(lint_files({"a.md": text, "Diary/a.md": text}), list)
