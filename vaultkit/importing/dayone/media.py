"""The photos, films, sounds and PDFs of an export: which file is meant by an identifier.

An entry may show a photo that is listed in another entry, so all of an export are gathered first. Files are called by
their MD5, in a folder for each kind; of some records the MD5 or the type is missing, of some the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from vaultkit.importing.entry import Attachment
from vaultkit.importing.export import Export
from vaultkit.vault.names import safe_name

FOLDERS = {"photos": "photos", "videos": "videos", "audios": "audios", "pdfAttachments": "pdfs"}
"""The folder of each list of an entry."""
_LIKELY = {
    "photos": ("jpeg", "jpg", "png", "heic", "gif", "webp"),
    "videos": ("mp4", "mov"),
    "audios": ("m4a", "mp3", "aac", "wav"),
    "pdfAttachments": ("pdf",),
}
_NAMED = {"audios": "title", "pdfAttachments": "pdfName"}
"""What people gave a name to; photos are called by their MD5."""


class Medium(NamedTuple):
    """What an entry lists. `name`: what people call it, "" for nothing."""

    kind: str
    md5: str
    extension: str
    name: str


class Media:
    """What the journals in one folder of an export list, by identifier."""

    def __init__(self, export: Export, folder: PurePosixPath) -> None:
        self._export = export
        self._folder = folder
        self._known: dict[str, Medium] = {}
        self._files = {
            (file.path.parent.name, file.path.stem.lower()): file.path
            for file in (export.files if export.is_folder else ())
            if file.path.parent.parent == folder
        }
        self.used: set[PurePosixPath] = set()

    def add(self, record: Mapping[str, object]) -> None:
        """Take in what a record of an entry lists."""
        for kind in FOLDERS:
            for id_, one in listed(record, kind):
                self._known.setdefault(id_, medium(one, kind))

    def attachment(self, identifier: str) -> Attachment | None:
        """The file of an identifier, be it there or not; None when nothing says which it would be."""
        found = self._known.get(identifier.upper())
        if found is None:
            return None
        path = self._path(found, found.md5 or identifier)
        if path is None:
            return None
        self.used.add(path)
        name = safe_name(PurePosixPath(found.name).stem) + path.suffix if found.name else path.name
        return Attachment(name, str(path))

    def unused(self) -> tuple[PurePosixPath, ...]:
        """The files of the export that no entry showed, in order."""
        there = (path for (folder, _), path in self._files.items() if folder in FOLDERS.values())
        return tuple(sorted(path for path in there if path not in self.used))

    def _path(self, medium: Medium, stem: str) -> PurePosixPath | None:
        """Where the file is, whatever its type is called; else where it should be."""
        folder = FOLDERS[medium.kind]
        if there := self._files.get((folder, stem.lower())):
            return there
        extensions = [one for one in (medium.extension, *_LIKELY[medium.kind]) if one]
        paths = [self._folder / folder / f"{stem}.{extension}" for extension in extensions]
        if not self._export.is_folder:
            there = next((path for path in paths if self._export.find(str(path))), None)
        return there or (paths[0] if medium.md5 else None)


def listed(record: Mapping[str, object], kind: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The photos, or what `kind` is, that a record lists, by identifier, in the order in which the entry shows them."""
    items = record.get(kind)
    found = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
    for one in sorted(found, key=_order):
        if isinstance(id_ := one.get("identifier"), str) and id_:
            yield id_.upper(), one


def medium(one: Mapping[str, object], kind: str) -> Medium:
    """What a record of the list `kind` says of its file."""
    extension = _text(one, "type")  # of sounds there is only `format`, which is how they are packed: `aac`
    name = _text(one, _NAMED[kind]) if kind in _NAMED else ""
    return Medium(kind, safe_name(md5) if (md5 := _text(one, "md5")) else "", extension.lstrip(".").lower(), name)


def _text(one: Mapping[str, object], key: str) -> str:
    value = one.get(key)
    return value.strip() if isinstance(value, str) else ""


def _order(one: Mapping[str, object]) -> float:
    order = one.get("orderInEntry")
    return order if isinstance(order, int | float) else 0
