"""The JSON and CSV that trackers' web interfaces give, before anything is known of the tracker: records in pages.

Knows that a page is an object with lists of records and fields beside them. What a record means is its tracker's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import islice
from typing import Literal, NamedTuple

from vaultkit.errors import ExportError
from vaultkit.importing.csv_rows import csv_header
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.json_stream import BrokenLine, Field, Record, listed

LOOKED_AT = 20
"""So many records are looked at to tell what a file is."""


class Beside(NamedTuple):
    """What stood beside the lists of one object: a page's own fields, or an issue that is in no list."""

    fields: dict[str, object]


def paged(file: ExportFile, lists: Collection[str]) -> Iterator[Record | BrokenLine | Beside]:
    """The records of the `lists` in a file's pages, as a stream, each page's own fields behind them; the last Beside
    may be empty. Raises ExportError for what is no JSON."""
    alone: dict[str, object] = {}
    for raw in listed(file.pieces(), str(file.path), lists):
        if not isinstance(raw, Field):
            yield raw
            continue
        if raw.name in alone:
            yield Beside(alone)
            alone = {}
        alone[raw.name] = raw.value
    yield Beside(alone)


def kind_of_file(
    file: ExportFile,
    lists: Collection[str],
    is_ours: Callable[[Iterator[Record | Field | BrokenLine]], bool],
    has_our_columns: Callable[[tuple[str, ...]], bool],
) -> Literal["json", "csv", ""]:
    """What a file of a tracker is, by its first records or its columns; "" for a file of something else."""
    try:
        if file.looks_like_json:
            found = islice(listed(file.beginning(), str(file.path), lists), LOOKED_AT)
            return "json" if is_ours(found) else ""
        if file.start[:1] in (b"<", b"{", b"["):
            return ""
        return "csv" if has_our_columns(csv_header(file.beginning())) else ""
    except ExportError:
        return ""
