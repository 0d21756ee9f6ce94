"""`import --save`: an export becomes a source of vaultkit.yaml, so that `sync` imports it again; else it is offered."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vaultkit.cli.output import complain, say
from vaultkit.config_sources import SourceConfig
from vaultkit.errors import UsageError
from vaultkit.importing.export import expand
from vaultkit.vault.files import Change, read
from vaultkit.vault.names import CONFIG_FILE, safe_name

if TYPE_CHECKING:
    from vaultkit.config import Config
    from vaultkit.importing.choices import Choices
    from vaultkit.vault.journal import Journal
    from vaultkit.vault.tree import Vault


_SHOWN = 10
"""Lines of a source that are offered; a shell makes hundreds of files of a pattern."""


class Saving:
    """What is to be said about the exports of one import in vaultkit.yaml. `is_known`: a source names them already;
    `problem`: why no source can be made of them, or empty."""

    def __init__(
        self, vault: Vault, config: Config, exports: Sequence[str], choices: Choices, prefixes: Collection[str]
    ) -> None:
        """`prefixes`: the first parts of the ids that the import gave."""
        self._vault = vault
        self._config = config
        self.is_known = _named(config.sources, exports, vault.root)
        self.problem = self._look(prefixes, choices)
        prefix = min(prefixes)
        self._name = _free(prefix, exports[0], config.sources)
        self._source = _described(vault, config, exports, choices, prefix if prefix != self._name else "")

    def _look(self, prefixes: Collection[str], choices: Choices) -> str:
        if len(prefixes) > 1:
            return "they are of several formats; import those of one format at a time"
        if choices.options.split:
            return "an import by --plan cannot be one"
        for source in self._config.sources:
            if source.prefix in prefixes:
                return f"its notes have the ids of the source `{source.name}`: add the path there ({source.name.place})"
        root = self._config.root
        if root and root != self._vault.root and not (self._vault.root / CONFIG_FILE).exists():
            return f"what holds for this vault stands in {root / CONFIG_FILE}; write it there yourself"
        return ""

    @property
    def lines(self) -> str:
        """What would be written."""
        from vaultkit.config_edit import lines_for  # loads ruamel.yaml, which takes its time

        return lines_for(self._name, self._source)

    def save(self, journal: Journal, command: str) -> None:
        """Write it. Raises UsageError when it cannot be, DiskError."""
        from vaultkit.config_edit import add_source

        if self.problem:
            raise UsageError(f"not saved as a source: {self.problem}")
        old = read(str(self._vault.root / CONFIG_FILE))
        mark = b"\xef\xbb\xbf" if old and old.startswith(b"\xef\xbb\xbf") else b""
        new = add_source((old or b"").removeprefix(mark).decode(), self._name, self._source)
        if new is None:
            raise UsageError(f"{CONFIG_FILE}: no lines can be added to its `sources`; write there:\n{self.lines}")
        done = journal.apply(command, [Change(CONFIG_FILE, mark + new.encode(), old)])
        for why in done.refused.values():
            raise UsageError(f"not saved as a source: {why}")

    def tell_saved(self) -> str:
        """The line that says so."""
        return f"saved as the source `{self._name}` of {CONFIG_FILE}: `vaultkit sync` imports it again"


def offer(saving: Saving, root: Path) -> None:
    """Ask on a terminal whether to save; elsewhere say how."""
    from vaultkit.cli.turn import turn

    if saving.is_known or saving.problem:
        return
    if sys.stdin.isatty() and sys.stdout.isatty():
        say(saving.lines.rstrip())
        if click.confirm(f"Add this to {CONFIG_FILE}, so that `vaultkit sync` imports it again?", default=False):
            with turn(root) as journal:
                saving.save(journal, "import --save")
            say(saving.tell_saved())
        return
    say(f"To import this again by `vaultkit sync`, add --save, or these lines to {CONFIG_FILE}:")
    lines = saving.lines.rstrip().split("\n")
    more = len(lines) - _SHOWN
    say("\n".join(lines if more <= 0 else [*lines[:_SHOWN], f"      … and {more} more (--save writes them all)"]))


def save(saving: Saving, journal: Journal, command: str) -> int:
    """Save without a question; what goes wrong is told, for the notes are written. The exit code."""
    if saving.is_known:
        return 0
    try:
        saving.save(journal, command)
    except UsageError as e:
        complain(str(e))
        return 1
    return 0


def _named(sources: Sequence[SourceConfig], exports: Sequence[str], root: Path) -> bool:
    """Whether the sources name all the exports."""
    named = set()
    for source in sources:
        try:
            named |= {os.path.realpath(path) for path in source.files(root)}
        except UsageError:
            continue
    return named.issuperset(map(os.path.realpath, expand(exports)))


def _free(prefix: str, export: str, sources: Sequence[SourceConfig]) -> str:
    """A name that no source bears: that of the ids, else that of the file."""
    taken = {source.name.casefold() for source in sources}
    name = prefix if prefix.casefold() not in taken else safe_name(Path(export).stem)
    free, number = name, 2
    while free.casefold() in taken:
        free, number = f"{name}-{number}", number + 1
    return free


def _described(vault: Vault, config: Config, exports: Sequence[str], choices: Choices, ids: str) -> dict[str, Any]:
    """The keys of the source; only what is not so anyway."""
    paths = [_shown(path, vault.root) for path in exports]
    chosen, said = choices.options, config.import_
    keys = {
        "path": paths[0] if len(paths) == 1 else paths,
        "format": choices.format,
        "ids": ids,
        "into": choices.into,
        "tags": list(choices.tags),
        "pull-requests": chosen.pull_requests if chosen.pull_requests != said.pull_requests else "",
        "drafts": chosen.drafts if chosen.drafts != "include" else "",
        "site-url": chosen.site_url if chosen.site_url != said.site_url else "",
        "project": chosen.project,
        "date-order": chosen.date_order,
        "timezone": chosen.zone.name if chosen.zone.is_given else "",
        "infer-headings": chosen.infer_headings,
    }
    return {key: value for key, value in keys.items() if value}


def _shown(export: str, root: Path) -> str:
    """The path of an export as it is to stand in the file: as short as it stays true when the vault is moved."""
    path, home = Path(os.path.abspath(export)), Path.home()  # noqa: PTH100 - links are kept
    if path.is_relative_to(root.absolute()):
        return path.relative_to(root.absolute()).as_posix()
    return f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else str(path)
