"""What an import will do to each note, decided before anything is written.

Compares three texts: the last imported one (base), the note as it is, the new one; always by content, never by time.
A note the user edited is kept, a deleted one stays deleted, a moved one is found by its id. Writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

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
    """The new text of the source, whatever the outcome."""
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

    def path_of(self, id_: str, record: Record | None) -> str | None:
        """Where the note of an id is now; of two with one id the recorded one counts. None: nowhere."""
        paths = self.paths.get(id_, ())
        if record and record.path in paths:
            return record.path
        return paths[0] if paths else None


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


def plan_note(id_: str, path: str, text: bytes, entry: Entry, record: Record | None, known: Known) -> PlannedNote:
    """Decide for one note. `path` is where it goes if it is new; `text` is the source's new text."""
    origin = entry.origin
    new = digest(text)
    here = known.path_of(id_, record)
    if here is None:
        if record is None:
            made = Record(id_, path, (new,), origin, entry.kind, names=_names(entry))
            return PlannedNote(id_, path, Outcome.CREATED, text, made, text)
        if record.state == "detached" or (record.state == "live" and _lost_its_id(known.read(record.path))):
            after = replace(record, state="detached")
            return PlannedNote(
                id_, record.path, Outcome.KEPT, text, after, why="its id was removed: no longer followed"
            )
        after = replace(record, state="deleted")
        return PlannedNote(id_, record.path, Outcome.DELETED, text, after, why="you deleted it")
    data = known.read(here) or b""
    now = digest(data)
    base = record or Record(id_, here, ())
    base = replace(base, path=here, state="live", origin=base.origin or origin, kind=entry.kind, names=_names(entry))
    if now == new:
        return PlannedNote(id_, here, Outcome.UNCHANGED, text, base.with_base(new))
    if now in base.bases or (record is None and known.has_base(now)):
        after = replace(base, origin=origin).with_base(new)
        return PlannedNote(id_, here, Outcome.UPDATED, text, after, _as_before(text, data), data)
    block = find_front_matter(data)
    if block and block.error:
        why = f"its properties cannot be read ({block.error}); mend them, or it is left alone"
        return PlannedNote(id_, here, Outcome.KEPT, text, base, why=why)
    why = "you edited it" if new in base.bases[:1] else "you edited it, and the source changed too"
    return PlannedNote(id_, here, Outcome.KEPT, text, base, why=why)


def _lost_its_id(data: bytes | None) -> bool:
    return data is not None and not identified(data)[0]


def _names(entry: Entry) -> tuple[str, ...]:
    """What the ledger must remember: a page's addresses. Issues and papers bear theirs in their properties."""
    return tuple(sorted(set(entry.names) - {entry.title})) if entry.kind is Kind.PAGE else ()


def _as_before(text: bytes, before: bytes) -> bytes:
    """`text` with the line ends that the note had."""
    crlf = b"\r\n" in before[: before.find(b"\n") + 1]
    return text.replace(b"\n", b"\r\n") if crlf else text
