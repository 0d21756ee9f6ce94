"""`vaultkit lint`: what is wrong in notes, and the mending of it."""

from __future__ import annotations

import difflib
import gc
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from vaultkit.cli.import_ import warn_about
from vaultkit.cli.output import complain, emit, emit_all, safe, say
from vaultkit.cli.terminal import wants_color
from vaultkit.cli.unchanged import remember
from vaultkit.config import Config, Part, enclosing, nested_hint, vaults_of
from vaultkit.errors import UsageError
from vaultkit.linting.diagnostic import Diagnostic, Severity
from vaultkit.linting.fingerprint import fingerprint
from vaultkit.linting.fix import fixed
from vaultkit.linting.packs import ActiveRule, active_rules, shipped_packs
from vaultkit.linting.placed import Placed, placed
from vaultkit.linting.run import lint
from vaultkit.linting.whole import Whole, lint_whole
from vaultkit.report import text
from vaultkit.vault.files import ChangedMeanwhile, Files
from vaultkit.vault.index import Index
from vaultkit.vault.names import Kind, kind_of
from vaultkit.vault.parse import parse
from vaultkit.vault.tree import Vault, find_vault, nested_vaults


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--fix", "fix", is_flag=True, help="Mend what can be mended safely.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also mend where a person should look after.")
@click.option("--diff", "diff", is_flag=True, help="Show what --fix would change; write nothing.")
@click.option("--select", default="", metavar="RULES", help="Only these rules (ids with commas between).")
@click.option("--ignore", default="", metavar="RULES", help="All but these rules.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--no-cache", is_flag=True, help="Look at every note, and remember nothing for the next run.")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes that read notes (default: what pays).")
@click.option("--staged", is_flag=True, help="What git has staged, as the next commit will make it.")
def command(
    paths: tuple[Path, ...],
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    select: str,
    ignore: str,
    output_format: str,
    no_cache: bool,
    jobs: int | None,
    staged: bool,
) -> int:
    """Lint the notes at PATHs (notes, folders; default: the vault you are in). Exit code 1: something is wrong."""
    gc.disable()  # one short walk that keeps what it makes: looking for garbage would only cost time
    if staged:
        if fix or unsafe_fixes or diff or select or ignore or output_format != "text":
            raise UsageError(
                "--staged goes with none of --fix, --unsafe-fixes, --diff, --select, --ignore, --output-format"
            )
        return _staged(paths)
    found: list[Placed] = []
    parts = _vaults(paths or (Path.cwd(),))
    chosen = (_ids(select), _ids(ignore))
    for vault, config, only in parts:
        warn_about(vault)
        if hint := nested_hint(nested_vaults(vault)):
            complain(hint)
        rules = active_rules(config, *chosen)
        if diff or fix:
            here = lint(vault.index, vault.settings, rules, config, only)
            changed = _mend(vault, here, rules, config, unsafe_fixes)
            if diff:
                _show(vault, changed)
                continue
            vault = _write(vault, changed)
            here = lint(vault.index, vault.settings, rules, config, only)
            found_here = list(placed(here, vault.notes))
        elif only is None:
            key = b"" if no_cache else _key(vault, config, chosen)
            whole = lint_whole(vault, rules, config, _line, key, jobs or 0)
            if len(parts) == 1 and output_format == "text" and not wants_color():
                return _tell(whole, vault, config, b"" if any(chosen) else key)
            found_here = whole.found
        else:
            index = Index(vault.files, vault.lazy_notes)
            found_here = list(placed(lint(index, vault.settings, rules, config, only), index.notes))
        found += [one._replace(path=vault.prefix + one.path) for one in found_here] if vault.prefix else found_here
    if diff:
        return 0
    _report(found, output_format)
    return 1 if any(one.severity is not Severity.INFO for one in found) else 0


def _line(one: Placed) -> str:
    return text.render((one,))


def _tell(whole: Whole, vault: Vault, config: Config, key: bytes) -> int:
    """Say what is wrong in the one vault, and let the next run say the same at once if this was a plain one (`key`: its
    fingerprint, otherwise empty) and nothing was told but findings in notes. The exit code."""
    last = text.counted(*whole.totals) + "\n"
    emit_all(whole.told.lines())
    emit(last)
    code = 1 if any(number and severity is not Severity.INFO for severity, number in whole.totals[0].items()) else 0
    plain = key and whole.is_sure and config.root == vault.root and vault.config_folder == ".obsidian"
    if plain and vault.tree.seen and not vault.settings.problems and not nested_vaults(vault):
        remember(str(vault.root), key, _own_packs(config), vault.tree.seen, whole.told, last, code)
    return code


def _report(found: Sequence[Placed], output_format: str) -> None:
    if output_format == "json":
        from vaultkit.report import json

        emit(json.render(found))
    else:
        if found:
            emit(text.render(found, color=wants_color()))
        say(text.summary(found))


def _key(vault: Vault, config: Config, chosen: tuple[tuple[str, ...], tuple[str, ...]]) -> bytes:
    """What the findings in `vault` depend on besides its notes."""
    words = [repr(chosen)] if any(chosen) else []
    return fingerprint(str(vault.root), vault.config_folder, str(config.root or ""), _own_packs(config), words)


def _own_packs(config: Config) -> list[str]:
    return [str(pack) for pack in config.lint.packs if pack not in shipped_packs()]


def _ids(listed: str) -> tuple[str, ...]:
    return tuple(part for part in listed.replace(",", " ").split() if part)


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
    notes = {f for f in vault.files if kind_of(f) is Kind.NOTE and (f == inside or f.startswith(f"{inside}/"))}
    if not notes:
        complain(f"{vault.root / inside}: there are no notes to lint")
    return notes


def _mend(
    vault: Vault, found: Sequence[Diagnostic], rules: Sequence[ActiveRule], config: Config, unsafe: bool
) -> dict[str, bytes]:
    """New contents by path, for the notes that a fix changes."""
    out = {}
    for path in dict.fromkeys(one.path for one in found if one.fix is not None and (unsafe or one.fix.safe)):
        result = fixed(path, vault.index, vault.settings, rules, config, unsafe)
        for rule in result.refused:
            name = vault.prefix + path
            complain(f"{name}: the fix of {rule} would have damaged the note, so nothing was written; please report it")
        if result.data != vault.notes[path].data:
            out[path] = result.data
    return out


def _write(vault: Vault, changed: dict[str, bytes]) -> Vault:
    """Write the mended notes; the vault as it is then."""
    files = Files(vault.root)
    for path, data in changed.items():
        try:
            files.write(path, data, expect=vault.notes[path].data)
        except ChangedMeanwhile as e:
            complain(str(e))
            continue
        say(f"mended {vault.prefix}{path}")
        vault.notes[path] = parse(path, data)
    fresh = replace(vault)
    fresh.__dict__.update(tree=vault.tree, files=vault.files, notes=vault.notes, index=Index(vault.files, vault.notes))
    return fresh


def _show(vault: Vault, changed: dict[str, bytes]) -> None:
    for path, data in changed.items():
        name = vault.prefix + path
        lines = (vault.notes[path].data.decode("utf-8", "replace"), data.decode("utf-8", "replace"))
        old, new = (text.splitlines(keepends=True) for text in lines)
        for line in difflib.unified_diff(old, new, name, name):
            emit(safe(line.rstrip("\n")))


def _staged(paths: tuple[Path, ...]) -> int:
    from vaultkit.git.hook import hook_lint

    code, text = hook_lint(Path.cwd(), tuple(map(str, paths)))
    emit(text or "Nothing found.\n")
    return code
