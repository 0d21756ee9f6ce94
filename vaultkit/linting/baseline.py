"""Findings that the owner of a vault set aside: they are not told again, others are.

A finding is known by its rule, its note, its message and the text of its line, not by the line's number: what is
written elsewhere in the note changes nothing. The file is one line of JSON for each, so that git can merge it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import compress, groupby
from typing import Any, NamedTuple

from vaultkit.errors import UsageError
from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.linting.fingerprint import BASELINE
from vaultkit.linting.placed import Placed, placed
from vaultkit.vault.note import Note

VERSION = 1

Read = Callable[[str], bytes | None]
"""The bytes of the note at a path; None: it is not there any more."""


class Key(NamedTuple):
    """What is known of a finding besides its note. `line` is a hash of the line's text, without blanks around it."""

    rule: str
    message: str
    line: str


Known = Mapping[str, Mapping[Key, int]]
"""By path of the note: how many findings of each kind are set aside."""


def read_baseline(data: bytes) -> Known:
    """What stands in the file. Raises UsageError: it is damaged, or of a newer vaultkit."""
    out: dict[str, dict[Key, int]] = {}
    for number, line in enumerate(data.splitlines(), 1):
        try:
            value = json.loads(line)
            if number == 1:
                if value["version"] > VERSION:
                    raise UsageError(f"{BASELINE}: was written by a newer vaultkit; update it")
                continue
            key = Key(*(_text(value, name) for name in Key._fields))
            out.setdefault(_text(value, "path"), {})[key] = max(1, int(value.get("count", 1)))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as e:
            raise UsageError(f"{BASELINE}:{number}: cannot be read; take it back from git, or delete it") from e
    return out


def _text(value: Any, name: str) -> str:
    if not isinstance(value[name], str):
        raise TypeError(name)
    return str(value[name])


def write_baseline(known: Known) -> bytes:
    """The file; empty when nothing is set aside."""
    lines = []
    for path, keys in sorted(known.items()):
        for key, count in sorted(keys.items()):
            more = {"count": count} if count > 1 else {}
            lines.append(json.dumps({"path": path, **key._asdict(), **more}, ensure_ascii=False))
    text = "\n".join([json.dumps({"version": VERSION}), *lines, ""]) if lines else ""
    return text.encode("utf-8", "backslashreplace")


def new_ones(found: Iterable[Placed], known: Known, read: Read) -> list[Placed]:
    """Those of `found` that are not `known`, in order. Of several alike the first ones count as known."""
    out: list[Placed] = []
    for path, some in groupby(found, lambda one: one.path):
        if path not in known:
            out += some
            continue
        left = Counter(known[path])
        for key, one in keyed(list(some), read(path)):
            if left[key] > 0:
                left[key] -= 1
            else:
                out.append(one)
    return out


def new_diagnostics(found: Sequence[Diagnostic], known: Known, notes: Mapping[str, Note]) -> list[Diagnostic]:
    """The same for diagnostics in `notes`, by path."""
    told = list(placed(found, notes))
    new = {id(one) for one in new_ones(told, known, lambda path: notes[path].data if path in notes else None)}
    return list(compress(found, [id(one) in new for one in told]))


def shrunk(known: Known, found: Iterable[Placed], read: Read, in_scope: Callable[[str, str], bool]) -> Known:
    """`known` without what is not `found` any more; nothing is added. `in_scope`: whether findings of a note (path) and
    rule would be among `found`; all others stay."""
    now = taken(found, read)
    out: dict[str, dict[Key, int]] = {}
    for path, keys in known.items():
        here = now.get(path, {})
        counts = {
            key: min(count, here.get(key, 0)) if in_scope(path, key.rule) else count for key, count in keys.items()
        }
        if kept := {key: count for key, count in counts.items() if count}:
            out[path] = kept
    return out


def taken(found: Iterable[Placed], read: Read) -> Known:
    """All of `found` set aside."""
    return {
        path: Counter(key for key, _ in keyed(list(some), read(path)))
        for path, some in groupby(found, lambda one: one.path)
    }


def size(known: Known) -> int:
    """How many findings are set aside."""
    return sum(count for keys in known.values() for count in keys.values())


def keyed(found: Sequence[Placed], data: bytes | None) -> Iterator[tuple[Key, Placed]]:
    """Findings in one note, in order, with their keys. `data`: the bytes of the note; None: it is not there."""
    from hashlib import blake2b  # loads OpenSSL

    lines = (data or b"").split(b"\n")
    for one in found:
        text = b"" if one.is_about_note or one.line > len(lines) else lines[one.line - 1].strip()
        yield Key(one.rule, one.message, blake2b(text, digest_size=8).hexdigest()), one
