"""What the notes of the index or of a tree say of themselves and refer to (`claims`), found without reading them all.

A blob never changes, so what stands in it is read once and kept by its id, in the cache of the vault. Nothing depends
on whether something was kept; a commit of ten notes then reads ten notes. Knows no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from vaultkit.git.blobs import Blobs
from vaultkit.linting.claims import Bearer, Claims, Spelling, claims_of
from vaultkit.linting.fingerprint import program
from vaultkit.vault import cache
from vaultkit.vault.board import read_file
from vaultkit.vault.references import references

_NAME = "git-claims"
_FEW = 50
"""So many notes may be read anew by each run before they are kept."""


class KeptClaims:
    """The claims in blobs, as far as they are known.

    A row has a key: the id of the blob, and, where it matters where a note lies (`[[../x]]`), a tab and its path.
    """

    def __init__(self, blobs: Blobs, root: Path) -> None:
        """`root`: the folder of the vault, in whose cache they are kept; it need not be there."""
        self._blobs = blobs
        self._root = root
        self._version = repr(program()).encode()
        kept = cache.load(str(root), _NAME, 3)
        if kept is None or kept.parts[0] != self._version:
            self.keys: list[str] = []
            self.rows = b""
        else:
            self.keys = cache.split(kept.parts[1])
            self.rows = bytes(kept.parts[2])
        self._known = set(self.keys)
        self._kept = len(self.keys)

    def unknown(self, ids: Iterable[str]) -> set[str]:
        """Those of the blobs `ids` of which nothing is known."""
        unknown = set(ids).difference(self._known)
        return unknown.difference([key.partition("\t")[0] for key in self.keys if "\t" in key]) if unknown else unknown

    def learn(self, ids: Mapping[str, str]) -> None:
        """Read the notes that are not known. `ids`: the blob of each by path."""
        known = self._known
        unknown = set(ids.values()) - known
        new: dict[str, list[str]] = {}
        for path, id_ in ids.items() if unknown else ():
            if id_ in unknown and f"{id_}\t{path}" not in known:
                new.setdefault(id_, []).append(path)
        if not new:
            return
        rows = []
        for (id_, paths), data in zip(new.items(), self._blobs.read_all(new), strict=True):
            note = read_file(paths[0], data)
            if b".." in data and any(one.path.startswith("..") for one in references(note)):
                found = {f"{id_}\t{path}": read_file(path, data) for path in paths}
            else:
                found = {id_: note}
            self.keys += found
            rows += ["\n".join(("", *claims_of(note, links=True), "")) for note in found.values()]
        known.update(self.keys)
        self.rows = b"\0".join((self.rows, cache.join(rows)) if self.rows else (cache.join(rows),))
        if len(self.keys) - self._kept > _FEW and self._root.is_dir():
            self._keep(ids)

    def _keep(self, ids: Mapping[str, str]) -> None:
        """Without what is of no use here any more, once that is more than the rest: branches come and go."""
        keys, rows = self.keys, self.rows
        if len(keys) > 2 * len(ids):
            wanted = {*ids.values(), *(f"{id_}\t{path}" for path, id_ in ids.items())}
            pairs = [pair for pair in zip(keys, rows.split(b"\0"), strict=True) if pair[0] in wanted]
            keys, rows = [key for key, _ in pairs], b"\0".join([row for _, row in pairs])
        cache.save(str(self._root), _NAME, [self._version, cache.join(keys), rows])
        self._kept = len(self.keys)

    def find(self, claim: str) -> Iterator[tuple[str, str]]:
        """The keys of the rows in which `claim` stands, each with how it is spelled there."""
        rows = self.rows
        said = f"\n{claim}".encode("utf-8", "surrogatepass")
        row = done = 0
        at = rows.find(said)
        while at >= 0:
            end = at + len(said)
            if (behind := rows[end : end + 1]) in (b"\n", b"\t"):
                row += rows.count(b"\0", done, at)
                done = at
                spelling = rows[end + 1 : rows.find(b"\n", end)] if behind == b"\t" else b""
                yield self.keys[row], spelling.decode("utf-8", "surrogatepass")
            at = rows.find(said, end)

    def is_spelled_alike(self, claim: str) -> bool:
        """Whether all rows in which `claim` stands spell it in one way; False says nothing. Much faster than `find`:
        half of the notes may bear a tag."""
        said = f"\n{claim}\t".encode("utf-8", "surrogatepass")
        at = self.rows.find(said)
        first = self.rows[at : self.rows.find(b"\n", at + len(said)) + 1]
        return at < 0 or self.rows.count(said) == self.rows.count(first)

    def __iter__(self) -> Iterator[tuple[str, list[str]]]:
        """All rows."""
        for key, row in zip(self.keys, self.rows.split(b"\0"), strict=True) if self.keys else ():
            yield key, row.decode("utf-8", "surrogatepass").strip("\n").split("\n")


class BlobClaims(Claims):
    """Who bears what among some notes, canvases and bases; they are read when a claim is first asked for."""

    def __init__(self, kept: KeptClaims, ids: Mapping[str, str]) -> None:
        """`ids`: the blob of each by path."""
        super().__init__(self._all)
        self._kept = kept
        self._ids = ids
        self._found: dict[str, Sequence[Bearer]] = {}
        self._has_learnt = False

    @property
    def is_quick(self) -> bool:
        """Whether at most few notes must be read before anything can be said."""
        return len(self._kept.unknown(self._ids.values())) <= _FEW

    def bearers(self, claim: str) -> Sequence[Bearer]:
        """Who bears `claim`, which is without a spelling, in order of their paths."""
        found = self._found.get(claim)
        if found is None:
            self._learn()
            found = sorted(Bearer(path, spelling) for key, spelling in self._kept.find(claim) for path in self._at(key))
            self._found[claim] = found
        return found

    def spellings(self, claim: str) -> Mapping[str, Spelling]:
        """As `Claims` says."""
        self._learn()
        return {} if self._kept.is_spelled_alike(claim) else super().spellings(claim)

    def _learn(self) -> None:
        if not self._has_learnt:
            self._kept.learn(self._ids)
            self._has_learnt = True

    def _at(self, key: str) -> Sequence[str]:
        """Paths of the notes that say what the row of that key does."""
        id_, is_placed, path = key.partition("\t")
        if is_placed:
            return (path,) if self._ids.get(path) == id_ else ()
        return self._paths.get(id_, ())

    @cached_property
    def _paths(self) -> Mapping[str, Sequence[str]]:
        """By blob."""
        one_each = dict(zip(self._ids.values(), zip(self._ids, strict=True), strict=True))
        if len(one_each) == len(self._ids):
            return one_each
        out: dict[str, list[str]] = {id_: [] for id_ in one_each}
        for path, id_ in self._ids.items():
            out[id_].append(path)
        return out

    def _all(self) -> Iterable[tuple[str, Iterable[str]]]:
        self._learn()
        return [(path, claims) for key, claims in self._kept for path in self._at(key) if claims != [""]]
