"""What `vaultkit lint` does once it is known what is asked for: lint vaults, mend notes, tell what was found.

`lint_asked` is what is asked for, `lint_git` judges what is staged or committed.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vaultkit.cli.lint_asked import Asked, check
from vaultkit.cli.output import complain, emit, emit_all, say, warn_about
from vaultkit.cli.terminal import wants_color
from vaultkit.cli.unchanged import remember
from vaultkit.config import Config, Part, enclosing, nested_hint, vaults_of
from vaultkit.errors import UsageError
from vaultkit.git.history import GitHistory
from vaultkit.linting.context import FirstCommit
from vaultkit.linting.diagnostic import Diagnostic, Severity
from vaultkit.linting.fingerprint import BASELINE, fingerprint
from vaultkit.linting.history import History
from vaultkit.linting.packs import ActiveRule, active_rules, shipped_packs
from vaultkit.linting.placed import Placed, placed
from vaultkit.linting.run import lint
from vaultkit.linting.whole import Whole, lint_whole
from vaultkit.report import text
from vaultkit.vault.index import Index
from vaultkit.vault.names import Kind, kind_of
from vaultkit.vault.note import Note
from vaultkit.vault.tree import Vault, find_vault, nested_vaults

_LOOKED_AT = (Kind.NOTE, Kind.CANVAS, Kind.BASE)


class Here(NamedTuple):
    """What was found in one vault. `hidden`: how many more its baseline hides."""

    vault: Vault
    rules: Sequence[ActiveRule]
    found: list[Placed]
    hidden: int = 0


def run_lint(asked: Asked) -> int:
    """Lint, print what was found, and return the exit code: 1 when something is wrong. Raises VaultkitError."""
    code = _run(asked)
    return 0 if code == 1 and asked.exit_zero else code


def _run(asked: Asked) -> int:
    gc.disable()  # one short walk that keeps what it makes: looking for garbage would only cost time
    check(asked)
    if asked.staged or asked.to_ref:
        from vaultkit.cli.lint_git import lint_git

        return lint_git(asked)
    today = dt.date.today()
    if asked.profile:
        from vaultkit.cli.lint_profile import profile

        return profile(_vaults(asked.paths or (Path.cwd(),)), asked.chosen)
    all_found: list[Here] = []
    parts = _vaults(asked.paths or (Path.cwd(),))
    if (asked.fix or asked.add_ignores) and not asked.diff:
        from vaultkit.cli.turn import finish_stopped

        stopped = [finish_stopped(vault.root) for vault, *_ in parts]  # each of them
        if any(stopped):
            parts = _vaults(asked.paths or (Path.cwd(),))
    written, chosen = True, asked.chosen
    is_plain = asked.output_format == "text" and not asked.statistics and not asked.write_baseline
    for vault, config, only in parts:
        warn_about(vault)
        if hint := nested_hint(nested_vaults(vault)):
            complain(hint)
        rules = active_rules(config, *chosen)
        history = GitHistory(vault.root, remember=not asked.no_cache)
        has_baseline = not asked.no_baseline and os.path.isfile(f"{vault.root}/{BASELINE}")  # noqa: PTH113
        if asked.diff or asked.fix or asked.add_ignores:
            from vaultkit.cli.lint_mend import mend, show, write

            first = _first_commit(vault) if asked.unsafe_fixes else None
            here = _lint(vault, vault.index, rules, config, only, today, history, first)
            if asked.add_ignores:
                from vaultkit.cli.lint_ignores import add_ignores

                changed = add_ignores(vault, here, rules, config, has_baseline, history)
            else:
                changed = mend(vault, here, rules, config, asked.unsafe_fixes, today, first, history)
            if asked.diff:
                show(vault, changed)
                continue
            command, what = ("--add-ignores", "silenced in") if asked.add_ignores else ("--fix", "mended")
            tell = say if asked.is_for_a_person else complain
            vault, all_written = write(vault, changed, f"lint {command}", what, tell)
            written = written and all_written
            here = _lint(vault, vault.index, rules, config, only, today, history)
            found = _place(here, vault, vault.notes)
        elif only is None:
            key = b"" if asked.no_cache else _key(vault, config, chosen)
            whole = lint_whole(vault, rules, config, text.line, key, asked.jobs or 0, today, history)
            if len(parts) == 1 and is_plain and not has_baseline and not wants_color():
                return _tell(whole, vault, config, b"" if any(chosen) else key, history.head)
            found = whole.found
        else:
            index = vault.index_of(vault.lazy_notes)
            here = _lint(vault, index, rules, config, only, today, history)
            found = _place(here, vault, index.notes)
        result = Here(vault, rules, found)
        if asked.write_baseline or has_baseline:
            from vaultkit.cli.lint_baseline import without_known
            from vaultkit.cli.lint_baseline import write as write_baseline

            if asked.write_baseline:
                write_baseline(result, only, any(chosen))
            result = without_known(result)
        all_found.append(result)
    if asked.diff:
        return 0
    report(all_found, asked)
    return 1 if is_wrong(all_found) or not written else 0


def lint_notes(vault: Vault, only: Collection[str]) -> list[Here]:
    """What is found in some notes, by their vault paths: as `lint PATH...` finds it. Raises UsageError."""
    outer, today = enclosing(vault), dt.date.today()
    before = "" if outer.root == vault.root else f"{vault.root.relative_to(outer.root).as_posix()}/"
    out = []
    for part, config, asked in vaults_of(outer, {before + path for path in only}):
        rules = active_rules(config)
        index = part.index_of(part.lazy_notes)
        here = _lint(part, index, rules, config, asked, today, GitHistory(part.root))
        result = Here(part, rules, _place(here, part, index.notes))
        if os.path.isfile(f"{part.root}/{BASELINE}"):  # noqa: PTH113
            from vaultkit.cli.lint_baseline import without_known

            result = without_known(result)
        out.append(result)
    return out


def is_wrong(found: Sequence[Here]) -> bool:
    """Whether something was found that is more than an info."""
    return any(one.severity is not Severity.INFO for here in found for one in here.found)


def _lint(
    vault: Vault,
    index: Index,
    rules: Sequence[ActiveRule],
    config: Config,
    only: Collection[str] | None,
    today: dt.date,
    history: History,
    first: FirstCommit | None = None,
) -> list[Diagnostic]:
    return lint(
        index,
        vault.settings,
        rules,
        config,
        only,
        boards=vault.boards,
        today=today,
        first_commit=first,
        history=history,
    )


def _place(found: Sequence[Diagnostic], vault: Vault, notes: Mapping[str, Note]) -> list[Placed]:
    paths = {diagnostic.path for diagnostic in found}
    texts = {path: note for path in paths if (note := vault.boards.get(path) or notes.get(path))}
    return list(placed(found, texts))


def _tell(whole: Whole, vault: Vault, config: Config, key: bytes, head: str) -> int:
    """Say what is wrong in the one vault, and let the next run say the same at once if this was a plain one (`key`: its
    fingerprint, otherwise empty) and nothing was told but findings in notes. The exit code."""
    last = text.counted(*whole.totals) + "\n"
    emit_all(whole.told.lines())
    emit(last)
    code = 1 if any(number and severity is not Severity.INFO for severity, number in whole.totals[0].items()) else 0
    plain = key and whole.is_sure and config.root == vault.root and vault.config_folder == ".obsidian"
    if plain and vault.tree.seen and not vault.settings.problems and not nested_vaults(vault):
        remember(str(vault.root), key, _own_packs(config), vault.tree.seen, whole.told, last, code, head)
    return code


def report(all_found: Sequence[Here], asked: Asked) -> None:
    """Print what was found, as `asked`."""
    if asked.output_format == "text" and not asked.statistics:
        found = [one._replace(path=here.vault.prefix + one.path) for here in all_found for one in here.found]
        if found:
            emit(text.render(found, color=wants_color()))
        say(text.summary(found, sum(here.hidden for here in all_found)))
    else:
        from vaultkit.cli import lint_report

        lint_report.report(all_found, asked)


def _key(vault: Vault, config: Config, chosen: tuple[tuple[str, ...], ...]) -> bytes:
    """What the findings in `vault` depend on besides its notes."""
    words = [repr(chosen)] if any(chosen) else []
    return fingerprint(str(vault.root), vault.config_folder, str(config.root or ""), _own_packs(config), words)


def _own_packs(config: Config) -> list[str]:
    return [str(pack) for pack in config.lint.packs if pack not in shipped_packs()]


def _vaults(paths: Sequence[Path]) -> list[Part]:
    """The vaults that `paths` lie in, each with what holds for it and the notes asked for. Raises UsageError."""
    found: dict[Path, tuple[Vault, set[str] | None]] = {}
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: does not exist")
        vault = find_vault(path)
        if vault is None:
            if path.is_file():
                raise UsageError(f"{path}: lies in no vault (no folder above it has .obsidian or vaultkit.yaml)")
            complain(f"{path}: has no .obsidian folder; linted as if it were a vault")
            vault = Vault(path.absolute())
        vault = enclosing(vault)
        vault, only = found.setdefault(vault.root, (vault, set()))
        inside = path.absolute().relative_to(vault.root).as_posix()
        if inside == ".":
            found[vault.root] = (vault, None)
        elif only is not None:
            only |= _below(vault, inside)
    return [part for vault, only in found.values() for part in vaults_of(vault, only)]


def _below(vault: Vault, inside: str) -> set[str]:
    files = {f for f in vault.files if f == inside or f.startswith(f"{inside}/")}
    if not any(kind_of(f) in _LOOKED_AT for f in files):
        complain(f"{vault.root / inside}: there are no notes to lint")
    return files


def _first_commit(vault: Vault) -> FirstCommit:
    from vaultkit.git.first_commits import first_commit_in

    return first_commit_in(vault.root)
