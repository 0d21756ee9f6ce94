"""Dates as devices show them in their own languages."""

from __future__ import annotations

import datetime as dt

import pytest

from vaultkit.dates.long import parse_long_date

NOVEMBER = dt.date(2024, 11, 3)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Sunday, 3 November 2024", NOVEMBER),
        ("Sunday, November 3, 2024", NOVEMBER),
        ("2024年11月3日 日曜日", NOVEMBER),
        ("2024年11月3日 星期日", NOVEMBER),
        ("令和6年11月3日 日曜日", NOVEMBER),
        ("2024년 11월 3일 일요일", NOVEMBER),
        ("Sonntag, 3. November 2024", NOVEMBER),
        ("dimanche 3 novembre 2024", NOVEMBER),
        ("mercredi 1er mai 2024", dt.date(2024, 5, 1)),
        ("domingo, 3 de noviembre de 2024", NOVEMBER),
        ("domenica 3 novembre 2024", NOVEMBER),
        ("domingo, 3 de novembro de 2024", NOVEMBER),
        ("zondag 3 november 2024", NOVEMBER),
        ("niedziela, 3 listopada 2024", NOVEMBER),
        ("воскресенье, 3 ноября 2024 г.", NOVEMBER),
        ("dimanche 31 février 2024", None),
        ("11/3/2024", None),
        ("3 mars 2024 ou 4 mai 2024", None),
        ("วันอาทิตย์ที่ 3 พฤศจิกายน 2567", None),
        ("", None),
        ("3 novembre 2024 " * 100_000, None),
    ],
)
def test_a_long_date(text: str, date: dt.date | None) -> None:
    assert parse_long_date(text) == date
