"""Names of notes and folders that another system refuses, or that no link can reach."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.names import is_plain_name, link_problems, name_problems
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """Which systems count."""

    systems: Annotated[tuple[str, ...], "linux, macos, ios, windows, android"] = ("windows", "android")
    links: Annotated[bool, "report characters that break links (`#^[]|`), too"] = True


VALUES = ("name", "problem")
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each bad name on the note's path; one of a folder is told at the folder's first note only."""
    folder, _, own = note.path.rpartition("/")
    segments = () if is_plain_name(own) and _is_plain(folder) else note.path.split("/")
    for depth, name in enumerate(segments, 1):
        problems = _problems(name, options)
        folder = "/".join(segments[:depth])
        if problems and (depth == len(segments) or context.is_first_in(folder, note.path)):
            yield Finding(WHOLE_NOTE, {"name": name, "problem": "; ".join(problems)})
    if twin := context.twin(note.path):
        problem = f"it differs from `{twin}` only in case or in the form of its characters"
        yield Finding(WHOLE_NOTE, {"name": own, "problem": problem})


@lru_cache(maxsize=4096)
def _is_plain(folder: str) -> bool:
    return not folder or all(map(is_plain_name, folder.split("/")))


@lru_cache(maxsize=4096)
def _problems(name: str, options: Options) -> tuple[str, ...]:
    out: dict[str, list[str]] = {}
    for system in options.systems:
        for problem in name_problems(name, system):
            out.setdefault(problem, []).append(system.capitalize())
    texts = [
        problem if "Windows" in problem else f"{problem} (not allowed on {' and '.join(systems)})"
        for problem, systems in out.items()
    ]
    if options.links and (breaking := link_problems(name)):
        texts.append(f"links cannot hold {' '.join(breaking)}")
    if not name.isascii() and not unicodedata.is_normalized("NFC", name):
        texts.append("its characters are stored in parts (NFD), so links typed elsewhere may miss it")
    return tuple(texts)
