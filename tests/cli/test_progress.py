"""The bar: only on a terminal, only for what takes long, and one for each thing that is done."""

from __future__ import annotations

import io
import re

import pytest

from vaultkit.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def drawn(stream: io.StringIO, seconds: float) -> str:
    """What is drawn of two tasks of ten steps each, each step taking so long."""
    clock = Clock()
    with Progress(stream, clock) as progress:
        for what in ("making", "writing"):
            for number in range(10):
                clock.now += seconds
                progress(what, number, 10)
    return stream.getvalue()


def test_what_takes_long_is_seen_from_its_first_second_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    shown = drawn(Terminal(), 0.5)
    assert re.findall(r"making .*? (\d+)%", shown)[:2] == ["0", "10"]
    assert re.findall(r"(\d+)%", shown)[-1] == "90"
    assert shown.count("\n") == 2
    assert not re.search(r"\x1b\[[0-9;]*m", shown)  # no colours


@pytest.mark.parametrize(
    ("stream", "seconds", "terminal"),
    [
        pytest.param(Terminal(), 0.01, "xterm", id="quick"),
        pytest.param(io.StringIO(), 5.0, "xterm", id="pipe"),
        pytest.param(Terminal(), 5.0, "dumb", id="dumb"),
    ],
)
def test_else_there_is_nothing(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, seconds: float, terminal: str
) -> None:
    monkeypatch.setenv("TERM", terminal)
    assert drawn(stream, seconds) == ""
