"""Notes about papers, kept as issues of a tracker and published with links to these: pages of HTML, or lists in XML.

How to get them: clone the repository that publishes them, and name its folder of pages, `_articles`, or its folder of
lists, `agent_docs`, or single files:

    git clone https://github.com/OWNER/REPO
    vaultkit import REPO/agent_docs

Lists say more than pages, which cut what is long; the issues themselves, as JSON, say more than both. Notes that were
imported from pages saved as text are found again by title and date: they get the issue's number and keep your edits.

Knows which files are such pages, and how their notes come together: a note stands on the page of each of its tags and
is read once, from a list where there is one, and of two lists from the one that was made last.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.errors import ExportError
from vaultkit.importing.digest import entries, pages
from vaultkit.importing.digest.note import Published, civil, entry
from vaultkit.importing.digest.shape import is_list, is_page
from vaultkit.importing.entry import Entry, Notice, NoticeKind
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined, unreadable

FORMAT = "paper-pages"
LABEL = "Paper notes kept as issues, as published pages (HTML) or lists (XML)"
NAME = "github"
EXTENSIONS = ".markdown .html .xml"
KEPT = "issue numbers, tags, dates, links to the papers, all authors, summaries, abstracts, comments"
NOT_KEPT = "what pages of HTML cut off"


def identify(export: Export) -> Verdict:
    """Claims a page of notes with links to issues, a list of such, and a folder that holds one of these."""
    if any(map(_is_ours, export.files)):
        return CLAIMED
    return declined("no `issue_date` beside a link to an issue, and no <paper-entry>")


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """All notes of all files, each once, in the order of their first appearance. Raises ExportError."""
    found: dict[str, Published] = {}
    for export in exports:
        others = []
        for file in export.files:
            if not _is_ours(file):
                others.append(str(file.path))
                continue
            try:
                for item in _items(file):
                    if isinstance(item, Notice):
                        yield item
                    else:
                        yield from _add(found, item)
            except ExportError as e:
                yield unreadable(file, e)
        if others:
            message = f"{len(others)} files are no pages of notes and were not read"
            yield Notice(NoticeKind.UNPLACED, export.name, message, "\n".join(others))
    for note in found.values():
        place = f"{note.origin}: {note.place}"
        if not note.title_line:
            yield Notice(NoticeKind.WARNING, place, "the note has no title")
        if civil(note.day) is None:
            message = "the issue date is no day of the calendar; imported without a date"
            yield Notice(NoticeKind.WARNING, place, message, note.day)
        yield entry(note)


def _is_ours(file: ExportFile) -> bool:
    try:
        return is_list(file) or is_page(file)
    except ExportError:
        return False


def _items(file: ExportFile) -> Iterator[Published | Notice]:
    origin = str(file.path)
    if is_list(file):
        made = entries.version(file.head.decode("utf-8", "replace"))
        return entries.notes(file.pieces(), origin, made)
    return pages.notes(file.text, origin)


def _add(found: dict[str, Published], new: Published) -> Iterator[Notice]:
    """Take a note in, unless a form of it that says more, or was made later, is there."""
    old = found.get(new.issue.key)
    if old is None:
        found[new.issue.key] = new
        return
    is_newer = (new.detail, new.version) > (old.detail, old.version)
    found[new.issue.key], loser = (new, old) if is_newer else (old, new)
    if loser.detail == found[new.issue.key].detail and loser.sections != found[new.issue.key].sections:
        message = f"another copy of {new.issue.key} was left out, as it is older or came later"
        text = "\n\n".join(part for _, part in loser.sections if part)
        yield Notice(NoticeKind.UNPLACED, f"{loser.origin}: {loser.place}", message, text)
