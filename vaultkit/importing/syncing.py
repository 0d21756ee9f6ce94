"""All sources of a vault, imported one after the other; one that fails does not stop the others.

Knows how a source of `vaultkit.yaml` becomes an import (`run`). Each source is written as a whole before the next is
read, so that its notes are linked to by the later ones; all of them are one command, which `undo` takes back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from vaultkit.config_sources import SourceConfig
from vaultkit.errors import DiskError, UsageError, VaultkitError
from vaultkit.importing.batch import open_all
from vaultkit.importing.choices import Choices
from vaultkit.importing.moment import Zone
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
            if note.is_written and note.outcome is not Outcome.FAILED
        }


def check_formats(sources: Sequence[SourceConfig]) -> None:
    """Raises UsageError for a source whose format there is not."""
    for source in sources:
        if source.format and source.format not in SOURCES:
            raise UsageError(
                f"{source.format.place}: there is no format `{source.format}`{near(source.format, [*SOURCES])}"
            )


def sync(
    vault: Vault,
    sources: Sequence[SourceConfig],
    every: Sequence[SourceConfig],
    base: Choices,
    journal: Journal | None,
    command: str,
) -> Iterator[Synced]:
    """Import `sources`, some of `every`, into `vault`, each when it is asked for. `base`: what is said about all
    imports. Without a journal nothing is written. When the disk is full or broken, the rest is not tried."""
    hopeless = False
    for source in sources:
        if hopeless:
            yield Synced(source.name, ImportReport(), DiskError("was not tried, as the disk takes nothing any more"))
            continue
        here = vault.unread()
        try:
            exports = source.files(vault.root)
            choices = replace(choices_for(source, base), dry_run=journal is None)
            _not_by_other_ids(here, source, exports, choices, [one.prefix for one in every])
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
        drafts=source.drafts.value if source.drafts else said.drafts,
        site_url=source.site_url or said.site_url,
        project=source.project,
        date_order=source.date_order.value if source.date_order else said.date_order,
        zone=Zone(source.timezone, is_given=True) if source.timezone else said.zone,
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
        complete=source.complete,
    )


def _not_by_other_ids(
    vault: Vault, source: SourceConfig, exports: Sequence[str], choices: Choices, others: Collection[str]
) -> None:
    """Raises UsageError when most files of a source that is new were imported before, by hand, and got other ids: every
    note would be made a second time. `others`: first parts of ids that belong to other sources."""
    ledgers = read_ledgers(vault)
    if source.ids or source.prefix in ledgers:
        return
    opened = open_all(exports, choices)
    names = {file.path.name for one in opened for export in one.exports for file in export.files}
    for ids, ledger in ledgers.items():
        before = names & {record.origin for record in ledger.records.values()}
        if ids not in others and 2 * len(before) > len(names):
            raise UsageError(
                f"{source.name.place}: the notes of {min(before)} have the ids `{ids}/` from an earlier import: say "
                f"`ids: {ids}` to go on with them, or `ids: {source.name}` to have them a second time"
            )
