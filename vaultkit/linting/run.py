"""Linting: every note asked by every rule that holds for it.

Pure over what it is given, so that staged notes are linted as well as those on disk.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from vaultkit.config import Config
from vaultkit.globs import matches
from vaultkit.linting.checks import CHECKS, Check
from vaultkit.linting.claims import claims_in
from vaultkit.linting.context import Context, FirstCommit, Idle
from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.linting.packs import ActiveRule, Setting
from vaultkit.linting.suppress import may_silence, suppressions
from vaultkit.vault.board import read_file
from vaultkit.vault.index import Index
from vaultkit.vault.names import Kind, kind_of, normalize_path
from vaultkit.vault.note import Note
from vaultkit.vault.settings import Settings


class Ask(NamedTuple):
    """A rule as every note is asked by it: what decides whether it need be asked stands first."""

    needs: bytes
    wide: bool
    active: ActiveRule
    check: Check
    setting: Setting
    is_overridden: bool


Rules = Mapping[Kind, Sequence[Ask]]
_NAMES_ONLY = frozenset((Kind.ATTACHMENT, Kind.UNSUPPORTED))
_LAST = "suppression-used"
"""The check that needs to know what the others found; it says nothing before `Context.idle` is there."""


def lint(
    index: Index,
    settings: Settings,
    rules: Sequence[ActiveRule],
    config: Config,
    only: Collection[str] | None = None,
    *,
    boards: Mapping[str, Note] = {},
    today: dt.date | None = None,
    first_commit: FirstCommit | None = None,
) -> list[Diagnostic]:
    """What the rules find, sorted by path, place and rule. `only`: paths of the notes to speak of; None means all.
    `boards`: canvases, bases and bookmarks to look at as well. `today`, `first_commit`: as `Context` takes them.

    Templates, drawings (`*.excalidraw.md`), notes that the vault's own settings or `lint.exclude` leave out are not
    looked at; links to them still count.
    """
    claims = claims_in(index.notes, boards, links=True) if asks_for_links(rules) else None
    context = Context(index, settings, config.import_.folders, claims=claims, today=today, first_commit=first_commit)
    asked = by_kind(rules)
    names = set(names_only(index.files, rules))
    paths = {*index.notes, *boards, *names} if only is None else set(only)
    return [
        diagnostic
        for path in sorted(paths)
        if path in index.notes or path in boards or path in names
        if not is_excluded(path, settings, config)
        for note in [read_file(path, b"") if path in names else boards.get(path) or index.notes[path]]
        for diagnostic in lint_note(note, context, asked)
    ]


def by_kind(rules: Iterable[ActiveRule]) -> Rules:
    """The rules to ask for each kind of file."""
    out: dict[Kind, list[Ask]] = {kind: [] for kind in Kind}
    for active in rules:
        needs, wide, kinds, _ = CHECKS[active.rule.check]
        for kind in kinds:
            out[kind].append(Ask(needs, wide, active, active.check, active.setting, bool(active.overrides)))
    return out


def asked_kinds(rules: Iterable[ActiveRule]) -> frozenset[Kind]:
    """The kinds of files that one of the rules is asked about."""
    return frozenset(kind for active in rules for kind in CHECKS[active.rule.check].kinds)


def names_only(files: Iterable[str], rules: Iterable[ActiveRule]) -> list[str]:
    """Those of `files` that one of the rules is asked about, and of which nothing but the name is looked at."""
    kinds = asked_kinds(rules) & _NAMES_ONLY
    return [path for path in files if kind_of(path) in kinds] if kinds else []


def asks_for_links(rules: Iterable[ActiveRule]) -> bool:
    """Whether one of the rules asks which files refer to one."""
    return any(CHECKS[active.rule.check].links for active in rules)


def is_excluded(path: str, settings: Settings, config: Config) -> bool:
    """Whether the note at `path` is left alone."""
    templates = settings.templates_folder
    return (
        path[-14:].lower() == ".excalidraw.md"
        or (bool(templates) and path.startswith(f"{templates}/"))
        or (bool(settings.daily_template) and path in (settings.daily_template, f"{settings.daily_template}.md"))
        or (bool(settings.ignore) and settings.ignored(path))
        or (bool(config.lint.exclude) and matches(config.lint.exclude, normalize_path(path)))
    )


def lint_note(note: Note, context: Context, rules: Rules) -> list[Diagnostic]:
    """What the rules find in one file, silenced findings left out, sorted by place and rule."""
    kind = Kind.NOTE if note.path.endswith(".md") else kind_of(note.path)
    asked = rules.get(kind, ())
    found = list(_findings(note, context, asked))
    if kind is not Kind.NOTE:
        found = [diagnostic._replace(fix=None) for diagnostic in found]  # they would be edits of a note
    if not found and not may_silence(note):
        return []
    silent = suppressions(note)
    kept = [diagnostic for diagnostic in found if not silent.hides(diagnostic.rule, diagnostic.span)]
    if last := [ask for ask in asked if ask.active.rule.check == _LAST]:
        looked = frozenset(ask.active.rule.id for ask in asked if ask.active.at(note.path).severity)
        context.idle = Idle(silent.idle((one.rule, one.span) for one in found), looked)
        late = list(_findings(note, context, last))
        kept += [one for one in late if not silent.hides_by_name(one.rule, one.span)]
        context.idle = None
    return sorted(kept, key=lambda d: (d.span, d.rule, d.message))


def _findings(note: Note, context: Context, rules: Sequence[Ask]) -> Iterator[Diagnostic]:
    data = note.data
    is_plain = data.isascii()
    for needs, wide, active, check, setting, is_overridden in rules:
        if needs not in data or (wide and is_plain):
            continue
        severity, options = active.at(note.path) if is_overridden else setting
        if severity is None:
            continue
        for finding in check.check(note, context, options()):
            rule = active.rule
            yield Diagnostic(rule.id, note.path, finding.span, rule.tell(finding.values), severity, finding.fix)
