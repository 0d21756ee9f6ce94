"""Git as a subprocess: arguments and answers are bytes, there is no shell, and failures are told in plain words.

Knows how git is called, not what is asked of it. The environment is passed on as it is: inside a hook
`GIT_INDEX_FILE` names the index of this very commit (under `commit -a` and `commit -o` not the usual one), and without
it the answers are wrong. Inside a hook, a `Repository` is therefore always the one that the hook runs in.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

from vaultkit.errors import VaultkitError


class GitError(VaultkitError):
    """Git is missing, or refused what it was asked."""

    exit_code = 2


class NotARepository(GitError):
    """There is no work tree of a repository here."""


class UnmergedIndex(GitError):
    """A merge is not finished: what a commit would hold is not decided yet."""

    exit_code = 1


class NotWritable(GitError):
    """The repository may be read, and not written to."""


_DENIED = ("Permission denied", "Read-only file system", "insufficient permission", "Operation not permitted")


class Repository(NamedTuple):
    """A work tree. `top` is its topmost folder; every path of git's answers is relative to it."""

    top: Path

    def ask(self, *args: str | bytes) -> bytes:
        """What `git ARGS` prints. Raises GitError when it fails."""
        return run_git(self.top, *args)

    def grep(self, *args: str | bytes) -> bytes:
        """What `git grep ARGS` prints; it ends with 1 when it finds nothing. Raises GitError when it fails."""
        return run_git(self.top, "grep", *args, fine=(0, 1))

    def configured(self, names: str) -> bytes:
        """The settings whose names match that pattern, a line each with name and value. Raises GitError."""
        return run_git(self.top, "config", "--get-regexp", names, fine=(0, 1))

    def tell(self, said: bytes, *args: str | bytes) -> bytes:
        """What `git ARGS` prints when it is handed `said` on its standard input. Raises GitError when it fails."""
        return run_git(self.top, *args, said=said)

    def start(self, *args: str | bytes) -> subprocess.Popen[bytes]:
        """`git ARGS`, running, with pipes to both its ends. Raises GitError when there is no git."""
        try:
            return subprocess.Popen(
                _command(args), cwd=self.top, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        except OSError as e:
            raise _not_started(self.top, e) from e


def open_repository(start: Path) -> Repository:
    """The repository whose work tree holds `start`. Raises NotARepository when there is none, or it is bare."""
    top = run_git(start, "rev-parse", "--show-toplevel")
    return Repository(Path(os.fsdecode(top.removesuffix(b"\n"))))


def run_git(cwd: Path, *args: str | bytes, said: bytes = b"", fine: tuple[int, ...] = (0,)) -> bytes:
    """What `git ARGS` prints when run in `cwd`, handed `said`. Raises GitError with git's own words when it fails: when
    its exit code is none of the `fine` ones."""
    try:
        done = subprocess.run(_command(args), cwd=cwd, env=_environment(), input=said, capture_output=True)
    except OSError as e:
        raise _not_started(cwd, e) from e
    if done.returncode not in fine:
        raise _refused(cwd, args, done.returncode, os.fsdecode(done.stderr).strip())
    return done.stdout


def _command(args: tuple[str | bytes, ...]) -> list[str | bytes]:
    # a file system monitor is a program that the repository's configuration names: never started from here
    return ["git", "-c", "core.fsmonitor=false", *args]


def _environment() -> dict[str, str]:
    # C: the messages are compared below. No optional locks: reading must not get in the way of the user's own git.
    return {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}


def not_writable(top: Path, why: str) -> NotWritable:
    """The error that tells so of the repository with the work tree `top`."""
    return NotWritable(f"{top}: git cannot write to its repository ({why}); see who may write to its folder `.git`")


def _not_started(cwd: Path, error: OSError) -> GitError:
    if not cwd.is_dir():
        return GitError(f"{cwd}: is not a folder")
    if isinstance(error, FileNotFoundError):
        return GitError(f"git: not found (PATH={os.environ.get('PATH', '')}); install it, or add its folder to PATH")
    return GitError(f"git: cannot be started ({error.strerror or error})")


def _refused(cwd: Path, args: tuple[str | bytes, ...], code: int, said: str) -> GitError:
    if "not a git repository" in said:
        return NotARepository(f"{cwd}: is not in a git repository; `git init` makes one")
    if "must be run in a work tree" in said:
        return NotARepository(f"{cwd}: has no work tree (a bare repository); run this in a clone of it")
    if lock := re.search(r"Unable to create '(.*\.lock)': File exists", said):
        return GitError(
            f"{lock[1]}: another git process is at work; wait for it and run again (or remove that file if none is)"
        )
    if denied := next((words for words in _DENIED if words in said), ""):
        return not_writable(cwd, denied)
    verb = os.fsdecode(args[0])
    said = said.removeprefix("fatal: ") or f"ended with {code} and said nothing"
    return GitError(f"git {verb} in {cwd}: {said}")
