"""No check is passed over that would have found something."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import SHARED
from vaultkit.config import Config
from vaultkit.linting.asking import Asking
from vaultkit.linting.checks import CHECKS
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.packs import ActiveRule, active_rules, load_pack, shipped_packs
from vaultkit.resources import shipped
from vaultkit.vault.board import read_file
from vaultkit.vault.index import Index
from vaultkit.vault.names import Kind
from vaultkit.vault.note import Note
from vaultkit.vault.parse import parse

PACKS = {pack: load_pack(shipped("rules") / pack, pack, pack) for pack in shipped_packs()}
ALL = active_rules(Config(), extend=[rule.id for rules in PACKS.values() for rule in rules])
RULES = [active for active in ALL if Kind.NOTE in CHECKS[active.rule.check].kinds]
EXAMPLES = [
    (example.path, text)
    for rules in PACKS.values()
    for rule in rules
    for example in rule.examples
    for text in (example.bad, example.good)
    if text and example.path.endswith(".md")
]


def _passed_over(note: Note, context: Context, rules: Sequence[ActiveRule] = RULES) -> list[tuple[str, Finding]]:
    """What the checks find that are not asked."""
    asking = Asking(rules, Kind.NOTE)
    asked = {ask.active.rule.id for ask in (*asking.of(asking.look_over(note, context)), *asking.last)}
    return [
        (active.rule.id, finding)
        for active in rules
        if active.rule.id not in asked
        for finding in active.check.check(note, context, active.setting.options())
    ]


@pytest.mark.parametrize(("path", "text"), EXAMPLES)
def test_in_the_examples_of_all_rules(path: str, text: str) -> None:
    note = parse(path, text.encode("utf-8", "surrogateescape"))
    assert _passed_over(note, Context(Index([path], {path: note}))) == []


PIECES = [
    *(
        "[[",
        "]]",
        "[[]]",
        "[a](",
        ")",
        "](https://a b)",
        "[^1]",
        "[^1]:",
        "#",
        "|",
        "!",
        "`",
        "```",
        "~~~base",
        "%%",
        "<!--",
    ),
    *(
        "**",
        "（",
        "。",
        "日記",
        "\u0301",
        "%E3%81%8B%E3%82%99",
        "\0",
        "\x1b",
        "\u202e",
        "\r\n",
        "\r",
        "\n",
        " ",
        "\t",
        "- ",
    ),
    *("---\n", "tags: [a, 1]\n", "Tags: b\n", "date: 2024-02-30\n", "created: 2024-02-01\n", "updated: 2023-01-01\n"),
    *(
        "vaultkit-id: diary/1\n",
        "aliases: x\n",
        "tag: y\n",
        "a: [[b]]\n",
        "a: [\n",
        "<<<<<<< a\n",
        "{: .x}",
        "{% raw %}",
    ),
    *(
        "https:/a.b",
        "htp://a.b",
        "://",
        "2024-01-31 (Mon)",
        "2024年1月31日(月)",
        "> [!vaultkit-conflict]- a\n",
        "$$",
        "dataviewjs",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_in_any_text(text: str) -> None:
    note = parse("Diary/a.md", text.encode())
    context = Context(Index(["Diary/a.md", "b.md"], {"Diary/a.md": note}), entry_folders={"diary": "Diary"})
    assert _passed_over(note, context) == []


def test_in_a_note_whose_property_is_only_looked_at_there() -> None:
    config = Config()
    rule = active_rules(config, select=["date-valid"])[0]
    options = rule.setting.options()._replace(properties=("Day",))
    note = parse("a.md", b"---\nday: 2024-02-30\n---\n")
    context = Context(Index(["a.md"], {"a.md": note}))
    here = rule._replace(setting=rule.setting._replace(options=lambda: options))
    below = rule._replace(overrides=((("a.md",), here.setting),))
    for active in (here, below):
        asking = Asking([active], Kind.NOTE)
        assert [ask.active for ask in asking.of(asking.look_over(note, context))] == [active]


def test_few_are_asked_about_a_plain_note() -> None:
    note = parse("a.md", b"---\ntags: [a]\n---\n# A\n\nText with a [[b]].\n")
    asking = Asking(active_rules(Config()), Kind.NOTE)
    context = Context(Index(["a.md", "b.md"], {"a.md": note}))
    assert 2 * len(asking.of(asking.look_over(note, context))) < len(asking.all)


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_in_what_obsidian_is_asked_about() -> None:
    import json

    lines = (SHARED / "conformance" / "cases.jsonl").read_text("utf-8").splitlines()
    texts = {text for line in lines for text in _texts(json.loads(line)) if "\n" in text or "[" in text}
    assert len(texts) > 50
    for text in texts:
        note = read_file("a.md", text.encode("utf-8", "surrogatepass"))
        assert _passed_over(note, Context(Index(["a.md"], {"a.md": note}))) == []


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for item in items for text in _texts(item)]
