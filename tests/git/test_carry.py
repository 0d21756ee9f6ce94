"""A staged change carried to the work tree: what nobody staged stays."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.git.carry import carry

BEFORE = b"---\ntag: walk\n---\nRain in the morning.\n\nSun at noon.\n"
AFTER = b"---\ntags:\n  - walk\n---\nRain in the morning.\n\nSun at noon.\n"


@pytest.mark.parametrize(
    ("now", "data"),
    [
        (BEFORE, AFTER),
        (AFTER, AFTER),
        (BEFORE + b"Wind.\n", AFTER + b"Wind.\n"),
        (AFTER + b"Wind.\n", AFTER + b"Wind.\n"),
        (BEFORE.replace(b"Rain", b"Snow"), AFTER.replace(b"Rain", b"Snow")),
        (BEFORE.replace(b"\n", b"\r\n"), AFTER.replace(b"\n", b"\r\n")),
        (b"\xef\xbb\xbf" + BEFORE + b"Wind.", b"\xef\xbb\xbf" + AFTER + b"Wind."),
        (BEFORE.replace(b"---\nRain", b"mood: calm\n---\nRain"), AFTER.replace(b"---\nRain", b"mood: calm\n---\nRain")),
    ],
    ids=["the same", "done", "more below", "done, and more below", "the line below", "CRLF", "BOM", "a property more"],
)
def test_what_is_apart_is_joined(now, data):
    assert carry("a.md", BEFORE, AFTER, now) == (data, 0)


def test_words_of_one_line_are_joined():
    before = b"We walked with [[Old]] to the lake, and it rained all the way back.\n"
    now = before.replace(b"all the way back", b"for an hour")
    assert carry("a.md", before, before.replace(b"Old", b"New"), now) == (now.replace(b"Old", b"New"), 0)


TAG = b"tag: walk"


@pytest.mark.parametrize(
    "now",
    [BEFORE.replace(TAG, b"tag: swim"), BEFORE.replace(TAG, b"tag: walk, swim"), BEFORE.replace(TAG + b"\n", b"")],
    ids=["changed", "more", "deleted"],
)
def test_where_both_changed_the_work_tree_stands(now):
    after = AFTER.replace(b"noon", b"twelve")
    assert carry("a.md", BEFORE, after, now) == (now.replace(b"noon", b"twelve"), 1)


def test_a_canvas_stays_readable():
    before = b'{"nodes":[{"id":"1","file":"Old.md"}]}'
    now = b'{"nodes":[\n{"id":"1","file":"Old.md"},\n{"id":"2","file":"Old.md"}\n]}'
    data, _ = carry("a.canvas", before, before.replace(b"Old", b"New"), now)
    json.loads(data)


LINES = st.lists(st.sampled_from([b"Rain.", b"Sun.", b"", b"- milk", b"# Day", b"Wind and [[a link]].", b"---"]))


@given(LINES, LINES, LINES)
def test_no_line_that_is_not_staged_is_lost(before, after, now):
    texts = [b"\n".join(lines) for lines in (before, after, now)]
    data, kept = carry("a.md", *texts)
    added = set(now) - set(before)
    assert added <= set(data.split(b"\n")), kept
    assert carry("a.md", texts[0], texts[0], texts[2]).data == texts[2]
    assert carry("a.md", texts[0], texts[1], texts[0]).data == texts[1]
