"""What the three checks of links say, and where they keep silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.vault.settings import Settings

Lint = Callable[..., list[Diagnostic]]
VAULT = {
    "People/Alice Example.md": "---\naliases: [Ally, アリス]\n---\n# Why?\n\n> # Quoted\n\nText ^one\n",
    "People/Bob.md": "---\naliases: [Both]\n---\n",
    "People/Carol.md": "---\naliases: [Both]\n---\n",
    "ＡＢＣ.md": "",
    "Figure 1.png": "",
    "Board.canvas": "",
    "LICENSE": "",
    "x/Same.md": "",
    "y/Same.md": "",
    "Deep/and/deeper/Far.md": "",
    "Far-off/Far.md": "",
}


def _said(lint_files: Lint, text: str, rule: str, **kwargs: object) -> list[str]:
    found = lint_files({**VAULT, "a.md": text}, only=["a.md"], select=tuple(rule.split()), **kwargs)
    return [d.message for d in found]


LINKS = "alias-not-target links-resolve links-unresolved"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[Nobody]]", "`[[Nobody]]` leads nowhere"),
        ("[[Nobody#H|x]]", "`[[Nobody#H]]` leads nowhere"),
        ("[x](no%20body.md)", "`(no body.md)` leads nowhere"),
        ("---\nk: '[[Nobody]]'\n---\n", "`[[Nobody]]` leads nowhere"),
        ("%% [[Nobody]] %%", "`[[Nobody]]` leads nowhere"),
        ("[r]: nobody.md", "`(nobody.md)` leads nowhere"),
        ("[[ally]]", "; it is an alias, which is no link target: write `[[Alice Example|ally]]`"),
        ("[[Both]]", "write `[[Bob|Both]]` or `[[Carol|Both]]`"),
        ("[[abc]]", "; did you mean `[[ＡＢＣ|abc]]`?"),
        ("[[alice-example]]", "; did you mean `[[Alice Example|alice-example]]`?"),
        ("[[Friends/Bob]]", "; did you mean `[[Bob|Friends/Bob]]`?"),
        ("[[Figure 1]]", "; did you mean `Figure 1.png`?"),
        ("[[Board]]", "; did you mean `Board.canvas`?"),
        ("[[2023-11-22]]", " yet: there is no daily note 2023-11-22"),
        ("[[.github/x.md]] [[a/.git/x.md]]", "; Obsidian does not see files and folders whose name begins with a dot"),
        ("[x](www.example.org)", "; a web address needs `https://`"),
    ],
)
def test_a_link_that_leads_nowhere(lint_files: Lint, text: str, message: str) -> None:
    assert message in "\n".join(_said(lint_files, text, LINKS))


@pytest.mark.parametrize(
    "text",
    [
        "[[alice EXAMPLE]] [[People/Bob.md]] [x](Alice%20Example.md) [[Figure 1.png]] [[Board.canvas]] [[LICENSE]]",
        "[[#nowhere]] [[]] [[ ]] ![[nowhere.png]] [x](https://nowhere.example) [x](mailto:a@b.example) []()",
        "`[[nowhere]]` $[[nowhere]]$ <!-- [[nowhere]] --> \\[[nowhere]]",
        "[[<% tp.file.title %>]] [[{{date}}]] [[Notes/{{title}}]]",
        "| a |\n|---|\n| [[Bob\\|x]] |",
    ],
)
def test_a_link_that_is_fine(lint_files: Lint, text: str) -> None:
    assert _said(lint_files, text, LINKS) == []


@pytest.mark.parametrize(
    ("link", "rule"),
    [
        ("[[ally]]", "alias-not-target"),
        ("[[アリス#見出し]]", "alias-not-target"),
        ("[[abc]]", "links-resolve"),
        ("[[Alice Exmaple]]", "links-resolve"),
        ("[[Friends/Bob]]", "links-resolve"),
        ("[[People/Nobody]]", "links-resolve"),
        ("[[Nobody.md]]", "links-resolve"),
        ("[[nothing.PDF]]", "links-resolve"),
        ("[[Nobody#Part]]", "links-resolve"),
        ("[[Nobody#^b]]", "links-resolve"),
        ("[[C#]]", "links-resolve"),
        ("[[.NET]]", "links-resolve"),
        ("[[www.example.org]]", "links-resolve"),
        ("[x](https:/example.org)", ""),
        ("[x](http//example.org)", "links-resolve"),
        ("[x](notes.txt)", "links-resolve"),
        ("[x](Nobody)", "links-unresolved"),
        ("[[Node.js]]", "links-unresolved"),
        ("[[Mr. Nobody]]", "links-unresolved"),
        ("[[HTTP: how it works]]", "links-unresolved"),
        ("[[Nobody]]", "links-unresolved"),
        ("[[2023-11-22]]", "links-unresolved"),
        ("[[2023-11-20]]", "links-unresolved"),
        ("[[Diary/2023-11-22]]", "links-unresolved"),
        ("[[2023_11_21]]", "links-resolve"),
        ("![[Bobb.png]]", ""),
        ("[[誰か]]", "links-unresolved"),
    ],
)
def test_each_has_one_reason(lint_files: Lint, link: str, rule: str) -> None:
    files = {**VAULT, "Diary/2023-11-21.md": "", "a.md": link}
    found = lint_files(files, only=["a.md"], select=tuple(LINKS.split()))
    assert [d.rule for d in found] == ([rule] if rule else [])


def test_daily_notes_in_the_vaults_own_format(lint_files: Lint) -> None:
    settings = Settings(daily_folder="Diary", daily_format="YYYY/YYYYMMDD")
    said = _said(lint_files, "[[20231122]] [[Diary/2023/20231122]]", "links-unresolved", settings=settings)
    assert [m.partition(" yet: ")[2] for m in said] == ["there is no daily note 2023-11-22"] * 2
    silent = "lint: {rules: {links-unresolved: {options: {daily-notes: false}}}}"
    assert _said(lint_files, "[[20231122]] [[x]]", "links-unresolved", settings=settings, config=silent) == [
        "`[[x]]` leads nowhere"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[Bob#Nothing]]", "`[[Bob#Nothing]]`: `People/Bob.md` has no heading `Nothing`"),
        ("[[Alice Example#why!?]]", None),
        ("[[Alice Example#Why？]]", "has no heading `Why？`; did you mean `Why?`?"),
        ("[[Alice Example#Quoted]]", "has `Quoted` only in a comment, code, a list or a quote, where it is no heading"),
        ("[[Alice Example#^one]] [[Alice Example#^ONE]]", None),
        ("[[Alice Example#^two]]", "has no block `^two`"),
        ("[[#Here]]", "`a.md` has no heading `Here`"),
        ("# Here\n[[#Here]] [[##here]] [[#]] [[Bob#]]", None),
        ("# A\n## B\n# C\n[[#A#B]]", None),
        ("# A\n## B\n# C\n[[#C#B]]", "has `B`, but not below `C`"),
        ("[[Nobody#Nothing]] ![[Figure 1.png#Nothing]] [[Board.canvas#x]] [[#[^1]]]", None),
    ],
)
def test_a_heading_or_block(lint_files: Lint, text: str, message: str | None) -> None:
    said = _said(lint_files, text, "headings-resolve blocks-resolve")
    assert said == [] if message is None else message in "\n".join(said)


def test_several_targets(lint_files: Lint) -> None:
    assert _said(lint_files, "[[Same]] [[Far]] [[x/Same]]", "links-unambiguous") == [
        "`[[Same]]` fits several files equally well: x/Same.md, y/Same.md; write more of the path"
    ]
    shortest = "lint: {rules: {links-unambiguous: {options: {shortest: true}}}}"
    assert len(_said(lint_files, "[[Same]] [[Far]] [[x/Same]]", "links-unambiguous", config=shortest)) == 2
