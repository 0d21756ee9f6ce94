"""Links that come later: a text imported before mentions a note that was not here then, and now it arrives.

The ledger remembers by which names each text waits (`Record.pending`), so that nothing is read again unless one of them
arrives. Then the text *as it was imported last* is linked anew, by those names only, and what that changes goes into
the note where it still reads so: a passage the user edited stays as it is, and a link is never worth a conflict. What
has become a link stays one. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from vaultkit.importing.calling import Names, by_length
from vaultkit.importing.entry import Entry, Kind
from vaultkit.importing.ledger import Record, digest
from vaultkit.importing.merge import Clash, take_apart
from vaultkit.importing.plan import Known, Outcome, PlannedNote, Wanted, path_of
from vaultkit.importing.reference import Linker, Unresolved
from vaultkit.vault.frontmatter import find_front_matter
from vaultkit.vault.scan import scan

WHY = "what its text mentions has arrived"


class Late(NamedTuple):
    """A note of an earlier import with links to what arrived."""

    wanted: Wanted
    base: bytes
    """The text that was imported last."""


class Relinked(NamedTuple):
    """A text imported before, with links to what has arrived since."""

    text: bytes
    unresolved: tuple[Unresolved, ...]
    pending: tuple[str, ...]
    """The names for which it is still waiting."""


def ready(
    records: Mapping[str, Record], names: Names, bearing: Mapping[str, object], titles: Collection[str]
) -> Iterator[Record]:
    """The records of notes in the vault whose texts wait for what `names` know now. `bearing`: the ids of the vault's
    notes; `titles`: of the titles that arrived, how texts remember them (`newcomers`)."""
    for id_, record in records.items():
        if record.pending and record.state == "live" and id_ in bearing and _arrived(record, names, titles):
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
    block = find_front_matter(base)
    head = base[: block.span.end] if block else b""
    body = base[len(head) :]
    linked = replace(linker, mentioned=mentioned).link(entry, record.id, path, body.decode(), scan(body), only)
    pending = tuple(name for name in linked.waiting if name in record.pending)
    return Relinked(head + linked.text.encode(), linked.unresolved, pending)


def _entry(record: Record) -> Entry:
    """What was read when the record was made, as far as links depend on it: the key of an issue says its scope."""
    kind = Kind(record.kind) if record.kind in list(Kind) else Kind.INDEX
    scope = record.id.partition("/")[2].rpartition("#")[0] if kind is Kind.ISSUE else ""
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
        if new.pending == record.pending and new.text == text:
            continue
        yield Late(
            Wanted(
                record.id,
                paths[record.id],
                digest(new.text),
                record.kind,
                record.origin,
                new.text,
                record.names,
                record.unlinked,
                new.pending,
            ),
            text,
        )


def plan_late(late: Late, record: Record, known: Known) -> PlannedNote | None:
    """What becomes of the note; None: nothing, for now. Without `data` only the record changes."""
    new, text = late.wanted, late.wanted.text or b""
    here = path_of(new.id, record, known.paths)
    data = known.read(here) if here else None
    if here is None or data is None:
        return None
    after = new.settled(replace(record, path=here).with_base(new.digest))
    block = find_front_matter(data)
    if block and block.error:
        return None
    parts = take_apart(late.base, data, text)
    merged = parts.note(b"".join(one.standing if isinstance(one, Clash) else one.text for one in parts.body))
    if merged == data:  # whatever could become a link was edited, or the user linked it
        return PlannedNote(new.id, here, Outcome.UNCHANGED, text, after)
    return PlannedNote(new.id, here, Outcome.UPDATED, text, after, merged, data, WHY)
