"""Forms of dates with weekdays, right and wrong ones."""

from __future__ import annotations

import pytest

from vaultkit.linting.checks.weekday_of_date import Options, check
from vaultkit.linting.context import Context
from vaultkit.vault.index import Index
from vaultkit.vault.parse import parse


def _found(text: str) -> list[str]:
    note = parse("a.md", text.encode())
    return [f"{f.values['written']}→{f.values['weekday']}" for f in check(note, Context(Index([])), Options())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024/01/31 (Thu.)", ["Thu→Wednesday"]),
        ("2024/1/31(Thu)", ["Thu→Wednesday"]),
        ("2024-01-31 [Thu]", ["Thu→Wednesday"]),
        ("2024-01-31 [Thu.,祝日]", ["Thu→Wednesday"]),
        ("2024-01-31 ［Thu］", ["Thu→Wednesday"]),
        ("2024年１月３１日(木)", ["木→水曜日"]),
        ("2024.01.31, Thursday", ["Thursday→Wednesday"]),
        ("2024/01/31 （Thursday）", ["Thursday→Wednesday"]),
        ("2024/01/31 (Thurs)", ["Thurs→Wednesday"]),
        ("2024/01/31 (Dienstag)", ["Dienstag→Wednesday"]),
        ("2024年1月31日(木)", ["木→水曜日"]),
        ("2024年01月31日（木曜日）", ["木曜日→水曜日"]),
        ("2024年1月31日木曜日", ["木曜→水曜日"]),
        ("令和6年1月31日（木）", ["木→水曜日"]),
        ("昨日は平成元年１月８日(月曜日)", ["月曜日→日曜日"]),
        ("昭和64年1月7日 日曜", ["日曜→土曜日"]),
        ("2024年1月31日(木・祝)", ["木→水曜日"]),
        ("2024/01/31\u3000(木)", ["木→水曜日"]),
        ("[[2024-01-31]] (木)", ["木→水曜日"]),
        ("[[2024-01-31|2024/01/31]] (Thu)", ["Thu→Wednesday"]),
        ("# 2024/01/31 (Thu)\n\n- 2024/02/01 (Wed)", ["Thu→Wednesday", "Wed→Thursday"]),
        ("- 2024/01/31 (Thu)\n%% 2024/01/31 (Fri) %%", ["Thu→Wednesday", "Fri→Wednesday"]),
    ],
)
def test_wrong(text: str, expected: list[str]) -> None:
    assert _found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2024/01/31 (Wed.)",
        "2024年1月31日（水）",
        "令和6年1月31日（水）",
        "令和6年2月30日（水）",
        "令和6年1月31日 日本",
        "`令和6年1月31日（木）`",
        "2024/02/30 (Fri)",
        "2024-01-31 (Maybe)",
        "2024-01-31 (Sat-Sun)",
        "2024-01-31 (土・日)",
        "2024-01-31 Sun shone",
        "2024-01-31 日本",
        "2024-01-31 日",
        "2024-01-31\n\n(Thu)",
        "01/31 (Thu)",
        "12024/01/31 (Thu)",
        "v1.2024.01.31 (Thu)",
        "`2024/01/31 (Thu)`",
        "https://example.org/2024/01/31(Thu)",
        "<!-- 2024/01/31 (Thu) -->",
        "---\ndate: 2024/01/31 (Thu)\n---\n",
    ],
)
def test_nothing_to_say(text: str) -> None:
    assert _found(text) == []


def test_the_place_is_that_of_the_date() -> None:
    data = "日本 2024/01/31 (Thu) x".encode()
    found = next(check(parse("a.md", data), Context(Index([])), Options()))
    assert data[found.span.start : found.span.end] == b"2024/01/31 (Thu)"
