"""Which notes of a folder git knew that are gone, since when, and what became of them.

A rename is one as git sees it, by likeness. What a shallow clone or a merge alone knows is not known here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from vaultkit.git.head import head_of
from vaultkit.git.kept_log import kept_log
from vaultkit.git.past import MARK, Log, read_day, read_log
from vaultkit.linting.history import Lost
from vaultkit.vault.names import Kind, kind_of, path_key


class GitHistory:
    """The past of the notes below a folder. Git is asked once, with the first question."""

    def __init__(self, folder: Path, inside: str = "", *, remember: bool = False) -> None:
        """`inside`: the notes are those of this folder below `folder`, in which git is asked. `remember`: what git
        says is kept for the next run, in the cache of the vault there."""
        self._folder = folder
        self._inside = inside
        self._remember = remember
        self._stands: dict[str, bool] = {}
        self.head = head_of(str(folder))
        """As `History` says. Read ahead of the log, so that a commit in between is noticed by the next run."""

    def lost(self, key: str) -> Lost | None:
        """As `History` says."""
        return self._known.get(key) if self.head and self._may_know(key) else None

    def prepare(self) -> None:
        """As `History` says."""
        _ = self.head and self._known

    def _may_know(self, key: str) -> bool:
        """Whether a name that `path_key` makes `key` can stand in the log: most do not, and it is long to read."""
        if self._is_odd or not key.isascii() or "/" in key:
            return True
        known = self._stands.get(key)
        if known is None:
            known = self._stands[key] = f"{key}.md\0".encode() in self._lower
        return known

    @cached_property
    def _log(self) -> Log | None:
        return kept_log(self._folder, self._folder / self._inside) if self._remember else read_log(self._folder)

    @cached_property
    def _lower(self) -> bytes:
        return self._log.text.lower() if self._log else b""

    @cached_property
    def _is_odd(self) -> bool:
        """Whether a name in the log has signs that `path_key` makes other, plain ones of."""
        return any(sign in self._lower for sign in _MADE_PLAIN)

    @cached_property
    def _known(self) -> Mapping[str, Lost]:
        return _of_log(self._log, self._inside)


_MADE_PLAIN = tuple(sign.encode() for sign in ("\u00a0", "\u202f", "\u037e", "\u1fef", "\u212a"))


def _of_log(log: Log | None, inside: str) -> Mapping[str, Lost]:
    """What last happened to each note that git ever saw below `inside`, by its name as `History.lost` takes it: notes
    that are still there are among them, for a caller who knows which.

    Empty where there is no git, no repository, no commit yet, or a shallow one.
    """
    return _read(log.text, log.prefix + os.fsencode(f"{inside}/" if inside else "")) if log else {}


def _read(log: bytes, prefix: bytes) -> dict[str, Lost]:
    """Paths of the log, newest commit first: `\x01DAY`, then for each file a letter and a path, for R two paths."""
    out: dict[str, Lost] = {}
    now: dict[bytes, bytes] = {}
    """Where a path of the commits that were read leads today; empty: it was deleted."""
    day = b""
    tokens = iter(log.split(b"\0"))
    for token in tokens:
        status = token.lstrip(b"\n")
        if status.startswith(MARK):
            day = status[1:]
            continue
        path, to = next(tokens, b""), b""
        if status.startswith(b"R"):
            new = next(tokens, b"")
            to = now.get(new, new)
            _note(out, new, prefix, b"", b"")
        if status == b"A":
            _note(out, path, prefix, b"", b"")  # of one that was taken away later this is known by now
        else:
            now[path] = to
            _note(out, path, prefix, to, day)
    return out


def _note(out: dict[str, Lost], path: bytes, prefix: bytes, to: bytes, day: bytes) -> None:
    if not path.endswith((b".md", b".MD")) or not path.startswith(prefix):
        return
    name = os.fsdecode(path[len(prefix) :])
    if kind_of(name) is not Kind.NOTE:
        return
    key = path_key(name.rpartition("/")[2])[:-3]
    if key not in out:
        inside = os.fsdecode(to[len(prefix) :]) if to.startswith(prefix) else ""
        out[key] = Lost(name, read_day(day), inside if inside and kind_of(inside) is Kind.NOTE else "")
