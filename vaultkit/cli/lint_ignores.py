"""`vaultkit lint --add-ignores`: which notes change, and how."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

from vaultkit.cli.lint_baseline import known_in
from vaultkit.cli.output import complain
from vaultkit.config import Config
from vaultkit.linting.baseline import Known, new_ones
from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.linting.ignores import ignored
from vaultkit.linting.packs import ActiveRule
from vaultkit.linting.placed import placed
from vaultkit.vault.note import Note
from vaultkit.vault.tree import Vault


def add_ignores(
    vault: Vault, found: Sequence[Diagnostic], rules: Sequence[ActiveRule], config: Config, has_baseline: bool
) -> dict[str, bytes]:
    """New contents by path, of the notes in which something was found. What the baseline hides is left alone."""
    known = (known_in(vault) if has_baseline else None) or {}

    def wanted(note: Note, here: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
        return _new(note, here, known)

    out, left = {}, 0
    for path in dict.fromkeys(one.path for one in found):
        result = ignored(path, vault.index, vault.settings, rules, config, wanted)
        left += result.left
        if result.data != vault.notes[path].data:
            out[path] = result.data
    if left:
        complain(f"for {left} findings there is no place in the note; name them in vaultkit.yaml (lint: overrides)")
    return out


def _new(note: Note, found: Sequence[Diagnostic], known: Known) -> Sequence[Diagnostic]:
    if note.path not in known:
        return found
    told = list(placed(found, {note.path: note}))
    new = new_ones(told, known, lambda _: note.data)
    ids = {id(one) for one in new}
    return list(compress(found, [id(one) in ids for one in told]))
