"""What the hooks `conflicts` and `hygiene` find, and how they tell it: as the linter does, a line for each finding.

A commit answers for what it brings in. What the last commit has already is counted in one line, and refuses nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vaultkit.report.printable import printable_line

ADVICE = "vaultkit: mend this and `git add` it again (to commit without this check: git commit --no-verify)"


class Found(NamedTuple):
    """A finding in a file of the repository. `key` is what two findings of one rule share when the later one is the
    earlier one again; line and column count from 1."""

    path: str
    rule: str
    message: str
    key: str = ""
    line: int = 1
    column: int = 1

    @property
    def place(self) -> str:
        """How its line begins; that of the linter about the same begins so, too."""
        return f"{printable_line(self.path)}:{self.line}:{self.column} {self.rule} "


class Judged(NamedTuple):
    """What was found."""

    new: tuple[Found, ...] = ()
    """What the commit brings in."""
    before: int = 0
    """How much was there before it."""

    def __add__(self, other: object) -> Judged:
        assert isinstance(other, Judged)
        return Judged(self.new + other.new, self.before + other.before)


def compare(now: Sequence[Found], before: Iterable[Found]) -> Judged:
    """What of `now` was not there `before`: found as often by the same rule and key."""
    left = Counter((found.rule, found.key) for found in before)
    new = []
    for found in now:
        if left[found.rule, found.key]:
            left[found.rule, found.key] -= 1
        else:
            new.append(found)
    return Judged(tuple(new), len(now) - len(new))


def answer(judged: Judged, what: str) -> tuple[int, str]:
    """Exit code and text for a hook. `what`: the noun for what was there before (`conflict`)."""
    lines = [f"{found.place}{printable_line(found.message)}" for found in judged.new]
    if judged.before:
        lines.append(f"vaultkit: {judged.before} {what}{'s' if judged.before > 1 else ''} of earlier commits in files "
                     f"of this one; that refuses nothing")  # fmt: skip
    if judged.new:
        lines.append(ADVICE)
    return (1 if judged.new else 0), "".join(f"{line}\n" for line in lines)
