"""Which folders are diaries of one Markdown file a day, and which only look like one.

Knows paths and not what the files say.
"""

from __future__ import annotations

import datetime as dt
from pathlib import PurePosixPath

from vaultkit.dates.forms import Day
from vaultkit.dates.heading import parse_heading
from vaultkit.importing.day_name import day_of_path
from vaultkit.importing.export import SITE_MARKERS, Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.logseq.graph import is_graph, is_journals

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")


def is_markdown(file: ExportFile) -> bool:
    return file.path.suffix.lower() in SUFFIXES


def day_of(path: PurePosixPath) -> tuple[dt.date, str] | None:
    """The day that a file is of and the title behind it (`2024-01-31 Trip`); None: it is of none."""
    if day := day_of_path(path):
        return day, ""
    if path.stem[:4].isdecimal() and path.stem[10:11] not in ("-", "_"):  # `2024-01-31-trip` is a post of a site
        found = parse_heading(f"## {path.stem.replace('_', '-', 2)}")
        if found and isinstance(found.when, Day):
            return found.when.date, found.title
    return None


def why_not(export: Export) -> str:
    """Why `export` is no folder of days; empty: it is one."""
    if not export.is_folder:
        return "one file, and a diary of files is a folder"
    if is_graph(export):
        return "a Logseq graph"
    if is_journals(export):
        return "it looks like the journals of a Logseq graph; name the graph's own folder"
    texts = [file.path for file in export.files if is_markdown(file)]
    days = [path for path in texts if day_of(path)]
    if len(days) * 2 < len(texts) or not days:
        return "the names of fewer than half of its Markdown files are days"
    if any(export.find(marker) for marker in SITE_MARKERS) or any(
        part.startswith("_") for path in days for part in path.parts[:-1]
    ):
        return "it is a part of a site"
    if export.in_vault:
        return "it lies in an Obsidian vault, where notes are already; say --format if it is to be imported"
    return ""
