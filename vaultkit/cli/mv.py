"""`vaultkit mv`: a note, attachment or folder renamed or moved, with all links to it."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from vaultkit.cli.output import complain, say, show_change, warn_about
from vaultkit.cli.turn import turn, was_stopped
from vaultkit.config import vaults_of
from vaultkit.errors import UsageError
from vaultkit.vault.files import Change, is_listed
from vaultkit.vault.journal import Journal, unfinished
from vaultkit.vault.move import Fate, Move, Notice, Plan, is_named, plan_move
from vaultkit.vault.move_request import read_move, read_old
from vaultkit.vault.names import CONFIG_FILE, Kind, kind_of
from vaultkit.vault.transaction import Transaction
from vaultkit.vault.tree import Vault, find_vault

_SETTINGS = ("bookmarks", "daily-notes", "templates", "zk-prefixer", "app")
"""Files of Obsidian's that hold paths."""


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--dry-run", "-n", is_flag=True, help="Show what would change, a line for each file; write nothing.")
@click.option("--diff", is_flag=True, help="Show what would change in each file; write nothing.")
def command(old: str, new: str, dry_run: bool, diff: bool) -> int:
    """Rename or move OLD (a note, attachment, canvas, base or folder) to NEW, and rewrite the links that led there.

    Where NEW is a folder or ends with a slash, OLD is moved into it; the `.md` of a note may be left out. Exit code 1:
    some links could not be kept; they are named.
    """
    gc.disable()  # one short walk that keeps what it makes: looking for garbage would only cost time
    vault = _vault_of(old)
    if dry_run or diff:
        if command := unfinished(vault.root):
            raise UsageError(f"`vaultkit {command}` was stopped; without --dry-run or --diff it is finished first")
        return _move(vault, old, new, None, diff)
    with turn(vault.root) as journal:
        if (code := was_stopped(journal, lambda plan: _is_same(vault, plan, old, new))) is not None:
            return code
        return _move(vault, old, new, journal, diff)


def _move(vault: Vault, old: str, new: str, journal: Journal | None, diff: bool) -> int:
    """The exit code. Without a `journal` nothing is written."""
    warn_about(vault)
    move = read_move(vault, read_old(vault, old), new)
    canvases = {path: vault.read(path) or b"" for path in vault.files if kind_of(path) is Kind.CANVAS}
    plan = plan_move(move, vault.index, canvases, vault.settings.link_format)
    if diff:
        _show(plan)
        return 0
    refused: Mapping[str, str] = {}
    if journal is not None:
        changes = [Change(one.new_path, one.after, one.before) for one in plan.rewrites]
        refused = journal.apply(f"mv {move.old} {move.new}", changes, moves=[(move.old, move.new)]).refused
    _report(plan, refused, journal is None)
    for path in _naming(vault, plan):
        say(f"warning: {path} names {move.old}, and vaultkit does not change that")
    lost = _tell(plan.notices)
    return _report_refused(refused) or int(lost)


def _vault_of(old: str) -> Vault:
    """The vault that `old` lies in; of several in one, the innermost. Raises UsageError."""
    if not old:
        raise UsageError("OLD is empty")
    place = Path(os.path.abspath(old))  # noqa: PTH100 (`..` goes away as typed)
    if (place / ".obsidian").is_dir():
        raise UsageError(f"{old}: is a vault itself; to rename it, rename its folder")
    vault = find_vault(place)
    if vault is None:
        raise UsageError(f"{old}: lies in no vault (no folder above it has .obsidian or vaultkit.yaml)")
    parts = [part.vault for part in vaults_of(vault) if place.is_relative_to(part.vault.root)]
    return max(parts, key=lambda part: len(part.root.parts), default=vault)


def _is_same(vault: Vault, done: Transaction, old: str, new: str) -> bool:
    """Whether what was typed is the move that was just finished: then there is nothing more to do."""
    from_, to = (Path(os.path.abspath(typed)) for typed in (old, new))  # noqa: PTH100
    for moved_from, moved_to in done.moves:
        was, became = vault.root / moved_from, vault.root / moved_to
        if from_ == was and to in (became, became.with_suffix(""), became.parent) and not is_listed(was):
            return True
    return False


def _report(plan: Plan, refused: Mapping[str, str], dry_run: bool) -> None:
    move, rewritten = plan.move, {one.path: one for one in plan.rewrites if one.new_path not in refused}
    if not dry_run:
        say(f"moved {move.old} to {move.new}")
        links = sum(len(one.edits) for one in rewritten.values())
        if links:
            say(f"rewrote {_count(links, 'link')} in {_count(len(rewritten), 'file')}")
        return
    for old, new in sorted(move.files.items()) or [(move.old, move.new)]:
        also = f" ({_count(len(rewritten[old].edits), 'link')})" if old in rewritten else ""
        say(f"would move {old} to {new}{also}")
    for path, one in sorted(rewritten.items()):
        if path not in move.files:
            say(f"would change {path} ({_count(len(one.edits), 'link')})")


def _report_refused(refused: Mapping[str, str]) -> int:
    for path, why in refused.items():
        complain(f"{why if path in why else f'{path}: {why}'}; its links to what was moved are as they were")
    return 1 if refused else 0


def _tell(notices: tuple[Notice, ...]) -> bool:
    """Name the links to look at; whether one of them is worse than before."""
    for one in notices:
        match one.fate:
            case Fate.LOST:
                what = f"leads to {one.files[0]} no more, and no link could be written that does"
            case Fate.UNCLEAR:
                what = f"could mean {' or '.join(one.files)}, so it was left as it is"
            case Fate.GAINED:
                what = f"led nowhere and now leads to {one.files[0]}"
        say(f"{'note' if one.fate is Fate.GAINED else 'warning'}: {one.path}: {one.text} {what}")
    return any(one.fate is not Fate.GAINED for one in notices)


def _naming(vault: Vault, plan: Plan) -> Iterator[str]:
    """Files that say the old path and that `mv` leaves alone, by where they are now."""
    move: Move = plan.move
    for name in _SETTINGS:
        path = f"{vault.config_folder}/{name}.json"
        if is_named(move, vault.read(path) or b""):
            yield path
    for path in vault.files:
        now = move.files.get(path, path)
        if kind_of(path) is Kind.BASE and is_named(move, vault.read(now) or vault.read(path) or b"", by_name=True):
            yield now
    if is_named(move, vault.read(CONFIG_FILE) or b"", unquoted=True):
        yield CONFIG_FILE


def _show(plan: Plan) -> None:
    rewritten = {one.path: one for one in plan.rewrites}
    for path in sorted({*plan.move.files, *rewritten}):
        new = plan.move.files.get(path, path)
        if new != path:
            say(f"rename from {path}")
            say(f"rename to {new}")
        if one := rewritten.get(path):
            show_change(one.before, one.after, path, new)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
