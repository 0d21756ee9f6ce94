"""Properties held against JSON Schemas (2020-12) of the vault's owner.

Knows which notes a schema is for, and how a mistake in a schema is told. A property without a value counts as missing,
for Obsidian leaves such ones behind; `type: index` is left out. Nothing is ever fetched: `$ref` stays in the schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, NamedTuple

from vaultkit.globs import check_glob, matches
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.index_note import is_index
from vaultkit.linting.parts import Part
from vaultkit.schema import Node
from vaultkit.vault.note import Note, PropertyValue


def _schema(node: Node) -> str:
    """The schema at `node` as JSON, which can be compared. Raises UsageError."""
    import json

    schema = _plain(node)
    if not isinstance(schema, dict):
        raise node.error("must be a JSON Schema: `key: value` lines such as `required: [title]`")
    from jsonschema import Draft202012Validator, SchemaError  # slow to load, so only for those who have a schema

    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as e:
        wrong = _at(node, e.absolute_path)
        if wrong.key.endswith(".type"):
            raise wrong.error("must be string, integer, number, boolean, array, object, or a list of these") from e
        raise wrong.error(f"is no JSON Schema: {e.message}") from e
    except RecursionError as e:
        raise node.error("is nested too deep") from e
    _hold_references(node, schema)
    text = json.dumps(schema)
    try:
        _validator(text).is_valid({})
    except RecursionError as e:
        raise node.error("refers to itself without end") from e
    return text


class Case(NamedTuple):
    """A schema and the notes that it is for: all, or those that fit each of the things said."""

    schema: Annotated[Node, _schema, "the JSON Schema"]  # what `_schema` makes of it is its JSON
    paths: Annotated[tuple[Annotated[str, check_glob], ...], "patterns of paths, one of which fits"] = ()
    tags: Annotated[tuple[str, ...], "tags, one of which the note has, or one below it"] = ()
    where: Annotated[Mapping[str, str], "properties with the value that they have, or hold in a list"] = {}


class Options(NamedTuple):
    """What is wanted of which notes."""

    schemas: Annotated[
        tuple[Case, ...],
        "each with `schema` and what notes it is for: `paths`, `tags`, `where: {type: paper}`; none of them: all notes",
    ] = ()


VALUES = ("property", "problem")
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each way in which a property does not fit."""
    block = note.front_matter
    if not options.schemas or (block and block.error) or is_index(note):
        return
    for case in options.schemas:
        if not _is_for(case, note):
            continue
        from vaultkit.linting.schema_words import problems_of  # a vault without schemas does without

        values = {key: value for key, value in note.properties.items() if value is not None}
        for error in _validator(str(case.schema)).iter_errors(values):
            for path, problem in problems_of(error):
                place = note.find_property(path[0]) if path else None
                span = place.span if place else block.span if block else WHOLE_NOTE
                yield Finding(span, {"property": ".".join(path) or "properties", "problem": problem})


def _is_for(case: Case, note: Note) -> bool:
    if case.paths and not matches(case.paths, note.path):
        return False
    if case.tags:
        wanted = tuple(tag.removeprefix("#").lower() for tag in case.tags)
        has = [tag.name.lower() for tag in note.tags]
        if not any(name == tag or name.startswith(f"{tag}/") for name in has for tag in wanted):
            return False
    return all(_says(note, key, value) for key, value in case.where.items())


def _says(note: Note, key: str, wanted: str) -> bool:
    found = note.find_property(key)
    values = found.value if found and isinstance(found.value, list) else [found.value] if found else []
    return any(_text(value) == wanted for value in values)


def _text(value: PropertyValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@cache
def _validator(schema: str) -> Any:
    import json

    from jsonschema import Draft202012Validator
    from referencing import Registry

    checker = Draft202012Validator.FORMAT_CHECKER  # so that `format: date` is more than a remark
    return Draft202012Validator(json.loads(schema), format_checker=checker, registry=Registry())


def _plain(node: Node) -> Any:
    """What stands at `node`, without its places."""
    if isinstance(node.value, dict):
        return {key: _plain(child) for key, child in node.value.items()}
    return [_plain(child) for child in node.value] if isinstance(node.value, tuple) else node.value


def _at(node: Node, path: Any) -> Node:
    """The node below `node` that `path` of keys and numbers leads to."""
    for step in path:
        if isinstance(node.value, dict | tuple):
            node = node.value[step]
    return node


def _hold_references(node: Node, schema: Any) -> None:
    """Raise UsageError for a `$ref` that leads out of the schema or nowhere."""
    from referencing import Registry
    from referencing.exceptions import Unresolvable
    from referencing.jsonschema import DRAFT202012

    registry: Any = Registry().with_resource("", DRAFT202012.create_resource(schema))
    for child in _references(node):
        target = str(child.value)
        try:
            if not target.startswith("#"):
                raise child.error(f"`{target}` must begin with `#`: a schema holds all that it refers to")
            registry.resolver().lookup(target)
        except Unresolvable as e:
            raise child.error(f"`{target}` is not in the schema") from e


def _references(node: Node) -> Iterator[Node]:
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            if key in ("$ref", "$dynamicRef") and isinstance(child.value, str):
                yield child
            yield from _references(child)
    elif isinstance(node.value, tuple):
        for child in node.value:
            yield from _references(child)
