"""Links that come later: a text imported before mentions a note that was not here then, and now it arrives.

The ledger remembers by which names each text waits (`Record.pending`), so that nothing is read again unless one of them
arrives. Then the text *as it was imported last* is linked anew, by those names only; and so are those lines of the note
that still read as they were imported. A line that the user wrote or changed stays as it is, whatever stands in it: a
link is not worth a conflict. What has become a link stays one. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from vaultkit.importing.calling import Names, by_length
from vaultkit.importing.entry import Entry, Kind
from vaultkit.importing.issue.references import scope_of
from vaultkit.importing.ledger import Record, digest
from vaultkit.importing.merge.diff import matches
from vaultkit.importing.merge.lines import BOM
from vaultkit.importing.plan import Known, Outcome, PlannedNote, path_of
from vaultkit.importing.reference import Linked, Linker, Unresolved
from vaultkit.importing.wanted import Wanted
from vaultkit.vault.frontmatter import find_front_matter
from vaultkit.vault.scan import scan
from vaultkit.vault.spans import Spans

WHY = "what its text mentions has arrived"


@dataclass(frozen=True, slots=True)
class _Work:
    """What to link in a text of one record."""

    linker: Linker
    entry: Entry
    id: str
    path: str
    only: tuple[str, ...]

    def link(self, text: bytes, base: bytes | None = None) -> tuple[bytes, Linked]:
        """`text` with its links; of one that has a `base` only the lines that stand in both. Raises
        UnicodeDecodeError."""
        data = text.removeprefix(BOM)
        bom = text[: len(text) - len(data)]
        start = _body(data)
        body = data[start:].decode()
        lines = None
        if base is not None:
            lines = _common(body, base[_body(base) :].decode())
        linked = self.linker.link(self.entry, self.id, self.path, body, scan(data[start:]), self.only, lines)
        return bom + data[:start] + linked.text.encode(), linked


@dataclass(frozen=True, slots=True)
class Relinked:
    """A text imported before, with links to what has arrived since."""

    text: bytes
    unresolved: tuple[Unresolved, ...]
    pending: tuple[str, ...]
    """The names for which it is still waiting."""
    base: bytes
    """The text without those links."""
    work: _Work

    def on(self, mine: bytes) -> bytes:
        """The note as it is, with those links where it still reads as it was imported."""
        try:
            return self.work.link(mine, self.base)[0]
        except UnicodeDecodeError:  # the user keeps it in another encoding
            return mine


class Late(NamedTuple):
    """A note that gets links to what arrived, while its source said nothing new."""

    wanted: Wanted
    relinked: Relinked


def _body(data: bytes) -> int:
    block = find_front_matter(data)
    return block.span.end if block else 0


def _common(text: str, base: str) -> Spans:
    """Where in `text` the lines are that it has in common with `base`; how they end does not count."""
    mine = text.split("\n")
    starts = [0]
    for line in mine:
        starts.append(starts[-1] + len(line) + 1)
    found = matches([line.rstrip("\r") for line in mine], base.split("\n"))
    return Spans((starts[one.i], starts[one.i + one.size]) for one in found)


def ready(
    records: Mapping[str, Record], names: Names, bearing: Mapping[str, object], titles: Collection[str]
) -> Iterator[Record]:
    """The records of notes in the vault whose texts wait for what `names` know now. `bearing`: the ids of the vault's
    notes; `titles`: of the titles that arrived, how texts remember them (`newcomers`)."""
    for id_, record in records.items():
        if record.pending and record.is_followed and id_ in bearing and _arrived(record, names, titles):
            yield record


def _arrived(record: Record, names: Names, titles: Collection[str]) -> tuple[str, ...]:
    """Which of the pending names of the record lead somewhere now. A path of a site (`/about/`) is one of its own."""
    source = record.id.partition("/")[0]
    out = []
    for name in record.pending:
        target = names.exact.get(name) or names.titles.get(name)
        of_site = not name.startswith("/") or (target and target.id.partition("/")[0] == source)
        if (target and of_site) or name in titles:
            out.append(name)
    return tuple(out)


def relink(
    record: Record, entry: Entry, path: str, base: bytes, linker: Linker, titles: Mapping[str, tuple[str, ...]]
) -> Relinked:
    """The text `base` of the record, at `path`, with its pending names as links where they lead somewhere now. Of the
    `entry` count the kind and the scope."""
    only = _arrived(record, linker.names, titles)
    mentioned = by_length(linker.names, {title for name in only for title in titles.get(name, ())})
    work = _Work(replace(linker, mentioned=mentioned), entry, record.id, path, only)
    text, linked = work.link(base)
    pending = tuple(name for name in linked.waiting if name in record.pending)
    return Relinked(text, linked.unresolved, pending, base, work)


def _entry(record: Record) -> Entry:
    """What was read when the record was made, as far as links depend on it: the key of an issue says its scope."""
    kind = Kind(record.kind) if record.kind in list(Kind) else Kind.INDEX
    scope = scope_of(record.id.partition("/")[2]) if kind in (Kind.ISSUE, Kind.PAPER) else ""
    return Entry(kind=kind, key="", body="", place="", scope=scope)


def arrivals(
    records: Mapping[str, Record],
    ids: Collection[str],
    paths: Mapping[str, str],
    bearing: Mapping[str, object],
    linker: Linker,
    titles: Mapping[str, tuple[str, ...]],
    base: Callable[[Record], bytes],
) -> Iterator[Late]:
    """The notes of earlier imports that wait for what is here now; those with an id in `ids` are of this run and not
    meant. `paths`: where the note of each id is or will be; `titles`: those that arrived (`newcomers`)."""
    for record in ready(records, linker.names, bearing, titles):
        if record.id in ids or not (text := base(record)):
            continue
        new = relink(record, _entry(record), paths[record.id], text, linker, titles)
        if new.pending != record.pending or new.text != text:
            made = Wanted(record.id, record.path, digest(new.text), record.kind, record.origin, new.text, record.names)
            yield Late(made._replace(unlinked=record.unlinked, pending=new.pending), new)


def plan_late(late: Late, record: Record, known: Known) -> PlannedNote | None:
    """What becomes of the note; None: nothing, for now. Without `data` only the record changes."""
    new, text = late.wanted, late.wanted.text or b""
    here = path_of(new.id, record, known.paths)
    data = known.read(here) if here else None
    if here is None or data is None or digest(data) in record.bases[1:]:
        return None  # one that reads as long ago is brought up to date by its own import
    after = new.settled(replace(record, path=here).with_base(new.digest))
    linked = late.relinked.on(data)
    if linked == data:  # whatever could become a link was edited, or the user linked it
        return PlannedNote(new.id, here, Outcome.UNCHANGED, text, after)
    return PlannedNote(new.id, here, Outcome.UPDATED, text, after, linked, data, WHY)
