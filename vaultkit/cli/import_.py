"""`vaultkit import`: exports in, notes out."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal

import click

from vaultkit.cli.output import emit, say, show_change
from vaultkit.cli.progress import Progress
from vaultkit.config import Config, read_config
from vaultkit.errors import ExportError, UsageError
from vaultkit.vault.files import Files
from vaultkit.vault.names import safe_name
from vaultkit.vault.tags import is_valid_tag, mend_tag
from vaultkit.vault.tree import Vault, find_vault, open_vault

if TYPE_CHECKING:  # all formats and their libraries come with it: only for a run, not for --help
    from vaultkit.importing.choices import Choices
    from vaultkit.importing.moment import Zone
    from vaultkit.importing.plan import PlannedNote
    from vaultkit.importing.source import Split


@click.command()
@click.argument("exports", nargs=-1, required=True, metavar="EXPORT...")
@click.option("--vault", "folder", type=click.Path(path_type=Path), help="The vault; default: the one you are in.")
@click.option("--format", "format_", default="", metavar="NAME", help="Format of the exports; default: found out.")
@click.option("--source", default="", metavar="NAME", help="First part of the notes' ids; tells two diaries apart.")
@click.option("--into", default="", metavar="FOLDER", help="Folder of the vault for all notes of this run.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag for every note of this run; repeatable.")
@click.option("--dry-run", "-n", is_flag=True, help="Show what would happen, a line for each note; write nothing.")
@click.option("--diff", is_flag=True, help="Show what would change in each note; write nothing.")
@click.option("--check", is_flag=True, help="As --dry-run; exit code 1 if anything would change.")
@click.option(
    "--complete", is_flag=True, help="The exports hold all there is: notes of what they lack go to the trash."
)
@click.option("--allow-mass-delete", is_flag=True, help="With --complete: even if much of what was imported is gone.")
@click.option("--json", "as_json", is_flag=True, help="Report for programs.")
@click.option(
    "--plan",
    type=click.Path(path_type=Path),
    help="YAML file with the split of an undated text: written if it is not there, obeyed if it is.",
)
@click.option("--pull-requests", type=click.Choice(["include", "skip"]), help="Whether pull requests become notes.")
@click.option("--drafts", type=click.Choice(["include", "skip"]), help="Whether unpublished pages become notes.")
@click.option("--site-url", metavar="URL", help="Address of the site that pages were published on.")
@click.option("--project", default="", metavar="PROJECT", help="Whose issues these are: group/project, or its address.")
@click.option(
    "--date-order", type=click.Choice(["dmy", "mdy"]), help="How 03/04/2024 is meant where the file does not tell."
)
@click.option("--tz", "zone", default="", metavar="ZONE", help="Where things were written that do not say: Asia/Tokyo.")
@click.option("--trust-code", is_flag=True, help="Leave scripts, queries, template code and HTML as they are.")
@click.option("--infer-headings", is_flag=True, help="Short lines that stand alone become headings.")
@click.option("--report", "as_note", is_flag=True, help="Write what was done as a note of the vault, in Imports.")
@click.option("--save", is_flag=True, help="Name the exports in vaultkit.yaml, so that `vaultkit sync` imports them.")
def command(
    exports: tuple[str, ...],
    folder: Path | None,
    format_: str,
    source: str,
    into: str,
    tags: tuple[str, ...],
    dry_run: bool,
    diff: bool,
    check: bool,
    complete: bool,
    allow_mass_delete: bool,
    as_json: bool,
    plan: Path | None,
    pull_requests: Literal["include", "skip"] | None,
    drafts: Literal["include", "skip"] | None,
    site_url: str | None,
    project: str,
    date_order: Literal["dmy", "mdy"] | None,
    zone: str,
    trust_code: bool,
    infer_headings: bool,
    as_note: bool,
    save: bool,
) -> int:
    """Turn EXPORTs (files, folders, patterns like "*.json", or - for the standard input) into notes of a vault. Import
    again any time: what you wrote and what the source changed are merged.

    \b
    The two letters of --dry-run: A  new, M  the source changed it, MM both did, UU both did so in one place,
    " M" you edited it, R  you moved it, " D" you deleted it, D  gone from the source and to the trash, DU gone
    from the source and edited, " X" its id was removed, U? the text that was imported last is lost,
    ?? a second note with the same id.
    """
    from vaultkit.cli import save_source
    from vaultkit.cli.turn import finish_stopped, turn
    from vaultkit.importing.run import run_import
    from vaultkit.report import imported
    from vaultkit.vault.journal import unfinished

    if diff and as_json:
        raise UsageError("--diff is for people, --json for programs; choose one")
    if "-" in exports and (save or plan):
        raise UsageError("-: what comes by the standard input cannot be read again; with --save or --plan name a file")
    if allow_mass_delete and not complete:
        raise UsageError("--allow-mass-delete goes with --complete")
    dry_run = dry_run or diff or check
    vault = the_vault(folder)
    if not dry_run:
        finish_stopped(vault.root)
    elif stopped := unfinished(vault.root):
        raise UsageError(f"`vaultkit {stopped}` was stopped; without --dry-run, --diff or --check it is finished first")
    config = read_config(vault.root)
    if plan and not plan.exists():
        return _write_plan(exports, plan, dry_run)
    choices = choices_from(config)
    options = replace(
        choices.options,
        pull_requests=pull_requests or choices.options.pull_requests,
        drafts=drafts or choices.options.drafts,
        site_url=site_url or choices.options.site_url,
        project=project,
        date_order=date_order or "",
        zone=_zone(zone) if zone else choices.options.zone,
        infer_headings=infer_headings,
        split=_read_plan(exports, plan) if plan else None,
    )
    choices = replace(
        choices,
        format=format_,
        source=source,
        into=_inside(into) or None,
        tags=_valid(tags),
        options=options,
        trust_code=trust_code,
        dry_run=dry_run,
        complete=complete,
        allow_mass_delete=allow_mass_delete,
    )
    saved, saving = 0, None
    with nullcontext() if dry_run else turn(vault.root) as journal:
        words = f"import {' '.join(exports)}"
        with Progress() as progress:
            report = run_import(vault, exports, replace(choices, progress=progress), journal, words)
        if journal and report.notes and "-" not in exports:
            saving = save_source.Saving(vault, config, exports, choices, report.prefixes)
            saved = save_source.save(saving, journal, words) if save else 0
        note = ""
        if journal and as_note:
            from vaultkit.cli.report_note import write_report

            prefixes = dict.fromkeys(note.id.partition("/")[0] for note in report.notes)
            name = ", ".join(prefixes) or "import"
            note = write_report(vault, journal, words, name, [(" ".join(exports), report, "")])
    if diff:
        _show(report.notes)
    else:
        emit(imported.render_json(report) if as_json else imported.render_text(report, str(vault.root)))
    if note and not as_json:
        say(f"the report is the note {note}")
    if saving and not as_json:
        if not save:
            save_source.offer(saving, vault.root)
        elif not saved and not saving.is_known:
            say(saving.tell_saved())
    return 1 if report.failed or saved or (check and report.changes) else 0


def _show(notes: Iterable[PlannedNote]) -> None:
    """What would be written to each note, as a unified diff."""
    for note in notes:
        if note.trash:
            say(f"rename from {note.path}")
            say(f"rename to {note.trash}")
        elif (data := note.data) is not None:
            show_change(note.before or b"", data, note.path if note.before is not None else "/dev/null", note.path)


def the_vault(folder: Path | None) -> Vault:
    """The vault at `folder`, or the one that the current folder lies in. Raises UsageError."""
    if folder is not None:
        return open_vault(folder)
    vault = find_vault(Path.cwd())
    if vault is None:
        raise UsageError("this folder is in no vault; name one with --vault, or make one with `vaultkit init`")
    return open_vault(vault.root)


def choices_from(config: Config) -> Choices:
    """What vaultkit.yaml says about importing."""
    from vaultkit.cli.zone import machine_zone
    from vaultkit.importing.choices import Choices
    from vaultkit.importing.entry import Kind
    from vaultkit.importing.source import ReadOptions

    said = config.import_
    return Choices(
        folders={kind: config.import_.folders.get(kind.value, "") for kind in Kind},
        kind_tags={kind: config.import_.tags.get(kind.value, ()) for kind in Kind},
        options=ReadOptions(pull_requests=said.pull_requests.value, site_url=said.site_url, zone=machine_zone()),
    )


def _zone(name: str) -> Zone:
    """`--tz`. Raises UsageError."""
    from vaultkit.dates.zone import read_zone
    from vaultkit.importing.moment import Zone

    try:
        read_zone(name)
    except ValueError as e:
        raise UsageError(f"--tz {name}: {e}") from e
    return Zone(name, is_given=True)


def _inside(folder: str) -> str:
    """`--into` as a vault path. Raises UsageError when it leads out."""
    parts = [part for part in folder.split("/") if part]
    if folder.startswith("/") or ".." in parts:
        raise UsageError(f"--into {folder}: must be a folder inside the vault")
    for part in parts:
        if safe_name(part) != part:
            raise UsageError(f"--into {folder}: `{part}` is no good name for a folder; `{safe_name(part)}` would be")
    return "/".join(parts)


def _valid(tags: tuple[str, ...]) -> tuple[str, ...]:
    """`--tag` without `#`. Raises UsageError for what Obsidian would not take as a tag."""
    names = tuple(tag.removeprefix("#") for tag in tags)
    for name in names:
        if not is_valid_tag(name):
            better = f"; `{mend_tag(name)}` is" if mend_tag(name) else ""
            raise UsageError(f"--tag {name!r}: is no valid tag{better}")
    return names


def _write_plan(exports: tuple[str, ...], plan: Path, dry_run: bool) -> int:
    from vaultkit.importing.split import guess
    from vaultkit.importing.split_plan import write_plan

    text = _only_text(exports, plan)
    split = guess(text)
    if not split.titles:
        raise ExportError(f"{exports[0]}: no line looks like a title; nothing to plan")
    if dry_run:
        say(f"{plan}: would be written, with the split into {len(split.titles)} entries")
        return 0
    if not plan.absolute().parent.is_dir():
        raise UsageError(f"--plan {plan}: the folder does not exist")
    written = write_plan(exports[0], text, split).encode()
    Files(plan.absolute().parent).write(plan.name, written, expect=None)
    say(f"{plan}: the split into {len(split.titles)} entries. Edit it, then run the same command again.")
    return 0


def _read_plan(exports: tuple[str, ...], plan: Path) -> Split:
    from vaultkit.importing.export_file import file_at
    from vaultkit.importing.split_plan import read_plan

    text = file_at(plan, PurePosixPath(plan)).text
    return read_plan(text, _only_text(exports, plan), str(plan))


def _only_text(exports: tuple[str, ...], plan: Path) -> str:
    from vaultkit.importing.export import open_export

    if len(exports) != 1:
        raise UsageError(f"--plan {plan}: goes with one export at a time")
    return open_export(exports[0]).first.text
