"""One import from exports to notes: read, place, link, compose, decide, write. The corridor in one function.

The only module here that knows the vault on disk. What goes wrong with one record is in the report; only what makes the
whole run senseless is raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from vaultkit.errors import ExportError, UsageError
from vaultkit.importing import attachments
from vaultkit.importing.apply import apply_plan
from vaultkit.importing.carry import carry_over
from vaultkit.importing.compose import compose
from vaultkit.importing.entry import Entry, Kind, Notice, NoticeKind
from vaultkit.importing.escape import escape_syntax
from vaultkit.importing.export import Export, open_export
from vaultkit.importing.identity import assign_ids
from vaultkit.importing.ledger import Record, base_path, ledger_names, ledger_path, read_ledger, unpack
from vaultkit.importing.place import Places, choose_paths
from vaultkit.importing.plan import Known, Outcome, PlannedNote, identified, plan_note
from vaultkit.importing.reference import Linker, Names, Target, Unresolved, mentionable
from vaultkit.importing.source import ReadOptions, Source
from vaultkit.importing.sources import source_for
from vaultkit.vault.files import STATE
from vaultkit.vault.frontmatter import aliases, find_front_matter
from vaultkit.vault.index import Index
from vaultkit.vault.journal import Journal
from vaultkit.vault.names import Kind as FileKind
from vaultkit.vault.names import is_hidden, kind_of, path_key, safe_name
from vaultkit.vault.tree import Vault


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user and vaultkit.yaml say about a run."""

    folders: Mapping[Kind, str]
    kind_tags: Mapping[Kind, tuple[str, ...]]
    format: str = ""
    """Format of all exports; empty: found out for each."""
    source: str = ""
    """First part of the ids; empty: the format's own (`diary`)."""
    into: str = ""
    tags: tuple[str, ...] = ()
    options: ReadOptions = field(default_factory=ReadOptions)
    dry_run: bool = False


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


@dataclass(slots=True)
class _Batch:
    """Entries of the run by id, with what they came from."""

    read: dict[str, list[Entry]] = field(default_factory=dict)
    """By the first part of their ids, before the ids are made."""
    entries: dict[str, Entry] = field(default_factory=dict)
    exports: dict[str, Export] = field(default_factory=dict)
    """The export of each id, to find its attachments in."""
    opened: list[Export] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def run_import(vault: Vault, exports: Sequence[str], choices: Choices) -> ImportReport:
    """Import `exports` (paths) into `vault`. With `dry_run` nothing is written.

    Raises ExportError when an export is missing or no format fits, UsageError for wrong choices, DiskError when nothing
    can be written.
    """
    if choices.dry_run:
        return _run(vault, exports, choices, None)
    with Journal(vault.root) as journal:  # others wait: what is read now must still hold when it is written
        return _run(vault, exports, choices, journal)


def _run(vault: Vault, exports: Sequence[str], choices: Choices, journal: Journal | None) -> ImportReport:
    batch = _read(exports, choices)
    ledgers = {name: read_ledger(vault.read, name) for name in sorted({*batch.read, *_ledgers(vault)})}
    records = {id_: record for ledger in ledgers.values() for id_, record in ledger.records.items()}
    _identify(batch, records, vault)
    known, names = _known(vault, records)
    places = Places(vault.settings, choices.folders, choices.into)
    paths = _paths(batch, places, vault, records, known)
    copies = attachments.plan(batch.entries, batch.exports, paths, vault, records)
    everywhere = {id_: found[0] for id_, found in known.paths.items()} | paths
    texts, unresolved = _texts(batch, everywhere, places, vault, names, choices, copies.names)
    for id_, entry in batch.entries.items():
        if entry.missing and id_ in records:
            texts[id_] = carry_over(texts[id_], _base(records[id_], vault), entry.missing)
    notes = [
        replace(note, record=replace(note.record, assets=copies.assets.get(note.id, note.record.assets)))
        for id_, entry in batch.entries.items()
        for note in [plan_note(id_, paths[id_], texts[id_], entry, records.get(id_), known)]
    ]
    lost: list[Notice] = []
    if journal is not None:
        notes, refused = apply_plan(journal, f"import {' '.join(exports)}", notes, copies.files, ledgers)
        lost = [
            Notice(
                NoticeKind.FAILED, path, f"{'a record' if is_hidden(path) else 'the attachment'} was not written: {why}"
            )
            for path, why in refused.items()
        ]
    doubles = [
        Notice(
            NoticeKind.WARNING,
            ", ".join(known.paths[i]),
            f"these notes share the vaultkit-id {i}; only one is followed",
        )
        for i in batch.entries
        if len(known.paths.get(i, ())) > 1
    ]
    damaged = [
        Notice(
            NoticeKind.WARNING, ledger_path(name), f"{n} damaged lines: deleted notes of theirs may come back{_ASIDE}"
        )
        for name, ledger in ledgers.items()
        if (n := len(ledger.damaged))
    ]
    notices = (*batch.notices, *copies.notices, *lost, *doubles, *damaged)
    return ImportReport(tuple(notes), notices, tuple(unresolved), choices.dry_run)


_ASIDE = "; the lines are kept beside it, in a file that ends in .damaged"


def _read(names: Sequence[str], choices: Choices) -> _Batch:
    """All entries of all exports, each format once."""
    by_source: dict[str, tuple[Source, list[Export]]] = {}
    for name in names:
        export = open_export(name)
        source = source_for(export, choices.format)
        by_source.setdefault(source.FORMAT, (source, []))[1].append(export)
    batch = _Batch()
    for source, found in by_source.values():
        prefix = safe_name(choices.source) if choices.source else source.NAME
        for item in _trapped(source, tuple(found), choices.options):
            if isinstance(item, Notice):
                batch.notices.append(item)
            else:
                batch.read.setdefault(prefix, []).append(_encodable(item))
        batch.opened += found
    return batch


def _identify(batch: _Batch, records: Mapping[str, Record], vault: Vault) -> None:
    """Give every entry its id, and every id its export."""
    for prefix, entries in batch.read.items():
        batch.entries |= assign_ids(prefix, entries, records, lambda record: _base_body(record, vault))
    opened = {export.name: export for export in batch.opened}
    batch.exports = {id_: opened[e.export] for id_, e in batch.entries.items() if e.export in opened}


def _base(record: Record, vault: Vault) -> bytes:
    """The text that was imported last; empty when it is lost."""
    stored = vault.read(base_path(record.bases[0])) if record.bases else None
    return unpack(stored) if stored else b""


def _base_body(record: Record, vault: Vault) -> str:
    data = _base(record, vault)
    block = find_front_matter(data)
    return data[block.span.end if block else 0 :].decode("utf-8", "replace")


def _trapped(source: Source, exports: tuple[Export, ...], options: ReadOptions) -> Iterable[Entry | Notice]:
    """The items of a source; a fault of the source itself ends it with a notice, and what was read stays."""
    try:
        yield from source.read(exports, options)
    except ExportError:
        raise
    except Exception as e:
        place = ", ".join(export.name for export in exports)
        fault = f"fault in the reader {source.FORMAT} ({type(e).__name__}: {e})"
        message = f"{fault}; what was read before is imported, please report the fault"
        yield Notice(NoticeKind.FAILED, place, message)


def _encodable(entry: Entry) -> Entry:
    """`entry` without lone surrogates (JSON may hold half an emoji, `\\ud83d`), which no file can hold."""

    def plain(value: Any) -> Any:
        if isinstance(value, str) and not isinstance(value, Kind):
            return value.encode("utf-8", "replace").decode()
        return tuple(plain(item) for item in value) if isinstance(value, tuple) else value

    return replace(entry, **{f.name: plain(getattr(entry, f.name)) for f in fields(entry) if f.name != "attachments"})


def _ledgers(vault: Vault) -> list[str]:
    folder = vault.root / STATE / "sources"
    return ledger_names(path.name for path in folder.iterdir()) if folder.is_dir() else []


_COMMENT = re.compile(rb"\^(comment-[0-9A-Za-z]+)[ \t\r]*$", re.M)
_SHORT_NAME = re.compile(r"[^/\s]+/(?=[^/\s]+/[^/\s]+#\d+\Z)")
"""The host in `git.example.org/owner/repo#12`; texts leave it out."""


def _known(vault: Vault, records: Mapping[str, Record]) -> tuple[Known, Names]:
    """Notes of the vault by id, and the names by which texts may call them."""
    paths: dict[str, tuple[str, ...]] = {}
    names = Names()
    for path in vault.files:
        if kind_of(path) is not FileKind.NOTE or (data := vault.read(path)) is None:
            continue
        id_, block = identified(data)  # the body is not read: there may be ten thousand
        if not id_:
            continue
        paths[id_] = (*paths.get(id_, ()), path)
        target = Target(id_)
        record = records.get(id_)
        if record is not None:
            names.add(target, record.names)
        held = aliases(block)
        names.add(target, held, citation=record is not None and record.kind == Kind.PAPER)
        names.add(target, [_SHORT_NAME.sub("", alias) for alias in held if _SHORT_NAME.match(alias)])
        url = next((p.value for p in block.properties if p.key == "url"), None) if block else None
        if isinstance(url, str):
            names.add(target, [url])
            for comment in _COMMENT.finditer(data):
                names.add(Target(id_, f"#^{comment[1].decode()}"), [f"{url}#issue{comment[1].decode()}"])
    return Known(paths, vault.read, lambda digest: vault.read(base_path(digest)) is not None), names


def _paths(batch: _Batch, places: Places, vault: Vault, records: Mapping[str, Record], known: Known) -> dict[str, str]:
    """Where each entry's note is, was, or will be."""
    out = {}
    fresh = {}
    for id_, entry in batch.entries.items():
        record = records.get(id_)
        if there := known.path_of(id_, record):
            out[id_] = there
        elif record:
            out[id_] = record.path
        else:
            fresh[id_] = entry
    taken = {path_key(path) for path in vault.files}
    chosen = choose_paths(fresh, places, taken, lambda id_: id_.partition("/")[0])
    for path in chosen.values():
        if kind_of(path) is FileKind.HIDDEN:
            what = "begins with a dot, so Obsidian would not see the note"
            raise UsageError(f"{path}: {what}; check --into and {vault.config_folder}/daily-notes.json")
    return out | chosen


def _texts(
    batch: _Batch,
    paths: Mapping[str, str],
    places: Places,
    vault: Vault,
    names: Names,
    choices: Choices,
    embeds: Mapping[str, Mapping[str, str]],
) -> tuple[dict[str, bytes], list[Unresolved]]:
    """The new text of every note, with its references as links."""
    for id_, entry in batch.entries.items():
        names.add(Target(id_), entry.names, citation=entry.kind is Kind.PAPER)
        for name, subpath in entry.anchors:
            names.add(Target(id_, subpath), [name])
    index = Index({*vault.files, *paths.values()})

    bodies = {
        id_: escape_syntax(attachments.rename(entry.body, embeds.get(id_, {})), set(embeds.get(id_, {}).values()))
        for id_, entry in batch.entries.items()
    }

    def linktext(other: str, source: str) -> str:
        return index.shortest_linktext(paths[other], source)

    linker = Linker(names, linktext, places.daily_linktext, mentionable(names, bodies.values()))
    texts, unresolved = {}, []
    for id_, entry in batch.entries.items():
        body, left = linker.link(entry, id_, paths[id_], bodies[id_])
        unresolved += left
        tags = (*choices.kind_tags.get(entry.kind, ()), *choices.tags)
        texts[id_] = compose(entry, id_, body, tags).encode()
    return texts, unresolved
