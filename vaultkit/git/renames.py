"""Which files a commit renames: git stores no renames, so this is what can be told from what came and went.

In this order: a path that is spelled otherwise (case, normal form); the same bytes; the same `vaultkit-id`; likeness.
Of several files with the same bytes those belong together whose paths end alike. Knows git's raw differences and the
ids of notes; knows no links.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple

from vaultkit.git.plumbing import Repository
from vaultkit.git.tracked import EMPTY_BLOBS, StagedChange, staged_changes
from vaultkit.vault.names import Kind, kind_of, path_key

SURE = 70
"""From this likeness (per cent) on a rename is one. Of 150 pairs of unrelated notes git takes 1 for a rename at 70, 15
at 60, and 23 at 50; of 121 renamed notes with a new heading and alias it misses 1 at 70."""
_FEW = 20
"""Up to so many uncertain renames are looked at for copies."""


class Likely(NamedTuple):
    """Something that may be a rename: the file that went, and those of which each may be what it is now. `score`: the
    likeness in per cent."""

    old: str
    news: tuple[str, ...]
    score: int


class Renames(NamedTuple):
    """What a commit does to the names of files; all paths are those of the repository."""

    sure: Mapping[str, str]
    """Old path → new path."""
    likely: tuple[Likely, ...]
    came: frozenset[str]
    """Paths that were not there before, new names of renamed files among them."""
    went: frozenset[str]


class Pair(NamedTuple):
    """Two files that git finds alike, and how much, in per cent."""

    old: str
    new: str
    score: int


class Names(NamedTuple):
    """Files that came and went, as git tells it: path → id of the contents. `pairs`: those that it finds alike."""

    went: dict[str, str]
    came: dict[str, str]
    pairs: list[Pair]


def names_in(changes: Iterable[StagedChange]) -> Names:
    """What the `changes` do to the names of files; no submodules."""
    went, came, pairs = dict[str, str](), dict[str, str](), list[Pair]()
    for one in changes:
        old = one.old or one.path
        if one.kind in "DR" and one.before:
            went[old] = one.before.blob
        if one.kind in "AR" and one.after:
            came[one.path] = one.after.blob
        if one.kind == "R" and one.after:
            pairs.append(Pair(old, one.path, one.score))
    return Names(went, came, pairs)


def find_renames(repository: Repository, names: Names, read: Callable[[str], bytes]) -> Renames:
    """The renames among `names`. `read` gives the bytes of a blob."""
    came, went = frozenset(names.came), frozenset(names.went)
    search = _Search(names, read)
    search.respelled()
    search.equal()
    search.by_id()
    search.alike(lambda: _copies(repository))
    return Renames(search.sure, tuple(search.likely), came, went)


class _Search:
    """Pairs that are found one way after another; what is settled is out of the game."""

    def __init__(self, names: Names, read: Callable[[str], bytes]) -> None:
        self.sure: dict[str, str] = {}
        self.likely: list[Likely] = []
        self._went, self._came, self._pairs, self._read = dict(names.went), dict(names.came), names.pairs, read

    def _settle(self, old: str, new: str) -> None:
        self.sure[old] = new
        del self._went[old], self._came[new]

    def respelled(self) -> None:
        """Paths of which only case or normal form changed, whatever the contents."""
        for old, new in _matched(self._went, self._came, path_key):
            self._settle(old, new)

    def equal(self) -> None:
        """Files with the same bytes."""
        by_blob: dict[str, tuple[list[str], list[str]]] = {}
        for path, blob in self._went.items():
            by_blob.setdefault(blob, ([], []))[0].append(path)
        for path, blob in self._came.items():
            if blob in by_blob:
                by_blob[blob][1].append(path)
        for blob, (olds, news) in by_blob.items():
            if len(olds) == len(news) == 1 and blob not in EMPTY_BLOBS:
                self._settle(olds[0], news[0])
            elif news:
                self._same_ends(olds, news)

    def _same_ends(self, olds: list[str], news: list[str]) -> None:
        """Of several equal files, or empty ones, which say nothing of what they were, those whose paths end alike: more
        of it tells more."""
        deepest = max(path.count("/") for path in (*olds, *news)) + 1
        for depth in range(deepest, 0, -1):
            for old, new in _matched(olds, news, partial(_end, depth)):
                olds.remove(old)
                news.remove(new)
                self._settle(old, new)
        for old in olds if news else ():
            self.likely.append(Likely(old, tuple(news), 100))
            del self._went[old]
        for new in news if olds else ():
            del self._came[new]

    def by_id(self) -> None:
        """Notes that bear the same `vaultkit-id`, however much else changed; two with different ones are no pair."""
        olds = {path: self._id(path, blob) for path, blob in self._went.items()} if self._came else {}
        if not any(olds.values()):
            return
        news = {path: self._id(path, blob) for path, blob in self._came.items()}
        for old, new in _matched([p for p in olds if olds[p]], [p for p in news if news[p]], (olds | news).__getitem__):
            self._settle(old, new)
        self._pairs = [
            pair
            for pair in self._pairs
            if not (olds.get(pair.old) and news.get(pair.new) and olds[pair.old] != news[pair.new])
        ]

    def _id(self, path: str, blob: str) -> str:
        if kind_of(path) is not Kind.NOTE:
            return ""
        data = self._read(blob)
        if b"vaultkit-id" not in data:
            return ""
        from vaultkit.vault.parse import parse  # few notes that are renamed have one

        found = parse(path, data).find_property("vaultkit-id")
        return found.value.strip() if found and isinstance(found.value, str) else ""

    def alike(self, copies: Callable[[], list[Pair]]) -> None:
        """What git takes for renames. A file that came twice, renamed and copied, has two names that may be meant."""
        pairs = [pair for pair in self._pairs if pair.old in self._went and pair.new in self._came]
        others: dict[str, list[str]] = {}
        if 0 < len(pairs) <= _FEW and len(self._came) > len(pairs):
            for copy in copies():
                if copy.score >= SURE and copy.new in self._came:
                    others.setdefault(copy.old, []).append(copy.new)
        for pair in pairs:
            news = tuple(dict.fromkeys((pair.new, *others.get(pair.old, ()))))
            if pair.score >= SURE and len(news) == 1:
                self._settle(pair.old, pair.new)
            else:
                self.likely.append(Likely(pair.old, news, pair.score))


def _matched(olds: Iterable[str], news: Iterable[str], key: Callable[[str], str]) -> list[tuple[str, str]]:
    """The pairs that have a key which no other on their side has."""
    one, other = list(olds), list(news)
    counts = [Counter(map(key, side)) for side in (one, other)]
    by_key = {key(new): new for new in other}
    return [
        (old, by_key[key(old)]) for old in one if key(old) in by_key and all(count[key(old)] == 1 for count in counts)
    ]


def _end(depth: int, path: str) -> str:
    """The last `depth` names of a path as lookup compares them; the path is told by itself where it has fewer."""
    names = path_key(path).split("/")
    return "/".join(names[-depth:]) if len(names) >= depth else f"\0{path}"


def _copies(repository: Repository) -> list[Pair]:
    """Pairs of files that went and files that came, where one that went may be in several."""
    return [Pair(one.old, one.path, one.score) for one in staged_changes(repository, f"-C{SURE}%") if one.old]
