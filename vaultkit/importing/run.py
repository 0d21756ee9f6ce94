"""One import from exports to notes: read, place, link, compose, decide, write. The corridor in one function.

The only module here that knows the vault on disk. What goes wrong with one record is in the report; only what makes the
whole run senseless is raised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from vaultkit.importing import attachments
from vaultkit.importing.apply import apply_plan
from vaultkit.importing.batch import open_all
from vaultkit.importing.choices import Choices
from vaultkit.importing.entry import Notice, NoticeKind
from vaultkit.importing.ledger import Asset, Record, base_path, ledger_path
from vaultkit.importing.making import Texts, make
from vaultkit.importing.plan import Known, Outcome, PlannedNote, plan_note
from vaultkit.importing.reference import Unresolved
from vaultkit.importing.remembered import key, recall, remember, suffices
from vaultkit.importing.surroundings import bearers, read_ledgers
from vaultkit.vault.journal import Journal
from vaultkit.vault.tree import Vault


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a run did, or would do."""

    notes: tuple[PlannedNote, ...] = ()
    notices: tuple[Notice, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    dry_run: bool = False

    def count(self, outcome: Outcome) -> int:
        """How many notes had this outcome."""
        return sum(note.outcome is outcome for note in self.notes)

    @property
    def failed(self) -> bool:
        """Whether a record or a note failed."""
        return any(n.kind is NoticeKind.FAILED for n in self.notices) or self.count(Outcome.FAILED) > 0


def run_import(
    vault: Vault, exports: Sequence[str], choices: Choices, journal: Journal | None = None, command: str = ""
) -> ImportReport:
    """Import `exports` (paths) into `vault`. With `dry_run` nothing is written.

    `journal`: the right to write, when the caller has it already; `command`: what the run is part of.
    Raises ExportError when an export is missing or no format fits, UsageError for wrong choices, DiskError when nothing
    can be written.
    """
    command = command or f"import {' '.join(exports)}"
    if choices.dry_run:
        return _run(vault, exports, choices, None, command)
    if journal is not None:
        return _run(vault, exports, choices, journal, command)
    with Journal(vault.root) as own:  # others wait: what is read now must still hold when it is written
        return _run(vault, exports, choices, own, command)


def _run(vault: Vault, exports: Sequence[str], choices: Choices, journal: Journal | None, command: str) -> ImportReport:
    opened = open_all(exports, choices)
    ledgers = read_ledgers(vault, (one.prefix for one in opened))
    records = {id_: record for ledger in ledgers.values() for id_, record in ledger.records.items()}
    found = bearers(vault)
    copies = attachments.Copies()
    made = None
    texts = recall(vault, opened, key(vault, opened, ledgers, choices, found))
    notes = _planned(texts, records, vault, {}) if texts else []
    if texts is None or not suffices(texts, notes, vault):
        made = make(vault, opened, choices, records, found)
        texts, copies = made.texts, made.copies
        notes = _planned(texts, records, vault, copies.assets)
    lost: list[Notice] = []
    if journal is not None:
        notes, refused = apply_plan(journal, command, notes, copies.files, ledgers, choices.progress)
        lost = [
            Notice(NoticeKind.FAILED, path, f"the attachment was not written: {why}") for path, why in refused.items()
        ]
        if made and any(note.data is not None for note in notes):
            remember(vault.unread(), opened, choices, made)
    doubles = [
        Notice(
            NoticeKind.WARNING,
            ", ".join(texts.known[one.id]),
            f"these notes share the vaultkit-id {one.id}; only one is followed",
        )
        for one in texts.wanted
        if len(texts.known.get(one.id, ())) > 1
    ]
    damaged = [
        Notice(
            NoticeKind.WARNING, ledger_path(name), f"{n} damaged lines: deleted notes of theirs may come back{_ASIDE}"
        )
        for name, ledger in ledgers.items()
        if (n := len(ledger.damaged))
    ]
    notices = (*texts.notices, *copies.notices, *lost, *doubles, *damaged)
    return ImportReport(tuple(notes), notices, texts.unresolved, choices.dry_run)


_ASIDE = "; the lines are kept beside it, in a file that ends in .damaged"


def _planned(
    texts: Texts, records: Mapping[str, Record], vault: Vault, assets: Mapping[str, tuple[Asset, ...]]
) -> list[PlannedNote]:
    """What is to become of each note. `assets`: the attachments of the ids that have some."""
    known = Known(texts.known, vault.read, lambda digest: vault.read(base_path(digest)) is not None)
    notes = (plan_note(one, records.get(one.id), known) for one in texts.wanted)
    return [replace(n, record=replace(n.record, assets=assets[n.id])) if n.id in assets else n for n in notes]
