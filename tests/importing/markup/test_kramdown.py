"""kramdown's markup goes, and nothing else does."""

from __future__ import annotations

import pytest

from vaultkit.importing.markup.kramdown import remove_kramdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('[a](b){:target="_blank"} c', "[a](b) c", id="after a link"),
        pytest.param("![a](b){: .wide #fig-1} c", "![a](b) c", id="class and id after an image"),
        pytest.param("text\n{:.note}\n\nmore", "text\n\nmore", id="own line"),
        pytest.param("text\n{: .note}\nmore", "text\n\nmore", id="own line between two paragraphs keeps them apart"),
        pytest.param("{: .a}\n{: .b}\ntext", "text", id="several lines at the top"),
        pytest.param("# Title {: .no_toc}\n", "# Title\n", id="after a heading"),
        pytest.param("# Title {#top}\n", "# Title\n", id="heading id"),
        pytest.param('<div class="a" markdown="1">\n**b**\n</div>\n', "\n**b**\n\n", id="a box around Markdown"),
        pytest.param("a <span markdown='span'>*b*</span> c", "a *b* c", id="a box within a line"),
        pytest.param(
            '<details markdown="1">\n<summary>s</summary>\n**b**\n</details>\n',
            "<details>\n\n<summary>s</summary>\n**b**\n\n</details>\n",
            id="an element with Markdown inside",
        ),
        pytest.param("* TOC\n{:toc}\n\ntext", "\ntext", id="table of contents"),
        pytest.param('1. x\n{:toc max_level="2"}\ntext', "text", id="numbered table of contents"),
        pytest.param("a {::comment}not --> shown{:/comment} b", "a <!-- not --&gt; shown --> b", id="comment"),
        pytest.param('{::options parse_block_html="true" /}\nx', "\nx", id="options"),
        pytest.param("`x`{:.language-sh}", "`x`", id="after code"),
    ],
)
def test_markup_goes(text: str, expected: str) -> None:
    assert remove_kramdown(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("`{:.note}`", id="code"),
        pytest.param("```\n{:.note}\n* TOC\n{:toc}\n```", id="fence"),
        pytest.param("$x_{:a}$ and\n$$\n{:a}\n$$", id="math"),
        pytest.param('<!-- [a](b){:target="_blank"} -->', id="HTML comment"),
        pytest.param("<div>\n<!-- {:.a} -->\n</div>", id="comment inside an HTML block"),
        pytest.param("<pre>\n{:.a}\n</pre>", id="preformatted"),
        pytest.param('`<div markdown="1">` and <div class="markdown">\n*b*\n</div>', id="HTML without Markdown"),
        pytest.param('<div markdown="1">\nwithout its end', id="no element"),
        pytest.param("a smile {: and :} or {:-)}", id="no attribute list"),
        pytest.param('[a](b){:target="_blank}', id="an unclosed quote"),
        pytest.param("set notation {#a} in a line", id="braces and a hash outside a heading's end"),
        pytest.param("$$ a $$ inline, [^1]\n\n[^1]: note\n\n*[X]: y", id="math, footnotes, abbreviations"),
    ],
)
def test_text_stays(text: str) -> None:
    assert remove_kramdown(text).text == text


def test_what_went_is_named_in_order() -> None:
    done = remove_kramdown('[a](b){:target="_blank"}\n{:.x}\n')
    assert sorted(done.removed) == ["{:.x}", '{:target="_blank"}']
