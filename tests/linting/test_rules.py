"""Every example of a shipped rule is reported, clean or fixed as it says; with front matter, CRLF and in code, too."""

from __future__ import annotations

import datetime as dt

import pytest

from vaultkit.config import Config
from vaultkit.linting.asking import asks_for_links, by_kind
from vaultkit.linting.claims import claims_in
from vaultkit.linting.context import Context
from vaultkit.linting.fix import fixed
from vaultkit.linting.packs import ActiveRule, Known, Setting, bind_rule, load_pack, shipped_packs
from vaultkit.linting.rule import Example, Repair, Rule, read_head
from vaultkit.linting.run import lint_note
from vaultkit.resources import shipped
from vaultkit.schema import bind, read_yaml
from vaultkit.vault.board import read_file
from vaultkit.vault.index import Index
from vaultkit.vault.settings import Settings

CONFIG = Config()
TODAY = dt.date(2025, 6, 1)
RULES = [rule for pack in shipped_packs() for rule in load_pack(shipped("rules") / pack, pack, f"rules/{pack}")]
EXAMPLES = [pytest.param(rule, e, id=f"{rule.id}: {e.name}") for rule in RULES for e in rule.examples]


def _index(example: Example, text: str) -> Index:
    files = {**example.files, example.path: text}
    looked = [path for path in files if path.endswith(".md") or path == example.path]
    return Index(files, {path: read_file(path, files[path].encode()) for path in looked})


def _active(rule: Rule, example: Example) -> ActiveRule:
    check, options = bind_rule(rule, Known(frozenset(rule.id for rule in RULES), are_all_on=True))
    if example.options:
        options = bind(example.options, type(options), options)
    return ActiveRule(rule, check, Setting(rule.severity, lambda: options))


def _messages(rule: Rule, example: Example, text: str) -> list[str]:
    index = _index(example, text)
    rules = [_active(rule, example)]
    claims = claims_in(index.notes, links=asks_for_links(rules))
    context = Context(index, Settings(), CONFIG.import_.folders, claims=claims, today=TODAY)
    return [d.message for d in lint_note(index.notes[example.path], context, by_kind(rules))]


def _fixed(rule: Rule, example: Example, text: str) -> str:
    unsafe = example.fix is Repair.UNSAFE
    result = fixed(
        example.path, _index(example, text), Settings(), [_active(rule, example)], CONFIG, unsafe, today=TODAY
    )
    assert not result.refused
    return result.data.decode()


def _crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def _with_front_matter(text: str) -> str:
    return f"---\nauthor: 山田\n---\n{text}"


VARIANTS = {"as it is": lambda text: text, "CRLF": _crlf, "front matter": _with_front_matter}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_head_says_what_the_whole_file_says(rule: Rule) -> None:
    head = read_head(rule.text, rule.source)
    assert head is not None, "a run of the linter would have to load the YAML parser for this file"
    whole = read_yaml(rule.text, rule.source).value
    assert isinstance(whole, dict)
    assert head.value == {key: value for key, value in whole.items() if key not in ("what", "why", "examples")}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example(rule: Rule, example: Example, variant: str) -> None:
    if variant == "front matter" and not example.path.endswith(".md"):
        variant = "as it is"  # canvases and bases have none
    if variant == "front matter" and any((t or "").startswith("---") for t in (example.bad, example.good)):
        variant = "as it is"  # it has front matter of its own
    if any("\r" in (t or "") for t in (example.bad, example.good)):
        variant = "as it is"  # it has line ends of its own
    vary = VARIANTS[variant]
    if example.bad is not None:
        messages = _messages(rule, example, vary(example.bad))
        assert messages
        assert not any("{" in message and "}" in message for message in messages if "Jekyll" not in message)
        if example.fix is Repair.NONE:
            assert _fixed(rule, example, vary(example.bad)) == vary(example.bad)
    if example.good is not None:
        assert _messages(rule, example, vary(example.good)) == []
    if example.fix is not Repair.NONE:
        assert example.bad is not None
        assert example.good is not None
        once = _fixed(rule, example, vary(example.bad))
        assert once == vary(example.good)
        assert _fixed(rule, example, once) == once


@pytest.mark.parametrize(
    ("rule", "example"), [p for p in EXAMPLES if p.values[1].bad is not None and not p.values[1].anywhere]
)
def test_an_example_in_code_is_only_an_example(rule: Rule, example: Example) -> None:
    assert _messages(rule, example, f"~~~~~~~~\n{example.bad}~~~~~~~~\n") == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_only_what_an_example_shows_is_fixed(rule: Rule) -> None:
    """An unsafe fix is never made without being asked for."""
    for example in rule.examples:
        if example.fix is Repair.UNSAFE:
            result = fixed(example.path, _index(example, example.bad), Settings(), [_active(rule, example)], CONFIG)
            assert result.data.decode() == example.bad
