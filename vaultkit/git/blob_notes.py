"""Notes of the index or of a tree, parsed from their blobs when they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from vaultkit.git.blobs import AT_ONCE, Blobs
from vaultkit.vault.board import read_file
from vaultkit.vault.note import Note


class BlobNotes(Mapping[str, Note]):
    """Notes, canvases and bases by vault path, each read and parsed when it is first asked for: a commit touches few of
    thousands."""

    def __init__(self, blobs: Blobs, ids: Mapping[str, str]) -> None:
        """`ids`: the blob id of each note, by vault path."""
        self._blobs = blobs
        self._ids = ids
        self._parsed: dict[str, Note] = {}
        self._expected: list[str] = []
        self._at: dict[str, int] = {}
        self._data: dict[str, bytes] = {}

    def expect(self, paths: Iterable[str]) -> None:
        """These will be asked for, mostly in this order: they are read a hundred at a time."""
        self._expected = [path for path in paths if path in self._ids]
        self._at = {path: at for at, path in enumerate(self._expected)}

    def __getitem__(self, path: str) -> Note:
        note = self._parsed.get(path)
        if note is None:
            note = self._parsed[path] = read_file(path, self._read(path))
        return note

    def _read(self, path: str) -> bytes:
        at = self._at.get(path, -1)
        if at < 0:
            return self._blobs.read(self._ids[path])
        if path not in self._data:
            some = self._expected[at : at + AT_ONCE]
            self._data.update(zip(some, self._blobs.read_all([self._ids[one] for one in some]), strict=True))
        return self._data.pop(path)

    def __contains__(self, path: object) -> bool:
        return path in self._ids  # without reading it

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)
