"""Hatena notation → Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from tests.importing.markup.laws import lost_words, read_much, resolve, with_signs
from vaultkit.importing.markup.from_hatena import from_hatena

PHOTO = "https://cdn-ak.f.st-hatena.com/images/fotolife/k/kelp/20190124/20190124101419"
CASES = {
    "headings": ("*潮\n**小潮\n***大潮", "### 潮\n\n#### 小潮\n\n##### 大潮"),
    "a heading with its time and categories": ("*1234567890*[海][日記]潮", "### [海] [日記] 潮"),
    "emphasis is none": ("*a*b", "### a\\*b"),
    "lines and paragraphs": ("一\n二\n\n三", "一\n二\n\n三"),
    "lists": ("-a\n--b\n--+c\n-d\n+e", "- a\n  - b\n    1. c\n- d\n\n1. e"),
    "terms": (":潮:満ち引き", "**潮**\n\n- 満ち引き"),
    "table": ("|*A|*B|\n|x|y|", "| A | B |\n| --- | --- |\n| x | y |"),
    "quotes": (">>\na\n>>\nb\n<<\n<<\nc", "> a\n>\n> > b\n\nc"),
    "a quote that is cited": (">http://a.b/c>\nq\n<<", "> <http://a.b/c>\n>\n> q"),
    "code": (">|python|\nif a < b:\n  *c*\n||<\nd", "```python\nif a < b:\n  *c*\n```\n\nd"),
    "preformatted": (">|\na <b>b</b>\n|<", "```\na b\n```"),
    "code without end": (">||\na", "```\na\n```"),
    "footnotes": ("a((b [http://c.d/:title=e]))f", "a[^1]f\n\n[^1]: b [e](http://c.d/)"),
    "no footnote": ("a )((b))( c", "a ((b)) c"),
    "links": (
        "[http://a.b/c:title=T] [http://a.b/c:title] [http://a.b/c:embed:cite] http://x.y/z",
        "[T](http://a.b/c) <http://a.b/c> <http://a.b/c> <http://x.y/z>",
    ),
    "no links": ("[]http://a.b [[c]][]", "http://a.b [[c]]"),
    "keywords": ("[[潮]] [keyword:月]", "潮 月"),
    "photos": ("[f:id:kelp:20190124101419j:image:w300]", f"![|300]({PHOTO}.jpg)"),
    "a film": ("[f:id:kelp:20190124101419f:movie]", f"<{PHOTO}.flv>"),
    "math": ("[tex:e^{x[1\\]}]", "$e^{x[1]}$"),
    "HTML": ('<div class="x">\n<b>a</b> <img src="pic.png">\n</div>', "**a** ![[pic.png]]"),
    "HTML without paragraphs": ("><p>a</p><\nb", "a\n\nb"),
    "the rest of a post": ("a\n====\nb\n=====\nc", "a\n\nb\n\nc"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_what_becomes_of_it(text: str, expected: str) -> None:
    assert from_hatena(text, resolve).text == expected


def test_the_files_that_it_embeds() -> None:
    assert [one.name for one in from_hatena('((<img src="pic.png">))<img src="pic.png">', resolve).attachments] == [
        "pic.png"
    ]


@given(
    with_signs(
        "* ** - + -- | |* >> << >| >|| ||< |< (( )) )(( ))( [] [[ ]] [tex: ] : ==== >< <b> </b> [http://a.b :title="
    )
)
def test_no_word_is_lost(text: str) -> None:
    assert lost_words(text, from_hatena(text, resolve)) == []


@given(st.text())
def test_it_never_raises(text: str) -> None:
    from_hatena(text, resolve)


def test_much_is_read_in_linear_time() -> None:
    pieces = [
        "潮 w1 ",
        "((",
        "))",
        "((a))",
        "[tex:",
        "[http://a.b",
        "[http://a.b:title=",
        "f:id:",
        "[[",
        "[]",
        "<b",
        "*a\n",
    ]
    pieces += [
        "-",
        "-a\n",
        "|a",
        "|a|\n",
        ">>\n",
        ">|\n",
        ">||\n",
        "<<\n",
        ":a:b\n",
        ")((",
        "[\\",
        ":w1",
        "[f:id:k:20190124101419j:image:",
    ]
    read_much(from_hatena, pieces)


def test_many_open_brackets_do_not_hang() -> None:
    with not_hanging():
        from_hatena("[tex:" + "[" * 100_000)
