"""One import from exports to notes: read, place, link, compose, decide, write. The corridor in one function.

The only module here that knows the vault on disk. What goes wrong with one record is in the report; only what makes the
whole run senseless is raised.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from vaultkit.importing import attachments
from vaultkit.importing.apply import apply_plan
from vaultkit.importing.batch import Opened, open_all
from vaultkit.importing.choices import Choices
from vaultkit.importing.entry import Notice, NoticeKind
from vaultkit.importing.gone import left_out
from vaultkit.importing.ledger import Asset, Ledger, Record, ledger_path
from vaultkit.importing.making import Texts, make
from vaultkit.importing.plan import Known, Outcome, PlannedNote, path_of, plan_gone, plan_note, without_texts
from vaultkit.importing.reference import Unresolved
from vaultkit.importing.remembered import key, recall, remember, suffices
from vaultkit.importing.shelf import Rows, kept_alike
from vaultkit.importing.succession import with_successors
from vaultkit.importing.surroundings import bearers, read_base, read_ledgers, read_open_conflicts
from vaultkit.importing.trash import Trash
from vaultkit.importing.waiting import Late, plan_late
from vaultkit.importing.wanted import Wanted
from vaultkit.vault.journal import Journal, unfinished
from vaultkit.vault.names import is_hidden
from vaultkit.vault.tree import Vault


class Twin(NamedTuple):
    """A note that bears the id of another one: Obsidian's "Make a copy" makes such. It is left alone."""

    id: str
    path: str
    followed: str
    """The one that goes on being imported to."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a run did, or would do."""

    notes: Sequence[PlannedNote] = ()
    notices: tuple[Notice, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    dry_run: bool = False
    linked: int = 0
    """How many notes of earlier imports got nothing but links to what this one brought."""
    twins: tuple[Twin, ...] = ()
    changes: bool = False
    """Whether anything is to be written, or was, but the ledger and the store of imported texts."""
    prefixes: frozenset[str] = frozenset()
    """The first parts of the ids that the exports' entries have."""

    def count(self, outcome: Outcome) -> int:
        """How many notes had this outcome."""
        return sum(note.outcome is outcome for note in self.notes)

    @property
    def failed(self) -> bool:
        """Whether a record or a note failed, or something asked for was not done."""
        bad = (NoticeKind.FAILED, NoticeKind.REFUSED)
        return any(n.kind in bad for n in self.notices) or self.count(Outcome.FAILED) > 0


def run_import(
    vault: Vault, exports: Sequence[str], choices: Choices, journal: Journal | None = None, command: str = ""
) -> ImportReport:
    """Import `exports` (paths, patterns, `-`) into `vault`. With `dry_run` nothing is written.

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
    records = _by_id(ledgers)
    found = bearers(vault)
    made = None
    texts = recall(vault, opened, key(vault, opened, ledgers, choices, found))
    if texts:
        planner = _Planner(vault, opened, choices, texts, {})
        notes = planner.plan(records)
    if texts is None or not suffices(texts, notes, vault):
        made = make(vault, opened, choices, records, found)
        texts = made.texts
        planner = _Planner(vault, opened, choices, texts, made.copies.assets, made.late)
        notes = planner.plan(records)
    copies = made.copies if made else attachments.Copies()
    lost: list[Notice] = []
    if journal is not None:
        packed = made.packed if made else {}
        notes, refused = apply_plan(journal, command, notes, copies.files, ledgers, packed, choices.progress)
        notes, more = _again(journal, command, notes, planner)
        lost = [
            Notice(NoticeKind.FAILED, path, f"{_what(path)} was not written: {why.removeprefix(f'{path}: ')}")
            for path, why in {**refused, **more}.items()
        ]
        if made and any(note.is_written for note in notes):
            remember(vault.unread(), opened, choices, made)
    damaged = [
        Notice(
            NoticeKind.WARNING,
            ledger_path(name),
            f"{n} damaged line{'s' if n > 1 else ''}: deleted notes of theirs may come back{_ASIDE}",
        )
        for name, ledger in ledgers.items()
        if (n := len(ledger.damaged))
    ]
    twins = tuple(_twins(texts, records))
    doubles = [
        Notice(NoticeKind.WARNING, one.path, f"has the vaultkit-id of {one.followed}; only that one is followed")
        for one in twins
    ]
    notices = (*texts.notices, *copies.notices, *lost, *doubles, *damaged, *planner.notices)
    changes = any(note.writes for note in notes) or bool(copies.files)
    said = (note for note in notes if note.outcome is not Outcome.UNCHANGED or note.id in planner.ids)
    told: Sequence[PlannedNote]
    if not isinstance(notes, Rows):
        told = tuple(said)
    else:  # nobody asks for the texts once they are written
        told = kept_alike(said, notes) if choices.dry_run else tuple(map(without_texts, said))
    prefixes = frozenset(one.prefix for one in opened)
    linked = sum(note.outcome is Outcome.UPDATED for note in told if note.id in planner.late)
    return ImportReport(told, notices, texts.unresolved, choices.dry_run, linked, twins, changes, prefixes)


_ASIDE = "; what was there is kept beside it, in a file that ends in .damaged"
_TRIES = 3


class _Planner:
    """What is to become of each note, as often as that is asked for: an editor may write at any moment."""

    def __init__(
        self,
        vault: Vault,
        opened: Sequence[Opened],
        choices: Choices,
        texts: Texts,
        assets: Mapping[str, tuple[Asset, ...]],
        late: Iterable[Late] = (),
    ) -> None:
        """`assets`: the attachments of the ids that have some; `late`: what gets no more than links."""
        self.late = {one.wanted.id: one for one in late}
        self.notices: Sequence[Notice] = ()
        """Why notes that the source has no more stay where they are."""
        self._vault = vault
        self._opened = opened
        self._choices = choices
        self._texts = texts
        self._assets = assets

    @cached_property
    def ids(self) -> frozenset[str]:
        """Those of the run; a first import never asks for them."""
        return frozenset(one.id for one in self._texts.wanted)

    def plan(self, records: Mapping[str, Record], only: Collection[str] | None = None) -> Sequence[PlannedNote]:
        """The notes of all entries, and of those that a complete export has no more; or of the ids in `only`."""
        return kept_alike(self._planned(records, only), self._texts.wanted)

    def _planned(self, records: Mapping[str, Record], only: Collection[str] | None) -> Iterator[PlannedNote]:
        texts, vault = self._texts, self._vault
        records = with_successors(records, texts.was)
        left_open = read_open_conflicts(vault)
        left_open |= {new: left_open[old]._replace(id=new) for new, old in texts.was.items() if old in left_open}
        known = Known(
            texts.known, vault.read, lambda name: read_base(vault.read, name), left_open, vault.is_hidden_away
        )
        for one in texts.wanted:
            if only is None or one.id in only:
                yield self._with_assets(self._note(one, records, known))
        gone, self.notices = left_out(self._opened, texts, records, self._choices)
        free = Trash(vault.root)
        for record in gone:
            if (only is None or record.id in only) and (note := plan_gone(record, known, free.place)):
                yield self._with_assets(note)
        rest = self.late.keys() - self.ids - {record.id for record in gone} if self.late else ()
        for id_ in sorted(rest):
            if (only is None or id_ in only) and (note := plan_late(self.late[id_], records[id_], known)):
                yield self._with_assets(note)

    def _with_assets(self, note: PlannedNote) -> PlannedNote:
        assets = self._assets.get(note.id)
        return replace(note, record=replace(note.record, assets=assets)) if assets is not None else note

    def _note(self, new: Wanted, records: Mapping[str, Record], known: Known) -> PlannedNote:
        record = records.get(new.id)
        if record and new.id in self.late and (note := plan_late(self.late[new.id], record, known)):
            if note.is_written:
                return note
            record = note.record
        note = plan_note(new, record, known)
        settled, formerly = new.settled(note.record), self._texts.was.get(new.id, "")
        if settled is note.record and not formerly:
            return note
        return replace(note, record=settled, formerly=formerly)


def _again(
    journal: Journal, command: str, notes: Sequence[PlannedNote], planner: _Planner
) -> tuple[Sequence[PlannedNote], dict[str, str]]:
    """`notes` after another try with those that were changed while the import was at work: planned anew, from what
    stands there now; and what else was refused then. What the disk refuses for another reason stays refused."""
    refused: dict[str, str] = {}
    for _ in range(_TRIES):
        failed = {note.id: note for note in notes if note.outcome is Outcome.FAILED}
        if not failed or unfinished(journal.files.root):  # what the disk refused is done by the next command
            break
        ledgers = read_ledgers(Vault(journal.files.root), {id_.partition("/")[0] for id_ in failed})
        anew = [one for one in planner.plan(_by_id(ledgers), failed) if one.before != failed[one.id].before]
        if not anew:
            break
        done, more = apply_plan(journal, command, anew, (), ledgers)
        refused |= more
        by_id = {note.id: note for note in done}
        notes = kept_alike((by_id.get(note.id, note) for note in notes), notes)
    return notes, refused


def _what(path: str) -> str:
    return "a record" if is_hidden(path) else "the attachment"


def _by_id(ledgers: Mapping[str, Ledger]) -> dict[str, Record]:
    return {id_: record for ledger in ledgers.values() for id_, record in ledger.records.items()}


def _twins(texts: Texts, records: Mapping[str, Record]) -> Iterator[Twin]:
    for one in texts.wanted:
        there = texts.known.get(one.id, ())
        if len(there) > 1:
            followed = path_of(one.id, records.get(one.id), texts.known) or there[0]
            yield from (Twin(one.id, path, followed) for path in there if path != followed)
