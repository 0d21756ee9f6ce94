"""`vaultkit hook hygiene`: what should not get into a vault's repository.

What Obsidian writes at every click, its trash, copies of sync services, secrets in the settings of plugins, names that
another system cannot have or takes for one, and large files. Large files of Git LFS are small in the index.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from vaultkit.git.chosen import Chosen
from vaultkit.git.copies import copy_of
from vaultkit.git.found import Found, Judged, answer, compare
from vaultkit.git.hooks_config import read_hooks_config
from vaultkit.git.plumbing import open_repository
from vaultkit.git.staging import Staging
from vaultkit.git.tracked import StagedChange
from vaultkit.vault.names import is_plain_name, length_problem, sign_problems

_MEGABYTE = 1_000_000
_WORKSPACE = re.compile(r"(?:^|/)\.obsidian[^/]*/workspace(?:-mobile|s)?\.json\Z")
_PLUGIN_DATA = re.compile(r"(?:^|/)\.obsidian[^/]*/plugins/([^/]+)/data\.json\Z")
_LONGEST_SETTINGS = 20_000_000
"""Bytes of a plugin's settings that are looked into."""
_UNTRACK = "git rm --cached"


def hook_hygiene(cwd: Path, filenames: tuple[str, ...]) -> tuple[int, str]:
    """Exit code (0: go on, 1: refused) and text for what is staged, or the files `filenames` (as given in `cwd`) as the
    index holds them. Raises UnmergedIndex, other GitErrors, UsageError for a wrong `vaultkit.yaml`."""
    repository = open_repository(cwd)
    with Staging(repository, cwd) as staging:
        these = Chosen(staging, filenames)
        if not these.files:
            return 0, ""
        return answer(find_hygiene(these, read_hooks_config(repository).largest_file), "finding")


def find_hygiene(these: Chosen, largest: int) -> Judged:
    """What is wrong with the files `these`. `largest`: megabytes that a file may have; 0: no limit. Raises GitError."""
    new = [file.path for file in these.files if file.is_new]
    named = _Names(these.tracked if new else (), new)
    found = Judged()
    for file in these.files:
        name_told = list(named.look(file.path))
        found += Judged(tuple(name_told)) if file.is_new else Judged(before=len(name_told))
    for file in these.files:
        found += _size(file, these, largest * _MEGABYTE)
        if _PLUGIN_DATA.search(file.path) and 0 < these.size(file.blob) <= _LONGEST_SETTINGS:
            before = these.blobs.read(file.old_blob) if these.size(file.old_blob) else b""
            found += compare(_secrets(file.path, these.blobs.read(file.blob)), _secrets(file.path, before))
    return found


def _size(file: StagedChange, these: Chosen, most: int) -> Judged:
    size = these.size(file.blob) if most else 0
    if size <= most:
        return Judged()
    if these.size(file.old_blob) > most:
        return Judged(before=1)
    message = (
        f"{size / _MEGABYTE:.1f} MB is more than the {most // _MEGABYTE} MB that `hooks: largest-file` allows, and "
        f"git keeps them for ever; use Git LFS, or leave the file out (`{_UNTRACK}`, .gitignore)"
    )
    return Judged((Found(file.path, "files-small-enough", message),))


def _secrets(path: str, data: bytes) -> list[Found]:
    from vaultkit.git.plugin_secrets import plugin_secrets

    what = "make it invalid where it came from, and keep this file out of git (.gitignore)"
    return [
        Found(path, "no-secrets", f"{one.text} looks like {one.kind}: {what}", one.key, one.line, one.column)
        for one in plugin_secrets(data)
    ]


class _Names:
    """What is wrong with names of the index."""

    def __init__(self, index: Iterable[str], new: Iterable[str]) -> None:
        """`new`: the paths that may be one with another."""
        self._twins = _twins(index, set(new))

    def look(self, path: str) -> Iterator[Found]:
        """What is wrong with a path, each once."""
        if _WORKSPACE.search(path):
            message = f"which panes are open, of no use to others; `{_UNTRACK}` it, and put it into .gitignore"
            yield Found(path, "workspace-untracked", message)
        *folders, name = path.split("/")
        if ".trash" in folders:
            message = f"lies in Obsidian's trash; `{_UNTRACK}` it, and put .trash/ into .gitignore"
            yield Found(path, "trash-untracked", message)
        if copy_of(name):
            message = "a copy that a sync service made of a conflict; take over what is right, and delete it"
            yield Found(path, "no-sync-copies", message)
        for part in (*folders, name):
            if not (is_plain_name(part) and part.isprintable()) and (problem := _refused(part)):
                yield Found(path, "names-portable", f"`{part}` cannot be on every system: {problem}; rename it")
                break
        if twin := self._twins.get(path):
            message = f"is one file with `{twin}` on Windows and macOS, one of the two would be lost there; rename it"
            yield Found(path, "names-unique-casefold", message)


def _refused(name: str) -> str:
    """Why Windows or macOS cannot have a file of this name; empty when they can. A dot in front is no matter here."""
    problems = sign_problems(name.lstrip(".") or "_", "windows")
    if name.encode("utf-8", "replace").decode() != name:
        problems.append("its bytes are no UTF-8")
    problems += filter(None, (length_problem(name, system) for system in ("windows", "macos")))
    return "; ".join(problems)


def _twins(index: Iterable[str], new: set[str]) -> dict[str, str]:
    """For each of the `new` paths that is one with another path of the index where case and the form of letters do not
    count, that path. A folder that is one with another is told of its first new file."""
    if not new:
        return {}
    paths = list(index)
    wanted = sorted(new)
    spelled: dict[str, list[str]] = {_key(path): [] for path in wanted}
    for path, key in zip(paths, _key("\0".join(paths)).split("\0"), strict=True):
        if key in spelled:  # of many, few
            spelled[key].append(path)
    out = {}
    for path in wanted:
        if others := [other for other in spelled[_key(path)] if other != path]:
            out[path] = others[0]
    folders: dict[str, str] = {}
    if not out:  # one letter in a folder's name would be told again for each of its files
        keys = {_key(folder): folder for path in wanted for folder in _above(path)}
        nearest = dict.fromkeys(path.rpartition("/")[0] for path in paths)  # few, of many files
        for folder in dict.fromkeys(above for one in nearest for above in (one, *_above(one))):
            if (mine := keys.get(_key(folder))) not in (None, folder):
                folders[mine or ""] = folder
        for path in wanted:
            for folder in _above(path):
                if folder in folders and folder not in out.values():
                    out.setdefault(path, f"{folders.pop(folder)}/")
    return out


def _above(path: str) -> Iterator[str]:
    """The folders that `path` lies in, the nearest first."""
    while path := path.rpartition("/")[0]:
        yield path


def _key(text: str) -> str:
    """What paths share that are one where case and the form of letters do not count; of many joined by NUL at once."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text).lower()
