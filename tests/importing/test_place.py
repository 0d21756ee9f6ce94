from __future__ import annotations

import datetime as dt

import pytest

from vaultkit.importing.entry import Entry, Kind
from vaultkit.importing.place import Places, choose_paths, named
from vaultkit.vault.names import path_key
from vaultkit.vault.settings import Settings

FOLDERS = {Kind.DIARY: "Diary", Kind.PAPER: "Papers", Kind.ISSUE: "Issues", Kind.PAGE: "Pages"}
OWN = Places(Settings(daily_folder="日記", daily_format="YYYY/YYYY-MM-DD", has_daily_notes=True), FOLDERS)
NONE = Places(Settings(), FOLDERS)


def entry(kind: Kind, **given: object) -> Entry:
    return Entry(**{"kind": kind, "key": "k", "body": "", "place": "", **given})  # type: ignore[arg-type]


def chosen(places: Places, entries: dict[str, Entry], taken: set[str] = frozenset()) -> dict[str, str]:  # type: ignore[assignment]
    return choose_paths(entries, places, {path_key(t) for t in taken}, lambda id_: id_.partition("/")[0])


DAY = entry(Kind.DIARY, date=dt.date(2024, 1, 17), key="2024-01-17")


def test_a_day_goes_where_the_vault_keeps_its_days() -> None:
    assert OWN.wanted(DAY) == "日記/2024/2024-01-17.md"
    assert NONE.wanted(DAY) == "Diary/2024-01-17.md"
    assert Places(OWN.settings, FOLDERS, into="Old").wanted(DAY) == "Old/2024-01-17.md"


def test_other_kinds_have_their_folders() -> None:
    assert NONE.wanted(entry(Kind.ISSUE, name="12 A/B: c", folder="o/r.x")) == "Issues/o/r.x/12 A-B - c.md"
    assert NONE.wanted(entry(Kind.PAPER, title="T")) == "Papers/T.md"
    assert OWN.wanted(entry(Kind.DIARY, title="undated", name="undated")) == "日記/undated.md"
    assert OWN.wanted(entry(Kind.ISSUE, title="x", folder="../../etc")) == "Issues/Untitled/Untitled/etc/x.md"


def test_the_first_entry_of_a_day_is_the_daily_note_and_others_are_told_apart() -> None:
    day = dt.date(2024, 1, 17)
    paths = chosen(
        NONE,
        {
            "d/2024-01-17": DAY,
            "d/2024-01-17/2": entry(Kind.DIARY, date=day, key="2024-01-17/2", title="Harbour"),
            "d/2024-01-17/3": entry(Kind.DIARY, date=day, key="2024-01-17/3", time=dt.time(18, 5)),
            "d/2024-01-17/4": entry(Kind.DIARY, date=day, key="2024-01-17/4"),
        },
    )
    assert list(paths.values()) == [
        "Diary/2024-01-17.md",
        "Diary/2024-01-17 (Harbour).md",
        "Diary/2024-01-17 (1805).md",
        "Diary/2024-01-17 (4).md",
    ]


def test_the_earliest_of_a_day_is_the_daily_note_whatever_its_key() -> None:
    day, times = dt.date(2024, 1, 17), {"a": dt.time(22, 0), "b": dt.time(7, 30), "c": dt.time(12, 0)}
    entries = {key: entry(Kind.DIARY, date=day, time=time, key=key) for key, time in times.items()}
    expected = ["Diary/2024-01-17 (2200).md", "Diary/2024-01-17.md", "Diary/2024-01-17 (1200).md"]
    assert chosen(NONE, entries) == dict(zip("abc", expected, strict=True))


def test_a_note_of_the_user_is_never_taken() -> None:
    assert chosen(NONE, {"d/x": DAY}, {"diary/2024-01-17.md"}) == {"d/x": "Diary/2024-01-17 (d).md"}


def test_one_title_twice_differs_by_date_whatever_the_order() -> None:
    one = entry(Kind.PAPER, title="Tides", date=dt.date(2025, 3, 1), key="2025-03-01/tides")
    two = entry(Kind.PAPER, title="tides", date=dt.date(2025, 8, 2), key="2025-08-02/tides")
    expected = {"p/1": "Papers/Tides (2025-03-01).md", "p/2": "Papers/tides (2025-08-02).md"}
    assert chosen(NONE, {"p/1": one, "p/2": two}) == expected
    assert chosen(NONE, {"p/2": two, "p/1": one}) == expected


def test_a_link_to_a_day_is_its_name_where_that_names_the_day() -> None:
    assert OWN.daily_linktext(dt.date(2023, 11, 22)) == "2023-11-22"
    short = Places(Settings(daily_folder="D", daily_format="YYYY/MM/DD", has_daily_notes=True), FOLDERS)
    assert short.daily_linktext(dt.date(2023, 11, 22)) == "D/2023/11/22"


@pytest.mark.parametrize(
    ("template", "changes", "name"),
    [
        ("{date} {title}", {"title": "Fog", "date": dt.date(2024, 3, 1)}, "2024-03-01 Fog"),
        ("{date} {title}", {"date": dt.date(2024, 3, 1)}, "2024-03-01"),
        ("{date} - {title}", {"title": "Fog"}, "Fog"),
        ("{number}. {title}", {"title": "Lamp", "key": "keepers/lamp#12"}, "12. Lamp"),
        ("{title}", {}, ""),
        ("{id}", {"kind": Kind.INDEX}, ""),
        ("{{{id}}}", {"key": "{title}"}, "{{title}}"),
    ],
)
def test_a_name_by_template(template: str, changes: dict, name: str) -> None:
    assert named(entry(**{"kind": Kind.ISSUE, **changes}), template) == name
