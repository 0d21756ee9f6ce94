"""Front matter of three notes, merged by key. The user's order, quotes, comments and line ends stay byte for byte.

There are never markers in front matter: a clash keeps the user's value, and is told. Decisions, with examples (`b`
base, `m` mine, `t` theirs):

- `b` a: 1, `m` a: 2, `t` a: 3 → a: 2, a clash. Likewise when both added `a` with different values.
- Lists are sets that know what they were: see `lists`.
- `b` a: 1, `m` (gone), `t` a: 2 → a stays away, a clash. `b` a: 1, `m` a: 2, `t` (gone) → a: 2, a clash.
- `b` a: x, `m` a: "x" # why, `t` a: y → a: "y" # why: the user only wrote it otherwise, and that stays.
- `b` a: x, `m` a: z, `t` a: 'x' → a: z: the source only wrote it otherwise.
- `b` a: 1, `m` a: 2, `t` a: 1 # why: a clash: the source's comment has no place but a report.
- A key that the source added stands behind the one it stands behind there.
- A comment above a key belongs to it, and goes with it unless the user wrote it.
- `vaultkit-id` is the user's, whatever the source says: removed, it stays away, and nobody is told.
- The user took the whole block away: it stays away; each key that the source changed or added is a clash.
- The user's block cannot be taken apart (invalid YAML, a key twice, `{a: 1}`): it stays as it is, and all of it is one
  clash, of the key `---`. So it is when the source's cannot, and when the outcome would not read as it should, as with
  an anchor in one property and its alias in another.
"""

from __future__ import annotations

import re

from vaultkit.importing.merge.lines import canonical, with_ends
from vaultkit.importing.merge.lists import ListChange, are_lists, change_list, changed, list_change
from vaultkit.importing.merge.pieces import KeyClash
from vaultkit.importing.merge.properties import Block, Entry, same_text, take_block
from vaultkit.importing.note_id import ID
from vaultkit.vault.edit_block import same
from vaultkit.vault.note import PropertyValue
from vaultkit.vault.property_items import identity

BLOCK = "---"
_COMMENT = re.compile(rb"(?<![^ \t\n])#[^\r\n]*+")
_ID = f"\n{ID}:".encode()


def merge_front_matter(
    base: bytes, mine: bytes, theirs: bytes, end: bytes, *, keeps_id: bool = True
) -> tuple[bytes, tuple[KeyClash, ...]]:
    """The block of the result, fences included, and the keys that clash. Each text is a block or empty: there is none.
    `base` and `theirs` are canonical; `end` is the line end of the result. `keeps_id`: see `take_apart`."""
    ours = canonical(mine)
    if theirs in (base, ours):
        return mine, ()
    if ours == base and not (keeps_id and _id_line(base) != _id_line(theirs)):
        return with_ends(theirs, end), ()
    blocks = [take_block(text) for text in (base, mine, theirs)]
    old, own, new = blocks
    if old is not None and own is not None and new is not None:
        merge = _Merge(old, own, new, end, ID if keeps_id else "")
        block = merge.run()
        if block is not None:
            return block, tuple(merge.clashes)
    return mine, (KeyClash(BLOCK, mine, base, with_ends(theirs, end)),)


def _comments(text: bytes) -> set[bytes]:
    return set(_COMMENT.findall(text)) if b"#" in text else set()


def _says_more(old: Entry, new: Entry) -> bool:
    return not same(old.value, new.value) or not _comments(new.text) <= _comments(old.text)


def _id_line(block: bytes) -> bytes:
    at = block.find(_ID)
    return block[at : block.find(b"\n", at + 1)] if at >= 0 else b""


class _Merge:
    """One merge, entry by entry; `clashes` and what is still to be edited are gathered on the way."""

    def __init__(self, base: Block, mine: Block, theirs: Block, end: bytes, kept: str) -> None:
        self.base, self.mine, self.theirs, self.end = base, mine, theirs, end
        self.kept = kept
        """The key that is the user's, whatever the source says; empty: none."""
        self.clashes: list[KeyClash] = []
        self.lists: list[tuple[str, ListChange]] = []
        self.values: list[tuple[str, Entry]] = []
        self.wanted: dict[str, PropertyValue] = {}
        """What each property of the result is to say; a merged list is known by the identities of its items."""
        self.merged_lists: dict[str, list[str]] = {}

    def run(self) -> bytes | None:
        """The block; None when it does not say what it should."""
        parts: dict[str, bytes] = {}
        for name, own in self.mine.entries.items():
            text = self._kept(name, own)
            if text is not None:
                parts[name] = text
        parts = self._with_new(parts)
        if not self.mine.opening:
            if self.base.opening:
                return b""
            opening, closing = (with_ends(fence, self.end) for fence in (self.theirs.opening, self.theirs.closing))
        else:
            opening, closing = self.mine.opening, self.mine.closing
        below = self._lines_above(self.base.below, self.mine.below, self.theirs.below)
        return self._edited(b"".join([opening, *parts.values(), below, closing]))

    def _kept(self, name: str, own: Entry) -> bytes | None:
        """What becomes of an entry of the user's, with the lines above it; None when it goes."""
        old, new = self.base.entries.get(name), self.theirs.entries.get(name)
        self.wanted[name] = own.value
        if name == self.kept or (new is None and old is None):
            return own.above + own.text
        if new is None:
            assert old
            if same_text(old.text, own.text) or (same(old.value, own.value) and b"#" not in own.text):
                del self.wanted[name]
                above = own.above if not same_text(old.above, own.above) else b""
                return above or None
            self._clash(own.key, own, old, new)
            return own.above + own.text
        above = self._lines_above(old.above if old else b"", own.above, new.above)
        return above + self._text(name, old, own, new)

    def _text(self, name: str, old: Entry | None, own: Entry, new: Entry) -> bytes:
        """The lines of an entry that both sides have; what is to be edited in them is noted."""
        if old and same_text(old.text, own.text):
            self.wanted[name] = new.value
            return own.text if same_text(own.text, new.text) else with_ends(new.text, self.end)
        if _comments(new.text) - _comments(own.text) - _comments(old.text if old else b""):
            self._clash(own.key, own, old, new)
            return own.text
        if same(own.value, new.value) or (old and same(old.value, new.value)):
            return own.text
        if are_lists(own.value, new.value) and not (old and isinstance(old.value, dict)):
            change = list_change(own.key, old.value if old else [], own.value, new.value)
            if change:
                if change.added or change.removed:
                    self.lists.append((own.key, change))
                    self.merged_lists[name] = changed(own.key, own.value, change)
                return own.text
        elif old and same(old.value, own.value):
            self.values.append((own.key, new))
            self.wanted[name] = new.value
            return own.text
        self._clash(own.key, own, old, new)
        return own.text

    def _with_new(self, parts: dict[str, bytes]) -> dict[str, bytes]:
        """`parts` with the entries that only the source has, each behind the one it stands behind there."""
        behind: dict[str, list[str]] = {}
        last = ""
        for name, new in self.theirs.entries.items():
            if name in self.mine.entries:
                last = name
                continue
            old = self.base.entries.get(name)
            if old is None and (self.mine.opening or not self.base.opening):
                behind.setdefault(last, []).append(name)
                self.wanted[name] = new.value
            elif name != self.kept and (old is None or _says_more(old, new)):
                self._clash(new.key, None, old, new)
        if not behind:
            return parts
        out: dict[str, bytes] = {}
        for name in ("", *self.mine.entries):
            if name in parts:
                out[name] = parts[name]
            for added in behind.get(name, ()):
                entry = self.theirs.entries[added]
                out[added] = with_ends(entry.above + entry.text, self.end)
        return out

    def _lines_above(self, old: bytes, own: bytes, new: bytes) -> bytes:
        """Comments and blank lines that no property owns: the user's, unless only the source changed them."""
        return with_ends(new, self.end) if same_text(old, own) and not same_text(own, new) else own

    def _clash(self, key: str, own: Entry | None, old: Entry | None, new: Entry | None) -> None:
        mine, base = (entry.text if entry else b"" for entry in (own, old))
        self.clashes.append(KeyClash(key, mine, base, with_ends(new.text, self.end) if new else b""))

    def _edited(self, block: bytes) -> bytes | None:
        """The block with the values and lists that are changed inside an entry; None when it then reads wrong."""
        for key, new in self.values:
            from vaultkit.vault.edit import apply_edits  # as in `lists`
            from vaultkit.vault.edit_property import set_property
            from vaultkit.vault.parse import parse

            edit = set_property(parse("", block), key, new.value)
            if edit is None:
                return None
            block = apply_edits(block, [edit])
        for key, change in self.lists:
            after = change_list(block, key, change)
            if after is None:
                return None
            block = after
        read = take_block(block)
        if read is None or read.entries.keys() != self.wanted.keys():
            return None
        for name, entry in read.entries.items():
            if name in self.merged_lists:
                says = entry.value if isinstance(entry.value, list) else [entry.value]
                if [identity(entry.key, item) for item in says] != self.merged_lists[name]:
                    return None
            elif not same(entry.value, self.wanted[name]):
                return None
        return block
