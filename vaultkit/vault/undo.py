"""What takes a command back: the journal's transaction the other way round, as changes for the journal to make.

A file that was edited since is left as it is and named; so an undo loses nothing, and can itself be taken back.
Writes nothing (`journal` does).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from vaultkit.errors import UsageError
from vaultkit.vault.files import Change, is_listed, read
from vaultkit.vault.journal import Applied, Journal
from vaultkit.vault.transaction import Entry, Transaction, back, hashed, moved

Merge = Callable[[str, bytes, bytes, bytes, Collection[str]], bytes | None]
"""How to take back what a command did to records of ours: path, the text now, before and after the command, and the
paths that are not taken back; the new text, or None when the file is no such record."""


class Undo(NamedTuple):
    """What taking back `plan` would do. `refused`: files that stay as they are, with the reasons, by their path now.

    `restored`, `removed`: paths, as they are then, of files that get their old text back or go away.
    """

    plan: Transaction
    moves: tuple[tuple[str, str], ...]
    restored: tuple[str, ...]
    removed: tuple[str, ...]
    refused: Mapping[str, str]


def choose(kept: Sequence[Transaction], id_: str) -> Transaction:
    """The one of `kept` (newest first) that `id_` names, by its beginning, too; the newest that is no undo and was not
    taken back when it is empty. Raises UsageError."""
    if id_:
        found = [plan for plan in kept if plan.id == id_] or [plan for plan in kept if plan.id.startswith(id_)]
        if len(found) == 1:
            for later in kept:
                if later.undoes == found[0].id and found[0].id in taken_back(kept):
                    raise UsageError(f"{id_}: is taken back already; to have it back: vaultkit undo {later.id}")
            return found[0]
        what = "fits several commands" if found else "is none of the commands that can be taken back"
        raise UsageError(f"{id_}: {what}; `vaultkit history` lists them")
    gone = taken_back(kept)
    for plan in kept:
        if not plan.undoes and plan.id not in gone:
            return plan
    raise UsageError("there is no command left to take back; `vaultkit history` lists what was done")


def taken_back(kept: Sequence[Transaction]) -> set[str]:
    """Ids of those that others took back. `kept`: newest first."""
    gone: set[str] = set()
    for plan in kept:
        if plan.undoes and plan.id not in gone:
            gone.add(plan.undoes)
    return gone


def look(journal: Journal, plan: Transaction, merge: Merge | None = None) -> Undo:
    """What taking back `plan` would do as things are. Raises UsageError when a move cannot be made the other way."""
    root, moves = journal.files.root, back(plan.moves)
    for new, old in moves:
        if not is_listed(root / new):
            raise UsageError(f"{new}: is not there any more, so it cannot be called {old} again; nothing was undone")
        if is_listed(root / old) and not (root / old).samefile(root / new):
            raise UsageError(f"{old}: there is another file of this name now; nothing was undone")
    restored: list[str] = []
    removed: list[str] = []
    refused: dict[str, str] = {}
    for entry in plan.files:
        if entry.stays:
            continue
        path = moved(entry.path, moves)
        if why := _refusal(journal, plan, entry, merge):
            refused[entry.path] = f"{entry.path}: {why}"
        else:
            (removed if entry.before is None else restored).append(path)
    return Undo(plan, moves, tuple(restored), tuple(removed), refused)


def undo(journal: Journal, what: Undo, command: str, merge: Merge | None = None) -> Applied:
    """Take it back; what was refused in between is told as well. Raises DiskError."""
    plan = what.plan

    def last(refused: Mapping[str, str]) -> Iterator[Change]:
        left = what.refused.keys() | refused.keys()
        return _changes(journal, what, [entry for entry in plan.files if entry.last], merge, left)

    done = journal.apply(
        command,
        _changes(journal, what, [entry for entry in plan.files if not entry.last]),
        moves=what.moves,
        last=last,
        undoes=plan.id,
        emptied=[moved(folder, what.moves) for folder in plan.made],
    )
    return done._replace(refused={**what.refused, **done.refused})


def _refusal(journal: Journal, plan: Transaction, entry: Entry, merge: Merge | None) -> str:
    """Why a file stays as it is; empty when it need not."""
    now = _now(journal, entry)
    if hashed(now) != entry.after:
        if _merged(journal, plan, entry, now, merge, ()) is not None:
            return ""
        return "is not there any more" if now is None else "was edited since, so it was left as it is"
    if entry.before is not None and journal.old(plan, entry) is None:
        return "the text before is not kept"
    return ""


def _changes(
    journal: Journal, what: Undo, entries: Sequence[Entry], merge: Merge | None = None, left: Collection[str] = ()
) -> Iterator[Change]:
    """One after the other: the texts of a large import are not all in memory at once."""
    for entry in entries:
        if entry.stays or entry.path in what.refused:
            continue
        now = _now(journal, entry)
        old = _merged(journal, what.plan, entry, now, merge, left) if left or hashed(now) != entry.after else None
        if old is None and entry.before is not None:
            old = journal.old(what.plan, entry)
        yield Change(moved(entry.path, what.moves), old or None if entry.before is None else old, now)


def _merged(
    journal: Journal, plan: Transaction, entry: Entry, now: bytes | None, merge: Merge | None, left: Collection[str]
) -> bytes | None:
    after = journal.after(plan, entry)
    before = journal.old(plan, entry) if entry.before is not None else b""
    if merge is None or now is None or after is None or before is None:
        return None
    return merge(entry.path, now, before, after, left)


def _now(journal: Journal, entry: Entry) -> bytes | None:
    try:
        return read(journal.files.place(entry.path))
    except OSError:
        return None
