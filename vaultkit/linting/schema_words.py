"""What a JSON Schema finds wrong, in the words of people who keep notes.

Knows the keywords that schemas of properties use; for all others the words of the validator are passed on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from vaultkit.schema import near

if TYPE_CHECKING:
    from jsonschema import ValidationError

Problem = tuple[tuple[str, ...], str]
"""Keys down to the value, and what is wrong with it."""

_TYPES: Mapping[str, str] = {
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "`true` or `false`",
    "array": "a list",
    "object": "`key: value` lines",
    "null": "empty",
}
_BOUNDS: Mapping[str, str] = {
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "more than",
    "exclusiveMaximum": "less than",
    "multipleOf": "a multiple of",
}
_SIZES: Mapping[str, str] = {
    "minLength": "at least {} characters long",
    "maxLength": "at most {} characters long",
    "minItems": "a list of at least {}",
    "maxItems": "a list of at most {}",
}
_SHOWN = 60


def problems_of(error: ValidationError) -> Iterator[Problem]:
    """What `error` says: the words behind the property's name."""
    path = tuple(str(step) for step in error.absolute_path)
    wanted: Any = error.validator_value
    schema: Any = error.schema
    instance: Any = error.instance
    if error.validator == "required" and isinstance(instance, dict):
        for key in wanted:
            if key not in instance and error.message.startswith(repr(key)):
                yield (*path, key), "is missing"
    elif error.validator == "additionalProperties" and wanted is False:
        known = schema.get("properties", {})
        forms = schema.get("patternProperties", {})
        for key in instance:
            if key not in known and not any(re.search(form, key) for form in forms):
                hint = near(key, list(known))
                yield (*path, key), "is not allowed here" + (hint if "did you mean" in hint else "")
    elif words := _words(str(error.validator), wanted):
        hint = near(str(instance), [str(one) for one in wanted]) if error.validator == "enum" else ""
        yield path, f"should be {words}, not {_shown(instance)}" + (hint if "did you mean" in hint else "")
    else:
        yield path, f"does not fit: {_short(error.message)}"


def _words(keyword: str, wanted: Any) -> str:
    """What `keyword: wanted` asks for; empty: there are no words for it."""
    if keyword == "type":
        return " or ".join(_TYPES[name] for name in (wanted if isinstance(wanted, list) else [wanted]))
    if keyword == "enum":
        return ("one of " if len(wanted) > 1 else "") + ", ".join(_shown(one) for one in wanted)
    if keyword == "const":
        return _shown(wanted)
    if keyword in _BOUNDS:
        return f"{_BOUNDS[keyword]} {wanted}"
    if keyword in _SIZES:
        return _SIZES[keyword].format(wanted)
    if keyword == "pattern":
        return f"of the form `{wanted}`"
    if keyword == "format":
        return f"a valid {wanted}"
    if keyword == "uniqueItems":
        return "a list that holds nothing twice"
    if keyword in ("anyOf", "oneOf"):
        ways = [_way(one) for one in wanted]
        return " or ".join(ways) if all(ways) else ""
    return ""


def _way(schema: Any) -> str:
    """What one of several schemas asks for when that is one thing."""
    if not isinstance(schema, dict) or len(schema) != 1:
        return ""
    ((keyword, wanted),) = schema.items()
    return _words(keyword, wanted)


def _shown(value: Any) -> str:
    match value:
        case None:
            return "empty"
        case bool():
            return f"`{str(value).lower()}`"
        case list():
            return "a list" if len(value) != 1 else f"a list of {_shown(value[0])}"
        case dict():
            return "`key: value` lines"
        case "":
            return "an empty text"
        case str():
            return (
                f"the text `{_short(value)}`"
                if re.fullmatch(r"[+-]?[0-9][0-9.,]*|true|false", value)
                else f"`{_short(value)}`"
            )
    return f"`{value}`"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
