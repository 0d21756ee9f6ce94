import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.dates.forms import Day, DayNumber, NoSuchDay, OpenDay, ShortDay, Week, YearlessDay
from vaultkit.dates.heading import DateHeading, parse_heading, parse_year

DAY = Day(dt.date(2024, 1, 31))
WEST = dt.timezone(dt.timedelta(hours=-5))
WEDNESDAY = 2


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("2024/01/31 (Wed.)", DateHeading(DAY, WEDNESDAY)),
        ("20240131", DateHeading(DAY)),
        ("2024-01-31", DateHeading(DAY)),
        ("2024-1-31", DateHeading(DAY)),
        ("2024-01-31 Wed", DateHeading(DAY, WEDNESDAY)),
        ("2024-01-31T10:00", DateHeading(DAY, time=dt.time(10))),
        ("2024-01-31T10:00:05.25Z", DateHeading(DAY, time=dt.time(10, 0, 5, 250000, dt.UTC))),
        ("2024-01-31 10:00:00 -0500", DateHeading(DAY, time=dt.time(10, tzinfo=WEST))),
        ("2024-01-31T10:00:00-05:00", DateHeading(DAY, time=dt.time(10, tzinfo=WEST))),
        ("2024-01-31 at 3:05 pm", DateHeading(DAY, time=dt.time(15, 5))),
        ("2024-01-31 12:00 AM", DateHeading(DAY, time=dt.time(0))),
        ("2024年1月31日 午後3時20分", DateHeading(DAY, time=dt.time(15, 20))),
        ("2024-01-31 25:99", DateHeading(DAY, title="25:99")),
        ("2024.01.31", DateHeading(DAY)),
        ("2024. 1. 31.", DateHeading(DAY)),
        ("2024. 1. 31. (수)", DateHeading(DAY, WEDNESDAY)),
        ("2024년 1월 31일 수요일", DateHeading(DAY, WEDNESDAY)),
        ("2024年1月31日(水)", DateHeading(DAY, WEDNESDAY)),
        ("2024年1月31日 水曜日", DateHeading(DAY, WEDNESDAY)),
        ("2024年1月31日水曜日", DateHeading(DAY, WEDNESDAY)),
        ("2024年01月31日（水曜）", DateHeading(DAY, WEDNESDAY)),
        ("水曜日 2024年1月31日", DateHeading(DAY, WEDNESDAY)),
        ("2024年1月31日(水・祝)", DateHeading(DAY, WEDNESDAY, title="祝")),
        ("２０２４／０１／３１　（水）", DateHeading(DAY, WEDNESDAY)),
        ("２０２４．０１．３１", DateHeading(DAY)),
        ("二〇二四年一月三十一日", DateHeading(DAY)),
        ("令和6年1月31日", DateHeading(DAY)),
        ("令和六年一月三十一日(水)", DateHeading(DAY, WEDNESDAY)),
        ("㋿6年1月31日", DateHeading(DAY)),
        ("R6.1.31", DateHeading(DAY)),
        ("R06/01/31", DateHeading(DAY)),
        ("令和元年5月1日", DateHeading(Day(dt.date(2019, 5, 1)))),
        ("㍻元年1月8日", DateHeading(Day(dt.date(1989, 1, 8)))),
        ("H31.4.30", DateHeading(Day(dt.date(2019, 4, 30)))),
        ("S63年12月31日", DateHeading(Day(dt.date(1988, 12, 31)))),
        ("1月31日(水)", DateHeading(YearlessDay(1, 31), WEDNESDAY)),
        ("1月31日　雪", DateHeading(YearlessDay(1, 31), title="雪")),
        ("2月29日", DateHeading(YearlessDay(2, 29))),
        ("1/31(水)", DateHeading(OpenDay(1, 31, None), WEDNESDAY)),
        ("1/31 (Wed)", DateHeading(OpenDay(1, 31, None), WEDNESDAY)),
        ("1/31", DateHeading(OpenDay(1, 31, None))),
        ("01-31", DateHeading(OpenDay(1, 31, None))),
        ("240131", DateHeading(ShortDay(dt.date(2024, 1, 31)))),
        ("991231", DateHeading(ShortDay(dt.date(1999, 12, 31)))),
        ("Jan 31, 2024", DateHeading(DAY)),
        ("Jan. 31 2024", DateHeading(DAY)),
        ("January 31st, 2024", DateHeading(DAY)),
        ("31 January 2024", DateHeading(DAY)),
        ("31st of January 2024", DateHeading(DAY)),
        ("31 Jan 2024", DateHeading(DAY)),
        ("31-Jan-2024", DateHeading(DAY)),
        ("JANUARY 31", DateHeading(YearlessDay(1, 31))),
        ("Wednesday, January 31, 2024", DateHeading(DAY, WEDNESDAY)),
        ("Wed 31 Jan 2024, 10:15", DateHeading(DAY, WEDNESDAY, dt.time(10, 15))),
        ("Sunday, 3 November 2024", DateHeading(Day(dt.date(2024, 11, 3)), 6)),
        ("31.01.2024", DateHeading(DAY)),
        ("31. Januar 2024", DateHeading(DAY)),
        ("Mittwoch, 31. Januar 2024", DateHeading(DAY, WEDNESDAY)),
        ("Mi., 31.01.2024", DateHeading(DAY, WEDNESDAY)),
        ("3. März 2024", DateHeading(Day(dt.date(2024, 3, 3)))),
        ("31/01/2024", DateHeading(OpenDay(31, 1, 2024))),
        ("01/31/2024", DateHeading(OpenDay(1, 31, 2024))),
        ("2024W05-3", DateHeading(DAY)),
        ("2024-W05-3", DateHeading(DAY)),
        ("2024-W05", DateHeading(Week(2024, 5))),
        ("[2024-01-31 10:00]", DateHeading(DAY, time=dt.time(10), marked=True)),
        ("[2024-01-31 10:00] First words.", DateHeading(DAY, time=dt.time(10), title="First words.", marked=True)),
        ("<2024-01-31 水>", DateHeading(DAY, WEDNESDAY, marked=True)),
        ("2024_01_31", DateHeading(DAY)),
        ("Day 12", DateHeading(DayNumber(12))),
        ("Day 12: Lisbon", DateHeading(DayNumber(12), title="Lisbon")),
        ("20250829", DateHeading(Day(dt.date(2025, 8, 29)))),
        ("  2024-01-31:", DateHeading(DAY)),
        ("## 2024-01-31 ##", DateHeading(DAY, marked=True)),
        ("# 2024-01-31: Notes on C##", DateHeading(DAY, title="Notes on C##", marked=True)),
        ("## 2024/01/31 に投稿した。", DateHeading(DAY, title="に投稿した。", marked=True)),
        ("■ 2024年1月31日", DateHeading(DAY, marked=True)),
        ("●1月31日 雪", DateHeading(YearlessDay(1, 31), title="雪", marked=True)),
        ("【2024/1/31】雪の日", DateHeading(DAY, title="雪の日", marked=True)),
        ("【2024/1/31　雪の日】", DateHeading(DAY, title="雪の日")),
        ("**2024-01-31** Snow", DateHeading(DAY, title="Snow", marked=True)),
        ("**2024-01-31 Snow**", DateHeading(DAY, title="Snow", marked=True)),
        ("=== 2024-01-31 ===", DateHeading(DAY, marked=True)),
        ("- 2024-01-31", DateHeading(DAY, bullet=True)),
        ("2024-01-31 水 曇りのち晴れ", DateHeading(DAY, WEDNESDAY, title="曇りのち晴れ")),
        ("2024-01-31 水族館", DateHeading(DAY, title="水族館")),
        ("2024-01-31 Wed snow", DateHeading(DAY, WEDNESDAY, title="snow")),
        ("2024-01-31 Sun and rain", DateHeading(DAY, title="Sun and rain")),
        ("2024-01-31 – Ｆｕｌｌ width stays", DateHeading(DAY, title="Ｆｕｌｌ width stays")),
        ("2024/01/31 (Thu)", DateHeading(DAY, 3)),
        ("2024-02-30", DateHeading(NoSuchDay())),
        ("2023年2月29日(水)", DateHeading(NoSuchDay(), WEDNESDAY)),
        ("20240230", DateHeading(NoSuchDay())),
        ("13/13/2024", DateHeading(NoSuchDay())),
        ("2024-W54", DateHeading(NoSuchDay())),
        ("令和元年4月30日", DateHeading(NoSuchDay())),
        ("H1.1.7", DateHeading(NoSuchDay())),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_line_that_is_a_date(line, heading):
    assert parse_heading(line) == heading


@pytest.mark.parametrize(
    "line",
    [
        "",
        "   ",
        "水",
        "一日",
        "March",
        "2024",
        "2024/01/31 に投稿した。",
        "2024/01/31 から旅行",
        "2024-01-31 It rained all day.",
        "2024-01-31 to 2024-02-02",
        "2024-01-31 - 2024-02-02",
        "2024/01/31 〜 02/02",
        "2024年1月31日水曜日に雪が降った",
        "January 31, 2024 was the day on which everybody in the whole town stayed at home",
        "20250829は暑い",
        "20250829x",
        "202508291",
        "20259999",
        "1月31日。",
        "見積もりは 10/20 くらい",
        "1/2 cup of sugar",
        "50/50",
        "13-31",
        "3-1",
        "1.2.3",
        "v2024.01.31",
        "192.168.1.1",
        "10:30",
        "10:30-11:00",
        "090-1234-5678",
        "03-1234-5678",
        "¥1,200",
        "1,200円",
        "| 2024-01-31 | rain |",
        "> 2024-01-31",
        "  • 2024-01-31",
        "2024-01-31.log",
        "2024-01-31-notes",
        "2024-01-31/draft",
        "[2024-01-31](days/31.md)",
        "[1] 2024-01-31",
        "https://example.com/2024/01/31",
        "Days 12",
        "Day 12345",
        "T5.1.1",
        "x" * 300 + "2024-01-31",
        "2024-01-31" + " " * 300,
    ],
    ids=lambda line: line[:40] or "empty",
)
def test_a_line_that_is_text(line):
    assert parse_heading(line) is None


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_read_back(day):
    weekdays = "月火水木金土日"
    lines = [
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day:%Y/%m/%d} ({day:%a}.)",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%d.%m.%Y}",
        f"{day.year}年{day.month}月{day.day}日({weekdays[day.weekday()]})",
        f"{day.isocalendar().year}-W{day.isocalendar().week:02}-{day.isoweekday()}",
    ]
    for line in lines:
        heading = parse_heading(line)
        assert heading is not None
        assert heading.when == Day(day)
        assert heading.weekday in (None, day.weekday())
        assert heading.title == ""


@given(st.text(st.sampled_from("0123456789/-.年月日令和元 (Wed)水[]<>【】#*:TJan　０１\u00a0"), max_size=30))
def test_any_line_can_be_asked(line):
    heading = parse_heading(line)
    assert heading is None or heading.title in line or heading.title.startswith("祝")


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("2024", 2024),
        ("# 2024", 2024),
        ("２０２４年", 2024),
        ("■2024年1月", 2024),
        ("2024-01", 2024),
        ("2024/1", 2024),
        ("令和6年", 2024),
        ("平成元年1月", 1989),
        ("January 2024", 2024),
        ("【2024】", 2024),
        ("2024年の日記", None),
        ("2024 was long", None),
        ("3024", None),
        ("2024-01-31", None),
        ("in January 2024", None),
    ],
)
def test_a_line_that_is_a_year(line, year):
    assert parse_year(line) == year


def test_hostile_text_takes_no_time(hostile):
    with not_hanging():
        parse_heading(hostile)
        for i in range(0, 200_000, 190):
            parse_heading(hostile[i : i + 190])
