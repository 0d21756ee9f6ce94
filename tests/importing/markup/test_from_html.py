"""HTML → Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importing.markup.laws import lost_words, read_much, resolve
from vaultkit.importing.markup.from_html import from_html

CASES = {
    "paragraphs": ("<p>a</p><p>b<br>c</p>", "a\n\nb\nc"),
    "two breaks": ("a<br><br />b", "a\n\nb"),
    "white space": ("<p>\n  a\t b\n</p>", "a b"),
    "headings": ("<h1>A</h1>b<h3>C <em>d</em></h3>", "# A\n\nb\n\n### C *d*"),
    "nested lists": ("<ul><li>a<ol start=4><li>b</li></ol></li><li>c</li></ul>", "- a\n\n  4. b\n- c"),
    "a list in a list without an item": ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b"),
    "tasks": ("<ul><li><input type=checkbox checked> a<li><input type=checkbox>b</ul>", "- [x] a\n- [ ] b"),
    "definitions": ("<dl><dt>a</dt><dd>b</dd><dd>c</dd></dl>", "**a**\n\n- b\n\n- c"),
    "table": (
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1|2</td><td>a<br>b</td></tr></table>",
        "| A | B |\n| --- | --- |\n| 1\\|2 | a<br>b |",
    ),
    "table without head": (
        "<table><tr><td colspan=2>1<tr><td>2<td>3</table>",
        "|  |  |\n| --- | --- |\n| 1 |  |\n| 2 | 3 |",
    ),
    "table for layout": ("<table><tr><td><table><tr><td>a</table><td>b</table>", "|  |\n| --- |\n| a |\n\nb"),
    "code": ('<pre><code class="language-py">a = 1\n\n  b&lt;</code></pre>', "```py\na = 1\n\n  b<\n```"),
    "highlighted code": (
        '<pre class="code lang-js" data-lang="js"><span class=k>if</span> (`) ```</pre>',
        "````js\nif (`) ```\n````",
    ),
    "inline code": ("<code>a`b</code> <tt>*</tt>", "``a`b`` `*`"),
    "quotes": ("<blockquote>a<blockquote><p>b</blockquote></blockquote>c", "> a\n>\n> > b\n\nc"),
    "image": ('<img src="http://a/b.png" alt="x" width=300 onerror=run()>', "![x|300](http://a/b.png)"),
    "image of the export": ('<img src="pic.png" alt="x">', "![[pic.png|x]]"),
    "figure": (
        '<figure><a href="http://a/"><img src="http://a/b.png"></a><figcaption>c</figcaption></figure>',
        "[![](http://a/b.png)](http://a/)\n\nc",
    ),
    "links": (
        '<a href="http://a/b_c">t</a> <a href="http://a/b_c">http://a/b_c</a> <a name=x>y</a>',
        "[t](http://a/b_c) <http://a/b_c> y",
    ),
    "a link to a file": ('<a href="doc.pdf">Doc</a>', "![[doc.pdf]] Doc"),
    "a picture of Hatena's": (
        '<img src="http://a.b/c.jpg" alt="f:id:kelp:20190124101419j:image">',
        "![](http://a.b/c.jpg)",
    ),
    "Hatena's keywords": ('<a class="keyword" href="http://d.hatena.ne.jp/keyword/x">x</a>', "x"),
    "marks": ("<b>b</b> <i>i</i> <del>d</del> <ins>n</ins> <mark>m</mark>", "**b** *i* ~~d~~ <ins>n</ins> ==m=="),
    "marks with blanks": ("a<b> b </b>c", "a **b** c"),
    "empty marks": ("a<b></b><i> </i>b", "a b"),
    "sub and sup": ("H<sub>2</sub>O x<sup>2</sup>", "H<sub>2</sub>O x<sup>2</sup>"),
    "ruby": ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>"),
    "details": ("<details><summary>a <b>b</b></summary><p>c</p></details>", "> [!note]- a **b**\n> c"),
    "rule": ("a<hr>b", "a\n\n---\n\nb"),
    "math": (
        '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></semantics></math>',
        "$x^2$",
    ),
    "MathJax": ('<script type="math/tex; mode=display">y</script>', "$$y$$"),
    "formula as image": ('<img class="latex" alt="x_1" src="http://a/b">', "$x_1$"),
    "unknown tags": ("<foo>a<bar>b</bar></foo>", "ab"),
    "frame": ('<iframe src="//a.b/c"></iframe>', "<https://a.b/c>"),
    "entities": ("&lt;b&gt; &amp;amp; &copy; 1 &lt; 2", "\\<b> \\&amp; © 1 < 2"),
    "Markdown is text": ("<p># a</p><p>1. b *c* d_e `f` [g](h)</p>", "\\# a\n\n1\\. b \\*c\\* d_e \\`f\\` \\[g](h)"),
    "wrapped Japanese": ("<p>今日は\n  <b>雨</b>\nだ。\n寒い</p>", "今日は**雨**だ。寒い"),
    "wrapped English": ("<p>to\n<b>day</b>\nis</p>", "to **day** is"),
    "brackets in Japanese": ("これは<b>「雨」</b>です", "これは<strong>「雨」</strong>です"),
    "indented Japanese": ("<p>　雨</p><p>&nbsp;</p><p>雪</p>", "　雨\n\n雪"),
    "a whole page": ("<html><head><title>t</title></head><body><p>a</body></html>", "a"),
    "nothing": (" \n", ""),
}


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES)
def test_what_becomes_of_it(html: str, expected: str) -> None:
    assert from_html(html, resolve).text == expected


def test_line_breaks_count_when_asked() -> None:
    html = "a\nb\n\nc <b>d</b>\n<ul>\n<li>e</li>\n</ul>\n<pre>f\n\ng</pre>"
    assert from_html(html, line_breaks=True).text == "a\nb\n\nc **d**\n\n- e\n\n```\nf\n\ng\n```"


@pytest.mark.parametrize(
    ("html", "text", "lost"),
    [
        ("a<script>run()</script>b", "ab", ("<script>run()</script>",)),
        ("<style>p {}</style>a", "a", ("<style>p {}</style>",)),
        ('<a href=" java&#10;script:run()">a</a>', "a", ("java\nscript:run()",)),
        ('<a href="data:text/html,x">a</a>', "a", ("data:text/html,x",)),
        ('<p onclick="run()">a</p>', "a", ()),
        ("a<!-- b -->", "a", ("<!-- b -->",)),
        ("<!-- wp:paragraph --><p>a</p><!--more-->", "a", ()),
        ("a<!-- b", "a", ("<!-- b-->",)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_runs_or_is_hidden_is_named(html: str, text: str, lost: tuple[str, ...]) -> None:
    got = from_html(html)
    assert (got.text, got.lost) == (text, lost)


_TAGS = (
    "p div b i a ul ol li table tr td th pre code blockquote h2 br hr dl dt dd details summary ruby rt sub foo"
    " caption q math"
).split()
_PIECES = st.one_of(
    st.integers(0, 99).map(lambda n: f"w{n} "),
    st.sampled_from(_TAGS).map(lambda tag: f"<{tag}>"),
    st.sampled_from(_TAGS).map(lambda tag: f"</{tag}>"),
    st.sampled_from(["\n\n", " ", "&amp;", "*", "|"]),
)


@given(st.lists(_PIECES, max_size=30).map("".join), st.booleans())
def test_no_word_is_lost(html: str, line_breaks: bool) -> None:
    assert lost_words(html, from_html(html, resolve, line_breaks=line_breaks)) == []


@given(st.text())
def test_it_never_raises(html: str) -> None:
    from_html(html, resolve)


def test_much_is_read_in_linear_time() -> None:
    read_much(
        from_html,
        [
            "<div>x",
            "<",
            "<!--",
            '<a b="',
            "<a href=x><p>",
            "<table>",
            "<table><tr><td>x",
            "<blockquote>x\n",
            "<ul><li>x",
            "<b><i>x</b>",
            "a<br>",
            "`",
            "\\",
            "[",
            "*a ",
            "あ\n",
            "<code>x",
            "<b></b>",
            "<details><summary>",
            "<dl><dt>x<dd>y",
            "&",
        ],
    )
