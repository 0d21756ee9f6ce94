"""Notes read from disk, one after the other, and what is to be remembered of each; in several processes when wanted.

Keeps no note, and only knows those claims of other notes that it was told.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from vaultkit.config import Config
from vaultkit.linting.asking import asks_for_links, by_kind, names_only
from vaultkit.linting.claims import Claims, Kind, claims_of, property_claims
from vaultkit.linting.context import Context
from vaultkit.linting.history import History
from vaultkit.linting.marks import Tell, mark
from vaultkit.linting.packs import ActiveRule
from vaultkit.linting.placed import placed
from vaultkit.linting.run import is_excluded, lint_note
from vaultkit.processes import of_each
from vaultkit.vault.board import read_file
from vaultkit.vault.parse import parse
from vaultkit.vault.tree import Vault

_ALIASES = re.compile(rb"aliases", re.I)


class Looked(NamedTuple):
    """What is remembered of a note."""

    text: str
    """A hash of its bytes; empty when it could not be read. (One that changes meanwhile gets another time.)"""
    claims: tuple[str, ...]
    asked: str = ""
    """`Context.asked`, sorted, each with a line end before it and one behind the last; no other line end."""
    marks: str = ""
    """What was found (`marks`). Empty: nothing."""
    said: bytes = b""
    """What is told of it: a line for each finding, in UTF-8."""


class Looker:
    """Looks at the notes of one vault."""

    def __init__(
        self,
        vault: Vault,
        rules: Sequence[ActiveRule],
        config: Config,
        tell: Tell,
        claims: Claims,
        remember: bool = True,
        today: dt.date | None = None,
        history: History | None = None,
    ) -> None:
        """`claims`: those that are known. `remember`: whether `text` and all of `asked` are wanted. `today`, `history`:
        as `Context` takes them."""
        self._vault = vault
        self._tell = tell
        self._remember = remember
        self._rules = by_kind(rules)
        self._links = asks_for_links(rules)
        self._names_only = frozenset(names_only(vault.files, rules))
        self._config = config
        index, folders = vault.index_of(vault.lazy_notes), config.import_.folders
        self._history = history
        self._context = Context(
            index, vault.settings, folders, claims=claims, remember=remember, today=today, history=history
        )

    def know(self, claims: Claims) -> None:
        """From now on these are the claims of the vault."""
        self._context.know(claims)

    def look(self, paths: Sequence[str], jobs: int = 1) -> Iterator[tuple[str, Looked]]:
        """Each of `paths` with what is to be remembered of it, in order."""
        if self._history and jobs > 1:
            self._history.prepare()
        return of_each(self._look, paths, jobs)

    def aliases(self, paths: Sequence[str], jobs: int = 1) -> dict[str, list[str]]:
        """The aliases that the notes at `paths` claim now, in lower case, and which of them do."""

        def read(path: str) -> list[str]:
            data = self._vault.read(path) or b""
            return list(property_claims(parse(path, data), Kind.ALIAS)) if _ALIASES.search(data) else []

        out: dict[str, list[str]] = {}
        for path, claims in of_each(read, paths, jobs):
            for claim in claims:
                out.setdefault(claim.partition(":")[2], []).append(path)
        return out

    def holding(self, names: Iterable[str], paths: Sequence[str], jobs: int = 1) -> set[str]:
        """Those of `paths` in whose text one of `names` (folded titles) stands, wherever it may be."""
        from vaultkit.linting.titles import Finder

        finder = Finder(names)

        def holds(path: str) -> bool:
            return bool(finder.find((self._vault.read(path) or b"").decode("utf-8", "replace")))

        return {path for path, answer in of_each(holds, paths, jobs) if answer}

    def _look(self, path: str) -> Looked:
        data = b"" if path in self._names_only else self._vault.read(path)
        if data is None:
            return Looked("", ())
        note = read_file(path, data)
        claims = claims_of(note, self._links)
        text = hash_of(data) if self._remember else "?"
        if is_excluded(path, self._vault.settings, self._config):
            return Looked(text, claims)
        self._context.asked.clear()
        told = lint_note(note, self._context, self._rules)
        marks, said = mark(placed(told, {path: note}), self._tell) if told else ("", b"")
        return Looked(text, claims, _joined(self._context.asked), marks, said)


def hash_of(data: bytes) -> str:
    """A hash of a note's bytes."""
    from hashlib import blake2b  # loads OpenSSL; a run that remembers nothing does without

    return blake2b(data, digest_size=16).hexdigest()


def one_line(key: str) -> str:
    """A key as it stands in `Looked.asked`: file names may hold line ends, and links NULs, which separate the notes."""
    return key.replace("\n", " ").replace("\0", " ")


def _joined(keys: Iterable[str]) -> str:
    return "\n".join(("", *sorted(map(one_line, keys)), ""))
