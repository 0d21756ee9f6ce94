"""What a person types for a move, as vault paths: `OLD` and `NEW` the way a shell has them, refused with the reason.

Looks at folders and names on the disk; changes nothing. What the move entails is `move`.
"""

from __future__ import annotations

import os
from pathlib import Path

from vaultkit.errors import UsageError
from vaultkit.vault.files import is_listed
from vaultkit.vault.move import Move
from vaultkit.vault.names import Kind, extension, kind_of, link_problems, name_problems, normalize_path, path_key
from vaultkit.vault.tree import Vault

_SYSTEMS = {"windows": "Windows", "android": "Android", "macos": "macOS", "ios": "iOS", "linux": "Linux"}


def read_old(vault: Vault, typed: str) -> str:
    """The vault path of what is to be moved, spelled as on the disk. Raises UsageError."""
    place = _inside(vault, typed)
    if not place:
        raise UsageError(f"{typed}: is the vault itself; to rename it, rename its folder")
    path = _spelled(vault.root, place)
    real = vault.root / path
    if kind_of(path) is Kind.HIDDEN:
        raise UsageError(f"{typed}: begins with a dot or lies in such a folder, so it is no part of the vault")
    if not os.path.lexists(vault.root / place):
        hint = f"; is {typed}.md meant?" if (vault.root / f"{place}.md").is_file() else ""
        raise UsageError(f"{typed}: does not exist{hint}")
    if real.is_symlink():
        raise UsageError(f"{typed}: is a link to another place; move what it leads to, or the link itself by hand")
    if (real / ".obsidian").is_dir():
        raise UsageError(f"{typed}: is a vault of its own (it has an .obsidian folder)")
    return path


def read_move(vault: Vault, old: str, typed: str) -> Move:
    """The move of the vault path `old` to what was `typed`. Raises UsageError.

    A folder, or what ends with `/`, is moved into; the name of a note may be without `.md`. What is there already is
    spelled as it is there, what is new in NFC. A name that Obsidian or one of the systems it runs on refuses is refused
    here, but not one that the file bears already.
    """
    place = _inside(vault, typed)
    folder, _, name = place.rpartition("/")
    there = vault.root / place
    is_folder = _is_folder(vault.root / old)
    old_folder, _, old_name = old.rpartition("/")
    if typed.endswith(("/", os.sep)) or (_is_folder(there) and not _only_respells(there, vault.root / old)):
        folder, name = place, old_name
    elif not is_folder:
        name = _with_extension(name, old_name, typed)
    fresh = _fresh_names(vault.root, folder, typed)
    if name != old_name:
        fresh.append(name)
    for one in fresh:
        _check_name(one, typed)
    folder = _spelled(vault.root, folder)
    if name != old_name and not is_listed(vault.root / folder / name):
        name = normalize_path(name)
    path = f"{folder}/{name}" if folder else name
    if kind_of(path) is Kind.HIDDEN:
        raise UsageError(f"{typed}: lies in a folder whose name begins with a dot, so Obsidian would not see it")
    if is_folder and path.startswith(f"{old}/"):
        raise UsageError(f"{typed}: lies in {old}; a folder cannot be moved into itself")
    for other in _names_in(vault.root / folder):
        itself = (folder, other) == (old_folder, old_name)
        if path_key(other) == path_key(name) and (path == old or not itself):
            hint = "" if other == name else f" (as {other}, which Obsidian and some disks take for the same)"
            raise UsageError(f"{path}: is there already{hint}")
    if is_folder:
        return Move(old, path, {file: path + file[len(old) :] for file in vault.files if file.startswith(f"{old}/")})
    return Move(old, path, {old: path})


def _inside(vault: Vault, typed: str) -> str:
    """What was typed, as a path in the vault; empty for the vault itself."""
    if not typed or "\0" in typed:
        raise UsageError(f"{typed!r}: is no path")
    place = Path(os.path.abspath(typed))  # noqa: PTH100 (`..` goes away as typed)
    for root, inside in (
        (vault.root, place),
        (Path(os.path.realpath(vault.root)), Path(os.path.realpath(place.parent)) / place.name),
    ):
        if inside.is_relative_to(root):
            path = inside.relative_to(root).as_posix()
            return "" if path == "." else path
    raise UsageError(f"{typed}: lies outside the vault {vault.root}")


def _spelled(root: Path, path: str) -> str:
    """`path` with each name as the disk has it, whatever the case and normal form; what is not there yet in NFC."""
    out = ""
    for name in path.split("/") if path else ():
        names = _names_in(root / out)
        same = next((other for other in names if path_key(other) == path_key(name)), normalize_path(name))
        out = f"{out}/{name if name in names else same}".lstrip("/")
    return out


def _names_in(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 (names, not paths)
    except OSError:
        return []


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # the name is too long
        return False


def _only_respells(new: Path, old: Path) -> bool:
    """Whether `new` is but `old` in another case, on a disk that takes both for one."""
    return new.samefile(old) and not is_listed(new)


def _with_extension(name: str, old_name: str, typed: str) -> str:
    if kind_of(old_name) is Kind.NOTE:
        return name if name.lower().endswith(".md") else f"{name}.md"
    if extension(old_name) and not extension(name):
        raise UsageError(f"{typed}: has no extension; write {typed}.{extension(old_name)}")
    return name


def _fresh_names(root: Path, folder: str, typed: str) -> list[str]:
    """The names in `folder` that are not there yet, as typed."""
    at, fresh = root, []
    for name, spelled in zip(folder.split("/"), _spelled(root, folder).split("/"), strict=False):
        at = at / spelled
        if not os.path.lexists(at):
            fresh.append(name)
        elif not _is_folder(at):
            raise UsageError(f"{typed}: {at.relative_to(root).as_posix()} is no folder")
    return fresh


def _check_name(name: str, typed: str) -> None:
    for system, label in _SYSTEMS.items():
        if problems := name_problems(name, system):
            raise UsageError(f"{typed}: `{name}` is no name that works on {label}: {problems[0]}")
    if broken := link_problems(name):
        raise UsageError(f"{typed}: `{name}` holds {' '.join(broken)}, which breaks links to it")
