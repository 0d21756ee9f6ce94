"""Linting a whole vault, and remembering it: only notes that changed, or that asked for something that changed, are
looked at again.

The findings are those of a run that remembers nothing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from typing import NamedTuple

from vaultkit.config import Config
from vaultkit.linting import store as stores
from vaultkit.linting.context import names_touched
from vaultkit.linting.fingerprint import seen
from vaultkit.linting.look import Looker, hash_of
from vaultkit.linting.packs import ActiveRule
from vaultkit.linting.placed import Placed
from vaultkit.linting.store import Store
from vaultkit.vault import cache
from vaultkit.vault.tree import Vault
from vaultkit.vault.walk import Stamps, note_paths, stamps

NAME = "lint"
_MANY = 2000
"""From so many notes on a second process pays."""


class Whole(NamedTuple):
    """What was found, and by what to recognise that it still holds."""

    found: list[Placed]
    seen: str
    """As `fingerprint.seen`; empty when a note was changed too lately for that."""
    changed: bool
    """Whether anything is other than it was at the last run."""


def lint_whole(
    vault: Vault,
    rules: Sequence[ActiveRule],
    config: Config,
    key: str = "",
    jobs: int = 0,
    stamped: Stamps | None = None,
) -> Whole:
    """All findings in `vault`, sorted by path, place and rule.

    `key`: a fingerprint of all but the notes; empty: nothing is remembered. `jobs`: how many processes; 0: as many as
    pay. `stamped`: of the notes in `vault.files`, where they were asked for a moment ago.
    """
    root = str(vault.root)
    started = time.time_ns()
    names = note_paths(vault.files)
    others = [path for path in vault.files if path[-3:].lower() != ".md"]
    stamped = stamped or stamps(root, names)
    times = stores.doubtful(stamped.times, started)
    kept = stores.load(root, NAME, key) if key else None
    old = kept or Store(asked=[], asked_changed=True)

    keys: set[str] = set()
    store = old
    changed = kept is None
    if old.names != names or old.others != others:
        if kept:
            before = {*old.names, *old.others}
            keys = names_touched(before ^ {*names, *others})
            for path in before - set(names):
                keys |= {f"alias:{alias}" for alias in old.aliases.get(path, ())}
        store = old.renamed(names)
        store.others = others
        changed = True

    new = [
        at
        for at, (now, then) in enumerate(zip(zip(stamped.times, stamped.sizes), zip(store.times, store.sizes)))  # noqa: B905
        if now != then
    ]
    edited = [at for at in new if not _is_same(vault, names[at], store.texts[at])]
    changed = changed or times != store.times or stamped.sizes != store.sizes
    store.times, store.sizes = times, stamped.sizes

    looker = Looker(vault, rules, config, remember=bool(key))
    jobs = jobs or (2 if len(edited) > _MANY and (os.cpu_count() or 1) > 1 else 1)
    aside = []
    at_of = {names[at]: at for at in edited}
    for path, looked in looker.look([names[at] for at in edited], jobs):
        at = at_of[path]
        if kept:
            keys |= _touched(store, path, looked.aliases)
        store.row(at, looked)
        if not looked.text:
            store.times[at] = -1
        if looked.found is None:
            aside.append(at)
    again = sorted({*aside, *(set(store.asking(keys)) - set(edited))}) if kept else aside
    if again:
        looker.know(stores.alias_map(store.aliases.items()))
        at_of = {names[at]: at for at in again}
        for path, looked in looker.look([names[at] for at in again], jobs if len(again) > _MANY else 1):
            at = at_of[path]
            store.findings(at, looked)
            if looked.text != store.texts[at]:
                store.times[at], store.texts[at] = -1, ""
    if key and (changed or edited or again):
        cache.save(root, stores.texts(store, NAME, key))
    same = min(store.times, default=0) >= 0
    return Whole(store.placed(), seen(vault.files, stamped) if same else "", bool(changed or edited or again))


def _is_same(vault: Vault, path: str, text: str) -> bool:
    """Whether the note is what it was, though its times are not."""
    data = vault.read(path) if text else None
    return data is not None and hash_of(data) == text


def _touched(store: Store, path: str, aliases: Sequence[str]) -> set[str]:
    """The keys of `Context.asked` that may have another answer, now that the note has another text."""
    before = store.aliases.get(path, [])
    changed = {*before, *aliases} if before != list(aliases) else ()
    return {f"note:{path}", *(f"alias:{alias}" for alias in changed)}
