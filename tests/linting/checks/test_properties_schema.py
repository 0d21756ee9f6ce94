"""Properties against schemas: which notes, in which words, and how a mistake in a schema is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultkit.config import parse_config
from vaultkit.errors import UsageError
from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.linting.packs import active_rules

Lint = Callable[..., list[Diagnostic]]


def _config(case: str) -> str:
    return f"lint: {{rules: {{properties-schema: {{options: {{schemas: [{case}]}}}}}}}}"


def _said(lint_files: Lint, case: str, text: str, path: str = "a.md") -> list[str]:
    return [d.message for d in lint_files({path: text}, _config(case), select=("properties-schema",))]


@pytest.mark.parametrize(
    ("schema", "block", "message"),
    [
        ("required: [title]", "a: 1", "`title` is missing"),
        ("required: [title]", "title:", "`title` is missing"),
        ("required: [title, year]", "title: x", "`year` is missing"),
        ("properties: {n: {type: integer}}", "n: 1.5", "`n` should be a whole number, not `1.5`"),
        ("properties: {n: {type: [number, 'null']}}", "n: x", "`n` should be a number or empty, not `x`"),
        ("properties: {n: {type: number}}", "n: '5'", "`n` should be a number, not the text `5`"),
        ("properties: {n: {minimum: 5}}", "n: 3", "`n` should be at least 5, not `3`"),
        ("properties: {n: {maxItems: 1}}", "n: [1, 2]", "`n` should be a list of at most 1, not a list"),
        ("properties: {n: {minLength: 3}}", "n: 雨", "`n` should be at least 3 characters long, not `雨`"),
        (
            "properties: {s: {enum: [読, 未読]}}",
            "s: 未",
            "`s` should be one of `読`, `未読`, not `未`; did you mean `未読`?",
        ),
        ("properties: {s: {const: true}}", "s: yes", "`s` should be `true`, not `yes`"),
        ("properties: {s: {pattern: '^A'}}", "s: b", "`s` should be of the form `^A`, not `b`"),
        ("properties: {d: {format: date}}", "d: 2024-02-30", "`d` should be a valid date, not `2024-02-30`"),
        ("properties: {l: {items: {type: string}}}", "l: [a, 2]", "`l.1` should be a text, not `2`"),
        (
            "properties: {l: {uniqueItems: true}}",
            "l: [a, a]",
            "`l` should be a list that holds nothing twice, not a list",
        ),
        ("properties: {m: {required: [b]}}", "m: {a: 1}", "`m.b` is missing"),
        (
            "properties: {x: {anyOf: [{type: string}, {type: array}]}}",
            "x: 1",
            "`x` should be a text or a list, not `1`",
        ),
        (
            "properties: {title: {}}, additionalProperties: false",
            "titel: x",
            "`titel` is not allowed here; did you mean",
        ),
        ("minProperties: 2", "a: 1", "`properties` does not fit: "),
        ("properties: {a: {$ref: '#/$defs/n'}}, $defs: {n: {type: number}}", "a: x", "`a` should be a number, not `x`"),
    ],
)
def test_words(lint_files: Lint, schema: str, block: str, message: str) -> None:
    (said,) = _said(lint_files, f"{{schema: {{{schema}}}}}", f"---\n{block}\n---\n")
    assert said.startswith(message)


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("", True),
        ("paths: [Papers]", True),
        ("paths: [Diary, 'Pap*/**']", True),
        ("paths: [Diary]", False),
        ("tags: [book]", True),
        ("tags: ['#Film', book/novel]", True),
        ("tags: [boo]", False),
        ("where: {type: paper}", True),
        ("where: {kinds: b}", True),
        ("where: {kinds: c}", False),
        ("where: {done: 'true', count: '5'}", True),
        ("where: {done: 'false'}", False),
        ("paths: [Papers], tags: [film]", False),
    ],
)
def test_which_notes(lint_files: Lint, case: str, told: bool) -> None:
    text = "---\ntype: paper\nkinds: [a, b]\ndone: true\ncount: 5\n---\n#Book/novel\n"
    full = f"{{{case}{', ' if case else ''}schema: {{required: [title]}}}}"
    assert bool(_said(lint_files, full, text, "Papers/a.md")) is told


@pytest.mark.parametrize("text", ["---\ntype: index\n---\n", "---\na: @b\n---\n"])
def test_lists_and_what_cannot_be_read_are_left_out(lint_files: Lint, text: str) -> None:
    assert _said(lint_files, "{schema: {required: [title]}}", text) == []


def test_a_note_without_properties_and_the_place_of_a_finding(lint_files: Lint) -> None:
    case = "{schema: {required: [title], properties: {n: {type: number}}}}"
    assert _said(lint_files, case, "text\n") == ["`title` is missing"]
    text = "---\ntitle: 雨\nn: x\n---\n"
    (found,) = lint_files({"a.md": text}, _config(case), select=("properties-schema",))
    assert text.encode()[found.span.start : found.span.end] == b"n: x\n"


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ("{type: strin}", ".schema.type: must be string, integer, number"),
        ("{properties: {a: {minimum: x}}}", ".schema.properties.a.minimum: is no JSON Schema: 'x' is not of type"),
        ("[title]", ".schema: must be a JSON Schema"),
        ("{$ref: 'https://example.org/paper'}", ".schema.$ref: `https://example.org/paper` must begin with `#`"),
        ("{allOf: [{$ref: '#/$defs/x'}]}", ".schema.allOf[0].$ref: `#/$defs/x` is not in the schema"),
        ("{$ref: '#'}", ".schema: refers to itself without end"),
        ("{properties: {a: {pattern: '('}}}", ".schema.properties.a.pattern: is no JSON Schema"),
    ],
)
def test_a_mistake_in_a_schema(schema: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        active_rules(parse_config(_config(f"{{schema: {schema}}}")))
    assert f"schemas[0]{message}" in str(error.value)


def test_a_pattern_of_paths_and_a_missing_schema_are_told() -> None:
    with pytest.raises(UsageError, match="must be relative to the vault"):
        active_rules(parse_config(_config("{paths: [/Papers], schema: {}}")))
    with pytest.raises(UsageError, match="the key `schema` is missing"):
        active_rules(parse_config(_config("{paths: [Papers]}")))
