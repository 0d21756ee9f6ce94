"""What the findings in a vault depend on besides its notes, as one short text. Imports next to nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from hashlib import blake2b
from typing import TYPE_CHECKING

from vaultkit import __version__
from vaultkit.resources import shipped

if TYPE_CHECKING:
    from vaultkit.vault.walk import Stamps

_SETTINGS = ("app", "daily-notes", "templates", "types")


def fingerprint(
    root: str, config_folder: str, config_root: str, packs: Iterable[str], words: Iterable[str] = ()
) -> str:
    """The same for two runs exactly when unchanged notes have the same findings in both.

    `config_root`: the folder of the `vaultkit.yaml` that holds (empty: none). `packs`: folders of the owner's own rules
    in it. `words`: what the command line says.
    """
    rules = str(shipped("rules"))
    sources = [f"{root}/{config_folder}/{name}.json" for name in _SETTINGS]
    sources += [f"{config_root}/vaultkit.yaml"] if config_root else []
    for folder in (*_folders(rules), *(f"{config_root}/{pack}" for pack in packs)):
        sources += [f"{folder}/{name}" for name in _names(folder) if name.endswith(".yaml")]
    seen = [__version__, sys.version, config_folder, config_root, *words, *_code()]
    for source in sources:
        seen += [source, _read(source)]
    return digest(seen)


def seen(files: Iterable[str], stamps: Stamps) -> str:
    """A short text that stands for the names of a vault and the times and sizes of its notes."""
    return digest([*files, stamps.times, stamps.sizes])


def digest(value: object) -> str:
    """A short text that stands for a value made of texts, numbers and lists."""
    return blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _code() -> list[str]:
    """The program itself: an installation may be replaced by another one of the same version."""
    top = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120
    out = []
    for folder in (top, *_folders(top), *_folders(f"{top}/linting")):
        for name in _names(folder):
            if name.endswith(".py"):
                found = os.stat(f"{folder}/{name}")  # noqa: PTH116
                out.append(f"{folder}/{name} {found.st_mtime_ns} {found.st_size}")
    return out


def _folders(above: str) -> list[str]:
    return [f"{above}/{name}" for name in _names(above) if "." not in name]


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208
    except OSError:
        return []


def _read(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return blake2b(file.read(), digest_size=16).hexdigest()
    except OSError:
        return ""
