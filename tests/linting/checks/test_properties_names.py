"""What the checks of a block's place, and of the names and order of properties say for odd notes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultkit.config import Config, parse_config
from vaultkit.errors import UsageError
from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.linting.fix import fixed
from vaultkit.linting.packs import active_rules
from vaultkit.vault.index import Index
from vaultkit.vault.parse import parse
from vaultkit.vault.settings import Settings

Lint = Callable[..., list[Diagnostic]]
READING = ("properties-at-start", "properties-parse", "no-duplicate-properties")


def _fixed(text: str, rule: str, config: str = "", *, unsafe: bool = False) -> str:
    index = Index(["a.md"], {"a.md": parse("a.md", text.encode())})
    parsed: Config = parse_config(config)
    result = fixed("a.md", index, Settings(), active_rules(parsed, select=(rule,)), parsed, unsafe)
    assert not result.refused
    return result.data.decode()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("\n---\ntitle: x\n---\n", "a blank line stands before it"),
        ("\r\n \r\n---\r\ntitle: x\r\n---\r\n", "a blank line stands before it"),
        ("\ufeff---\ntitle: x\n---\n", "a byte order mark"),
        ("\ufeff\n---\ntitle: x\n---", "a byte order mark"),
        ("\u200b---\ntitle: x\n---\n", "a space of no width"),
        ("   ---\ntitle: x\n---\n", "spaces stand before its first"),
        ("---\t\ntitle: x\n---\n", "spaces stand behind its first"),
        ("---\ntitle: x\n ---\n", "spaces stand before its last"),
        ("---\ntitle: x\n--- ", "spaces stand behind its last"),
        ("---\ntags:\n- a\n\ntext", "not closed"),
        ("---\ntitle: x\n", "not closed"),
        ("---\ntitle: x\n-----\n", "it ends with `-----`"),
        ("---\ntitle: x\n...\n", "it ends with `...`"),
        ("\n---\n題名: x\n著者: y\n---\n", "a blank line stands before it"),
    ],
)
def test_a_block_that_is_not_seen_is_told_once(lint_files: Lint, text: str, problem: str) -> None:
    (found,) = lint_files({"a.md": text}, select=READING)
    assert found.rule == "properties-at-start"
    assert problem in found.message
    if found.fix:
        after = parse("a.md", _fixed(text, "properties-at-start").encode())
        assert after.front_matter
        assert after.front_matter.properties
    else:
        assert "closed" in problem or "it ends" in problem


@pytest.mark.parametrize(
    "text",
    [
        "\n---\n\ntitle: x\n\n---\n",
        "\n---\nSummary: it rained\n---\n",
        "\n---\ntitle: x: y\nb: 1\n---\n",
        "---\nSummary: it rained\n\n",
        "---\nA walk. So: rain\n\n",
        "    ---\n    title: x\n    ---\n",
        "text\n\n---\ntitle: x\n---\n",
        "---\n\n---\n",
        "```\n---\ntitle: x\n---\n```\n",
        "\n\n- a\n- b\n",
        "",
        "\ufefftext\n",
    ],
)
def test_what_is_no_block(lint_files: Lint, text: str) -> None:
    assert lint_files({"a.md": text}, select=READING) == []


@pytest.mark.parametrize(
    ("text", "rule", "problem"),
    [
        ("a: 1\na: 2", "no-duplicate-properties", "the key `a` is there twice, so that"),
        ("'a': 1\na: 2", "no-duplicate-properties", "the key `a` is there twice, so that"),
        ("a: {b: 1, b: 2}", "no-duplicate-properties", "the key `b` is there twice, so that"),
        ("Aliases: [x]\naliases: [y]", "no-duplicate-properties", "`Aliases` and `aliases` are one property"),
        ("a: 1\na: @b", "properties-parse", "put it in quotes"),
    ],
)
def test_what_cannot_be_read_is_told_once(lint_files: Lint, text: str, rule: str, problem: str) -> None:
    (found,) = lint_files({"a.md": f"---\n{text}\n---\n"}, select=READING)
    assert found.rule == rule
    assert problem in found.message


@pytest.mark.parametrize(
    ("block", "after"),
    [
        ("a: 1\nb: 2\na: 1\na: 1\n", "a: 1\nb: 2\n"),
        ("a:\n  - x\n# why\na: [x] # so\nb: 2\n", "a:\n  - x\n# why\nb: 2\n"),
        ('related: "[[x]]"\nrelated: "[[x]]"\n', 'related: "[[x]]"\n'),
        ("Tags: [x]\ntags:\n  - x\n", "Tags: [x]\n"),
        ("a: 1\na: '1'\n", None),
        ("a: true\na: True\n", "a: true\n"),
        ("a: 1\na: 2\na: 1\n", "a: 1\na: 2\n"),
        ("a: 1\na: &x 1\nb: *x\n", None),
        ("{a: 1, a: 1}\n", None),
        ("a: {b: 1, b: 1}\n", None),
    ],
)
def test_the_same_said_twice(block: str, after: str | None) -> None:
    text = f"---\n{block}---\ntext\n"
    assert _fixed(text, "no-duplicate-properties") == (text if after is None else f"---\n{after}---\ntext\n")


@pytest.mark.parametrize(
    ("block", "after"),
    [
        ("tag: '#a'\n", "tags:\n  - a\n"),
        ("tag: [a, b]\n", "tags: [a, b]\n"),
        ("tag:\n", "tags:\n"),
        ("TAG: a b\n", "tags:\n  - a\n  - b\n"),
        ("alias: 2024\n", "aliases:\n  - 2024\n"),
        ('{"alias": "x"}\n', '{"aliases": ["x"]}\n'),
        ('cssclass: "[[a b, c]]"\n', 'cssclasses:\n  - "[[a b, c]]"\n'),
        ("cssclasses: a b\n", "cssclasses:\n  - a\n  - b\n"),
        ("tag: a\nTag: b\n", "tags:\n  - a\nTag: b\n"),
        ("tag: {a: 1}\n", None),
        ("alias: x, y\n", None),
        ("tag: a\ntags: b\n", None),
    ],
)
def test_old_names(block: str, after: str | None) -> None:
    text = f"---\n{block}---\n"
    assert _fixed(text, "no-deprecated-properties") == (text if after is None else f"---\n{after}---\n")


@pytest.mark.parametrize(
    ("block", "after"),
    [
        ("tag: a\ntags: [b]\n", "tags: [b, a]\n"),
        ("tags:\n  - B\ntag: '#b'\n", "tags:\n  - B\n"),
        ("tag: a\ntags:\n", "tags:\n  - a\n"),
        ("alias: x\naliases: [y]\nc: 1\n", "aliases: [y, x]\nc: 1\n"),
        ('alias: "[[x]]"\naliases:\n  - "[[x]]"\n', 'aliases:\n  - "[[x]]"\n'),
        ("{tag: a, tags: [b]}\n", "{tags: [b, a]}\n"),
    ],
)
def test_old_and_new_names_are_joined_when_asked_for(block: str, after: str) -> None:
    assert _fixed(f"---\n{block}---\n", "no-deprecated-properties") == f"---\n{block}---\n"
    assert _fixed(f"---\n{block}---\n", "no-deprecated-properties", unsafe=True) == f"---\n{after}---\n"


@pytest.mark.parametrize("block", ["tags: a", "aliases: ''", "aliases:", "labels: a", "cssclasses: []", "tagged: a"])
def test_names_of_today(lint_files: Lint, block: str) -> None:
    assert lint_files({"a.md": f"---\n{block}\n---\n"}, select=("no-deprecated-properties",)) == []


def test_near_names_are_told_and_others_are_not(lint_files: Lint) -> None:
    config = "lint: {rules: {properties-known: {options: {known: [author, date]}}}}"
    text = "---\nauhtor: x\nDATE: y\nzzz: z\ntag: t\ntags: [t]\n---\n"
    said = [d.message for d in lint_files({"a.md": text}, config, select=("properties-known",))]
    assert said == [
        "`auhtor` is no property that notes have here; did you mean `author`?",
        "`zzz` is no property that notes have here",
    ]


ORDER = "lint: {rules: {property-order: {options: {order: [title, date, tags]}}}}"


@pytest.mark.parametrize(
    ("block", "after"),
    [
        ("# all notes\n\n# day\ndate: 1\ntitle: x\n", "# all notes\n\ntitle: x\n# day\ndate: 1\n"),
        ("date: 1\n\ntitle: x\n# end\n", "\ntitle: x\ndate: 1\n# end\n"),
        ("tags:\n- a\n- b\nTitle: |\n  x\n\n  y\nz: 1\n", "Title: |\n  x\n\n  y\ntags:\n- a\n- b\nz: 1\n"),
        ("  date: 1\n  title: x\n", "  title: x\n  date: 1\n"),
        ("date: &d 1\ntitle: *d\n", None),
        ("{date: 1, title: x}\n", None),
    ],
)
def test_order(lint_files: Lint, block: str, after: str | None) -> None:
    text = f"---\n{block}---\ntext\n"
    (found,) = lint_files({"a.md": text}, ORDER, select=("property-order",))
    assert found.message.endswith("`date`") or found.message.endswith("`tags`")
    assert _fixed(text, "property-order", ORDER) == (text if after is None else f"---\n{after}---\ntext\n")
    crlf = text.replace("\n", "\r\n")
    assert _fixed(crlf, "property-order", ORDER) == _fixed(text, "property-order", ORDER).replace("\n", "\r\n")


def test_what_several_folders_ask_for_is_told_once(lint_files: Lint) -> None:
    config = (
        "lint: {rules: {properties-required: {options: {folders: {'**': [date], Papers: [Date, title]}}}},"
        " overrides: [{paths: [Papers/Drafts], ignore: [properties-required]}]}"
    )
    files = {"Papers/a.md": "---\ndate: [null]\n---\n", "Papers/Drafts/b.md": "", "c.md": "---\ndate: 0\n---\n"}
    said = [(d.path, d.message) for d in lint_files(files, config, select=("properties-required",))]
    assert said == [
        ("Papers/a.md", "`date` is missing; notes in `**` have it"),
        ("Papers/a.md", "`title` is missing; notes in `Papers` have it"),
    ]


@pytest.mark.parametrize("pattern", ["/Papers/**", "Papers\\\\x", "[z-a]"])
def test_a_folder_that_can_be_none(lint_files: Lint, pattern: str) -> None:
    config = f'lint: {{rules: {{properties-required: {{options: {{folders: {{"{pattern}": [date]}}}}}}}}}}'
    with pytest.raises(UsageError, match="properties-required"):
        lint_files({"a.md": ""}, config)
