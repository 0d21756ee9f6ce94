"""What the note of an entry is to be by its source, before anyone looks at what stands there (`plan`). Pure."""

from __future__ import annotations

from typing import NamedTuple

from vaultkit.importing.entry import Entry, Kind
from vaultkit.importing.ledger import Record, digest


class Wanted(NamedTuple):
    """What an entry's note is to be."""

    id: str
    path: str
    """Where it goes if it is new."""
    digest: str
    """That of its text."""
    kind: str
    origin: str
    text: bytes | None = None
    """None: it was the same last time and is not made again. A note that is to be written cannot do without."""
    names: tuple[str, ...] = ()
    """What the ledger must remember: a page's addresses. Issues and papers bear theirs in their properties."""
    unlinked: str = ""
    """As `Record.unlinked`."""
    pending: tuple[str, ...] = ()
    """As `Record.pending`."""
    formerly: tuple[str, ...] = ()
    """As `Record.formerly`."""
    detail: int = 0
    """As `Record.detail`."""

    def settled(self, record: Record) -> Record:
        """`record`, as it was decided upon, with what is remembered of its newest text if that is this one."""
        if record.bases[:1] != (self.digest,):
            return record
        formerly = tuple(dict.fromkeys((*record.formerly, *self.formerly)))
        detail = max(record.detail, self.detail)
        return record.saying(unlinked=self.unlinked, pending=self.pending, formerly=formerly, detail=detail)


def wanted(id_: str, path: str, text: bytes, entry: Entry, unlinked: str, pending: tuple[str, ...]) -> Wanted:
    """The note of `entry` with its new text."""
    names = tuple(sorted(set(entry.names) - {entry.title})) if entry.kind is Kind.PAGE else ()
    told = (str(entry.kind), entry.origin, text, names, unlinked, pending, entry.formerly, entry.detail)
    return Wanted(id_, path, digest(text), *told)
