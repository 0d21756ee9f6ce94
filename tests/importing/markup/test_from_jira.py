"""Jira's wiki markup → Markdown."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.importing.markup.laws import lost_words, read_much, resolve, with_signs
from vaultkit.importing.markup.from_jira import from_jira

CASES = {
    "headings": ("h1. A\nh3. B c\ntext", "# A\n\n### B c\n\ntext"),
    "marks": ("*b* _i_ -d- +n+ ^up^ ~lo~ ??c??", "**b** *i* ~~d~~ <ins>n</ins> <sup>up</sup> <sub>lo</sub> *c*"),
    "marks within words are none": ("snake_case_word a-b-c 2*3*4", "snake_case_word a-b-c 2\\*3\\*4"),
    "marks in Japanese": ("これは*強調*です", "これは**強調**です"),
    "marks around brackets": ("これは*「強調」*です", "これは<strong>「強調」</strong>です"),
    "forced marks": ("un{*}be{*}lievable", "un**be**lievable"),
    "monospaced": ("{{a*b*}} {{x}}", "`a*b*` `x`"),
    "line breaks": ("a\nb\\\\c", "a\nb\nc"),
    "escaped": ("\\*a\\* \\{code}", "\\*a\\* {code}"),
    "lists": ("* a\n** b\n* c\n# d\n## e", "- a\n  - b\n- c\n\n1. d\n   1. e"),
    "mixed lists": ("# a\n#* b", "1. a\n   - b"),
    "an item with a second line": ("* a\nmore\n* b", "- a\n  more\n- b"),
    "code": ("{code:python}\nx = '*1*'\n{code}", "```python\nx = '*1*'\n```"),
    "code with options": ("{code:title=a.js|language=js}\n1\n{code}", "```js\n1\n```"),
    "code in code": ("{noformat}```{code}{noformat}", "````\n```{code}\n````"),
    "code without end": ("{code}\n*b*", "{code}\n**b**"),
    "quote": ("{quote}\na\n\n* b\n{quote}\nc", "> a\n>\n> - b\n\nc"),
    "quoted line": ("bq. a *b*", "> a **b**"),
    "panel": ("{panel:title=T|bgColor=#fff}\na\n{panel}", "> [!note] T\n> a"),
    "warning": ("{warning}a{warning}b", "> [!warning]\n> a\n\nb"),
    "rule": ("a\n----\nb", "a\n\n---\n\nb"),
    "table": ("||A||B||\n|1|*2*|", "| A | B |\n| --- | --- |\n| 1 | **2** |"),
    "table without head": ("|1|2|", "|  |  |\n| --- | --- |\n| 1 | 2 |"),
    "a bar in a cell": ("|[a|http://b.c]|{{d|e}}|", "|  |  |\n| --- | --- |\n| [a](http://b.c) | `d\\|e` |"),
    "what follows a table": (
        "|1|\n* a\n** b\n\n|1\n2|\nend",
        "|  |\n| --- |\n| 1 |\n\n- a\n  - b\n\n|  |\n| --- |\n| 1<br>2 |\n\nend",
    ),
    "lines in a cell": ("||A||\n|1\n2|", "| A |\n| --- |\n| 1<br>2 |"),
    "links": ("[t|http://a.b/c_d] [http://a.b] http://a.b/c_d_", "[t](http://a.b/c_d) <http://a.b> http://a.b/c_d_"),
    "mail": ("[mailto:a@b.c]", "[mailto:a@b.c](mailto:a@b.c)"),
    "brackets": ("[WIP] see [1]", "[WIP] see [1]"),
    "people": ("[~ann] [~accountid:7] [~accountid:8]", "@ann @Bob @8"),
    "files": ("!pic.png|width=300! [^doc.pdf] [^other.pdf]", "![[pic.png]] ![[doc.pdf]] other.pdf"),
    "images that are not here": ("!a.png|thumbnail!", "![](a.png)"),
    "exclamations": ("Wow! Really! no.", "Wow! Really! no."),
    "colour": ("{color:red}a{color} {color:#f00}*b*{color}", "a **b**"),
    "dashes": ("a -- b --- c", "a – b — c"),
    "unknown macro": ("{jira:x}", "{jira:x}"),
    "Markdown is text": ("# a `b` [c](d)\n1. x <b>", "1. a \\`b\\` \\[c](d)\n   1\\. x \\<b>"),
    "other line ends": ("a\r\n\r\nb\rc", "a\n\nb\nc"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_what_becomes_of_it(text: str, expected: str) -> None:
    assert from_jira(text, resolve, {"7": "Bob"}).text == expected


def test_a_link_that_runs_is_named() -> None:
    got = from_jira("[go|javascript:alert(1)]")
    assert (got.text, got.lost) == ("go", ("javascript:alert(1)",))


def test_the_files_that_it_embeds() -> None:
    got = from_jira("!pic.png! !pic.png! [^doc.pdf]", resolve)
    assert [one.name for one in got.attachments] == ["pic.png", "doc.pdf"]


@given(with_signs("* _ - + ^ ~ ?? { } {{ }} [ ] | || # \\ \\\\ ! h1. bq. ---- {quote} {code} {panel} {color} http://"))
@example("[w1|w2]")
@example("{quote}{panel}w1{quote}w2")
def test_no_word_is_lost(text: str) -> None:
    assert lost_words(text, from_jira(text, resolve)) == []


@given(st.text())
def test_it_never_raises(text: str) -> None:
    from_jira(text, resolve)


def test_much_is_read_in_linear_time() -> None:
    read_much(
        from_jira,
        [
            "many words of one line and *b* ",
            "*a ",
            "*",
            "{",
            "{{",
            "{code}",
            "{quote}",
            "{panel:title=x}",
            "[",
            "[a|",
            "!a.",
            "!a|",
            "|",
            "|a\n",
            "** a\n# b\n",
            "\\",
            "\n",
            "{color:",
            "http://",
            "a_",
            "-- ",
        ],
    )
