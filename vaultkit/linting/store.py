"""What was remembered of the notes of a vault, and for which of them it still holds.

A large part that is written once (`record`), and the few notes that changed since, so that little is written then.
Knows no rule.
"""

from __future__ import annotations

import datetime as dt
import json
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence

from vaultkit.linting.diagnostic import Severity
from vaultkit.linting.look import Looked, one_line
from vaultkit.linting.marks import count, unmark
from vaultkit.linting.placed import Placed
from vaultkit.linting.record import HASH, Base, Row, Told, Totals
from vaultkit.vault import cache

_SURE = 2_000_000_000
"""A note that was changed less than these nanoseconds before it was read may change again without a new time."""
_FEW = 1000
"""So many notes may have changed since the large part was written."""
_NOTES, _TOLD, _SINCE = "lint-notes", "lint-told", "lint-since"


class Store:
    """What is known of the notes of one vault."""

    def __init__(
        self,
        base: Base | None,
        since: dict[str, Row],
        gone: set[str],
        others: list[str],
        day: dt.date | None,
        head: str,
    ) -> None:
        """`since`: by path, instead of what `base` says. `gone`: paths in `base` that are no notes any more. `others`:
        visible files that are not read. `day`: when that was. `head`: that of the history."""
        self._base = base
        self._since = since
        self._gone = gone
        self.others = others
        self.day = day
        self.head = head
        self._is_in_place = False

    def names_changed(self, names: Sequence[str], others: list[str]) -> set[str]:
        """The files that come or go when these are the notes and the other files."""
        base = self._base
        changed = set(self.others) ^ set(others) if self.others != others else set()
        if base is None:
            return changed | self._since.keys() ^ set(names)
        self._is_in_place = base.joined == cache.join(names)
        if self._is_in_place and not self._gone and all(base.at(path) >= 0 for path in self._since):
            return changed
        return changed | (set(base.names) - self._gone | self._since.keys()) ^ set(names)

    def forget(self, paths: Iterable[str]) -> None:
        """These are no notes any more."""
        for path in paths:
            self._since.pop(path, None)
            if self._base and self._base.at(path) >= 0:
                self._gone.add(path)

    def stale(self, names: Sequence[str], times: Sequence[int], sizes: Sequence[int]) -> list[int]:
        """Where in `names`, which `names_changed` was told, a note has another time or size than it had."""
        base, since = self._base, self._since
        if base is None:
            return [at for at, name in enumerate(names) if not self._is(name, times[at], sizes[at])]
        if self._is_in_place:
            pairs = zip(times, base.times, sizes, base.sizes)  # noqa: B905
            other = [at for at, (t1, t2, s1, s2) in enumerate(pairs) if t1 != t2 or s1 != s2]
        else:
            rows = [base.rows.get(name, -1) for name in names]
            other = [
                at
                for at, (row, time, size) in enumerate(zip(rows, times, sizes, strict=True))
                if row < 0 or time != base.times[row] or size != base.sizes[row]
            ]
        if not since and not self._gone:
            return other
        where = {names[at]: at for at in other}
        for path in since:
            at = where.pop(path, -1)
            if at < 0:
                at = bisect_left(names, path)
            if not self._is(path, times[at], sizes[at]):
                where[path] = at
        return sorted(where.values())

    def _is(self, path: str, time: int, size: int) -> bool:
        row = self._since.get(path)
        return row is not None and (row.time, row.size) == (time, size)

    def row(self, path: str) -> Row | None:
        """What is known of a note; None: nothing."""
        if path in self._since:
            return self._since[path]
        at = self._at(path)
        return self._base.row(at) if self._base and at >= 0 else None

    def _at(self, path: str) -> int:
        return self._base.at(path) if self._base and path not in self._gone else -1

    def text(self, path: str) -> str:
        """`Looked.text` of a note; empty when it is not known."""
        if path in self._since:
            return self._since[path].looked.text
        at = self._at(path)
        return self._base.text(at) if self._base and at >= 0 else ""

    def claims_of(self, path: str) -> Sequence[str]:
        """The claims of a note."""
        if path in self._since:
            return self._since[path].looked.claims
        at = self._at(path)
        return self._base.claims(at) if self._base and at >= 0 else ()

    def put(self, path: str, row: Row) -> None:
        """Remember a note."""
        self._gone.discard(path)
        self._since[path] = row

    def asking(self, keys: Collection[str]) -> set[str]:
        """The notes that asked for one of `keys`."""
        if not keys:
            return set()
        wanted = {one_line(key) for key in keys}
        found = {path for path, row in self._since.items() if not wanted.isdisjoint(row.looked.asked.split("\n"))}
        base = self._base
        if base is None:
            return found
        coded = {key.encode("utf-8", "surrogatepass") for key in wanted}
        if len(coded) < 20:
            rows = [at for key in coded for at in _rows_with(base.asked, b"\n" + key + b"\n")]
        else:
            rows = [at for at, asked in enumerate(base.rows_asked) if not coded.isdisjoint(asked.split(b"\n"))]
        return found | ({base.names[at] for at in rows} - self._since.keys() - self._gone)

    def claims(self) -> Iterable[tuple[str, Sequence[str]]]:
        """What each note claims."""
        rows: dict[str, Sequence[str]] = {}
        if self._base:
            rows.update((path, claims) for path, claims in self._base.all_claims() if path not in self._gone)
        rows.update((path, row.looked.claims) for path, row in self._since.items())
        return rows.items()

    def is_sure(self) -> bool:
        """Whether the time of every note proves something."""
        sure = min((row.time for row in self._since.values()), default=0) >= 0
        base = self._base
        if base is None or not sure:
            return sure
        replaced = self._since.keys() | self._gone
        return min(base.times, default=0) >= 0 or all(
            base.names[at] in replaced for at, time in enumerate(base.times) if time < 0
        )

    def totals(self) -> Totals:
        """How much was found."""
        base = self._base
        counts = count([row.looked.marks for row in self._since.values()])
        if base:
            replaced = [base.at(path) for path in self._since.keys() | self._gone]
            counts.update(base.counts)
            counts.subtract(count([base.marks(at) for at in replaced if at >= 0]))
        return Totals({severity: counts[severity] for severity in Severity}, counts["notes"], counts["fixable"])

    def placed(self) -> list[Placed]:
        """All that was found, in order."""
        rows = ((path, row.looked) for path, row in self._rows())
        return [one for path, looked in rows if looked.marks for one in unmark(path, looked.marks, looked.said)]

    def _rows(self) -> Iterator[tuple[str, Row]]:
        """All that is known, by path, sorted."""
        base = self._base
        if base is None:
            yield from sorted(self._since.items())
            return
        for path in sorted((set(base.names) - self._gone) | self._since.keys()):
            yield path, self._since[path] if path in self._since else base.row(base.rows[path])

    def told(self) -> Told:
        """All that was found, in order, as it is told. Ahead of it comes `settle`."""
        base = self._base
        assert base is not None
        pieces, done = [], 0
        replaced = sorted(self._since.keys() | self._gone)
        for path in replaced:
            at = bisect_left(base.names, path)
            new = self._since[path].looked.said if path in self._since else b""
            pieces.append((done, base.start(at), new))
            done = base.ends[at] if base.at(path) >= 0 else base.start(at)
        pieces.append((done, len(base.told), b""))
        return Told(base.sums[1], base.told, pieces)

    def settle(self, root: str, key: bytes) -> None:
        """Put away what is known, when there is a `key`."""
        if self._base is None or len(self._since) + len(self._gone) > _FEW:
            self._rewrite(root, key)
        assert self._base is not None
        if key:
            rows = {path: (*row[:2], *row.looked[:4], row.looked.said.decode()) for path, row in self._since.items()}
            state = json.dumps(
                {
                    "day": self.day and self.day.isoformat(),
                    "head": self.head,
                    "others": self.others,
                    "gone": sorted(self._gone),
                    "rows": rows,
                }
            )
            cache.save(root, _SINCE, [self._base.sums[0], state.encode()])

    def _rewrite(self, root: str, key: bytes) -> None:
        known = list(self._rows())
        names, rows = [path for path, _ in known], [row for _, row in known]
        del known
        said = [row.looked.said for row in rows]
        ends, end = array("q"), 0
        for row in rows:
            end += len(row.looked.said)
            ends.append(end)
        parts = [
            cache.join(names),
            array("q", [row.time for row in rows]).tobytes(),
            array("q", [row.size for row in rows]).tobytes(),
            "".join([row.looked.text.ljust(HASH) for row in rows]).encode(),
            cache.join(["\n".join(row.looked.claims) for row in rows]),
            cache.join([row.looked.asked for row in rows]),
            "\n".join([row.looked.marks for row in rows]).encode(),
            ends.tobytes(),
            json.dumps(count([row.looked.marks for row in rows])).encode(),
        ]
        self._since, self._gone = {}, set()
        del rows
        if key:
            told = cache.save(root, _TOLD, [said])
            del said
            notes = cache.save(root, _NOTES, [key, told.sum, *parts])
            self._base = Base(parts, told.parts[0], (notes.sum, told.sum))
        else:
            self._base = Base(parts, memoryview(b"".join(said)), (b"", b""))


def load(root: str, key: bytes) -> Store | None:
    """What was put away under `key`, if it was; None otherwise."""
    notes = cache.load(root, _NOTES, 11)
    if notes is None or notes.parts[0] != key:
        return None
    told, since = cache.load(root, _TOLD, 1), cache.load(root, _SINCE, 2)
    if told is None or told.sum != notes.parts[1] or since is None or since.parts[0] != notes.sum:  # of another run
        return None
    state = json.loads(bytes(since.parts[1]))
    rows = {
        path: Row(time, size, Looked(text, tuple(claims), asked, marks, said.encode()))
        for path, (time, size, text, claims, asked, marks, said) in state["rows"].items()
    }
    base = Base(notes.parts[2:], told.parts[0], (notes.sum, told.sum))
    day = dt.date.fromisoformat(state["day"]) if state["day"] else None
    return Store(base, rows, set(state["gone"]), state["others"], day, state["head"])


def proven(time: int, when: int) -> int:
    """`time`; -1 when it is so near to `when` that it proves nothing."""
    return time if time < when - _SURE else -1


def _rows_with(rows: bytes, text: bytes) -> Iterator[int]:
    """The numbers of the rows, with NULs between, in which `text` stands."""
    row = done = 0
    found = rows.find(text)
    while found >= 0:
        row += rows.count(b"\0", done, found)
        yield row
        done = found
        found = rows.find(text, found + 1)
