"""All sources of a vault, imported one after the other; one that fails does not stop the others.

Knows how a source of `vaultkit.yaml` becomes an import (`run`). Each source is written as a whole before the next is
read, so that its notes are linked to by the later ones; all of them are one command, which `undo` takes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vaultkit.config_sources import SourceConfig
from vaultkit.errors import DiskError, UsageError, VaultkitError
from vaultkit.importing.batch import open_all
from vaultkit.importing.choices import Choices
from vaultkit.importing.plan import Outcome
from vaultkit.importing.run import ImportReport, run_import
from vaultkit.importing.sources import SOURCES
from vaultkit.importing.surroundings import read_ledgers
from vaultkit.schema import near
from vaultkit.vault.disk import is_hopeless
from vaultkit.vault.journal import Journal
from vaultkit.vault.tree import Vault


@dataclass(frozen=True, slots=True)
class Synced:
    """What became of one source. `error`: why nothing of it was imported; `report` is empty then."""

    name: str
    report: ImportReport
    error: VaultkitError | None = None

    @property
    def failed(self) -> bool:
        """Whether the source, or a part of it, failed."""
        return self.error is not None or self.report.failed

    @property
    def written(self) -> dict[str, bool]:
        """Paths of the notes that were written, and whether each is new."""
        return {
            note.path: note.before is None
            for note in self.report.notes
            if note.data is not None and note.outcome is not Outcome.FAILED
        }


def check_formats(sources: Sequence[SourceConfig]) -> None:
    """Raises UsageError for a source whose format there is not."""
    for source in sources:
        if source.format and source.format not in SOURCES:
            raise UsageError(
                f"{source.format.place}: there is no format `{source.format}`{near(source.format, [*SOURCES])}"
            )


def sync(
    vault: Vault, sources: Sequence[SourceConfig], base: Choices, journal: Journal | None, command: str
) -> Iterator[Synced]:
    """Import `sources` into `vault`, each when it is asked for. `base`: what vaultkit.yaml says about all imports.
    Without a journal nothing is written. When the disk is full or broken, the rest is not tried."""
    hopeless = False
    for source in sources:
        if hopeless:
            yield Synced(source.name, ImportReport(), DiskError("was not tried, as the disk takes nothing any more"))
            continue
        here = vault.unread()
        try:
            exports = source.files(vault.root)
            choices = replace(choices_for(source, base), dry_run=journal is None)
            _not_by_other_ids(here, source, exports, choices)
            yield Synced(source.name, run_import(here, exports, choices, journal, command))
        except VaultkitError as e:
            hopeless = is_hopeless(e)
            yield Synced(source.name, ImportReport(dry_run=journal is None), e)


def choices_for(source: SourceConfig, base: Choices) -> Choices:
    """`base` with what is said about one source."""
    said = base.options
    options = replace(
        said,
        pull_requests=source.pull_requests.value if source.pull_requests else said.pull_requests,
        site_url=source.site_url or said.site_url,
        date_order=source.date_order.value if source.date_order else said.date_order,
        infer_headings=source.infer_headings or said.infer_headings,
    )
    return replace(
        base,
        format=source.format,
        source=source.prefix,
        into=source.into,
        note_name=source.note_name,
        tags=source.tags,
        options=options,
    )


def _not_by_other_ids(vault: Vault, source: SourceConfig, exports: Sequence[str], choices: Choices) -> None:
    """Raises UsageError when the files of a source that is new were imported before, by hand, and got the ids of their
    format (`diary/`): under others every note would be made a second time."""
    ledgers = read_ledgers(vault)
    if source.ids or source.prefix in ledgers:
        return
    for opened in open_all(exports, choices):
        ledger = ledgers.get(opened.source.NAME)
        origins = {record.origin for record in ledger.records.values()} if ledger else set()
        for export in opened.exports:
            if (name := Path(export.name).name) in origins:
                raise UsageError(
                    f"{source.name.place}: the notes of {name} have the ids `{opened.source.NAME}/` from an earlier "
                    f"import: say `ids: {opened.source.NAME}` to go on with them, or `ids: {source.name}` to have them "
                    f"a second time"
                )
