import pytest

from tests.conftest import not_hanging
from vaultkit.dates.prose import find_dates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see 2024/01/31.", ["2024/01/31"]),
        ("(2024/1/3))", ["2024/1/3"]),
        ("昨日2024-01-31に", ["2024-01-31"]),
        ("2024.01.31、2024年1月31日。", ["2024.01.31", "2024年1月31日"]),
        ("「2024/01/31〜2024/02/02」", ["2024/01/31", "2024/02/02"]),
        ("2024-01-31\n2024-02-01", ["2024-01-31", "2024-02-01"]),
        ("https://example.com/a 2024/01/31", ["2024/01/31"]),
        ("2024/02/30, 2024/13/01, 2024-00-10", []),
        ("2024-1-3 2024.1.3", []),
        ("12024/01/31 2024/01/311 a2024/01/31 2024-01-31b", []),
        ("https://example.com/2024/01/31/ www.example.com/?d=2024-01-31", []),
        ("https://example.com/a,2024/01/31", []),
        ("log/2024/01/31 2024/01/31/x notes-2024-01-31 2024-01-31.md 2024-01-31-x", []),
        ("v2024.01.31 1.2024.01.31 2024.01.31.2", []),
        ("2024-01-31T10:00 ２０２４/01/31", []),
        ("1024/01", []),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_dates_in_prose(text, found):
    spans = list(find_dates(text))
    assert [text[start:end] for start, end, _ in spans] == found
    for start, end, date in spans:
        digits = [int(part) for part in text[start:end].replace("年", "/").replace("月", "/").replace("日", "")
                  .replace("-", "/").replace(".", "/").split("/")]  # fmt: skip
        assert [date.year, date.month, date.day] == digits


def test_hostile_text_takes_no_time(hostile):
    with not_hanging():
        sum(1 for _ in find_dates(hostile))
