"""What the driver makes of a note: as the merge of an import where nobody is asked, markers where a person is."""

from __future__ import annotations

import os
import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import not_hanging
from tests.importing.merge.notes import versions
from vaultkit.git.merge_notes import merge_notes, with_markers
from vaultkit.importing.merge import merge, take_apart
from vaultkit.importing.merge.lines import canonical
from vaultkit.importing.merge.words import tokens
from vaultkit.vault.frontmatter import find_front_matter

SIZE = 15
"""Of a marker here, so that none is like a line of a note."""
_HUNK = re.compile(rb"<{15} ours\r?\n(.*?)(?:\|{15} base\r?\n(.*?))?={15}\r?\n(.*?)>{15} theirs(?:\r?\n|\Z)", re.S)


def merged(base: str, ours: str, theirs: str, style: str = "merge") -> str:
    return with_markers(merge_notes(base.encode(), ours.encode(), theirs.encode()), 7, style).decode()


def block(*contents: str) -> tuple[str, ...]:
    return tuple(f"---\n{content}\n---\n" for content in contents)


def both(ours: str, theirs: str) -> str:
    return f"<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n"


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        (
            "---\na: 1\n---\nx\n",
            "---\na: 2\n---\nx\n",
            "---\na: 3\n---\nx\n",
            "---\n" + both("a: 2\n", "a: 3\n") + "---\nx\n",
        ),
        (
            "---\na: 1\nb: 1\n---\n",
            "---\nb: 2\n---\n",
            "---\na: 3\nb: 1\n---\n",
            "---\nb: 2\n" + both("", "a: 3\n") + "---\n",
        ),
        ("---\na: 1\n---\nx\n", "---\na: 2\n---\nx\n", "x\n", "---\n" + both("a: 2\n", "") + "---\nx\n"),
        ("---\na: 1\n---\nx\n", "x\n", "---\na: 2\n---\nx\n", both("", "---\na: 2\n---\n") + "x\n"),
        (
            "---\na: [\n---\nx\n",
            "---\na: [b\n---\nx\n",
            "---\na: [c\n---\nx\n",
            "---\n" + both("a: [b\n", "a: [c\n") + "---\nx\n",
        ),
        (
            "---\n# why\na: 1 # one\nb: 1\n---\n",
            "---\n# why\na: 2 # one\nb: 1\n---\n",
            "---\n# why\na: 3\nb: 1\n---\n",
            "---\n# why\n" + both("a: 2 # one\n", "a: 3\n") + "b: 1\n---\n",
        ),
        ("a\n", "b\n", "c\n", both("b\n", "c\n")),
        ("a", "b", "c", both("b\n", "c\n")),
        ("a\nz", "b\nz", "c\nz", both("b\n", "c\n") + "z"),
        ("a\r\nz\r\n", "b\r\nz\r\n", "c\r\nz\r\n", (both("b\n", "c\n") + "z\n").replace("\n", "\r\n")),
        ("\ufeffa\nz\n", "\ufeffb\nz\n", "\ufeffc\nz\n", "\ufeff" + both("b\n", "c\n") + "z\n"),
        ("one\n", "same\nmine\n\nend\n", "same\nhers\n\nend\n", "same\n" + both("mine\n", "hers\n") + "\nend\n"),
        ("", "# T\n\n- a\n", "# T\n\n- b\n", "# T\n\n" + both("- a\n", "- b\n")),
        (
            "",
            "---\na: 1\nt: [x]\n---\n",
            "---\na: 2\nt: [y]\n---\n",
            "---\n" + both("a: 1\n", "a: 2\n") + "t: [x, y]\n---\n",
        ),
        (
            "夜は静かだった。\n",
            "夜は賑やかだった。\n",
            "夜は退屈だった。\n",
            both("夜は賑やかだった。\n", "夜は退屈だった。\n"),
        ),
    ],
    ids=[
        "a property",
        "a property that one side took away",
        "a block that they took away",
        "a block that we took away",
        "properties that are not valid",
        "comments",
        "a line",
        "a last line without its end",
        "a note without a last line end",
        "CRLF",
        "a byte order mark",
        "lines that both wrote",
        "both added, and differ",
        "both added properties",
        "Japanese",
    ],
)
def test_what_a_person_finds(base, ours, theirs, expected):
    assert merged(base, ours, theirs) == expected


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        (
            "昨日は本を二冊借りた。\n",
            "昨日は本を三冊借りた。\n",
            "今日は本を二冊借りた。\n",
            "今日は本を三冊借りた。\n",
        ),
        block("updated: 2026-01-01", "updated: 2026-01-03", "updated: 2026-01-02", "updated: 2026-01-03"),
        block(
            "date modified: 2026-01-01T10:00",
            "date modified: 2026-01-01T10:10",
            *["date modified: 2026-01-01T10:20"] * 2,
        ),
        block("vaultkit-id: d/1\na: 1", "vaultkit-id: d/1\na: 2", "a: 1", "a: 2"),
        block("a: 1", "a: 2", "a: 1\nvaultkit-id: d/1", "a: 2\nvaultkit-id: d/1"),
        ("a\n\nb\n", "A\n\nb\n", "\ufeffa\n\nB\n", "\ufeffA\n\nB\n"),
        ("a\n\nb\n", "A\r\n\r\nb\r\n", "a\n\nB\n", "A\r\n\r\nB\r\n"),
        ("a\n\nb", "A\n\nb", "a\n\nb\n", "A\n\nb\n"),
        ("", "# T\n\nmine\n\n## B\n", "# T\n\n## B\n\ntheirs\n", "# T\n\nmine\n\n## B\n\ntheirs\n"),
        ("", "same\n", "same", "same\n"),
    ],
    ids=[
        "words of Japanese",
        "the later date",
        "the later time",
        "an id that is taken away",
        "an id that is added",
        "their byte order mark",
        "our line ends",
        "their last line end",
        "both added from one template",
        "both added the same",
    ],
)
def test_what_nobody_is_asked(base, ours, theirs, expected):
    assert merged(base, ours, theirs) == expected


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("---\nupdated: 2026-01-03\n---\n", "---\nupdated: yesterday\n---\n"),
        ("---\nupdated: 2026-01-03\n---\n", "---\nupdated: 2026-01-02T10:00\n---\n"),
        ("---\nupdated: 2026-01-03 # a\n---\n", "---\nupdated: 2026-01-02\n---\n"),
    ],
    ids=["no date", "in another form", "with a comment"],
)
def test_dates_that_cannot_be_compared(ours, theirs):
    assert not merge_notes(b"---\nupdated: 2026-01-01\n---\n", ours.encode(), theirs.encode()).agreed


@pytest.mark.parametrize(
    "block",
    [
        "```python\na = 1\nmiddle\nb = 2\n```\n",
        "~~~\na\nmiddle\n\nb\n~~~\n",
        "$$\na\nmiddle\nb\n$$\n",
        "%%\na\nmiddle\nb\n%%\n",
        "<!-- a\nmiddle\nb -->\n",
        "<div>\na\nmiddle\nb\n</div>\n",
        "> [!note]- Title\n> a\n> middle\n>\n> b\n",
        "| a | b |\n| --- | :-: |\n| 1 | middle |\n| 2 | 3 |\n",
        "a | b\n--|--\n1 | middle\n2 | 3\n",
        "    a\n    middle\n    b <!---->\n",
    ],
    ids=["fence", "tildes", "math", "comment", "HTML comment", "HTML", "callout", "table", "plain table", "indented"],
)
def test_no_marker_stands_inside_a_block(block):
    base = f"# T\n\nBefore.\n\n{block}\nBehind.\n"
    ours, theirs = base.replace("middle", "mine"), base.replace("middle", "theirs").replace("Behind", "After")
    sides = both(block.replace("middle", "mine"), block.replace("middle", "theirs"))
    assert merged(base, ours, theirs) == f"# T\n\nBefore.\n\n{sides}\nAfter.\n"


def test_what_of_a_block_is_agreed_stands_on_either_side():
    base = "```\na\n\nmiddle\n\nb\n```\n"
    ours, theirs = base.replace("middle", "mine").replace("a", "A"), base.replace("middle", "hers").replace("b", "B")
    assert merged(base, ours, theirs) == both("```\nA\n\nmine\n\nB\n```\n", "```\nA\n\nhers\n\nB\n```\n")


def test_a_block_of_one_side_only_is_not_split_either():
    base = "one\n\ntwo\n\nthree\n"
    ours = "```\none\n\nMINE\n\nthree\n```\n"
    theirs = "one\n\nTHEIRS\n\nthree\n"
    assert merged(base, ours, theirs) == both(ours, "```\none\n\nTHEIRS\n\nthree\n```\n")


def test_the_base_between_the_sides():
    assert merged("a\n", "b\n", "c\n", "diff3") == ("<<<<<<< ours\nb\n||||||| base\na\n=======\nc\n>>>>>>> theirs\n")


CASES = int(os.environ.get("VAULTKIT_MERGE_CASES", "3000")) // 7


def test_laws() -> None:
    for seed in range(CASES):
        three = versions(Random(seed))
        try:
            _laws_hold(*three)
        except Exception as e:
            e.add_note(f"seed {seed}: base, ours, theirs = {three!r}")
            raise


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_laws_with_small_counterexamples(random: Random) -> None:
    _laws_hold(*versions(random))


def _laws_hold(base: bytes, ours: bytes, theirs: bytes) -> None:
    note = merge_notes(base, ours, theirs)
    shown = with_markers(note, SIZE)
    assert note.agreed == (b"<" * SIZE not in shown)
    old = _words(base)
    assert _words(ours) - old <= _words(shown), "a word of ours is lost"
    assert _words(theirs) - old <= _words(shown), "a word of theirs is lost"
    untouched = _single_lines(base) & _single_lines(ours) & _single_lines(theirs)
    assert untouched <= {*canonical(shown).split(b"\n")}, "a line that nobody touched is lost"
    _choices_are_notes(ours, theirs, shown)
    for one, other in ((ours, base), (base, ours), (theirs, base), (base, theirs), (ours, ours)):
        alone = merge_notes(base, one, other)
        assert alone.agreed, "only one side changed something"
        assert canonical(with_markers(alone, SIZE)) == canonical(one if other == base else other)
    parts = take_apart(base, ours, theirs)
    if note.agreed and not parts.clashes and _same_hand(base, ours, theirs):
        assert shown == merge(base, ours, theirs, "").data, "as the merge of an import"
    added = merge_notes(b"", ours, theirs)
    told = with_markers(added, SIZE)
    assert _words(ours) | _words(theirs) <= _words(told)
    _choices_are_notes(ours, theirs, told)


def _same_hand(*texts: bytes) -> bool:
    """Whether the texts have the same line ends and byte order mark, and the same id."""
    ids = {re.findall(rb"^vaultkit-id:[^\r\n]*", text, re.M)[:1] == [] for text in texts}
    return len({(text[:3] == b"\xef\xbb\xbf", b"\r" in text) for text in texts}) == 1 and len(ids) == 1


def _choices_are_notes(ours: bytes, theirs: bytes, shown: bytes) -> None:
    """Whichever side is chosen, properties are valid if they were, and no marker is left."""
    were = [find_front_matter(canonical(side)) for side in (ours, theirs)]
    valid = all(block is None or not block.error for block in were)
    for side in (1, 3):
        chosen = _HUNK.sub(lambda found, side=side: found[side], shown)
        assert not re.search(rb"^(?:<{15}|={15}|>{15})", chosen, re.M)
        block = find_front_matter(canonical(chosen))
        assert not (valid and block and block.error), "a choice left properties that are not valid"


def _words(data: bytes) -> set[str]:
    text = canonical(data).decode("utf-8", "surrogateescape")
    # tags are the same in any case; `a:` is `a: null`
    return {word for word in tokens(text.lower()) if any(map(str.isalnum, word))} - {"null"}


def _single_lines(data: bytes) -> set[bytes]:
    """Lines that are there once."""
    lines = canonical(data).split(b"\n")
    return {line for line in lines if lines.count(line) == 1}


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60), st.binary(max_size=60), st.binary(max_size=60))
def test_any_bytes(base: bytes, ours: bytes, theirs: bytes) -> None:
    with_markers(merge_notes(base, ours, theirs), SIZE)


@pytest.mark.parametrize("line", ["```\n", "> [!note]\n", "| a |\n|---|\n", "%%\n\n", "a\n", "- x\n", "<div>\n"])
def test_repetition_takes_no_square_of_its_size(line):
    base = line * (100_000 // len(line))
    with not_hanging():
        with_markers(merge_notes(base.encode(), f"x\n{base}y\n".encode(), f"z\n{base}w\n".encode()), 7)
        with_markers(merge_notes(b"", f"x\n{base}y\n".encode(), f"z\n{base}w\n".encode()), 7)
