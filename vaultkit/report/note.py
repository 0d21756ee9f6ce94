"""The report of an import as a note of the vault: counts, and all that needs a person, with links to the notes.

Text of an export is shown, never obeyed: no tag, link or template in it has an effect. Pure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vaultkit.importing.entry import Notice
from vaultkit.importing.escape import escape_syntax
from vaultkit.importing.plan import Outcome, PlannedNote
from vaultkit.importing.run import ImportReport
from vaultkit.report.imported import HEADINGS

_QUIET = (Outcome.CREATED, Outcome.UPDATED, Outcome.MERGED, Outcome.UNCHANGED, Outcome.KEPT)
_LINKS = 5
"""So many notes are named in which a reference led nowhere."""


def is_worth_a_note(report: ImportReport) -> bool:
    """Whether there is anything to tell but that nothing changed."""
    return bool(report.notices) or any(note.outcome is not Outcome.UNCHANGED for note in report.notes)


def render_note(date: dt.date, parts: Sequence[tuple[str, ImportReport, str]]) -> str:
    """The note for `parts`: what each import is called, what it did, and why nothing of it was imported, or empty."""
    lines = ["---", f"date: {date.isoformat()}", "---"]
    for name, report, error in parts:
        lines += [f"## {_shown(name)}", "", *_part(report, error), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _part(report: ImportReport, error: str) -> Iterator[str]:
    if error:
        yield f"Nothing was imported: {_shown(error)}"
        return
    counts = [f"{report.count(outcome)} {outcome}" for outcome in Outcome if report.count(outcome)]
    yield f"{', '.join(counts) or 'No notes'}."
    told = [note for note in report.notes if note.outcome not in _QUIET]
    yield from _list("Notes that need a look", map(_note, told), len(told))
    for kind, heading in HEADINGS.items():
        found = [notice for notice in report.notices if notice.kind is kind]
        yield from _list(heading, map(_notice, found), len(found))
    paths = {note.id: note.path for note in report.notes}
    where: dict[str, dict[str, None]] = {}
    for one in report.unresolved:
        where.setdefault(one.text, {})[paths.get(one.id, "")] = None
    texts = (f"- {_code(text)} in {_links(found)}" for text, found in where.items())
    yield from _list("Stayed text, since what they mean is not here", texts, len(where))


def _list(heading: str, lines: Iterable[str], count: int) -> Iterator[str]:
    if count:
        yield from ("", f"### {heading} ({count})", "")
        yield from lines


def _note(note: PlannedNote) -> str:
    name = _shown(note.path) if note.outcome in (Outcome.FAILED, Outcome.DELETED, Outcome.TRASHED) else _link(note.path)
    return f"- {note.outcome}: {name}{f' ({_shown(note.why)})' if note.why else ''}"


def _notice(notice: Notice) -> str:
    line = f"- {_shown(notice.place)}: {_shown(notice.message)}"
    if not notice.text:
        return line
    longest = max((len(run) for run in re.findall(r"`+", notice.text)), default=0)
    fence = "`" * max(3, longest + 1)
    text = "\n".join(f"  {one}".rstrip() for one in notice.text.strip("\n").split("\n"))
    return f"{line}\n\n  {fence}text\n{text}\n  {fence}\n"


def _links(paths: Mapping[str, None]) -> str:
    known = [path for path in paths if path]
    more = f" and {len(known) - _LINKS} more" if len(known) > _LINKS else ""
    return ", ".join(map(_link, known[:_LINKS])) + more if known else "no note"


def _link(path: str) -> str:
    return f"[[{path.removesuffix('.md')}]]"


def _code(text: str) -> str:
    """`text` as inline code, in one line, with as many backticks as it takes."""
    text = " ".join(text.split())
    fence = "`" * (max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    gap = " " if text[:1] in ("`", "") or text.endswith("`") else ""
    return f"{fence}{gap}{text}{gap}{fence}"


def _shown(text: str) -> str:
    """`text` in one line, without an effect in Obsidian."""
    return escape_syntax(" ".join(text.split()))[0]
