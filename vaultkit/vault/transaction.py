"""What the journal knows of one command that wrote: `plan.json`, as text and as values. Changes nothing on a disk.

A transaction is a folder in `.vaultkit/tx`, named so that names sort by time. In it: `plan.json`; `new/`, the texts
that are not at their place yet; `old/`, those that stood there before; `COMMIT`, from when on all of it will be done;
`DONE`. A command that writes several times, each time what is whole in itself, has several: the names of the later ones
are that of the first with `+002` behind. They are listed and taken back as one (`joined`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import NamedTuple

from vaultkit.errors import NewerError, UsageError
from vaultkit.vault.files import STATE

FOLDER = f"{STATE}/tx"
PLAN, COMMIT, DONE = "plan.json", "COMMIT", "DONE"
_VERSION = 1
_ID_FORM = "%Y%m%d-%H%M%S-%f"


class Entry(NamedTuple):
    """One file. `before`, `after`: hashes of its bytes, None where there is none. `stays`: undoing leaves it there.
    `number`: the name of its texts in `new/` and `old/`. `last`: comes after all others, if these went well."""

    path: str
    before: str | None
    after: str | None
    number: int
    stays: bool = False
    last: bool = False


class Transaction(NamedTuple):
    """A command that wrote, or is about to. Moves come first; the paths of `files` are those after the moves.

    `command`: its command line. `time`: when, in UTC. `undoes`: id of the one that it takes back, or empty.
    `made`: folders that it makes. `emptied`: folders that go away in the end if nothing is in them any more.
    `kept`: of one that is listed, by path, where in the folder of transactions the texts before and after are kept;
    else empty, and the entries tell it.
    """

    id: str
    command: str
    time: dt.datetime
    undoes: str = ""
    moves: tuple[tuple[str, str], ...] = ()
    files: tuple[Entry, ...] = ()
    made: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    kept: Mapping[str, tuple[str, str]] = {}

    def old(self, entry: Entry) -> str:
        """Where in the folder of transactions the text before is kept."""
        return self.kept[entry.path][0] if self.kept else f"{self.id}/old/{entry.number}"

    def new(self, entry: Entry) -> str:
        """Where the text after is kept, of a file that came last."""
        return self.kept[entry.path][1] if self.kept else f"{self.id}/old/{entry.number}.after"

    @property
    def folder(self) -> str:
        """Its vault path."""
        return f"{FOLDER}/{self.id}"


def part_id(first: str, number: int) -> str:
    """The name of the `number`-th transaction of a command, of which `first` is the first one's."""
    return f"{first}+{number:03}"


def command_id(id_: str) -> str:
    """The name of the first transaction of the command that the one called `id_` belongs to."""
    return id_.partition("+")[0]


def joined(parts: Sequence[Transaction]) -> Transaction:
    """All transactions of one command, in order, as one: each file from what it was before the first that changed it to
    what it was after the last."""
    if len(parts) == 1:
        kept = {entry.path: (parts[0].old(entry), parts[0].new(entry)) for entry in parts[0].files}
        return parts[0]._replace(id=command_id(parts[0].id), kept=kept)
    entries: dict[str, Entry] = {}
    kept = {}
    for part in parts:
        for path, places, entry in ((e.path, (part.old(e), part.new(e)), e) for e in part.files):
            before = entries.get(path)
            if before is not None and before.after == entry.before:
                entry = entry._replace(before=before.before)
                places = (kept[path][0], places[1])
            entries[path], kept[path] = entry, places
    return parts[0]._replace(
        id=command_id(parts[0].id),
        moves=tuple(move for part in parts for move in part.moves),
        files=tuple(entry for entry in entries.values() if entry.before != entry.after),
        made=tuple(dict.fromkeys(folder for part in parts for folder in part.made)),
        emptied=tuple(dict.fromkeys(folder for part in parts for folder in part.emptied)),
        kept=kept,
    )


def new_id(now: dt.datetime, newest: str) -> str:
    """A name for a transaction that is begun `now`; it sorts after `newest`, even where the clock was set back."""
    newest = command_id(newest)
    made = now.strftime(_ID_FORM)[:-3]
    if made > newest:
        return made
    try:
        last = dt.datetime.strptime(newest, _ID_FORM)
    except ValueError:
        return f"{newest}-1"
    return (last + dt.timedelta(milliseconds=1)).strftime(_ID_FORM)[:-3]


def hashed(data: bytes | None) -> str | None:
    """How the journal knows a text again; None for no file."""
    return None if data is None else hashlib.sha256(data).hexdigest()


def dump(plan: Transaction) -> bytes:
    """The text of `plan.json`; one line for each file, so that a person can read it."""
    head = {
        "version": _VERSION,
        "command": plan.command,
        "time": plan.time.isoformat(timespec="seconds"),
        "undoes": plan.undoes,
        "moves": plan.moves,
        "made": plan.made,
        "emptied": plan.emptied,
    }
    out = BytesIO()  # at once it would be in memory three times
    out.write(f'{json.dumps(head)[:-1]}, "files": ['.encode())
    for at, entry in enumerate(plan.files):
        out.write(f"{',' if at else ''}\n{json.dumps([*entry])}".encode())
    out.write(b"\n]}\n" if plan.files else b"\n\n]}\n")
    return out.getvalue()


def load(id_: str, data: bytes) -> Transaction:
    """The transaction whose `plan.json` is `data`. Raises NewerError, and UsageError when it cannot be read."""
    place = f"{FOLDER}/{id_}/{PLAN}"
    try:
        value = json.loads(data)
        if value["version"] > _VERSION:
            raise NewerError(place, value["version"])
        return Transaction(
            id_,
            str(value["command"]),
            dt.datetime.fromisoformat(value["time"]),
            str(value["undoes"]),
            tuple((str(old), str(new)) for old, new in value["moves"]),
            tuple(map(_entry, value["files"])),
            tuple(map(str, value["made"])),
            tuple(map(str, value["emptied"])),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as e:
        raise UsageError(
            f"{place}: cannot be read, so what a command did or was about to do can neither be finished nor taken back;"
            f" move the folder {FOLDER}/{id_} out of the vault (it may hold texts of yours), then run again"
        ) from e


def _entry(value: list[object]) -> Entry:
    path, before, after, number, stays, last = value
    if not isinstance(number, int):
        raise TypeError(number)
    return Entry(str(path), _hash(before), _hash(after), number, bool(stays), bool(last))


def _hash(value: object) -> str | None:
    return None if value is None else str(value)


def moved(path: str, moves: Iterable[tuple[str, str]]) -> str:
    """What a path is called after `moves`, one after the other; each may be of a file or of a folder."""
    for old, new in moves:
        if path == old:
            path = new
        elif path.startswith(f"{old}/"):
            path = new + path[len(old) :]
    return path


def back(moves: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The moves that take `moves` back, in order."""
    return tuple((new, old) for old, new in reversed(tuple(moves)))


def folders_above(path: str) -> Iterator[str]:
    """The folders that a path lies in, the innermost first."""
    while path := os.path.dirname(path):
        yield path
