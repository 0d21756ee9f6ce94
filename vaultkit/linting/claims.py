"""What notes say of themselves that others may say, too: an alias, an id, a title, the spelling of a tag; and, when a
rule asks for it, what they refer to.

A claim is a text, `kind:value`; a tag's ends with a tab and its spelling, a reference's with a tab and how it is said
(`reached`). Who bears one is known only when all notes were looked at. Until then the answer is of what was known
before, and a note that should have been told another is looked at again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.linting.tag_clusters import bucket
from vaultkit.vault.frontmatter import aliases
from vaultkit.vault.names import normalize_path
from vaultkit.vault.note import Note

if TYPE_CHECKING:
    from vaultkit.linting.titles import Titles

_ALIAS = "alias:"
_BREAKS = re.compile(r"[\n\t\0]")


class Kind(StrEnum):
    """What a property claims."""

    ALIAS = "alias"
    ID = "id"
    TITLE = "title"

    @property
    def key(self) -> str:
        """The property that does."""
        return _KEYS[self]


_KEYS = {Kind.ALIAS: "aliases", Kind.ID: "vaultkit-id", Kind.TITLE: "title"}
_KINDS = {key: kind for kind, key in _KEYS.items()}


class Bearer(NamedTuple):
    """A note that bears a claim, and how it spells it (empty: there is but one way)."""

    path: str
    spelling: str


class Spelling(NamedTuple):
    """A way to spell a claim: on how many notes, and the path of the first one."""

    notes: int
    first: str


class Claims:
    """Who bears what in a vault; the claims are read when one is asked for."""

    def __init__(self, read: Callable[[], Iterable[tuple[str, Iterable[str]]]] = tuple) -> None:
        """`read`: the claims of each note that is known, by path."""
        self._read = read
        self._spellings: dict[str, Mapping[str, Spelling]] = {}
        self.titles: Titles | None = None
        """The names of the notes that make these claims; None: nobody asked for them."""

    @cached_property
    def _bearers(self) -> Mapping[str, Sequence[Bearer]]:
        out: dict[str, list[Bearer]] = {}
        for path, claims in sorted(self._read()):
            for claim in claims:
                key, _, spelling = claim.partition("\t")
                out.setdefault(key, []).append(Bearer(path, spelling))
        return out

    def told(self) -> set[str]:
        """The keys of `Context.asked` that may have another answer than when nothing was known."""
        return _told(self._bearers.items())

    def bearers(self, claim: str) -> Sequence[Bearer]:
        """Who bears `claim`, which is without a spelling, in order of their paths."""
        return self._bearers.get(claim, ())

    def spellings(self, claim: str) -> Mapping[str, Spelling]:
        """The ways in which `claim` is spelled; none when all spell it alike. Counted once: half of the notes may bear
        it, and each of them asks."""
        found = self._spellings.get(claim)
        if found is None:
            bearers = self.bearers(claim)
            first = {bearer.spelling: bearer.path for bearer in reversed(bearers)}
            counts = Counter(bearer.spelling for bearer in bearers) if len(first) > 1 else {}
            found = self._spellings[claim] = {name: Spelling(n, first[name]) for name, n in counts.items()}
        return found

    def aliases(self) -> Iterator[tuple[str, Sequence[str]]]:
        """All aliases, in lower case, with the paths of the notes that bear them."""
        for claim, bearers in self._bearers.items():
            if claim.startswith(_ALIAS):
                yield claim.removeprefix(_ALIAS), [bearer.path for bearer in bearers]


def alias_claim(name: str) -> str:
    """What two spellings of an alias share."""
    return f"{_ALIAS}{normalize_path(name).lower()}"


def tag_claim(tag: str) -> str:
    """What tags share that are probably one."""
    return f"tag:{bucket(tag)}"


def is_speakable(path: str) -> bool:
    """Whether references to the file at `path` are claimed: none that holds a line end or a tab is."""
    return not _BREAKS.search(path)


def link_claim(name: str) -> str:
    """What references share that may lead to files of one name, which is said by its `name_key`."""
    return f"link:{name.removeprefix('name:')}"


def claims_of(note: Note, links: bool = False) -> tuple[str, ...]:
    """What `note` claims, sorted; what it refers to only when `links` are wanted. What holds a line end or a tab is
    left out: no link and no tag does."""
    found = [_tag_claim(name) for name in {tag.name for tag in note.tags}]
    if note.front_matter is not None:
        for one in note.front_matter.properties:
            kind = _KINDS.get(one.key.lower())
            if kind is not None:
                found += property_claims(note, kind)
    if links:
        found += _link_claims(note)
    return tuple(sorted(set(found)))


@lru_cache(maxsize=65536)
def _tag_claim(name: str) -> str:
    return f"{tag_claim(name)}\t{name}"


def property_claims(note: Note, kind: Kind) -> dict[str, str]:
    """The claims of that kind that `note` makes in its property `kind.key`, each with the text as it is written."""
    if note.front_matter is None:
        return {}
    if kind is Kind.ALIAS:
        texts = {alias_claim(name): name for name in aliases(note.front_matter)}
    else:
        written = note.find_property(kind.key)
        value = written.value if written and isinstance(written.value, str) else ""
        texts = {f"{kind}:{value.strip()}": value} if value.strip() else {}
    return {claim: text for claim, text in texts.items() if not _BREAKS.search(claim)}


def _link_claims(note: Note) -> Iterable[str]:
    from vaultkit.linting.reached import names_of, written  # few rules ask for it
    from vaultkit.vault.references import references

    for reference in set(references(note)):
        text = written(reference)
        if not _BREAKS.search(text):
            yield from (f"{link_claim(name)}\t{text}" for name in names_of(reference, note.path))


def claims_in(notes: Mapping[str, Note], boards: Mapping[str, Note] = {}, links: bool = False) -> Claims:
    """The claims of `notes` and `boards`, by path, which are read when one is asked for; `links` as for `claims_of`."""
    return Claims(lambda: ((path, claims_of(note, links)) for files in (notes, boards) for path, note in files.items()))


class Changes:
    """Claims that came or went."""

    def __init__(self) -> None:
        self._bearers: dict[str, set[Bearer]] = {}

    def add(self, path: str, before: Iterable[str], after: Iterable[str]) -> None:
        """The note at `path` claimed what stands in `before`, and now claims what stands in `after`."""
        for claim in set(before).symmetric_difference(after):
            key, _, spelling = claim.partition("\t")
            self._bearers.setdefault(key, set()).add(Bearer(path, spelling))

    def aliases(self) -> list[str]:
        """The aliases that came or went, in lower case."""
        return [claim.removeprefix(_ALIAS) for claim in self._bearers if claim.startswith(_ALIAS)]

    def told(self, now: Claims) -> set[str]:
        """The keys of `Context.asked` that may have another answer, now that all claims are these."""
        return _told((claim, bearers.union(now.bearers(claim))) for claim, bearers in self._bearers.items())


def strangers_key(claim: str) -> str:
    """The key of `Context.asked` under which notes that do not make the claim themselves ask for it."""
    return f"?{claim}"


def _told(claims: Iterable[tuple[str, Collection[Bearer]]]) -> set[str]:
    """The keys about changed claims: the strangers', and the bearers' when one is to be told of the others."""
    keys = set()
    for claim, bearers in claims:
        keys.add(strangers_key(claim))
        if len({spelling or path for path, spelling in bearers}) > 1:
            keys.add(claim)
    return keys
