"""Whole notes: front matter by key, bodies by line and word, callouts for what clashes. One case for each decision."""

from __future__ import annotations

import pytest

from vaultkit.importing.merge import conflicts_in, merge
from vaultkit.vault.callouts import callouts
from vaultkit.vault.parse import parse

LABEL = "dayone 2026-11-22"


def fm(lines: str, body: str = "Text.\n") -> bytes:
    return f"---\n{lines}---\n{body}".encode()


FRONT_MATTER: dict[str, tuple[str, str, str, str, tuple[str, ...]]] = {
    "different keys": ("a: 1\nb: 2\n", "a: 9\nb: 2\n", "a: 1\nb: 8\n", "a: 9\nb: 8\n", ()),
    "the same key": ("a: 1\n", "a: 2\n", "a: 3\n", "a: 2\n", ("a",)),
    "both added it": ("a: 1\n", "a: 1\nb: 2\n", "a: 1\nb: 3\n", "a: 1\nb: 2\n", ("b",)),
    "both added it alike": ("a: 1\n", "a: 1\nb: 2\n", "a: 1\nb: '2'\n", "a: 1\nb: 2\n", ("b",)),
    "deleted here, changed there": ("a: 1\nb: 2\n", "b: 2\n", "a: 3\nb: 2\n", "b: 2\n", ("a",)),
    "changed here, deleted there": ("a: 1\nb: 2\n", "a: 3\nb: 2\n", "b: 2\n", "a: 3\nb: 2\n", ("a",)),
    "deleted there": ("a: 1\nb: 2\n", "a: 1\nb: 3\n", "b: 2\n", "b: 3\n", ()),
    "order and comments": ("a: 1\nb: 2\n", "# mine\nb: 2 # x\na: 1\n", "a: 1\nb: 3\n", "# mine\nb: 3 # x\na: 1\n", ()),
    "only written otherwise": ("a: x\n", 'a: "x" # why\n', "a: y\n", 'a: "y" # why\n', ()),
    "written otherwise there": ("a: x\n", "a: z\n", "a: 'x'\n", "a: z\n", ()),
    "a new key in its place": ("a: 1\nc: 3\n", "a: 2\nc: 3\n", "a: 1\nb: 2\nc: 3\n", "a: 2\nb: 2\nc: 3\n", ()),
    "tags, removed and added": (
        "tags:\n  - a\n  - b\n",
        "tags:\n  - b\n  - mine\n",
        "tags:\n  - a\n  - b\n  - c\n",
        "tags:\n  - b\n  - mine\n  - c\n",
        (),
    ),
    "tags in brackets": (
        "tags:\n  - a\n  - b\n",
        "tags: [a, b, 'm']\n",
        "tags:\n  - b\n  - c\n",
        "tags: [b, 'm', 'c']\n",
        (),
    ),
    "tags in any case": (
        "tags: [a]\n",
        "tags: [a, New]\n",
        "tags: [a, new, '#other']\n",
        "tags: [a, New, other]\n",
        (),
    ),
    "tags emptied": ("tags: [a]\n", "tags:\n", "tags: [a, b]\n", "tags:\n  - b\n", ()),
    "aliases both reworded": ("aliases: [x]\n", "aliases: [x1]\n", "aliases: [x2]\n", "aliases: [x1, x2]\n", ()),
    "deleted here, a comment there": ("a: 1\n", "", "a: 1 # why\n", "", ("a",)),
    "a comment there": ("a: 1\n", "a: 2\n", "a: 1 # why\n", "a: 2\n", ("a",)),
    "a map": ("a: {b: 1}\n", "a: {b: 2}\n", "a: {b: 3}\n", "a: {b: 2}\n", ("a",)),
    "a key twice": ("a: 1\n", "a: 1\na: 2\n", "a: 3\n", "a: 1\na: 2\n", ("---",)),
    "invalid": ("a: 1\n", "a: [\n", "a: 3\n", "a: [\n", ("---",)),
    "invalid, and nothing new": ("a: 1\n", "a: [\n", "a: 1\n", "a: [\n", ()),
    "anchors": ("a: &x 1\nb: 2\n", "a: &x 1\nb: *x\n", "b: 2\n", "a: &x 1\nb: *x\n", ("---",)),
    "the id": (
        "vaultkit-id: x/1\na: 1\n",
        "vaultkit-id: x/1\na: 2\n",
        "vaultkit-id: y/2\na: 1\n",
        "vaultkit-id: x/1\na: 2\n",
        (),
    ),
    "the id taken away": ("vaultkit-id: x/1\na: 1\n", "a: 1\n", "vaultkit-id: x/1\na: 2\n", "a: 2\n", ()),
}


@pytest.mark.parametrize("name", FRONT_MATTER)
def test_front_matter(name: str) -> None:
    base, mine, theirs, expected, clashes = FRONT_MATTER[name]
    merged = merge(fm(base), fm(mine), fm(theirs), LABEL)
    assert merged.data == fm(expected)
    assert tuple(one.where for one in merged.conflicts) == clashes


def test_the_id_of_the_note_stays_when_only_the_source_changed() -> None:
    assert merge(fm("vaultkit-id: x/1\n"), fm("vaultkit-id: x/1\n"), fm("vaultkit-id: y/2\na: 1\n"), LABEL).data == fm(
        "vaultkit-id: x/1\na: 1\n"
    )


def test_a_block_that_the_user_took_away_stays_away() -> None:
    merged = merge(fm("a: 1\n"), b"Text.\n", fm("a: 2\nb: 1\n"), LABEL)
    assert merged.data == b"Text.\n"
    assert [one.where for one in merged.conflicts] == ["a", "b"]


BODIES: dict[str, tuple[str, str, str, str]] = {
    "different lines": ("a\n\nb\n", "A\n\nb\n", "a\n\nB\n", "A\n\nB\n"),
    "line below, line changed": ("one two\n", "one two\nmine\n", "one 2\n", "one 2\nmine\n"),
    "both added a paragraph at the end": ("a\n", "a\n\nmine\n", "a\n\ntheirs\n", "a\n\ntheirs\n\nmine\n"),
    "both added an item": ("- a\n", "- a\n- mine\n", "- a\n- theirs\n", "- a\n- theirs\n- mine\n"),
    "an item here, a paragraph there": ("- a\n", "- a\n- mine\n", "- a\n\ntheirs\n", "- a\n- mine\n\ntheirs\n"),
    "both added the same, one more": ("a\n", "a\nx\n", "a\nx\ny\n", "a\nx\ny\n"),
    "both added sentences to a paragraph": ("a b.\n", "a b.\nMine.\n", "a b.\nTheirs.\n", "a b.\nTheirs.\nMine.\n"),
    "a line to the paragraph here, a paragraph there": (
        "a b.\n\n# C\n",
        "a b.\nMine.\n\n# C\n",
        "a b.\n\nTheirs.\n\n# C\n",
        "a b.\nMine.\n\nTheirs.\n\n# C\n",
    ),
    "the same, and a word of the line above": (
        "one two three.\n\n# C\n",
        "one two three.\nMine.\n\n# C\n",
        "one two 3.\n\nTheirs.\n\n# C\n",
        "one two 3.\nMine.\n\nTheirs.\n\n# C\n",
    ),
    "both added a paragraph, one a word in the last": (
        "one two three.\n",
        "one 2 three.\n\nMine.\n",
        "one two three.\n\nTheirs.\n",
        "one 2 three.\n\nTheirs.\n\nMine.\n",
    ),
    "japanese paragraphs, a word in the last": (
        "先週から原稿を書いている。\n",
        "今週から原稿を書いている。\n\n寒かった。\n",
        "先週から原稿を書いている。\n\n雨だった。\n",
        "今週から原稿を書いている。\n\n雨だった。\n\n寒かった。\n",
    ),
    "the last paragraph deleted, one behind it": ("a\n\nb\n", "a\n", "a\n\nb\n\nc\n", "a\n\nc\n"),
    "an item deleted, one behind it": ("- a\n- b\n", "- a\n", "- a\n- b\n- c\n", "- a\n- c\n"),
    "an item before one that was deleted": ("- a\n- b\n", "- a\n- c\n- b\n", "- a\n", "- a\n- c\n"),
    "a heading deleted, text below it": ("a\n\n# B\n\nc\n", "a\n\n\nc\n", "a\n\n# B\nT.\n\nc\n", "a\n\nT.\n\nc\n"),
    "a paragraph written anew, one behind it": ("a b c\n", "x y z\n", "a b c\n\nnext\n", "x y z\n\nnext\n"),
    "each deleted a line": ("a\nb\n", "a\n", "b\n", ""),
    "a line deleted, the first word of the next": ("a b c\nd e f\n", "d e f\n", "a b c\nX e f\n", "X e f\n"),
    "crlf here": ("a\n\nb\n", "A\r\n\r\nb\r\n", "a\n\nB\n", "A\r\n\r\nB\r\n"),
    "crlf there": ("a\n\nb\n", "A\n\nb\n", "a\r\n\r\nB\r\n", "A\n\nB\n"),
    "byte order mark": ("a\n\nb\n", "\ufeffA\n\nb\n", "a\n\nB\n", "\ufeffA\n\nB\n"),
    "no last line end": ("a\n\nb\n", "A\n\nb", "a\n\nb\nc\n", "A\n\nb\nc"),
    "blanks at the end taken away": ("a  \n\nb\n", "a\n\nb\n", "a  \n\nB\n", "a\n\nB\n"),
    "a line written anew, the next one deleted": ("see a b\nold c d\n", "see a b\n", "look\nold c d\n", "look\n"),
    "a sentence before an item that was deleted": (
        "We left.\n\n- a\n- b\n",
        "We left.\n\nIt rained.\n- a\n- b\n",
        "We left.\n\n- b\n",
        "We left.\n\nIt rained.\n- b\n",
    ),
    "sentences behind a link that ends a line": (
        "- [[A note]]\n",
        "- [[A note]] Read it.\n",
        "- [[A note]] It is long.\n",
        "- [[A note]] It is long. Read it.\n",
    ),
    "code, one line each": ("```\na\nb\n```\n", "```\nA\nb\n```\n", "```\na\nB\n```\n", "```\nA\nB\n```\n"),
    "lines over lines": ("l m n\no p q\n", "l m N\no p q\n", "L m n\no p Q\n", "L m N\no p Q\n"),
}


@pytest.mark.parametrize("name", BODIES)
def test_bodies(name: str) -> None:
    base, mine, theirs, expected = (text.encode() for text in BODIES[name])
    assert merge(base, mine, theirs, LABEL) == (expected, ())


_ABOUT = "## About\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n"
_TALK = "## Talk\n\n### ada\n\nIt looks good.\n"
_LATER = "### bob\n\nMe too.\n"
SECTIONS: dict[str, tuple[str, str, str, str]] = {
    "a word in one that was moved": (
        f"{_ABOUT}\n{_TALK}",
        f"{_TALK}\n{_ABOUT}",
        f"{_ABOUT}\n{_TALK}".replace("good", "fine"),
        f"{_TALK}\n{_ABOUT}".replace("good", "fine"),
    ),
    "more at the end of one that was moved": (
        f"{_ABOUT}\n{_TALK}",
        f"{_TALK}\n{_ABOUT}",
        f"{_ABOUT}\n{_TALK}\n{_LATER}",
        f"{_TALK}\n{_LATER}\n{_ABOUT}",
    ),
    "both changed one that was moved": (
        f"{_ABOUT}\n{_TALK}",
        f"{_TALK}\nI agree.\n\n{_ABOUT}",
        f"{_ABOUT}\n{_TALK}".replace("good", "fine"),
        f"{_TALK}\nI agree.\n\n{_ABOUT}".replace("good", "fine"),
    ),
    "a part of a section": (
        f"# T\n\n{_TALK}\n{_LATER}",
        f"# T\n\n## Talk\n\n{_LATER}\n### ada\n\nIt looks good.\n",
        f"# T\n\n{_TALK}\n{_LATER}".replace("good", "fine"),
        f"# T\n\n## Talk\n\n{_LATER}\n### ada\n\nIt looks fine.\n",
    ),
    "a new one at the end": (
        f"{_ABOUT}\n{_TALK}",
        f"{_TALK}\n{_ABOUT}",
        f"{_ABOUT}\n{_TALK}\n## New\n\nx\n",
        f"{_TALK}\n{_ABOUT}\n## New\n\nx\n",
    ),
    "what looks like a heading in code": (
        "## A\n\n```sh\n## B\n```\n\n## C\n\nc d e\n",
        "## C\n\nc d e\n\n## A\n\n```sh\n## B\n```\n",
        "## A\n\n```sh\n## B\n```\n\n## C\n\nc d f\n",
        "## C\n\nc d f\n\n## A\n\n```sh\n## B\n```\n",
    ),
    "the source moved it as well": (
        f"{_ABOUT}\n{_TALK}",
        f"{_TALK}\n{_ABOUT}".replace("Two", "2"),
        f"{_TALK}\n{_ABOUT}",
        f"{_TALK}\n{_ABOUT}".replace("Two", "2"),
    ),
}


@pytest.mark.parametrize("name", SECTIONS)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_sections_that_the_user_moved(name: str, end: str) -> None:
    base, mine, theirs, expected = SECTIONS[name]
    merged = merge(base.encode(), mine.replace("\n", end).encode(), theirs.encode(), LABEL)
    assert merged == (expected.replace("\n", end).encode(), ())


BODIES_THAT_CLASH = {
    "a part of an item that was deleted": ("- a\n- b\n", "- a\n", "- a\n- b\n  - c\n"),
    "a line that goes on with an item that was deleted": ("- a\n- b\n", "- a\n", "- a\n- b\n  more\n"),
    "what goes on with a line that was deleted": ("a\n\nb\n", "a\n", "a\n\nb\nand c\n"),
    "what stands below a line that waits for it": ("a\n\n元ポスト:\n", "a\n", "a\n\n元ポスト:\nこれだ。\n"),
    "lines that are no sentences": ("a\n", "a\nand mine\n", "a\nand theirs\n"),
    "lines in code": ("```\na\n```\n", "```\na\nMine.\n```\n", "```\na\nTheirs.\n```\n"),
    "a line of a table that was deleted": (
        "| a |\n| --- |\n| b |\n",
        "| a |\n| --- |\n",
        "| a |\n| --- |\n| b |\n| c |\n",
    ),
    "what waits for an item that was deleted": ("a.\n\n- b\n- c\n", "a.\n\nSo:\n- b\n- c\n", "a.\n\n- c\n"),
    "an item before a sentence that was deleted": ("- a\n\nb c.\n", "- a\n\n- b\nb c.\n", "- a\n"),
    "a number that begins no list": ("a.\n\n1. b\n2. c\n", "a.\n\nSo.\n1. b\n2. c\n", "a.\n\n2. c\n"),
    "code, a line added beside one that changed": ("```\na\nb\n```\n", "```\na\nb\nc\n```\n", "```\na\nB\n```\n"),
    "code, one line": ("```\nx = 1\n```\n", "```\nx = 2\n```\n", "```\ny = 1\n```\n"),
    "a line taken for another": ("a\n", "b\n", "b\na\n"),
    "deleted here, reworded there": ("a\n\nb c d\n", "a\n", "a\n\nb c D\n"),
}


@pytest.mark.parametrize("name", BODIES_THAT_CLASH)
def test_bodies_that_clash(name: str) -> None:
    base, mine, theirs = (text.encode() for text in BODIES_THAT_CLASH[name])
    for one, other in ((mine, theirs), (theirs, mine)):
        assert len(merge(base, one, other, LABEL).conflicts) == 1


PLACES = {
    "a paragraph": ("one\ngoes on\n\nnext\n", "one", "one\ngoes on\n|\nnext\n"),
    "the last line": ("one\n", "one", "one\n|"),
    "a list": ("- one\n- two\n\n  more\n- three\n\nnext\n", "one", "- one\n- two\n\n  more\n- three\n|\nnext\n"),
    "a table": (
        "| one | b |\n| --- | --- |\n| c | d |\n\nnext\n",
        "one",
        "| one | b |\n| --- | --- |\n| c | d |\n|\nnext\n",
    ),
    "a fence": ("```\none\n\ntwo\n```\n\nnext\n", "one", "```\none\n\ntwo\n```\n|\nnext\n"),
    "a callout": ("> [!note]\n> one\n>\n> two\n\nnext\n", "one", "> [!note]\n> one\n>\n> two\n|\nnext\n"),
    "math": ("$$\none\n\n= c\n$$\n\nnext\n", "one", "$$\none\n\n= c\n$$\n|\nnext\n"),
    "a comment": ("%%\none\n\ntwo\n%%\n\nnext\n", "one", "%%\none\n\ntwo\n%%\n|\nnext\n"),
    "a heading below": ("one\n# Head\n", "one", "one\n|# Head\n"),
}


@pytest.mark.parametrize("name", PLACES)
def test_a_callout_tears_nothing_apart(name: str) -> None:
    text, word, expected = PLACES[name]
    mine, theirs = (text.replace(word, new, 1).encode() for new in ("MINE", "THEIRS"))
    merged = merge(text.encode(), mine, theirs, LABEL)
    (conflict,) = merged.conflicts
    assert (conflict.mine, conflict.theirs) == tuple(
        line + b"\n" for side in (mine, theirs) for line in side.split(b"\n") if b"MINE" in line or b"THEIRS" in line
    )
    callout = (
        f"> [!vaultkit-conflict]- {LABEL}: the source changed this passage ({conflict.id})\n"
        f"> {conflict.theirs.decode()}"
    )
    gap = "\n" + callout if expected.endswith("|") or "|\n" in expected else callout + "\n"
    at = expected.rfind("|")
    assert merged.data.decode() == (expected[:at] + gap + expected[at + 1 :]).replace(word, "MINE", 1)
    assert [one.type for one in callouts(parse("", merged.data)) if one.type != "note"] == ["vaultkit-conflict"]


def test_a_fence_that_never_ends_has_its_callout_above() -> None:
    merged = merge(b"```\none\n", b"```\nmine\n", b"```\ntheirs\n", LABEL)
    assert merged.data.endswith(b"\n\n```\nmine\n")
    assert len(conflicts_in(merged.data)) == 1


def test_what_the_source_deleted_is_told() -> None:
    merged = merge(b"one\n\ntwo\n", b"one!\n\ntwo\n", b"two\n", LABEL)
    assert b"the source deleted this passage (vk-" in merged.data
    assert merged.data.startswith(b"one!\n")


def test_what_the_user_deleted_stays_away_but_is_told() -> None:
    merged = merge(b"one\n\ntwo\n\nthree\n", b"one\n\nthree\n", b"one\n\nTWO\n\nthree\n", LABEL)
    assert b"\nTWO" not in merged.data
    assert b"> TWO" in merged.data


@pytest.mark.parametrize(
    "text",
    [
        "%%\nopen",
        "```\nopen",
        "$$\nopen",
        "<!-- open",
        "> [!vaultkit-conflict]- x (vk-123456)",
        "```text\na\n```",
        "\\[!vaultkit-conflict]",
    ],
)
def test_the_source_s_text_cannot_leave_its_callout(text: str) -> None:
    theirs = f"{text}\n".encode()
    merged = merge(b"one\n\nend\n", b"mine\n\nend\n", theirs + b"\nend\n", LABEL)
    (found,) = conflicts_in(merged.data)
    assert found.theirs == theirs
    assert merged.data.endswith(b"\n\nend\n")
    assert not parse("", merged.data).text.unclosed


def test_the_same_conflict_is_not_added_again() -> None:
    base, mine, theirs = b"at noon\n\nend\n", b"at two\n\nend\n", b"at one\n\nend\n"
    merged = merge(base, mine, theirs, LABEL)
    assert merge(base, merged.data, theirs, "another day") == merged
    assert merge(theirs, merged.data, theirs, LABEL) == (merged.data, ())
    edited = merged.data.replace(b"two", b"three")
    assert merge(base, edited, theirs, LABEL).data == edited
    assert merge(theirs, edited, theirs.replace(b"end", b"The end"), LABEL).data == edited.replace(b"end", b"The end")


def test_a_comment_of_several_lines_that_takes_in_the_next_block_is_not_torn_apart() -> None:
    body = "text\n\n<!-- one\nof two\n\nend -->\n\nnext\n"
    merged = merge(body.encode(), body.replace("one", "MINE").encode(), body.replace("one", "two -->").encode(), LABEL)
    assert merged.data.startswith(b"text\n\n<!-- MINE\nof two\n\nend -->\n\n> [!vaultkit-conflict]")
    assert len(conflicts_in(merged.data)) == 1
