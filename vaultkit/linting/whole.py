"""Linting a whole vault, and remembering it: only notes that changed, or that asked for something that changed, are
looked at again.

The findings are those of a run that remembers nothing.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from vaultkit.config import Config
from vaultkit.linting import store as stores
from vaultkit.linting.asked import HISTORY, days_come, names_touched, note_key
from vaultkit.linting.asking import asked_kinds, names_only
from vaultkit.linting.checks import CHECKS
from vaultkit.linting.claims import Changes, Claims
from vaultkit.linting.history import History
from vaultkit.linting.look import Looker, hash_of
from vaultkit.linting.marks import Tell
from vaultkit.linting.named import Named
from vaultkit.linting.packs import ActiveRule
from vaultkit.linting.placed import Placed
from vaultkit.linting.record import Row
from vaultkit.linting.store import Store
from vaultkit.processes import processes
from vaultkit.vault.names import Kind
from vaultkit.vault.tree import Vault
from vaultkit.vault.walk import Stamps, read_paths, stamps


class Whole:
    """What was found."""

    def __init__(self, store: Store, changed: bool) -> None:
        """`changed`: whether anything is other than it was at the last run."""
        self._store = store
        self.changed = changed
        self.told = store.told()
        self.totals = store.totals()

    @cached_property
    def found(self) -> list[Placed]:
        """The findings, sorted by path, place and rule."""
        return self._store.placed()

    @property
    def is_sure(self) -> bool:
        """Whether no note was changed so lately that it may be another one at the same time."""
        return self._store.is_sure()


def lint_whole(
    vault: Vault,
    rules: Sequence[ActiveRule],
    config: Config,
    tell: Tell,
    key: bytes = b"",
    jobs: int = 0,
    today: dt.date | None = None,
    history: History | None = None,
) -> Whole:
    """All findings in `vault`.

    `key`: a fingerprint of all but the notes; empty: nothing is remembered. `jobs`: how many processes; 0: as many as
    pay. `today`: None: no day is in the future. `history`: None: nobody knows of notes that are gone.
    """
    root = str(vault.root)
    names, others, stamped = _files(vault, rules)
    times, sizes = stamped.times, stamped.sizes
    kept = stores.load(root, key) if key else None
    days = days_come(kept.day, today) if kept else None
    if days is None:
        kept = None
    head = history.head if history else ""
    store = kept or Store(None, {}, set(), others, today, head)

    keys = days or set()
    if store.head != head:
        keys.add(HISTORY)
    claims = Changes()
    changed = kept is None or (store.day, store.head) != (today, head)
    store.day, store.head = today, head
    moved = kept.names_changed(names, others) if kept else set()
    if kept and moved:
        keys |= names_touched(moved)
        gone = moved.difference(names)
        for path in gone:
            claims.add(path, store.claims_of(path), ())
        store.forget(gone)
        store.others = others
        changed = True

    stale = store.stale(names, times, sizes)
    edited = []
    at_of = {names[at]: at for at in stale}
    for path, at in at_of.items():
        text = store.text(path)
        if _is_same(vault, path, text) and (row := store.row(path)):
            fresh = row._replace(time=stores.proven(times[at], stamped.when), size=sizes[at])
            if fresh != row:
                changed = True
                store.put(path, fresh)
        else:
            edited.append(path)

    if edited or keys:
        first = Claims(store.claims)
        looker = Looker(vault, rules, config, tell, first, remember=bool(key), today=today, history=history)
        named = Named(looker, vault, names, jobs) if any(CHECKS[one.rule.check].asks_titles for one in rules) else None
        if named and not kept:
            first.titles = named.read()
        for path, looked in looker.look(edited, jobs or processes(edited)):
            if kept:
                claims.add(path, store.claims_of(path), looked.claims)
            at = at_of[path]
            time = stores.proven(times[at], stamped.when) if looked.text else -1
            store.put(path, Row(time, sizes[at], looked))
        if kept:
            keys.update(map(note_key, edited))
        now = Claims(store.claims)
        asking = (store.asking(keys) - set(edited)) | store.asking(claims.told(now) if kept else now.told())
        if named:
            changed_aliases = claims.aliases() if kept else named.other(now)
            now.titles = None if changed_aliases else first.titles
            asking |= named.holding(changed_aliases, moved, edited)
        again = sorted(asking)
        if again:
            looker.know(now)
        for path, looked in looker.look(again, jobs or processes(again)):
            row = store.row(path)
            assert row is not None
            if looked.text != row.looked.text:
                row, looked = row._replace(time=-1), looked._replace(text="", claims=row.looked.claims)
            store.put(path, row._replace(looked=looked))
        changed = changed or bool(edited or again)
    if changed:
        store.settle(root, key)
    return Whole(store, changed)


def _files(vault: Vault, rules: Sequence[ActiveRule]) -> tuple[list[str], list[str], Stamps]:
    """Files to look at, sorted, others with the folders in which there are none, and the stamps of the former."""
    root = str(vault.root)
    names = read_paths(vault.files)
    stamped = vault.tree.stamps(names) or stamps(root, names)
    more = names_only(vault.files, rules)
    others = sorted(set(vault.files).difference(names, more).union(vault.tree.empty))
    if more:
        times, sizes = dict.fromkeys(more, 0), dict.fromkeys(more, 0)  # nothing in them is looked at
        times.update(zip(names, stamped.times, strict=True))
        sizes.update(zip(names, stamped.sizes, strict=True))
        names = sorted(times)
        stamped = Stamps([times[name] for name in names], [sizes[name] for name in names], stamped.when)
    if Kind.HIDDEN in asked_kinds(rules):
        bookmarks = stamps(root, [vault.bookmarks])
        if bookmarks.sizes[0] >= 0:
            at = bisect_left(names, vault.bookmarks)
            names.insert(at, vault.bookmarks)
            stamped.times.insert(at, bookmarks.times[0])
            stamped.sizes.insert(at, bookmarks.sizes[0])
    return names, others, stamped


def _is_same(vault: Vault, path: str, text: str) -> bool:
    """Whether the note is what it was, though its times are not."""
    data = vault.read(path) if text else None
    return data is not None and hash_of(data) == text
