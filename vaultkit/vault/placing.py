"""What was promised is done: moves, then each file compared and replaced, so that nobody's text is lost meanwhile.

An editor may write at any moment. What stands at a place is compared at the last moment, a new file never replaces
another, and the old one is kept by a second name rather than as a copy: what is written into it while it is being
replaced is found there afterwards and put back. The order of things is the business of `journal`.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from contextlib import suppress

from vaultkit.errors import DiskError
from vaultkit.vault import disk
from vaultkit.vault.files import STATE, ChangedMeanwhile, Files, changed, is_listed, read
from vaultkit.vault.transaction import Entry, Transaction, back, hashed


class Placing:
    """One go at a transaction."""

    def __init__(self, files: Files, plan: Transaction, again: bool) -> None:
        """`again`: it was stopped before, so that any part of it may be done already."""
        self.refused: dict[str, str] = {}
        """Files that are not what they were when the plan was made."""
        self.failed: dict[str, str] = {}
        """Files that the disk did not let us change."""
        self._files = files
        self._plan = plan
        self._folder = os.path.join(files.root, plan.folder)
        self._again = again
        self._moved: list[tuple[str, str]] = []
        self._kept: list[tuple[Entry, os.stat_result | None]] = []
        """Files whose old text has a second name in `old/`, and how that looked."""

    def move(self) -> None:
        """Make the moves. Raises DiskError; what was done of them `unmove` takes back."""
        root = self._files.root
        for old, new in self._plan.moves:
            if self._again and not is_listed(root / old):
                if not is_listed(root / new):
                    self.refused[new] = f"{old}: was to be called {new}, but there is neither any more"
                continue
            try:
                self._files.move(old, new)
            except DiskError as e:
                if not self._again or disk.is_hopeless(e):
                    raise
                self.refused[new] = str(e)
            else:
                self._moved.append((old, new))

    def unmove(self) -> bool:
        """Take back the moves that were made; whether none of the transaction is done then."""
        if self._again:
            return False
        try:
            for new, old in back(self._moved):
                self._files.move(new, old)
        except DiskError:
            return False
        return True

    def put(self, entries: Iterable[Entry], *, last: bool = False) -> None:
        """Put files in their places. Raises DiskError when the disk refuses altogether; with `last`, any of them."""
        for entry in entries:
            try:
                with disk.errors(entry.path):
                    self._put(entry)
            except ChangedMeanwhile as e:
                self.refused[entry.path] = str(e)
            except DiskError as e:
                if last or disk.is_hopeless(e):
                    raise DiskError(f"{e}; what is left is done by the next command that writes") from e.__cause__
                self.failed[entry.path] = str(e)
        for entry, seen in self._kept:
            with disk.errors(entry.path):
                self._put_back(entry, seen)
        self._kept = []

    def finish(self, plan: Transaction) -> None:
        """Remove folders that are empty now, and see to it that all is on the disk. Raises OSError."""
        for folder in sorted(plan.emptied, key=len, reverse=True):
            with suppress(DiskError):
                disk.remove_folder(self._files.place(folder), folder)
        touched = [entry.path for entry in plan.files] + [path for move in plan.moves for path in move]
        folders = sorted(str(self._files.root / folder) for folder in {os.path.dirname(path) for path in touched})
        disk.sync([folder for folder in folders if os.path.isdir(folder)], plan.folder)
        with suppress(FileNotFoundError):
            for left in os.scandir(self._at("new")):  # what was refused
                disk.unlink(left.path, plan.folder)
        for name in ("new", "old"):
            disk.remove_folder(self._at(name), plan.folder)

    def _at(self, *names: str) -> str:
        return "/".join((self._folder, *names))

    def _put(self, entry: Entry) -> None:
        new, old = self._at("new", str(entry.number)), self._at("old", str(entry.number))
        if self._again and entry.after is not None and not os.path.exists(new):
            if entry.before is not None:
                self._kept.append((entry, None))
            return
        place, lacking = self._files.found(entry.path)
        now = None if lacking else read(place)
        digest = hashed(now)
        if entry.last and entry.after is not None and not os.path.exists(f"{old}.after"):
            with suppress(OSError):  # kept for `undo`, where records have changed since; it can do without
                disk.link(new, f"{old}.after", entry.path)
        if digest == entry.after:
            if entry.after is None:
                self._kept.append((entry, None))
            else:
                disk.unlink(new, entry.path)
        elif digest != entry.before:
            raise changed(entry.path)
        elif now is None:
            if lacking != 1:
                disk.make_folder(os.path.dirname(place), entry.path)
            self._appear(entry, new, place)
        elif entry.after is None:
            self._take(entry, place, old, now)
        else:
            self._keep(entry, place, old, now)
            self._files.put(new, place, entry.path, now)

    def _appear(self, entry: Entry, new: str, place: str) -> None:
        """A file where none was. A second name first: unlike a rename, that can never replace another file."""
        if not entry.path.startswith(f"{STATE}/"):
            try:
                disk.link(new, place, entry.path)
            except FileExistsError as e:
                raise changed(entry.path) from e
            except OSError:
                pass  # not every disk has them
            else:
                disk.unlink(new, entry.path)
                return
        self._files.put(new, place, entry.path, None)

    def _keep(self, entry: Entry, place: str, old: str, now: bytes) -> None:
        """Give the old file a second name."""
        if os.path.lexists(old):  # stopped right here before
            disk.unlink(old, entry.path)
        try:
            disk.link(place, old, entry.path)
        except OSError:  # not every disk has them
            disk.create(old, now, entry.path)
        else:
            self._kept.append((entry, os.stat(old)))

    def _take(self, entry: Entry, place: str, old: str, now: bytes) -> None:
        """A file goes away: into `old/`, whatever it may be at that moment."""
        if os.path.islink(self._files.root / entry.path):
            raise changed(entry.path)

        def check() -> None:
            if read(place) != now:
                raise changed(entry.path)

        try:
            disk.replace(place, old, entry.path, check)
        except OSError as e:
            if e.errno != errno.EXDEV:
                raise
            self._keep(entry, place, old, now)
            check()
            disk.unlink(place, entry.path)
        self._kept.append((entry, None))

    def _put_back(self, entry: Entry, seen: os.stat_result | None) -> None:
        """An editor may have written into the old file while it was being replaced: that is the one to keep."""
        old = self._at("old", str(entry.number))
        try:
            now = os.stat(old)
        except FileNotFoundError:
            return
        if seen and (seen.st_size, seen.st_mtime_ns) == (now.st_size, now.st_mtime_ns):
            return
        if hashed(read(old)) == entry.before:
            return
        place = self._files.place(entry.path)
        if hashed(read(place)) == entry.after:
            if entry.after is None:
                disk.link(old, place, entry.path)
                disk.unlink(old, entry.path)
            else:
                disk.replace(old, place, entry.path)
            self.refused[entry.path] = str(changed(entry.path))
