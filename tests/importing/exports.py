"""Exports made in a test, and what a source reads of them."""

from __future__ import annotations

import json
from pathlib import PurePosixPath

from vaultkit.importing.entry import Entry, Notice
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.moment import Zone
from vaultkit.importing.source import ReadOptions, Source

TOKYO = ReadOptions(zone=Zone("Asia/Tokyo", is_given=True))


def export(content: object, name: str) -> Export:
    """One file: bytes, text, or what is written as JSON."""
    text = content if isinstance(content, str | bytes) else json.dumps(content, ensure_ascii=False)
    data = text if isinstance(text, bytes) else text.encode()
    return Export(name, False, (ExportFile(PurePosixPath(name), lambda: data),))


def read(source: Source, *contents: object, options: ReadOptions = TOKYO) -> tuple[list[Entry], list[Notice]]:
    """The entries and notices of files that are called `0`, `1`, …"""
    found = list(source.read(tuple(export(one, str(i)) for i, one in enumerate(contents)), options))
    return [one for one in found if isinstance(one, Entry)], [one for one in found if isinstance(one, Notice)]
