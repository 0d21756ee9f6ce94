"""The entries of one run: every export opened, given to the source that claims it, and read.

What goes wrong with one record becomes a notice; only what makes a whole export unusable is raised. Knows no vault.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from vaultkit.errors import ExportError
from vaultkit.importing.bodies import PLAIN, packed, weight
from vaultkit.importing.choices import Choices
from vaultkit.importing.entry import Entry, Notice, NoticeKind
from vaultkit.importing.entry_texts import encodable
from vaultkit.importing.export import Export, expand, open_export
from vaultkit.importing.shelf import Rows
from vaultkit.importing.source import ReadOptions, Source
from vaultkit.importing.sources import source_for
from vaultkit.vault.names import safe_name


@dataclass(frozen=True, slots=True)
class Opened:
    """The exports of one format. `prefix`: the first part of the ids of their entries."""

    source: Source
    prefix: str
    exports: tuple[Export, ...]


@dataclass(slots=True)
class Batch:
    """Entries of the run by id, with what they came from."""

    read: dict[str, list[Entry]] = field(default_factory=dict)
    """By the first part of their ids, before the ids are made."""
    entries: dict[str, Entry] = field(default_factory=dict)
    exports: dict[str, Export] = field(default_factory=dict)
    """The export of each id, to find its attachments in."""
    notices: list[Notice] = field(default_factory=list)
    is_large: bool = False
    """Whether there are so many texts that they wait on disk."""


def open_all(names: Sequence[str], choices: Choices) -> list[Opened]:
    """The exports that `names` name, paths and patterns, by format. Raises ExportError and UsageError."""
    by_source: dict[str, tuple[Source, list[Export]]] = {}
    for name in expand(names):
        export = open_export(name)
        source = source_for(export, choices.format)
        by_source.setdefault(source.FORMAT, (source, []))[1].append(export)
    return [
        Opened(source, safe_name(choices.source) if choices.source else source.NAME, tuple(exports))
        for source, exports in by_source.values()
    ]


def read_all(opened: Iterable[Opened], options: ReadOptions) -> Batch:
    """All entries of all exports, each format once; they have no ids yet. Raises ExportError."""
    batch, held, rows = Batch(), 0, None
    for one in opened:
        for item in _trapped(one.source, one.exports, options):
            if isinstance(item, Notice):
                batch.notices.append(item)
            else:
                entry = encodable(item)
                held += weight(entry)
                if held > PLAIN and rows is None:
                    rows = Rows[tuple[Any, ...]]()
                    for read in batch.read.values():
                        read[:] = [packed(earlier, rows) for earlier in read]
                batch.read.setdefault(one.prefix, []).append(packed(entry, rows) if rows is not None else entry)
        batch.notices += [_not_followed(export) for export in one.exports if export.skipped]
    batch.is_large = rows is not None
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


def _not_followed(export: Export) -> Notice:
    """What of an export was not even looked at."""
    why = "links, that lead out of the folder or to no file" if export.members is None else "members of the archive"
    message = f"{len(export.skipped)} were not read: {why}"
    return Notice(NoticeKind.WARNING, export.name, message, "\n".join(export.skipped))
