"""What holds for linking, whatever the text: nothing a reader sees changes, nothing protected is touched, and twice is
once. The texts are made of what references look like, and of what hides them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vaultkit.importing.calling import Names, Target, citations, endings, mentionable
from vaultkit.importing.entry import Entry, Kind
from vaultkit.importing.escape import escape_syntax
from vaultkit.importing.ledger import Record, digest
from vaultkit.importing.plan import Known, Outcome
from vaultkit.importing.reference import Linked, Linker
from vaultkit.importing.waiting import Late, plan_late, relink
from vaultkit.importing.wanted import Wanted
from vaultkit.vault.note import LinkKind
from vaultkit.vault.parse import parse
from vaultkit.vault.scan import scan

PAPER = "[Paper Note] Tides in Small Harbours, Ada Okoye+, Coast'25, 2025.03"
TWIN = "[Paper Note] Twice Written, A. Nyman, Coast'24"
ISSUE = "https://github.com/o/r/issues/3"
PATHS = {
    "gh/o/r#3": "Issues/3 Title.md",
    "p/tides": "Papers/Tides in (Small) Harbours.md",
    "p/t1": "a.md",
    "p/t2": "b.md",
}

PARTS = [
    *("#3", "o/r#3", "GH-3", "x/y#9", "#99", PAPER, TWIN, "Tides", "2023/11/22", "2025.03", "Coast'25"),
    *(ISSUE, f"<{ISSUE}/>", f"{ISSUE}#issuecomment-7", f"{ISSUE}#issuecomment-8", f"[say]({ISSUE})", "[a](/b/)"),
    *(
        "`",
        "```\n",
        "$",
        "$$",
        "%%",
        "<!--",
        "-->",
        "<b>",
        "[[",
        "]]",
        "[",
        "]",
        "(",
        ")",
        "\\",
        "|",
        "| a |",
        "!",
        "~~~\n",
    ),
    *("- ", "> ", "# ", "\n", "\n\n", " ", ", ", "を読む", "a", "://", "https://e.org/", "^x", "[^1]", "&", "*", "_"),
]
TEXTS = st.lists(st.sampled_from(PARTS), max_size=14).map("".join)

APART = st.lists(st.sampled_from(PARTS), max_size=9).map(" ".join)
"""A link ends words, so that what follows a reference without a gap may be one only when that is a link."""


def names(*, here: bool = True) -> Names:
    out = Names()
    out.add(Target("p/t1"), [TWIN], citation=True)
    out.add(Target("p/t2"), [TWIN], citation=True)
    if here:
        out.add(Target("gh/o/r#3"), ["o/r#3", ISSUE])
        out.add(Target("gh/o/r#3", "#^comment-7"), [f"{ISSUE}#issuecomment-7"])
        out.add(Target("p/tides"), [PAPER], citation=True)
    return out


def linker(known: Names, text: str, *, markdown: bool) -> Linker:
    def linktext(id_: str, _: str) -> str:
        return PATHS[id_] if markdown else PATHS[id_].removesuffix(".md")

    def daily(date: dt.date, _: str) -> str:
        return f"{date}.md" if markdown else str(date)

    return Linker(known, linktext, daily, mentionable(known, [text]), markdown)


def linked(text: str, known: Names, *, markdown: bool = False, kind: Kind = Kind.DIARY) -> Linked:
    entry = Entry(kind=kind, key="k", body="", place="", scope="o/r")
    return linker(known, text, markdown=markdown).link(entry, "d/1", "1.md", text, scan(text.encode()))


_WEB = re.compile(r"\[([^\[\]\n]+)\]\(((?:https?:/)?/[^\s()<>]+)\)")
_ANGLES = re.compile(r"<(https?://[^\s<>]+)>")


def seen(text: str, before: str) -> str:
    """`text` with each link that `before` does not have as what it shows, and blanks as one."""
    data = text.encode()
    out, at = [], 0
    old = {(link.kind, link.target, link.display) for link in parse("", before.encode()).links}
    for link in sorted(parse("", data).links, key=lambda one: one.span):
        if link.kind in (LinkKind.WIKI, LinkKind.MARKDOWN) and (link.kind, link.target, link.display) not in old:
            out += [data[at : link.span.start], link.display.encode()]
            at = link.span.end
    text = b"".join([*out, data[at:]]).decode()
    for _ in range(2):
        text = _ANGLES.sub(r"\1", _WEB.sub(r"\1", text))
    return re.sub(r"\\(?=[\[\]])", "", re.sub(r"\s+", "", text))


def hidden(text: str) -> list[bytes]:
    """Code, math, comments and HTML, and links that are there."""
    data = text.encode()
    found = scan(data)
    return [data[slice(*region.span)] for region in found.regions if region.kind.value != "url"]


@given(TEXTS, st.booleans())
@example(f"- {PAPER}", True)
@example("| a | o/r#3 |", False)
def test_nothing_a_reader_sees_changes(raw: str, markdown: bool) -> None:
    text = escape_syntax(raw).text
    out = linked(text, names(), markdown=markdown)
    assert seen(out.text, text) == seen(text, text)


@given(APART, st.booleans())
@example("<b> \n #3", False)
def test_what_is_protected_stays_and_twice_is_once(raw: str, markdown: bool) -> None:
    text = escape_syntax(raw).text
    out = linked(text, names(), markdown=markdown, kind=Kind.ISSUE).text
    assert hidden(out) == hidden(text)
    assert linked(out, names(), markdown=markdown, kind=Kind.ISSUE).text == out


@given(APART)
def test_late_is_as_good_as_at_once(raw: str) -> None:
    """A text that was linked when nothing was here, and again when all was, reads as if all had been here at once."""
    text = escape_syntax(raw).text
    first = linked(text, names(here=False))
    record = Record("d/1", "1.md", ("x",), kind="diary", pending=first.waiting)
    entry = Entry(kind=Kind.DIARY, key="k", body="", place="", scope="o/r")
    ways = linker(names(), text, markdown=False)
    titles = dict.fromkeys(endings(PAPER), (PAPER,))
    again = relink(record, entry, "1.md", first.text.encode(), ways, titles)
    assert again.text.decode() == linked(text, names()).text
    assert relink(record, entry, "1.md", again.text, ways, titles).text == again.text


@given(TEXTS, st.lists(st.tuples(st.integers(0, 20), st.sampled_from([*PARTS, None])), max_size=4))
def test_a_line_the_user_wrote_stays(raw: str, edits: list[tuple[int, str | None]]) -> None:
    text = escape_syntax(raw).text
    first = linked(text, names(here=False))
    lines = first.text.split("\n")
    for at, put in edits:
        where = at % (len(lines) + 1)
        lines[where : where + (put is None)] = [] if put is None else [f"mine {put}"]
    mine = "---\nvaultkit-id: d/1\n---\n" + "\n".join(lines)
    record = Record("d/1", "1.md", ("x",), kind="diary", pending=first.waiting)
    entry = Entry(kind=Kind.DIARY, key="k", body="", place="", scope="o/r")
    ways = linker(names(), text, markdown=False)
    new = relink(record, entry, "1.md", first.text.encode(), ways, dict.fromkeys(endings(PAPER), (PAPER,)))
    wanted = Wanted("d/1", "1.md", digest(new.text), "diary", "", new.text)
    known = Known({"d/1": ("1.md",)}, lambda _: mine.encode(), lambda _: True)
    note = plan_late(Late(wanted, new), record, known)
    assert note is not None
    assert (note.outcome is Outcome.UPDATED) == (note.data is not None)
    now = (note.data or mine.encode()).decode().split("\n")
    assert len(now) == len(mine.split("\n"))
    for before, after in zip(mine.split("\n"), now, strict=True):
        if before not in first.text.split("\n"):
            assert after == before


def test_a_citation_is_remembered_by_how_it_ends() -> None:
    assert endings(PAPER) == (", Coast'25, 2025.03", PAPER)
    assert endings("Waves, 2024.11") == ()
    assert endings("Waves on a Small Shore, 2024.11") == (", 2024.11",)
    assert [name for *_, name in citations(f"I read {PAPER}を, 2024.11.02, and v1, 2.")] == [", Coast'25, 2025.03"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a, b,'25", [", b,'25"]),
        (f"a, {'b' * 61}’25", [f", {'b' * 61}’25"]),
        (f"a, {'b' * 62}’25", []),
        ("a, it's b'25, 2025", [", it's b'25, 2025"]),
        ("a, 2025", []),
    ],
    ids=["comma", "longest", "too long", "two apostrophes", "year"],
)
def test_what_a_citation_ends_with(text: str, found: list[str]) -> None:
    assert [name for *_, name in citations(text)] == found
