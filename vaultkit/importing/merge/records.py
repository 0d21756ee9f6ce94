"""vaultkit's own records, when two branches both changed them, merged by what they are about; there are never markers.

A line of a ledger by its id, one of the linter's baseline by the finding it sets aside, and in it field by field; an
open conflict by its id; a stored text is named by what it holds, so whichever side has it whole is right. Where both
sides say something else of one field, that of the newer text counts: a record that knows the other's newest text has
seen more. Damaged lines go by their own text. Every field is kept, also those that this version does not know. Pure;
works on records as they are written, not as they are read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from vaultkit.importing.ledger import KEPT_BASES, digest, unpack

_MISSING: Any = object()
_UNITED = ("assets", "names")
"""Fields that are sets: what either side added is there, what either took away is not."""
_BASELINE = "lint-baseline.jsonl"
_FINDING = ("path", "rule", "message", "line")
"""What a finding that is set aside is known by, in the order of the file."""
_LAST = "\U0010ffff"
"""Sorts lines that are no records behind those that are, as in a ledger."""


def merge_records(path: str, base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """The file at `path`, merged; None: it is none of those, or not to be read."""
    folder, _, name = f"/{path}".rpartition("/.vaultkit/")[2].partition("/")
    if (folder == "sources" and name.endswith(".jsonl")) or (folder, name) == (_BASELINE, ""):
        return merge_ledgers(base, ours, theirs)
    if folder == "conflicts" and name.endswith(".json"):
        return merge_open_conflicts(base, ours, theirs)
    if folder == "base":
        wanted = name.replace("/", "").removesuffix(".z")
        return next((data for data in (ours, theirs) if data and digest(unpack(data)) == wanted), None)
    return None


def merge_ledgers(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """A ledger, or the baseline: records sorted by what they are known by. One that a side took away goes, unless the
    other changed it."""
    (version, old), (own_version, own), (new_version, new) = map(_records, (base, ours, theirs))
    lines = [json.dumps({"version": max(version, own_version, new_version)})]
    for id_ in sorted({*own, *new}):
        line = _merged_line(old.get(id_, ""), own.get(id_, ""), new.get(id_, ""))
        if line:
            lines.append(line)
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogateescape")


def _records(data: bytes) -> tuple[int, dict[str, str]]:
    """The version of a ledger, and its lines by id."""
    version, out = 1, {}
    for number, line in enumerate(data.decode("utf-8", "surrogateescape").split("\n")):
        line = line.removesuffix("\r")
        value = _object(line)
        known = _known_by(value) if value is not None else ""
        if known:
            out[known] = line
        elif number == 0 and value is not None and isinstance(value.get("version"), int):
            version = value["version"]
        elif line:
            out[_LAST + line] = line
    return version, out


def _known_by(value: Mapping[str, Any]) -> str:
    """What a record is known by; empty: it is none."""
    names = ("id",) if "id" in value else _FINDING
    parts = [part for name in names if isinstance(part := value.get(name), str)]
    return "\0".join(parts) if len(parts) == len(names) else ""


def _object(line: str) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _merged_line(old: str, own: str, new: str) -> str:
    if own == new or new == old:
        return own
    if own == old or not own:
        return new
    before, mine, theirs = (_object(line) or {} for line in (old, own, new))
    return _written(_merged_record(before, mine, theirs)) if new else own


def _written(value: object, indent: int | None = None) -> str:
    """As JSON; bytes that are no UTF-8 stay what a reader makes of them."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent)
    return text


def _merged_record(old: Mapping[str, Any], own: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    texts, other_texts = _list(own, "bases"), _list(new, "bases")
    newer, older = (own, new)
    if texts[:1] != other_texts[:1] and texts[:1] and texts[0] in other_texts and other_texts[0] not in texts:
        newer, older = new, own
    out = {}
    for key in dict.fromkeys([*own, *new]):
        before, mine, theirs = (record.get(key, _MISSING) for record in (old, own, new))
        if key == "bases" and (texts or other_texts):
            value: Any = _newest_first(_list(newer, key), _list(older, key))
        elif mine == theirs or theirs == before:
            value = mine
        elif mine == before:
            value = theirs
        elif key in _UNITED:
            value = _united(_list(old, key), _list(newer, key), _list(older, key))
        else:
            value = newer.get(key, _MISSING)
        if value is not _MISSING:
            out[key] = value
    return out


def _list(record: Mapping[str, Any], key: str) -> list[Any]:
    value = record.get(key)
    return value if isinstance(value, list) else []


def _newest_first(newer: list[Any], older: list[Any]) -> list[Any]:
    """The newest texts of both sides first, then what came before them."""
    out: list[Any] = []
    for one in [*newer[:1], *older[:1], *newer[1:], *older[1:]]:
        if one not in out:
            out.append(one)
    return out[:KEPT_BASES]


def _united(old: list[Any], own: list[Any], new: list[Any]) -> list[Any]:
    kept = [one for one in own if one in new or one not in old]
    return kept + [one for one in new if one not in own and one not in old]


def merge_open_conflicts(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """The open conflicts of a note: what either side settled is settled. None when a side cannot be read."""
    texts = [text.decode("utf-8", "surrogateescape") for text in (base, ours, theirs)]
    old, own, new = _object(texts[0]) or {}, _object(texts[1]), _object(texts[2])
    if own is None or new is None:
        return None
    out = _merged_record(old, own, new)
    before, mine, others = ({one.get("id"): one for one in _dicts(value)} for value in (old, own, new))
    kept = [one for id_, one in mine.items() if id_ in others or id_ not in before]
    out["conflicts"] = kept + [one for id_, one in others.items() if id_ not in mine and id_ not in before]
    return (_written(out, 2) + "\n").encode()


def _dicts(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [one for one in _list(value, "conflicts") if isinstance(one, dict)]
