from __future__ import annotations

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.importing.escape import escape_syntax
from vaultkit.vault.note import LinkKind, RegionKind
from vaultkit.vault.scan import scan

ESCAPED = [
    ("see #todo now", r"see \#todo now"),
    ("#1984 and #y1984", r"#1984 and \#y1984"),
    ("#a#b", r"\#a\#b"),
    ("a [[_TOC_]] b", r"a \[\[_TOC_]] b"),
    ("![[x.png]]", r"!\[\[x.png]]"),
    ("100%% sure %%", r"100\%\% sure \%\%"),
    ("会費$5)から10($です", r"会費\$5)から10($です"),
    ("> - #quoted", r"> - \#quoted"),
    ("見出し\n#タグ、次", "見出し\n\\#タグ、次"),
    ("```dataviewjs\nx\n```", "```text dataviewjs\nx\n```"),
    ("- ~~~js-engine\n  x\n  ~~~", "- ~~~text js-engine\n  x\n  ~~~"),
    ("a `$= dv.x` b", "a `\\$= dv.x` b"),
    ("```js\nconst x = `<% y %>`\n```", "```js\nconst x = `<\\% y %>`\n```"),
    ("<%* tR %> <% tp.date.now() %>", "<\\%* tR %> <\\% tp.date.now() %>"),
]
LEFT_ALONE = [
    "# heading",
    "`#code [[x]]`",
    "```\n#define X\n[[y]] %%\n```",
    "https://example.org/#anchor and <https://example.org/a_#b>",
    r"already \#escaped and \[\[so]]",
    r"$\tau_x$ and $n$ and $$x = 1$$",
    "costs $5 and $6",
    "issue #12",
    "<!-- #hidden [[x]] -->",
    "[text](note.md#part)",
    "C# and F#",
    "`$x$` and `==`",
    "```text dataviewjs\nx\n```",
]


def escaped(text: str, embeds: Collection[str] = ()) -> str:
    """The safe text; what is seen in it is seen rightly."""
    safe, found, *_ = escape_syntax(text, embeds)
    fresh = scan(safe.encode())
    assert (found.regions, found.links, found.tags) == (fresh.regions, fresh.links, fresh.tags)
    return safe


@pytest.mark.parametrize(("text", "safe"), ESCAPED)
def test_accidental_syntax_is_escaped(text: str, safe: str) -> None:
    assert escaped(text) == safe


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_no_accident_stays(text: str) -> None:
    assert escaped(text) == text


def test_embeds_that_are_meant_stay() -> None:
    assert escaped("![[a.png]] ![[b.png]]", {"a.png"}) == r"![[a.png]] !\[\[b.png]]"


@given(st.text(alphabet="#[]%$`\\ab1 \n-*_(日、", max_size=60))
def test_nothing_of_obsidian_is_left_and_only_backslashes_came(text: str) -> None:
    safe = escaped(text)
    assert safe.replace("\\", "") == text.replace("\\", "")
    found = scan(safe.encode())
    assert not found.tags
    assert not [link for link in found.links if link.kind is LinkKind.WIKI]
    assert RegionKind.COMMENT not in {region.kind for region in found.regions}
    assert escaped(safe) == safe


@pytest.mark.parametrize("part", ["[[a]] ", "- #tag $5 and [[x]]\n", "%%", "<%", "\\", "`$=` ", "$a b$"])
def test_long_texts_are_done(part: str) -> None:
    text = part * 40_000
    assert escaped(text).replace("\\", "") == text.replace("\\", "")


def test_what_is_meant_stays() -> None:
    text = "#tag [[page]] 100%% sure %%"
    assert escape_syntax(text, meant=("tags",)).text == r"#tag \[\[page]] 100\%\% sure \%\%"
    assert escape_syntax(text, meant=("tags", "links")).text == r"#tag [[page]] 100\%\% sure \%\%"
