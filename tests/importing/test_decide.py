"""The table of importing again, row by row and as a whole."""

from __future__ import annotations

import itertools

import pytest

from vaultkit.importing.decide import Case, Decision, decide

B, OLD, MINE, T = "base", "older base", "edited", "new"
ROWS = {
    "new": (Case("", (), None, T), Decision.CREATE),
    "nothing changed": (Case("live", (B,), B, B), Decision.NOTHING),
    "edited by the user": (Case("live", (B,), MINE, B), Decision.KEEP),
    "changed by the source": (Case("live", (B,), B, T), Decision.FAST_FORWARD),
    "put back to an older import": (Case("live", (B, OLD), OLD, B), Decision.FAST_FORWARD),
    "changed by both": (Case("live", (B,), MINE, T), Decision.MERGE),
    "changed by both alike": (Case("live", (B,), T, T), Decision.NOTHING),
    "the source went back, the user did not": (Case("live", (B, OLD), MINE, OLD), Decision.MERGE),
    "the base is lost": (Case("live", (B,), MINE, T, has_base=False), Decision.TWO_WAY),
    "deleted by the user": (Case("live", (B,), None, T), Decision.STAY_DELETED),
    "deleted by the user before": (Case("deleted", (B,), None, T), Decision.STAY_DELETED),
    "gone from the source before, back again": (Case("gone", (B,), None, T), Decision.CREATE),
    "gone before, taken out of the trash": (Case("gone", (B,), B, T), Decision.FAST_FORWARD),
    "an orphan deleted": (Case("orphan", (B,), None, T), Decision.STAY_DELETED),
    "the id was removed": (Case("live", (B,), None, T, lost_id=True), Decision.DETACH),
    "the id was removed before": (Case("detached", (B,), None, T), Decision.DETACH),
    "the id is there again": (Case("detached", (B,), MINE, T), Decision.MERGE),
    "gone from the source": (Case("live", (B,), B, None), Decision.TRASH),
    "gone from the source, edited": (Case("live", (B,), MINE, None), Decision.ORPHAN),
    "gone from both": (Case("live", (B,), None, None), Decision.NOTHING),
    "no record, as imported": (Case("", (), B, T, is_import=True), Decision.FAST_FORWARD),
    "no record, as the source": (Case("", (), T, T), Decision.NOTHING),
    "no record, something else": (Case("", (), MINE, T), Decision.TWO_WAY),
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_row(row: tuple[Case, Decision]) -> None:
    assert decide(row[0]) is row[1]


def test_no_case_costs_words_of_the_user() -> None:
    """Over all cases there are: a note that is no import's text is never overwritten or thrown away, and one that the
    user deleted or detached is never made."""
    states = ("", "live", "deleted", "detached", "orphan", "gone")
    digests = (None, B, OLD, MINE, T)
    for state, bases, mine, theirs, lost, imported, has_base in itertools.product(
        states, ((), (B,), (B, OLD)), digests, (None, B, OLD, T), (False, True), (False, True), (False, True)
    ):
        case = Case(state, bases, mine, theirs, lost, imported, has_base)
        decision = decide(case)
        if mine is not None and mine not in bases and not (imported and not state):
            assert decision not in (Decision.FAST_FORWARD, Decision.TRASH, Decision.CREATE), case
        if mine is None and (lost or state in ("live", "deleted", "detached", "orphan")):
            assert decision in (Decision.NOTHING, Decision.STAY_DELETED, Decision.DETACH), case
        if decision is Decision.MERGE:
            assert bases, case
            assert has_base, case
