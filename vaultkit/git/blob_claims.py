"""What the notes of the index or of a tree say of themselves and refer to (`claims`), found without reading them all.

A blob never changes, so what stands in it is read once and kept by its id, in the cache of the vault. Nothing depends
on whether something was kept; a commit of ten notes then reads ten notes. Knows no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from vaultkit.git.blobs import Blobs
from vaultkit.linting.claims import Bearer, Claims, claims_of
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

    @property
    def ids(self) -> Iterable[str]:
        """The blobs that are known."""
        return (key.partition("\t")[0] for key in self.keys)

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

    @property
    def is_quick(self) -> bool:
        """Whether at most few notes must be read before anything can be said."""
        return len(set(self._ids.values()).difference(self._kept.ids)) <= _FEW

    def bearers(self, claim: str) -> Sequence[Bearer]:
        """Who bears `claim`, which is without a spelling, in order of their paths."""
        found = self._found.get(claim)
        if found is None:
            paths = self._paths
            found = sorted(
                Bearer(path, spelling) for key, spelling in self._kept.find(claim) for path in paths.get(key, ())
            )
            self._found[claim] = found
        return found

    @cached_property
    def _paths(self) -> Mapping[str, Sequence[str]]:
        """By key of a row, where it is said."""
        self._kept.learn(self._ids)
        last = {id_: path for path, id_ in self._ids.items()}
        out = {id_: [path] for id_, path in last.items()}
        if len(last) < len(self._ids):
            for path, id_ in self._ids.items():
                if last[id_] != path:
                    out[id_].append(path)
        for key in self._kept.keys:
            if "\t" in key:
                id_, _, path = key.partition("\t")
                if self._ids.get(path) == id_:
                    out[key] = [path]
        return out

    def _all(self) -> Iterable[tuple[str, Iterable[str]]]:
        paths = self._paths
        return [(path, claims) for key, claims in self._kept for path in paths.get(key, ()) if claims != [""]]
