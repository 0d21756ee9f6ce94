"""The merge driver in a repository: the lines of its attributes that name it, and the setting that says what it is.

Attributes say which files are merged by `vaultkit`, privately in `.git/info/attributes` or for everybody who clones in
`.gitattributes`. What `vaultkit` is must be told to each clone: git runs nothing that comes out of a repository. Where
that is missing git merges by line, as ever. Knows which lines are its own; all others stay.
"""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from pathlib import Path

from vaultkit.git.plumbing import GitError, Repository, open_repository
from vaultkit.git.shim import own_command
from vaultkit.vault.files import Files

NAME = "vaultkit"
MARK = "# vaultkit: how notes, and its own records, are merged; `vaultkit git uninstall` takes these lines away"
ATTRIBUTES = (
    MARK,
    f"*.md merge={NAME} diff=markdown",
    f"**/.vaultkit/*.jsonl merge={NAME}",
    f"**/.vaultkit/sources/*.jsonl merge={NAME}",
    f"**/.vaultkit/conflicts/*.json merge={NAME}",
    f"**/.vaultkit/base/** merge={NAME}",
)
"""Our lines, in order. `diff=markdown` is git's own: hunks of a diff tell the heading they stand under."""
_SHARED = ".gitattributes"
_PRIVATE = "info/attributes"
_ASKED = ("note.md", ".vaultkit/sources/diary.jsonl")
"""Paths whose attributes tell whether our lines have their effect."""
_DRIVER, _TITLE = f"merge.{NAME}.driver", f"merge.{NAME}.name"
_SAYS = "notes and records, by what they mean"
_OURS = ("vaultkit-merge", "vaultkit.git.merging")


@dataclass(frozen=True, slots=True)
class DriverStatus:
    """How a repository stands to the merge driver."""

    private: bool
    """Whether `.git/info/attributes` has our lines."""
    shared: bool
    """Whether `.gitattributes` at the top of the work tree has them."""
    command: str
    """What this clone is told that the driver is; empty: nothing."""
    installed: bool
    """Whether git merges notes by the vaultkit that is running."""
    advice: tuple[str, ...]
    """What to do next; empty when all is well, and when nothing of it was ever installed."""

    def lines(self) -> list[str]:
        """The same in words, for a person."""
        where = [name for name, there in ((f".git/{_PRIVATE}", self.private), (_SHARED, self.shared)) if there]
        said = f"installed ({', '.join(where)})" if self.installed else "not installed"
        return [f"merge driver  {said}", *(f"to do: {advice}" for advice in self.advice)]


def install_driver(start: Path, *, shared: bool = False) -> list[str]:
    """Have notes and records in the repository around `start` merged by vaultkit; returns what was done, in words.

    `shared`: the lines go into `.gitattributes`, for all clones. A second time it changes nothing. Raises GitError and
    DiskError.
    """
    repository = open_repository(start)
    done = []
    if shared or not _has_lines(repository.top / _SHARED):
        root, name = (repository.top, _SHARED) if shared else (_git_folder(repository), _PRIVATE)
        now = _read(root / name)
        if Files(root).write(name, _with_lines(now or b""), expect=now):
            more = "; commit it, and run `vaultkit git install` once in each clone" if shared else ""
            done.append(f"{root / name}: notes and records are merged by vaultkit{more}")
    wanted = driver_command()
    was = _configured(repository)
    if was != wanted:
        repository.ask("config", "--local", _DRIVER, wanted)  # first: a name without a driver is an error to git
        repository.ask("config", "--local", _TITLE, _SAYS)
        done.append(f"merge driver {NAME}: {'set right' if was else 'configured'}")
    return done or [f"merge driver {NAME}: is installed already"]


def uninstall_driver(start: Path, *, shared: bool = False) -> list[str]:
    """Take away what `install_driver` put in; `shared`: from `.gitattributes`, too. Returns what was done, in words.

    Leaves every line and setting that is not ours. Raises GitError and DiskError.
    """
    repository = open_repository(start)
    done = []
    for root, name in [(_git_folder(repository), _PRIVATE), *([(repository.top, _SHARED)] if shared else [])]:
        now = _read(root / name) or b""
        kept = _without_lines(now)
        if kept != now:
            if kept:
                Files(root).write(name, kept, expect=now)
            else:
                Files(root).remove(name)
            done.append(f"{root / name}: vaultkit's lines are removed")
    was, title = _configured(repository), _setting(repository, _TITLE)
    is_ours = any(mark in was for mark in _OURS)
    if title and (is_ours or title == _SAYS):
        repository.ask("config", "--local", "--unset-all", _TITLE)  # first: alone, git would give up each merge
    if is_ours:
        repository.ask("config", "--local", "--unset-all", _DRIVER)
        done.append(f"merge driver {NAME}: removed from the configuration")
    elif was:
        done.append(f"merge driver {NAME}: calls another program, and stays as it is")
    if not shared and _has_lines(repository.top / _SHARED):
        done.append(
            f"{repository.top / _SHARED}: still names the driver, for all clones; without it git merges by line, which "
            "loses nothing (`vaultkit git uninstall --shared` takes the lines away)"
        )
    return done or [f"merge driver {NAME}: there is none"]


def driver_status(start: Path) -> DriverStatus:
    """How the repository around `start` stands. Raises GitError."""
    repository = open_repository(start)
    private = _has_lines(_git_folder(repository) / _PRIVATE)
    shared = _has_lines(repository.top / _SHARED)
    command = _configured(repository)
    said = repository.ask("check-attr", "-z", "merge", "--", *_ASKED).split(b"\0")
    named = dict(zip(_ASKED, map(os.fsdecode, said[2::3]), strict=True))
    advice = []
    if NAME in named.values() and _is_half(repository):
        advice.append(
            f"{_TITLE} is set without {_DRIVER}: git gives up each merge of notes that both sides changed (`lacks "
            f"command line`); `vaultkit git install` sets it right, or `git config --unset {_TITLE}`"
        )
    elif (private or shared) and not command:
        advice.append("attributes name the merge driver, but this clone does not have it: `vaultkit git install`")
    elif command and command != driver_command():
        advice.append("the merge driver calls another vaultkit than this one: `vaultkit git install` sets it right")
    elif command and not (private or shared) and NAME not in named.values():
        advice.append("the merge driver is configured, but no attributes name it: `vaultkit git install`")
    if private or shared:
        advice += [
            f"another line of the attributes has {path} merged by {value}: `git check-attr -a {path}`; take it away, "
            "or move it above vaultkit's"
            for path, value in named.items()
            if value != NAME
        ]
    active = all(value == NAME for value in named.values())
    return DriverStatus(private, shared, command, active and command == driver_command(), tuple(advice))


def driver_command() -> str:
    """The shell line by which git calls the driver of the vaultkit that is running.

    What it leaves when it ends with 0 (merged) or 100 (a person is needed) counts. Otherwise, when it is gone,
    cannot start or fell over, git would take our side for the merge, without a marker; so git's own line merge is run
    then. What that says is brought down to 1: above 128 git would give up the whole merge. For %P git puts quotes.
    """
    program = shlex.join(own_command("vaultkit-merge", "vaultkit.git.merging")).replace("%", "%%")
    return (
        f"{program} %O %A %B %L %P || {{ test $? -eq 100 && exit 1; "
        "git merge-file -q --marker-size=%L -L ours -L base -L theirs %A %O %B || exit 1; }"
    )


def _git_folder(repository: Repository) -> Path:
    """The folder of the repository in which `info/attributes` counts: work trees share it."""
    path = repository.ask("rev-parse", "--git-path", _PRIVATE).removesuffix(b"\n")
    return (repository.top / os.fsdecode(path)).resolve().parents[1]


def _configured(repository: Repository) -> str:
    return _setting(repository, _DRIVER)


def _is_half(repository: Repository) -> bool:
    """Whether the driver has a name and no command: that is an error to git, where none of both is not."""
    name, command = (_setting(repository, key, own=False) for key in (_TITLE, _DRIVER))
    return bool(name) and not command


def _setting(repository: Repository, key: str, *, own: bool = True) -> str:
    """The value of a key in the repository's `own` configuration, or in all of it; empty: not set."""
    values = repository.ask("config", *(["--local"] if own else []), "--list", "-z").split(b"\0")
    found = [value for name, _, value in (one.partition(b"\n") for one in values) if name == key.encode()]
    return os.fsdecode(found[-1]) if found else ""


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as e:
        raise GitError(f"{path}: cannot be read ({e.strerror or e})") from e


def _has_lines(path: Path) -> bool:
    there = {line.strip() for line in (_read(path) or b"").split(b"\n")}
    return all(line.encode() in there for line in ATTRIBUTES[1:])


def _with_lines(now: bytes) -> bytes:
    """The file with our lines at its end, where they are not there; what is there of them is put there anew."""
    if all(line.encode() in [one.strip() for one in now.split(b"\n")] for line in ATTRIBUTES[1:]):
        return now
    kept = _without_lines(now)
    end = b"\r\n" if b"\r\n" in kept else b"\n"
    gap = end if kept and not kept.endswith(b"\n") else b""
    return kept + gap + b"".join([line.encode() + end for line in ATTRIBUTES])


def _without_lines(now: bytes) -> bytes:
    ours = {line.encode() for line in ATTRIBUTES}
    return b"".join([line for line in now.splitlines(keepends=True) if line.strip() not in ours])
