"""`vaultkit sync`: every source of vaultkit.yaml again, and what changed linted; with git, if that is wanted."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vaultkit.cli.output import complain, emit, say
from vaultkit.cli.progress import Progress
from vaultkit.config import Config, read_config
from vaultkit.config_sources import SourceConfig, chosen
from vaultkit.errors import UsageError

if TYPE_CHECKING:  # all formats, the linter and GitPython come with these: only for a run, not for --help
    from vaultkit.cli.lint_run import Here
    from vaultkit.git.checkout import Checkout, Committed
    from vaultkit.importing.syncing import Synced
    from vaultkit.vault.journal import Journal
    from vaultkit.vault.tree import Vault


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--vault", "folder", type=click.Path(path_type=Path), help="The vault; default: the one you are in.")
@click.option("--dry-run", "-n", is_flag=True, help="Show what would happen; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Report for programs.")
@click.option("--report", "as_note", is_flag=True, help="Write what was done as a note of the vault, in Imports.")
@click.option("--pull", is_flag=True, help="Before: fetch, and go forward to the upstream of the branch.")
@click.option("--commit", is_flag=True, help="After: one git commit of what this run wrote, and of nothing else.")
@click.option("--push", is_flag=True, help="With --commit: push it to the upstream of the branch.")
def command(
    sources: tuple[str, ...],
    folder: Path | None,
    dry_run: bool,
    as_json: bool,
    as_note: bool,
    pull: bool,
    commit: bool,
    push: bool,
) -> int:
    """Import the SOURCEs of vaultkit.yaml (default: all) again, and lint the notes that this wrote.

    A source that fails does not stop the others. `vaultkit undo` takes back all that one run wrote (a commit of it
    stays in git). Exit code 1: a source failed, or something is wrong in the notes.
    """
    from vaultkit.cli.import_ import the_vault
    from vaultkit.cli.turn import turn

    if push and not commit:
        raise UsageError("--push goes with --commit")
    if dry_run and (pull or commit):
        raise UsageError("--dry-run goes with none of --pull, --commit, --push")
    vault = the_vault(folder)
    checkout = None
    if pull or commit:
        from vaultkit.git.checkout import open_checkout

        checkout = open_checkout(vault.root)
        checkout.check(commits=commit, remote=pull or push)
    tell = complain if as_json else say
    with nullcontext() if dry_run else turn(vault.root) as journal:
        if checkout and pull and (count := checkout.pull()):
            tell(f"pulled {count} {'commit' if count == 1 else 'commits'}")
        vault = vault.unread()
        config = read_config(vault.root)
        before = checkout.changed() if checkout and commit else set()
        words = " ".join(["sync", *sources])
        done = _import(vault, config, _asked(config, sources), journal, words, as_json)
        if journal and as_note:
            from vaultkit.cli.report_note import write_report

            parts = [(one.name, one.report, str(one.error or "")) for one in done]
            if note := write_report(vault, journal, words, "sync", parts):
                tell(f"the report is the note {note}")
        found = _lint(vault, done) if not dry_run else None
        if found is not None and not as_json:
            _tell(found)
        made, refused = None, None
        if checkout and commit and journal:
            from vaultkit.git.plumbing import GitError

            try:
                made = _commit(checkout, journal, done, before, push, tell)
            except GitError as e:
                refused = e
    if as_json:
        from vaultkit.report import synced

        emit(
            synced.render_json(done, dry_run, _as_value(found), made.id if made else "", made.left_out if made else ())
        )
    if refused:
        raise refused
    return _code(done, found)


def _asked(config: Config, names: Sequence[str]) -> list[SourceConfig]:
    from vaultkit.importing.syncing import check_formats

    if not config.sources:
        raise UsageError(
            "vaultkit.yaml names no sources; `vaultkit import EXPORT --save` adds one, or write it there yourself"
        )
    sources = chosen(config.sources, names)
    check_formats(sources)
    return sources


def _import(
    vault: Vault, config: Config, sources: Sequence[SourceConfig], journal: Journal | None, command: str, as_json: bool
) -> list[Synced]:
    """Each source, told as soon as it is done."""
    from vaultkit.cli.import_ import choices_from
    from vaultkit.importing.syncing import sync
    from vaultkit.report import synced

    done: list[Synced] = []
    with Progress() as progress:
        base = replace(choices_from(config), progress=progress)
        for one in sync(vault, sources, config.sources, base, journal, command):
            progress.end()
            done.append(one)
            if not as_json:
                emit(synced.render_text(one))
    return done


def _lint(vault: Vault, done: Sequence[Synced]) -> list[Here]:
    """What is found in the notes that this run wrote."""
    from vaultkit.cli.lint_run import lint_notes

    written = {path for one in done for path in one.written}
    return lint_notes(vault.unread(), written) if written else []


def _tell(found: Sequence[Here]) -> None:
    from vaultkit.cli.lint_asked import Asked
    from vaultkit.cli.lint_run import report

    if found:
        report(found, Asked())


def _as_value(found: Sequence[Here] | None) -> dict[str, Any] | None:
    from vaultkit.report import json as as_json

    if found is None:
        return None
    placed = [one._replace(path=here.vault.prefix + one.path) for here in found for one in here.found]
    value: dict[str, Any] = json.loads(as_json.render(placed))
    return value


def _commit(
    checkout: Checkout,
    journal: Journal,
    done: Sequence[Synced],
    before: set[str],
    push: bool,
    tell: Callable[[str], None],
) -> Committed | None:
    """Commit what this run wrote, and push it. Raises GitError."""
    from vaultkit.report.synced import commit_message

    written = journal.written()
    made = checkout.commit([entry.path for entry in written.files], commit_message(done), before) if written else None
    for path in made.left_out if made else ():
        complain(f"{path}: had changes that were not committed before this run; it is not in the commit")
    tell(f"committed {made.id[:10]}: {commit_message(done)}" if made and made.id else "there was nothing to commit")
    if push:
        tell(f"pushed to {checkout.push()}")
    return made


def _code(done: Sequence[Synced], found: Sequence[Here] | None) -> int:
    from vaultkit.cli.lint_run import is_wrong
    from vaultkit.errors import DiskError

    if any(isinstance(one.error, DiskError) for one in done):
        return 3
    return 1 if any(one.failed for one in done) or (found and is_wrong(found)) else 0
