"""Fixes, applied until nothing is left to fix, and guarded.

A fix is all of its edits or none. Two that overlap wait for one another. What comes out must still have readable front
matter, and the same links, code, math and comments, unless the rule's check says that it edits those.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, insort
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from vaultkit.config import Config
from vaultkit.linting.asking import Rules, asks_for_links, by_kind
from vaultkit.linting.checks import Check
from vaultkit.linting.claims import Claims, claims_in
from vaultkit.linting.context import Context, FirstCommit
from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.linting.history import History
from vaultkit.linting.packs import ActiveRule
from vaultkit.linting.parts import Part
from vaultkit.linting.run import is_excluded, lint_note
from vaultkit.vault.edit import Edit, apply_edits
from vaultkit.vault.index import Index
from vaultkit.vault.note import Note, RegionKind, Span
from vaultkit.vault.parse import parse
from vaultkit.vault.settings import Settings

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class FixResult:
    """The note after its fixes. `refused`: ids of rules whose fixes break the note or never end; nothing changed."""

    data: bytes
    applied: int = 0
    refused: tuple[str, ...] = ()


def fixed(
    path: str,
    index: Index,
    settings: Settings,
    rules: Sequence[ActiveRule],
    config: Config,
    unsafe: bool = False,
    *,
    claims: Claims | None = None,
    today: dt.date | None = None,
    first_commit: FirstCommit | None = None,
    history: History | None = None,
) -> FixResult:
    """The note at `path` with its safe fixes made, and with `unsafe` the others, too. Raises KeyError: no such note.

    `claims`: those of the vault before any fix; who fixes many notes has them read once. `today`, `first_commit`,
    `history`: as `Context` takes them."""
    note = index.notes[path]
    result = FixResult(note.data)
    if is_excluded(path, settings, config):
        return result

    known = claims or claims_in(index.notes, links=asks_for_links(rules))

    def around(changed: Note) -> Context:
        folders = config.import_.folders
        return Context(
            index.with_note(changed),
            settings,
            folders,
            claims=known,
            today=today,
            first_commit=first_commit,
            history=history,
        )

    checks = {active.rule.id: active.check for active in rules}
    asked = by_kind(rules)
    for _ in range(ROUNDS):
        context = around(note)
        chosen = _not_overlapping(_fixable(note, context, asked, unsafe))
        if not chosen:
            return FixResult(note.data, result.applied)
        after = _apply(note, chosen)
        if refused := _refused(note, after, chosen, checks):
            return FixResult(index.notes[path].data, 0, refused)
        note, result = after, FixResult(after.data, result.applied + len(chosen))
    left = {d.rule for d in _fixable(note, around(note), asked, unsafe)}
    return FixResult(index.notes[path].data, 0, tuple(sorted(left))) if left else result


def _fixable(note: Note, context: Context, rules: Rules, unsafe: bool) -> list[Diagnostic]:
    return [d for d in lint_note(note, context, rules) if d.fix and (d.fix.safe or unsafe)]


def _not_overlapping(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics in order whose fixes touch no byte of one taken before; nor do two insert at one place."""
    taken: list[Span] = []  # sorted, not overlapping: only the neighbours of a place need be looked at
    out = []
    for diagnostic in found:
        spans = [edit.span for edit in _edits(diagnostic)]
        if not any(_touch(span, other) for span in spans for other in _around(taken, span)):
            for span in spans:
                insort(taken, span)
            out.append(diagnostic)
    return out


def _around(taken: list[Span], span: Span) -> list[Span]:
    at = bisect_left(taken, span)
    return taken[max(0, at - 1) : bisect_left(taken, Span(span.end, span.end), at) + 1]


def _touch(one: Span, other: Span) -> bool:
    return one == other or (one.start < other.end and other.start < one.end)


def _edits(diagnostic: Diagnostic) -> tuple[Edit, ...]:
    return diagnostic.fix.edits if diagnostic.fix else ()


def _apply(note: Note, chosen: Sequence[Diagnostic]) -> Note:
    return parse(note.path, apply_edits(note.data, [edit for d in chosen for edit in _edits(d)]))


def _refused(before: Note, after: Note, chosen: Sequence[Diagnostic], checks: Mapping[str, Check]) -> tuple[str, ...]:
    """Ids of the rules whose fixes break the guard; empty when all is well."""
    rules = sorted({d.rule for d in chosen})
    if len(rules) > 1:
        guilty = tuple(rule for rule in rules if not _guard(before, _only(before, chosen, rule), checks[rule].EDITS))
        if guilty:
            return guilty
    allowed = frozenset(part for rule in rules for part in checks[rule].EDITS)
    return () if _guard(before, after, allowed) else tuple(rules)


def _only(before: Note, chosen: Sequence[Diagnostic], rule: str) -> Note:
    return _apply(before, [d for d in chosen if d.rule == rule])


def _guard(before: Note, after: Note, allowed: frozenset[Part]) -> bool:
    if after.front_matter and after.front_matter.error and not (before.front_matter and before.front_matter.error):
        return False
    if before.front_matter and not after.front_matter:
        return False
    return all(part in allowed or look(before) == look(after) for part, look in _PARTS.items())


def _links(note: Note) -> object:
    return [(link.kind, link.embed, link.target, link.display) for link in note.links]


def _regions(*kinds: RegionKind) -> Callable[[Note], object]:
    return lambda note: [(r.kind, note.data[r.span.start : r.span.end]) for r in note.regions if r.kind in kinds]


_PARTS: Mapping[Part, Callable[[Note], object]] = {
    Part.LINKS: _links,
    Part.CODE: _regions(RegionKind.CODE, RegionKind.MATH),
    Part.COMMENTS: _regions(RegionKind.COMMENT, RegionKind.HTML_COMMENT),
}
