"""Whatever one command changes in a vault, all of it or none: written aside, promised, put in place, kept for `undo`.

In order: all new texts are written to `.vaultkit/tx/<id>/new` and brought to the disk at once; `COMMIT` is the promise;
then (`placing`) moves are made and each file is replaced, if it is still what the plan was made with; then what has to
come last; `DONE`. Stopped before `COMMIT` nothing has happened, stopped after it the next command that writes does the
rest. Every command that writes goes through here; those that read need not look.

    with Journal(vault.root) as journal:          # waits for its turn, finishes what was stopped
        done = journal.apply("mv a b", changes, moves=[("a.md", "b.md")])
        done.refused                              # why, by path
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from vaultkit.errors import DiskError
from vaultkit.vault import disk, lock
from vaultkit.vault.files import STATE, Change, Files, read
from vaultkit.vault.placing import Placing
from vaultkit.vault.staging import Stage
from vaultkit.vault.transaction import (
    COMMIT,
    DONE,
    FOLDER,
    PLAN,
    Entry,
    Transaction,
    command_id,
    dump,
    hashed,
    joined,
    load,
    new_id,
    part_id,
)

KEPT = 20
"""So many commands can be taken back; the oldest goes first, the newest never."""
KEPT_BYTES = 200_000_000
"""And so much text of theirs is kept at most."""

Last = Callable[[Mapping[str, str]], Iterable[Change]]
"""Changes that come after all others, made from the reasons by path why some of those were refused."""


class Applied(NamedTuple):
    """What became of a command's changes. `id`: the transaction, empty when nothing had to be written. `refused`: the
    files that were left as they are, with the reasons."""

    id: str
    refused: Mapping[str, str]


class Recovered(NamedTuple):
    """A command that had been stopped and is finished now. `refused`: files left alone all the same, with reasons."""

    plan: Transaction
    refused: Mapping[str, str]


class Journal:
    """The right to write to a vault, as a context: one process at a time has it."""

    def __init__(self, root: Path) -> None:
        self.files = Files(root)
        self.recovered: tuple[Recovered, ...] = ()
        """What had been stopped before and was finished when the context was entered."""
        self._lock: int | None = None
        self._written = ("", "", 0)
        """The last command that wrote inside the context, the id of its first transaction, and how many it has."""

    def __enter__(self) -> Journal:
        """Wait for the lock, then finish or discard what was stopped. Raises VaultBusy, UsageError, DiskError."""
        self._lock = lock.acquire(self.files.root, FOLDER)
        try:
            self.recovered = tuple(self._recover())
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            lock.release(self._lock)
            self._lock = None

    def apply(
        self,
        command: str,
        changes: Iterable[Change],
        *,
        moves: Sequence[tuple[str, str]] = (),
        last: Last | None = None,
        undoes: str = "",
        emptied: Sequence[str] = (),
    ) -> Applied:
        """Make `moves`, then `changes` (their paths are those after the moves), then those of `last`, as one.

        What one `command` applies inside one context, at several times, is taken back together.

        A file that is read-only or not as expected is left alone; with `moves`, nothing is done then. So it is when the
        disk refuses to take the new texts: DiskError. A file that the disk refuses later is among the refused, and is
        tried again by the next command that writes; a full disk raises DiskError, and all that is left is done then.
        """
        assert self._lock is not None, "a journal is written to inside `with`"
        now = dt.datetime.now(dt.UTC)
        before, first, number = self._written
        id_ = part_id(first, number + 1) if before == command else new_id(now, self._newest())
        stage = Stage(self.files, Transaction(id_, command, now, undoes, tuple(moves)))
        refused: dict[str, str] = {}
        try:
            for change in changes:
                try:
                    stage.add(change)
                except DiskError as e:
                    refused[change.path] = str(e)
            if moves and refused:
                raise DiskError("\n".join([*refused.values(), "nothing was moved"]))
            for change in last(refused) if last else ():
                stage.add(change, last=True)
            plan = stage.plan(tuple(emptied))
            if not plan.files and not moves:
                return Applied("", refused)
            stage.commit(plan)
        except BaseException as e:
            self._discard(stage.id)
            if isinstance(e, OSError):
                raise DiskError(f"{disk.advice(e, FOLDER)}; nothing was changed") from e
            raise
        self._written = (command, command_id(id_), number + 1 if before == command else 1)
        refused |= self._place(plan, last, again=False)
        return Applied(plan.id if os.path.isdir(self._at(plan.id)) else "", refused)

    def written(self) -> Transaction | None:
        """All that the last command did that wrote inside the context; None: none did. Raises UsageError."""
        return next((plan for plan in self.transactions() if plan.id == self._written[1]), None)

    def transactions(self) -> list[Transaction]:
        """Those that can be taken back, newest first; those of one command as one. Raises UsageError."""
        commands: dict[str, list[Transaction]] = {}
        for id_ in self._ids():
            data = read(self._at(id_, PLAN)) if os.path.isfile(self._at(id_, DONE)) else None
            if data is not None:
                commands.setdefault(command_id(id_), []).append(load(id_, data))
        return [joined(parts) for parts in reversed(commands.values())]

    def old(self, plan: Transaction, entry: Entry) -> bytes | None:
        """What stood at the place of a file before; None when nothing did, or it is not kept as it was."""
        data = read(self._at(plan.old(entry)))
        return data if hashed(data) == entry.before else None

    def after(self, plan: Transaction, entry: Entry) -> bytes | None:
        """What a file that came last was made to be; None when that is not kept."""
        data = read(self._at(plan.new(entry)))
        return data if hashed(data) == entry.after else None

    # -- inside ------------------------------------------------------------------------------------

    def _at(self, *names: str) -> str:
        return os.path.join(self.files.root, FOLDER, *names)

    def _ids(self) -> list[str]:
        with suppress(OSError):
            return sorted(entry.name for entry in os.scandir(self._at()) if entry.is_dir(follow_symlinks=False))
        return []

    def _newest(self) -> str:
        return max(self._ids(), default="")

    def _recover(self) -> Iterable[Recovered]:
        for id_ in self._ids():
            if not os.path.isfile(self._at(id_, COMMIT)):
                self._discard(id_)
            elif not os.path.isfile(self._at(id_, DONE)):
                with disk.errors(f"{FOLDER}/{id_}"):
                    plan = load(id_, read(self._at(id_, PLAN)) or b"")
                yield Recovered(plan, self._place(plan, None, again=True))
        self._tidy()

    def _place(self, plan: Transaction, last: Last | None, *, again: bool) -> dict[str, str]:
        """Do what was promised; the reasons why some of it was left out, by path. `again`: some may be done already."""
        placing = Placing(self.files, plan, again)
        try:
            placing.move()
        except DiskError:
            if placing.unmove():  # nothing was changed yet
                self._discard(plan.id)
            raise
        placing.put([entry for entry in plan.files if not entry.last])
        refused = dict(placing.refused)
        if placing.failed and not again:
            return refused | {
                path: f"{why}; it is tried again by the next command" for path, why in placing.failed.items()
            }
        refused |= placing.failed
        with disk.errors(plan.folder):
            if refused:  # what comes last may tell of it, so it is made anew, or left out where nobody can
                first = [entry for entry in plan.files if not entry.last]
                plan = self._amend(plan, first, refused, last(refused) if last else ())
            placing.put([entry for entry in plan.files if entry.last], last=True)
            if placing.refused.keys() - refused.keys():
                plan = self._amend(plan, plan.files, placing.refused, ())
            placing.finish(plan)
        if not plan.files and not plan.moves:  # all of it was refused, so there is nothing to take back
            self._discard(plan.id)
            return placing.refused | placing.failed
        with suppress(OSError):  # all is done; without the mark the next command looks once more
            disk.create(self._at(plan.id, DONE), f"{self._size(plan.id)}\n".encode(), plan.folder)
            self._prune()
        return placing.refused | placing.failed

    def _amend(
        self, plan: Transaction, files: Sequence[Entry], refused: Mapping[str, str], last: Iterable[Change]
    ) -> Transaction:
        """Let the plan tell what is really done: those of `files` that were not refused, and `last`. Raises OSError."""
        moves = tuple(move for move in plan.moves if move[1] not in refused)
        left = tuple(entry for entry in files if entry.path not in refused)
        stage = Stage(self.files, plan._replace(moves=moves, files=left), begun=len(plan.files))
        for change in last:
            stage.add(change, last=True)
        amended = stage.plan(plan.emptied)
        disk.unlink(self._at(plan.id, f"{PLAN}.new"), plan.folder)  # stopped right here before
        disk.create(self._at(plan.id, f"{PLAN}.new"), dump(amended), plan.folder)
        disk.replace(self._at(plan.id, f"{PLAN}.new"), self._at(plan.id, PLAN), plan.folder)
        return amended

    def _size(self, id_: str) -> int:
        folder = self._at(id_, "old")
        return sum(entry.stat().st_size for entry in os.scandir(folder)) if os.path.isdir(folder) else 0

    def _prune(self) -> None:
        """Let go of what is too old or too much to keep."""
        size, ids = 0, self._ids()
        commands = [*dict.fromkeys(command_id(id_) for id_ in reversed(ids))]
        for id_ in reversed(ids):
            with suppress(ValueError):
                size += int(read(self._at(id_, DONE)) or 0)
            if (kept := commands.index(command_id(id_))) and (kept >= KEPT or size > KEPT_BYTES):
                self._discard(id_)

    def _discard(self, id_: str) -> None:
        """Remove a transaction; what the disk does not let go of goes at the next start."""
        with suppress(OSError, DiskError):
            for name in (COMMIT, DONE):  # without the promise first: it must never look like one to be kept
                disk.unlink(self._at(id_, name), f"{FOLDER}/{id_}/{name}")
            for folder, _, names in os.walk(self._at(id_), topdown=False):
                for name in names:
                    disk.unlink(os.path.join(folder, name), f"{FOLDER}/{id_}/{name}")
                disk.remove_folder(folder, f"{FOLDER}/{id_}")
            self._tidy()

    def _tidy(self) -> None:
        """Leave no trace where nothing is kept."""
        with suppress(OSError):
            if set(os.listdir(self._at())) <= {".gitignore"}:
                disk.unlink(self._at(".gitignore"), FOLDER)
                for folder in (FOLDER, STATE):
                    disk.remove_folder(str(self.files.root / folder), folder)


def unfinished(root: Path) -> str:
    """The command that was stopped in the vault at `root` and will be finished by the next that writes, or empty."""
    for id_ in (journal := Journal(root))._ids():
        if os.path.isfile(journal._at(id_, COMMIT)) and not os.path.isfile(journal._at(id_, DONE)):
            with disk.errors(f"{FOLDER}/{id_}"):
                return load(id_, read(journal._at(id_, PLAN)) or b"").command
    return ""
