"""Notes whose items come under a better name: an id gives way to the one of a form of export that knows more.

A page of text says of an issue its title and date; the same page with its links, or the tracker itself, says its
number. What was imported under title and date is found again by what the better form says of it (`Entry.formerly`):
its line of the ledger and its note go on under the new id, so that the user's edits are merged as ever. From then on
the forms that know less change nothing in the note; what they say that it does not is told. A former name that begins
with a slash (`/ABC-12`) is a key of the same source alone, and of a text that is alike: two workspaces have an ABC-12
each. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vaultkit.importing.bodies import body_of
from vaultkit.importing.entry import Entry, Kind, Notice, NoticeKind
from vaultkit.importing.identity import Known, is_like, is_unique
from vaultkit.importing.ledger import Record
from vaultkit.importing.merge.lines import BOM
from vaultkit.importing.note_id import ID, ID_LINE
from vaultkit.vault.frontmatter import find_front_matter
from vaultkit.vault.properties_block import front_matter_end

_HELD = 0.9
"""So large a part of a text's runs of characters stands in a note that says the same."""
_WORDS = re.compile(r"\w++")
_ID = ID.encode()


@dataclass(frozen=True, slots=True)
class Succession:
    """The entries of a run by the ids that their notes have from now on."""

    entries: dict[str, Entry]
    was: Mapping[str, str]
    """By what id the ledger and the vault know a note so far, by its new one."""
    left: frozenset[str]
    """The notes that entries meant which know less of them: these are left out, the notes are as they were."""
    notices: tuple[Notice, ...]


def distinct(entries: Sequence[Entry]) -> tuple[list[Entry], list[Notice]]:
    """`entries` of one source without those of which another form, which has the same key, says more."""
    best: dict[str, Entry] = {}
    for entry in entries:
        known = best.get(entry.key)
        if is_unique(entry) and (known is None or _level(entry) > _level(known)):
            best[entry.key] = entry
    out: list[Entry] = []
    notices: list[Notice] = []
    for entry in entries:
        known = best.get(entry.key, entry)
        if is_unique(entry) and _level(entry) < _level(known):
            notices += _unsaid(entry, body_of(known), known.key)
        else:
            out.append(entry)
    return out, notices


def succeed(entries: Mapping[str, Entry], records: Mapping[str, Record], base: Callable[[Record], str]) -> Succession:
    """Which of `entries` are what `records` or others of them call otherwise. `base(record)` is the body that was
    imported last."""
    was = _was(entries, records, base)
    older = frozenset(was.values())
    meant = _meant(entries, {id_: record for id_, record in records.items() if id_ not in older})
    out: dict[str, Entry] = {}
    lesser: list[tuple[str, Entry]] = []
    for id_, entry in entries.items():
        is_known = id_ in records and id_ not in older
        better = id_ if is_known else _better(id_, entry, meant, records, base)
        if better != id_ or _says_less(entry, records.get(id_)):
            lesser.append((better, entry))
        elif entry.formerly and entry.kind is not Kind.PAPER:  # few issues are such notes: only what was true is kept
            old = was.get(id_, "")
            true = {f"{records[old].kind}/{_key(old)}"} if old else set()
            kept = tuple(name for name in entry.formerly if name.startswith("/") or name in true)
            out[id_] = entry if kept == entry.formerly else replace(entry, formerly=kept)
        else:
            out[id_] = entry
    left: dict[str, None] = {}
    notices: list[Notice] = []
    for id_, entry in lesser:
        other, record = out.get(id_), records.get(id_)
        if other is not None:
            mine, held = body_of(entry), body_of(other)
            if "rest" in other.missing and other.detail == entry.detail and len(mine) > len(held):
                out[id_] = replace(other, body=mine)
            else:
                notices += _unsaid(entry, held, id_)
        elif record is not None and not _says_less(entry, record):
            out[id_] = replace(entry, missing=(*entry.missing, "rest"))
        elif record is not None:
            left[id_] = None
            notices += _unsaid(entry, base(record), id_)
    if left:
        message = f"{len(left)} of the notes are known from an export that says more of them; nothing in them changes"
        origins = ", ".join(dict.fromkeys(entry.origin for id_, entry in lesser if id_ in left))
        notices.insert(0, Notice(NoticeKind.WARNING, origins, message, "\n".join(left)))
    return Succession(out, was, frozenset(left), tuple(notices))


def with_successors(records: Mapping[str, Record], was: Mapping[str, str]) -> Mapping[str, Record]:
    """`records` with each old id of `was` replaced by the new one."""
    moved = {new: replace(records[old], id=new) for new, old in was.items() if old in records and new not in records}
    if not moved:
        return records
    gone = {was[new] for new in moved}
    return {id_: record for id_, record in records.items() if id_ not in gone} | moved


def with_id(data: bytes, id_: str) -> bytes:
    """The note `data` under another id; unchanged when it bears that one, or none that can be read."""
    start = len(BOM) if data.startswith(BOM) else 0
    end = start + front_matter_end(data[start:])
    if data.count(_ID, start, end) == 1 and f"\n{ID}: {id_}\n".encode() in data[start:end]:
        return data  # as we write it, which is nearly always; the YAML need not be read for that
    block = find_front_matter(data[start:])
    if block is None:
        return data
    found = next((one for one in block.properties if one.key == ID), None)
    broken = ID_LINE.search(data, start, start + block.content[1]) if found is None else None
    if found and isinstance(found.value, str):
        here, end = start + found.span[0], start + found.span[1]
        if found.value == id_:
            return data
    elif broken:
        here, end = broken.span()
    else:
        return data
    line = data[here:end]
    return data[:here] + f"{ID}: {id_}".encode() + line[len(line.rstrip(b"\r\n")) :] + data[end:]


def whole_name(name: str, id_: str) -> str:
    """A former name of the item `id_`; with the name of its source, when it is known to that alone by it."""
    return f"/{id_.partition('/')[0]}{name}" if name.startswith("/") else name


def _was(entries: Mapping[str, Entry], records: Mapping[str, Record], base: Callable[[Record], str]) -> dict[str, str]:
    """The old id of each entry that the ledgers know by one of its former names only. No record goes to two entries:
    the first one whose name for it is the surest gets it."""
    by_name: dict[str, str] = {}
    for id_, record in records.items():
        by_name.setdefault(f"{record.kind}/{_key(id_)}", id_)
        by_name[f"/{id_}"] = id_
    claims = sorted(
        (rank, at, id_, by_name[whole], name)
        for at, (id_, entry) in enumerate(entries.items())
        if entry.formerly and id_ not in records
        for rank, name in enumerate(entry.formerly)
        if by_name.get(whole := whole_name(name, id_), id_) != id_
    )
    out: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, id_, old, name in claims:
        if name.startswith("/") and not _is_like(entries[id_], records[old], base):
            continue
        if id_ not in out and old not in taken:
            out[id_] = old
            taken.add(old)
    return out


def _meant(entries: Mapping[str, Entry], records: Mapping[str, Record]) -> dict[str, str]:
    """Which id exports mean by a former name: of the ledgers first, then of the run."""
    out: dict[str, str] = {}
    for id_, record in records.items():
        for name in record.formerly:
            out.setdefault(whole_name(name, id_), id_)
    for id_, entry in entries.items():
        for name in entry.formerly:
            out.setdefault(whole_name(name, id_), id_)
    return out


def _better(
    id_: str, entry: Entry, meant: Mapping[str, str], records: Mapping[str, Record], base: Callable[[Record], str]
) -> str:
    """By what id the entry `id_`, which the ledgers do not know, is known; its own, when by none."""
    found = meant.get(f"{entry.kind}/{_key(id_)}")
    if found:
        return found
    found = meant.get(f"/{id_}", id_)
    return found if found not in records or _is_like(entry, records[found], base) else id_


def _is_like(entry: Entry, record: Record, base: Callable[[Record], str]) -> bool:
    """Whether the entry may be the record's text at a later time, by as little as is enough in two copies of a file."""
    return is_like(entry, Known(lambda: base(record), entry.origin))


def _level(entry: Entry | Record) -> tuple[bool, int]:
    """How much a form of export says: a tracker says more of its issues than pages made of them."""
    return entry.kind == Kind.ISSUE, entry.detail


def _says_less(entry: Entry, record: Record | None) -> bool:
    comparable = record is not None and record.kind in (Kind.ISSUE, Kind.PAPER)
    return comparable and record is not None and _level(entry) < _level(record)


def _unsaid(entry: Entry, known: str, id_: str) -> Iterator[Notice]:
    """A notice of a text that says what the note does not."""
    body = body_of(entry)
    mine, held = _runs(body), _runs(known)
    if len(mine & held) < _HELD * len(mine):
        message = f"its text differs from what is imported as {id_}, from an export that says more; it was left out"
        yield Notice(NoticeKind.UNPLACED, f"{entry.origin}: {entry.place}", message, body)


def _runs(text: str) -> set[str]:
    plain = "".join(_WORDS.findall(text))
    return {plain[i : i + 4] for i in range(len(plain) - 3)}


def _key(id_: str) -> str:
    return id_.partition("/")[2]
