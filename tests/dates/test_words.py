import pytest

from vaultkit.dates.words import weekday_of


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        ("Monday", 0),
        ("Tues", 1),
        ("(Wed.)", 2),
        ("thu", 3),
        ("（金）", 4),
        ("土曜日", 5),
        ("So.", 6),
        ("목요일", 3),
        ("Mittwoch", 2),
        ("M", None),
        ("", None),
        ("Wednesday morning", None),
        ("木々", None),
    ],
)
def test_weekday_of(text, weekday):
    assert weekday_of(text) == weekday
