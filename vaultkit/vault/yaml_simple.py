"""Front matter as nearly every note has it, read without the YAML parser: `key: value`, and lists of such values.

Knows only what it is sure of: plain and quoted scalars on one line, `[flow, lists]`, lists of `- items`, blank lines
and comments that fill a line. For anything else it answers None and the parser of `yaml_core` has the word, which would
have read the same, to the byte, from whatever is read here. So there is no error to report, and no type to decide:
plain scalars are typed by `core_scalar`.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from vaultkit.vault.note import Property, PropertyValue, Scalar, Span
from vaultkit.vault.yaml_core import MAX_BYTES, YamlError, check_limits, core_scalar

# Alternatives begin with a literal where they can: then most of them are passed over without being tried.
_CONTROL = r"\x00-\x1f\x7f"
_INDICATOR = r"\-?:,\[\]{}#&*!|>'\"%@`"
_EOL = r"(?:\r?\n|\Z)"
_FILLER = rf"(?:\n|\r\n|  *+\r?\n|#[^{_CONTROL}]*+{_EOL})*+"  # blank lines, and comments from the first column on
_KEY = rf"([^{_CONTROL} .{_INDICATOR}][^{_CONTROL}:#]{{0,127}}+)(?<! ):"  # no `.` first: `... a` ends the document
_PLAIN = (
    rf"(?:[^{_CONTROL} {_INDICATOR}]|-(?=[^{_CONTROL} ]))[^{_CONTROL}:#]*+"
    rf"(?:(?::(?=[^{_CONTROL} ])|(?<! )#)[^{_CONTROL}:#]*+)*+"  # `12:30` and `C#`, but neither `a: b` nor `a #b`
)
_QUOTED = rf"\"[^\"\\{_CONTROL}]*+\" *+|'[^'{_CONTROL}]*+' *+"
_SCALAR = rf"(?:{_PLAIN}|{_QUOTED})"
_FLOW = rf"{_CONTROL}?:,\[\]{{}}#"
_FLOW_ITEM = rf"(?:(?:[^{_CONTROL} {_INDICATOR}]|-(?=[^{_FLOW} ]))[^{_FLOW}]*+|{_QUOTED})"
_FLOW_LIST = rf"\[ *+(?:{_FLOW_ITEM}(?:, *+{_FLOW_ITEM})*+)?+\] *+"
_REST_OF_ITEM = rf"(?: ++{_SCALAR}| *+){_EOL}"
_LIST = rf"{_FILLER}( *+)(-)(?: ++({_SCALAR})| *+){_EOL}((?:{_FILLER}\5-{_REST_OF_ITEM})*+)"

_new = tuple.__new__
"""Makes a named tuple without a call in between: there are properties by the hundred thousand."""
_properties = re.compile(
    rf"^({_KEY}(?: ++(?:({_SCALAR})|({_FLOW_LIST})){_EOL}| *+{_EOL}(?:{_LIST})?+))({_FILLER})", re.M
).findall
_filler = re.compile(_FILLER).match
_items = re.compile(r"^ *+-(?: ++([^\r\n]*+))?+", re.M).findall
_flow_items = re.compile(r"\"[^\"]*+\"|'[^']*+'|[^, \[\]][^,\[\]]*+").findall
_odd = re.compile(r"[\x80-\x9f\u2028\u2029\ufeff\ufffe\uffff]").search
"""Beyond ASCII, what is a line end (NEL, LS, PS) or not allowed in YAML."""

_NO_TEXT = frozenset("0123456789+-.~nNtTfF\"'")
"""What a scalar begins with that may be something else than its own text."""


def read_simple(block: bytes, offset: int = 0) -> tuple[Property, ...] | None:
    """The properties in the bytes between the fences, which begin at `offset` of the note; None when not sure.

    None says nothing about `block`: it may be invalid, empty, or just not simple. Spans run from the key to the end of
    the last line of its value, so blank lines and comments before the next key are in none.
    """
    text = _readable(block)
    if text is None:
        return None
    size = len if len(text) == len(block) else _size
    at = offset + size(_filling(text))
    entries = _properties(text)
    out: dict[str, Property] = {}
    for entry, key, scalar, flow, _, dash, first, more, filler in entries:
        value: PropertyValue
        if scalar:
            value = scalar.rstrip(" ") if scalar[0] not in _NO_TEXT else _scalar(scalar)
        else:
            value = _list(flow, dash, first, more)
        end = at + size(entry)
        out[key] = _new(Property, (key, value, _new(Span, (at, end))))
        at = end + size(filler)
    if at != offset + len(block) or len(out) != len(entries):
        return None  # a line that is not simple was passed over, or a key is there twice
    return tuple(out.values()) or None


def simple_values(block: bytes, keys: Collection[str]) -> dict[str, PropertyValue] | None:
    """Of what `read_simple` reads the values of the properties whose keys, in lower case, are among `keys`, by key, in
    order; None where that is not sure."""
    text = _readable(block)
    if text is None:
        return None
    entries = _properties(text)
    read = len(_filling(text)) + sum([len(entry[0]) + len(entry[8]) for entry in entries])
    if not entries or read != len(text) or len({entry[1] for entry in entries}) != len(entries):
        return None
    return {
        key: _scalar(scalar) if scalar else _list(flow, dash, first, more)
        for _, key, scalar, flow, _, dash, first, more, _ in entries
        if key.lower() in keys
    }


def _readable(block: bytes) -> str | None:
    """The text of a block that may be looked at."""
    if len(block) > MAX_BYTES:
        return None
    try:
        text = block.decode()
        check_limits(text)
    except (UnicodeDecodeError, YamlError):
        return None
    return None if len(text) != len(block) and _odd(text) else text


def _filling(text: str) -> str:
    """What stands before the first key."""
    return filling[0] if text[:1] in " \r\n#" and (filling := _filler(text)) else ""


def _list(flow: str, dash: str, first: str, more: str) -> PropertyValue:
    """What a value says that is no scalar."""
    if dash:
        return [_scalar(first), *map(_scalar, _items(more))] if more else [_scalar(first)]
    return [*map(_scalar, _flow_items(flow))] if flow else None


def _scalar(raw: str) -> Scalar:
    """What one scalar says; spaces may follow it."""
    if not raw:
        return None
    if raw[0] not in _NO_TEXT:
        return raw.rstrip(" ")
    text = raw.rstrip(" ")
    return text[1:-1] if raw[0] in "\"'" else core_scalar(text)


def _size(text: str) -> int:
    return len(text.encode())
