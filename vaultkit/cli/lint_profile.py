"""`vaultkit lint --profile`: how long each rule takes. One process looks at all notes, and nothing is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import Any

from vaultkit.cli.output import say
from vaultkit.config import Part
from vaultkit.linting.checks import Check
from vaultkit.linting.claims import claims_of
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.packs import active_rules
from vaultkit.linting.parts import Part as NotePart
from vaultkit.linting.run import lint
from vaultkit.vault.note import Note


class _Timed:
    """A check with a clock."""

    def __init__(self, check: Check) -> None:
        self._check = check
        self.seconds = 0.0
        self.found = 0

    @property
    def Options(self) -> type[Any]:
        return self._check.Options

    @property
    def VALUES(self) -> tuple[str, ...]:
        return self._check.VALUES

    @property
    def EDITS(self) -> frozenset[NotePart]:
        return self._check.EDITS

    def check(self, note: Note, context: Context, options: Any) -> Iterator[Finding]:
        before = perf_counter()
        found = list(self._check.check(note, context, options))
        self.seconds += perf_counter() - before
        self.found += len(found)
        return iter(found)


def profile(parts: Sequence[Part], chosen: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]) -> int:
    """Print a table by rule, the slowest first; 0."""
    times: dict[str, list[_Timed]] = {}
    notes = 0
    before = perf_counter()
    for vault, config, only in parts:
        timed = []
        for active in active_rules(config, *chosen):
            check = _Timed(active.check)
            times.setdefault(active.rule.id, []).append(check)
            timed.append(active._replace(check=check))
        for note in vault.notes.values():  # what all rules share is read on nobody's time
            claims_of(note)
        notes += len(vault.notes)
        lint(vault.index, vault.settings, timed, config, only, boards=vault.boards)
    whole = perf_counter() - before
    rows = [(sum(c.seconds for c in checks), rule, sum(c.found for c in checks)) for rule, checks in times.items()]
    in_rules = sum(seconds for seconds, _, _ in rows)
    width = max(map(len, times), default=0)
    for seconds, rule, found in sorted(rows, key=lambda row: (-row[0], row[1])):
        share = seconds / in_rules if in_rules else 0.0
        say(f"{seconds:9.3f} s  {share:6.1%}  {rule:<{width}}  {found} found".rstrip())
    say(f"{in_rules:9.3f} s  in rules, of {whole:.3f} s in all for {notes} notes")
    return 0
