"""YAML that a person wrote, read against named tuples: the tuple's class is the schema.

A field is annotated with its type and what else there is to say of it: `Annotated[str, check, "documentation"]`. A
check takes the value and returns it, or another form of it, or raises ValueError.

Knows how values become fields and how a mistake is told: file, line, key, and what is allowed. Knows no particular
file (`config`, `linting.rule`).
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from vaultkit.errors import UsageError
from vaultkit.vault.note import Scalar
from vaultkit.vault.yaml_core import MAX_DEPTH, YamlError, compose, scalar_value

T = TypeVar("T")
REQUIRED = object()
"""The default of a field that has none."""
SHORT = object()
"""Said of the field that a plain value stands for where a whole mapping is expected (`rule: off`)."""
KEYED = object()
"""Said of a list of records that may as well be a mapping: its keys are the records' `name` then."""
ONE = object()
"""Said of a list of texts in place of which a single text may stand; it may not be empty."""
INTERNAL = object()
"""Said of a field that no file can set."""


class Node(NamedTuple):
    """A value of a YAML file and where it stands. `key` is its dotted path, empty for the whole file."""

    value: Scalar | tuple[Node, ...] | dict[str, Node]
    file: str
    line: int
    key: str

    @property
    def place(self) -> str:
        """`vaultkit.yaml:3: lint.packs`."""
        return f"{self.file}:{self.line}: {self.key}".rstrip(": ")

    def error(self, problem: str) -> UsageError:
        """The exception that says what is wrong here."""
        return UsageError(f"{self.place}: {problem}")


class Named(str):
    """A text that must later be looked up (a rule, a pack); remembers its place for when it is not found."""

    __slots__ = ("place",)
    place: str


class Field(NamedTuple):
    """What is known of a field: its name, its type with all that is said of it, and its default, or REQUIRED."""

    name: str
    kind: Any
    default: object

    @property
    def doc(self) -> str:
        """The sentence that tells people what it is for; empty: there is none."""
        return next((said for said in _said_of(self.kind) if isinstance(said, str)), "")


def read_yaml(text: str, file: str) -> Node:
    """The whole of `text` as nodes. Raises UsageError with file and line when it is no valid YAML."""
    try:
        root = compose(text)
        return Node(None, file, 1, "") if root is None else _node(root, file, "", root.start_mark.line, 0)
    except YamlError as e:
        raise UsageError(f"{file}:{e.line + 1}: is not valid YAML: {e}") from e


def _node(raw: Any, file: str, key: str, line: int, depth: int) -> Node:
    """`raw` as a node on `line`, counted from 0. That of a value is its key's: `why: >-` begins there."""
    if depth > MAX_DEPTH:
        raise YamlError(f"nested deeper than {MAX_DEPTH}", line)
    if raw.id == "scalar":
        return Node(scalar_value(raw), file, line + 1, key)
    if raw.id == "sequence":
        items = (_node(item, file, f"{key}[{i}]", item.start_mark.line, depth + 1) for i, item in enumerate(raw.value))
        return Node(tuple(items), file, line + 1, key)
    out: dict[str, Node] = {}
    for name, value in raw.value:
        if name.id != "scalar":
            raise YamlError("a key must be a single word", name.start_mark.line)
        if name.value in out:
            raise YamlError(f"the key `{name.value}` is there twice", name.start_mark.line)
        at = f"{key}.{name.value}" if key else name.value
        out[name.value] = _node(value, file, at, name.start_mark.line, depth + 1)
    return Node(out, file, line + 1, key)


def bind(node: Node, kind: type[T], base: T | None = None) -> T:
    """The mapping at `node` as an instance of the named tuple `kind`; keys that are absent come from `base`, else from
    the field's default. A key is the field's name with `-` for `_`. Raises UsageError."""
    bound: T = _record(node, kind, base)
    return bound


def bind_all(node: Node, kind: type[T]) -> tuple[T, ...]:
    """The list at `node`, each item as by `bind`. Raises UsageError."""
    bound: tuple[T, ...] = _value(node, types.GenericAlias(tuple, (kind, ...)))
    return bound


def near(word: str, allowed: list[str]) -> str:
    """`; did you mean …?` when something of that name is close, else all that is allowed."""
    from difflib import get_close_matches

    close = get_close_matches(word.lower(), allowed, n=2, cutoff=0.6)
    if close:
        return "; did you mean " + " or ".join(f"`{c}`" for c in close) + "?"
    return "; allowed: " + ", ".join(allowed) if allowed else ""


def fields_of(kind: type) -> Mapping[str, Field]:
    """The fields of a named tuple by the keys under which they stand in YAML."""
    return _fields(kind)


@cache
def _fields(kind: Any) -> Mapping[str, Field]:
    hints = get_type_hints(kind, include_extras=True)
    fields = (Field(name, hints[name], kind._field_defaults.get(name, REQUIRED)) for name in kind._fields)
    return {f.name.rstrip("_").replace("_", "-"): f for f in fields if INTERNAL not in _said_of(f.kind)}


def _said_of(kind: Any) -> tuple[Any, ...]:
    """What stands in `Annotated` behind the type."""
    return get_args(kind)[1:] if get_origin(kind) is Annotated else ()


def _record(node: Node, kind: Any, base: Any) -> Any:
    fields = fields_of(kind)
    if node.value is None:
        values: dict[str, Node] = {}
    elif isinstance(node.value, dict):
        values = node.value
    else:
        short = [key for key, field in fields.items() if SHORT in _said_of(field.kind)]
        if not short or isinstance(node.value, tuple):
            raise node.error("must be `key: value` lines; allowed: " + ", ".join(fields))
        values = {short[0]: node}
    out: dict[str, Any] = {}
    for key, child in values.items():
        if key not in fields:
            raise child.error(f"there is no key `{key}` here{near(key, list(fields))}")
        field = fields[key]
        if child.value is None and field.default is not REQUIRED:
            continue
        out[field.name] = _value(child, field.kind)
    if base is not None:
        return base._replace(**out)
    for key, field in fields.items():
        if field.name not in out and field.default is REQUIRED:
            raise node.error(f"the key `{key}` is missing")
    return kind(**out)


def _with_name(key: str, item: Node) -> Node:
    """A value of a mapping as an item of a list, with its key as the name."""
    if not isinstance(item.value, dict):
        raise item.error("must be `key: value` lines")
    if "name" in item.value:
        raise item.value["name"].error(f"the name stands before the colon already: `{key}`")
    return item._replace(value={"name": item._replace(value=key), **item.value})


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")


def _value(node: Node, kind: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is Node:
        return node
    if origin is Annotated:
        if KEYED in arguments and isinstance(node.value, dict):
            node = node._replace(value=tuple(_with_name(key, item) for key, item in node.value.items()))
        elif ONE in arguments:
            node = node._replace(value=(node,)) if isinstance(node.value, str) else node
            if not isinstance(node.value, tuple) or not node.value:
                said = "an empty list" if node.value == () else _said(node)
                raise node.error(f"must be a text or {describe(arguments[0])}, not {said}")
        value = _value(node, arguments[0])
        for check in filter(callable, arguments[1:]):
            value = _checked(node, check, value)
        return value
    if origin in (Union, types.UnionType):  # `X | None`: null was handled by the default
        return _value(node, next(a for a in arguments if a is not type(None)))
    if origin is tuple:
        if not isinstance(node.value, tuple):
            raise node.error(f"must be {describe(kind)}, not {_said(node)}")
        return tuple(_value(item, arguments[0]) for item in node.value)
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(node.value, dict):
            raise node.error(f"must be {describe(kind)}, not {_said(node)}")
        return {
            _value(Node(k, v.file, v.line, v.key), arguments[0]): _value(v, arguments[1]) for k, v in node.value.items()
        }
    if _is_record(kind):
        return _record(node, kind, None)
    return _scalar(node, kind)


def _checked(node: Node, check: Callable[[Any], Any], value: Any) -> Any:
    try:
        return check(value)
    except ValueError as e:
        raise node.error(f"`{value}` {e}") from e


def _scalar(node: Node, kind: Any) -> Any:
    value = node.value
    if kind is Named and isinstance(value, str):
        named = Named(value)
        named.place = node.place
        return named
    if issubclass(kind, StrEnum):
        allowed = [str(member) for member in kind]
        if value not in allowed:
            raise node.error(f"must be {describe(kind)}, not {_said(node)}")
        return kind(value)
    if type(value) is kind or (kind is float and type(value) is int):
        return value
    hint = "; put it in quotes" if kind is str and isinstance(value, int | float) else ""
    raise node.error(f"must be {describe(kind)}, not {_said(node)}{hint}")


def describe(kind: Any) -> str:
    """What is allowed for a field of this type, in words."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return describe(arguments[0])
    if origin in (Union, types.UnionType):
        return describe(next(a for a in arguments if a is not type(None)))
    if origin is tuple:
        return f"a list of {_plural(arguments[0])}"
    if origin is not None and issubclass(origin, Mapping):
        return f"`name: value` lines whose values are {describe(arguments[1])}"
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return "one of " + ", ".join(kind)
    if kind is Node:
        return "`key: value` lines"
    return {bool: "true or false", int: "a whole number", float: "a number"}.get(kind, "a text")


def _plural(kind: Any) -> str:
    return "`key: value` blocks" if _is_record(kind) else describe(kind).replace("a text", "texts")


def _said(node: Node) -> str:
    match node.value:
        case tuple():
            return "a list"
        case dict():
            return "`key: value` lines"
        case None:
            return "nothing"
        case bool() as value:
            return f"`{str(value).lower()}`"
        case value:
            return f"`{value}`"
