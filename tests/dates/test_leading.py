import datetime as dt

import pytest

from vaultkit.dates.leading import any_date_of_name, date_in_value, is_universal_time, iso_date_of_name

DAY = dt.date(2024, 1, 31)


@pytest.mark.parametrize(
    ("name", "iso", "any_form"),
    [
        ("2024-01-31", DAY, DAY),
        ("2024-01-31 snow", DAY, DAY),
        ("20240131", None, DAY),
        ("2024_01_31", None, DAY),
        ("2024.1.31 snow", None, DAY),
        ("2024年1月31日", None, DAY),
        ("2024年1月31日 雪", None, DAY),
        ("２０２４年１月３１日", None, DAY),
        ("令和6年1月31日", None, DAY),
        ("二〇二四年一月三十一日", None, DAY),
        ("令和6年1月32日", None, None),
        ("1月31日", None, None),
        ("2024年1月の雪", None, None),
        ("去年1月31日", None, None),
        ("2024-01-311", None, None),
        ("202401311", None, None),
        ("2024-02-30", None, None),
        ("snow 2024-01-31", None, None),
        ("S3.4.5 notes", None, None),
        ("31.01.2024", None, None),
        ("", None, None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_date_that_a_name_begins_with(name, iso, any_form):
    assert iso_date_of_name(name) == iso
    assert any_date_of_name(name) == any_form


@pytest.mark.parametrize(
    ("value", "date", "universal"),
    [
        ("2024-01-31", DAY, False),
        ("2024/1/31 10:00", DAY, False),
        ("[[2024-01-31]]", DAY, False),
        ("2024年1月31日（水）", DAY, False),
        (" [[令和6年1月31日]]", DAY, False),
        ("令和6年", None, False),
        ("平成元年1月7日", None, False),
        ("2024-01-31T23:30:00Z", DAY, True),
        ("2024-01-31 23:30 +09:00", DAY, True),
        ("2024-02-30", None, False),
        ("2024-01-311", None, False),
        ("soon", None, False),
        ("", None, False),
        (None, None, False),
        (20240131, None, False),
        (["2024-01-31"], None, False),
    ],
    ids=str,
)
def test_the_date_that_a_property_begins_with(value, date, universal):
    assert date_in_value(value) == date
    assert is_universal_time(value) is universal
