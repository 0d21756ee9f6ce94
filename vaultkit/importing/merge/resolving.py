"""Settling the open conflicts of a note: which there are, and the note with one or all of them settled.

Edits spans only. A callout does not say where the passage it speaks of begins; that is told by the `Conflict`s recorded
when it was written. The passage must stand where it stood, word for word, in the block above the callout: when the user
wrote on in it since, replacing it would lose that, and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Literal, NamedTuple

from vaultkit.errors import UsageError
from vaultkit.importing.merge import callout
from vaultkit.importing.merge.body import Body
from vaultkit.importing.merge.lines import BOM, canonical, line_end, with_ends
from vaultkit.importing.merge.pieces import Conflict
from vaultkit.importing.merge.place import Places
from vaultkit.importing.merge.properties import same_text, take_block
from vaultkit.vault.callouts import callouts
from vaultkit.vault.edit import Edit, apply_edits
from vaultkit.vault.note import Span
from vaultkit.vault.parse import parse
from vaultkit.vault.properties_block import front_matter_end

Choice = Literal["mine", "theirs", "both"]
_MOST_PLACES = 1000
_ID = re.compile(r"vk-[0-9a-f]{6,64}")


class CannotResolve(UsageError):
    """A conflict that is not settled, since words could be lost; the text says why and what to do. Nothing changed."""


class OpenConflict(NamedTuple):
    """A callout in a note that speaks of a conflict."""

    id: str
    """Empty when the callout was moved into another block or lost its id: `resolve` then leaves it to a person."""
    title: str
    theirs: bytes
    """The source's text, with LF; empty: the source deleted the passage, or there is no id."""
    span: Span
    """The bytes of the callout, to the end of its last line."""


def conflicts_in(data: bytes) -> tuple[OpenConflict, ...]:
    """The open conflicts of a note's body, in order; those of properties stand in no note."""
    if callout.TYPE not in data:
        return ()
    bom = len(BOM) if data.startswith(BOM) else 0
    note = parse("", data[bom:])
    body = Body(note.data[note.body :], b"\n")
    known = {start + bom: found for found, (start, _) in zip(body.open, _spans(body, note.body), strict=True)}
    out = []
    for one in callouts(note):
        if one.type == "vaultkit-conflict":
            found = known.get(one.span.start + bom)
            span = Span(one.span.start + bom, one.span.end + bom)
            out.append(OpenConflict(found.id if found else "", one.title, found.theirs if found else b"", span))
    return tuple(out)


def _spans(body: Body, start: int) -> list[tuple[int, int]]:
    """Where each open callout begins and ends in the note whose body begins at `start`."""
    at = [start, *accumulate(map(len, body.whole.raw), initial=start)][1:]
    return [(at[one.start], at[one.end]) for one in body.open]


def resolve(data: bytes, id_: str | None, choice: Choice, recorded: Iterable[Conflict] = ()) -> bytes:
    """The note with the conflict `id_` settled, or, when that is None, all that are open in it and all `recorded`.

    `mine`: the callout goes, the user's passage stays. `theirs`: the callout goes, and the source's text stands where
    the passage stood. `both`: the source's text stands behind the user's block, as plain text. A property: `mine` and
    `both` leave it; `theirs` puts in what the source says. Raises CannotResolve when there is no such conflict, and
    when a passage or property is not any more what it was.
    """
    wanted = {one.id: one for one in recorded if id_ in (None, one.id)}
    open_ = [one for one in conflicts_in(data) if id_ in (None, one.id)]
    if id_ is not None and not open_ and not (id_ in wanted and wanted[id_].where):
        raise CannotResolve(f"no conflict {id_} is open in this note")
    for one in open_:
        if not one.id:
            line = data.count(b"\n", 0, one.span.start) + 1
            raise CannotResolve(
                f"line {line}: this conflict lost its id or was moved into another block; settle it by hand"
            )
    if choice == "theirs":
        for conflict in wanted.values():
            if conflict.where:
                data = _with_property(data, conflict)
    return _with_passages(data, {one.id for one in open_}, choice, wanted) if open_ else data


def still_open(data: bytes, recorded: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """Those of `recorded` that wait to be settled in the note: the callout stands there, or the property says what it
    said when the conflict came up."""
    recorded = tuple(recorded)
    told = conflicts_in(data) if any(not one.where for one in recorded) else ()
    ids = {one.id for one in told} | {id_ for one in told for id_ in _ID.findall(one.title)}
    read = _properties(data)
    return tuple(one for one in recorded if (read(one.where) == _entry(one.mine) if one.where else one.id in ids))


def still_said(data: bytes, recorded: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """Those of `recorded` about properties of which the source's text `data` says what it said when they came up."""
    read = _properties(data)
    return tuple(one for one in recorded if one.where and read(one.where) == _entry(one.theirs))


def _properties(data: bytes) -> Callable[[str], bytes | None]:
    """How to ask what a note says of a property, canonical; empty: nothing, None: its properties cannot be taken apart.
    Of `---`: the whole block."""
    text = data.removeprefix(BOM)
    block = text[: front_matter_end(text)]
    read = take_block(block)

    def ask(where: str) -> bytes | None:
        if where == "---":
            return _entry(block)
        if read is None:
            return None
        own = read.entries.get(where.lower())
        return _entry(own.text) if own else b""

    return ask


def _entry(text: bytes) -> bytes:
    return b"\n".join([line.rstrip() for line in canonical(text).split(b"\n")])


def _with_passages(data: bytes, ids: set[str], choice: Choice, recorded: dict[str, Conflict]) -> bytes:
    bom = BOM if data.startswith(BOM) else b""
    text = data.removeprefix(BOM)
    head = text[: front_matter_end(text)]
    end = line_end(text)
    body = Body(text[len(head) :], end)
    raw = body.whole.raw
    at = list(accumulate(map(len, raw), initial=0))
    passages = _Passages(body) if choice == "theirs" else None
    edits: list[Edit] = []
    for one, place in zip(body.open, body.places, strict=True):
        if one.id not in ids:
            continue
        new = with_ends(one.theirs, end)
        passage = passages.find(one, place, recorded.get(one.id)) if passages else None
        if choice == "mine" or passage or (choice == "both" and not new.strip()):
            start, stop = callout.room(raw, one)
        else:
            start, stop = one.start, one.end
        keeps = choice != "mine" and not passage
        edits.append(Edit(Span(at[start], at[stop]), _between(raw, start, new, stop) if keeps and new.strip() else b""))
        if passage:
            first, last = body.kept[passage.start], body.kept[passage.stop - 1] + 1
            if last - first != passage.stop - passage.start:
                raise CannotResolve(f"{one.id}: another open conflict stands inside its passage; settle that first")
            edits.append(Edit(Span(at[first], at[last]), _without_blank_end(new)))
    whole = b"".join(raw)
    try:
        after = apply_edits(whole, edits)
    except ValueError as e:
        raise CannotResolve("two conflicts speak of the same passage; settle them one by one") from e
    if not body.whole.final:
        after = after.removesuffix(b"\n").removesuffix(b"\r") if after != whole else after
    return bom + head + after


def _between(raw: list[bytes], start: int, text: bytes, stop: int) -> bytes:
    """`text`, put in the place of the lines from `start` to `stop`, without blank lines where there is one already."""
    if start == 0 or not raw[start - 1].strip():
        lines = text.splitlines(keepends=True)
        while not lines[0].strip():
            lines.pop(0)
        text = b"".join(lines)
    return _without_blank_end(text) if stop == len(raw) or not raw[stop].strip() else text


def _without_blank_end(text: bytes) -> bytes:
    """`text` without the blank lines behind its last one."""
    lines = text.splitlines(keepends=True)
    while lines and not lines[-1].strip():
        lines.pop()
    return b"".join(lines)


class _Passages:
    """Finds the passages of conflicts among the lines of a body that are no callouts."""

    def __init__(self, body: Body) -> None:
        keys = body.lines.keys
        self.text = b"\n".join([b"", *keys, b""])
        self.places = Places(body.lines.raw)
        starts = accumulate([len(key) + 1 for key in keys], initial=0)
        self.line_at = {start: line for line, start in enumerate(starts)}

    def find(self, one: callout.Callout, place: int, recorded: Conflict | None) -> slice | None:
        """The lines that the callout at `place` speaks of; None when the user had deleted the passage.

        Raises CannotResolve when they are not there, or stand in the block above it twice.
        """
        if recorded is None:
            raise CannotResolve(f"{one.id}: nothing is recorded of its passage; put in the source's text by hand")
        wanted = canonical(recorded.mine).split(b"\n")
        while wanted and not wanted[-1].strip():
            wanted.pop()
        if not wanted:
            return None
        needle = b"\n".join([b"", *wanted, b""])
        ends: list[int] = []
        at, looked = self.text.find(needle), 0
        while at >= 0 and looked < _MOST_PLACES:
            last = self.line_at[at] + len(wanted)
            if self.places.behind(last) == place:
                ends.append(last)
            at, looked = self.text.find(needle, at + 1), looked + 1
        if at >= 0 or len(ends) > 1:
            raise CannotResolve(f"{one.id}: its passage stands there more than once; put in the source's text by hand")
        if not ends:
            raise CannotResolve(
                f"{one.id}: you changed the passage since; take what you want of the callout by hand, then delete it"
            )
        return slice(ends[0] - len(wanted), ends[0])


def _with_property(data: bytes, conflict: Conflict) -> bytes:
    """The note with what the source says of a property. Raises CannotResolve when it says something else by now than
    when the conflict came up."""
    bom = BOM if data.startswith(BOM) else b""
    text = data.removeprefix(BOM)
    block = text[: front_matter_end(text)]
    read = take_block(block)
    if read is None or conflict.where == "---":
        raise CannotResolve(f"{conflict.id}: the properties cannot be taken apart; put in the source's by hand")
    end = line_end(text)
    new = with_ends(canonical(conflict.theirs), end)
    own = read.entries.get(conflict.where.lower())
    if own and same_text(own.text, new):
        return data
    if not same_text(own.text if own else b"", conflict.mine):
        raise CannotResolve(f"{conflict.id}: you changed the property `{conflict.where}` since; it is left alone")
    if own:
        start = block.find(own.above + own.text) + len(own.above)
        after = block[:start] + new + block[start + len(own.text) :]
    elif block:
        after = block[: len(block) - len(read.closing)] + new + read.closing
    else:
        after = b"---" + end + new + b"---" + end
    if take_block(after) is None:
        raise CannotResolve(f"{conflict.id}: the properties would not be valid; put in the source's by hand")
    return bom + after + text[len(block) :]
