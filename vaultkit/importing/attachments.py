"""Files that an export's entries embed: where each is copied, and what its embed is called then.

A file is copied once; one with the same bytes that stands there already is used; a deleted one does not come back.
Plans only; `apply` writes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from vaultkit.errors import ExportError
from vaultkit.importing.apply import PlannedFile
from vaultkit.importing.entry import Entry, Notice, NoticeKind
from vaultkit.importing.export import Export
from vaultkit.importing.ledger import Record
from vaultkit.vault.names import extension, path_key, safe_name
from vaultkit.vault.tree import Vault

_EMBED = re.compile(r"!\[\[([^\[\]|\n]+)((?:\|[^\[\]\n]*)?)\]\]")


@dataclass(slots=True)
class Copies:
    """What to copy. By entry id: `names`, embeds as the source wrote them → as written here; `assets`, vault paths."""

    files: list[PlannedFile] = field(default_factory=list)
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    assets: dict[str, tuple[str, ...]] = field(default_factory=dict)
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
    taken = _Taken(vault, {path_key(path): path for path in vault.files})
    for id_, entry in entries.items():
        record = records.get(id_)
        place = f"{entry.origin}: {entry.place}"
        for attachment in entry.attachments:
            found = exports[id_].find(attachment.path) if id_ in exports else None
            try:
                data = found.data if found else None
            except ExportError as e:
                data = None
                out.notices.append(Notice(NoticeKind.FAILED, place, str(e)))
            if data is None:
                if found is None:
                    message = f"the file {attachment.path} is not in the export; its embed leads nowhere"
                    out.notices.append(Notice(NoticeKind.WARNING, place, message))
                out.names.setdefault(id_, {})[attachment.name] = attachment.name
                continue
            path = taken.free(_folder(vault, paths[id_]), attachment.name, data)
            out.names.setdefault(id_, {})[attachment.name] = path.rsplit("/", 1)[-1]
            out.assets[id_] = (*out.assets.get(id_, ()), path)
            deleted = record is not None and path in record.assets
            if vault.read(path) is None and not deleted:
                out.files.append(PlannedFile(path, data))
    out.files = list({file.path: file for file in out.files}.values())
    return out


def rename(body: str, names: Mapping[str, str]) -> str:
    """`body` with its embeds under the names that their files got."""
    return _EMBED.sub(lambda m: f"![[{names.get(m[1], m[1])}{m[2]}]]", body) if names else body


def _folder(vault: Vault, note: str) -> str:
    """The setting: `/` the root, a folder, `./` beside the note, `./x` in a folder beside it."""
    setting = vault.settings.attachment_folder
    if setting.startswith("./"):
        return "/".join(filter(None, [note.rpartition("/")[0], setting[2:].strip("/")]))
    return setting.strip("/")


_EXTENSION = re.compile(r"[a-z0-9]{1,12}")
_OBSIDIANS_OWN = frozenset({"md", "canvas", "base"})
"""An export's file of such a name would be a note of the vault, with whatever runs in it."""
_STEM_BYTES = 170
"""Leaves room for a digest and an extension within the 255 bytes that a name may have."""


@dataclass(slots=True)
class _Taken:
    """What stands in the vault, and what was planned, by the key under which two names are one."""

    vault: Vault
    standing: Mapping[str, str]
    planned: dict[str, str] = field(default_factory=dict)
    """Path key → digest."""

    def free(self, folder: str, name: str, data: bytes) -> str:
        """The path for `data`: that of the same bytes if they are there, else a free one, told apart by content."""
        kind, digest = extension(name), _digest(data)
        if not _EXTENSION.fullmatch(kind):
            kind = ""
        base = safe_name(name[: -len(kind) - 1] if kind else name, _STEM_BYTES)
        kind = f".{kind}.txt" if kind in _OBSIDIANS_OWN else f".{kind}" if kind else ""
        path = ""
        for tried in (base, f"{base} {digest[:8]}", f"{base} {digest}"):
            path = "/".join(filter(None, [folder, tried + kind]))
            path = self.standing.get(path_key(path), path)
            there = self.vault.read(path)
            known = self.planned.get(path_key(path)) or (_digest(there) if there is not None else "")
            if known in ("", digest):
                break
        self.planned[path_key(path)] = digest
        return path


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
