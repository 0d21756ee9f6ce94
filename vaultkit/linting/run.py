"""Linting: every note asked by every rule that holds for it.

Pure over what it is given, so that staged notes are linted as well as those on disk.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence

from vaultkit.config import Config
from vaultkit.globs import matches
from vaultkit.linting.asking import Ask, Rules, asks_for_links, by_kind, may_silence, names_only
from vaultkit.linting.claims import Claims, claims_in
from vaultkit.linting.context import Context, FirstCommit, Idle
from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.linting.history import History
from vaultkit.linting.packs import ActiveRule
from vaultkit.linting.suppress import suppressions
from vaultkit.vault.board import read_file
from vaultkit.vault.index import Index
from vaultkit.vault.names import Kind, kind_of, normalize_path
from vaultkit.vault.note import Note
from vaultkit.vault.settings import Settings


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
    history: History | None = None,
    claims: Claims | None = None,
) -> list[Diagnostic]:
    """What the rules find, sorted by path, place and rule. `only`: paths of the notes to speak of; None means all.
    `boards`: canvases, bases and bookmarks to look at as well. `today`, `first_commit`, `history`: as `Context` takes
    them. `claims`: those of all notes and boards, with what they refer to; None: they are looked for.

    Templates, drawings (`*.excalidraw.md`), notes that the vault's own settings or `lint.exclude` leave out are not
    looked at; links to them still count.
    """
    if claims is None and asks_for_links(rules):
        claims = claims_in(index.notes, boards, links=True)
    folders = config.import_.folders
    context = Context(index, settings, folders, claims=claims, today=today, first_commit=first_commit, history=history)
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
    asking = rules.get(kind)
    if asking is None:
        return []
    bits = asking.look_over(note, context)
    found = list(_findings(note, context, asking.of(bits)))
    if kind is not Kind.NOTE:
        found = [diagnostic._replace(fix=None) for diagnostic in found]  # they would be edits of a note
    if not found and not may_silence(bits):
        return []
    silent = suppressions(note)
    kept = [diagnostic for diagnostic in found if not silent.hides(diagnostic.rule, diagnostic.span)]
    if asking.last:
        looked = frozenset(ask.active.rule.id for ask in asking.all if ask.active.at(note.path).severity)
        context.idle = Idle(silent.idle((one.rule, one.span) for one in found), looked)
        late = list(_findings(note, context, asking.last))
        kept += [one for one in late if not silent.hides_by_name(one.rule, one.span)]
        context.idle = None
    return sorted(kept, key=lambda d: (d.span, d.rule, d.message))


def _findings(note: Note, context: Context, asks: Sequence[Ask]) -> Iterator[Diagnostic]:
    for active, check, setting, is_overridden, _ in asks:
        severity, options = active.at(note.path) if is_overridden else setting
        if severity is None:
            continue
        for finding in check.check(note, context, options()):
            rule = active.rule
            yield Diagnostic(rule.id, note.path, finding.span, rule.tell(finding.values), severity, finding.fix)
