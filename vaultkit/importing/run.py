"""One import from exports to notes: read, place, link, compose, decide, write. The corridor in one function.

The only module here that knows the vault on disk. What goes wrong with one record is in the report; only what makes the
whole run senseless is raised.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import PurePosixPath
from typing import Any

from vaultkit.errors import ExportError
from vaultkit.importing import attachments
from vaultkit.importing.apply import apply_plan
from vaultkit.importing.compose import compose
from vaultkit.importing.entry import Entry, Kind, Notice, NoticeKind
from vaultkit.importing.escape import escape_syntax
from vaultkit.importing.export import Export, open_export
from vaultkit.importing.ledger import Record, base_path, ledger_names, read_ledger, unpack
from vaultkit.importing.place import Places, choose_paths
from vaultkit.importing.plan import Known, Outcome, PlannedNote, note_id, plan_note, shares_text
from vaultkit.importing.reference import Names, Target, Unresolved, link_references, mentionable
from vaultkit.importing.source import ReadOptions, Source
from vaultkit.importing.sources import source_for
from vaultkit.vault.files import STATE, Files
from vaultkit.vault.frontmatter import aliases
from vaultkit.vault.index import Index
from vaultkit.vault.names import Kind as FileKind
from vaultkit.vault.names import kind_of, path_key, safe_name
from vaultkit.vault.parse import parse
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

    entries: dict[str, Entry] = field(default_factory=dict)
    exports: dict[str, Export] = field(default_factory=dict)
    """The export of each id, to find its attachments in."""
    notices: list[Notice] = field(default_factory=list)


def run_import(vault: Vault, exports: Sequence[str], choices: Choices) -> ImportReport:
    """Import `exports` (paths) into `vault`. With `dry_run` nothing is written.

    Raises ExportError when an export is missing or no format fits, UsageError for wrong choices, DiskError when nothing
    can be written.
    """
    files = Files(vault.root)
    if not choices.dry_run:
        files.clean()
    batch = _read(exports, choices)
    sources = {id_.partition("/")[0] for id_ in batch.entries}
    ledgers = {name: read_ledger(vault.read, name) for name in sorted(sources | set(_ledgers(vault)))}
    records = {id_: record for ledger in ledgers.values() for id_, record in ledger.items()}
    known, names = _known(vault, records)
    places = Places(vault.settings, choices.folders, choices.into)
    batch.entries = {_identity(id_, entry, records, vault): entry for id_, entry in batch.entries.items()}
    paths = _paths(batch, places, vault, records, known)
    copies = attachments.plan(batch.entries, batch.exports, paths, vault, records)
    everywhere = {id_: found[0] for id_, found in known.paths.items()} | paths
    texts, unresolved = _texts(batch, everywhere, places, vault, names, choices, copies.names)
    notes = [
        replace(note, record=replace(note.record, assets=copies.assets.get(note.id, note.record.assets)))
        for id_, entry in batch.entries.items()
        for note in [plan_note(id_, paths[id_], texts[id_], entry, records.get(id_), known)]
    ]
    if not choices.dry_run:
        notes = apply_plan(files, notes, copies.files, ledgers)
    doubles = [
        Notice(
            NoticeKind.WARNING,
            ", ".join(known.paths[i]),
            f"these notes share the vaultkit-id {i}; only one is followed",
        )
        for i in batch.entries
        if len(known.paths.get(i, ())) > 1
    ]
    return ImportReport(tuple(notes), (*batch.notices, *copies.notices, *doubles), tuple(unresolved), choices.dry_run)


def _read(names: Sequence[str], choices: Choices) -> _Batch:
    """All entries of all exports, each format once; ids are made here."""
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
                _add(batch, prefix, item, found)
    return batch


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


def _add(batch: _Batch, prefix: str, entry: Entry, exports: Sequence[Export]) -> None:
    """Take `entry` in. The same id from two files: once if the text is the same, else the second bears its file's."""
    entry = _encodable(entry)
    id_ = f"{prefix}/{entry.key}"
    other = batch.entries.get(id_)
    if other:
        if other.body == entry.body and other.title == entry.title:
            return
        id_ = f"{id_}@{safe_name(PurePosixPath(entry.origin).stem)}"
    batch.entries[id_] = entry
    batch.exports[id_] = next((e for e in exports if PurePosixPath(e.name).name == entry.origin), exports[0])


def _encodable(entry: Entry) -> Entry:
    """`entry` without lone surrogates (JSON may hold half an emoji, `\\ud83d`), which no file can hold."""

    def plain(value: Any) -> Any:
        if isinstance(value, str) and not isinstance(value, Kind):
            return value.encode("utf-8", "replace").decode()
        return tuple(plain(item) for item in value) if isinstance(value, tuple) else value

    return replace(entry, **{f.name: plain(getattr(entry, f.name)) for f in fields(entry) if f.name != "attachments"})


def _identity(id_: str, entry: Entry, records: Mapping[str, Record], vault: Vault) -> str:
    """The id of an entry whose key another text has taken already: two diaries, or two exports of one?

    The key of a diary entry is its day, that of a page its file name (`index`): neither is unique. When the recorded
    text shares too little with this one, this is another diary (then it also came from a file of another name) or
    another page, and the id bears the file's name or the page's title.
    """
    record = records.get(id_)
    if record is None or not record.bases or entry.kind not in (Kind.DIARY, Kind.INDEX, Kind.PAGE):
        return id_
    if entry.kind is not Kind.PAGE and record.origin == entry.origin:
        return id_
    stored = vault.read(base_path(record.bases[0]))
    base = unpack(stored) if stored else b""
    if not base or not entry.body or shares_text(base[parse("", base).body :], entry.body.encode()):
        return id_
    return f"{id_}@{safe_name(entry.title if entry.kind is Kind.PAGE else PurePosixPath(entry.origin).stem)}"


def _ledgers(vault: Vault) -> list[str]:
    folder = vault.root / STATE / "sources"
    return ledger_names(path.name for path in folder.iterdir()) if folder.is_dir() else []


def _known(vault: Vault, records: Mapping[str, Record]) -> tuple[Known, Names]:
    """Notes of the vault by id, and the names by which texts may call them."""
    paths: dict[str, tuple[str, ...]] = {}
    names = Names()
    for path in vault.files:
        if kind_of(path) is not FileKind.NOTE or (data := vault.read(path)) is None or not (id_ := note_id(data)):
            continue
        paths[id_] = (*paths.get(id_, ()), path)
        note = parse(path, data)
        target = Target(id_)
        record = records.get(id_)
        held = aliases(note.front_matter)
        names.add(target, held, citation=record is not None and record.kind == Kind.PAPER)
        url = note.properties.get("url")
        if isinstance(url, str):
            names.add(target, [url])
            for block in note.blocks:
                if block.id.startswith("comment-"):
                    names.add(Target(id_, f"#^{block.id}"), [f"{url}#issue{block.id}"])
    return Known(paths, vault.read, lambda digest: vault.read(base_path(digest)) is not None), names


def _paths(batch: _Batch, places: Places, vault: Vault, records: Mapping[str, Record], known: Known) -> dict[str, str]:
    """Where each entry's note is, was, or will be."""
    out = {}
    fresh = {}
    for id_, entry in batch.entries.items():
        there = known.paths.get(id_)
        record = records.get(id_)
        if there:
            out[id_] = record.path if record and record.path in there else there[0]
        elif record:
            out[id_] = record.path
        else:
            fresh[id_] = entry
    taken = {path_key(path) for path in vault.files}
    return out | choose_paths(fresh, places, taken, lambda id_: id_.partition("/")[0])


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
    mentioned = mentionable(names, bodies.values())
    texts, unresolved = {}, []
    for id_, entry in batch.entries.items():
        body, left = link_references(
            entry,
            id_,
            bodies[id_],
            names,
            lambda other, source=paths[id_]: index.shortest_linktext(paths[other], source),  # type: ignore[misc]
            places.daily_linktext if entry.kind is Kind.DIARY else lambda _: None,
            mentioned,
        )
        unresolved += left
        tags = (*choices.kind_tags.get(entry.kind, ()), *choices.tags)
        texts[id_] = compose(entry, id_, body, tags).encode()
    return texts, unresolved
