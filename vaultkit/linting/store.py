"""What was remembered of the notes of a vault, column by column, and which of them it still holds for.

Columns, because tens of thousands of notes are loaded only to find that one of them changed. Knows no rule.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from vaultkit.linting.diagnostic import Severity
from vaultkit.linting.look import Looked, one_line
from vaultkit.linting.placed import Placed
from vaultkit.vault import cache

_SURE = 2_000_000_000
"""A note that was changed less than these nanoseconds before it was read may change again without a new time."""


@dataclass(slots=True)
class Store:
    """One row for each note. `times` -1: the bytes decide, whatever the disk says of the file."""

    names: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    """Visible files that are no notes."""
    times: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    aliases: dict[str, list[str]] = field(default_factory=dict)
    found: dict[str, list[list[Any]]] = field(default_factory=dict)
    """By path, where there is something: `Placed` without its path."""
    asked: list[str] | None = None
    """None: not loaded yet."""
    raw: bytes = b"[]"
    """`asked` as it was stored; every key stands in it with `\\\\n` before and behind."""
    asked_changed: bool = False

    def row(self, at: int, looked: Looked) -> None:
        """Remember a note for the first time, or what was found in its new text."""
        path = self.names[at]
        self.texts[at] = looked.text
        self.aliases.pop(path, None)
        if looked.aliases:
            self.aliases[path] = list(looked.aliases)
        if looked.found is not None:
            self.findings(at, looked)

    def findings(self, at: int, looked: Looked) -> None:
        """Remember what was found and asked."""
        path = self.names[at]
        self.found.pop(path, None)
        if looked.found:
            self.found[path] = [list(one[1:]) for one in looked.found]
        if self._asked()[at] != looked.asked:
            self._asked()[at] = looked.asked
            self.asked_changed = True

    def asking(self, keys: Collection[str]) -> list[int]:
        """The rows of the notes that asked for one of `keys`."""
        wanted = [one_line(key) for key in keys]
        if len(wanted) < 20 and self.asked is None:
            wanted = [key for key in wanted if rf"\n{json.dumps(key)[1:-1]}\n".encode() in self.raw]
        if not wanted:
            return []
        if len(wanted) < 20:
            marked = [f"\n{key}\n" for key in wanted]
            return [at for at, asked in enumerate(self._asked()) if any(key in asked for key in marked)]
        chosen = set(wanted)
        return [at for at, asked in enumerate(self._asked()) if not chosen.isdisjoint(asked.split("\n"))]

    def renamed(self, names: list[str]) -> Store:
        """The same rows for `names`, empty ones for new ones."""
        at = {name: i for i, name in enumerate(self.names)}
        rows = [at.get(name, -1) for name in names]
        asked = self._asked()
        gone = at.keys() - set(names)
        return Store(
            names,
            self.others,
            [self.times[i] if i >= 0 else -1 for i in rows],
            [self.sizes[i] if i >= 0 else -1 for i in rows],
            [self.texts[i] if i >= 0 else "" for i in rows],
            {path: names for path, names in self.aliases.items() if path not in gone},
            {path: found for path, found in self.found.items() if path not in gone},
            [asked[i] if i >= 0 else "" for i in rows],
            asked_changed=True,
        )

    def placed(self) -> list[Placed]:
        """All that was found, in order."""
        severities = {severity.value: severity for severity in Severity}
        out = []
        for path in sorted(self.found):
            for line, column, end_line, end_column, rule, severity, message, fixable in self.found[path]:
                place = (line, column, end_line, end_column)
                out.append(Placed(path, *place, rule, severities[severity], message, fixable))
        return out

    def _asked(self) -> list[str]:
        if self.asked is None:
            self.asked = json.loads(self.raw)
        return self.asked


def doubtful(times: Sequence[int], started: int) -> list[int]:
    """`times` with -1 for those so near to `started` that they prove nothing."""
    return [time if time < started - _SURE else -1 for time in times]


def load(root: str, name: str, key: str) -> Store | None:
    """What was put away under `key`, if it was; None otherwise."""
    value = cache.load(root, f"{name}-notes")
    if not isinstance(value, dict) or value.get("key") != key:
        return None
    raw = cache.load_raw(root, f"{name}-asked")
    if raw is None or crc32(raw) != value["asked"]:  # of another run
        return None
    return Store(**{column: value[column] for column in _COLUMNS}, raw=raw)


_COLUMNS = ("names", "others", "times", "sizes", "texts", "aliases", "found")


def texts(store: Store, name: str, key: str) -> dict[str, str]:
    """What is to be put away, by name."""
    out = {}
    if store.asked_changed:
        out[f"{name}-asked"] = json.dumps(store.asked)
        store.raw = out[f"{name}-asked"].encode()
    value = {"key": key, "asked": crc32(store.raw), **{column: getattr(store, column) for column in _COLUMNS}}
    out[f"{name}-notes"] = json.dumps(value)
    return out


def alias_map(rows: Iterable[tuple[str, list[str]]]) -> dict[str, tuple[str, ...]]:
    """Paths by alias, from the aliases of each path."""
    out: dict[str, list[str]] = {}
    for path, names in sorted(rows):
        for name in names:
            out.setdefault(name, []).append(path)
    return {name: tuple(paths) for name, paths in out.items()}
