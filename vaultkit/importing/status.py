"""How a vault stands to what was imported into it: what is open, and which notes imports leave alone, and why.

Asks the notes themselves, so what was settled by hand is settled at once. Reads; writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from vaultkit.importing.ledger import Record
from vaultkit.importing.merge import Conflict, conflicts_in
from vaultkit.importing.note_id import identified
from vaultkit.importing.open_conflicts import OpenConflicts, left_open
from vaultkit.importing.plan import path_of
from vaultkit.importing.surroundings import bearers, known, read_ledgers, read_open_conflicts
from vaultkit.vault.tree import Vault
from vaultkit.vault.walk import note_paths

_SIGN = b"[!vaultkit-conflict"


class Open(NamedTuple):
    """Something to settle. `line`: of the callout, 0 for what stands in no note. `title`: that of the callout."""

    path: str
    conflict: Conflict
    line: int = 0
    title: str = ""


class Followed(NamedTuple):
    """A note of an import that imports leave alone. `path`: where it is, or was last."""

    id: str
    path: str


class Status(NamedTuple):
    """All of it, each list sorted by path."""

    open: tuple[Open, ...]
    proposed: tuple[Followed, ...]
    """Notes that differ from the source, and it cannot be told who changed what."""
    twins: tuple[Followed, ...]
    """Notes that bear the id of another one, which is followed."""
    orphans: tuple[Followed, ...]
    """The source has them no more; the user edited them."""
    detached: tuple[Followed, ...]
    """Their id was taken away."""
    deleted: tuple[Followed, ...]
    """The user deleted them."""
    gone: tuple[Followed, ...]
    """The source has them no more; they went to the trash."""

    @property
    def is_open(self) -> bool:
        """Whether a person has something to decide."""
        return bool(self.open or self.proposed)


def look(vault: Vault) -> Status:
    """The status of a vault. Raises NewerError."""
    records = {id_: one for ledger in read_ledgers(vault).values() for id_, one in ledger.records.items()}
    paths, _ = known(bearers(vault), records)
    recorded = read_open_conflicts(vault)
    notes = {there: id_ for id_ in recorded if (there := path_of(id_, records.get(id_), paths))}
    opened: list[Open] = []
    proposed = []
    for path in note_paths(vault.files):
        data = vault.read(path)
        if data is None or (path not in notes and _SIGN not in data):
            continue
        found = recorded.get(notes.get(path, ""))
        left = left_open(found, data) if found else None
        opened += _open_in(path, data, left)
        if left and left.proposal:
            proposed.append(Followed(left.id, path))
    twins = [
        Followed(id_, path)
        for id_, there in paths.items()
        for path in there
        if path != path_of(id_, records.get(id_), paths)
    ]
    states: dict[str, list[Followed]] = {}
    for id_, record in records.items():
        where = path_of(id_, record, paths) or record.path
        states.setdefault(_state(record, paths, vault), []).append(Followed(id_, where))
    by_state = (states.get(state, ()) for state in ("orphan", "detached", "deleted", "gone"))
    return Status(
        tuple(sorted(opened, key=lambda one: (one.path, one.line, one.conflict.where))),
        *(tuple(sorted(some, key=lambda one: (one.path, one.id))) for some in (proposed, twins, *by_state)),
    )


def _open_in(path: str, data: bytes, left: OpenConflicts | None) -> Iterator[Open]:
    recorded = {one.id: one for one in left.conflicts} if left else {}
    for one in conflicts_in(data):
        conflict = recorded.get(one.id) or Conflict(one.id, "", b"", one.theirs)
        yield Open(path, conflict, data.count(b"\n", 0, one.span.start) + 1, one.title)
    yield from (Open(path, conflict) for conflict in recorded.values() if conflict.where)


def _state(record: Record, paths: Mapping[str, tuple[str, ...]], vault: Vault) -> str:
    """The state as the next import would find it."""
    if record.id in paths:
        return "orphan" if record.state == "orphan" else "live"
    if record.is_followed:
        if vault.is_hidden_away(record.path):
            return "live"
        there = vault.read(record.path)
        return "deleted" if there is None or identified(there)[0] else "detached"
    return record.state
