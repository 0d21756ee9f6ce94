"""What an import did, in words and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vaultkit.importing.entry import Notice, NoticeKind
from vaultkit.importing.merge import Conflict
from vaultkit.importing.plan import Outcome, PlannedNote
from vaultkit.importing.reference import Unresolved
from vaultkit.importing.run import ImportReport
from vaultkit.report.printable import printable_line, to_json

SCHEMA = 1
_SHOWN = 12
"""Lines of a list in the text form; the JSON form has all."""
STATUS = {
    Outcome.CREATED: "A ",
    Outcome.UPDATED: "M ",
    Outcome.MERGED: "MM",
    Outcome.CONFLICT: "UU",
    Outcome.PROPOSED: "U?",
    Outcome.UNCHANGED: "  ",
    Outcome.KEPT: " M",
    Outcome.ORPHANED: "DU",
    Outcome.TRASHED: "D ",
    Outcome.DELETED: " D",
    Outcome.DETACHED: " X",
    Outcome.FAILED: "! ",
}
"""First what the source did to a note, then what the user did; `U`: a person has to decide."""
_MOVED = "R "
_TWIN = "??"
HEADINGS = {
    NoticeKind.FAILED: "Could not be read or written",
    NoticeKind.REFUSED: "Was not done",
    NoticeKind.WARNING: "Worth a look",
    NoticeKind.UNPLACED: "Stands in no note",
}
"""What notices of a kind stand under, in the order in which they are told."""
_TOLD = (
    Outcome.FAILED,
    Outcome.MERGED,
    Outcome.TRASHED,
    Outcome.ORPHANED,
    Outcome.DELETED,
    Outcome.DETACHED,
)
"""Outcomes that are told note by note after a run, in this order, since a long list is cut; those of conflicts have a
heading of their own. Notes that only the user edited are counted: there may be hundreds, and they are every time."""
_TO_SETTLE = (
    "Your words stand in the note; the source's stand in a folded callout below them, those of a property in"
    " .vaultkit/conflicts.",
    "To settle: edit the note and delete the callout, or `vaultkit resolve-conflict NOTE --mine|--theirs|--both`.",
    "`vaultkit status` lists what is open.",
)


def render_text(report: ImportReport, vault: str) -> str:
    """The summary for a person: notes by outcome and where, then what needs attention."""
    lines = []
    counts = [_count(report.count(o), o) for o in Outcome if report.count(o)]
    verb = "would be: " if report.dry_run else ""
    lines.append(f"{vault}: {verb}{', '.join(counts) if counts else 'no notes'}")
    if report.linked:
        notes = f"{report.linked} earlier note{'s' if report.linked > 1 else ''}"
        lines.append(f"{notes} {'would get' if report.dry_run else 'got'} links to what arrived")
    if report.dry_run:
        lines += [f"{status(note)} {note.path}{_why(note)}" for note in report.notes if status(note) != "  "]
        lines += [f"{_TWIN} {one.path}  (has the vaultkit-id of {one.followed})" for one in report.twins]
    else:
        lines += [f"  {count:5}  {folder or '(root)'}/" for folder, count in _folders(report.notes)]
        told = sorted((n for n in report.notes if n.outcome in _TOLD), key=lambda note: _TOLD.index(note.outcome))
        lines += _cut([f"  {note.outcome}  {note.path}{_why(note)}" for note in told])
        lines += _conflicts(report.notes)
    for kind, heading in HEADINGS.items():
        found = [notice for notice in report.notices if notice.kind is kind]
        if found:
            lines.append(f"{heading} ({len(found)}):")
            lines += _cut([f"  {notice.place}: {notice.message}{_text(notice)}" for notice in found])
    lines += _unlinked(report)
    return "\n".join(printable_line(line) for line in lines) + "\n"


def _unlinked(report: ImportReport) -> list[str]:
    """What stayed text in the notes that this run writes; of the others, which were told when they were, the count."""
    written = {note.id for note in report.notes if note.is_written}
    found = dict.fromkeys((one.text, one.id) for one in report.unresolved)
    new = [f"  {_short(text, 100)}  (in {_short(id_, 60)})" for text, id_ in found if id_ in written]
    lines = [f"Stayed text, since what they mean is not here ({len(new)}):", *_cut(new)] if new else []
    if rest := len(found) - len(new):
        lines.append(f"Stayed text in notes that stay as they are: {rest} (--json has them)")
    return lines


def _count(number: int, outcome: Outcome) -> str:
    return f"{number} {outcome}{'s' if outcome is Outcome.CONFLICT and number > 1 else ''}"


def status(note: PlannedNote) -> str:
    """Two letters for what becomes of a note, as `--dry-run` shows them; two blanks: nothing."""
    plain = note.outcome in (Outcome.UNCHANGED, Outcome.UPDATED, Outcome.KEPT)
    return _MOVED if note.moved_from and plain else STATUS[note.outcome]


def render_json(report: ImportReport) -> str:
    """The whole report, an object:

    - `version` (of this form), `dry_run`, `changes` (whether anything is to be written but our own records of what was
      imported), `counts` (outcome → number of notes), `linked` (how many of them are earlier ones that got nothing but
      links to what arrived);
    - `notes`: `id`, `path`, `outcome`, `status` (two letters, as `--dry-run` has them), `why` (for a person),
      `moved_from` (path at the last import, or empty), `trash` (where it goes, or empty) and `conflicts`: `id`, `where`
      (a property's name, `---` for all of them, empty for a passage), `mine`, `theirs`;
    - `twins`: notes that bear the id of another one: `id`, `path`, `followed`;
    - `notices`: `kind`, `place`, `message`, `text`; `unresolved`: `id`, `text`, `why`.
    """
    whole = {"version": SCHEMA, "dry_run": report.dry_run, **value(report)}
    return to_json(whole, 2) + "\n"


def value(report: ImportReport) -> dict[str, Any]:
    """All of it but `version` and `dry_run`, ready for JSON."""
    return {
        "changes": report.changes,
        "counts": {str(o): report.count(o) for o in Outcome},
        "linked": report.linked,
        "notes": [_note(note) for note in report.notes],
        "twins": [one._asdict() for one in report.twins],
        "notices": [{"kind": n.kind, "place": n.place, "message": n.message, "text": n.text} for n in report.notices],
        "unresolved": [_unresolved(u) for u in report.unresolved],
    }


def _note(note: PlannedNote) -> dict[str, object]:
    return {
        "id": note.id,
        "path": note.path,
        "outcome": note.outcome,
        "status": status(note),
        "why": note.why,
        "moved_from": note.moved_from,
        "trash": note.trash,
        "conflicts": [conflict_json(one) for one in note.conflicts],
    }


def conflict_json(one: Conflict) -> dict[str, str]:
    """A conflict for programs; bytes that are no UTF-8 are replaced."""
    mine, theirs = (text.decode("utf-8", "replace") for text in (one.mine, one.theirs))
    return {"id": one.id, "where": one.where, "mine": mine, "theirs": theirs}


def conflict_line(one: Conflict) -> str:
    """A conflict for a person, in one line: a property with both values, a passage with what the source says."""
    mine, theirs = (_short(text.decode("utf-8", "replace"), 60) or "nothing" for text in (one.mine, one.theirs))
    if not one.where:
        return f"{one.id}  a passage; the source: {theirs}"
    name = "the properties" if one.where == "---" else f"property `{one.where}`"
    return f"{one.id}  {name}; you: {mine}; the source: {theirs}"


def _conflicts(notes: Sequence[PlannedNote]) -> list[str]:
    open_ = [note for note in notes if note.outcome in (Outcome.CONFLICT, Outcome.PROPOSED)]
    if not open_:
        return []
    lines = []
    for note in open_:
        lines.append(f"  {note.path}{_why(note) if note.outcome is Outcome.PROPOSED else ''}")
        lines += [f"    {conflict_line(one)}" for one in note.conflicts]
    return [f"Conflicts, in {len(open_)} note{'s' if len(open_) > 1 else ''}:", *_cut(lines), *_TO_SETTLE]


def _unresolved(found: Unresolved) -> dict[str, str]:
    return {"id": found.id, "text": found.text, "why": found.why}


def _folders(notes: Sequence[PlannedNote]) -> list[tuple[str, int]]:
    """Where notes were made or changed."""
    counts: dict[str, int] = {}
    for note in notes:
        if note.is_written and note.outcome is not Outcome.FAILED:
            folder = note.path.rpartition("/")[0]
            counts[folder] = counts.get(folder, 0) + 1
    return sorted(counts.items())


def _why(note: PlannedNote) -> str:
    why = note.why.removeprefix(f"{note.path}: ")  # what a disk refuses names the file
    words = [why] if why else []
    if note.moved_from:
        words.insert(0, f"was {note.moved_from}")
    if note.trash:
        words.append(f"to {note.trash}")
    return f"  ({'; '.join(words)})" if words else ""


def _text(notice: Notice) -> str:
    return f": {_short(notice.text, 120)}" if notice.text else ""


def _short(text: str, width: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _cut(lines: list[str]) -> list[str]:
    more = len(lines) - _SHOWN
    return lines if more <= 0 else [*lines[:_SHOWN], f"  … and {more} more (--json has them all)"]
