"""Shortcodes → HTML, as far as it shows in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from tests.importing.markup.laws import lost_words, with_signs
from vaultkit.importing.markup.converted import Converted
from vaultkit.importing.markup.from_html import from_html
from vaultkit.importing.wordpress.shortcodes import Medium, to_html

MEDIA = {"1": Medium("http://a.b/1.png", "One", "first"), "2": Medium("http://a.b/2.png", "", "")}
IMAGE = '<img src="http://a.b/c.png">'
CASES = {
    "a caption": (
        f"[caption id='x' width='3']{IMAGE} the <b>sea</b>[/caption]",
        "![](http://a.b/c.png)\n\nthe **sea**",
    ),
    "a caption of old": (f'[caption caption="the sea"]{IMAGE}[/caption]', "![](http://a.b/c.png)\n\nthe sea"),
    "a caption of a linked picture": (
        f'[caption]<a href="http://a.b/">{IMAGE}</a> sea[/caption]',
        "[![](http://a.b/c.png)](http://a.b/)\n\nsea",
    ),
    "a caption without a picture": ("[caption]sea[/caption]", "sea"),
    "a gallery": ('[gallery ids="2,1,7"]', "![](http://a.b/2.png)\n\n![One](http://a.b/1.png)\n\nfirst"),
    "a gallery of all": ("[gallery columns=2]", "![One](http://a.b/1.png)\n\nfirst\n\n![](http://a.b/2.png)"),
    "code": ("[js]\nif (a &lt; b) <i>\n\nc[/js]", "```js\nif (a < b) <i>\n\nc\n```"),
    "code with its language": ("[code lang='py']a[/code] [sourcecode]b[/sourcecode]", "```py\na\n```\n\n```\nb\n```"),
    "code in pre": ('<pre lang="php"><?php echo "<b>"; ?></pre>', '```php\n<?php echo "<b>"; ?>\n```'),
    "marked code in pre": ('<pre lang="php"><span>a</span></pre>', "```php\na\n```"),
    "films": (
        '[video width="1" mp4="http://a.b/f.mp4"][/video] [youtube=http://y.t/1] [embed]http://v.m/2[/embed]',
        "<http://a.b/f.mp4> <http://y.t/1> <http://v.m/2>",
    ),
    "formulas": ("[latex]a_1[/latex] $latex b^2$", "$a_1$ $b^2$"),
    "unknown": ('[form to="x"] [caption', '[form to="x"] [caption'),
    "one that does not end": ("[code]a [caption]b", "[code]a [caption]b"),
    "one that is spoken of": ("[[gallery]]", "[[gallery]]"),
}


def gallery(ids: Sequence[str] | None) -> list[Medium]:
    return [MEDIA[one] for one in (MEDIA if ids is None else ids) if one in MEDIA]


def converted(text: str) -> Converted:
    return from_html(to_html(text, gallery))


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_what_becomes_of_it(text: str, expected: str) -> None:
    assert converted(text).text == expected


@given(
    with_signs(
        "[caption] [/caption] [code] [/code] [js] [/js] [embed] [/embed] [latex] [/latex] $latex $ [ ] <pre> </pre>"
    )
)
def test_no_word_is_lost(text: str) -> None:
    assert lost_words(text, converted(text)) == []


@given(st.text())
def test_it_never_raises(text: str) -> None:
    to_html(text, gallery)


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "[code]",
        "[caption ",
        "[/code]",
        "[js][code]",
        "$latex ",
        '<pre lang="x">',
        "[gallery ids=",
        '[video a="b"]',
    ],
)
def test_much_is_read_in_linear_time(piece: str) -> None:
    with not_hanging():
        to_html(piece * (300_000 // len(piece)), gallery)
