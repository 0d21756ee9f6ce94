"""Carries a plan out: stored texts and notes first, the ledger last.

Interrupted anywhere, the next run finds each note either old or new: a new one without its ledger line is known by its
id and its stored text. Writes only through `vault.files`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from vaultkit.importing.ledger import Ledger, base_path, digest, ledger_path, pack, write_ledger
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
    ledgers: Mapping[str, Ledger],
) -> tuple[list[PlannedNote], dict[str, str]]:
    """Write what `notes`, `copies` and `ledgers` (by source, as they were) ask for.

    Returns the notes with their final outcome (one that the disk refused or that changed meanwhile is FAILED, with the
    reason), and the attachments that were refused, with the reasons. Raises DiskError when nothing can be written.
    """
    copies = list(copies)
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
    for source, ledger in ledgers.items():
        after = dict(ledger.records)
        for note in done:
            if note.id.partition("/")[0] == source and note.outcome is not Outcome.FAILED:
                after[note.id] = note.record
        if after != ledger.records or ledger.damaged:
            if ledger.damaged:
                files.write(f"{ledger_path(source)}.damaged", b"\n".join(ledger.damaged) + b"\n")
            files.write(ledger_path(source), write_ledger(after.values()))
    return done, {file.path: refused[file.path] for file in copies if file.path in refused}


def _settle(note: PlannedNote, refused: Mapping[str, str]) -> PlannedNote:
    why = refused.get(note.path, "") if note.data is not None else ""
    if why:
        return replace(note, outcome=Outcome.FAILED, why=why)
    if any(path in refused for path in note.record.assets):  # tried again next time
        kept = tuple(path for path in note.record.assets if path not in refused)
        return replace(note, record=replace(note.record, assets=kept))
    return note
