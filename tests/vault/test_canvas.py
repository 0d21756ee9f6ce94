"""What a canvas refers to."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.vault.canvas import Canvas, read_canvas, read_cards


def canvas(nodes: list[object], edges: list[object] | None = None) -> bytes:
    return json.dumps({"nodes": nodes, "edges": edges or []}, ensure_ascii=False).encode()


def test_files_links_and_backgrounds() -> None:
    seen = read_canvas(
        canvas(
            [
                {"id": "1", "type": "file", "file": "Trips/Ōta.md", "subpath": "#Day 1"},
                {"id": "2", "type": "text", "text": "see [[Ines]] and ![[map.png|300]], not `[[Code]]`"},
                {
                    "id": "3",
                    "type": "group",
                    "label": "[[no link]]",
                    "background": "sea.png",
                    "backgroundStyle": "cover",
                },
                {"id": "4", "type": "link", "url": "https://example.org/[[x]]"},
                {"id": "5", "type": "group"},
                {"id": "6", "type": "file", "file": "Trips/Ōta.md"},
            ]
        )
    )
    assert seen.files == ("Trips/Ōta.md", "Trips/Ōta.md")
    assert [(link.target, link.embed) for link in seen.links] == [("Ines", False), ("map.png", True)]
    assert seen.backgrounds == ("sea.png",)
    assert (seen.dangling_edges, seen.error) == ((), "")


@pytest.mark.parametrize(
    ("edge", "dangling"),
    [
        ({"id": "e", "fromNode": "a", "toNode": "b"}, ()),
        ({"id": "e", "fromNode": "a", "toNode": "a"}, ()),
        ({"id": "e", "fromNode": "a", "toNode": "gone"}, ("e",)),
        ({"id": "e", "fromNode": "gone", "toNode": "b"}, ("e",)),
        ({"id": "e", "fromNode": "a"}, ("e",)),
        ({"id": "e", "fromNode": ["a"], "toNode": {}}, ("e",)),
        ({"fromNode": "a", "toNode": "gone"}, ("",)),
        ("no edge", ()),
    ],
)
def test_edges(edge: object, dangling: tuple[str, ...]) -> None:
    cards: list[object] = [{"id": "a", "type": "text", "text": ""}, {"id": "b", "type": "group"}]
    assert read_canvas(canvas(cards, [edge])).dangling_edges == dangling


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n",
        b"{}",
        b'{"nodes":[],"edges":[]}',
        b'\xef\xbb\xbf{"nodes":[]}',
        b'{"nodes":3,"edges":{}}',
        b'{"nodes":[3,null]}',
    ],
)
def test_empty(data: bytes) -> None:
    assert read_canvas(data) == Canvas()


@pytest.mark.parametrize(
    "node",
    [
        {"id": "1", "type": "file"},
        {"id": "1", "type": "file", "file": 3},
        {"id": "1", "type": "text", "text": ["[[a]]"]},
        {"id": "1", "type": "unheard of", "file": "a.md", "text": "[[a]]"},
        {"id": "1", "file": "a.md"},
        {"id": ["1"], "type": "group"},
    ],
)
def test_cards_that_refer_to_nothing(node: object) -> None:
    data = canvas([node])
    assert read_canvas(data) == Canvas()
    assert read_cards(data) == ()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"{", "is not valid JSON"),
        (b"\xff\xfe", "is not valid JSON"),
        (b'{"nodes":[}', "is not valid JSON"),
        (b"[" * 100_000, "is not valid JSON"),
        (b"[]", "is not a JSON object"),
        (b"3", "is not a JSON object"),
    ],
)
def test_damage_is_told(data: bytes, error: str) -> None:
    assert read_canvas(data).error.startswith(error)
    assert read_canvas(data).files == read_canvas(data).links == ()
    assert read_cards(data) == ()


def test_lone_surrogates() -> None:
    seen = read_canvas(rb'{"nodes":[{"id":"1","type":"text","text":"\ud800 [[a]]"}]}')
    assert [link.target for link in seen.links] == ["a"]


TEXTS = st.text(alphabet='a"\\[]{}:,\nü😀\u2028', max_size=12)
NODES = st.lists(
    st.fixed_dictionaries({"id": TEXTS, "type": st.sampled_from(["file", "text", "group", "link"]), "file": TEXTS})
    | st.fixed_dictionaries({"nodes": st.lists(st.fixed_dictionaries({"type": st.just("file"), "file": TEXTS}))})
    | st.fixed_dictionaries({"type": st.just("text"), "text": TEXTS})
)


@given(NODES, st.booleans(), st.sampled_from([None, 2]))
def test_the_cards_are_what_json_says(nodes: list[dict[str, object]], ascii_only: bool, indent: int | None) -> None:
    data = json.dumps({"edges": [{"nodes": nodes}], "nodes": nodes}, ensure_ascii=ascii_only, indent=indent).encode()
    seen = read_canvas(data)
    cards = read_cards(data)
    assert tuple(card.path for card in cards if card.path is not None) == seen.files
    assert [card.text for card in cards if card.text is not None] == [
        str(node["text"]).encode() for node in nodes if node.get("type") == "text" and "text" in node
    ]
    for card in cards:
        said = json.loads(data[card.span.start - 1 : card.span.end + 1])
        assert said == (card.path if card.text is None else card.text.decode())


@pytest.mark.parametrize("unit", ['{"type":"text","text":"[[a]]"},', '{"a":', "[", '"\\"', "\\", '{"nodes":['])
def test_long_ones(unit: str) -> None:
    data = b'{"nodes":[' + unit.encode() * (1_000_000 // len(unit))
    with not_hanging():
        read_canvas(data)
        read_canvas(data.rstrip(b",") + b"]}")
        read_cards(data.rstrip(b",") + b"]}")
