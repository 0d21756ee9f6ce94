"""The shortcut of an import that was done before: the digests of the texts that the same exports gave last time.

To make the texts of notes is nearly all the work of an import. They depend on

- the exports, byte for byte, and what the user chose, on the command line and in vaultkit.yaml;
- the program;
- of the vault: its settings, the paths of its files, the ledgers, and of the notes that bear an id what is in a
  `surroundings.Bearer`: their front matter and the ids of comments.

`key` is a hash of all that. At the end of an import the digests are kept under the key of the vault *as it is then*, if
the next import would surely make the same texts in it; when one comes with the same key it takes the digests, and
compares the notes with them as ever. So an edited note is noticed, and what is reported is what would be reported
without the shortcut. Anything else that was changed, added or removed gives another key, and the texts are made.

Nothing is kept of runs whose texts depend on more: on texts imported before (diaries and pages are known again by
them), on attachments, on other files of a folder. It is no shortcut to writing either: a note that is to be written, or
a stored text that is gone, needs the text, and then all are made.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from zlib import crc32

from vaultkit import __version__
from vaultkit.importing.batch import Opened
from vaultkit.importing.choices import Choices
from vaultkit.importing.entry import Notice, NoticeKind
from vaultkit.importing.ledger import Ledger, base_path, digest, unpack
from vaultkit.importing.making import Basis, Made, Texts, deleted, place_of
from vaultkit.importing.plan import PlannedNote
from vaultkit.importing.reference import Unresolved
from vaultkit.importing.surroundings import Bearer, Called, bearers, known, mark, read_ledgers
from vaultkit.importing.waiting import ready
from vaultkit.importing.wanted import Wanted
from vaultkit.vault import cache
from vaultkit.vault.tree import Vault

_PLACES = 16


def key(
    vault: Vault, opened: Sequence[Opened], ledgers: Mapping[str, Ledger], choices: Choices, found: Iterable[Bearer]
) -> bytes:
    """What the texts of a run depend on, as a hash; empty for exports of which nothing is kept. `ledgers`: of all
    sources. Raises ExportError."""
    if any(export.is_folder for one in opened for export in one.exports):
        return b""
    out = hashlib.sha256()
    exports = [
        (one.source.FORMAT, one.prefix, e.name, str(e.root), e.is_site, [(str(f.path), f.digest) for f in e.files])
        for one in opened
        for e in one.exports
    ]
    stored = [(name, hashlib.sha256(ledger.data or b"").digest()) for name, ledger in ledgers.items()]
    names = (choices.folders, choices.into, choices.note_name)
    chosen = (names, choices.kind_tags, choices.tags, choices.options, choices.trust_code)
    for part in (__version__, sys.version, _program(), exports, stored, chosen, vault.settings, vault.config_folder):
        out.update(repr(part).encode("utf-8", "surrogatepass") + b"\0")
    out.update(cache.join(vault.files) + b"\0" + mark(found))
    return out.digest()


def _program() -> list[tuple[str, int, int]]:
    """An installation may be replaced by another one of the same version."""
    out = []
    for folder, _, names in os.walk(Path(__file__).parents[1]):
        for path in (f"{folder}/{name}" for name in names if name.endswith(".py")):
            found = os.stat(path)  # noqa: PTH116
            out.append((path, found.st_mtime_ns, found.st_size))
    return sorted(out)


def recall(vault: Vault, opened: Sequence[Opened], key: bytes) -> Texts | None:
    """What was kept under `key` (empty: none); None: nothing. The texts themselves are not there."""
    record = cache.load(str(vault.root), _name(opened), 2)
    if record is None or not key or record.parts[0] != key:
        return None
    value = json.loads(bytes(record.parts[1]))
    return Texts(
        tuple(_wanted(*one) for one in value["wanted"]),
        tuple(Notice(NoticeKind(kind), *rest) for kind, *rest in value["notices"]),
        tuple(Unresolved(*one) for one in value["unresolved"]),
        {id_: tuple(paths) for id_, paths in value["known"].items()},
        tuple(value["carried"]),
        left=frozenset(value["left"]),
    )


def _wanted(id_: str, path: str, digest_: str, kind: str, origin: str, unlinked: str, pending: list[str]) -> Wanted:
    return Wanted(id_, path, digest_, kind, origin, unlinked=unlinked, pending=tuple(pending))


def remember(vault: Vault, opened: Sequence[Opened], choices: Choices, made: Made) -> None:
    """Keep what was `made`, in the vault as it was left, if the next import would surely make the same.

    Only for an import that wrote notes: one that has nothing to write must not write here either.
    """
    basis = made.basis
    if basis is None:
        return
    ledgers = read_ledgers(vault, (one.prefix for one in opened))
    records = {id_: record for ledger in ledgers.values() for id_, record in ledger.records.items()}
    found = bearers(vault)
    bearing, called = known(found, records)
    paths = {id_: there[0] for id_, there in bearing.items()}
    paths |= {one.id: place_of(one.id, records.get(one.id), bearing) for one in made.texts.wanted}
    digests = {one.id: one.digest for one in made.texts.wanted}
    if not (
        basis.is_settled
        and all(records[id_].bases[:1] == (digests[id_],) for id_ in made.texts.carried if id_ in records)
        and paths == basis.paths
        and calls_alike(called, basis)
        and deleted(digests, records, bearing, vault) == basis.nameless
        and {*vault.files, *paths.values()} == basis.files
        and not any(ready(records, basis.names, bearing, ()))
    ):
        return
    texts = replace(made.texts, known=bearing)
    value = {
        "wanted": [
            (one.id, one.path, one.digest, one.kind, one.origin, one.unlinked, one.pending) for one in texts.wanted
        ],
        "notices": [(one.kind, one.place, one.message, one.text) for one in texts.notices],
        "unresolved": [(one.id, one.text, one.why) for one in texts.unresolved],
        "known": texts.known,
        "carried": texts.carried,
        "left": sorted(texts.left),
    }
    said = key(vault, opened, ledgers, choices, found)
    if said:
        cache.save(str(vault.root), _name(opened), [said, json.dumps(value).encode()])


def calls_alike(called: Sequence[Called], basis: Basis) -> bool:
    """Whether the vault's notes, as texts may call them now, and the entries of the run give the names that the texts
    were made with. False says less: that it is not sure.

    The entries give theirs again. So it is enough that no note has lost a name, and that those of new and changed notes
    are among the names that there were.
    """
    before, after = set(basis.called), set(called)
    if [one for one in basis.called if one in after] != [one for one in called if one in before]:
        return False
    lost, new = before - after, [one for one in called if one not in before]
    if lost:
        ids = {one.id for one in lost}
        left = {call for one in called if one.id in ids for call in one.each()}
        if any(call not in left for one in lost for call in one.each()):
            return False
        new = list(called)  # to which of two places in one note a name leads, the first one tells
    return basis.names.lead(call for one in new for call in one.each())


def _name(opened: Sequence[Opened]) -> str:
    """Where to keep what these exports gave: in one of a few places, so that names that change by the day do not pile
    up."""
    names = repr(sorted(export.name for one in opened for export in one.exports))
    return f"import-{crc32(names.encode('utf-8', 'surrogatepass')) % _PLACES}"


def suffices(texts: Texts, notes: Sequence[PlannedNote], vault: Vault) -> bool:
    """Whether `notes`, planned with recalled `texts`, can be carried out without the texts themselves."""
    if any(note.is_written for note in notes):
        return False
    digests = {one.id: one.digest for one in texts.wanted}
    stored = [name for note in notes if note.record.bases[:1] == ((name := digests.get(note.id, "")),)]
    return all(os.path.exists(f"{vault.root}/{base_path(name)}") for name in stored) and all(  # noqa: PTH110
        digest(unpack(vault.read(base_path(digests[id_])) or b"")) == digests[id_] for id_ in texts.carried
    )
