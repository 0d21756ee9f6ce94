"""HTML figures become embeds or Markdown images, all of one or nothing of it."""

from __future__ import annotations

import pytest

from vaultkit.importing.entry import Attachment
from vaultkit.importing.markup.figures import Figures, convert_figures
from vaultkit.importing.markup.html_tags import remove_stylesheets
from vaultkit.importing.markup.pictures import Picture, convert_pictures


def resolve(src: str) -> Picture | None:
    """Files lie below `/f/`, addresses begin with https, all else is unknown."""
    if src.startswith("/f/"):
        return Picture(Attachment(src.rpartition("/")[2], src.lstrip("/")))
    return Picture(address=src) if src.startswith("https:") else None


def convert(text: str) -> Figures:
    return convert_figures(text, resolve)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('<img src="/f/a.svg">', "![[a.svg]]", id="alone"),
        pytest.param('<img src="/f/a.svg" width="39%">', "![[a.svg]]", id="a width in per cent says nothing"),
        pytest.param('<img src="/f/a.svg" width="300">', "![[a.svg|300]]", id="width"),
        pytest.param("<IMG src='/f/a.svg' width=300px height=40 />", "![[a.svg|300x40]]", id="width and height"),
        pytest.param('<img src="/f/a.svg" style="width: 300px;">', "![[a.svg|300]]", id="width as style"),
        pytest.param('<img src="/f/a.svg" alt="A > b" width="3">', "![[a.svg|A > b|3]]", id="alt and width"),
        pytest.param('<img src="/f/a.svg" alt="a|b [c]">', "![[a.svg|a｜b [c] ]]", id="alt with link syntax"),
        pytest.param('<img src="/f/a.svg" alt="2020">', "![[a.svg]]", id="alt that would be a width"),
        pytest.param(
            '<img src="https://x.org/a (1).svg" alt="A" width="30">', "![A|30](https://x.org/a%20%281%29.svg)", id="web"
        ),
        pytest.param(
            '[a <img src="https://x.org/i.svg">](https://b)', "[a ![](https://x.org/i.svg)](https://b)", id="in a link"
        ),
        pytest.param(
            '<a href="https://b">\n  <img src="/f/a.svg"\n   alt="A">\n</a>\n',
            "[![[a.svg|A]]](https://b)\n",
            id="HTML link",
        ),
        pytest.param(
            '<div class="figcenter">\n<img src="/f/a.svg">\n<div class="figcaption">\n\n'
            "Caption $x$ <br/>\nmore\n</div></div>\n\nText",
            "![[a.svg]]\n\nCaption $x$ \nmore\n\nText",
            id="figure with a caption",
        ),
        pytest.param(
            '<div class="figcenter">\n<img src="/f/a.svg">&nbsp;&nbsp;\n<img src="/f/b.svg">&nbsp;\n</div>\n',
            "![[a.svg]]\n![[b.svg]]\n",
            id="a row of images",
        ),
        pytest.param(
            '<figure>\n    <img src="/f/a.svg"/>\n    <figcaption>Tea</figcaption>\n</figure>\nText',
            "![[a.svg]]\n\nTea\n\nText",
            id="figure element, text right behind",
        ),
        pytest.param(
            'Text\n<center><img src="/f/a.svg"><br>\n<div style="x">\n\nTea\n</div>   \n</center>',
            "Text\n\n![[a.svg]]\n\nTea",
            id="center, text right before",
        ),
        pytest.param(
            '<div class="fig">\n<img src="/f/a.svg">\n</div>\n<div class="figcaption">\n\nTea\n</div>\n',
            "![[a.svg]]\n\nTea\n",
            id="caption behind the figure",
        ),
        pytest.param(
            '<div class="fig"><img src="/f/a.svg"></div>\n<div class="fig"><img src="/f/b.svg"></div>\n',
            "![[a.svg]]\n\n![[b.svg]]\n",
            id="two figures without a blank line",
        ),
        pytest.param(
            '<div class="fig">\n<img src="/f/a.svg">\n<!-- <img src="/f/old.svg">\n\n --></div>',
            '![[a.svg]]\n<!-- <img src="/f/old.svg">\n\n -->',
            id="a comment inside stays to the letter",
        ),
        pytest.param(
            '- <div class="fig"><img src="/f/a.svg"><p>Tea</p></div>', "- ![[a.svg]]\n\n  Tea", id="in a list item"
        ),
        pytest.param(
            '<div class="memo">\n\n<img src="/f/a.svg">\n\n</div>',
            '<div class="memo">\n\n![[a.svg]]\n\n</div>',
            id="memo",
        ),
    ],
)
def test_converted(text: str, expected: str) -> None:
    done = convert(text)
    assert done.text == expected
    assert done.left == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('<img src="/unknown.svg" width="3">', id="unknown image"),
        pytest.param(
            '<div class="fig">\n<img src="/f/a.svg">\n<img src="/unknown.svg">\n</div>', id="one of two unknown"
        ),
        pytest.param('| <img src="/f/a.svg"> | b |\n|---|---|', id="table row"),
        pytest.param('<table><tr><td>\n<img src="/f/a.svg">\n</td></tr></table>', id="HTML table"),
        pytest.param(
            '<div class="fig"><table><tr><td><img src="/f/a.svg"></td></tr></table></div>', id="table in a figure"
        ),
        pytest.param('> <div class="fig"><img src="/f/a.svg"></div>', id="figure in a quote"),
        pytest.param('<div class="x">\n<div class="y">\n<img src="/f/a.svg">\n', id="boxes that never end"),
    ],
)
def test_what_cannot_be_converted_stays_to_the_letter_and_is_listed(text: str) -> None:
    done = convert(text)
    assert done.text == text
    assert done.left
    assert done.attachments == done.removed == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('`<img src="/f/a.svg">`', id="code"),
        pytest.param('```html\n<div class="fig"><img src="/f/a.svg"></div>\n```', id="fence"),
        pytest.param('$$\n<img src="/f/a.svg">\n$$', id="math"),
        pytest.param('<!-- <img src="/f/a.svg"> -->', id="HTML comment"),
        pytest.param('<pre><img src="/f/a.svg"></pre>', id="preformatted"),
        pytest.param('<div class="memo">\n\ntext<br/>\n</div>', id="a box without an image"),
        pytest.param("a < b, <imgsrc>, <https://x.org/img>", id="no image"),
    ],
)
def test_protected_and_plain_text_stays_unlisted(text: str) -> None:
    assert convert(text) == Figures(text, (), (), ())


def test_lost_markup_and_embedded_files_are_named() -> None:
    done = convert('<div class="fig"><img src="/f/a.svg" width="9%" alt="2020"><br></div> <img src="/f/a.svg">')
    assert done.removed == ('<div class="fig">', 'width="9%"', 'alt="2020"', "<br>", "</div>")
    assert done.attachments == (Attachment("a.svg", "f/a.svg"),)


@pytest.mark.parametrize(
    ("text", "expected", "left"),
    [
        pytest.param("![A](/f/a.png)", "![[a.png|A]]", (), id="file"),
        pytest.param('[![A](/f/a.png "T")](/b)', "[![[a.png|A, T]]](/b)", (), id="file with a title in a link"),
        pytest.param("![A](https://x.org/a.png)", "![A](https://x.org/a.png)", (), id="full address"),
        pytest.param("![A](/u.png)", "![A](/u.png)", ("![A](/u.png)",), id="unknown"),
        pytest.param("| ![A](/f/a.png) |", "| ![A](/f/a.png) |", ("![A](/f/a.png)",), id="table row"),
        pytest.param("`![A](/f/a.png)`", "`![A](/f/a.png)`", (), id="code"),
    ],
)
def test_markdown_images(text: str, expected: str, left: tuple[str, ...]) -> None:
    done = convert_pictures(text, resolve)
    assert (done.text, done.left) == (expected, left)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('<link href="/a.css" rel="stylesheet">\n\ntext', "\ntext", id="own line"),
        pytest.param("a <link rel=stylesheet href=b> c", "a  c", id="in a line"),
        pytest.param('<link rel="me" href="b">', '<link rel="me" href="b">', id="another relation"),
        pytest.param('`<link rel="stylesheet">`', '`<link rel="stylesheet">`', id="code"),
    ],
)
def test_stylesheets(text: str, expected: str) -> None:
    assert remove_stylesheets(text)[0] == expected
