"""The checks of days: entries from the future, names of daily notes, gaps between them, dates that become links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tests.linting.conftest import make_index
from vaultkit.linting.checks import date_future
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.vault.settings import Settings

Lint = Callable[..., list[Diagnostic]]
DIARY = Settings(daily_folder="Diary", has_daily_notes=True)
TODAY = dt.date(2024, 1, 31)


def _said(
    lint_files: Lint, rule: str, files: dict[str, str], settings: Settings = DIARY, **kwargs: object
) -> list[str]:
    return [d.message for d in lint_files(files, select=(rule,), settings=settings, **kwargs)]


@pytest.mark.parametrize(
    ("path", "text", "days"),
    [
        ("Diary/2024-01-31.md", "", []),
        ("Diary/2024-02-01.md", "", ["2024-02-01"]),
        ("Diary/2024-02-01.md", "---\ndate: 2024-02-01\ncreated: 2025-01-01\n---\n", ["2024-02-01", "2025-01-01"]),
        ("Diary/A walk.md", "---\ndate: 2024-02-01T08:00\n---\n", ["2024-02-01"]),
        ("Diary/A walk.md", "---\ndate: 2024-02-01T08:00:00Z\n---\n", []),
        ("Diary/A walk.md", "---\ndate: 2024-02-02T08:00:00Z\n---\n", ["2024-02-02"]),
        ("Diary/A walk.md", "---\ndate: 2024-02-01\ntype: index\n---\n", []),
        ("Diary/2024-02-30.md", "", []),
        ("Plans/2024-02-01.md", "---\ndate: 2024-02-01\n---\n", []),
        ("Plans/Walk.md", "---\ndate: 2024-02-01\nvaultkit-id: diary/walk\n---\n", ["2024-02-01"]),
    ],
)
def test_days_to_come(lint_files: Lint, path: str, text: str, days: list[str]) -> None:
    said = _said(lint_files, "date-not-future", {path: text}, today=TODAY)
    assert [message.split(" says ")[1].split(",")[0] for message in said] == days


def test_without_a_clock_nothing_is_to_come(lint_files: Lint) -> None:
    assert not _said(lint_files, "date-not-future", {"Diary/9999-01-01.md": ""})


def test_only_what_may_change_with_the_day_is_asked_for() -> None:
    index = make_index({"Diary/2024-02-01.md": "", "Diary/2024-01-30.md": ""})
    context = Context(index, DIARY, remember=True, today=TODAY)
    for note in index.notes.values():
        list(date_future.check(note, context, date_future.Options()))
    assert {key for key in context.asked if key.startswith("future:")} == {"future:2024-02-01"}
