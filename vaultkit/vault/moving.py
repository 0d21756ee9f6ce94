"""Carries a move out, so that it can be stopped anywhere: what is to be done is noted first, in `.vaultkit/mv.json`.

In order: the note of what is to be done, the file or folder itself, the files whose links change, the note away again.
Stopped in between, `read_unfinished` and `finish` do the rest from that note alone: a link half of whose vault is
written anew can no longer be looked up. Decides nothing (`move`), writes only through `files`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from vaultkit.errors import DiskError, UsageError
from vaultkit.vault.edit import Edit, apply_edits
from vaultkit.vault.files import STATE, Change, ChangedMeanwhile, Files, is_listed
from vaultkit.vault.move import Plan
from vaultkit.vault.note import Span

UNFINISHED = f"{STATE}/mv.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Pending:
    """A file whose links are to change. `path`: where it is after the move; `before`, `after`: hashes of its bytes."""

    path: str
    before: str
    after: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A move that was begun."""

    old: str
    new: str
    pending: tuple[Pending, ...]


def carry_out(files: Files, plan: Plan) -> dict[str, str]:
    """Make the move and its rewrites; returned are the files that were left alone all the same, with the reasons.

    Raises DiskError when one of them cannot be written or changed since it was read, when `new` is taken, or when the
    disk refuses: then everything is as it was.
    """
    files.clean()
    refused = files.check(Change(one.path, one.after, one.before) for one in plan.rewrites)
    if refused:
        raise DiskError("\n".join([*refused.values(), "nothing was moved"]))
    move = plan.move
    begun = Unfinished(
        move.old,
        move.new,
        tuple(Pending(one.new_path, _hash(one.before), _hash(one.after), one.edits) for one in plan.rewrites),
    )
    files.write(UNFINISHED, _dump(begun))
    try:
        files.move(move.old, move.new)
    except DiskError:
        files.remove(UNFINISHED)
        raise
    try:
        refused = files.write_all(Change(one.new_path, one.after, one.before) for one in plan.rewrites)
    except DiskError:
        files.move(move.new, move.old)
        files.remove(UNFINISHED)
        raise
    files.remove(UNFINISHED)
    return refused


def read_unfinished(read: Callable[[str], bytes | None]) -> Unfinished | None:
    """The move that was stopped in this vault, or None. `read` gives the bytes of a path. Raises UsageError when what
    was noted of it cannot be read."""
    data = read(UNFINISHED)
    if data is None:
        return None
    try:
        value = json.loads(data)
        if value["version"] != _VERSION:
            raise ValueError("another version")
        return Unfinished(str(value["old"]), str(value["new"]), tuple(_pending(value["files"])))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as e:
        raise UsageError(
            f"{UNFINISHED}: a move was stopped, but what was noted of it cannot be read; delete this file, then look at"
            " what `vaultkit lint` says of links"
        ) from e


def finish(files: Files, begun: Unfinished, read: Callable[[str], bytes | None]) -> dict[str, str]:
    """Do what is left of a move that was stopped; returned are the files that were left alone, with the reasons.

    Raises DiskError when the disk refuses; it can then be tried again. Raises UsageError when both names are gone.
    """
    files.clean()
    if is_listed(files.root / begun.old):
        files.move(begun.old, begun.new)
    elif not is_listed(files.root / begun.new):
        raise UsageError(
            f"a move of {begun.old} to {begun.new} was stopped, and neither is there now; delete {UNFINISHED} when you"
            " know where it went"
        )
    refused, changes = {}, []
    for one in begun.pending:
        data = read(one.path)
        now = _hash(data) if data is not None else ""
        if data is not None and now == one.before:
            changes.append(Change(one.path, apply_edits(data, one.edits), data))
        elif now != one.after:
            refused[one.path] = str(ChangedMeanwhile(f"{one.path}: changed after the move was stopped"))
    refused |= files.write_all(changes)
    files.remove(UNFINISHED)
    return refused


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _dump(begun: Unfinished) -> bytes:
    value = {
        "version": _VERSION,
        "old": begun.old,
        "new": begun.new,
        "files": [
            {
                "path": one.path,
                "before": one.before,
                "after": one.after,
                "edits": [[*edit.span, edit.text.decode()] for edit in one.edits],
            }
            for one in begun.pending
        ],
    }
    return json.dumps(value).encode() + b"\n"


def _pending(items: Iterable[dict[str, object]]) -> Sequence[Pending]:
    return [
        Pending(
            str(item["path"]),
            str(item["before"]),
            str(item["after"]),
            tuple(Edit(Span(int(start), int(end)), text.encode()) for start, end, text in item["edits"]),  # type: ignore[attr-defined]
        )
        for item in items
    ]
