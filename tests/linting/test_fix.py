"""Fixes: until settled, all or nothing, and never at the cost of what the note says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from vaultkit.config import Config, parse_config
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.fix import fixed
from vaultkit.linting.packs import ActiveRule, Setting, active_rules
from vaultkit.linting.parts import Part
from vaultkit.vault.edit import Edit
from vaultkit.vault.index import Index
from vaultkit.vault.note import Note, Span
from vaultkit.vault.parse import parse
from vaultkit.vault.settings import Settings


def _index(text: str, path: str = "a.md") -> Index:
    return Index([path], {path: parse(path, text.encode())})


def _fix(text: str, *rules: ActiveRule, unsafe: bool = False) -> tuple[str, int, tuple[str, ...]]:
    result = fixed("a.md", _index(text), Settings(), rules, Config(), unsafe)
    return result.data.decode(), result.applied, result.refused


@dataclass(frozen=True)
class _Nothing:
    pass


def _replacing(name: str, old: str, new: str, *, safe: bool = True, edits: frozenset[Part] = frozenset()) -> ActiveRule:
    """A rule that finds `old` anywhere, in code too, and writes `new`."""

    def check(note: Note, context: Context, options: Any) -> Iterator[Finding]:
        at = note.data.find(old.encode())
        while at >= 0:
            span = Span(at, at + len(old.encode()))
            yield Finding(span, {}, Fix((Edit(span, new.encode()),), safe))
            at = note.data.find(old.encode(), span.end)

    module = SimpleNamespace(Options=_Nothing, VALUES=(), EDITS=edits, check=check)
    real = active_rules(Config(), select=["daily-name-format"])[0]  # its check is asked about every note
    return ActiveRule(real.rule._replace(id=name), module, Setting(real.rule.severity, _Nothing))


def test_nothing_to_fix() -> None:
    assert _fix("a\n", _replacing("r", "x", "y")) == ("a\n", 0, ())


def test_all_at_once() -> None:
    assert _fix("x x x", _replacing("r", "x", "y")) == ("y y y", 3, ())


def test_until_settled() -> None:
    assert _fix("aaa", _replacing("r", "aa", "a")) == ("a", 2, ())


def test_fixes_that_never_end_change_nothing() -> None:
    assert _fix("x", _replacing("r", "x", "xx")) == ("x", 0, ("r",))


def test_two_rules_that_undo_each_other_are_both_named() -> None:
    text, applied, refused = _fix("x", _replacing("to-y", "x", "y"), _replacing("to-x", "y", "x"))
    assert (text, applied) == ("x", 0)
    assert refused


def test_overlapping_fixes_wait_for_each_other() -> None:
    assert _fix("abc", _replacing("r", "ab", "1"), _replacing("s", "bc", "2"), _replacing("t", "1c", "!")) == (
        "!",
        2,
        (),
    )


def test_two_insertions_at_one_place_wait_for_each_other() -> None:
    text = "Diary entry\n"
    index = Index(["Diary/20240101.md"], {"Diary/20240101.md": parse("Diary/20240101.md", text.encode())})
    rules = active_rules(Config())
    result = fixed("Diary/20240101.md", index, Settings(), rules, Config())
    assert result.data.decode() == "---\ndate: 2024-01-01\n---\n" + text


def test_unsafe_ones_only_when_asked() -> None:
    rule = _replacing("r", "x", "y", safe=False)
    assert _fix("x", rule) == ("x", 0, ())
    assert _fix("x", rule, unsafe=True) == ("y", 1, ())


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        pytest.param("---\na: 1\n---\n", "1", "b: c", id="properties no longer readable"),
        pytest.param("---\na: 1\n---\n", "---\na", "--\na", id="properties gone"),
        pytest.param("`x`", "x", "y", id="inline code"),
        pytest.param("```\nx\n```\n", "x", "y", id="fence"),
        pytest.param("$x$", "x", "y", id="math"),
        pytest.param("<!-- x -->\n", "x", "y", id="HTML comment"),
        pytest.param("%%\nx\n%%\n", "x", "y", id="comment"),
        pytest.param("[[x]]\n", "x", "y", id="link"),
        pytest.param("[[a|x]]\n", "x", "y", id="what a link shows"),
        pytest.param("[z](x.md)\n", "x", "y", id="Markdown link"),
        pytest.param("---\nr: '[[x]]'\n---\n", "x", "y", id="link in a property"),
        pytest.param("x [[a]] `\n", "x", "`", id="a link that becomes code"),
        pytest.param("x[b]]\n", "x", "[", id="text that becomes a link"),
    ],
)
def test_the_guard_names_the_rule_and_writes_nothing(text: str, old: str, new: str) -> None:
    good = _replacing("good", "never there", "")
    assert _fix(text, good, _replacing("bad", old, new)) == (text, 0, ("bad",))


def test_only_the_guilty_rule_is_named() -> None:
    text = "x `y` x"
    assert _fix(text, _replacing("good", "x", "z"), _replacing("bad", "y", "z")) == (text, 0, ("bad",))


def test_what_a_check_declares_it_may_edit() -> None:
    assert _fix("[[x]] `x`", _replacing("r", "[[x", "[[y", edits=frozenset({Part.LINKS}))) == ("[[y]] `x`", 1, ())


def test_bytes_elsewhere_survive() -> None:
    text = '\ufeff---\r\nb:   "q" # c\r\n---\r\nx\u00a0 \r\nend'
    assert _fix(text, _replacing("r", "x", "y"))[0] == text.replace("x", "y")


def test_silenced_findings_are_not_fixed() -> None:
    assert _fix("x %% vaultkit: ignore r %%\nx\n", _replacing("r", "x", "y")) == (
        "x %% vaultkit: ignore r %%\ny\n",
        1,
        (),
    )


def test_excluded_notes_are_not_fixed() -> None:
    config = parse_config("lint: {exclude: ['a*']}")
    assert fixed("a.md", _index("x"), Settings(), [_replacing("r", "x", "y")], config).data == b"x"


def test_many_fixes_in_one_note() -> None:
    text = 'see [a](https://a.example){:target="_blank"} x\n' * 2000
    rules = active_rules(Config(), select=["kramdown-leftovers"])
    result = fixed("a.md", _index(text), Settings(), rules, Config())
    assert (result.applied, b"{:" in result.data) == (2000, False)
