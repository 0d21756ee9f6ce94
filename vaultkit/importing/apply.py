"""Carries a plan out: attachments, stored texts and notes first, the ledger last; all of it one transaction.

Writes only through `vault.journal`. Should it come to the worst (a ledger lost, a journal deleted), the next run finds
each note either old or new: a new one without its line is known by its id and its stored text.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from types import MappingProxyType

from vaultkit.errors import DiskError
from vaultkit.importing.choices import Progress, silent
from vaultkit.importing.ledger import Ledger, base_path, digest, ledger_path, pack, write_ledger
from vaultkit.importing.open_conflicts import conflict_path, write_open
from vaultkit.importing.plan import Outcome, PlannedNote
from vaultkit.importing.shelf import kept_alike
from vaultkit.vault.files import Change, Files
from vaultkit.vault.journal import Journal


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """An attachment to copy: new, or it is not planned. Its bytes are read when it is written, and not kept."""

    path: str
    load: Callable[[], bytes]


def apply_plan(
    journal: Journal,
    command: str,
    notes: Sequence[PlannedNote],
    copies: Iterable[PlannedFile],
    ledgers: Mapping[str, Ledger],
    packed: Mapping[str, bytes] = MappingProxyType({}),
    progress: Progress = silent,
) -> tuple[Sequence[PlannedNote], dict[str, str]]:
    """Write what `notes`, `copies` and `ledgers` (by source, as they were) ask for, as what `command` did. `packed`:
    texts by digest as they are stored; those of `notes` that it lacks are packed here.

    Returns the notes with their final outcome (one that the disk refused or that changed meanwhile is FAILED, with the
    reason), and what else was refused (attachments, records), with the reasons. Raises DiskError when nothing can be
    written.
    """
    copies = list(copies)

    def last(refused: Mapping[str, str]) -> Iterator[Change]:
        done = _settled(notes, refused)
        yield from _conflicts(done)
        yield from _records(done, ledgers)

    refused = journal.apply(command, _changes(journal, notes, copies, packed, progress), last=last).refused
    told = {path for note in notes for path in (note.path, note.trash)} if refused else ()
    return _settled(notes, refused), {path: why for path, why in refused.items() if path not in told}


def _settled(notes: Sequence[PlannedNote], refused: Mapping[str, str]) -> Sequence[PlannedNote]:
    """The notes with their final outcome."""
    return kept_alike((_settle(note, refused) for note in notes), notes) if refused else notes


def _changes(
    journal: Journal,
    notes: Sequence[PlannedNote],
    copies: Iterable[PlannedFile],
    packed: Mapping[str, bytes],
    progress: Progress,
) -> Iterator[Change]:
    for file in copies:
        yield Change(file.path, file.load(), None)
    stored = set()
    for number, note in enumerate(notes):
        progress("writing notes", number, len(notes))
        name = note.record.bases[0] if note.record.bases else ""
        if name in packed or (note.text and name == digest(note.text)):
            base = base_path(name)
            if base not in stored and not os.path.exists(f"{journal.files.root}/{base}"):  # noqa: PTH110
                stored.add(base)
                yield Change(base, packed.get(name) or pack(note.text), None, stays=True)
        if note.trash:
            yield from _thrown_away(journal.files, note)
        elif note.is_written:
            yield Change(note.path, note.data, note.before)


def _thrown_away(files: Files, note: PlannedNote) -> Iterator[Change]:
    """To the trash first; where that cannot take the note, the note stays."""
    copy = Change(note.trash, note.before, None)
    yield copy
    with suppress(DiskError):
        files.look(copy)
        yield Change(note.path, None, note.before)


def _records(notes: Sequence[PlannedNote], ledgers: Mapping[str, Ledger]) -> Iterator[Change]:
    """The ledgers that change, and what was damaged in them, which is kept."""
    changed: dict[str, dict[str, int]] = {}  # by source and id the place in `notes`: not all records fit into memory
    left = set()
    for at, note in enumerate(notes):
        if note.outcome is not Outcome.FAILED:
            source = note.id.partition("/")[0]
            known = ledgers[source].records.get(note.id) if source in ledgers else None
            if note.record is not known and note.record != known:
                changed.setdefault(source, {})[note.id] = at
            left.add(note.formerly)
    for source, ledger in ledgers.items():
        new = changed.get(source, {})
        if new or ledger.damaged or not left.isdisjoint(ledger.records):
            if ledger.damaged:
                yield Change(f"{ledger_path(source)}.damaged", b"\n".join(ledger.damaged) + b"\n")
            ids = sorted({*ledger.records, *new} - left)
            after = (notes[new[id_]].record if id_ in new else ledger.records[id_] for id_ in ids)
            yield Change(ledger_path(source), write_ledger(after), ledger.data)


def _conflicts(notes: Iterable[PlannedNote]) -> Iterator[Change]:
    """The records of what is left open, where they change."""
    for note in notes:
        if note.outcome is Outcome.FAILED:
            continue
        if note.formerly and note.was_open:
            yield Change(conflict_path(note.formerly), None)
        if note.open != note.was_open or (note.formerly and note.open):
            yield Change(conflict_path(note.id), write_open(note.open) if note.open else None)


def _settle(note: PlannedNote, refused: Mapping[str, str]) -> PlannedNote:
    why = refused.get(note.path, "") if note.is_written else ""
    if note.trash:
        why = refused.get(note.trash, "") or refused.get(note.path, "")
    if why:
        return replace(note, outcome=Outcome.FAILED, why=why)
    if any(asset.path in refused for asset in note.record.assets):  # tried again next time
        kept = tuple(asset for asset in note.record.assets if asset.path not in refused)
        return replace(note, record=replace(note.record, assets=kept))
    return note
