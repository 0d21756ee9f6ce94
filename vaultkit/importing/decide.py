"""The table of importing again: what is to become of one note, by what the base, the note and the source say.

All texts are compared by digest, never by time: the texts that were imported last (`bases`), the note as it is
(`mine`), the new text of the source (`theirs`). Pure; how a decision is carried out is known to `plan`.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple


class Decision(Enum):
    """What is to be done with a note."""

    CREATE = auto()
    """It is new, or the source has it again after it had left it out."""
    NOTHING = auto()
    """It reads as the source does, or neither side has it."""
    KEEP = auto()
    """Only the user changed it."""
    FAST_FORWARD = auto()
    """Only the source changed it: the note gets the new text."""
    MERGE = auto()
    """Both changed it, and it is known from what."""
    TWO_WAY = auto()
    """It is not what the source says, and the text that both come from is lost: who changed what cannot be told."""
    STAY_DELETED = auto()
    """The user deleted it."""
    DETACH = auto()
    """The user took its id away: it is not followed any more."""
    TRASH = auto()
    """The source has it no more, and the user never changed it."""
    ORPHAN = auto()
    """The source has it no more, but there are words of the user in it."""


class Case(NamedTuple):
    """All that a decision depends on."""

    state: str
    """The ledger's word (`ledger.Record.state`); empty: it has none."""
    bases: tuple[str, ...]
    """Digests of the texts that were imported last, the newest first."""
    mine: str | None
    """Digest of the note that bears the id; None: no note does."""
    theirs: str | None
    """Digest of the source's text; None: a complete export has it no more."""
    lost_id: bool = False
    """Whether a note without an id stands where the note was."""
    is_import: bool = False
    """Whether `mine` is the text of any import at all; asked only for notes without a record."""
    has_base: bool = True
    """Whether the text of the newest of `bases` can be read."""


def decide(case: Case) -> Decision:
    """The row of the table that a case belongs to."""
    if case.mine is None:
        return _without_note(case)
    is_unedited = case.mine in case.bases or (not case.state and case.is_import)
    if case.theirs is None:
        return Decision.TRASH if is_unedited else Decision.ORPHAN
    if case.mine == case.theirs:
        return Decision.NOTHING
    if is_unedited:
        return Decision.FAST_FORWARD
    if case.bases[:1] == (case.theirs,):
        return Decision.KEEP
    return Decision.MERGE if case.bases and case.has_base else Decision.TWO_WAY


def _without_note(case: Case) -> Decision:
    if case.lost_id or case.state == "detached":
        return Decision.DETACH
    if case.theirs is None:
        return Decision.NOTHING
    return Decision.CREATE if case.state in ("", "gone") else Decision.STAY_DELETED
