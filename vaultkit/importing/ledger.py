"""What was imported before: one sorted line per note and source, and the imported texts, by content.

Knows the records in `.vaultkit/`; decides nothing (`plan`) and writes nothing (`apply`). Identity travels in the note;
what stands here are the texts to compare with, the last known path, and what the user deleted.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import NamedTuple

from vaultkit.errors import NewerError
from vaultkit.importing.note_id import ID
from vaultkit.vault.files import STATE

VERSION = 1
KEPT_BASES = 4
_ID_LINE = re.compile(rf"^{ID}:[^\n]*\n".encode(), re.M)
_line = json.JSONEncoder(ensure_ascii=False).encode
_STATES = ("live", "deleted", "detached", "orphan", "gone")


class Asset(NamedTuple):
    """An attachment: where in the vault it was copied to, or found, and the SHA-256 of the export's bytes."""

    path: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One note of one source. `bases`: hashes of the last imported texts, newest first."""

    id: str
    path: str
    bases: tuple[str, ...]
    origin: str = ""
    """Name of the export file it was last read from."""
    kind: str = ""
    """What the entry is (`paper`): whether its title may be mentioned in other texts."""
    state: str = "live"
    """live; deleted: the user deleted the note; detached: the user took the id away; orphan: the source has it no more,
    but the user edited it; gone: the source has it no more, and the note went to the trash."""
    assets: tuple[Asset, ...] = ()
    """Its attachments, so that one the user deleted does not come back."""
    names: tuple[str, ...] = ()
    """Addresses of a page, which its note does not hold: texts imported later link to it by them."""
    unlinked: str = ""
    """Of the newest text, a hash as it was before its references became links: whether the source said anything new."""
    pending: tuple[str, ...] = ()
    """By which names the newest text mentions notes that are not here yet (`Linked.waiting`)."""
    formerly: tuple[str, ...] = ()
    """As `Entry.formerly`: by these, exports that know less mean this note."""
    detail: int = 0
    """As `Entry.detail`, of the form that was imported."""

    @property
    def is_followed(self) -> bool:
        """Whether its note was there when it was last looked for."""
        return self.state in ("live", "orphan")

    def saying(self, **fields: object) -> Record:
        """The record with other `fields`; itself where it says the same already, as nearly all do of an import that was
        done before."""
        same = all(getattr(self, name) == value for name, value in fields.items())
        return self if same else replace(self, **fields)  # type: ignore[arg-type]

    def with_base(self, digest: str) -> Record:
        """The record with `digest` as its newest text."""
        rest = tuple(base for base in self.bases if base != digest)
        return self if self.bases[:1] == (digest,) else replace(self, bases=(digest, *rest)[:KEPT_BASES])


def canonical(data: bytes) -> bytes:
    """The text that is compared: no byte order mark, LF, without the id; so autocrlf is no edit."""
    text = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    end = text.find(b"\n---", 3)
    head = text[: end + 1] if end > 0 else text
    return _ID_LINE.sub(b"", head, count=1) + text[len(head) :]


def digest(data: bytes) -> str:
    """Name of a canonical text in the store."""
    return hashlib.sha256(canonical(data)).hexdigest()


def base_path(name: str) -> str:
    """Vault path of a stored text."""
    return f"{STATE}/base/{name[:2]}/{name[2:]}.z"


def pack(data: bytes) -> bytes:
    """A text as it is stored."""
    return zlib.compress(data, 6)


def unpack(data: bytes) -> bytes:
    """A stored text; empty when the object is damaged (it then counts as missing)."""
    try:
        return zlib.decompress(data)
    except zlib.error:
        return b""


def ledger_path(source: str) -> str:
    """Vault path of the records of `source`."""
    return f"{STATE}/sources/{source}.jsonl"


def ledger_names(paths: Iterable[str]) -> list[str]:
    """The sources that have records, by the names of the files in the folder of the records."""
    return sorted(path.removesuffix(".jsonl") for path in paths if path.endswith(".jsonl"))


@dataclass(frozen=True, slots=True)
class Ledger:
    """The records of one source by id, the lines of its file that could not be read, and the file itself, if any."""

    records: dict[str, Record]
    damaged: tuple[bytes, ...] = ()
    data: bytes | None = None


def read_ledger(read: Callable[[str], bytes | None], source: str) -> Ledger:
    """The records of `source`. Raises NewerError; damaged lines cost only themselves (the note's own
    id and text then decide)."""
    data = read(ledger_path(source))
    out: dict[str, Record] = {}
    damaged = []
    for number, line in enumerate((data or b"").splitlines(), 1):
        try:
            value = json.loads(line)
            if number == 1 and "version" in value:
                if value["version"] > VERSION:
                    raise NewerError(ledger_path(source), value["version"])
                continue
            record = Record(
                id=str(value["id"]),
                path=str(value["path"]),
                bases=tuple(map(str, value["bases"])),
                origin=str(value.get("origin", "")),
                kind=str(value.get("kind", "")),
                state=value.get("state", "live") if value.get("state") in _STATES else "live",
                assets=tuple(map(_asset, value.get("assets", ()))),
                names=tuple(map(str, value.get("names", ()))),
                unlinked=str(value.get("unlinked", "")),
                pending=tuple(map(str, value.get("pending", ()))),
                formerly=tuple(map(str, value.get("formerly", ()))),
                detail=int(value.get("detail", 0)),
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            damaged.append(line)
            continue
        out[record.id] = record
    return Ledger(out, tuple(damaged), data)


def _asset(value: object) -> Asset:
    """A path alone, or with its digest."""
    return Asset(value) if isinstance(value, str) else Asset(*map(str, value))  # type: ignore[call-overload]


def write_ledger(records: Iterable[Record]) -> bytes:
    """The file for `records`, which come sorted by id: a version line, then one line each."""
    out = BytesIO()
    out.write(json.dumps({"version": VERSION}).encode() + b"\n")
    for record in records:
        value: dict[str, object] = {"id": record.id, "path": record.path, "bases": list(record.bases)}
        for key in ("origin", "kind", "unlinked"):
            if text := getattr(record, key):
                value[key] = text
        if record.state != "live":
            value["state"] = record.state
        for key in ("assets", "names", "pending", "formerly"):
            if items := getattr(record, key):
                value[key] = list(items)
        if record.detail:
            value["detail"] = record.detail
        out.write(_line(value).encode() + b"\n")
    return out.getvalue()


def taken_back(path: str, now: bytes, before: bytes, after: bytes, left: Collection[str]) -> bytes | None:
    """The ledger at `path` as if the import that made `after` of `before` had not been: later lines stay, and those of
    notes that are `left` (paths). Empty: it holds nothing any more. None: `path` is no ledger."""
    if not path.startswith(f"{STATE}/sources/") or not path.endswith(".jsonl"):
        return None
    lines, was, became = _by_id(now), _by_id(before), _by_id(after)
    for id_, (line, note) in became.items():
        if lines.get(id_, ("", ""))[0] == line and was.get(id_, ("", ""))[0] != line and note not in left:
            if id_ in was:
                lines[id_] = was[id_]
            else:
                del lines[id_]
    for id_, (line, note) in was.items():
        if id_ not in became and id_ not in lines and note not in left:  # another id had taken its place
            lines[id_] = (line, note)
    if not lines:
        return b""
    head = now.splitlines(keepends=True)[0].decode("utf-8", "surrogateescape")
    return "".join([head, *(lines[id_][0] for id_ in sorted(lines))]).encode("utf-8", "surrogateescape")


def _by_id(data: bytes) -> dict[str, tuple[str, str]]:
    """The lines of a ledger, with the path of the note; one that is damaged goes by its own text."""
    out = {}
    for raw in data.splitlines(keepends=True)[1:]:  # of bytes: a name may hold U+2028, where a text would be cut
        line = raw.decode("utf-8", "surrogateescape")
        try:
            value = json.loads(line)
            out[str(value["id"])] = (line, str(value["path"]))
        except (ValueError, KeyError, TypeError, RecursionError):
            out[f"\U0010ffff{line}"] = (line, "")
    return out
