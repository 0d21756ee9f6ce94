"""Edits of tags, links and headings: only their own bytes, and the note reads back with nothing else changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.vault.edit import Edit, apply_edits
from vaultkit.vault.edit_heading import rename_heading
from vaultkit.vault.edit_link import retarget_link, set_display
from vaultkit.vault.edit_tag import remove_tag, rename_tag
from vaultkit.vault.note import Note
from vaultkit.vault.parse import parse


def behind(text: str, *edits: Edit) -> str:
    return apply_edits(text.encode(), edits).decode()


TAGS = {
    "text": ("a #old b, #old", "a #new b, #new", "a b,"),
    "any case": ("#Old #OLD", "#new #new", ""),
    "below": ("#old/child #old/", "#new/child #new/", None),
    "only like it": ("#older #my/old #old2", None, None),
    "several": ("#old #old x #old #old y", "#new #new x #new #new y", "x y"),
    "not a tag": ("`#old` [[#old]] \\#old", None, None),
    "one behind the other": ("#old#other #x#old", "#new#other #x#new", "#other #x"),
    "in a link's text": ("[a #old](b.md)", "[a #new](b.md)", "[a](b.md)"),
    "japanese": ("日記　#old　次", "日記　#new　次", "日記　次"),
    "list": ("- #old x\n- y #old\n- [ ] #old z", "- #new x\n- y #new\n- [ ] #new z", "- x\n- y\n- [ ] z"),
    "quote": ("> #old x", "> #new x", "> x"),
    "heading": ("# #old x\n## x #old ##\n", "# #new x\n## x #new ##\n", "# x\n## x ##\n"),
    "table": ("| #old | a |\n|---|---|\n", "| #new | a |\n|---|---|\n", "| | a |\n|---|---|\n"),
    "hard line break": ("a #old  \nb", "a #new  \nb", "a  \nb"),
    "crlf": ("a #old\r\n#old b\r\n", "a #new\r\n#new b\r\n", "a\r\nb\r\n"),
    "emphasis": ("_a #old_ *#old*", "_a #new_ *#new*", "_a_ **"),
    "comment": ("%% #old %%", "%% #new %%", "%% %%"),
    "brackets": ("---\ntags: [old, x] # c\n---\n", "---\ntags: [new, x] # c\n---\n", "---\ntags: [x] # c\n---\n"),
    "lines": (
        "---\nTags:\n- x # c\n- Old/a # d\n- '#old'\n---\n#old",
        "---\nTags:\n- x # c\n- new/a # d\n- '#new'\n---\n#new",
        "---\nTags:\n- x # c\n- Old/a # d\n---\n",
    ),
    "single": ('---\ntags: "old" # c\n---\n', '---\ntags: "new" # c\n---\n', "---\ntags: [] # c\n---\n"),
    "escaped": ('---\ntags: ["\\x6fld"]\n---\n', '---\ntags: ["new"]\n---\n', "---\ntags: []\n---\n"),
    "folded": ("---\ntags:\n  - >-\n    old\n---\n", None, "---\ntags: []\n---\n"),
    "there already": ("---\ntags: [new, old, x]\n---\n", "---\ntags: [new, x]\n---\n", "---\ntags: [new, x]\n---\n"),
    "no tag in a property": ("---\ntags: old, x\n---\n", None, None),
    "other property": ("---\ntitle: old\n---\n", None, None),
    "json": ('---\n{"tags": ["old"]}\n---\n', '---\n{"tags": ["new"]}\n---\n', '---\n{"tags": []}\n---\n'),
}  # fmt: skip


@pytest.mark.parametrize(("text", "renamed", "removed"), TAGS.values(), ids=TAGS)
def test_tags(text: str, renamed: str | None, removed: str | None) -> None:
    found = parse("n.md", text.encode())
    edits = rename_tag(found, "#old", "#new")
    assert (behind(text, *edits) if edits else None) == renamed
    edits = remove_tag(found, "OLD")
    assert (behind(text, *edits) if edits else None) == removed


def test_a_note_without_the_tag_and_an_edit_that_must_not_be_are_told_apart() -> None:
    found = parse("n.md", b"#old x")
    assert rename_tag(found, "none", "new") == remove_tag(found, "none") == rename_tag(found, "old", "old") == ()
    for bad in ("", "1984", "a b", "a,b", "a/", "/a", "a//b"):
        assert rename_tag(found, "old", bad) is None
    assert rename_tag(found, "old", "日記/二") == (Edit(found.tags[0].span._replace(start=1), "日記/二".encode()),)


@pytest.mark.parametrize(
    "text",
    ["#old - item", "- #old 1. item", "#old # heading", "text\n- #old", "#old > quote", "a\n#old ---", "#old ```"],
)
def test_a_tag_without_which_the_line_would_be_another_thing_stays(text: str) -> None:
    assert remove_tag(parse("n.md", text.encode()), "old") is None


RETARGET = {
    "wikilink": ("[[A]]", "新 b/c#d", "[[新 b/c#d]]"),
    "display stays": ("![[A#x|100]]", "B", "![[B|100]]"),
    "table": ("|a|b|\n|-|-|\n|[[A\\|x]]|y|\n", "B", "|a|b|\n|-|-|\n|[[B\\|x]]|y|\n"),
    "blanks go": ("[[ A |x]]", "B", "[[B|x]]"),
    "one bracket": ("[[A]]", "Sq]uare", "[[Sq]uare]]"),
    "ends the link": ("[[A]]", "a]] b", None),
    "would end it early": ("[[A]]", "a]", None),
    "pipe": ("[[A]]", "a|b", None),
    "line end": ("[[A]]", "a\nb", None),
    "brackets behind a bracket": ("[[x](a.md)", "]]", None),
    "escapes the pipe": ("[[A|x]]", "a\\", None),
    "blank around": ("[[A]]", " a", None),
    "empty": ("[[A]]", "", None),
    "same": ("[[A]]", "A", None),
    "opens code": ("x ` [[A]]", "a`b", None),
    "dollar": ("[[A]] costs 5$", "$b", "[[$b]] costs 5$"),
    "markdown": ('[x]( a.md "t")', "新 b\\c.md", '[x]( 新%20b%5Cc.md "t")'),
    "angle brackets": ("![x](<a b.md>)", "c d.md", "![x](<c d.md>)"),
    "angle in angle brackets": ("[x](<a b.md>)", "c>d.md", "[x](<c%3Ed.md>)"),
    "parentheses": ("[x](a.md)", "b (1).md", "[x](b%20(1).md)"),
    "half of a pair": ("[x](a.md)", "b).md", "[x](b%29.md)"),
    "percent": ("[x](a.md)", "100% b.md", "[x](100%25%20b.md)"),
    "lone percent": ("[x](a.md)", "100%.md", "[x](100%.md)"),
    "colon": ("[x](a.md)", "a:b.md", "[x](a%3Ab.md)"),
    "definition": ("[r]: <a.md> 't'", "b c.md", "[r]: <b c.md> 't'"),
    "image in a link": ("[![x](i.png)](a.md)", "b c.md", "[![x](i.png)](b%20c.md)"),
    "double quotes": ('---\nk: "[[A|x]]" # c\n---\n', 'B "q"', '---\nk: "[[B \\"q\\"|x]]" # c\n---\n'),
    "single quotes": ("---\nk:\n- '[[A]]' # c\n---\n", "it's", "---\nk:\n- '[[it''s]]' # c\n---\n"),
    "escapes before": ('---\nk: "[[\\x41|\\"x\\"]]"\n---\n', "日", '---\nk: "[[日|\\"x\\"]]"\n---\n'),
    "block of text": ("---\nk: >-\n  [[A]]\n---\n", "B: c", "---\nk: >-\n  [[B: c]]\n---\n"),
    "deep": ('---\n日: {b.c: ["[[A]]"]}\n---\n', "B", '---\n日: {b.c: ["[[B]]"]}\n---\n'),
    "anchor": ('---\nk: &x "[[A]]"\nl: *x\n---\n', "B", None),
    "ends the link of a property": ('---\nk: "[[A]]"\n---\n', "B]]", None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "target", "expected"), RETARGET.values(), ids=RETARGET)
def test_retarget(text: str, target: str, expected: str | None) -> None:
    found = parse("n.md", text.encode())
    edit = retarget_link(found, found.links[0], target)
    assert (behind(text, edit) if edit else None) == expected
    if edit:
        after = parse("n.md", behind(text, edit).encode())
        assert target in [link.target for link in after.links]
        assert len(after.links) == len(found.links)


def test_two_properties_spelled_alike_are_told_apart() -> None:
    text = '---\na.b: "[[A]]"\na: {b: "[[A]]"}\n---\n'
    found = parse("n.md", text.encode())
    assert [link.key for link in found.links] == ["a.b", "a.b"]
    edits = [edit for link in found.links if (edit := retarget_link(found, link, "B"))]
    assert behind(text, *edits) == text.replace("A", "B")


DISPLAY = {
    "new": ("[[A]]", "x [1]", "[[A|x [1] ]]"),
    "another": ("[[A|x]]", "日|記", "[[A|日|記]]"),
    "in a table": ("|a|b|\n|-|-|\n|[[A]]|y|\n", "x", "|a|b|\n|-|-|\n|[[A\\|x]]|y|\n"),
    "pipe in a table": ("|a|b|\n|-|-|\n|[[A\\|x]]|y|\n", "x|y", None),
    "none": ("[[A|x]]", "", "[[A]]"),
    "none in a table": ("|a|b|\n|-|-|\n|[[A\\|x]]|y|\n", "", "|a|b|\n|-|-|\n|[[A]]|y|\n"),
    "its own": ("[[A#h|x]]", "A > h", "[[A#h]]"),
    "its own already": ("[[A#h]]", "A > h", None),
    "the same": ("[[A|x]]", "x", None),
    "ends the link": ("[[A]]", "a]] b", None),
    "line end": ("[[A]]", "a\nb", None),
    "line end in a heading": ("# [x](a.md)", "a\nb", None),
    "blank around": ("[[A]]", "a ", None),
    "size": ("![[i.png]]", "100x20", "![[i.png|100x20]]"),
    "markdown": ("[x](a.md)", "a [b] c", "[a [b] c](a.md)"),
    "markdown, angle brackets": ("![](< a.md >)", "x", "![x](< a.md >)"),
    "markdown, none": ("[x](a.md)", "", "[](a.md)"),
    "half of a pair": ("[x](a.md)", "a ] b", None),
    "opens code": ("[x](a.md) `c`", "a`b", None),
    "of an image in a link": ("[![x](i.png)](a.md)", "y", "[![y](i.png)](a.md)"),
    "definition": ("[r]: a.md", "x", None),
    "property": ('---\nk: "[[A]]" # c\n---\n', 'x "y"', '---\nk: "[[A|x \\"y\\"]]" # c\n---\n'),
    "property, none": ("---\nk: '[[A|it''s]]'\n---\n", "", "---\nk: '[[A]]'\n---\n"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "display", "expected"), DISPLAY.values(), ids=DISPLAY)
def test_set_display(text: str, display: str, expected: str | None) -> None:
    found = parse("n.md", text.encode())
    edit = set_display(found, found.links[-1], display)
    assert (behind(text, edit) if edit else None) == expected
    if edit and display:
        assert parse("n.md", behind(text, edit).encode()).links[-1].display == display


def test_a_link_that_shows_an_image_goes_on_to_show_it() -> None:
    found = parse("n.md", b"[![x](i.png)](a.md)")
    assert set_display(found, found.links[0], "y") is None


HEADINGS = {
    "hashes": ("##  A b  \nx", "新", "##  新  \nx"),
    "hashes behind": ("# A ##\n", "B", "# B ##\n"),
    "block id": ("## A ^id\n", "B", "## B ^id\n"),
    "empty": ("##\n", "B", "## B\n"),
    "empty with hashes behind": ("# ##\n", "B", "# B ##\n"),
    "only a block id": ("# ^id\n", "B", "# B ^id\n"),
    "tab and crlf": ("#\tA\r\nx\r\n", "B", "#\tB\r\nx\r\n"),
    "end of note": ("# A", "B", "# B"),
    "looks like a list": ("# A", "- B", "# - B"),
    "hash at the end": ("# A", "C #", None),
    "c sharp": ("# A", "C#", "# C#"),
    "line end": ("# A", "B\nC", None),
    "nothing": ("# A", "", None),
    "blank": ("# A", " B", None),
    "same": ("# A", "A", None),
    "same with block id": ("# A ^id", "A", None),
    "adds a block id": ("# A", "B ^id", "# B ^id"),
    "underline": ("A\nb\n===\nx", "B", "B\n===\nx"),
    "underline and block id": ("  A ^id  \r\n---\r\n", "B", "  B ^id  \r\n---\r\n"),
    "list above an underline": ("A\n===", "- B", None),
    "hashes above an underline": ("A\n===", "# B", None),
    "tag above an underline": ("A\n===", "#B", "#B\n===") ,
}  # fmt: skip


@pytest.mark.parametrize(("text", "new", "expected"), HEADINGS.values(), ids=HEADINGS)
def test_rename_heading(text: str, new: str, expected: str | None) -> None:
    found = parse("n.md", text.encode())
    edit = rename_heading(found, found.headings[0], new)
    assert (behind(text, edit) if edit else None) == expected


PIECES = [
    "[[A]]", "[[A|x]]", "![[A#h|100]]", "[t](a.md)", "[t](<a b.md> 'x')", "`code`", "$m$", "#tag", "text", "$5", "`",
    "\n", "\n\n", "\n# H ", "\n- ", "|", "\n|-|-|\n", "%%", " ", " ", "日記", "**", "<b>", "\n[r]: a.md\n", "[", "]",
    "\nk\n---\n", "^id",
]  # fmt: skip
FRONT = ["", '---\nk: "[[A]]"\nl: [\'[[A|x]]\', b]\ntags: [tag, "#Tag/x"] # c\n---\n', "---\ntags: tag\n---\n"]
BODIES = st.builds(
    lambda front, pieces: parse("n.md", (front + "".join(pieces)).encode()),
    st.sampled_from(FRONT),
    st.lists(st.sampled_from(PIECES), max_size=12),
)
WORDS = st.text(st.sampled_from("aB日 #|[]`$%\\<>()*:/\"'^\n"), max_size=6)
thorough = settings(max_examples=400, deadline=None)


def shape(found: Note) -> list[object]:
    return [(link.kind, link.embed, link.key) for link in found.links]


@thorough
@given(BODIES, WORDS, st.integers(0, 9))
def test_a_link_reads_back_as_asked_among_the_same_others(found: Note, text: str, at: int) -> None:
    if not found.links:
        return
    at %= len(found.links)
    link = found.links[at]
    if edit := retarget_link(found, link, text):
        after = parse("n.md", apply_edits(found.data, [edit]))
        assert shape(after) == shape(found)
        assert [x.target for x in after.links] == [text if i == at else x.target for i, x in enumerate(found.links)]
    if edit := set_display(found, link, text):
        after = parse("n.md", apply_edits(found.data, [edit]))
        assert shape(after) == shape(found)
        assert after.links[at].display in (text, after.links[at].target.replace("#", " > "))
        assert [x.target for x in after.links] == [x.target for x in found.links]


@thorough
@given(BODIES, WORDS, st.integers(0, 9))
def test_a_heading_reads_back_as_asked_among_the_same_others(found: Note, text: str, at: int) -> None:
    if not found.headings:
        return
    at %= len(found.headings)
    if edit := rename_heading(found, found.headings[at], text):
        after = parse("n.md", apply_edits(found.data, [edit]))
        assert [h.level for h in after.headings] == [h.level for h in found.headings]
        assert after.headings[at].text.startswith(text)


@thorough
@given(BODIES, st.sampled_from(["new", "日記/x", "true", "x_", "1e3", "-"]))
def test_a_tag_reads_back_as_asked_among_the_same_others(found: Note, new: str) -> None:
    edits = rename_tag(found, "tag", new)
    if edits:
        after = parse("n.md", apply_edits(found.data, edits))
        assert not [tag for tag in after.tags if tag.name.lower().split("/")[0] == "tag"]
        assert shape(after) == shape(found)
    assert edits is not None or new == "x_"
    gone = remove_tag(found, "tag")
    if gone:
        assert not [tag for tag in parse("n.md", apply_edits(found.data, gone)).tags if tag.name.lower() == "tag"]


@pytest.mark.parametrize("text", ["#old #other ", "#old ", "#old\n"])
def test_a_line_full_of_tags_is_edited_in_good_time(text: str) -> None:
    found = parse("n.md", text.encode() * 60_000)
    with not_hanging():
        assert len(rename_tag(found, "old", "new") or ()) == 60_000
        assert len(remove_tag(found, "old") or ()) == 60_000
