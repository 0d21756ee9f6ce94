"""What a person asks of a note that was imported: a conflict settled, a deleted note brought back. As changes.

Writes nothing (`vault.journal` does).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from vaultkit.errors import UsageError
from vaultkit.importing.ledger import Record, ledger_path, write_ledger
from vaultkit.importing.merge import Choice, resolve
from vaultkit.importing.note_id import identified
from vaultkit.importing.open_conflicts import OpenConflicts, conflict_path, left_open, read_open, write_open
from vaultkit.importing.plan import as_before, path_of
from vaultkit.importing.surroundings import bearers, known, last_text, read_ledgers
from vaultkit.vault.files import Change
from vaultkit.vault.names import path_key
from vaultkit.vault.tree import Vault


class Settled(NamedTuple):
    """A note with conflicts settled, and all that is to be written for it."""

    path: str
    before: bytes
    after: bytes
    changes: tuple[Change, ...]


def settle(vault: Vault, path: str, id_: str | None, choice: Choice) -> Settled:
    """The note at `path` with its conflict `id_` settled, or with all that are open when that is None.

    Raises UsageError when there is none, and when words could be lost.
    """
    data = vault.read(path)
    if data is None:
        raise UsageError(f"{path}: cannot be read")
    note = identified(data)[0]
    if note and _is_twin(vault, path, note):
        note = ""  # what is recorded is about the other one
    stored = vault.read(conflict_path(note)) if note else None
    found = read_open(stored) if stored else None
    left = left_open(found, data) if found else None
    try:
        after, left = _settled(data, left, id_, choice)
    except UsageError as e:
        raise UsageError(f"{path}: {e}") from e
    changes = [Change(path, after, data)] if after != data else []
    if stored is not None and left != found:
        changes.append(Change(conflict_path(note), write_open(left) if left else None, stored))
    if not changes:
        raise UsageError(f"{path}: no conflict is open in this note; `vaultkit status` lists what is open")
    return Settled(path, data, after, tuple(changes))


def _is_twin(vault: Vault, path: str, id_: str) -> bool:
    """Whether the note is a copy of the one that is followed."""
    source = id_.partition("/")[0]
    record = read_ledgers(vault, [source])[source].records.get(id_)
    return record is not None and record.path != path and identified(vault.read(record.path) or b"")[0] == id_


def _settled(
    data: bytes, left: OpenConflicts | None, id_: str | None, choice: Choice
) -> tuple[bytes, OpenConflicts | None]:
    """The note, and what is open about it then."""
    if left and left.proposal and id_ is None and choice != "mine":
        if choice == "both":
            raise UsageError("the source's text of the whole note is proposed; choose --mine or --theirs")
        return as_before(left.proposal, data), None
    after = resolve(data, id_, choice, left.conflicts if left else ())
    if left is None or id_ is None:
        return after, None
    return after, left_open(left._replace(conflicts=tuple(one for one in left.conflicts if one.id != id_)), after)


class Restored(NamedTuple):
    """A note that comes back. `path`: where; empty: its text is not stored any more, the next import makes it."""

    record: Record
    path: str
    changes: tuple[Change, ...]


def restore(vault: Vault, name: str) -> Restored:
    """The deleted note that `name`, its id or the path it had, means. Raises UsageError when there is none such."""
    ledgers = read_ledgers(vault)
    records = {id_: one for ledger in ledgers.values() for id_, one in ledger.records.items()}
    wanted = [one for one in records.values() if name in (one.id, one.path)]
    if len(wanted) != 1:
        what = "several imported notes were there" if wanted else "no imported note has this id or was there"
        raise UsageError(f"{name}: {what}; `vaultkit status` lists the deleted ones by id")
    (record,) = wanted
    paths, _ = known(bearers(vault), records)
    if there := path_of(record.id, record, paths):
        raise UsageError(f"{name}: is not deleted, it is {there}")
    stands = vault.read(record.path)
    if record.state == "detached" or (record.state != "gone" and stands is not None and not identified(stands)[0]):
        raise UsageError(
            f"{name}: its id was taken away, so {record.path} is your own note; to have it followed again, put the line"
            f" `vaultkit-id: {record.id}` into its properties"
        )
    text = last_text(record, vault.read)
    path = _free(record.path, vault) if text else ""
    after = replace(record, path=path or record.path, state="live" if text else "gone")
    ledger = ledgers[record.id.partition("/")[0]]
    return Restored(
        after,
        path,
        (
            *_note(path, text),
            Change(
                ledger_path(record.id.partition("/")[0]),
                write_ledger(one for _, one in sorted((ledger.records | {record.id: after}).items())),
                ledger.data,
            ),
        ),
    )


def _note(path: str, text: bytes) -> Iterator[Change]:
    if path:
        yield Change(path, text, None)


def _free(path: str, vault: Vault) -> str:
    taken = {path_key(one) for one in vault.files}
    tried, number = path, 1
    while path_key(tried) in taken:
        number += 1
        tried = f"{path.removesuffix('.md')} {number}.md"
    return tried
