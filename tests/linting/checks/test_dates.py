"""The checks of days: entries from the future, names of daily notes, gaps between them, dates that become links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tests.linting.conftest import make_index
from vaultkit.linting.asked import names_touched
from vaultkit.linting.checks import daily_gap, date_future
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
        ("Diary/令和6年2月1日.md", "", ["2024-02-01"]),
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


@pytest.mark.parametrize(
    ("path", "format_", "hint"),
    [
        ("Diary/20240131.md", "YYYY-MM-DD", '; rename it: vaultkit mv "Diary/20240131.md" "Diary/2024-01-31.md"'),
        ("Diary/2024-01-31.md", "YYYYMMDD", '; rename it: vaultkit mv "Diary/2024-01-31.md" "Diary/20240131.md"'),
        ("Diary/x/2024.1.31.md", "YYYY/MM/YYYY-MM-DD", "Diary/2024/01/2024-01-31.md"),
        ("Diary/2024-01-31 水.md", "YYYY年MM月DD日", "Diary/2024年01月31日.md"),
        ("Diary/31-01-2024.md", "YYYY-MM-DD", "Diary/2024-01-31.md"),
        ("Diary/Jan 31, 2024.md", "YYYY-MM-DD", "Diary/2024-01-31.md"),
        ("Diary/2024-01-31.md", "YYYY-MM-DD ddd", "the daily notes `YYYY-MM-DD ddd`"),
        ("Diary/2024-1-30.md", "YYYY-MM-DD", "`YYYY-MM-DD`; there is already `Diary/old/2024-01-30.md`"),
    ],
)
def test_another_form_of_the_date(lint_files: Lint, path: str, format_: str, hint: str) -> None:
    settings = DIARY._replace(daily_format=format_)
    files = {path: "", "Diary/old/2024-01-30.md": "", "2024-01-31.md": ""}
    (message,) = [d.message for d in lint_files(files, select=("daily-name-format",), settings=settings, only=[path])]
    assert message.endswith(hint + ("" if hint.endswith(("`", '"')) else '"'))


@pytest.mark.parametrize(
    ("path", "format_"),
    [
        ("Diary/2024-01-31.md", "YYYY-MM-DD"),
        ("Diary/2024-01-31 mercredi.md", "YYYY-MM-DD dddd"),
        ("Diary/31. Januar 2024.md", "D. MMMM YYYY"),
        ("Diary/2024-01-31 0830.md", "YYYY-MM-DD"),
        ("Diary/2024-01-31 08時30分.md", "YYYY-MM-DD"),
        ("Diary/2024-01-31 (Mon).md", "YYYY-MM-DD"),
        ("Diary/2024-02-30.md", "YYYYMMDD"),
        ("Diary/2024-W05.md", "YYYY-MM-DD"),
        ("Diary/2024-01.md", "YYYY-MM-DD"),
        ("Diary/240131.md", "YYYY-MM-DD"),
        ("Diary/2024-01-31 1.md", "YYYY-MM-DD"),
        ("Diary/03-04-2024.md", "YYYY-MM-DD"),
        ("Diary2/20240131.md", "YYYY-MM-DD"),
        ("20240131.md", "YYYY-MM-DD"),
    ],
)
def test_names_that_are_left_alone(lint_files: Lint, path: str, format_: str) -> None:
    assert not _said(lint_files, "daily-name-format", {path: ""}, DIARY._replace(daily_format=format_))


DAYS = {"Diary/2024-01-17.md": "", "Diary/old/2024-01-18.md": "", "Else/2024-01-19.md": ""}


def _links(lint_files: Lint, text: str, path: str = "a.md", settings: Settings = DIARY) -> list[str]:
    found = lint_files({**DAYS, path: text}, select=("dates-linked",), settings=settings, only=[path])
    return [d.message.split("write ")[1].strip("`") for d in found]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("on 2024-01-17", ["[[2024-01-17]]"]),
        ("éé 2024/1/17 and 2024.01.18", ["[[2024-01-17|2024/1/17]]", "[[2024-01-18|2024.01.18]]"]),
        ("2024年1月17日に", ["[[2024-01-17|2024年1月17日]]"]),
        ("(2024-01-17) → 2024-01-17 *2024-01-17*", ["[[2024-01-17]]"] * 3),
        ("> quoted 2024-01-17\n\n- [x] done on 2024-01-17", ["[[2024-01-17]]"] * 2),
        ("[[b]] [c] 2024-01-17", ["[[2024-01-17]]"]),
        ("2024-01-19 lies elsewhere, 2024-01-20 nowhere, 2024-02-30 is none", []),
        ("[[2024-01-17]] [[x|2024-01-17]] [2024-01-17](x.md) [2024-01-17][x] [a [b] 2024-01-17](c)", []),
        ("[x]: https://example.org/ 'of 2024-01-18'\n[^1]: on 2024-01-17", ["[[2024-01-17]]"]),
        ("## Day 2024-01-17\n\n2024-01-17\n---\n", []),
        ("$2024-01-17$ <!-- 2024-01-17 --> %%2024-01-17%%\n\n%%\n2024-01-17\n%%", []),
        ("![](2024-01-17.png) log-2024-01-17 2024-01-17.png v2024.01.17.2 2024-01-17T08:00", []),
        ("end ^2024-01-17", []),
        (
            "due:: 2024-01-17\n[due:: 2024-01-17] (@2024-01-17) @{2024-01-17} ✅ 2024-01-17 ⏳2024-01-17 Oh!2024-01-17",
            [],
        ),
    ],
)
def test_dates_that_become_links(lint_files: Lint, text: str, links: list[str]) -> None:
    assert _links(lint_files, text) == links


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Diary/2024-01-17.md", "2024/01/17"),
        ("20240117 walk.md", "2024/01/17"),
        ("Walk.md", "---\ndate: 2024-01-17\n---\n2024/01/17"),
        ("Walk.md", "---\nseen: 2024-01-17\n---\n"),
    ],
)
def test_the_notes_own_day_and_properties_stay(lint_files: Lint, path: str, text: str) -> None:
    assert not _links(lint_files, text, path)


def test_links_are_written_as_the_vault_writes_them(lint_files: Lint) -> None:
    settings = DIARY._replace(markdown_links=True)
    assert _links(lint_files, "2024/01/17", settings=settings) == ["[2024/01/17](Diary/2024-01-17.md)"]


def test_a_day_that_was_asked_for_is_asked_for_again_when_its_note_comes() -> None:
    context = Context(make_index({}), DIARY, remember=True)
    assert context.days.daily_note(TODAY) == ""
    assert context.asked & names_touched(["Diary/2024-01-31.md"])
    assert context.asked & names_touched(["Diary/old/2024-01-31.md"])
    assert not context.asked & names_touched(["Diary/2024-01-30.md"])


def _gaps(lint_files: Lint, days: list[str], format_: str = "YYYY-MM-DD", config: str = "") -> list[str]:
    files = {f"Diary/{day}.md": "" for day in days}
    settings = DIARY._replace(daily_format=format_)
    found = lint_files(files, config, select=("diary-without-gaps",), settings=settings)
    return [f"{d.path[6:-3]}: {d.message}" for d in found]


def test_gaps_of_any_length_are_told_where_they_begin(lint_files: Lint) -> None:
    days = ["2024-01-30", "2024-01-31", "2024-02-02", "2024-02-03", "2024-02-05", "2024-02-08", "2024-06-01"]
    assert _gaps(lint_files, days) == [
        "2024-01-31: there is no daily note of 2024-02-01; the next one is 2024-02-02",
        "2024-02-03: there is no daily note of 2024-02-04; the next one is 2024-02-05",
        "2024-02-05: there are no daily notes of the 2 days after 2024-02-05; the next one is 2024-02-08",
        "2024-02-08: there are no daily notes of the 113 days after 2024-02-08; the next one is 2024-06-01",
    ]
    spared = "lint: {rules: {diary-without-gaps: {options: {longest: 2}}}}"
    assert [said.split(":")[0] for said in _gaps(lint_files, days, config=spared)] == ["2024-02-08"]


def test_gaps_in_other_forms_and_folders(lint_files: Lint) -> None:
    assert _gaps(lint_files, ["2024-01-30 火", "2024-01-31 水"], "YYYY-MM-DD ddd") == []
    assert len(_gaps(lint_files, ["2024-01-30 火", "2024-02-01 木"], "YYYY-MM-DD ddd")) == 1
    assert _gaps(lint_files, ["2024/01/31", "2024/02/01"], "YYYY/MM/DD") == []
    assert len(_gaps(lint_files, ["2024/01/30", "2024/02/01"], "YYYY/MM/DD")) == 1
    assert _gaps(lint_files, ["old/2024-01-30", "2024-01-31"]) == []
    assert _gaps(lint_files, ["9999-12-30", "9999-12-31", "Words", "2024-02-30"]) == []


@pytest.mark.parametrize("folder", ["Diary", ""])
@pytest.mark.parametrize("format_", ["YYYY-MM-DD", "YYYY-MM-DD ddd", "YYYY/MM/DD"])
def test_what_ends_or_makes_a_gap_was_asked_for(folder: str, format_: str) -> None:
    """Whatever daily note comes or goes, each note that would say something else had asked for it."""
    settings = Settings(daily_folder=folder, daily_format=format_)
    first = dt.date(2024, 1, 1)
    days = [first + dt.timedelta(days=ahead) for ahead in (0, 1, 3, 20, 40, 90)]

    def said(there: set[dt.date]) -> dict[str, tuple[list[object], set[str]]]:
        index = make_index({settings.daily_path(day): "" for day in there})
        context = Context(index, settings, remember=True)
        out = {}
        for path, note in index.notes.items():
            context.asked.clear()
            found: list[object] = [one.values for one in daily_gap.check(note, context, daily_gap.Options())]
            out[path] = found, set(context.asked)
        return out

    for day in days:
        more, fewer = said(set(days)), said(set(days) - {day})
        touched = names_touched([settings.daily_path(day)])
        for path in fewer:
            if more[path][0] != fewer[path][0]:
                assert more[path][1] & touched
                assert fewer[path][1] & touched
