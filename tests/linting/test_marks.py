"""What is remembered of findings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vaultkit.linting.diagnostic import Severity
from vaultkit.linting.marks import count, mark, unmark
from vaultkit.linting.placed import Placed
from vaultkit.report import text

_NUMBER = st.integers(1, 10**6)
_PLACED = st.builds(
    Placed,
    st.just("A b.md"),
    _NUMBER,
    _NUMBER,
    _NUMBER,
    _NUMBER,
    st.sampled_from(["tags-valid", "one"]),
    st.sampled_from(Severity),
    st.text('ab "日\t\n\x1b\u2028\\0123456789'),
    st.booleans(),
)


@given(st.lists(_PLACED))
def test_findings_are_those_that_were_marked(found: list[Placed]) -> None:
    marks, told = mark(found, text.line)
    assert told.decode() == text.render(found)
    assert list(unmark("A b.md", marks, told)) == found


@given(st.lists(st.lists(_PLACED), max_size=4))
def test_marks_are_counted_unread(notes: list[list[Placed]]) -> None:
    counts = count([mark(found, text.line)[0] for found in notes])
    every = [one for found in notes for one in found]
    assert counts["notes"] == sum(map(bool, notes))
    assert counts["fixable"] == sum(one.fixable for one in every)
    assert [counts[severity] for severity in Severity] == [
        sum(one.severity is severity for one in every) for severity in Severity
    ]
