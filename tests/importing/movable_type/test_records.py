"""Where the records of a Movable Type export and their sections end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.importing.movable_type.records import Record, read_records

HEAD = "TITLE: a\n-----\n"


def only(text: str) -> Record:
    (found,) = read_records([text])
    return found


BODIES = {
    "a rule": "x\n-----\ny",
    "a rule and a blank line": "x\n-----\n\ny",
    "the end of a record": "x\n--------\ny",
    "the end of a record and a blank line": "x\n--------\n\ny",
    "the name of a section behind a blank": "x\n-----\n BODY:\ny",
    "the name of a section without a rule": "x\nCOMMENT:\ny",
    "a field": "TITLE: b",
    "longer rules": "------\n-------\n---------",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("end", ["\n-----\n--------\n", "\n-----\n\n\n--------\nTITLE: b\n", "", "\n-----"])
def test_a_body_may_hold(body: str, end: str) -> None:
    found = next(read_records([f"{HEAD}BODY:\n{body}{end}"]))
    assert found.section("BODY") == body


def test_sections_and_their_fields() -> None:
    comment = "COMMENT:\nAUTHOR: b\nDATE: 1\nURL:\nDATE: 2\n\ntext\n-----\n"
    found = only(f"--------\n\n{HEAD}BODY:\nx\n-----\nEXTENDED BODY:\ny\n-----\n{comment}PING:\nIP: 1\nz")
    assert [(one.name, one.text, one.line) for one in found.sections] == [
        ("BODY", "x", 5),
        ("EXTENDED BODY", "y", 8),
        ("COMMENT", "DATE: 2\n\ntext", 11),
        ("PING", "z", 19),
    ]
    assert found.sections[2].fields == {"AUTHOR": "b", "DATE": "1", "URL": ""}


def test_fields_repeat_and_a_title_may_be_broken() -> None:
    found = only("TITLE: a\nb\nCATEGORY: x\nCATEGORY: y\nwhat\n-----\nBODY:\nz")
    assert (found.get("TITLE"), found.fields["CATEGORY"], found.stray) == ("a b", ["x", "y"], ["what"])


def test_records_and_their_lines() -> None:
    text = f"{HEAD}BODY:\nx\n-----\n--------\n\nAUTHOR: c\nTITLE: b\n-----\nBODY:\n--------\n"
    assert [(one.line, one.get("TITLE"), one.section("BODY")) for one in read_records([text])] == [
        (1, "a", "x"),
        (8, "b", ""),
    ]


@given(
    st.lists(
        st.sampled_from("TITLE: w1|DATE: w2|-----|--------|BODY:| BODY:|COMMENT:|AUTHOR: w3|w4||X Y: w5".split("|"))
    ),
    st.integers(0, 40),
)
def test_no_line_is_lost_however_the_text_is_cut(lines: list[str], at: int) -> None:
    text = "\n".join(lines)
    found = list(read_records([text[:at], text[at:]]))
    assert found == list(read_records([text]))
    assert [word for one in found for word in one.text.split() if word.startswith("w")] == [
        word for word in text.split() if word.startswith("w")
    ]
    for one in found:
        kept = [value for values in one.fields.values() for value in values] + one.stray
        kept += [text for section in one.sections for text in (section.text, *section.fields.values())]
        words = " ".join(kept).split()
        assert sorted(w for w in words if w.startswith("w")) == sorted(w for w in one.text.split() if w.startswith("w"))


@pytest.mark.parametrize(
    "line", ["-----\n", "--------\n", "BODY:\n", "TITLE: a\n", "-----\n\n", "COMMENT:\n-----\n", " \n"]
)
def test_much_is_read_in_linear_time(line: str) -> None:
    with not_hanging():
        list(read_records([HEAD, line * (1_000_000 // len(line))]))
