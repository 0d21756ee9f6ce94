"""What an import could not settle: one file for each note in `.vaultkit/conflicts/`, until a person has decided.

Passages stand in the note as callouts, too; properties, and the text that is proposed for a note whose base is lost,
stand here only. The files are for people and git: JSON with one line for each thing, the same for the same conflict.
Knows how they are written, read, and when they are settled; decides nothing (`plan`) and writes nothing (`apply`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import NamedTuple

from vaultkit.errors import NewerError
from vaultkit.importing.ledger import digest
from vaultkit.importing.merge import Conflict, still_open, still_said
from vaultkit.vault.files import STATE
from vaultkit.vault.names import safe_name

FOLDER = f"{STATE}/conflicts"
VERSION = 1


class OpenConflicts(NamedTuple):
    """All that is open about one note. `base`, `mine`, `theirs`: digests of the three texts when it came up."""

    id: str
    """The note's `vaultkit-id`."""
    base: str
    """Empty: it is lost."""
    mine: str
    theirs: str
    conflicts: tuple[Conflict, ...] = ()
    proposal: bytes = b""
    """The source's text of the whole note, where it could not be told what the user changed in it."""

    @property
    def name(self) -> str:
        """Vault path of its file."""
        return conflict_path(self.id)


def conflict_path(id_: str) -> str:
    """Vault path of the file for the note with this id: readable, valid everywhere, and no two ids have the same."""
    return f"{FOLDER}/{safe_name(id_.replace('/', ' '))[:40]}-{hashlib.sha256(id_.encode()).hexdigest()[:12]}.json"


def write_open(found: OpenConflicts) -> bytes:
    """The file."""
    value: dict[str, object] = {"version": VERSION, **found._asdict()}
    value["conflicts"] = [{key: _text(part) for key, part in one._asdict().items()} for one in found.conflicts]
    value["proposal"] = _text(found.proposal)
    if not found.proposal:
        del value["proposal"]
    try:
        return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
    except UnicodeEncodeError:  # bytes that are no UTF-8
        return (json.dumps(value, indent=2) + "\n").encode()


def read_open(data: bytes) -> OpenConflicts | None:
    """What a file says; None when it is damaged (the callouts then speak for themselves). Raises NewerError for a newer
    format."""
    try:
        value = json.loads(data)
        if value["version"] > VERSION:
            raise NewerError(FOLDER, value["version"])
        conflicts = tuple(
            Conflict(str(one["id"]), str(one["where"]), _bytes(one["mine"]), _bytes(one["theirs"]))
            for one in value["conflicts"]
        )
        id_, base, mine, theirs = (str(value[key]) for key in ("id", "base", "mine", "theirs"))
        return OpenConflicts(id_, base, mine, theirs, conflicts, _bytes(value.get("proposal", "")))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def read_all_open(names: Iterable[str], read: Callable[[str], bytes | None]) -> dict[str, OpenConflicts]:
    """What is open by id. `names`: those of the files in the folder of conflicts; `read`: the bytes at a vault path.
    Raises NewerError for a newer format."""
    found = (read_open(read(f"{FOLDER}/{name}") or b"") for name in sorted(names) if name.endswith(".json"))
    return {one.id: one for one in found if one is not None}


def left_open(found: OpenConflicts, note: bytes) -> OpenConflicts | None:
    """`found` without what the user settled in the `note` by hand: by deleting a callout, by editing a property. None:
    nothing is left."""
    conflicts = still_open(note, found.conflicts)
    proposal = b"" if found.proposal and digest(found.proposal) == digest(note) else found.proposal
    return found._replace(conflicts=conflicts, proposal=proposal) if conflicts or proposal else None


def with_more(found: OpenConflicts | None, new: OpenConflicts, note: bytes, theirs: bytes) -> OpenConflicts | None:
    """What is open after an import that found `new` conflicts and made `note` of what the source says now (`theirs`).
    None: nothing. An older conflict about a property is over when the source says something else by now."""
    old = left_open(found, note) if found else None
    again = {*(one.id for one in new.conflicts), *(one.where for one in new.conflicts if one.where)}
    said = still_said(theirs, old.conflicts) if old else ()
    kept = tuple(
        one
        for one in (old.conflicts if old else ())
        if not again & {one.id, one.where} and (not one.where or one in said)
    )
    proposal = new.proposal or (theirs if old and old.proposal and digest(theirs) != digest(note) else b"")
    if not (kept or new.conflicts or proposal):
        return None
    return new._replace(conflicts=(*kept, *new.conflicts), proposal=proposal)


def _text(part: bytes | str) -> str:
    return part if isinstance(part, str) else part.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
