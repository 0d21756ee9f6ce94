"""What an import did, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from vaultkit.importing.entry import Notice, NoticeKind
from vaultkit.importing.plan import Outcome, PlannedNote
from vaultkit.importing.reference import Unresolved
from vaultkit.importing.run import ImportReport
from vaultkit.report.printable import printable

SCHEMA = 1
_SHOWN = 12
"""Lines of a list in the text form; the JSON form has all."""
_STATUS = {
    Outcome.CREATED: "A ",
    Outcome.UPDATED: "M ",
    Outcome.KEPT: " M",
    Outcome.DELETED: " D",
    Outcome.FAILED: "! ",
}
_HEADINGS = {
    NoticeKind.FAILED: "Could not be read",
    NoticeKind.WARNING: "Worth a look",
    NoticeKind.UNPLACED: "Stands in no note",
}


def render_text(report: ImportReport, vault: str) -> str:
    """The summary for a person: notes by outcome and where, then what needs attention."""
    lines = []
    counts = [f"{report.count(o)} {o}" for o in Outcome if report.count(o)]
    verb = "would be: " if report.dry_run else ""
    lines.append(f"{vault}: {verb}{', '.join(counts) if counts else 'no notes'}")
    lines += [f"  {count:5}  {folder or '(root)'}/" for folder, count in _folders(report.notes)]
    changed = [note for note in report.notes if note.outcome in _STATUS]
    if report.dry_run:
        lines += [f"{_STATUS[note.outcome]} {note.path}{_why(note)}" for note in changed]
    else:
        told = [note for note in changed if note.outcome in (Outcome.KEPT, Outcome.DELETED, Outcome.FAILED)]
        lines += _cut([f"  {note.outcome}  {note.path}{_why(note)}" for note in told])
    for kind, heading in _HEADINGS.items():
        found = [notice for notice in report.notices if notice.kind is kind]
        if found:
            lines.append(f"{heading} ({len(found)}):")
            lines += _cut([f"  {notice.place}: {notice.message}{_text(notice)}" for notice in found])
    if report.unresolved:
        lines.append(f"Stayed text, since what they mean is not here ({len(report.unresolved)}):")
        lines += _cut([f"  {_short(u.text, 100)}  (in {_short(u.id, 60)})" for u in report.unresolved])
    return "\n".join(printable(line) for line in lines) + "\n"


def render_json(report: ImportReport) -> str:
    """The whole report: `version`, `dry_run`, `counts`, `notes`, `notices`, `unresolved`."""
    whole = {"version": SCHEMA, "dry_run": report.dry_run, **value(report)}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def value(report: ImportReport) -> dict[str, Any]:
    """`counts`, `notes`, `notices` and `unresolved`, ready for JSON."""
    return {
        "counts": {str(o): report.count(o) for o in Outcome},
        "notes": [{"id": n.id, "path": n.path, "outcome": n.outcome, "why": n.why} for n in report.notes],
        "notices": [{"kind": n.kind, "place": n.place, "message": n.message, "text": n.text} for n in report.notices],
        "unresolved": [_unresolved(u) for u in report.unresolved],
    }


def _unresolved(found: Unresolved) -> dict[str, str]:
    return {"id": found.id, "text": found.text, "why": found.why}


def _folders(notes: Sequence[PlannedNote]) -> list[tuple[str, int]]:
    """Where notes were made or changed."""
    counts: dict[str, int] = {}
    for note in notes:
        if note.outcome in (Outcome.CREATED, Outcome.UPDATED):
            folder = note.path.rpartition("/")[0]
            counts[folder] = counts.get(folder, 0) + 1
    return sorted(counts.items())


def _why(note: PlannedNote) -> str:
    return f"  ({note.why})" if note.why else ""


def _text(notice: Notice) -> str:
    return f": {_short(notice.text, 120)}" if notice.text else ""


def _short(text: str, width: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _cut(lines: list[str]) -> list[str]:
    more = len(lines) - _SHOWN
    return lines if more <= 0 else [*lines[:_SHOWN], f"  … and {more} more (--json has them all)"]
