"""What a transaction is about to do, written aside: its new texts, then its plan, then the promise to carry it out.

Until the promise nothing of the user's is touched, and all of this may be thrown away. Looks at each file to be
changed, so that what cannot be changed is known before anything is. What comes after the promise is `placing`.
"""

from __future__ import annotations

import os
from itertools import chain

from vaultkit.vault import disk
from vaultkit.vault.files import Change, Files
from vaultkit.vault.transaction import (
    COMMIT,
    FOLDER,
    PLAN,
    Entry,
    Transaction,
    back,
    dump,
    folders_above,
    hashed,
    moved,
)


class Stage:
    """A transaction that is being prepared."""

    def __init__(self, files: Files, plan: Transaction, begun: int | None = None) -> None:
        """`begun`: how many texts there were in it before; None: it is new, and its moves are yet to be made."""
        self._files = files
        self._plan = plan
        self._folder = os.path.join(files.root, plan.folder)
        self._back = back(plan.moves) if begun is None else ()
        self._entries = list(plan.files)
        self._number = begun or 0
        self._is_made = begun is not None
        self._there: set[str] = set()
        self._folders: set[str] = set()
        self._made: dict[str, None] = dict.fromkeys(plan.made)

    @property
    def id(self) -> str:
        """That of the transaction."""
        return self._plan.id

    def _at(self, *names: str) -> str:
        return "/".join((self._folder, *names))

    def add(self, change: Change, *, last: bool = False) -> None:
        """Prepare one change; nothing when it is there already. Raises DiskError: it cannot be made, OSError: nothing
        can."""
        seen = self._files.look(change, moved(change.path, self._back), self._folders)
        if seen is None:
            return
        entry = Entry(change.path, hashed(seen.data), hashed(change.data), self._number, change.stays, last)
        if change.data is not None:
            self._make()
            disk.create(self._at("new", str(self._number)), change.data, change.path, seen.mode)
        if seen.data is None and not change.stays:
            self._look_above(change.path)
        self._entries.append(entry)
        self._number += 1

    def plan(self, emptied: tuple[str, ...]) -> Transaction:
        """What was prepared."""
        for _, new in self._plan.moves:
            self._look_above(new)
        return self._plan._replace(files=tuple(self._entries), made=tuple(self._made), emptied=emptied)

    def commit(self, plan: Transaction) -> None:
        """Promise it. Raises OSError."""
        self._make()
        disk.create(self._at(PLAN), dump(plan), plan.folder)
        texts = (self._at("new", str(entry.number)) for entry in plan.files if entry.after is not None)
        disk.sync(chain(texts, [self._at(PLAN), self._at("new"), self._at()]), plan.folder)
        disk.create(self._at(COMMIT), b"", plan.folder)
        disk.sync([self._at(COMMIT), self._at()], plan.folder)

    def _make(self) -> None:
        if not self._is_made:
            self._files.hide(FOLDER, 0o700)  # older texts of a diary are nobody else's to read
            for name in ("new", "old"):
                disk.make_folder(self._at(name), self._plan.folder)
            self._is_made = True

    def _look_above(self, path: str) -> None:
        """Note which of the folders above a new file are new, too."""
        for folder in folders_above(path):
            if folder in self._there:
                return
            self._there.add(folder)
            if os.path.isdir(self._files.root / folder):
                return
            self._made[folder] = None
