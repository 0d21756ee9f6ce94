"""The figures as a Markdown table. Knows how numbers are written; knows nothing of how they came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NONE = "—"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `must` and `aim` are upper limits: of the ratio where the row stands `against` something, else of
    `value`. None: not measured, or no limit."""

    figure: str
    what: str
    unit: str
    value: float | None
    against: str = ""
    base: float | None = None
    must: float | None = None
    aim: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times `base` the value is; None where one of them is missing (or `base` too small to divide by)."""
        return self.value / self.base if self.value is not None and self.base is not None and self.base > 0 else None

    @property
    def met(self) -> str:
        """The better limit that is kept: `aim`, `must`, or `no` for neither; empty where there is nothing to judge."""
        judged = self.ratio if self.against else self.value
        limits = {name: limit for name, limit in (("aim", self.aim), ("must", self.must)) if limit is not None}
        if judged is None or not limits:
            return ""
        return next((name for name, limit in limits.items() if judged <= limit), "no")


def render(rows: Sequence[Row]) -> str:
    """The table, without a line break at its end."""
    lines = [
        "| row | figure | vaultkit | against | ratio | must | aim | met |",
        "| --- | --- " + "| --: " * 5 + "| --- |",
    ]
    lines += [f"| {' | '.join(_cells(row))} |" for row in rows]
    return "\n".join(lines)


def _cells(row: Row) -> tuple[str, ...]:
    unit = "" if row.against else row.unit
    return (
        f"`{row.figure}`",
        row.what,
        _quantity(row.value, row.unit),
        f"{row.against}: {'not measured' if row.base is None else _quantity(row.base, row.unit)}"
        if row.against
        else NONE,
        NONE if row.ratio is None else _number(row.ratio),
        NONE if row.must is None else f"≤ {_limit(row.must, unit)}",
        NONE if row.aim is None else f"≤ {_limit(row.aim, unit)}",
        row.met or NONE,
    )


def _quantity(value: float | None, unit: str) -> str:
    return NONE if value is None else f"{_number(value)} {unit}"


def _limit(value: float, unit: str) -> str:
    return f"{value:g} {unit}".rstrip()


def _number(value: float) -> str:
    """Three digits say all that a measurement is worth: `0.0417` → `0.042`, `12.34` → `12.3`, `2345` → `2345`."""
    size = abs(value)
    return f"{value:.{0 if size >= 100 else 1 if size >= 10 else 2 if size >= 0.1 else 3}f}"
