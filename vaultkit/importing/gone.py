"""What a complete export has no more: the notes of earlier imports that it should hold and does not.

An export is partial unless the user says that it is complete: a month of a diary, the open issues. And even then only
what comes from the same place counts as missing from it. Decides which notes are asked about, not what becomes of them
(`decide`). Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vaultkit.importing.batch import Opened
from vaultkit.importing.choices import Choices
from vaultkit.importing.entry import Kind, Notice, NoticeKind
from vaultkit.importing.issue.references import scope_of
from vaultkit.importing.ledger import Record
from vaultkit.importing.making import Texts

MOST = 0.2
"""So large a part of what was imported may be missing before that is taken for a broken export."""

Place = tuple[str, ...]


def left_out(
    opened: Sequence[Opened], texts: Texts, records: Mapping[str, Record], choices: Choices
) -> tuple[list[Record], list[Notice]]:
    """The records of notes that the source has no more, sorted by id, and why nothing is done about some of them.

    Nothing without `choices.complete`.
    """
    if not choices.complete:
        return [], []
    if any(notice.kind is NoticeKind.FAILED for notice in texts.notices):
        return [], [
            _refused(opened, "some records could not be read, so it cannot be told which the source has no more")
        ]
    here = {one.id: one for one in texts.wanted}
    if not here and texts.left:
        return [], []
    if not here and not choices.allow_mass_delete:
        return [], [_refused(opened, "there is nothing in it; if that is right: --allow-mass-delete")]
    notices = []
    skips = choices.options.pull_requests == "skip"
    places = {place for one in here.values() for place in _places(one.id, one.kind, one.origin, choices)}
    places |= {
        place
        for id_ in here
        if (record := records.get(id_))
        for place in _places(id_, record.kind, record.origin, choices)
    }
    if not here:
        files = [(one.prefix, str(export.first.path)) for one in opened for export in one.exports if export.files]
        places = {(prefix, name, "") for prefix, name in files}
    if skips and any(one.kind == Kind.ISSUE for one in here.values()):
        notices.append(_refused(opened, "pull requests are skipped, so which issues are gone cannot be told"))
    if choices.options.drafts == "skip" and any(one.kind == Kind.PAGE for one in here.values()):
        notices.append(_refused(opened, "drafts are skipped, so which pages are gone cannot be told"))
    if not choices.source and any(one.kind == Kind.PAGE for one in here.values()):
        why = "pages of two sites cannot be told apart by their ids; import the site with --source NAME"
        notices.append(_refused(opened, why))
    held = [
        record
        for id_, record in sorted(records.items())
        if record.is_followed
        and not (skips and record.kind == Kind.ISSUE)
        and not (choices.options.drafts == "skip" and record.kind == Kind.PAGE)
        and places.intersection(_places(id_, record.kind, record.origin, choices))
    ]
    gone = [record for record in held if record.id not in here and record.id not in texts.left]
    if gone and not choices.allow_mass_delete and len(gone) > MOST * len(held):
        why = (
            f"{len(gone)} of {len(held)} notes imported before are not in it, too many to believe; nothing went to the"
            " trash. If it is right: --allow-mass-delete"
        )
        return [], [*notices, _refused(opened, why)]
    return gone, notices


def _places(id_: str, kind: str, origin: str, choices: Choices) -> list[Place]:
    """Where an entry comes from: the repository of an issue, the file of a diary (and which of that name), a site."""
    prefix, _, key = id_.partition("/")
    if kind == Kind.PAGE:
        return [(prefix,)] if choices.source else []
    if kind == Kind.ISSUE and (project := scope_of(key)):
        return [(prefix, project)]
    return [(prefix, origin, key.partition("@")[2])]


def _refused(opened: Sequence[Opened], why: str) -> Notice:
    names = ", ".join(export.name for one in opened for export in one.exports)
    return Notice(NoticeKind.REFUSED, names, f"--complete: {why}")
