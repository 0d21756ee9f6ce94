"""`vaultkit hook conflicts`: nothing is committed that two sides still disagree about.

Three kinds: git's markers in a text (in a note not those shown as code), the callouts in which an import leaves
what it could not merge, and the copies that a sync service makes of a file that two devices changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vaultkit.git.chosen import Chosen
from vaultkit.git.copies import copy_of
from vaultkit.git.found import Found, Judged, answer, compare
from vaultkit.git.plumbing import open_repository
from vaultkit.git.staging import Staging
from vaultkit.git.tracked import StagedChange
from vaultkit.vault.names import Kind, kind_of

_LONGEST = 5_000_000
"""Bytes. No text that a person wrote is longer."""
_BINARY_LOOK = 8000
"""Git takes a file for binary that has a NUL in so many bytes."""


def hook_conflicts(cwd: Path, filenames: tuple[str, ...]) -> tuple[int, str]:
    """Exit code (0: go on, 1: refused) and text for what is staged, or the files `filenames` (as given in `cwd`) as the
    index holds them. Raises UnmergedIndex, other GitErrors."""
    with Staging(open_repository(cwd), cwd) as staging:
        return answer(find_conflicts(Chosen(staging, filenames)), "conflict")


def find_conflicts(these: Chosen) -> Judged:
    """The conflicts in the files `these`. Raises GitError."""
    found = Judged()
    texts = [file for file in these.files if file.blob and kind_of(file.path) is not Kind.ATTACHMENT]

    def read(blob: str) -> bytes:
        return these.blobs.read(blob) if 0 < these.size(blob) <= _LONGEST else b""

    for file in these.files:
        if file.is_new:
            found += Judged(tuple(_copy(file, these)))
    for file in texts:
        if now := list(_in_text(file.path, read(file.blob))):
            found += compare(now, _in_text(file.path, read(file.old_blob)))
    return found


def _copy(file: StagedChange, these: Chosen) -> Iterator[Found]:
    folder, _, name = file.path.rpartition("/")
    if original := copy_of(name):
        path = f"{folder}/{original}" if folder else original
        there = (
            f"join it with `{original}`" if path in these.tracked else f"`{original}` is not in git: compare the two"
        )
        yield Found(file.path, "no-sync-copies", f"a copy that a sync service made of a conflict; {there}, delete it")


def _in_text(path: str, data: bytes) -> Iterator[Found]:
    is_note = kind_of(path) is Kind.NOTE
    has_markers = b"<<<<<<<" in data and b">>>>>>>" in data
    has_callout = is_note and b"[!vaultkit-conflict" in data
    if not (has_markers or has_callout) or b"\0" in data[:_BINARY_LOOK]:
        return
    from vaultkit.vault.conflict_markers import conflict_markers
    from vaultkit.vault.position import Lines

    lines = Lines(data)

    def found(rule: str, message: str, start: int, end: int) -> Found:
        return Found(path, rule, message, data[start:end].decode("utf-8", "replace"), *lines.position(start))

    if not is_note:
        for span in conflict_markers(data):
            yield found("no-conflict-markers", _MARKERS, *span)
        return
    from vaultkit.vault.callouts import callouts
    from vaultkit.vault.hidden import NOT_MARKDOWN, inside
    from vaultkit.vault.parse import parse

    note = parse(path, data)
    for span in conflict_markers(data, inside(note, NOT_MARKDOWN).hold) if has_markers else ():
        yield found("no-conflict-markers", _MARKERS, *span)
    for callout in callouts(note) if has_callout else ():
        if callout.type == "vaultkit-conflict":
            yield found("import-conflicts-resolved", _CALLOUT, *callout.header)


_MARKERS = "an unfinished merge: keep what is right between here and `>>>>>>>`, and delete the three marker lines"
_CALLOUT = (
    "an import is not merged here: take over what is right and delete the callout, or `vaultkit resolve-conflict`"
)
