"""What the checks of tags say for odd tags and options."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultkit.config import parse_config
from vaultkit.errors import UsageError
from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.linting.packs import active_rules
from vaultkit.linting.tag_list import tags_listed
from vaultkit.vault.edit import apply_edits
from vaultkit.vault.parse import parse

Lint = Callable[..., list[Diagnostic]]


def _fixed(text: str, found: Diagnostic) -> str:
    return apply_edits(text.encode(), found.fix.edits).decode() if found.fix else ""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("#日記：雨だ", "日記"),
        ("#日記！雨だ", "日記"),
        ("#日記、", "日記"),
        ("#日記：雨", None),
        ("#ラブライブ！サンシャイン", None),
        ("#日記（雨 の日）", "日記"),
        ("#日記「雨」。風", "日記「雨」"),
        ("#a。", "a"),
        ("#12、#次", "12"),
        ("%% #日記、雨 %%", "日記"),
        ("#日記", None),
        ("#日記！", None),
        ("#日記！？", None),
        ("#日記「雨、風」", None),
        ("#日記『「雨」』", None),
        ("#ジャン・ポール", None),
        ("#2024〜25年", None),
        ("#日記です", None),
        ("#café", None),
        ("[[a#日記、雨]]", None),
    ],
)
def test_where_a_tag_ends(lint_files: Lint, text: str, meant: str | None) -> None:
    found = lint_files({"a.md": text, "日記、雨.md": ""}, select=("tag-ends-cleanly",))
    assert [d.message.partition("behind `#")[2].partition("` ends")[0] for d in found] == ([meant] if meant else [])


@pytest.mark.parametrize(
    ("text", "fixed", "safe"),
    [
        ("#日記、雨", "#日記 、雨", True),
        ("# 題 #日記、雨", "# 題 #日記 、雨", False),
        ("#1、雨", "#1 、雨", False),
        ("#日記：雨だ", "#日記 ：雨だ", False),
        ("[見た #日記、雨](b.md)", "", False),
        ("#日記、#旅行", "#日記 、 #旅行", True),
        ("#。雨", "", False),
    ],
)
def test_how_a_tag_is_ended(lint_files: Lint, text: str, fixed: str, safe: bool) -> None:
    (found,) = lint_files({"a.md": text}, select=("tag-ends-cleanly",))
    assert _fixed(text, found) == fixed
    assert bool(found.fix and found.fix.safe) is safe


def test_tags_with_signs_on_purpose(lint_files: Lint) -> None:
    config = "lint: {rules: {tag-ends-cleanly: {options: {allow: ['#モーニング娘。']}}}}"
    assert lint_files({"a.md": "#モーニング娘。"}, config, select=("tag-ends-cleanly",)) == []


@pytest.mark.parametrize(
    ("replace", "text", "fixed"),
    [
        ("{a: b, b: c}", "#a #b/x", "#c #c/x"),
        ("{a: b, a/x: y}", "#a/x/z #a/z", "#y/z #b/z"),
        ("{'#a': '#b'}", "[see #a](c.md) %% #A %%", "[see #b](c.md) %% #b %%"),
        ("{a: b}", "#ab #b/a `#a`", ""),
        ("{a: 日記}", "---\ntags: [1a, A, z]\n---\n", "---\ntags: [1a, 日記, z]\n---\n"),
        (
            "{a: z, b: z, c: z, d: z, e: z, f: z, g: z}",
            "---\ntags: [a, b, c, d, e, f, g]\n---\n",
            "---\ntags: [z]\n---\n",
        ),
        ("{a: b}", "---\ntags: a, b\n---\n", ""),
    ],
)
def test_tags_replaced(lint_files: Lint, replace: str, text: str, fixed: str) -> None:
    config = f"lint: {{rules: {{tags-replaced: {{options: {{replace: {replace}}}}}}}}}"
    found = lint_files({"a.md": text}, config, select=("tags-replaced",))
    assert (_fixed(text, found[0]) if found else "") == fixed


@pytest.mark.parametrize(
    ("replace", "problem"),
    [
        ("{a: b, b: a}", "leads back to itself"),
        ("{a: a/b}", "leads back to itself"),
        ("{a: b/c, b: a}", "leads back to itself"),
        ("{a: b c}", "`b c` is no tag"),
        ("{a: b/}", "`b/` is no tag"),
        ("{'1': b}", "`1` is no tag"),
    ],
)
def test_a_replacement_that_cannot_be(lint_files: Lint, replace: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        lint_files({}, f"lint: {{rules: {{tags-replaced: {{options: {{replace: {replace}}}}}}}}}")


@pytest.mark.parametrize(
    ("options", "text", "unknown"),
    [
        ("known: []", "#a", []),
        ("known: ['#a']", "#A #b", ["b"]),
        ("known: ['a/*']", "#a #a/b #a/b/c #ab", ["a", "ab"]),
        ("known: ['y20*']", "#y2024 #y1999", ["y1999"]),
        ("known: ['20*']", "#2024/01 #1999/01", ["1999/01"]),
        ("known: [a/b], below: true", "#a/b/c #a #a/bc", ["a", "a/bc"]),
        ("known: ['*']", "#a #b", []),
        ("known: [a]", "---\ntags: [b, B]\n---\n#b #b", ["b", "b", "b"]),
    ],
)
def test_tags_known(lint_files: Lint, options: str, text: str, unknown: list[str]) -> None:
    config = f"lint: {{rules: {{tags-known: {{options: {{{options}}}}}}}}}"
    found = lint_files({"a.md": text}, config, select=("tags-known",))
    assert [d.message.partition("`#")[2].partition("`")[0] for d in found] == unknown


@pytest.mark.parametrize(
    ("listed", "known"),
    [
        ("- a\n- b\n", ["a", "b"]),
        ("- a\n  - b\n    - c\n  - d\n- e\n", ["a", "a/b", "a/b/c", "a/d", "e"]),
        ("- a\n\t- b\n- c\n", ["a", "a/b", "c"]),
        ("- a\n  - a/b\n  - #c\n  - A/d\n", ["a", "a/b", "c", "A/d"]),
        ("- a/*\n  - b\n", ["a/*", "a/b"]),
        ("* a: remark\n+ b, more\n1. c\n2) 旅行：京都\n> - d\n", ["a", "b", "c", "旅行"]),
        ("---\ntags:\n  - x\n---\n# H\ntext - no\n- a\n- a\n", ["a"]),
        ("```\n- x\n```\n<!--\n- y\n-->\n- 2024\n- [ ] z\n- [[w]]\n- `v`\n", []),
        ("", []),
    ],
)  # fmt: skip
def test_tags_that_a_note_lists(listed: str, known: list[str]) -> None:
    assert tags_listed(parse("Tags.md", listed.encode())) == tuple(known)


def test_tags_known_of_a_note(lint_files: Lint) -> None:
    config = "lint: {rules: {tags-known: {options: {known: [x], file: Meta/Tags.md}}}}"
    files = {"a.md": "#a #A/B #x #c #diery", "Meta/Tags.md": "- a\n  - b\n- #diary\n\n#anything"}
    said = [d.message for d in lint_files(files, config, select=("tags-known",))]
    assert [one.partition("`#")[2] for one in said] == [
        "c` is not in the list of known tags; allowed: x, a, a/b, diary",
        "diery` is not in the list of known tags; did you mean `diary`?",
    ]
    (found,) = lint_files({"a.md": "#a #x"}, config, select=("tags-known",))
    assert found.message.endswith("`#a` is not in the list of known tags; there is no note `Meta/Tags.md`")


def test_a_list_of_tags_that_is_no_note(lint_files: Lint) -> None:
    with pytest.raises(UsageError, match=r"tags-known\.options\.file: `tags\.yaml` is no note; give"):
        lint_files({}, "lint: {rules: {tags-known: {options: {file: tags.yaml}}}}")


@pytest.mark.parametrize(
    ("known", "hint"),
    [
        ("[diary, garden]", "; did you mean `diary`?"),
        ("[x, y]", "; allowed: x, y"),
        (str([f"x{i}" for i in range(13)]), ""),
    ],
)
def test_what_may_have_been_meant(lint_files: Lint, known: str, hint: str) -> None:
    config = f"lint: {{rules: {{tags-known: {{options: {{known: {known}}}}}}}}}"
    (found,) = lint_files({"a.md": "#dairy"}, config, select=("tags-known",))
    assert found.message == f"the tag `#dairy` is not in the list of known tags{hint}"


@pytest.mark.parametrize("pattern", ["a b", "", "2024", "a*b", "#"])
def test_a_known_tag_that_cannot_be(lint_files: Lint, pattern: str) -> None:
    with pytest.raises(UsageError, match="is no tag, and no beginning of one"):
        lint_files({}, f"lint: {{rules: {{tags-known: {{options: {{known: ['{pattern}']}}}}}}}}")


@pytest.mark.parametrize(
    ("needs", "text", "problems"),
    [
        ("", "", ["the note has no tags"]),
        ("", "#a", []),
        ("{paths: [Papers/**], at-least: 3}", "", ["the note has no tags, not 3"]),
        ("{paths: [Papers/**], at-least: 3}", "#a #b", ["the note has 2 tags, not 3"]),
        ("{paths: [Papers/**], at-least: 2}", "#a #A", ["the note has 1 tag, not 2"]),
        ("{paths: [Papers/**], from: [x, 'y/*']}", "#a #y", ["the note has no tag of `x`, `y/*`"]),
        ("{paths: [Papers/**], from: [x, 'y/*']}", "", ["the note has no tag of `x`, `y/*`"]),
        ("{paths: [Papers/**], from: [x]}", "#x/y", []),
        ("{paths: [Papers], at-least: 2}, {paths: [Papers], from: [x]}", "#x", ["the note has 1 tag, not 2"]),
        ("{paths: [Garden/**], at-least: 3}", "", ["the note has no tags"]),
        ("{paths: [Garden/**], at-least: 3}", "#a", []),
        ("{paths: [Papers], at-least: 3}", "---\ntype: index\n---\n", []),
        ("{paths: [Papers], at-least: 3}", "---\na: b: c\n---\n", []),
    ],
)
def test_tags_needed(lint_files: Lint, needs: str, text: str, problems: list[str]) -> None:
    config = f"lint: {{rules: {{note-has-tags: {{options: {{needs: [{needs}]}}}}}}}}"
    found = lint_files({"Papers/a.md": text}, config, select=("note-has-tags",))
    assert [d.message.partition("; add")[0] for d in found] == problems


@pytest.mark.parametrize(
    ("tags", "fixed", "safe"),
    [
        ("a, b", "\n  - a\n  - b", True),
        ("a b", "\n  - a\n  - b", True),
        ("a　b", "\n  - a\n  - b", True),
        ("a b, c", "\n  - a-b\n  - c", True),
        ("'#a #b'", "\n  - a\n  - b", True),
        ("#a", "\n  - a", True),
        ("a #b #c", "\n  - a\n  - b\n  - c", True),
        ("[a, '#b #c']", "[a, 'b', 'c']", True),
        ("[a, 'b, c']", "[a, 'b', 'c']", False),
        ("[a b, a-b, 12]", "[a-b, y12]", True),
        ("旅行、雨", "\n  - 旅行\n  - 雨", False),
        ("['＃日記']", "['日記']", True),
        ("[a/, /b, c//d]", "[a, b, c/d]", True),
        ("\n  - #a\n  - b", "\n  - a\n  - b", True),
        ("\n  - #a\n  - b # why", "", False),
        ("a # why", None, False),
        ("# none", None, False),
        ("#a is meant", None, False),
        ("[a, '#b']", None, False),
        ("[true]", "", False),
        ("['!']", "", False),
        ("[[a]]", "", False),
        ("&x [a b]", "", False),
        ("{a: b}", "", False),
    ],
)
def test_tags_mended(lint_files: Lint, tags: str, fixed: str | None, safe: bool) -> None:
    text = f"---\nx: 1\ntags:{tags if tags[0] == chr(10) else f' {tags}'}\nz: 2\n---\n#q\n"
    found = lint_files({"a.md": text}, select=("tags-valid",))
    assert [bool(d.fix and d.fix.safe) for d in found] == ([] if fixed is None else [safe])
    after = _fixed(text, found[0]) if found else ""
    assert after == (f"---\nx: 1\ntags:{'' if fixed[0] == chr(10) else ' '}{fixed}\nz: 2\n---\n#q\n" if fixed else "")
    assert not after or not lint_files({"a.md": after}, select=("tags-valid",))


@pytest.mark.parametrize(
    ("keywords", "text", "tags"),
    [
        ("{t: [ant]}", "An ANT.", ["t"]),
        ("{t: [ant]}", "AIなant。", ["t"]),
        ("{t: [ant]}", "want antique ant_x 1ant ant2", []),
        ("{t: [na]}", "naïve éna", []),
        ("{t: [c++]}", "in C++20 and c++", ["t"]),
        ("{t: [.net]}", "the.net", ["t"]),
        ("{t: [big ant]}", "big  \n ant", ["t"]),
        ("{t: [big ant]}", "ant big\n\nant", ["t"]),
        ("{t: [Éa]}", "Éa", ["t"]),
        ("{t: [蟻]}", "大蟻塚", ["t"]),
        ("{t: [ant]}", "see [[Ant]]", ["t"]),
        ("{t: [ant]}", "see [it](ant.md) and [this](<https://a.org/ant>) <b ant> $ant$ <!-- ant -->", []),
        ("{t: [ant]}", "---\nx: ant\n---\n", []),
        ("{t: [ant]}", "#T/x ant", []),
        ("{t: [ant, bee], u: [bee], v: [wasp]}", "bee", ["t", "u"]),
    ],
)
def test_words_that_ask_for_tags(lint_files: Lint, keywords: str, text: str, tags: list[str]) -> None:
    config = f"lint: {{rules: {{tags-from-keywords: {{options: {{keywords: {keywords}}}}}}}}}"
    found = lint_files({"a.md": text}, config, select=("tags-from-keywords",))
    assert sorted(d.message.rpartition("`#")[2].rstrip("`") for d in found) == tags
    if found:
        after = _fixed(text, found[0])
        assert after.startswith("---\ntags:\n" + "".join(f"  - {tag}\n" for tag in tags) + "---\n")
        assert lint_files({"a.md": after}, config, select=("tags-from-keywords",)) == []


def test_a_text_of_several_tags_is_not_added_to(lint_files: Lint) -> None:
    config = "lint: {rules: {tags-from-keywords: {options: {keywords: {t: [ant]}}}}}"
    (found,) = lint_files({"a.md": "---\ntags: a, b\n---\nant\n"}, config, select=("tags-from-keywords",))
    assert found.fix is None


@pytest.mark.parametrize(
    ("rule", "options", "text", "tags", "safe"),
    [
        ("tags-in-front-matter", "", "#a #b\n\nx\n", ["a", "b"], True),
        ("tags-in-front-matter", "", "# T\n\n#a\n\n## S\n", ["a"], True),
        ("tags-in-front-matter", "", "## S\n\n#a\n", ["a"], False),
        ("tags-in-front-matter", "", "x #a\n", [], False),
        ("tags-in-front-matter", "keep: [a]", "#a\n\n#b\n", ["b"], True),
        ("tags-in-front-matter", "keep: ['a*']", "#ab #b\n", [], False),
        ("tags-in-front-matter", "sentences: true", "#a\n\n- x #b\n- [ ] y #c\n", ["a", "b"], False),
        ("tags-in-front-matter", "sentences: true, keep: [b]", "x #b #c\n", ["c"], False),
        ("tags-inline", "", "---\ntags: [a, b]\n---\n#a", ["a", "b"], True),
        ("tags-inline", "keep: [a]", "---\ntags: [a, b]\n---\n", ["b"], False),
        ("tags-inline", "", "#a", [], False),
    ],
)
def test_tags_in_the_wrong_place(
    lint_files: Lint, rule: str, options: str, text: str, tags: list[str], safe: bool
) -> None:
    config = f"lint: {{rules: {{{rule}: {{options: {{{options}}}}}}}}}"
    found = lint_files({"a.md": text}, config, select=(rule,))
    assert [d.message.partition("`#")[2].partition("`")[0] for d in found] == tags
    assert any(d.fix and d.fix.safe for d in found) is safe


def test_the_two_places_exclude_each_other(lint_files: Lint) -> None:
    strict = {active.rule.id for active in active_rules(parse_config("lint: {packs: [strict]}"))}
    assert strict & {"tags-in-front-matter", "tags-inline"} == {"tags-in-front-matter"}
    config = "lint: {packs: [strict], rules: {tags-inline: info, tags-in-front-matter: off}}"
    found = lint_files({"a.md": "---\ntags: [a]\n---\n#b\n"}, config)
    assert [d.rule for d in found if d.rule.startswith("tags-in")] == ["tags-inline"]
