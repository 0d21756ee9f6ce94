"""The entries of one run: every export opened, given to the source that claims it, and read.

What goes wrong with one record becomes a notice; only what makes a whole export unusable is raised. Knows no vault.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from vaultkit.errors import ExportError
from vaultkit.importing.choices import Choices
from vaultkit.importing.entry import Entry, Kind, Notice, NoticeKind
from vaultkit.importing.export import Export, open_export
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


def open_all(names: Sequence[str], choices: Choices) -> list[Opened]:
    """The exports at the paths `names`, by format. Raises ExportError and UsageError."""
    by_source: dict[str, tuple[Source, list[Export]]] = {}
    for name in names:
        export = open_export(name)
        source = source_for(export, choices.format)
        by_source.setdefault(source.FORMAT, (source, []))[1].append(export)
    return [
        Opened(source, safe_name(choices.source) if choices.source else source.NAME, tuple(exports))
        for source, exports in by_source.values()
    ]


def read_all(opened: Iterable[Opened], options: ReadOptions) -> Batch:
    """All entries of all exports, each format once; they have no ids yet. Raises ExportError."""
    batch = Batch()
    for one in opened:
        for item in _trapped(one.source, one.exports, options):
            if isinstance(item, Notice):
                batch.notices.append(item)
            else:
                batch.read.setdefault(one.prefix, []).append(_encodable(item))
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


_FIELDS = tuple(f.name for f in fields(Entry) if f.name != "attachments")


def _encodable(entry: Entry) -> Entry:
    """`entry` without lone surrogates (JSON may hold half an emoji, `\\ud83d`), which no file can hold."""
    changed = {name: new for name in _FIELDS if (new := _plain(old := getattr(entry, name))) is not old}
    return replace(entry, **changed) if changed else entry


def _plain(value: Any) -> Any:
    """`value` itself when it can be encoded."""
    if isinstance(value, str) and not isinstance(value, Kind):
        try:
            value.encode()
        except UnicodeEncodeError:
            return value.encode("utf-8", "replace").decode()
    elif isinstance(value, tuple):
        items = tuple(_plain(item) for item in value)
        return value if all(new is old for new, old in zip(items, value, strict=True)) else items
    return value
