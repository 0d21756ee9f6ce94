from __future__ import annotations

import datetime as dt

import pytest

from vaultkit.importing.calling import Names, Target, mentionable
from vaultkit.importing.entry import Entry, Kind
from vaultkit.importing.reference import Linker
from vaultkit.vault.scan import scan

PAPER = "[Paper Note] Tides in Small Harbours, Ada Okoye+, Coast'25, 2025.03"
NAMES = Names()
NAMES.add(Target("gh/o/r#3"), ["o/r#3", "https://github.com/o/r/issues/3"])
NAMES.add(Target("gh/o/r#3", "#^comment-7"), ["https://github.com/o/r/issues/3#issuecomment-7"])
NAMES.add(Target("gh/o/r#3", "#^block"), ["id:b-1"])
NAMES.add(Target("p/tides"), [PAPER], citation=True)
NAMES.add(Target("p/short"), ["Tides"], citation=True)
NAMES.add(Target("p/twin-1"), ["Twice Written, A. Nyman, Coast'24"], citation=True)
NAMES.add(Target("p/twin-2"), ["Twice Written, A. Nyman, Coast'24"], citation=True)
LINKTEXT = {"gh/o/r#3": "3 Title", "p/tides": "Tides in Small Harbours", "p/short": "Tides"}


def linked(text: str, kind: Kind = Kind.ISSUE, scope: str = "o/r", own: str = "me") -> tuple[str, list[str]]:
    entry = Entry(kind=kind, key="k", body=text, place="", scope=scope, date=dt.date(2024, 1, 1))
    linker = Linker(NAMES, lambda id_, _: LINKTEXT[id_], lambda d, _: d.isoformat(), mentionable(NAMES, [text]))
    found = linker.link(entry, own, "me.md", text, scan(text.encode()))
    return found.text, [u.text for u in found.unresolved]


LINKS = [
    ("see #3.", "see [[3 Title|#3]]."),
    ("GH-3, o/r#3", "[[3 Title|GH-3]], [[3 Title|o/r#3]]"),
    ("https://github.com/o/r/issues/3", "[[3 Title|https://github.com/o/r/issues/3]]"),
    ("https://github.com/o/r/pull/3", "[[3 Title|https://github.com/o/r/pull/3]]"),
    ("<https://github.com/O/R/issues/3>", "[[3 Title|https://github.com/O/R/issues/3]]"),
    ("[text](https://github.com/o/r/issues/3)", "[[3 Title|text]]"),
    (
        "https://github.com/o/r/issues/3#issuecomment-7",
        "[[3 Title#^comment-7|https://github.com/o/r/issues/3#issuecomment-7]]",
    ),
    ("| a | #3 |", r"| a | [[3 Title\|#3]] |"),
    (f"- {PAPER}", f"- [[Tides in Small Harbours|{PAPER}]]"),
    (f"after reading {PAPER} twice", f"after reading [[Tides in Small Harbours|{PAPER}]] twice"),
    ("- Tides", "- [[Tides]]"),
    ("[Jan 31st](day:2024-01-31)", "[[2024-01-31|Jan 31st]]"),
    ("![a block](id:b-1)", "![[3 Title#^block]]"),
    ("![a block](id:b-2) [x](day:2024-02-31)", "![a block](id:b-2) [x](day:2024-02-31)"),
]
TEXT = [
    "`#3`",
    "```\n#3 https://github.com/o/r/issues/3\n```",
    "the Tides are high",
    "$#3$ <!-- #3 -->",
    "x#3, a/b/c#3, #30x, #3-a, &#3;",
    r"\#3",
    "[[3 Title|#3]]",
    "- Twice Written, A. Nyman, Coast'24",
    "https://example.org/#3",
    "[see #3 here](http://x.y/z) ![shot #3](http://x.y/a.png)",
    "[#3]: http://x.y",
    "text[^3#3] and [x #3][ref]",
]


@pytest.mark.parametrize(("text", "expected"), LINKS)
def test_references_become_links(text: str, expected: str) -> None:
    assert linked(text)[0] == expected


@pytest.mark.parametrize("text", TEXT)
def test_what_only_looks_like_one_stays_text(text: str) -> None:
    assert linked(text)[0] == text


def test_a_bare_number_means_nothing_outside_a_repository() -> None:
    assert linked("see #3 and #99", scope="") == ("see #3 and #99", [])


def test_what_leads_nowhere_stays_and_is_listed() -> None:
    assert linked("see #99") == ("see #99", ["#99"])
    mention = "- [Paper Note] Nowhere To Be Found, B. Iyer+, Coast'20"
    assert linked(mention, Kind.PAPER) == (mention, [mention[2:]])


def test_a_comment_of_the_same_issue_is_a_link_within_the_note() -> None:
    out, _ = linked("https://github.com/o/r/issues/3#issuecomment-7", own="gh/o/r#3")
    assert out == "[[#^comment-7|https://github.com/o/r/issues/3#issuecomment-7]]"


def test_dates_of_a_diary_lead_to_daily_notes_but_not_to_their_own() -> None:
    out, left = linked("(2023/11/22) `2023/11/22` 2024/01/01 v2023.11.22", Kind.DIARY, scope="")
    assert out == "([[2023-11-22|2023/11/22]]) `2023/11/22` 2024/01/01 v2023.11.22"
    assert left == []


def test_a_title_with_math_is_linked_whole() -> None:
    names = Names()
    title = "Modified Waves with $β_2$ and Rocks, C. Ono+, Coast'24"
    names.add(Target("p/w"), [title], citation=True)
    entry = Entry(kind=Kind.PAPER, key="k", body="", place="")
    linker = Linker(names, lambda id_, _: "Waves", lambda d, _: d.isoformat(), {})
    found = linker.link(entry, "me", "me.md", f"- {title}", scan(f"- {title}".encode()))
    assert found.text == f"- [[Waves|{title}]]"


def test_a_date_that_is_the_text_of_a_link_stays() -> None:
    assert linked("[2023-11-22](http://x.y/) [^2023-11-22]", Kind.DIARY)[0] == "[2023-11-22](http://x.y/) [^2023-11-22]"


def test_an_address_of_a_comment_that_is_not_here_is_listed() -> None:
    text = "https://github.com/o/r/issues/3#issuecomment-99"
    assert linked(text) == (text, [text])


@pytest.mark.parametrize("part", ["2023/11/22 ", "#3 ", "https://github.com/o/r/issues/3 ", "`#3` ", "[a](b) "])
def test_long_texts_are_done(part: str) -> None:
    out, _ = linked(part * 20_000, Kind.DIARY)
    assert out.count("[[") in (0, 20_000)
