"""What a file with published paper notes looks like, before anything of it is read."""

from __future__ import annotations

from vaultkit.importing.export_file import ExportFile

_PAGE = (b'<span class="issue_date">', b"/issues/")
_LIST = (b"<paper-list", b"<paper-entry")
_PAGE_SUFFIXES = (".markdown", ".md", ".html", ".htm")


def is_page(file: ExportFile) -> bool:
    """Whether the file is a page of HTML in which notes about papers follow each other. Raises ExportError."""
    return file.path.suffix.lower() in _PAGE_SUFFIXES and all(mark in file.head for mark in _PAGE)


def is_list(file: ExportFile) -> bool:
    """Whether the file is the XML of such notes. Raises ExportError."""
    return file.start.startswith(b"<") and any(mark in file.head for mark in _LIST)
