"""What the findings in a vault depend on besides its notes, as one text. Imports next to nothing."""

from __future__ import annotations

import os
import sys

from vaultkit import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

BASELINE = ".vaultkit/lint-baseline.jsonl"
"""Findings that are not told (`baseline`). The fingerprint says nothing of it: what is found does not depend on it."""
_SETTINGS = ("app", "daily-notes", "templates", "types")


def fingerprint(
    root: str, config_folder: str, config_root: str, packs: Iterable[str], words: Iterable[str] = ()
) -> bytes:
    """The same for two runs exactly when unchanged notes have the same findings in both.

    `config_root`: the folder of the `vaultkit.yaml` that holds (empty: none). `packs`: folders of the owner's own rules
    in it. `words`: what the command line says. Not a hash: whoever compares it compares all of that.
    """
    sources = [f"{root}/{config_folder}/{name}.json" for name in _SETTINGS]
    sources += [f"{config_root}/vaultkit.yaml"] if config_root else []
    for folder in (f"{config_root}/{pack}" for pack in packs):
        sources += [f"{folder}/{name}" for name in _names(folder) if name.endswith(".yaml")]
    said = repr((__version__, sys.version, config_folder, config_root, *words, sources)).encode()
    return b"\n".join((said, repr(program()).encode(), repr([_read(source) for source in sources]).encode()))


def program() -> list[object]:
    """The program and its rules: an installation may be replaced by another one of the same version."""
    top = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120
    rules = f"{os.path.dirname(top)}/rules", f"{top}/_shipped/rules"  # of a checkout, of an installation  # noqa: PTH120
    found: list[object] = [top]
    for above in (top, f"{top}/linting", *rules):
        for folder in (above, *(f"{above}/{name}" for name in _names(above) if "." not in name)):
            for name in _names(folder):
                if name.endswith((".py", ".yaml")):
                    file = os.stat(f"{folder}/{name}")  # noqa: PTH116
                    found += [name, file.st_mtime_ns, file.st_size]
    return found


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208
    except OSError:
        return []


def _read(path: str) -> bytes | None:
    try:
        with open(path, "rb", buffering=0) as file:
            return file.readall()
    except OSError:
        return None
