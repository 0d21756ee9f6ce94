"""How often each rule found something, in place of the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from vaultkit.linting.placed import Placed


def render(found: Iterable[Placed]) -> str:
    """A line for each rule and severity, the most frequent first; empty when nothing was found."""
    counts: Counter[tuple[str, str]] = Counter()
    fixable: Counter[tuple[str, str]] = Counter()
    for one in found:
        key = (one.rule, one.severity.value)
        counts[key] += 1
        fixable[key] += one.fixable
    if not counts:
        return ""
    numbers = len(str(max(counts.values())))
    names = max(len(rule) for rule, _ in counts)
    lines = []
    for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        rule, severity = key
        mended = f"{fixable[key]} can be fixed" if fixable[key] else ""
        lines.append(f"{count:>{numbers}}  {rule:<{names}}  {severity:<7}  {mended}".rstrip() + "\n")
    return "".join(lines)
