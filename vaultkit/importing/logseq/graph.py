"""A Logseq graph on the disk: which files are pages, journals and neither, and what its configuration says.

Knows of `config.edn` the few keys that say how files and journals are named; of EDN only so much as those need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

from vaultkit.errors import ExportError
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile

SUFFIXES = (".md", ".markdown", ".org")
_CONFIG = ("logseq", "config.edn")
_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*+")|;[^\n]*+')
_TEXT = re.compile(r':(?P<key>[a-z/-]{1,60})\s++"(?P<value>(?:[^"\\\n]|\\.){0,200})"')
_WORD = re.compile(r":file/name-format\s++:(?P<value>[a-z-]{1,40})")
_HIDDEN = re.compile(r":hidden\s++\[(?P<items>[^\[\]]{0,20000})\]")
_JOURNAL = re.compile(r"\d{4}[_-]\d\d[_-]\d\d\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Graph:
    """Where a graph lies in an export, and how it names things."""

    root: PurePosixPath
    journals: str = "journals"
    pages: str = "pages"
    title_format: str = "MMM do, yyyy"
    file_format: str = "yyyy_MM_dd"
    triple_lowbar: bool = False
    """Whether `a___b.md` is the page `a/b`; before that was introduced it was `a%2Fb.md`."""
    hidden: tuple[str, ...] = ()
    """What the user has told Logseq to leave alone."""

    def inside(self, file: ExportFile) -> PurePosixPath | None:
        """The path of `file` below the graph; None: it lies elsewhere."""
        return file.path.relative_to(self.root) if file.path.is_relative_to(self.root) else None

    def is_journal(self, path: PurePosixPath) -> bool:
        """Whether `path`, below the graph, lies in the folder of journals."""
        return path.is_relative_to(self.journals)

    def is_hidden(self, path: PurePosixPath) -> bool:
        """Whether the user hid `path`, below the graph, from Logseq."""
        return any(f"/{path}".startswith(f"/{one.strip('/')}") for one in self.hidden if one.strip("/"))

    def title(self, path: PurePosixPath) -> str:
        """The title of a page by the name of its file."""
        stem = path.stem.replace("___", "/") if self.triple_lowbar else path.stem
        return unquote(stem)


def roots(export: Export) -> Iterator[PurePosixPath]:
    """The folders of `export` that are graphs: with a `logseq/config.edn`; or, if none has, one with `journals` named
    as Logseq names them beside `pages`."""
    found = [file.path.parent.parent for file in export.files if file.path.parts[-2:] == _CONFIG]
    if not found:
        with_pages = {file.path.parent.parent for file in export.files if file.path.parent.name == "pages"}
        journals = {file.path.parent.parent for file in export.files if _is_usual_journal(file.path)}
        found = sorted(with_pages & journals)
    yield from dict.fromkeys(found)


def is_graph(export: Export) -> bool:
    """Whether there is a graph in `export`."""
    return export.is_folder and any(True for _ in roots(export))


def is_journals(export: Export) -> bool:
    """Whether the folder is but the journals of a graph, of which the rest is not there."""
    named = export.is_folder and export.root is not None and export.root.name == "journals"
    return named and any("_" in file.path.stem and _JOURNAL.match(file.path.stem) for file in export.files)


def _is_usual_journal(path: PurePosixPath) -> bool:
    return path.parent.name == "journals" and path.suffix in SUFFIXES and _JOURNAL.match(path.stem) is not None


def read_graph(export: Export, root: PurePosixPath) -> Graph:
    """The graph at `root`. One whose configuration cannot be read is as Logseq makes it."""
    file = next((one for one in export.files if one.path == root.joinpath(*_CONFIG)), None)
    try:
        text = file.text if file else ""
    except ExportError:
        text = ""
    text = _COMMENT.sub(lambda found: found[1] or "", text)
    said = {found["key"]: found["value"] for found in _TEXT.finditer(text)}
    word = _WORD.search(text)
    hidden = _HIDDEN.search(text)
    return Graph(
        root=root,
        journals=said.get("journals-directory") or "journals",
        pages=said.get("pages-directory") or "pages",
        title_format=said.get("journal/page-title-format") or "MMM do, yyyy",
        file_format=said.get("journal/file-name-format") or "yyyy_MM_dd",
        triple_lowbar=word is not None and word["value"] == "triple-lowbar",
        hidden=tuple(re.findall(r'"((?:[^"\\]|\\.)*+)"', hidden["items"])) if hidden else (),
    )
