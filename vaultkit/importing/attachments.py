"""Files that an export's entries embed: where each is copied, and what its embed is called then.

A file is copied once, whatever the export calls it: one with the same bytes that the vault holds already is used, also
where the user moved or renamed it. What the user deleted or changed is left so: the ledger knows the bytes that were
copied, and as long as the export still has the same, the copy is the user's. Plans only; `apply` writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from vaultkit.errors import ExportError
from vaultkit.importing.apply import PlannedFile
from vaultkit.importing.entry import Attachment, Entry, Notice, NoticeKind
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import MAX_BYTES, ExportFile, file_digest
from vaultkit.importing.ledger import Asset, Record
from vaultkit.vault.names import Kind, extension, kind_of, path_key, safe_name
from vaultkit.vault.tree import Vault

_EMBED = re.compile(r"!\[\[([^\[\]|\n]+)((?:\|[^\[\]\n]*)?)\]\]")
_NOT_NOTES = (Kind.ATTACHMENT, Kind.UNSUPPORTED)
_EXTENSION = re.compile(r"[a-z0-9]{1,12}")
_OBSIDIANS_OWN = frozenset({"md", "canvas", "base"})
"""An export's file of such a name would be a note of the vault, with whatever runs in it."""
_STEM_BYTES = 170
"""Leaves room for a number and an extension within the 255 bytes that a name may have."""


@dataclass(slots=True)
class Copies:
    """What to copy. By entry id: `places`, embeds as the source wrote them → vault paths (a name that is not in the
    export → itself); `assets`, what the ledger is to remember."""

    files: list[PlannedFile] = field(default_factory=list)
    places: dict[str, dict[str, str]] = field(default_factory=dict)
    assets: dict[str, tuple[Asset, ...]] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)


def plan(
    entries: Mapping[str, Entry],
    exports: Mapping[str, Export],
    paths: Mapping[str, str],
    vault: Vault,
    records: Mapping[str, Record],
) -> Copies:
    """The attachments of all `entries`, placed by the vault's own setting. One that cannot be read is a notice."""
    out = Copies()
    shelf = _Shelf(vault)
    for id_, entry in entries.items():
        recorded = records[id_].assets if id_ in records else ()
        for attachment in entry.attachments:
            place = f"{entry.origin}: {entry.place}"
            names = out.places.setdefault(id_, {})
            names[attachment.name] = attachment.name
            found = exports[id_].find(attachment.path) if id_ in exports else None
            try:
                if not (problem := _problem(found, attachment)) and found:
                    path, is_new = shelf.place(found, attachment.name, _folder(vault, paths[id_]), recorded)
                    names[attachment.name] = path
                    out.assets[id_] = (*out.assets.get(id_, ()), Asset(path, found.digest.hex()))
                    if is_new:
                        out.files.append(PlannedFile(path, found.load))
            except ExportError as e:
                out.notices.append(Notice(NoticeKind.FAILED, place, str(e)))
            else:
                if problem:
                    out.notices.append(Notice(NoticeKind.WARNING, place, problem))
    return out


def _problem(found: ExportFile | None, attachment: Attachment) -> str:
    if found is None:
        return f"the file {attachment.path} is not in the export; its embed leads nowhere"
    if found.size > MAX_BYTES:
        return f"the file {attachment.path} is too large to copy ({found.size} bytes); its embed leads nowhere"
    return ""


def rename(body: str, names: Mapping[str, str]) -> str:
    """`body` with its embeds under the names that their files got."""
    return _EMBED.sub(lambda m: f"![[{names.get(m[1], m[1])}{m[2]}]]", body) if names else body


class _Shelf:
    """The files of the vault that are no notes, and those of this run, by their bytes and by their names."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._sizes: dict[int, list[str]] | None = None
        self._digests: dict[str, bytes] = {}
        self._planned: dict[bytes, str] = {}
        self._taken = {path_key(path) for path in vault.files}
        self._numbers: dict[str, int] = {}

    def place(self, file: ExportFile, name: str, folder: str, recorded: tuple[Asset, ...]) -> tuple[str, bool]:
        """Where `file` is or is to be, and whether it has to be copied there. Raises ExportError."""
        if file.digest in self._planned:
            return self._planned[file.digest], False
        kind = extension(name)
        if not _EXTENSION.fullmatch(kind):
            kind = ""
        base = safe_name(name[: -len(kind) - 1] if kind else name, _STEM_BYTES)
        kind = f"{kind}.txt" if kind in _OBSIDIANS_OWN else kind
        wanted = "/".join(filter(None, [folder, f"{base}.{kind}" if kind else base]))
        copied = [asset.path for asset in recorded if asset.digest in (file.digest.hex(), "")]
        likely = [path for path in (wanted, *copied) if self._bytes(path) == file.digest]
        same = [*likely, *(self._same(file) if file.size else ())]  # that a file is empty tells nothing
        if same:
            path, is_new = min(same, key=lambda p: (p not in copied, p != wanted, not p.endswith(f"/{name}"), p)), False
        elif known := [asset.path for asset in recorded if asset.digest == file.digest.hex()]:
            path, is_new = known[0], False  # deleted, or changed by the user
        else:
            path = self._free(wanted, kind)
            is_new = path not in copied  # recorded without a digest: it was deleted
        self._planned[file.digest] = path
        self._taken.add(path_key(path))
        return path, is_new

    def _same(self, file: ExportFile) -> Iterator[str]:
        """The files of the vault that hold the same bytes; only those of the same size are read, each once."""
        if self._sizes is None:
            self._sizes = {}
            for path in self._vault.files:
                if kind_of(path) in _NOT_NOTES and (size := self._vault.size(path)) is not None:
                    self._sizes.setdefault(size, []).append(path)
        for path in self._sizes.get(file.size, ()):
            if self._bytes(path) == file.digest:
                yield path

    def _bytes(self, path: str) -> bytes:
        if path not in self._digests:
            self._digests[path] = file_digest(self._vault.read(path))
        return self._digests[path]

    def _free(self, wanted: str, kind: str) -> str:
        """`wanted`, or with a number when another file stands there: `pot 2.png`."""
        if not self._is_taken(wanted):
            return wanted
        start = wanted[: -len(kind) - 1] if kind else wanted
        number = self._numbers.get(path_key(wanted), 2)
        while self._is_taken(path := f"{start} {number}.{kind}" if kind else f"{start} {number}"):
            number += 1
        self._numbers[path_key(wanted)] = number + 1
        return path

    def _is_taken(self, path: str) -> bool:
        return path_key(path) in self._taken or self._vault.size(path) is not None


def _folder(vault: Vault, note: str) -> str:
    """The setting: `/` the root, a folder, `./` beside the note, `./x` in a folder beside it."""
    setting = vault.settings.attachment_folder
    if setting.startswith("./"):
        return "/".join(filter(None, [note.rpartition("/")[0], setting[2:].strip("/")]))
    return setting.strip("/")
