"""What the checks of values say: links without quotes, and values of another type."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultkit.errors import UsageError
from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.vault.edit import apply_edits
from vaultkit.vault.settings import Settings, read_settings

Lint = Callable[..., list[Diagnostic]]


@pytest.mark.parametrize(
    ("value", "link", "after"),
    [
        ("[[a]]", "[[a]]", '"[[a]]"'),
        ("[[雨#A b|c]]", "[[雨#A b|c]]", '"[[雨#A b|c]]"'),
        ("[[Bob's note]]", "[[Bob's note]]", '"[[Bob\'s note]]"'),
        ('[[a "b"]]', '[[a "b"]]', "'[[a \"b\"]]'"),
        ('[[a "b" c\'s]]', '[[a "b" c\'s]]', None),
        ("[[2024-01-17]]", "[[2024-01-17]]", '"[[2024-01-17]]"'),
        ("[[2024]]", "[[2024]]", '"[[2024]]"'),
        ("\n  x: [[a]]", "[[a]]", '\n  x: "[[a]]"'),
        ("[[[a]]]", "[[a]]", '["[[a]]"]'),
        ("\n- [[a]] # why\n- b", "[[a]]", '\n- "[[a]]" # why\n- b'),
    ],
)
def test_links_without_quotes(lint_files: Lint, value: str, link: str, after: str | None) -> None:
    data = f"---\nx: 雨\nk: {value}\n---\n".encode()
    (found,) = lint_files({"a.md": data}, select=("property-links-quoted",))
    assert found.message.startswith(f"`{link}` ")
    assert data[found.span.start : found.span.end].decode() == link
    assert bool(found.fix) is (after is not None)
    if found.fix:
        assert apply_edits(data, found.fix.edits).decode() == f"---\nx: 雨\nk: {after}\n---\n"
        assert found.fix.safe


@pytest.mark.parametrize(
    "value",
    [
        '"[[a]]"',
        "[a, b]",
        "[[a], [b]]",
        "[[1, 2]]",
        "[['a']]",
        "[[]]",
        "[[a: 1]]",
        "[[[1, 2], [3]]]",
        "x [[a]]",
        "&x [[a]]",
        "b\ntags: [[a]]",
    ],
)
def test_what_is_no_link(lint_files: Lint, value: str) -> None:
    assert lint_files({"a.md": f"---\nk: {value}\n---\n"}, select=("property-links-quoted",)) == []


TYPES = {
    "t": "text",
    "m": "multitext",
    "n": "number",
    "c": "checkbox",
    "d": "date",
    "dt": "datetime",
    "aliases": "aliases",
    "tags": "tags",
    "odd": "kanban:lane",
}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("t: [a]", "a list"),
        ("t: {a: 1}", "`key: value` lines"),
        ("t: true", "`true`"),
        ("m: a", "the text `a`"),
        ("m: 1", "`1`"),
        ('n: "1"', "the text `1`"),
        ("n: 12:30", "the text `12:30`"),
        ("n: 0123", "the text `0123`"),
        ("n: true", "`true`"),
        ("c: yes", "the text `yes`"),
        ("c: 1", "`1`"),
        ("d: 2024", "`2024`"),
        ("d: 17.1.2024", "the text `17.1.2024`"),
        ("d: 2023-02-29", "the text `2023-02-29`"),
        ("dt: 2024-01-17T25:00", "the text `2024-01-17T25:00`"),
        ("dt: soon", "the text `soon`"),
        ("aliases: 5", "`5`"),
        ("N: x", "the text `x`"),
    ],
)
def test_another_type(lint_files: Lint, line: str, value: str) -> None:
    settings = Settings(types=TYPES)
    (found,) = lint_files({"a.md": f"---\n{line}\n---\n"}, settings=settings, select=("properties-typed",))
    assert found.message.endswith(f", but is {value}")


@pytest.mark.parametrize(
    "line",
    [
        *("t: a", "t: 12", "t: 2024-01-17", "t:", "m: [a, 1]", "m: []", "m:", 'm: ""', "n: 1", "n: -1.5", "n: 0"),
        *("c: false", "c:", "d: 2024-02-29", "d: 2024-02-29T08:00", 'd: "[[2024-02-29]]"', "dt: 2024-02-29"),
        *("dt: 2024-02-29T08:30:00.123Z", "dt: 2024-02-29 08:30", "dt: 2024-02-29T08:30+09:00"),
        *(
            "tags: a b",
            "aliases: a",
            "odd: [x]",
            "other: yes",
            'd: "{{date}}"',
            "d: {{date}}",
            "d: <% tp.date.now() %>",
        ),
        "t: [[Note]]",
    ],
)
def test_of_the_type_or_told_elsewhere(lint_files: Lint, line: str) -> None:
    settings = Settings(types=TYPES)
    assert lint_files({"a.md": f"---\n{line}\n---\n"}, settings=settings, select=("properties-typed",)) == []


def test_the_options_come_before_the_settings(lint_files: Lint) -> None:
    config = "lint: {rules: {properties-typed: {options: {types: {Rating: number}}}}}"
    settings = read_settings({"types.json": b'{"types": {"rating": "text", "Done": "checkbox"}}'}.get)
    said = lint_files({"a.md": "---\nrating: x\ndone: x\n---\n"}, config, settings, select=("properties-typed",))
    assert [d.message.partition(",")[0] for d in said] == [
        "`rating` should be a number",
        "`done` should be `true` or `false`",
    ]


def test_a_type_that_there_is_not(lint_files: Lint) -> None:
    config = "lint: {rules: {properties-typed: {options: {types: {rating: integer}}}}}"
    with pytest.raises(UsageError, match="`integer` is no type; allowed: list, text"):
        lint_files({"a.md": ""}, config)
