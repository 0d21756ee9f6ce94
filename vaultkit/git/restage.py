"""Staged texts changed, in the index and in the work tree, so that what is not staged stays as it is and unstaged.

Nothing is checked out or stashed. The work tree comes first, as one command of the journal, the index last and at
once: stopped in between, a second run finds the change in the work tree already and makes the index follow. Knows
neither what is changed nor why. `way` says what git's own state allows.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from vaultkit.git.plumbing import GitError, NotWritable, Repository, not_writable
from vaultkit.git.tracked import TrackedFile

WAIT = 3.0
"""Seconds for which another git process may hold the index."""
_PAUSE = 0.02


class Way(Enum):
    """What may be changed."""

    INDEX_AND_WORK_TREE = auto()
    WORK_TREE = auto()
    """Under the pre-commit framework, which has unstaged changes put aside and fails when a file changes."""
    NOTHING = auto()
    """Under `git commit PATH`, whose index is thrown away: the real one would take the change back."""


def way(environment: Mapping[str, str] | None = None) -> Way:
    """The way that is open to a hook that git or the framework started."""
    environment = os.environ if environment is None else environment
    if environment.get("PRE_COMMIT"):
        return Way.WORK_TREE
    name = environment.get("GIT_INDEX_FILE", "").rpartition("/")[2]
    return Way.NOTHING if name.startswith("next-index-") and name.endswith(".lock") else Way.INDEX_AND_WORK_TREE


def verdict(what: str, open_way: Way, restage: bool) -> tuple[int, str]:
    """Exit code and last line of a hook that changed something; `what` it did. `restage`: the user wants to go on.

    `git merge` has made its tree before it asks `pre-merge-commit`: a change gets into the merge only when that is
    stopped and finished by `git commit`.
    """
    if open_way is Way.WORK_TREE:
        return 1, f"vaultkit: {what}; review, `git add` the files and commit again"
    if os.environ.get("GIT_REFLOG_ACTION", "").startswith("merge"):
        return 1, f"vaultkit: {what}; review (git diff --cached), then `git commit` finishes the merge"
    return (0, "") if restage else (1, f"vaultkit: {what}; review (git diff --cached) and commit again")


class Text(NamedTuple):
    """A staged text and what it is to be. `path` is that of the repository. `whole`: its changes belong together, so
    the work tree gets all of them or none."""

    path: str
    file: TrackedFile
    before: bytes
    after: bytes
    whole: bool = False


class Restaged(NamedTuple):
    """What was done. `paths`: the texts that were changed. `notices`: what a person should know, a line each. `blobs`:
    the ids of what the index holds of them now, by path; none when it was left alone. `hindrance`: why nothing could
    be changed; empty: it could."""

    paths: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    blobs: Mapping[str, str] = {}
    hindrance: str = ""


def restage(repository: Repository, root: str, texts: Sequence[Text], command: str, open_way: Way) -> Restaged:
    """Make the change of all `texts`, which lie in the vault at the folder `root` of the repository; `command` is what
    the journal calls it.

    Left alone is what goes through a git filter: the index does not hold what the work tree does. In the work tree it
    is also what is not there, is a link, or is being written to. Raises GitError when another process holds the index
    for too long; VaultBusy, DiskError.
    """
    filtered = _filtered(repository, [text.path for text in texts])
    notices = [f"{path}: goes through the git filter `{name}`, so it was left alone" for path, name in filtered.items()]
    texts = [text for text in texts if text.path not in filtered]
    if not texts:
        return Restaged(notices=tuple(notices))
    indexed = open_way is Way.INDEX_AND_WORK_TREE
    blobs: list[str] = []
    if indexed:
        try:
            _wait_for_index(repository)
            blobs = _write_blobs(repository, [text.after for text in texts])
        except NotWritable as e:
            return Restaged(notices=tuple(notices), hindrance=f"vaultkit: {e}")
    notices += _change_work_tree(repository.top, root, texts, command)
    if indexed:
        _change_index(repository, texts, blobs)
    paths = tuple(text.path for text in texts)
    return Restaged(paths, tuple(notices), dict(zip(paths, blobs, strict=True)) if indexed else {})


def _change_work_tree(top: Path, root: str, texts: Sequence[Text], command: str) -> list[str]:
    """Carry the changes over; what is to be told of it."""
    from vaultkit.git.carry import carry  # mostly there is nothing to change
    from vaultkit.vault.files import Change
    from vaultkit.vault.journal import Journal

    notices: list[str] = []
    changes: list[Change] = []
    real = os.path.realpath(top)
    for text in texts:
        now = _read(real, text.path)
        if now is None:
            continue
        data, kept = carry(text.path, text.before, text.after, now)
        if kept and text.whole:
            data = now
        if kept:
            notices.append(f"{text.path}: has changes that are not staged in the same place, so they stay as they are")
        if data != now:
            changes.append(Change(text.path[len(root) + 1 :] if root else text.path, data, now))
    if changes:
        with Journal(top / root) as journal:
            notices += [
                f"finished `vaultkit {done.plan.command}`, which had been stopped" for done in journal.recovered
            ]
            notices += journal.apply(command, changes).refused.values()
    return notices


def _read(top: str, path: str) -> bytes | None:
    """The text of the work tree; None when there is no file of its own at that path: none at all, or by a link."""
    place = os.path.join(top, path)  # noqa: PTH118
    if os.path.realpath(place) != place or not os.path.isfile(place):  # noqa: PTH113
        return None
    with open(place, "rb") as file:
        return file.read()


def _filtered(repository: Repository, paths: Sequence[str]) -> dict[str, str]:
    """Those of `paths` whose contents git converts by a program, or to another encoding, by what it is called."""
    answer = repository.tell(_terminated(paths), "check-attr", "-z", "--stdin", "filter", "working-tree-encoding")
    fields = os.fsdecode(answer).split("\0")
    told = zip(fields[::3], fields[2::3], strict=False)
    return {path: value for path, value in told if value not in ("unspecified", "unset", "set")}


def _write_blobs(repository: Repository, contents: Sequence[bytes]) -> list[str]:
    """Put `contents` into the repository; the id of each. One process for all, and no conversion."""
    stream = b"".join(
        b"blob\nmark :%d\ndata %d\n%b\nget-mark :%d\n" % (number, len(data), data, number)
        for number, data in enumerate(contents, 1)
    )
    return repository.tell(stream, "fast-import", "--quiet").decode().split()


def _change_index(repository: Repository, texts: Sequence[Text], blobs: Sequence[str]) -> None:
    lines = [f"{text.file.mode} {blob} 0\t{text.path}" for text, blob in zip(texts, blobs, strict=True)]
    absent = [text.path for text in texts if not os.path.lexists(repository.top / text.path)]
    # a sparse checkout leaves files out; an entry made anew would have them deleted
    skipped = _skipped(repository) & set(absent) if absent else set()
    repository.tell(_terminated(lines), "update-index", "-z", "--index-info")
    if skipped:
        repository.tell(_terminated(sorted(skipped)), "update-index", "-z", "--skip-worktree", "--stdin")


def _skipped(repository: Repository) -> set[str]:
    """The files of the index that a sparse checkout leaves out."""
    records = os.fsdecode(repository.ask("ls-files", "-t", "-z")).split("\0")
    return {record[2:] for record in records if record.startswith("S ")}


def _wait_for_index(repository: Repository) -> None:
    """Return when no other process holds the index. Raises GitError after `WAIT` seconds, NotWritable."""
    index = os.fsdecode(repository.ask("rev-parse", "--git-path", "index").removesuffix(b"\n"))
    lock = repository.top / f"{index}.lock"
    until = time.monotonic() + WAIT
    while os.path.lexists(lock):
        if time.monotonic() >= until:
            raise GitError(
                f"{lock}: another git process is at work, so nothing was changed; wait for it and commit again (or"
                " remove that file if none is)"
            )
        time.sleep(_PAUSE)
    if not os.access(lock.parent, os.W_OK):
        raise not_writable(repository.top, os.strerror(errno.EACCES))


def _terminated(lines: Sequence[str]) -> bytes:
    return b"".join(os.fsencode(line) + b"\0" for line in lines)
