"""What an import holds on disk because there is too much of it for memory: a list (`Rows`) and a mapping (`Shelf`).

SQLite keeps each in a temporary database without a name, in the system's folder for such files: nobody else can open
it, and it is gone when it is held no more or the program ends, however that ends. Knows nothing of what is kept.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload
from weakref import finalize

from vaultkit.errors import DiskError

if TYPE_CHECKING:  # nearly no import needs it, nor what is loaded below
    import sqlite3

_Thing = TypeVar("_Thing")
_CACHE = 8 * 1024
"""Kilobytes of a database that SQLite holds in memory."""
_AT_ONCE = 64
"""So many things are fetched together."""
_SHORT = 256
"""Bytes; so little is not worth packing."""


class Rows(Sequence[_Thing], Generic[_Thing]):
    """Things in order, each pickled. What is taken out is a new object each time."""

    def __init__(self) -> None:
        self._database = _opened(self, "at INTEGER PRIMARY KEY, value BLOB")
        self._count = 0

    def append(self, thing: _Thing) -> int:
        """Add a thing; its place. Raises DiskError."""
        with _errors():
            self._database.execute("INSERT INTO kept VALUES (?, ?)", (self._count, _packed(thing)))
        self._count += 1
        return self._count - 1

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> _Thing: ...
    @overload
    def __getitem__(self, at: slice) -> list[_Thing]: ...
    def __getitem__(self, at: int | slice) -> _Thing | list[_Thing]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(self._count))]
        place = at + self._count if at < 0 else at
        with _errors():
            found = self._database.execute("SELECT value FROM kept WHERE at = ?", (place,)).fetchone()
        if found is None:
            raise IndexError(at)
        thing: _Thing = _unpacked(found[0])
        return thing

    def __iter__(self) -> Iterator[_Thing]:
        count = self._count
        for start in range(0, count, _AT_ONCE):  # nothing stays open, so that more can be added meanwhile
            with _errors():
                found = self._database.execute(
                    "SELECT value FROM kept WHERE at >= ? AND at < ? ORDER BY at",
                    (start, min(start + _AT_ONCE, count)),
                ).fetchall()
            yield from (_unpacked(value) for (value,) in found)


class Shelf(MutableMapping[str, _Thing], Generic[_Thing]):
    """Things by name, each pickled, in the order in which the names came."""

    def __init__(self) -> None:
        self._database = _opened(self, "at INTEGER PRIMARY KEY, name TEXT UNIQUE, value BLOB")

    def __getitem__(self, name: str) -> _Thing:
        with _errors():
            found = self._database.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
        if found is None:
            raise KeyError(name)
        thing: _Thing = _unpacked(found[0])
        return thing

    def __setitem__(self, name: str, thing: _Thing) -> None:
        change = "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        with _errors():
            self._database.execute(f"INSERT INTO kept (name, value) VALUES (?, ?) {change}", (name, _packed(thing)))

    def __delitem__(self, name: str) -> None:
        with _errors():
            if not self._database.execute("DELETE FROM kept WHERE name = ?", (name,)).rowcount:
                raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        at, more = 0, True
        while more:
            with _errors():
                found = self._database.execute(
                    "SELECT at, name FROM kept WHERE at > ? ORDER BY at LIMIT ?", (at, _AT_ONCE)
                ).fetchall()
            yield from (name for _, name in found)
            at, more = (found[-1][0], True) if found else (at, False)

    def __len__(self) -> int:
        with _errors():
            count: int = self._database.execute("SELECT count(*) FROM kept").fetchone()[0]
        return count


def kept_alike(things: Iterable[_Thing], other: Sequence[object]) -> Sequence[_Thing]:
    """`things` on disk if `other` is, else as a list."""
    if not isinstance(other, Rows):
        return list(things)
    rows = Rows[_Thing]()
    for thing in things:
        rows.append(thing)
    return rows


def _opened(holder: object, columns: str) -> sqlite3.Connection:
    """A database that is closed, and so gone, when its holder is."""
    import sqlite3

    with _errors():
        database = sqlite3.connect("", isolation_level=None)  # without a name: SQLite's own temporary file
        finalize(holder, database.close)
        table = f"CREATE TABLE kept ({columns})"
        for said in ("PRAGMA journal_mode = OFF", f"PRAGMA cache_size = -{_CACHE}", table, "BEGIN"):
            database.execute(said)
    return database


def _packed(thing: object) -> bytes:
    import pickle

    data = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
    return data if len(data) < _SHORT else zlib.compress(data, 1)


def _unpacked(value: bytes) -> Any:
    import pickle

    return pickle.loads(value if value.startswith(b"\x80") else zlib.decompress(value))


@contextmanager
def _errors() -> Iterator[None]:
    import sqlite3

    try:
        yield
    except sqlite3.Error as e:
        what = "what is too large for memory cannot be kept in the folder for temporary files"
        raise DiskError(f"{what} ({e}); free some space there, or name another folder by TMPDIR, and run again") from e
