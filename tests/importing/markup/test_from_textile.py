"""Textile → Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importing.markup.laws import lost_words, read_much, resolve, with_signs
from vaultkit.importing.markup.from_textile import from_textile, looks_like_textile

CASES = {
    "headings": ("h1. A\n\nh3(#x). B\n\ntext", "# A\n\n### B\n\ntext"),
    "a heading without a blank line": ("a\nh2. B\nc", "a\n\n## B\n\nc"),
    "marks": (
        "*b* _i_ -d- +n+ ^up^ ~lo~ **c** __d__",
        "**b** *i* ~~d~~ <ins>n</ins> <sup>up</sup> <sub>lo</sub> **c** *d*",
    ),
    "marks within words are none": ("a_b_c 1-2-3 a * b", "a_b_c 1-2-3 a * b"),
    "code": ("@a*b*@ <code>c</code>", "`a*b*` `c`"),
    "an address of mail": ("me@a.b and you@c.d", "me@a.b and you@c.d"),
    "lists": ("* a\n** b\n# c\n# d", "- a\n  - b\n\n1. c\n2. d"),
    "table": ("|_. A|_. B|\n|\\2. x|", "| A | B |\n| --- | --- |\n| x |  |"),
    "preformatted": ('a\n<pre><code class="ruby">\nputs *1*\n</code></pre>\nb', "a\n\n```ruby\nputs *1*\n```\n\nb"),
    "preformatted without end": ("<pre>\n*a*", "\\<pre>\n**a**"),
    "long code": ("bc.. a\n\nb\n\np. c", "```\na\n\nb\n```\n\nc"),
    "quote": ("bq. a *b*", "> a **b**"),
    "footnote": ("a[1].\n\nfn1. b", "a[^1].\n\n[^1]: b"),
    "links": ('"t":http://a.b/c_d. "u(x)":/p', "[t](http://a.b/c_d). [u(x)](/p)"),
    "images": ("!pic.png! !http://a.b/c.png(alt)!", "![[pic.png]] ![alt](http://a.b/c.png)"),
    "files": ("attachment:doc.pdf attachment:x.pdf", "![[doc.pdf]] attachment:x.pdf"),
    "folded": ("{{collapse(More)\na\n}}\nb", "> [!note]- More\n> a\n\nb"),
    "contents": ("{{toc}}\n\na", "a"),
    "colour": ("%{color:red}a% b", "a b"),
    "rule": ("a\n\n---\n\nb", "a\n\n---\n\nb"),
    "Japanese": ("これは *強調* です", "これは **強調** です"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_what_becomes_of_it(text: str, expected: str) -> None:
    assert from_textile(text, resolve).text == expected


@pytest.mark.parametrize(
    ("text", "is_textile"),
    [
        ("h1. A\n\n* b", True),
        ('see "x":http://a.b', True),
        ("<pre>\na\n</pre>", True),
        ("## A\n\n- b", False),
        ("```\nh1. A\n```\n[a](http://b.c)", False),
        ("only words", False),
    ],
)
def test_which_markup_it_is(text: str, is_textile: bool) -> None:
    assert looks_like_textile(text) is is_textile


@given(with_signs('* _ - + ^ ~ ?? @ | # " ": ! [ ] [[ ]] h1. bq. bc. bc.. <pre> </pre> {{collapse( }} == % http://'))
def test_no_word_is_lost(text: str) -> None:
    assert lost_words(text, from_textile(text, resolve)) == []


@given(st.text())
def test_it_never_raises(text: str) -> None:
    from_textile(text, resolve)
    looks_like_textile(text)


def test_much_is_read_in_linear_time() -> None:
    pieces = [
        "*a ",
        "|",
        "|a|\n",
        '"a":',
        "@a",
        "!a!",
        "!a(",
        "bc.. a\n\n",
        "<pre>",
        "{{collapse\n",
        "[[",
        "==",
        "%{",
        "** a\n",
    ]
    read_much(from_textile, pieces)
    read_much(
        lambda text: from_textile("" if looks_like_textile(text) else ""), ["@a", "`", "!a", "h1(", "# a\n", "\n"]
    )
