"""What an import will do to each note, decided before anything is written.

Compares three texts: the last imported one (base), the note as it is, the new one; always by content, never by time.
A note the user edited is kept, a deleted one stays deleted, a moved one is found by its id. Writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from vaultkit.importing.compose import ID
from vaultkit.importing.entry import Entry, Kind
from vaultkit.importing.ledger import Record, digest
from vaultkit.vault.frontmatter import find_front_matter
from vaultkit.vault.note import FrontMatter

_ID_LINE = re.compile(rf"^{ID}:[ \t]*(\S+)[ \t]*\r?$".encode(), re.M)


class Outcome(StrEnum):
    """What happens to a note."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    """The user edited it (or took its id away); nothing is written."""
    DELETED = "deleted"
    """The user deleted it; it is not made again."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PlannedNote:
    """One entry's note. `data` is what will be written, None when nothing is; `before` what must stand there then."""

    id: str
    path: str
    outcome: Outcome
    text: bytes
    """The new text of the source, whatever the outcome; empty when it was not made again."""
    record: Record
    """The ledger's line after the run."""
    data: bytes | None = None
    before: bytes | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """The vault as far as importing cares: notes by id, and how to read one."""

    paths: Mapping[str, tuple[str, ...]]
    """Paths of the notes that bear an id; more than one when the user copied the note."""
    read: Callable[[str], bytes | None]
    has_base: Callable[[str], bool]
    """Whether a digest is that of a text imported at any time."""


def path_of(id_: str, record: Record | None, paths: Mapping[str, tuple[str, ...]]) -> str | None:
    """Where the note of an id is now, by the `paths` of the notes that bear one; of two with one id the recorded one
    counts. None: nowhere."""
    there = paths.get(id_, ())
    if record and record.path in there:
        return record.path
    return there[0] if there else None


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

    def settled(self, record: Record) -> Record:
        """`record`, as it was decided upon, with what is remembered of its newest text if that is this one."""
        if record.bases[:1] != (self.digest,):
            return record
        return replace(record, unlinked=self.unlinked, pending=self.pending)


def wanted(id_: str, path: str, text: bytes, entry: Entry, unlinked: str, pending: tuple[str, ...]) -> Wanted:
    """The note of `entry` with its new text."""
    names = tuple(sorted(set(entry.names) - {entry.title})) if entry.kind is Kind.PAGE else ()
    return Wanted(id_, path, digest(text), str(entry.kind), entry.origin, text, names, unlinked, pending)


def identified(data: bytes) -> tuple[str, FrontMatter | None]:
    """The `vaultkit-id` of a note, and its front matter; the empty text and None when it bears none."""
    if f"{ID}:".encode() not in data[:65536]:
        return "", None
    data = data.removeprefix(b"\xef\xbb\xbf")
    block = find_front_matter(data)
    for found in block.properties if block else ():
        if found.key == ID and isinstance(found.value, str):
            return found.value, block
    if block and block.error:  # the user broke the YAML elsewhere; the line still stands
        line = _ID_LINE.search(data[slice(*block.content)])
        return (line[1].decode("utf-8", "replace"), block) if line else ("", None)
    return "", None


def plan_note(new: Wanted, record: Record | None, known: Known) -> PlannedNote:
    """Decide for one note."""
    text = new.text or b""
    here = path_of(new.id, record, known.paths)
    if here is None:
        if record is None:
            made = Record(new.id, new.path, (new.digest,), new.origin, new.kind, names=new.names)
            return PlannedNote(new.id, new.path, Outcome.CREATED, text, made, text)
        if record.state == "detached" or (record.state == "live" and _lost_its_id(known.read(record.path))):
            after = replace(record, state="detached")
            return PlannedNote(
                new.id, record.path, Outcome.KEPT, text, after, why="its id was removed: no longer followed"
            )
        after = replace(record, state="deleted")
        return PlannedNote(new.id, record.path, Outcome.DELETED, text, after, why="you deleted it")
    data = known.read(here) or b""
    now = digest(data)
    base = record or Record(new.id, here, ())
    base = replace(base, path=here, state="live", origin=base.origin or new.origin, kind=new.kind, names=new.names)
    if now == new.digest:
        return PlannedNote(new.id, here, Outcome.UNCHANGED, text, base.with_base(new.digest))
    if now in base.bases or (record is None and known.has_base(now)):
        after = replace(base, origin=new.origin).with_base(new.digest)
        return PlannedNote(new.id, here, Outcome.UPDATED, text, after, _as_before(text, data), data)
    block = find_front_matter(data)
    if block and block.error:
        why = f"its properties cannot be read ({block.error}); mend them, or it is left alone"
        return PlannedNote(new.id, here, Outcome.KEPT, text, base, why=why)
    why = "you edited it" if new.digest in base.bases[:1] else "you edited it, and the source changed too"
    return PlannedNote(new.id, here, Outcome.KEPT, text, base, why=why)


def _lost_its_id(data: bytes | None) -> bool:
    return data is not None and not identified(data)[0]


def _as_before(text: bytes, before: bytes) -> bytes:
    """`text` with the line ends that the note had."""
    crlf = b"\r\n" in before[: before.find(b"\n") + 1]
    return text.replace(b"\n", b"\r\n") if crlf else text
