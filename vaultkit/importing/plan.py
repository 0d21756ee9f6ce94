"""What an import will do to each note, decided before anything is written.

Compares three texts: the last imported one (base), the note as it is, the new one; always by content, never by time.
Which decision that leads to stands in `decide`; here it is carried out, on paper: what both sides changed is merged, a
deleted note stays deleted, a moved one is found by its id. Writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from vaultkit.importing.decide import Case, Decision, decide
from vaultkit.importing.ledger import Record, digest
from vaultkit.importing.merge import Conflict, merge
from vaultkit.importing.merge.lines import BOM, line_end, with_ends
from vaultkit.importing.note_id import identified
from vaultkit.importing.open_conflicts import OpenConflicts, left_open, with_more
from vaultkit.importing.succession import with_id
from vaultkit.importing.wanted import Wanted

_BETTER_ID = "it has a better id"
_NOT_IN_LABEL = re.compile(r"[^\w .-]++")


class Outcome(StrEnum):
    """What happens to a note."""

    CREATED = "created"
    UPDATED = "updated"
    """Only the source had changed it."""
    MERGED = "merged"
    """The source and the user had."""
    CONFLICT = "conflict"
    """They had, in one place: the user's words stay, the source's stand in a callout or in the record of conflicts."""
    PROPOSED = "proposed"
    """It could not be told who changed what; nothing is written but a proposal."""
    UNCHANGED = "unchanged"
    KEPT = "kept"
    """The user edited it, the source has nothing new; nothing is written."""
    ORPHANED = "orphaned"
    """The source has it no more; the user edited it, so it stays."""
    TRASHED = "trashed"
    """The source has it no more; it goes to Obsidian's `.trash`."""
    DELETED = "deleted"
    """The user deleted it; it is not made again."""
    DETACHED = "detached"
    """The user took its id away; it is not followed any more."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PlannedNote:
    """One entry's note. `data` is what will be written, None when nothing is; `before` what must stand there then."""

    id: str
    path: str
    outcome: Outcome
    text: bytes
    """The new text of the source, whatever the outcome; empty when it was not made again."""
    record: Record
    """The ledger's line after the run."""
    data: bytes | None = None
    before: bytes | None = None
    why: str = ""
    moved_from: str = ""
    """Where it was at the last import, if the user moved it since."""
    conflicts: tuple[Conflict, ...] = ()
    """What this run could not settle."""
    was_open: OpenConflicts | None = None
    open: OpenConflicts | None = None
    """What is left open after the run, and was before it."""
    trash: str = ""
    """Where a note goes that the source has no more."""
    formerly: str = ""
    """The id under which the ledger knew it so far, if this run gives it another one."""

    @property
    def is_written(self) -> bool:
        """Whether the note is."""
        return self.data is not None

    @property
    def writes(self) -> bool:
        """Whether anything in the vault changes but the ledger."""
        return self.is_written or bool(self.trash) or self.open != self.was_open


@dataclass(frozen=True, slots=True)
class Known:
    """The vault as far as importing cares: notes by id, and how to read one."""

    paths: Mapping[str, tuple[str, ...]]
    """Paths of the notes that bear an id; more than one when the user copied the note."""
    read: Callable[[str], bytes | None]
    base: Callable[[str], bytes]
    """The imported text with a digest; empty: there is none, or it is damaged."""
    open: Mapping[str, OpenConflicts] = field(default_factory=dict)
    """What earlier imports left open, by id."""
    is_hidden_away: Callable[[str], bool] = lambda _: False
    """Whether there is something at a path that cannot be read."""


def path_of(id_: str, record: Record | None, paths: Mapping[str, tuple[str, ...]]) -> str | None:
    """Where the note of an id is now, by the `paths` of the notes that bear one; of two with one id the recorded one
    counts. None: nowhere."""
    there = paths.get(id_, ())
    if record and record.path in there:
        return record.path
    return there[0] if there else None


def without_texts(note: PlannedNote) -> PlannedNote:
    """What a report tells of a note once it is written."""
    record, data = Record(note.id, note.path, ()), None if note.data is None else b""
    return replace(note, text=b"", record=record, data=data, before=None)


def plan_note(new: Wanted, record: Record | None, known: Known) -> PlannedNote:
    """What becomes of the note of one entry."""
    text = new.text or b""
    here = path_of(new.id, record, known.paths)
    data = known.read(here) if here else None
    was_open = known.open.get(new.id)
    if here and data is None:
        why = "it cannot be read, or went away meanwhile; run again"
        return PlannedNote(new.id, here, Outcome.FAILED, text, record or Record(new.id, here, ()), why=why)
    if here is None and record and record.is_followed and known.is_hidden_away(record.path):
        why = "it cannot be read, so it was left alone; see to its owner and mode, or where its link leads"
        return PlannedNote(new.id, record.path, Outcome.FAILED, text, record, why=why)
    decision, base = _decided(new.id, new.digest, record, data, known)
    if here is None or data is None:
        return _without_note(new, record, decision, was_open)
    moved_from = record.path if record and record.path != here else ""
    after = record or Record(new.id, here, ())
    origin = new.origin if decision is not Decision.NOTHING and decision is not Decision.KEEP else ""
    origin = origin or after.origin or new.origin
    after = after.saying(path=here, state="live", origin=origin, kind=new.kind, names=new.names)
    named = with_id(data, new.id)
    is_kept = decision is Decision.KEEP
    if named == data and (is_kept or decision is Decision.NOTHING):
        return PlannedNote(
            new.id,
            here,
            Outcome.KEPT if is_kept else Outcome.UNCHANGED,
            text,
            after.with_base(new.digest),
            why="you edited it" if is_kept else "",
            moved_from=moved_from,
            was_open=was_open,
            open=left_open(was_open, data) if was_open and is_kept else None,
        )
    plan = PlannedNote(new.id, here, Outcome.UPDATED, text, after, moved_from=moved_from, was_open=was_open)
    if decision in (Decision.NOTHING, Decision.KEEP):
        plan = replace(plan, record=after.with_base(new.digest), before=data, why=_BETTER_ID)
        return _finished(plan, named, base, ())
    if new.text is None:  # it is to be written, for which the text is needed
        return replace(plan, data=b"")
    plan = replace(plan, record=after.with_base(new.digest), before=data)
    if decision is Decision.FAST_FORWARD:
        done = as_before(text, data)
        return _finished(plan, done, base, ())
    if decision is Decision.TWO_WAY:
        return _two_way(plan, named)
    merged = merge(with_id(base, new.id), named, text, _label(new))
    if merged.data == named != data and not merged.conflicts:
        return _finished(replace(plan, why=_BETTER_ID), named, base, ())
    outcome = Outcome.CONFLICT if merged.conflicts else Outcome.KEPT if merged.data == data else Outcome.MERGED
    why = {
        Outcome.CONFLICT: "you and the source changed the same",
        Outcome.KEPT: "it has what the source changed",
        Outcome.MERGED: "you and the source changed it",
    }[outcome]
    return _finished(replace(plan, outcome=outcome, why=why), merged.data, base, merged.conflicts)


def plan_gone(record: Record, known: Known, free: Callable[[str], str]) -> PlannedNote | None:
    """What becomes of a note that a complete export has no more; None: it is not there either. `free`: the place in the
    trash for a path."""
    here = path_of(record.id, record, known.paths)
    data = known.read(here) if here else None
    if here is None or data is None:
        return None
    decision, _ = _decided(record.id, None, record, data, known)
    was_open = known.open.get(record.id)
    moved_from = record.path if record.path != here else ""
    plan = PlannedNote(record.id, here, Outcome.ORPHANED, b"", record, moved_from=moved_from, was_open=was_open)
    if decision is Decision.TRASH:
        why = "the source has it no more"
        gone = replace(record, path=here, state="gone")
        return replace(plan, outcome=Outcome.TRASHED, record=gone, before=data, why=why, trash=free(here))
    left = left_open(was_open, data) if was_open else None
    why = "the source has it no more; you edited it, so it stays"
    return replace(plan, record=replace(record, path=here, state="orphan"), why=why, open=left)


def _decided(
    id_: str, theirs: str | None, record: Record | None, data: bytes | None, known: Known
) -> tuple[Decision, bytes]:
    """The decision, and the text of the base where there is one to merge with."""
    mine = digest(data) if data is not None else None
    bases = record.bases if record else ()
    case = Case(record.state if record else "", bases, mine, theirs)
    if mine is None:
        lost = record is not None and record.is_followed and _lost_its_id(known.read(record.path))
        return decide(case._replace(lost_id=lost)), b""
    if record is None:
        case = case._replace(is_import=bool(known.base(mine)))
    decision = decide(case)
    if decision is not Decision.MERGE:
        return decision, b""
    base = known.base(bases[0])
    return decide(case._replace(has_base=bool(base))), base


def _without_note(
    new: Wanted, record: Record | None, decision: Decision, was_open: OpenConflicts | None
) -> PlannedNote:
    text = new.text or b""
    if decision is Decision.CREATE or record is None:
        again = "the source has it again" if record else ""
        made = Record(
            new.id,
            new.path,
            (new.digest,),
            new.origin,
            new.kind,
            names=new.names,
            unlinked=new.unlinked,
            pending=new.pending,
            formerly=new.formerly,
            detail=new.detail,
        )
        if record:
            made = replace(made, bases=record.with_base(new.digest).bases, assets=record.assets)
        return PlannedNote(new.id, new.path, Outcome.CREATED, text, made, text, why=again, was_open=was_open)
    if decision is Decision.DETACH:
        after, outcome, why = replace(record, state="detached"), Outcome.DETACHED, "its id was removed: not followed"
    else:
        after, outcome, why = replace(record, state="deleted"), Outcome.DELETED, "you deleted it"
    return PlannedNote(new.id, record.path, outcome, text, after, why=why, was_open=was_open)


def _finished(plan: PlannedNote, done: bytes, base: bytes, conflicts: tuple[Conflict, ...]) -> PlannedNote:
    """The plan with the note's new text, and what is open then."""
    was = plan.was_open
    new = OpenConflicts(plan.id, digest(base) if base else "", digest(done), plan.record.bases[0], conflicts)
    data = done if done != plan.before else None
    open_ = with_more(was, new, done, plan.text) if conflicts or was else None
    return replace(plan, data=data, conflicts=conflicts, open=open_)


def _two_way(plan: PlannedNote, data: bytes) -> PlannedNote:
    """Without a base: a note that holds all that the source says only has more; any other is left alone, and the
    source's text proposed."""
    if _holds(data, plan.text):
        return replace(_finished(plan, data, b"", ()), outcome=Outcome.KEPT, why="you edited it")
    new = OpenConflicts(plan.id, "", digest(data), plan.record.bases[0], (), plan.text)
    why = "it differs from the source, and what was imported before is lost"
    open_ = with_more(plan.was_open, new, data, plan.text)
    return replace(plan, outcome=Outcome.PROPOSED, why=why, open=open_)


def _holds(data: bytes, text: bytes) -> bool:
    """Whether all lines of `text` stand in `data`, in their order."""
    lines = iter([line.rstrip() for line in data.removeprefix(BOM).split(b"\n")])
    return all(line.rstrip() in lines for line in text.split(b"\n"))


def _label(new: Wanted) -> str:
    """What stands at the head of a callout: whence its text comes."""
    return " ".join(_NOT_IN_LABEL.sub(" ", f"{new.id.partition('/')[0]} {new.origin}").split())


def _lost_its_id(data: bytes | None) -> bool:
    return data is not None and not identified(data)[0]


def as_before(text: bytes, before: bytes) -> bytes:
    """`text` with the line ends and the byte order mark that the note had."""
    return (BOM if before.startswith(BOM) else b"") + with_ends(text, line_end(before))
