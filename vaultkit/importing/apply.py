"""Carries a plan out: stored texts and notes first, the ledger last.

Interrupted anywhere, the next run finds each note either old or new: a new one without its ledger line is known by its
id and its stored text. Writes only through `vault.files`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from vaultkit.importing.ledger import Record, base_path, digest, ledger_path, pack, write_ledger
from vaultkit.importing.plan import Outcome, PlannedNote
from vaultkit.vault.files import Change, Files


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """An attachment to copy: new, or it is not planned."""

    path: str
    data: bytes


def apply_plan(
    files: Files,
    notes: Sequence[PlannedNote],
    copies: Iterable[PlannedFile],
    ledgers: Mapping[str, Mapping[str, Record]],
) -> list[PlannedNote]:
    """Write what `notes`, `copies` and `ledgers` (records by source and id, as they were) ask for.

    Returns the notes with their final outcome: one that the disk refused or that changed meanwhile is FAILED, with the
    reason. Raises DiskError when nothing at all can be written.
    """
    changes = [Change(file.path, file.data, None) for file in copies]
    for note in notes:
        if note.record.bases[:1] == (digest(note.text),):
            stored = base_path(note.record.bases[0])
            if not (files.root / stored).exists():
                changes.append(Change(stored, pack(note.text), ...))
        if note.data is not None:
            changes.append(Change(note.path, note.data, note.before))
    refused = files.write_all(changes)
    done = [_settle(note, refused) for note in notes]
    for source, records in ledgers.items():
        after = dict(records)
        for note in done:
            if note.id.partition("/")[0] == source and note.outcome is not Outcome.FAILED:
                after[note.id] = note.record
        if after != dict(records):
            files.write(ledger_path(source), write_ledger(after.values()))
    return done


def _settle(note: PlannedNote, refused: Mapping[str, str]) -> PlannedNote:
    why = refused.get(note.path, "") if note.data is not None else ""
    return replace(note, outcome=Outcome.FAILED, why=why) if why else note
