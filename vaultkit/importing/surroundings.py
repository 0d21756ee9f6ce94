"""What an import finds in the vault: which notes bear an id, and by which names texts may call them.

Knows the parts of a note that this depends on, and that nothing else in the vault's notes does: the front matter, and
the ids of an issue's comments. Decides nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from vaultkit.importing.calling import Call, Names, Target, is_called
from vaultkit.importing.entry import Kind
from vaultkit.importing.ledger import Ledger, Record, base_path, digest, ledger_names, read_ledger, unpack
from vaultkit.importing.merge.lines import BOM
from vaultkit.importing.note_id import ID, identified
from vaultkit.importing.open_conflicts import FOLDER as CONFLICTS
from vaultkit.importing.open_conflicts import OpenConflicts, read_all_open
from vaultkit.importing.succession import whole_name
from vaultkit.vault.files import STATE
from vaultkit.vault.frontmatter import aliases, aliases_among
from vaultkit.vault.names import Kind as FileKind
from vaultkit.vault.names import kind_of
from vaultkit.vault.properties_block import front_matter_end
from vaultkit.vault.tree import Vault
from vaultkit.vault.yaml_simple import simple_values

_MAY_BEAR = f"{ID}:".encode()
_SAID = (ID, "aliases", "url")
_COMMENT = re.compile(rb"\^(comment-[0-9A-Za-z]+)[ \t\r]*$", re.M)
_SHORT_NAME = re.compile(r"[^/\s]+/(?=[^/\s]+/[^/\s]+#\d+\Z)")
"""The host in `git.example.org/owner/repo#12`; texts leave it out."""


def read_ledgers(vault: Vault, sources: Iterable[str] = ()) -> dict[str, Ledger]:
    """The records of all sources that have some, and of `sources`, by name, sorted. Raises NewerError."""
    folder = vault.root / STATE / "sources"
    there = ledger_names(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return {name: read_ledger(vault.read, name) for name in sorted({*sources, *there})}


def read_base(read: Callable[[str], bytes | None], name: str) -> bytes:
    """The imported text with the digest `name`; empty: it is not there, or damaged."""
    text = unpack(read(base_path(name)) or b"")
    return text if text and digest(text) == name else b""


def last_text(record: Record, read: Callable[[str], bytes | None]) -> bytes:
    """The text that was imported last for a record; empty when there is none, or it is lost or damaged."""
    return read_base(read, record.bases[0]) if record.bases else b""


def read_open_conflicts(vault: Vault) -> dict[str, OpenConflicts]:
    """What earlier imports left open, by id."""
    folder = vault.root / CONFLICTS
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return read_all_open(names, vault.read)


class Bearer(NamedTuple):
    """All of a note that may bear an id on which other notes' texts depend."""

    path: str
    head: bytes
    """The front matter with its fences, without a byte order mark."""
    comments: tuple[bytes, ...]
    """The block ids of comments: `comment-7`."""


def bearers(vault: Vault) -> list[Bearer]:
    """The notes of the vault that may bear an id, in order."""
    return [one for path in vault.files if kind_of(path) is FileKind.NOTE for one in _bearer(path, vault.read(path))]


def _bearer(path: str, data: bytes | None) -> Iterator[Bearer]:
    if data is None or _MAY_BEAR not in data[:65536]:
        return
    data = data.removeprefix(BOM)
    if end := front_matter_end(data):
        yield Bearer(path, data[:end], tuple(_COMMENT.findall(data)))


def mark(found: Iterable[Bearer]) -> bytes:
    """A hash that is the same exactly when `known` makes the same of the notes."""
    out = hashlib.sha256()
    for bearer in found:
        for part in (bearer.path.encode("utf-8", "surrogatepass"), bearer.head, b" ".join(bearer.comments)):
            out.update(b"%d " % len(part) + part)
    return out.digest()


class Called(NamedTuple):
    """What texts may call one note of the vault."""

    id: str
    names: tuple[str, ...]
    titles: tuple[str, ...]
    """That may be mentioned in prose."""
    url: str
    comments: tuple[bytes, ...]
    """The block ids of comments, whose addresses begin with `url`."""

    def each(self) -> Iterator[Call]:
        """All of it name by name."""
        target = Target(self.id)
        for name in self.names:
            yield target, name, False
        for title in self.titles:
            yield target, title, True
        for comment in self.comments:
            block = comment.decode()
            yield Target(self.id, f"#^{block}"), f"{self.url}#issue{block}", False


def known(
    found: Iterable[Bearer], records: Mapping[str, Record], was: Mapping[str, str] = MappingProxyType({})
) -> tuple[dict[str, tuple[str, ...]], list[Called]]:
    """The paths of the notes that bear an id, by id, and what texts may call each of them. `was`: by new ids the old
    ones, which the notes still bear (`succession`)."""
    now = {whole_name(name, id_).partition("/")[2]: id_ for id_, one in records.items() for name in one.formerly}
    succeeded = {old: new for new, old in was.items()}
    paths: dict[str, tuple[str, ...]] = {}
    called: list[Called] = []
    for path, head, comments in found:
        id_, held, url = _said(head)
        if not id_:
            continue
        if id_ not in records:  # a note that came back from a time before it had a better id bears the old one
            id_ = succeeded.get(id_) or now.get(id_) or now.get(id_.partition("/")[2], id_)
        paths[id_] = (*paths.get(id_, ()), path)
        record = records.get(id_)
        is_paper = record is not None and record.kind == Kind.PAPER
        names = [*(record.names if record else ()), *(() if is_paper else held)]
        if is_paper and "#" in id_:  # one that is kept as an issue
            names += [key := id_.partition("/")[2], _SHORT_NAME.sub("", key)]
        names += [_SHORT_NAME.sub("", alias) for alias in held if _SHORT_NAME.match(alias)]
        names += [url] if url else ()
        titles = tuple(held) if is_paper else ()
        called.append(Called(id_, tuple(filter(is_called, names)), titles, url or "", () if url is None else comments))
    return paths, called


def names_of(called: Iterable[Called]) -> Names:
    """The names by which texts may call the notes."""
    names = Names()
    for one in called:
        for target, name, citation in one.each():
            names.add(target, (name,), citation=citation)
    return names


def _said(head: bytes) -> tuple[str, list[str], str | None]:
    """The id, the aliases and the address in a front matter. The id is empty where it has none."""
    plain = head.startswith(b"---\n") and head.endswith(b"\n---\n")
    if plain and (said := simple_values(head[4:-4], _SAID)) is not None:
        id_, held, url = said.get(ID), aliases_among(said.items()), said.get("url")
    else:
        id_, block = identified(head)
        held = aliases(block)
        url = next((p.value for p in block.properties if p.key == "url"), None) if block else None
    return id_ if isinstance(id_, str) else "", held, url if isinstance(url, str) else None
