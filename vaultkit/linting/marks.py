"""The findings in a note as they are remembered: as they are told, and beside it in a few letters what else is known.

    TAB w0 12 3 12 9 links-unambiguous 84

is a warning that `--fix` cannot mend, from line 12, column 3 to line 12, column 9, whose message is the last 84
characters of what is told; another message stands there in whole, as JSON, which has no tabs. So marks can be counted
without being read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from vaultkit.linting.diagnostic import Severity
from vaultkit.linting.placed import Placed

Tell = Callable[[Placed], str]
"""A finding as it is told: one line, with a line end, that UTF-8 can hold."""
_SEVERITIES = {severity[0]: severity for severity in Severity}


def mark(found: Iterable[Placed], tell: Tell) -> tuple[str, bytes]:
    """The marks, and what is told: a line for each finding, in UTF-8."""
    marks, lines = [], []
    for one in found:
        _, line, column, end_line, end_column, rule, severity, message, fixable = one
        told = tell(one)
        last = len(message) if told.endswith(f"{message}\n") else json.dumps(message)
        marks.append(f"\t{severity[0]}{fixable:d} {line} {column} {end_line} {end_column} {rule} {last}")
        lines.append(told)
    return "".join(marks), "".join(lines).encode()


def unmark(path: str, marks: str, told: bytes) -> Iterator[Placed]:
    """The findings in the note at `path`."""
    for one, line in zip(marks.split("\t")[1:], told.decode().split("\n"), strict=False):
        kind, begin, column, end, end_column, rule, last = one.split(" ", 6)
        message = json.loads(last) if last.startswith('"') else line[len(line) - int(last) :]
        place = (int(begin), int(column), int(end), int(end_column))
        yield Placed(path, *place, rule, _SEVERITIES[kind[0]], message, kind[1] == "1")


def count(rows: Iterable[str]) -> Counter[str]:
    """How many marks of which severity there are in the marks of many notes, how many that `--fix` mends (`fixable`),
    and in how many notes (`notes`)."""
    text = "\n" + "\n".join(rows)
    counts = Counter({severity.value: text.count(f"\t{letter}") for letter, severity in _SEVERITIES.items()})
    counts["fixable"] = sum(text.count(f"\t{letter}1") for letter in _SEVERITIES)
    counts["notes"] = text.count("\n\t")
    return counts
