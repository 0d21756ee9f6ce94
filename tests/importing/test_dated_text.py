import datetime as dt
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.errors import ExportError
from vaultkit.importing.entry import Entry, Kind, Notice, NoticeKind
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.source import ReadOptions
from vaultkit.importing.sources import dated_text


def export(text, name="diary.txt"):
    return Export(name, False, (ExportFile(PurePosixPath(name), lambda: text.encode()),))


def read(text, name="diary.txt", **options):
    found = list(dated_text.read((export(text, name),), ReadOptions(**options)))
    entries = [one for one in found if isinstance(one, Entry)]
    return entries, [one for one in found if isinstance(one, Notice)]


def keys(text, name="diary.txt", **options):
    return [entry.key for entry in read(text, name, **options)[0]]


# --- what is ours -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-31\n",
        "\n\n20240131\ntext",
        "My days\n\n2024/01/31 (Wed.)\n\nRain.\n\n2024/01/30 (Tue.)\n\nSun.\n",
        "---\n2024-01-31\ntext\n",
        "1月31日\n寒い。\n",
        "[2024-01-31 10:00]\nUp early.\n",
    ],
)
def test_ours(text):
    assert dated_text.identify(export(text)).claimed


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no line is a date"),
        ("No date here.\n", "no line is a date"),
        ("2024-02-30\n", "no line is a date"),
        ("Notes\n\n2024-01-31\n\nMore.", "only line 3 is a date, and it is not the first"),
        ('{"date": "2024-01-31"}\n', "it is JSON"),
        ('[\n{"date": 1}]\n', "it is JSON"),
        ("---\ndate: 2024-01-31\n---\n2024-01-31\n", "it begins with front matter"),
        ("<p>\n2024-01-31\n", "it is XML or HTML"),
        ("2024-01-31\nA\nPaper/Blog Link My Issue\n2024-01-30\n", "it is a digest of issues"),
        ("TITLE: x\nDATE: 01/31/2024\n-----\nBODY:\n2024-01-31\n", "it is a Movable Type export"),
        ("2024-01-31 10:00:00 INFO starting\n" * 5, "it is a log, most of its lines begin with a date and a time"),
        ("[2024-01-31 10:00] Up early.\n", "it is a journal of jrnl"),
        ("day,mood\n2024-01-31,good\n2024-01-30,bad\n", "it is a table (CSV or TSV)"),
        ("```\n2024-01-31\n2024-01-30\n```\n", "no line is a date"),
    ],
)
def test_not_ours(text, why):
    verdict = dated_text.identify(export(text))
    assert (verdict.claimed, verdict.why) == (False, why)


def test_a_folder_is_not_ours():
    file = export("2024-01-31\n").files[0]
    assert not dated_text.identify(Export("days", True, (file,))).claimed


# --- entries ----------------------------------------------------------------------------------------------------------


def test_the_days_and_the_text_above_them():
    entries, notices = read("Notes of a gardener.\n\n2024/01/31 (Wed.)\n\n  • Snow.\n\n2024/01/29 (Mon.)\n\n  • Ice.\n")
    assert notices == []
    assert entries == [
        Entry(
            kind=Kind.INDEX,
            key="index",
            body="Notes of a gardener.",
            place="line 1",
            origin="diary.txt",
            name="diary",
            properties=(("type", "index"),),
        ),
        Entry(
            kind=Kind.DIARY,
            key="2024-01-31",
            body="- Snow.",
            place="line 3",
            origin="diary.txt",
            date=dt.date(2024, 1, 31),
        ),
        Entry(
            kind=Kind.DIARY,
            key="2024-01-29",
            body="- Ice.",
            place="line 7",
            origin="diary.txt",
            date=dt.date(2024, 1, 29),
        ),
    ]


def test_time_title_and_zone():
    tokyo = dt.datetime(2024, 1, 31, 10, tzinfo=dt.timezone(dt.timedelta(hours=9)))
    entries, _ = read("## 2024-01-31T10:00+09:00 Snow at last\nCold.\n\n2024-01-31 21:30\nColder.\n")
    assert [(e.key, e.time, e.title, e.properties) for e in entries] == [
        ("2024-01-31", dt.time(10), "Snow at last", (("title", "Snow at last"), ("created", tokyo))),
        ("2024-01-31/2", dt.time(21, 30), "", (("created", dt.datetime(2024, 1, 31, 21, 30)),)),
    ]


@pytest.mark.parametrize(
    ("heading", "created"),
    [
        ("2024-01-31 10:25 Trip", dt.datetime(2024, 1, 31, 10, 25)),
        ("2024-02-01T09:45", dt.datetime(2024, 2, 1, 9, 45)),
        ("[2024-02-03 22:10]", dt.datetime(2024, 2, 3, 22, 10)),
        ("2024-02-03 00:00", dt.datetime(2024, 2, 3)),
        ("2024年2月3日 午後10時", dt.datetime(2024, 2, 3, 22)),
        ("2024-02-03T22:10:05Z", dt.datetime(2024, 2, 3, 22, 10, 5, tzinfo=dt.UTC)),
        ("2024-02-03", None),
    ],
)
def test_the_time_of_day_is_kept(heading, created):
    (entry,), _ = read(f"{heading}\ntext\n")
    assert dict(entry.properties).get("created") == created


def test_the_time_of_a_day_without_a_date_is_kept():
    entries, _ = read("Day 1 10:25\na\n\nDay 2 09:00\nb\n\nDay 3\nc\n")
    assert [dict(e.properties) for e in entries] == [{"time": "10:25:00"}, {"time": "09:00:00"}, {}]


def test_a_day_without_text_is_an_entry():
    entries, _ = read("2024-01-31\n2024-01-30\n\n \n2024-01-29")
    assert [(e.key, e.body) for e in entries] == [("2024-01-31", ""), ("2024-01-30", ""), ("2024-01-29", "")]


def test_several_exports_one_after_another():
    found = dated_text.read((export("2024-01-31\na", "a.txt"), export("2024-01-30\nb", "b.txt")), ReadOptions())
    assert [(e.key, e.origin) for e in found] == [("2024-01-31", "a.txt"), ("2024-01-30", "b.txt")]


def test_files_joined_with_their_marks():
    entries, _ = read("\ufeff2024-01-31\na\n\ufeff2024-01-30\nb\n")
    assert [(e.key, e.body) for e in entries] == [("2024-01-31", "a"), ("2024-01-30", "b")]


def test_an_underlined_heading():
    entries, _ = read("2024-01-31\n==========\n\nSnow.\n\n---\n\n2024-01-30\n----------\nIce.\n")
    assert [e.body for e in entries] == ["Snow.\n\n---", "Ice."]


def test_a_week_is_no_day():
    entries, _ = read("2024-W05\nA week.\n\n2024-W06 Holidays\n")
    assert [(e.key, e.title, e.date) for e in entries] == [
        ("2024-W05", "2024-W05", None),
        ("2024-W06", "2024-W06 Holidays", None),
    ]


def test_numbered_days_have_no_date():
    entries, _ = read("Day 1: Porto\nRain.\n\nDay 2\nSun.\n\nDay 3\nFog.\n")
    assert [(e.key, e.title, e.date) for e in entries] == [
        ("day-1", "Day 1 Porto", None),
        ("day-2", "Day 2", None),
        ("day-3", "Day 3", None),
    ]


def test_headings_are_only_guessed_when_asked():
    text = "2024-01-31\n\nWalk.\n\n雑記\n\n何もない。\n\n内訳は\n\n  • 千円\n\n2024-01-30\n"
    assert "雑記" in read(text)[0][0].body.split("\n")
    body = read(text, infer_headings=True)[0][0].body
    assert body == "Walk.\n\n## 雑記\n\n何もない。\n\n内訳は\n\n- 千円"


# --- what begins a day ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-31\n\n20240130 に\n20240129は暑い\nhttps://example.com/20240128\n", ["2024-01-31"]),
        ("2024-01-31\nA.\n```\n2024-01-30\n```\nB.\n", ["2024-01-31"]),
        ("2024-01-31\nA fence nobody closes:\n```\n2024-01-30\n", ["2024-01-31", "2024-01-30"]),
        ("2024-01-31\n\n- 2024-02-15\n- 2024-02-16\n", ["2024-01-31"]),
        ("- 2024-01-31\n  - Snow.\n- 2024-01-30\n", ["2024-01-31", "2024-01-30"]),
        ("2024-01-31\nText\n2024-01-30 in a paragraph\n", ["2024-01-31"]),
        ("2024-01-31\nText\n\n2024-01-30 Below a blank\n", ["2024-01-31", "2024-01-30"]),
        ("2024-01-31\nText\n---\n2024-01-30 Below a rule\n", ["2024-01-31", "2024-01-30"]),
        ("2024-01-31\n\nMay 3, 2023 we moved\nto the sea.\n", ["2024-01-31"]),
        ("2024-01-31\n\nPlan\n\n2024-02-01 Dentist\n2024-02-02 Exam\n", ["2024-01-31", "2024-02-02"]),
        ("2024-01-31\n\n1/2\n\nof a cup\n", ["2024-01-31"]),
        ("2024/12/31\n\na\n\n1/1\n\nb\n\n1/2\n\nc", ["2024-12-31", "2025-01-01", "2025-01-02"]),
        ("240131\na\n\n240130\nb\n\n240129\nc\n", ["2024-01-31", "2024-01-30", "2024-01-29"]),
        ("2024-01-31\n\n240130\n240131\n\nnumbers\n", ["2024-01-31"]),
        ("2024-01-31\nDay 1\n\n2024-02-01\nDay 2\n\n2024-02-02\nDay 3\n", ["2024-01-31", "2024-02-01", "2024-02-02"]),
        ("Day 1\na\nDay 9\nb\nDay 4\nc\n", ["index"]),
        ("2024-01-31\n\n1.2.3\n10:30\n\n192.168.1.1\n\n| 2024-01-30 | x |\n", ["2024-01-31"]),
    ],
)
def test_what_begins_a_day(text, expected):
    assert keys(text) == expected


def test_an_impossible_date_stays_text():
    entries, notices = read("2024-02-28\na\n\n2024-02-30 (Fri)\nb\n")
    assert [(e.key, e.body) for e in entries] == [("2024-02-28", "a\n\n2024-02-30 (Fri)\nb")]
    (notice,) = notices
    assert (notice.kind, notice.place) == (NoticeKind.WARNING, "diary.txt: line 4")
    assert "2024-02-30 (Fri)" in notice.message


@pytest.mark.parametrize(
    "heading", ["2024-01-31 (Thu)", "2024年1月31日（木）", "Do., 31.01.2024", "2024. 1. 31. 목요일"]
)
def test_a_weekday_that_does_not_fit_is_told(heading):
    entries, notices = read(f"{heading}\ntext\n")
    assert [e.date for e in entries] == [dt.date(2024, 1, 31)]
    (notice,) = notices
    assert notice.kind is NoticeKind.WARNING
    assert notice.place == "diary.txt: line 1"
    assert "2024-01-31 is a Wednesday" in notice.message


# --- day or month first -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "first"),
    [
        (["01/02/2024", "31/01/2024"], "2024-02-01"),
        (["01/02/2024", "01/31/2024"], "2024-01-02"),
        (["05-06-2024", "13-06-2024"], "2024-06-05"),
        (["01/02/2024 (Thu)", "02/02/2024"], "2024-02-01"),
        (["01/02/2024 (Tue)", "02/02/2024"], "2024-01-02"),
        (["01/02/2024", "02/02/2024", "12/02/2024", "01/03/2024"], "2024-02-01"),
        (["12/03/2024", "12/02/2024", "11/30/2024"], "2024-12-03"),
        (["03/03/2024", "04/04/2024"], "2024-03-03"),
        (["31.01.2024", "01.02.2024"], "2024-01-31"),
    ],
)
def test_the_file_shows_the_order(lines, first):
    assert keys("\n\ntext\n\n".join(lines))[0] == first


@pytest.mark.parametrize(("order", "expected"), [("dmy", "2024-04-03"), ("mdy", "2024-03-04")])
def test_an_order_that_nothing_shows_must_be_said(order, expected):
    text = "Diary\n\n03/04/2024\n\na\n\n03/05/2024\n\nb\n"
    with pytest.raises(ExportError, match=r"^diary\.txt: line 3: .*03/04/2024.*--date-order dmy\|mdy"):
        read(text)
    assert keys(text, date_order=order)[1] == expected


def test_orders_that_contradict_each_other():
    text = "31/01/2024\na\n\n02/13/2024\nb\n"
    with pytest.raises(ExportError, match=r"line 1 .* line 4 .*--date-order"):
        read(text)
    entries, notices = read(text, date_order="dmy")
    assert [e.key for e in entries] == ["2024-01-31"]
    assert [n.place for n in notices] == ["diary.txt: line 4"]


# --- years that stand elsewhere ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "dates"),
    [
        (["2023年12月30日", "12月31日", "1月1日"], ["2023-12-30", "2023-12-31", "2024-01-01"]),
        (["2024年1月2日", "1月1日", "12月31日"], ["2024-01-02", "2024-01-01", "2023-12-31"]),
        (["12月31日", "2024年1月1日", "1月2日"], ["2023-12-31", "2024-01-01", "2024-01-02"]),
        (["1月1日", "2023年12月31日", "12月30日"], ["2024-01-01", "2023-12-31", "2023-12-30"]),
        (
            ["2023/10/1", "10/20", "3/5", "11/1", "2/1"],
            ["2023-10-01", "2023-10-20", "2024-03-05", "2024-11-01", "2025-02-01"],
        ),
        (["2024/1/5", "1/4(木)", "1/8(月)", "1/9"], ["2024-01-05", "2024-01-04", "2024-01-08", "2024-01-09"]),
        (["2023年2月28日", "2月29日"], ["2023-02-28", "2024-02-29"]),
        (["# 2023", "Dec 30", "Dec 31", "# 2024", "Jan 1"], ["2023-12-30", "2023-12-31", "2024-01-01"]),
        (["令和6年1月", "30日ではない", "1月31日", "2月1日"], ["index", "2024-01-31", "2024-02-01"]),
    ],
)
def test_the_year_is_carried(lines, dates):
    assert keys("\n\n".join(lines)) == dates


def test_a_line_that_is_only_a_year_is_told():
    entries, notices = read("# 2024年\n\n## 1月\n\n1月30日(火)\n\na\n\n## 2月\n\n# 2024\n\n2月1日(木)\n\nb\n")
    assert [(e.key, e.body) for e in entries] == [
        ("index", "# 2024年\n\n## 1月"),
        ("2024-01-30", "a\n\n## 2月"),
        ("2024-02-01", "b"),
    ]
    assert [(n.kind, n.place, n.text) for n in notices if n.kind is NoticeKind.UNPLACED] == [
        (NoticeKind.UNPLACED, "diary.txt: line 11", "# 2024")
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [("diary-2024.txt", "1月31日\na\n"), ("202401.md", "1月31日\na\n"), ("diary.txt", "2024年の日記\n\n1月31日\na\n")],
)
def test_a_year_near_the_dates_is_a_guess(name, text):
    entries, notices = read(text, name)
    assert entries[-1].key == "2024-01-31"
    (notice,) = notices
    assert notice.kind is NoticeKind.WARNING
    assert "2024" in notice.message


@pytest.mark.parametrize("text", ["1月31日(水)\n寒い。\n", "1/31\na\n\n2/1\nb\n", "2023 or 2024\n\n1月31日\na\n"])
def test_no_year_at_all_is_refused(text):
    with pytest.raises(ExportError, match=r"^diary\.txt: line \d: .* has no year"):
        read(text)


# --- nothing is lost --------------------------------------------------------------------------------------------------

_LINES = st.lists(
    st.sampled_from(
        ["", "\u00a0", "2024-01-31", "2024/01/30 (Tue.) 雪", "1月31日", "2024-02-30", "# 2024", "2024", "240131",
         "Day 3", "1/2", "03/04/2024", "- 2024-01-29", "  • item", "    ◦ nested", "```", "text。", "Title", "---",
         "【1月3日 雪】"]
    ),
    max_size=25,
)  # fmt: skip


@given(_LINES)
def test_every_line_ends_up_somewhere(lines):
    try:
        entries, notices = read("\n".join(lines))
    except ExportError:
        return
    kept = "\n".join([e.body for e in entries] + [e.title for e in entries] + [n.text for n in notices])
    taken = {int(e.place.split()[1]) for e in entries if e.kind is Kind.DIARY}
    for number, line in enumerate(lines, start=1):
        underline = number - 1 in taken and line == "---"
        if number not in taken and not underline:
            for run in line.strip(" •◦").split():
                assert run in kept
