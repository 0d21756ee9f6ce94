"""Whose text is it: ids where keys are not unique."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.importing.carry import carry_over
from vaultkit.importing.entry import Entry, Kind
from vaultkit.importing.identity import assign_ids, likeness
from vaultkit.importing.ledger import Record

TEA = "morning entry about tea and the long walk to the harbour with Ines"
SHIP = "all sails set, the wind from the north, and no land in sight since noon"
TEXTS = {"t": TEA, "s": SHIP}


def day(key: str, body: str, origin: str = "log.txt", kind: Kind = Kind.DIARY, title: str = "") -> Entry:
    return Entry(kind=kind, key=key, body=body, place="line 1", origin=origin, title=title)


def ids(entries: list[Entry], *records: Record) -> list[str]:
    known = {record.id: record for record in records}
    return list(assign_ids("d", entries, known, lambda record: TEXTS.get(record.bases[0], "")))


def test_a_first_import_has_plain_ids() -> None:
    assert ids([day("2024-01-01", TEA), day("2024-01-02", SHIP)]) == ["d/2024-01-01", "d/2024-01-02"]


def test_a_renamed_file_is_the_same_diary() -> None:
    assert ids(
        [day("2024-01-01", f"{TEA}, again", "later.txt")], Record("d/2024-01-01", "x.md", ("t",), "log.txt")
    ) == ["d/2024-01-01"]


def test_another_diary_bears_its_name_on_all_days_and_is_known_again() -> None:
    mine = Record("d/2024-01-01", "x.md", ("t",), "log.txt")
    ship = [day("2024-01-01", SHIP, "ship.txt"), day("2024-01-02", SHIP, "ship.txt")]
    assert ids(ship, mine) == ["d/2024-01-01@ship", "d/2024-01-02@ship"]
    theirs = Record("d/2024-01-01@ship", "y.md", ("s",), "ship.txt")
    assert ids([day(e.key, e.body, "ship-april.txt") for e in ship], mine, theirs) == [
        "d/2024-01-01@ship",
        "d/2024-01-02@ship",
    ]


def _crowd(texts: list[str], *, known: list[str]) -> dict[str, str]:
    """The bodies of entries of one day by id, when the texts `known` were imported before."""

    def key(n: int) -> str:
        return "2024-01-01" if n == 0 else f"2024-01-01/{n + 1}"

    records = {f"d/{key(n)}": Record(f"d/{key(n)}", "x.md", (text,), "log.txt") for n, text in enumerate(known)}
    entries = [day(key(n), text) for n, text in enumerate(texts)]
    return {id_: entry.body for id_, entry in assign_ids("d", entries, records, lambda one: one.bases[0]).items()}


def test_of_a_day_of_thousands_each_goes_on_under_its_id() -> None:
    known = [f"Entry {n} says something of {n * 7919 % 1000} things and of more words." for n in range(3000)]
    ids = list(_crowd(known, known=[]))
    with not_hanging():
        changed = [text.replace("says something", "said something") for text in known]
        assert _crowd(changed, known=known) == dict(zip(ids, changed, strict=True))
        above = ["One that was put above the others.", *known]
        assert _crowd(above, known=known) == dict(zip(ids, known, strict=True)) | {"d/2024-01-01/3001": above[0]}
        few = [*known[:7], changed[7], *known[8:]]
        assert _crowd(["A new one.", *few], known=known) == dict(zip(ids, few, strict=True)) | {
            "d/2024-01-01/3001": "A new one."
        }


def test_equal_texts_of_a_day_keep_their_order() -> None:
    known = ["Rain.", "Rain.", "Sun and wind."]
    assert _crowd(["Rain.", "Rain.", "Sun and wind, too."], known=known) == {
        "d/2024-01-01": "Rain.",
        "d/2024-01-01/2": "Rain.",
        "d/2024-01-01/3": "Sun and wind, too.",
    }


def test_a_short_entry_may_be_rewritten_in_its_file() -> None:
    assert ids([day("2024-01-01", "Rain.")], Record("d/2024-01-01", "x.md", ("t",), "log.txt")) == ["d/2024-01-01"]


def test_two_pages_of_one_path_are_told_apart_by_title() -> None:
    one = day("index", TEA, "index.md", Kind.PAGE, "Tea")
    two = day("index", SHIP, "index.md", Kind.PAGE, "Ship")
    assert ids([one, two]) == ["d/index", "d/index@Ship"]
    assert ids([two], Record("d/index", "x.md", ("t",), "index.md")) == ["d/index@Ship"]


def test_papers_and_issues_of_a_repository_keep_their_keys() -> None:
    paper = day("2024-01-01/tea", SHIP, kind=Kind.PAPER)
    assert ids([paper], Record("d/2024-01-01/tea", "x.md", ("t",), "other.txt")) == ["d/2024-01-01/tea"]


def test_a_key_that_is_unique_is_the_same_entry_whatever_became_of_its_text() -> None:
    rewritten = replace(day("6F1C", SHIP, "ship.json"), is_key_unique=True)
    assert ids([rewritten], Record("d/6F1C", "x.md", ("t",), "log.json")) == ["d/6F1C"]


def test_the_same_text_twice_is_one_entry_and_another_is_never_lost() -> None:
    assert ids([day("k", TEA), day("k", TEA)]) == ["d/k"]
    many = [day("k", f"{SHIP} {n}" * 3 if n else TEA) for n in range(4)]
    assert len(ids(many)) == 4


def test_a_text_that_holds_another_of_its_day_does_not_take_its_id() -> None:
    texts = {"short": "rain", "long": f"{TEA}, and rain all day"}
    records = [Record("d/2024-01-01", "x.md", ("long",), "log.txt"), Record("d/2024-01-01/2", "y.md", ("short",))]
    entries = [day("2024-01-01", texts["long"]), day("2024-01-01/2", texts["short"])]
    known = {record.id: record for record in records}
    out = assign_ids("d", entries, known, lambda record: texts[record.bases[0]])
    assert {id_: entry.body for id_, entry in out.items()} == {
        "d/2024-01-01": texts["long"],
        "d/2024-01-01/2": texts["short"],
    }


def test_likeness() -> None:
    assert likeness(TEA, TEA) == 1
    assert likeness(TEA, SHIP) < 0.2
    assert likeness("see [[2024-01-01|2024/01/01]] #x", r"see 2024/01/01 \#x") > 0.6
    assert likeness("", "") == 1


NOTE = b"""---
vaultkit-id: github/o/r#1
title: Old
state: open
tags:
  - bug
---
Text.

## Comments

### bo, 2024

A remark. ^comment-7
"""


def test_what_an_export_leaves_out_is_carried_over_in_its_place() -> None:
    new = NOTE.replace(b"Old", b"New").replace(b"state: open\n", b"").replace(b"tags:\n  - bug\n", b"")
    new = new[: new.index(b"\n## Comments")].replace(b"Text.", b"More text.")
    expected = NOTE.replace(b"Old", b"New").replace(b"Text.", b"More text.")
    assert carry_over(new, NOTE, ("state", "tags", "comments")) == expected
    assert b"Text.\n\n## Comments" in carry_over(new, NOTE, ("body", "comments"))
    assert carry_over(new, NOTE, ("title",)) == new
    assert carry_over(new, b"", ("state",)) == new


@given(st.lists(st.text("ab 。", max_size=9), min_size=1, max_size=6), st.booleans())
def test_what_was_imported_keeps_its_ids(bodies: list[str], is_renamed: bool) -> None:
    """Whatever a day's texts have in common, and whether or not they are alike."""
    entries = [day(f"2024-01-01/{n}" if n > 1 else "2024-01-01", body) for n, body in enumerate(bodies, 1)]
    first = assign_ids("d", entries, {}, lambda _: "")
    records = {id_: Record(id_, "x.md", (id_,), "old.txt" if is_renamed else "log.txt") for id_ in first}
    again = assign_ids("d", entries, records, lambda record: first[record.id].body)
    assert {id_: entry.body for id_, entry in again.items()} == {id_: entry.body for id_, entry in first.items()}
