"""Entries become texts: read, named, placed, and written one by one (`writer`): most of the time an import takes.

Reads the exports and the vault; decides nothing about what is written (`plan`) and writes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple

from vaultkit.errors import UsageError
from vaultkit.importing import attachments
from vaultkit.importing.batch import Batch, Opened, read_all
from vaultkit.importing.bodies import body_of, unpacked
from vaultkit.importing.calling import Names, Target, mentionable, newcomers
from vaultkit.importing.choices import Choices
from vaultkit.importing.entry import Entry, Kind, Notice, NoticeKind
from vaultkit.importing.identity import assign_ids, is_unique
from vaultkit.importing.ledger import Record
from vaultkit.importing.place import Places, choose_paths, named
from vaultkit.importing.plan import path_of
from vaultkit.importing.reference import Linker, Unresolved
from vaultkit.importing.shelf import Rows, Shelf
from vaultkit.importing.succession import Succession, distinct, succeed, with_successors
from vaultkit.importing.surroundings import Bearer, Called, known, last_text, names_of
from vaultkit.importing.waiting import Late, arrivals
from vaultkit.importing.wanted import Wanted
from vaultkit.importing.ways import Ways
from vaultkit.importing.writer import Writer, Written
from vaultkit.processes import of_each, processes
from vaultkit.vault.frontmatter import find_front_matter
from vaultkit.vault.names import Kind as FileKind
from vaultkit.vault.names import kind_of, path_key
from vaultkit.vault.tree import Vault


@dataclass(frozen=True, slots=True)
class Texts:
    """What the exports of a run say, and where the notes are that it may concern."""

    wanted: Sequence[Wanted]
    """What the note of each entry is to be."""
    notices: tuple[Notice, ...]
    """What was noticed in the exports."""
    unresolved: tuple[Unresolved, ...]
    known: Mapping[str, tuple[str, ...]]
    """Paths of the vault's notes that bear an id."""
    carried: tuple[str, ...] = ()
    """Ids of entries whose texts are made of those imported last: the export left something out or says nothing new."""
    was: Mapping[str, str] = field(default_factory=dict)
    """By what id the ledger and the note know an entry so far that has another one now (`succession`)."""
    left: frozenset[str] = frozenset()
    """Ids of notes of which the exports say less than is known: they stay as they are."""


class Basis(NamedTuple):
    """What texts were made with that the vault said, if they depend on nothing else but the exports and the choices."""

    names: Names
    """What texts may call notes, those of the run included."""
    called: Sequence[Called]
    """What of the names was known of the vault's notes."""
    nameless: frozenset[str]
    """Ids of entries that no text of the run can call (`name_entries`)."""
    paths: Mapping[str, str]
    """Where the note of each id is or will be, those of other imports included."""
    files: frozenset[str]
    """All paths to which links were made as short as can be."""
    is_settled: bool
    """Whether what was carried over would be so again from the texts as they are now."""


@dataclass(frozen=True, slots=True)
class Made:
    """The texts of a run, and what they were made with."""

    texts: Texts
    packed: Mapping[str, bytes]
    """The new ones as they are stored, by digest; none where there are very many."""
    copies: attachments.Copies
    late: tuple[Late, ...]
    """Texts of earlier imports, of which the sources say nothing new, with links to what arrived."""
    basis: Basis | None
    """None: an entry is known by its text or has attachments, or there are too many texts to look at them again."""


def make(
    vault: Vault, opened: Sequence[Opened], choices: Choices, records: Mapping[str, Record], found: Iterable[Bearer]
) -> Made:
    """The texts of all entries of `opened`. `records`: the ledgers' lines by id; `found`: the notes that may bear ids.

    Raises ExportError for an unusable export, UsageError when a note would be hidden.
    """
    batch = read_all(opened, choices.options)
    succession = _identify(batch, opened, records, vault)
    records = with_successors(records, succession.was)
    if choices.note_name:
        for id_, entry in batch.entries.items():
            batch.entries[id_] = replace(entry, name=named(entry, choices.note_name) or entry.name)
    bearing, called = known(found, records, succession.was)
    names = names_of(called)
    places = Places(vault.settings, choices.folders, choices.into)
    paths = _paths(batch, places, vault, records, bearing)
    copies = attachments.plan(batch.entries, batch.exports, paths, vault, records)
    everywhere = {id_: there[0] for id_, there in bearing.items()} | paths
    nameless = deleted(batch.entries, records, bearing, vault)
    name_entries(names, batch.entries, nameless, Names(Shelf()) if batch.is_large else None)
    files = frozenset({*vault.files, *everywhere.values(), *(file.path for file in copies.files)})
    mentioned = mentionable(names, map(body_of, batch.entries.values()))
    ways = Ways(places, everywhere, files)
    linker = Linker(names, ways.to_note, ways.to_day, mentioned, vault.settings.markdown_links)
    titles = newcomers(names, (id_ for id_ in batch.entries if id_ not in records))
    base = partial(last_text, read=vault.read)
    writer = Writer(choices, copies, ways, linker, titles, records, everywhere, base, packs=not batch.is_large)
    is_repeatable = not batch.is_large and all(is_unique(e) and not e.attachments for e in batch.entries.values())
    ids = list(batch.entries)
    results = _Results(batch.is_large)
    packed = {}
    jobs = 1 if batch.is_large else processes(ids)  # each would hold a copy of all that the others are done with
    for number, (id_, one) in enumerate(
        of_each(lambda id_: writer.write(id_, unpacked(batch.entries[id_])), ids, jobs)
    ):
        choices.progress("making notes", number, len(ids))
        results.add(one)
        if one.packed:
            packed[one.wanted.digest] = one.packed
        del batch.entries[id_]  # ten thousand of both would be too much to hold
    results.late += arrivals(records, paths, everywhere, bearing, linker, titles, base)
    texts = Texts(
        results.wanted,
        (*batch.notices, *([_of_code(results.disarmed)] if results.disarmed else ()), *results.cut),
        tuple(results.unresolved),
        bearing,
        tuple(results.carried),
        succession.was,
        succession.left,
    )
    basis = Basis(names, called, nameless, everywhere, files, results.is_settled) if is_repeatable else None
    return Made(texts, packed, copies, tuple(results.late), basis)


class _Results:
    """What was written so far, all of one kind together."""

    def __init__(self, is_large: bool) -> None:
        self.wanted: list[Wanted] | Rows[Wanted] = Rows() if is_large else []
        self.unresolved: list[Unresolved] = []
        self.late: list[Late] = []
        self.carried: list[str] = []
        self.disarmed: list[str] = []
        self.cut: list[Notice] = []
        self.is_settled = True

    def add(self, one: Written) -> None:
        self.wanted.append(one.wanted)
        self.unresolved += one.unresolved
        self.late += [one.late] if one.late else ()
        self.carried += [one.wanted.id] if one.is_carried else ()
        self.disarmed += [one.disarmed] if one.disarmed else ()
        self.cut += [one.cut] if one.cut else ()
        self.is_settled &= one.is_settled


def _of_code(places: Sequence[str]) -> Notice:
    """Where there was code that is dead now."""
    message = "what Obsidian, a plugin or a page would run is shown as text; --trust-code leaves it"
    return Notice(
        NoticeKind.WARNING,
        f"code in {len(places)} {'entry' if len(places) == 1 else 'entries'}",
        message,
        "\n".join(places),
    )


def deleted(
    ids: Iterable[str], records: Mapping[str, Record], bearing: Mapping[str, object], vault: Vault
) -> frozenset[str]:
    """Those of `ids` whose notes the user deleted: they are not made again. One that the source left out for a time
    is."""
    there = frozenset(vault.files)
    known = ((id_, records[id_]) for id_ in ids if id_ in records and id_ not in bearing)
    return frozenset(id_ for id_, record in known if record.state != "gone" and record.path not in there)


def name_entries(
    names: Names, entries: Mapping[str, Entry], nameless: Collection[str], run: Names | None = None
) -> None:
    """Add what texts call the entries, by id, to the `names` of the vault's notes; no link is to lead to one of
    `nameless`. `run`: where the names of the entries are put first (None: in memory)."""
    run = run or Names()
    for id_, entry in entries.items():
        if id_ in nameless:
            continue
        whole = unpacked(entry)
        run.add(Target(id_), whole.names, citation=entry.kind is Kind.PAPER)
        for name, subpath in whole.anchors:
            run.add(Target(id_, subpath), [name])
    names.join(run)


def _identify(batch: Batch, opened: Sequence[Opened], records: Mapping[str, Record], vault: Vault) -> Succession:
    """Give every entry its id, and every id its export; which of the ids are new for what is known already."""

    def base(record: Record) -> str:
        return _base_body(record, vault)

    for prefix in list(batch.read):
        entries, told = distinct(batch.read.pop(prefix))
        batch.notices += told
        batch.entries |= assign_ids(prefix, entries, records, base)
    found = succeed(batch.entries, records, base)
    batch.entries = found.entries
    batch.notices += found.notices
    exports = {export.name: export for one in opened for export in one.exports}
    batch.exports = {id_: exports[e.export] for id_, e in batch.entries.items() if e.export in exports}
    return found


def _base_body(record: Record, vault: Vault) -> str:
    data = last_text(record, vault.read)
    block = find_front_matter(data)
    return data[block.span.end if block else 0 :].decode("utf-8", "replace")


def _paths(
    batch: Batch,
    places: Places,
    vault: Vault,
    records: Mapping[str, Record],
    bearing: Mapping[str, tuple[str, ...]],
) -> dict[str, str]:
    """Where each entry's note is, was, or will be."""
    out = {}
    fresh = {}
    taken = {path_key(path) for path in vault.files}
    for id_, entry in batch.entries.items():
        there = place_of(id_, records.get(id_), bearing)
        comes_back = id_ not in bearing and id_ in records and records[id_].state == "gone"
        if there and not (comes_back and path_key(there) in taken):
            out[id_] = there
        else:
            fresh[id_] = entry
    chosen = choose_paths(fresh, places, taken, lambda id_: id_.partition("/")[0])
    for path in chosen.values():
        if kind_of(path) is FileKind.HIDDEN:
            what = "begins with a dot, so Obsidian would not see the note"
            raise UsageError(f"{path}: {what}; check --into and {vault.config_folder}/daily-notes.json")
    return out | chosen


def place_of(id_: str, record: Record | None, bearing: Mapping[str, tuple[str, ...]]) -> str:
    """Where the note of an id is, or was when it was imported last; empty: nowhere. `bearing`: as `Texts.known`."""
    return path_of(id_, record, bearing) or (record.path if record else "")
