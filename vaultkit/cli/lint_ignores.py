"""`vaultkit lint --add-ignores`: which notes change, and how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from vaultkit.cli.lint_baseline import known_in
from vaultkit.cli.output import complain
from vaultkit.config import Config
from vaultkit.linting.asking import asks_for_links
from vaultkit.linting.baseline import new_diagnostics
from vaultkit.linting.claims import claims_in
from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.linting.history import History
from vaultkit.linting.ignores import ignored
from vaultkit.linting.packs import ActiveRule
from vaultkit.report.text import number
from vaultkit.vault.note import Note
from vaultkit.vault.tree import Vault


def add_ignores(
    vault: Vault,
    found: Sequence[Diagnostic],
    rules: Sequence[ActiveRule],
    config: Config,
    has_baseline: bool,
    history: History | None = None,
) -> dict[str, bytes]:
    """New contents by path, of the notes in which something was found. What the baseline hides is left alone."""
    known = (known_in(vault) if has_baseline else None) or {}

    def wanted(note: Note, here: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
        return new_diagnostics(here, known, {note.path: note}) if note.path in known else here

    out, left = {}, 0
    claims = claims_in(vault.notes, vault.boards, asks_for_links(rules))
    for path, here in Counter(one.path for one in found).items():
        if path not in vault.notes:  # a canvas or base, which has no words for it
            left += here
            continue
        result = ignored(path, vault.index, vault.settings, rules, config, wanted, claims, history)
        left += result.left
        if result.data != vault.notes[path].data:
            out[path] = result.data
    if left:
        some = number(left, "finding")
        complain(f"for {some} there is no place in the note; name the rule in vaultkit.yaml (lint: overrides)")
    return out
