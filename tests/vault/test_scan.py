"""What counts in a body, and what hides it. The cases of Obsidian's behaviour are in tests/conformance."""

from __future__ import annotations

import time

import mistune
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultkit.vault.inline_tokens import Tokens, careful, quick
from vaultkit.vault.note import Link, Tag
from vaultkit.vault.scan import char_spans, protected_spans, scan
from vaultkit.vault.scan_blocks import scan_blocks
from vaultkit.vault.scan_inline import InlineScanner


def links(text: str) -> list[str]:
    return [link.target for link in scan(text.encode()).links]


def tags(text: str) -> list[str]:
    return [tag.name for tag in scan(text.encode()).tags]


def headings(text: str) -> list[str]:
    return [heading.text for heading in scan(text.encode()).headings]


HIDDEN = {
    "fence": "```\n[[x]] #t\n# h\n```",
    "tilde fence": "~~~ a`b\n[[x]] #t\n~~~",
    "fence with shorter one inside": "````\n```\n[[x]]\n```\n[[x]]\n````",
    "unclosed fence": "```\n[[x]]\n\n[[x]] #t",
    "fence in a quote": "> ```\n> [[x]] #t\n> ```",
    "fence in a list": "- a\n\n  ```\n  [[x]] #t\n  # h\n  ```",
    "fence on a list line": "1. ```\n   [[x]] #t\n   ```",
    "indented code": "text\n\n    [[x]] #t",
    "indented code in a list": "- a\n\n      [[x]] #t",
    "code as the text of a list item": "-      [[x]] #t",
    "tab code": "text\n\n\t[[x]] #t",
    "code span": "`[[x]] #t`",
    "code span over two lines": "`[[x]]\n #t`",
    "double backticks": "`` ` [[x]] #t ``",
    "html comment": "<!-- [[x]] #t -->",
    "html comment over lines": "<!--\n[[x]] #t\n\n# h\n-->",
    "html block": "<div>\n[[x]] #t\n# h\n</div>",
    "script": "<script>\n[[x]]\n\n#t\n</script>",
    "math": "$[[x]] #t$",
    "math block": "$$\n[[x]] #t\n# h\n$$",
    "math block over blank lines": "$$\n\n[[x]] #t\n\n$$",
    "escaped": r"\[\[x]] \#t",
    "html block in a list": "- <div>\n  [[x]] #t",
    "tag with a link in a quoted attribute": "<a b='[[x]]'>y</a>",
    "address": "https://example.org/a_#t?[[",
}


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_hidden(text: str) -> None:
    assert (links(text), tags(text), headings(text)) == ([], [], [])
    assert links(f"{text}\n\n[[after]]")[-1:] == ["after"] or "unclosed" in text or text.startswith("```\n[[x]]\n\n")


SEEN = {
    "quote": "> [[x]] #t",
    "callout": "> [!note] [[x]] #t",
    "list": "- [[x]] #t",
    "nested list by tabs": "- a\n\t- [[x]] #t",
    "deep nested list": "- a\n  - b\n    - c\n      - [[x]] #t",
    "paragraph going on, indented": "text\n    [[x]] #t",
    "list item going on": "- a\n  [[x]] #t",
    "table": "| a | b |\n| - | - |\n| [[x]] | #t |",
    "comment": "%% [[x]] #t %%",
    "block comment": "%%\n[[x]] #t\n%%",
    "unclosed code span": "`a [[x]] #t",
    "unclosed math": "$a [[x]] #t",
    "money": "costs $5 [[x]] #t and $6",
    "unclosed html comment in prose": "a <!-- [[x]] #t",
    "after a closed fence": "```\na\n```\n[[x]] #t",
    "fence closed by its quote": "> ```\n> a\n\n[[x]] #t",
    "heading": "## [[x]] #t",
    "bold": "**[[x]]** **#t**",
    "windows lines": "```\r\na\r\n```\r\n[[x]] #t\r\n",
    "after an html block in a list": "- <div>\n[[x]] #t",
    "after an html comment in a list": "- <!--\n\n[[x]] #t",
    "footnote going on": "[^1]: foo\n\n    [[x]] #t",
    "table without outer pipes": "a | b\n---|---\n[[x]]|#t",
    "no tag after all": "x<y [[x]] #t z>w",
    "highlight and strike": "==[[x]]== ~~#t~~",
}


@pytest.mark.parametrize("text", SEEN.values(), ids=SEEN)
def test_seen(text: str) -> None:
    assert (links(text), tags(text)) == (["x"], ["t"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# [a]: b.md\n", []),
        ("text\n\n[a]: b.md\n", ["b.md"]),
        ("[a]: b.md\n[c]: d.md 'e'\n[f]: <g h.md>\n[[i]]\n", ["b.md", "d.md", "g h.md", "i"]),
        ("- item\n<!-- [[a]] -->\n[[b]]\n", ["b"]),
        ("text\n\n<!--\n# x\n[[a]]\n--> [[b]]\n[[c]]\n", ["c"]),
        ("text\n\n<!-- a -->\n<!-- [[b]]\n-->\n[[c]]\n", ["c"]),
        ("a `b\n- c` [[d]]\n\n`e\nf [[g]] `\n", ["d"]),
        ("%% a\n\n[[b]] %% [[c]] %% d %%\n", ["b", "c"]),
        ("[a\n\nb](c.md)\n\n[d\ne](f.md)\n", ["f.md"]),
        ("# a `b\nc` [[d]]\n", ["d"]),
    ],
    ids=range(10),
)
def test_what_one_paragraph_begins_no_other_ends(text: str, expected: list[str]) -> None:
    assert links(text) == expected


def test_headings_tasks_and_ids_in_comments_are_none() -> None:
    found = scan(b"a\n\n<!--\n# b\n- [x] c\n\nd ^e\n-->\n\n- [-] f\n\n# g\n\nh ^i\n")
    assert [heading.text for heading in found.headings] == ["g"]
    assert [task.status for task in found.tasks] == ["-"]
    assert [block.id for block in found.blocks] == ["i"]


def test_spans_are_bytes_of_what_was_written() -> None:
    data = "日記 [[一月#二|三]] #タグ [四](五%20六.md) ^id".encode()
    found = scan(data)
    wiki, md = found.links
    assert data[slice(*wiki.span)].decode() == "[[一月#二|三]]"
    assert data[slice(*wiki.target_span)].decode() == "一月#二"
    assert data[slice(*md.target_span)].decode() == "五%20六.md"
    assert md.target == "五 六.md"
    assert data[slice(*found.tags[0].span)].decode() == "#タグ"
    assert data[slice(*found.blocks[0].span)] == b"^id"


def test_headings_of_both_kinds() -> None:
    assert headings("# One #\n\nTwo\nlines\n===\n\nThree\n---\n\n####### no\n#no\n- item\n---\n") == [
        "One",
        "Two lines",
        "Three",
    ]


def test_a_heading_in_a_comment_directly_under_a_list_item_counts() -> None:
    assert headings("# A\n- item\n<!--\n## Draft\n-->\n## B") == ["A", "Draft", "B"]
    assert headings("# A\n- item\n\n<!--\n## Draft\n-->\n## B") == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("_foo_ #a_", ["a_"]), ("_#a_", ["a"]), ("__#a__", ["a"]), ("_x #a_ y", ["a"]), ("snake_case_#wc", ["wc"])],
)
def test_an_underscore_ends_a_tag_only_where_it_ends_emphasis(text: str, expected: list[str]) -> None:
    assert tags(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n\t- [x] b\n\t\t- [ ] c [[d]]\n- [-] e\n", ["x", " ", "-"]),
        ("- a\n\n\t- [x] b\n\n\t\t- [ ] c\n", ["x", " "]),
        ("- a\n\n      - [x] code\n", []),
        ("- a\n      - [x] goes on with a\n", []),
        ("- a\n  b\n  - [x] c\n    d\n1. [/] e\n", ["x", "/"]),
        ("text\n\n    - [x] code\n", []),
        ("  - [x] a\n\n        - [ ] code\n    - [ ] b\n", ["x", " "]),
        ("- a\n\t-\t[x] b\n", ["x"]),
    ],
    ids=["nested", "with blank lines", "code", "lazy", "goes on", "code behind text", "code in an item", "tab"],
)
def test_tasks_at_any_depth(text: str, expected: list[str]) -> None:
    assert [task.status for task in scan(text.encode()).tasks] == expected


def test_each_item_at_any_depth_is_a_paragraph() -> None:
    found = scan(b"- a `b\n\t- c ^x\n\n\t  d` [[e]] ^y\n\t\t- f ^z\n\n\t\t      [[code]]\n- g `h\n  i` #t\n  ===\n")
    assert [block.id for block in found.blocks] == ["x", "y", "z"]
    assert [link.target for link in found.links] == ["e"]
    assert [tag.name for tag in found.tags] == ["t"]
    assert found.headings == ()


def test_parts_of_quotes_and_tables_cannot_be_addressed() -> None:
    assert [b.id for b in scan(b"> q ^in\n\n^out\n\na | b\n---|---\n1 | 2 ^x\n").blocks] == ["out"]


def test_comments_within_a_line_are_regions_in_which_links_count() -> None:
    found = scan(b"a %% [[x]] `c` %% b %% unclosed [[y]]")
    assert [(r.kind.value, tuple(r.span)) for r in found.regions] == [("comment", (2, 17)), ("code", (11, 14))]
    assert [link.target for link in found.links] == ["x", "y"]


def test_an_unclosed_region_says_so() -> None:
    assert [r.closed for r in scan(b"```\na\n```\n\n```\nb").regions] == [True, False]
    assert not scan(b"%%\nto the end").regions[0].closed
    assert not scan(b"$$\nto the end").regions[0].closed


def test_protected_spans_are_characters() -> None:
    text = "日本 `コード` と $x$ <!-- 注 -->"
    assert [text[a:b] for a, b in protected_spans(text)] == ["`コード`", "$x$", "<!-- 注 -->"]
    assert char_spans("あい", [(0, 3), (3, 6)]) == [(0, 1), (1, 2)]


def test_bytes_that_are_no_text_are_read_all_the_same() -> None:
    found = scan(b"\xff\xfe [[x\xff]] #t\xff\n\x00")
    assert [link.target for link in found.links] == ["x\ufffd"]


PIECES = (
    "- |* |1. |> |```|~~~|\n|\n\n|    |      |\t|x |# h|<div>|</div>|<!--|-->|$$|$|%%|---|===|a\\b|"
    "[ ] |[[|]]|[|](|)|`|\r\n|<b |>|#t|^id|_|[^1]: "
)
pieces = st.sampled_from([*PIECES.split("|"), "|", "a|b"])


@given(
    st.one_of(
        st.text(alphabet="[]|#^!`$%<>-\\\n *_~=ab1日 \t()", max_size=120), st.lists(pieces, max_size=14).map("".join)
    )
)
@settings(max_examples=600)
def test_every_span_is_inside_and_in_order(text: str) -> None:
    data = text.encode()
    found = scan(data)
    for things in (found.links, found.tags, found.headings, found.blocks, found.tasks, found.regions):
        for thing in things:
            assert 0 <= thing.span.start <= thing.span.end <= len(data)
    starts = [r.span.start for r in found.regions]
    assert starts == sorted(starts)
    for link in found.links:
        assert link.span.start <= link.target_span.start <= link.target_span.end <= link.span.end


def read(data: bytes, tokens: Tokens) -> tuple[list[Link], list[Tag]]:
    scanner = InlineScanner(data, tokens)
    for chunk in scan_blocks(data).chunks:
        scanner.scan(chunk)
    return scanner.links, scanner.tags


INLINE = (
    "a|b |\n|\n\n|\n\n<!-- x -->|<!--|-->|<!-- [[y]] -->|%%|%% z %%|%%[[c]]%%|`|``|`d`|`[[e]]`|$|$$|$f$|<b>|<b|</b>|>|"
    "[|]|[[|]]|[[g]]|![[h]]|[i](j)|![k](l.png)|[m](https://e.org)|[n][o]|(|)|!|\\\\|\\|\\#|#|#p|#p_|_|:|://|"
    "https://e.org/#q|<https://e.org>|- |# |あ|日%"
)


@given(st.lists(st.sampled_from(INLINE.split("|")), max_size=16).map("".join))
@settings(max_examples=1500)
def test_links_and_tags_are_the_same_however_they_are_read(text: str) -> None:
    data = text.encode()
    assert read(data, quick) == read(data, careful())
    first, later = scan(data), scan(data)
    assert first.regions == (later.tags, later.links, later.regions)[2]
    assert (first.tags, first.links, first.nearly_links) == (later.tags, later.links, later.nearly_links)


markdown_words = st.sampled_from(
    [
        "text",
        "`code`",
        "``a`b``",
        "**b**",
        "\n",
        "\n\n",
        "- item ",
        "```\nfence\n```\n",
        "# head\n",
        "\\`",
        "1. x ",
    ]
)


@given(st.lists(markdown_words, max_size=12).map("".join))
@settings(max_examples=200)
def test_headings_agree_with_a_commonmark_parser(text: str) -> None:
    """mistune as the oracle: the same top-level ATX headings (no quotes, which it ends otherwise)."""
    tree = mistune.create_markdown(renderer="ast")(text)
    expected = [node["attrs"]["level"] for node in tree if node["type"] == "heading" and node.get("style") == "atx"]
    found = [h.level for h in scan(text.encode()).headings if text.encode()[h.span.start : h.span.start + 1] == b"#"]
    assert found == expected


HOSTILE = {
    "backticks": "`" * 200_000,
    "odd backticks": "".join("`" * (1 + i % 90) + " " for i in range(10_000)),
    "brackets": "[" * 200_000,
    "wiki openers": "[[" * 100_000,
    "wiki openers with text": "[[a" * 70_000,
    "images": "![" * 100_000,
    "link ends": "](" * 100_000,
    "links half open": "[a](b" * 50_000,
    "dollars": "$a " * 70_000,
    "double dollars": "$$a " * 60_000,
    "fences": "```\n" * 50_000,
    "comments": "<!-- " * 50_000,
    "html": "<a " * 70_000,
    "quotes": ">" * 200_000,
    "quote lines": ("> " * 50 + "x\n") * 2_000,
    "list depth": "".join(" " * (2 * i) + "- x\n" for i in range(500)),
    "tags": "#a" * 100_000,
    "underscores": "_#a_" * 50_000,
    "escapes": "\\" * 200_000,
    "percents": "%%" * 100_000,
    "carets": "^a " * 70_000,
    "blank lines": "\n" * 200_000,
    "one long line": "word " * 40_000,
    "definitions": "[a]: b\n" * 30_000,
    "parens": "[x](" + "(" * 100_000,
    "delimiter row": "a|b\n" + "-" * 100_000 + "|x",
    "delimiter rows": "a|b\n" + "---|x\n" * 20_000,
    "emphasis and tags": "_a #b_ " * 20_000,
    "items in one line": "- " * 100_000 + "x",
    "comment lines": "\n\n<!-- a -->\n" * 15_000,
    "comments without end behind blank lines": "\n\n<!-- a" * 20_000,
    "comment ends": "\n\n<!-- a\n-->\n# b\n" * 10_000,
    "comments under items": "- a\n<!-- b\n" * 15_000,
    "headings": "# a #\n" * 30_000,
    "heading with blanks": "# a" + " #" * 50_000 + " " * 100_000 + "x",
    "single percents": "%%a\n" * 40_000,
    "hidden paragraphs": "a %% `b\n\n" * 20_000,
    "tasks": "- [ ] a\n" * 25_000,
    "nested tasks": "- [ ] a\n\t- [ ] b\n\t  c\n" * 10_000,
    "deeper and deeper": "".join("\t" * (i % 40) + "- a [[b]]\n" for i in range(6_000)),
    "links in one paragraph": "[[a]] [b](c.md) [d](https://e.org)\n" * 6_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_text_and_not_faster(text: str) -> None:
    """Twice the text, at most some four times the time: what is quadratic takes far longer at this size."""

    def seconds(data: bytes) -> float:
        begin = time.process_time()
        found = scan(data)
        assert (found.links, found.tags, found.headings, found.blocks, found.tasks, found.regions) is not None
        return time.process_time() - begin

    def in_proportion() -> bool:
        data = text.encode()
        whole, middle = seconds(data), len(data) // 2
        if whole < 0.2:  # fast enough, whatever the halves take
            return True
        half = max(min(seconds(part) for _ in range(2)) for part in (data[:middle], data[middle:]))
        return whole < 5 * half + 0.2

    assert any(in_proportion() for _ in range(3))  # a square is one each time, a busy machine is not
