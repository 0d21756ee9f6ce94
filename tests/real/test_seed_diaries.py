"""The diaries that real people wrote: every day, every title and every word of them arrives."""

import datetime as dt
from pathlib import Path

import pytest

from vaultkit.importing.entry import Entry, Kind, Notice, NoticeKind
from vaultkit.importing.export import open_export
from vaultkit.importing.source import ReadOptions
from vaultkit.importing.sources import dated_text, titled_text
from vaultkit.importing.split import guess
from vaultkit.importing.split_plan import read_plan, write_plan

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the sample exports")


def seed(number):
    (path,) = (SHARED / "samples" / "seeds").glob(f"{number}_*.txt")
    return open_export(str(path))


def read(source, export):
    found = list(source.read((export,), ReadOptions()))
    return [one for one in found if isinstance(one, Entry)], [one for one in found if isinstance(one, Notice)]


def test_a_month_of_research():
    entries, notices = read(dated_text, seed("000"))
    assert notices == []  # all weekdays fit
    assert [(e.kind, e.date) for e in entries[:1]] == [(Kind.INDEX, None)]
    days = entries[1:]
    assert len(days) == 27
    assert {e.kind for e in days} == {Kind.DIARY}
    dates = [e.date for e in days]
    assert (dates[0], dates[-1]) == (dt.date(2024, 1, 31), dt.date(2024, 1, 1))
    assert dates == sorted(set(dates), reverse=True)
    assert [e.key for e in days] == [date.isoformat() for date in dates]
    assert all(line.startswith("- ") for e in days for line in e.body.split("\n"))


def test_books_and_films():
    entries, notices = read(dated_text, seed("001"))
    assert notices == []
    assert [f"{e.date:%Y%m%d}" for e in entries] == (
        "20250829 20250720 20250622 20250606 20250527 20250523 20250518 20250414 20250320 20250318".split()
    )
    assert {e.kind for e in entries} == {Kind.DIARY}


def test_days_without_dates():
    export = seed("002")
    entries, notices = read(titled_text, export)
    assert len(entries) == 6
    assert [(e.date, e.kind) for e in entries] == [(None, Kind.DIARY)] * 6
    assert [e.title for e in entries][2] == "計算機管理は慣れが必要"
    assert entries[1].body.endswith("\n\nF1を見て寝る。")
    assert entries[3].body.endswith("\n\nねもぺろの曲いい。")
    assert all("\u00a0" not in e.body and "\n\n\n" not in e.body for e in entries)
    (above,) = [n for n in notices if n.kind is NoticeKind.UNPLACED]
    assert above.text == "\n\n".join(export.first.text.split("\n")[0:3:2])


def test_its_plan_is_read_back():
    text = seed("002").first.text
    assert read_plan(write_plan("diary.txt", text, guess(text)), text, "plan.yaml") == guess(text)


@pytest.mark.parametrize(
    ("number", "source"), [("000", dated_text), ("001", dated_text), ("002", titled_text), ("003", None), ("004", None)]
)
def test_each_is_claimed_by_one(number, source):
    assert [s for s in (dated_text, titled_text) if s.identify(seed(number)).claimed] == ([source] if source else [])


@pytest.mark.parametrize(("number", "source"), [("000", dated_text), ("001", dated_text), ("002", titled_text)])
def test_every_word_arrives(number, source):
    export = seed(number)
    entries, notices = read(source, export)
    kept = [run for e in entries for run in (e.title + "\n" + e.body).split()]
    kept += [run for n in notices for run in n.text.split()]
    headings = {int(e.place.removeprefix("line ")) for e in entries if e.kind is Kind.DIARY and e.date}
    runs = [
        run
        for line_number, line in enumerate(export.first.text.split("\n"), start=1)
        if line_number not in headings
        for run in line.replace("  • ", "- ").split()
    ]
    assert sorted(kept) == sorted(runs)
