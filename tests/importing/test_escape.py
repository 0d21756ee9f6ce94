from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.importing.escape import escape_syntax as escape
from vaultkit.vault.note import LinkKind, RegionKind
from vaultkit.vault.scan import scan


def escape_syntax(text: str, embeds: set[str] = frozenset()) -> str:  # type: ignore[assignment]
    return escape(text, embeds).text


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


@pytest.mark.parametrize(("text", "safe"), ESCAPED)
def test_accidental_syntax_is_escaped(text: str, safe: str) -> None:
    assert escape_syntax(text) == safe


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_no_accident_stays(text: str) -> None:
    assert escape_syntax(text) == text


def test_embeds_that_are_meant_stay() -> None:
    assert escape_syntax("![[a.png]] ![[b.png]]", {"a.png"}) == r"![[a.png]] !\[\[b.png]]"


@given(st.text(alphabet="#[]%$`\\ab1 \n-*_(日、", max_size=60))
def test_nothing_of_obsidian_is_left_and_only_backslashes_came(text: str) -> None:
    safe = escape_syntax(text)
    assert safe.replace("\\", "") == text.replace("\\", "")
    found = scan(safe.encode())
    assert not found.tags
    assert not [link for link in found.links if link.kind is LinkKind.WIKI]
    assert RegionKind.COMMENT not in {region.kind for region in found.regions}
    assert escape_syntax(safe) == safe


@pytest.mark.parametrize("part", ["[[a]] ", "- #tag $5 and [[x]]\n", "%%", "<%", "\\", "`$=` ", "$a b$"])
def test_long_texts_are_done(part: str) -> None:
    text = part * 40_000
    assert escape_syntax(text).replace("\\", "") == text.replace("\\", "")
