"""`vaultkit lint`: what is wrong in notes, and the mending of it."""

from __future__ import annotations

import difflib
import gc
from collections.abc import Collection, Sequence
from pathlib import Path

import click

from vaultkit.cli.import_ import warn_about
from vaultkit.cli.output import complain, emit, safe, say, wants_color
from vaultkit.config import Config, read_config
from vaultkit.errors import UsageError
from vaultkit.linting.diagnostic import Diagnostic, Severity
from vaultkit.linting.fix import fixed
from vaultkit.linting.packs import ActiveRule, active_rules
from vaultkit.linting.run import lint
from vaultkit.vault.files import ChangedMeanwhile, Files
from vaultkit.vault.index import Index
from vaultkit.vault.names import Kind, kind_of
from vaultkit.vault.note import Note
from vaultkit.vault.parse import parse
from vaultkit.vault.tree import Vault, find_vault


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--fix", "fix", is_flag=True, help="Mend what can be mended safely.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also mend where a person should look after.")
@click.option("--diff", "diff", is_flag=True, help="Show what --fix would change; write nothing.")
@click.option("--select", default="", metavar="RULES", help="Only these rules (ids with commas between).")
@click.option("--ignore", default="", metavar="RULES", help="All but these rules.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--staged", is_flag=True, help="What git has staged, as the next commit will make it.")
def command(
    paths: tuple[Path, ...],
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    select: str,
    ignore: str,
    output_format: str,
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
    found: list[Diagnostic] = []
    notes: dict[str, Note] = {}
    for vault, only in _vaults(paths or (Path.cwd(),)):
        warn_about(vault)
        config = read_config(vault.root)
        rules = active_rules(config, _ids(select), _ids(ignore))
        found_here = lint(vault.index, vault.settings, rules, config, only)
        if diff or fix:
            changed = _mend(vault, found_here, rules, config, unsafe_fixes)
            if diff:
                _show(vault, changed)
                continue
            vault = _write(vault, changed)
            found_here = lint(vault.index, vault.settings, rules, config, only)
        found += found_here
        notes |= vault.notes
    if diff:
        return 0
    return _report(found, notes, output_format)


def _report(found: Sequence[Diagnostic], notes: dict[str, Note], output_format: str) -> int:
    if output_format == "json":
        from vaultkit.report import json

        emit(json.render(found, notes))
    else:
        from vaultkit.report import text

        if found:
            emit(text.render(found, notes, color=wants_color()))
        say(text.summary(found))
    return 1 if any(one.severity is not Severity.INFO for one in found) else 0


def _ids(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.replace(",", " ").split() if part)


def _vaults(paths: Sequence[Path]) -> list[tuple[Vault, Collection[str] | None]]:
    """The vaults that `paths` lie in, each with the notes asked for (None: all). Raises UsageError."""
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
        vault, only = found.setdefault(vault.root, (vault, set()))
        inside = path.absolute().relative_to(vault.root).as_posix()
        if inside == ".":
            found[vault.root] = (vault, None)
        elif only is not None:
            only |= _below(vault, inside)
    return list(found.values())


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
            complain(f"{path}: the fix of {rule} would have damaged the note, so nothing was written; please report it")
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
        say(f"mended {path}")
        vault.notes[path] = parse(path, data)
    fresh = Vault(vault.root, vault.config_folder)
    fresh.__dict__.update(files=vault.files, notes=vault.notes, index=Index(vault.files, vault.notes))
    return fresh


def _show(vault: Vault, changed: dict[str, bytes]) -> None:
    for path, data in changed.items():
        lines = (vault.notes[path].data.decode("utf-8", "replace"), data.decode("utf-8", "replace"))
        old, new = (text.splitlines(keepends=True) for text in lines)
        for line in difflib.unified_diff(old, new, path, path):
            emit(safe(line.rstrip("\n")))


def _staged(paths: tuple[Path, ...]) -> int:
    from vaultkit.git.hook import hook_lint

    code, text = hook_lint(Path.cwd(), tuple(map(str, paths)))
    emit(text or "Nothing found.\n")
    return code
