"""The text of one entry: escaped, linked, composed, and completed by what was imported before.

Knows the vault only through what it is given; of no two entries does one depend on the other, so that several processes
can write them. Decides nothing about what becomes of a note (`plan`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from vaultkit.importing import attachments
from vaultkit.importing.carry import carry_over
from vaultkit.importing.choices import Choices
from vaultkit.importing.compose import compose_head, with_body
from vaultkit.importing.disarm import may_hold_code
from vaultkit.importing.entry import Entry, Notice
from vaultkit.importing.entry_texts import without_code
from vaultkit.importing.escape import escape_syntax
from vaultkit.importing.fit import MAX_BYTES, fit
from vaultkit.importing.ledger import Record, digest, pack
from vaultkit.importing.reference import CLAIMED, Linker, Unresolved
from vaultkit.importing.waiting import Late, relink
from vaultkit.importing.wanted import Wanted, wanted
from vaultkit.importing.ways import Ways


class Written(NamedTuple):
    """What became of an entry."""

    wanted: Wanted
    packed: bytes
    """Its text as it is stored; empty: it was stored before, or is packed later."""
    unresolved: tuple[Unresolved, ...]
    late: Late | None
    """The text imported before, with links to what arrived; None: the entry says something new, or nothing arrived."""
    is_carried: bool
    """Whether its text is made of the one imported last: the export left something out or says nothing new."""
    is_settled: bool
    """Whether what was carried over would be so again from this text."""
    disarmed: str
    """Where there was code that is dead now; empty: nowhere."""
    cut: Notice | None
    """What did not fit into the properties."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the texts of a run."""

    choices: Choices
    copies: attachments.Copies
    ways: Ways
    linker: Linker
    titles: Mapping[str, tuple[str, ...]]
    """Those of the notes that arrive, by what texts remember them by (`calling.newcomers`)."""
    records: Mapping[str, Record]
    """The ledgers' lines by id."""
    paths: Mapping[str, str]
    """Where the note of each entry is or will be."""
    base: Callable[[Record], bytes]
    """The text that was imported last; empty when it is lost."""
    packs: bool = True
    """Whether to pack the new texts, as they are stored, here, where several processes do it."""

    def write(self, id_: str, entry: Entry) -> Written:
        """The text of `entry`."""
        path, record = self.paths[id_], self.records.get(id_)
        placed = self.copies.places.get(id_, {})
        embeds = {name: self.ways.to_file(name, file, path) for name, file in placed.items()}
        renamed = attachments.rename(entry.body, embeds)
        trusted = self.choices.trust_code
        escaped = escape_syntax(renamed, set(embeds.values()), meant=entry.meant, trust_code=trusted)
        linked = self.linker.link(entry, id_, path, escaped.text, escaped.seen)
        is_carried, is_settled = False, True
        if record and any(one.why.startswith(CLAIMED) for one in linked.unresolved):
            before = self.ways.in_text(self.base(record), path)
            linked = replace(self.linker, before=before).link(entry, id_, path, escaped.text, escaped.seen)
            is_carried = True
        head, cut = self._head(entry, id_)
        text, unlinked = with_body(head, linked.text).encode(), _said(head, escaped.data, entry)
        pending, left = linked.waiting, linked.unresolved
        if entry.missing:
            raw = text
            if record:
                text = carry_over(raw, self.base(record), entry.missing, entry.empty)
                if record.pending:  # what was carried over may wait, too
                    whole = relink(record, entry, path, text, self.linker, self.titles)
                    text, pending = whole.text, tuple(sorted({*pending, *whole.pending}))
                if record.bases[:1] == (digest(text),) and record.unlinked:
                    unlinked = record.unlinked  # a shorter export of the same
            is_settled = carry_over(raw, text, entry.missing, entry.empty) == text
            is_carried = True
        is_said = record and record.unlinked == unlinked and record.bases[:1] != (digest(text),)
        base = self.base(record) if record and is_said else b""
        again = relink(record, entry, path, base, self.linker, self.titles) if record and base else None
        if again:  # nothing new was said, only other notes changed: what is linked stays as it is
            text, pending, left = again.text, again.pending, again.unresolved
            is_carried = True
        new = wanted(id_, path, text, entry, unlinked, pending)
        late = Late(new, again) if again and text != base else None
        disarmed = f"{entry.origin}: {entry.place}" if escaped.disarmed else ""
        packed = b"" if not self.packs or (record and new.digest in record.bases) else pack(text)
        return Written(new, packed, tuple(left), late, is_carried, is_settled, disarmed, cut)

    def _head(self, entry: Entry, id_: str) -> tuple[str, Notice | None]:
        """The front matter of the note, and what had to be left out of it."""
        tags = (*self.choices.kind_tags.get(entry.kind, ()), *self.choices.tags)
        shown, cut = entry, None
        head = compose_head(shown, id_, tags)
        if may_hold_code(head) and not self.choices.trust_code:
            shown = without_code(entry)
            head = compose_head(shown, id_, tags)
        if len(head.encode()) > MAX_BYTES:
            shown, cut = fit(shown, lambda one: len(compose_head(one, "").encode()))
            head = compose_head(shown, id_, tags)
        return head, cut


def _said(head: str, body: bytes, entry: Entry) -> str:
    """A hash of what the entry says: the note without its links, and what the export leaves out."""
    out = hashlib.sha256(head.encode())
    if text := body.strip(b"\n"):
        out.update(text + b"\n")
    for name in (*entry.missing, *entry.empty):  # to leave a field out says other than to empty it
        out.update(b"\0" + name.encode())
    return out.hexdigest()[:16]
