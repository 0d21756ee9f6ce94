"""txt2tags → Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from tests.importing.markup.laws import lost_words, read_much, resolve, with_signs
from vaultkit.importing.markup.from_txt2tags import from_txt2tags, hashtags

CASES = {
    "headings": ("= A =\n=== B ===[b]\n== 一月 ==\ntext", "# A\n\n### B\n\n## 一月\n\ntext"),
    "numbered headings": ("+ A +\n++ B ++", "# A\n\n## B"),
    "marks": ("**b** //i// __u__ --s-- ``c``", "**b** *i* <u>u</u> ~~s~~ `c`"),
    "marks in Japanese": ("これは**強調**です", "これは**強調**です"),
    "no marks": ("a -- b, 2 // 3, --long", "a -- b, 2 // 3, --long"),
    "raw": ("\"\"**a**\"\" ''<b>''", "\\*\\*a\\*\\* \\<b>"),
    "Markdown's signs": ("*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"),
    "lists": ("- a\n  - b\n  + c\n- d", "- a\n  - b\n\n  1. c\n- d"),
    "a list goes on over a blank line": ("- a\n\n- b\n\n\n- c", "- a\n- b\n\n- c"),
    "a paragraph below a list": ("- a\n- b\n\nc", "- a\n- b\n\nc"),
    "an item of two lines": ("- a\n  b", "- a\n  b"),
    "a list that is ended": ("- a\n-\nb", "- a\n\nb"),
    "a term": (": a\nb", "**a**\n\nb"),
    "quotes": ("\ta\n\t\tb\nc", "> a\n>\n> > b\n\nc"),
    "code": ("```\n**a**\n  b\n```\n``` c\n", "```\n**a**\n  b\n```\n\n```\nc\n```"),
    "code without an end": ("```\na", "\\`\\`\\`\na"),
    "table": ("|| a | b |\n| c | **d** |\n| e ||\n", "| a | b |\n| --- | --- |\n| c | **d** |\n| e |  |"),
    "rule": ("a\n--------------------\nb", "a\n\n---\n\nb"),
    "comment": ("% note\na", "<!-- note -->\n\na"),
    "line break": ("a\\\\\nb\\\\ c \\\\server\n\\\\\nd", "a\nb\nc \\\\\\server\n\nd"),
    "a link over two lines": ('[the "old"\nmill http://a.b]', '[the "old" mill](http://a.b)'),
    "a file beside": ("[the plan doc.pdf] [not here x.txt]", "the plan ![[doc.pdf]] [not here x.txt]"),
    "links": (
        '[t ""http://a.b/c d""] [u http://a.b] http://c.d [m x@y.z]',
        "[t](http://a.b/c%20d) [u](http://a.b) <http://c.d> [m](mailto:x@y.z)",
    ),
    "no link": ("[a b] and [1]", "[a b] and [1]"),
    "a link to a day": ("[the sea 2024-01-31]", "the sea (2024-01-31)"),
    "a file": ('[doc ""doc.pdf""]', "![[doc.pdf]]"),
    "images": ('[""pic"".png?50] [http://a.b/c.png]', "![[pic.png|50]] ![](http://a.b/c.png)"),
    "colour": ("{red **b**|color:#f00}", "red **b**"),
    "formulas": (r"$$x^2$$ \(y_1\)", "$$x^2$$ $y_1$"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_what_becomes_of_it(text: str, expected: str) -> None:
    assert from_txt2tags(text, resolve).text == expected


def test_the_tags_in_a_text() -> None:
    text = "#sea and #海-辺, not #12 a#b ``#c`` http://d/#e &#f; ##g #sea"
    assert hashtags(text) == ("sea", "海-辺")


@given(
    with_signs('** // __ -- `` "" \'\' = == + - : | || % \\\\ ``` """ [ ] .png] {{ |color:red} $$ \\( \\) http:// \t')
)
def test_no_word_is_lost(text: str) -> None:
    assert lost_words(text, from_txt2tags(text, resolve)) == []


@given(st.text())
def test_it_never_raises(text: str) -> None:
    from_txt2tags(text, resolve)
    hashtags(text)


def test_much_is_read_in_linear_time() -> None:
    pieces = [
        "some words of a day that are **not** marked, and a blank at their end ",
        "**a ",
        "| ",
        "| a | b\n",
        "[a ",
        '[""a',
        "``a",
        '""a',
        "\\(",
        "$$",
        "{a|",
        "```\n",
        "- a\n",
        "=",
        "= a ",
        "#",
    ]
    read_much(from_txt2tags, pieces)
    with not_hanging():
        for piece in pieces:
            hashtags(piece * 20_000)
