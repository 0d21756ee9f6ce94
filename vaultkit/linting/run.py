"""Linting: every note asked by every rule that holds for it.

Pure over what it is given, so that staged notes are linted as well as those on disk.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from vaultkit.config import Config
from vaultkit.globs import matches
from vaultkit.linting.context import Context, Idle
from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.linting.packs import ActiveRule
from vaultkit.linting.suppress import may_silence, suppressions
from vaultkit.vault.index import Index
from vaultkit.vault.names import normalize_path
from vaultkit.vault.note import Note
from vaultkit.vault.settings import Settings

_LAST = "suppression-used"
"""The check that needs to know what the others found; it says nothing before `Context.idle` is there."""


def lint(
    index: Index,
    settings: Settings,
    rules: Sequence[ActiveRule],
    config: Config,
    only: Collection[str] | None = None,
) -> list[Diagnostic]:
    """What the rules find, sorted by path, place and rule. `only`: paths of the notes to speak of; None means all.

    Templates, drawings (`*.excalidraw.md`), notes that the vault's own settings or `lint.exclude` leave out are not
    looked at; links to them still count.
    """
    context = Context(index, settings, config.import_.folders)
    paths = index.notes if only is None else [path for path in set(only) if path in index.notes]
    return [
        diagnostic
        for path in sorted(paths)
        if not is_excluded(path, settings, config)
        for diagnostic in lint_note(index.notes[path], context, rules)
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


def lint_note(note: Note, context: Context, rules: Sequence[ActiveRule]) -> list[Diagnostic]:
    """What the rules find in one note, silenced findings left out, sorted by place and rule."""
    found = list(_findings(note, context, rules))
    if not found and not may_silence(note):
        return []
    silent = suppressions(note)
    kept = [diagnostic for diagnostic in found if not silent.hides(diagnostic.rule, diagnostic.span)]
    if last := [active for active in rules if active.rule.check == _LAST]:
        looked = frozenset(active.rule.id for active in rules if active.at(note.path).severity)
        context.idle = Idle(silent.idle((one.rule, one.span) for one in found), looked)
        late = list(_findings(note, context, last))
        kept += [one for one in late if not silent.hides_by_name(one.rule, one.span)]
        context.idle = None
    return sorted(kept, key=lambda d: (d.span, d.rule, d.message))


def _findings(note: Note, context: Context, rules: Sequence[ActiveRule]) -> Iterator[Diagnostic]:
    for active in rules:
        rule, check, (severity, options), overrides = active
        if overrides:
            severity, options = active.at(note.path)
        if severity is None:
            continue
        for finding in check.check(note, context, options):
            message = rule.tell(finding.values)
            yield Diagnostic(rule.id, note.path, finding.span, message, severity, finding.fix)
