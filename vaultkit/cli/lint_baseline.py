"""What `vaultkit lint` does with a baseline: reads it, writes it, and leaves out what stands in it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from vaultkit.cli.output import complain
from vaultkit.errors import DiskError, UsageError
from vaultkit.linting.baseline import Known, new_ones, read_baseline, shrunk, size, taken, write_baseline
from vaultkit.linting.fingerprint import BASELINE
from vaultkit.report.text import number

if TYPE_CHECKING:
    from vaultkit.cli.lint_run import Here
    from vaultkit.vault.tree import Vault


def known_in(vault: Vault) -> Known | None:
    """What was set aside in `vault`; None: it has no baseline. Raises UsageError."""
    data = vault.read(BASELINE)
    if data is None and (vault.root / BASELINE).exists():
        raise UsageError(f"{vault.prefix}{BASELINE}: cannot be read")
    return None if data is None else read_baseline(data)


def without_known(here: Here) -> Here:
    """What is new."""
    known = known_in(here.vault) or {}
    new = new_ones(here.found, known, here.vault.read)
    return here._replace(found=new, hidden=len(here.found) - len(new))


def write(here: Here, only: Collection[str] | None, is_part: bool) -> None:
    """Set aside what was found, in a vault that has no baseline; drop from that of another what is found no more.

    `only`: the notes looked at; None: all. `is_part`: whether the command line chose among the rules.
    """
    from vaultkit.cli.turn import turn
    from vaultkit.vault.files import Change

    vault = here.vault
    rules = {active.rule.id for active in here.rules}

    def in_scope(path: str, rule: str) -> bool:
        return (only is None or path in only) and (not is_part or rule in rules)

    old = known_in(vault)
    new = taken(here.found, vault.read) if old is None else shrunk(old, here.found, vault.read, in_scope)
    name = f"{vault.prefix}{BASELINE}"
    with turn(vault.root) as journal:
        change = Change(BASELINE, write_baseline(new) or None, vault.read(BASELINE))
        if refused := journal.apply("lint --write-baseline", [change]).refused:
            raise DiskError(refused[BASELINE])
    if old is None:
        complain(f"{name}: {number(size(new), 'finding')} set aside" if new else "there is nothing to set aside")
        return
    gone = size(old) - size(new)
    complain(f"{name}: of {number(size(old), 'finding')} {gone} settled and dropped")
    if new_ones(here.found, new, vault.read):
        complain("new findings are not added; to set all aside that there is now, delete the file first")
