"""Forms of two dates of which one is surely later."""

from __future__ import annotations

import pytest

from vaultkit.linting.checks.date_order import Options, check
from vaultkit.linting.context import Context
from vaultkit.vault.index import Index
from vaultkit.vault.parse import parse


def _told(made: str, changed: str, keys: tuple[str, str] = ("created", "updated")) -> bool:
    note = parse("a.md", f"---\n{keys[0]}: {made}\n{keys[1]}: {changed}\n---\n".encode())
    return bool(list(check(note, Context(Index([])), Options())))


@pytest.mark.parametrize(
    ("made", "changed", "told"),
    [
        ("2024-02-01", "2024-01-31", True),
        ("2024-01-31", "2024-02-01", False),
        ("2024-10-1", "2024-9-10", True),
        ("2024/10/1", "2024/9/10", True),
        ("2024-01-31T08:30:15", "2024-01-31T08:30:14", True),
        ("2024-01-31T08:30:14", "2024-01-31T08:30:15", False),
        ("2024-01-31T08:30-12:00", "2024-02-01T00:30+14:00", True),
        ("2024-01-31T08:30Z", "2024-01-31T09:30Z", False),
        ("2024年2月1日", "2024-01-31", True),
        ("2024-01-31 08:31", "2024-01-31T08:30", True),
        ("soon", "2024-01-31", False),
        ("2024-01-31", "", False),
        ("[2024-02-01]", "2024-01-31", False),
        ("20240201", "20240131", False),
    ],
)
def test_order(made: str, changed: str, told: bool) -> None:
    assert _told(made, changed) is told


@pytest.mark.parametrize("keys", [("Created", "Modified"), ("date created", "date modified"), ("created", "updated")])
def test_names(keys: tuple[str, str]) -> None:
    assert _told("2024-02-01", "2024-01-31", keys)


def test_only_the_beginning_of_a_long_value_is_shown() -> None:
    note = parse("a.md", f"---\ncreated: 2024-02-01 {'x' * 200}\nupdated: 2024-01-31\n---\n".encode())
    (found,) = check(note, Context(Index([])), Options())
    assert len(found.values["made"]) == 40
