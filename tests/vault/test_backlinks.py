"""What refers to what, over a whole vault."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.vault.backlinks import Backlinks, Via, find_backlinks
from vaultkit.vault.bases import base_blocks, read_base
from vaultkit.vault.canvas import read_canvas
from vaultkit.vault.index import Index
from vaultkit.vault.parse import parse


def index(texts: Mapping[str, str], *others: str) -> Index:
    return Index([*texts, *others], {path: parse(path, text.encode()) for path, text in texts.items()})


def told(references: Mapping[str, tuple[object, ...]]) -> dict[str, list[tuple[str, str]]]:
    return {path: [(one.source, one.via.value) for one in found] for path, found in references.items()}


TEXTS = {
    "A.md": "---\nrel: '[[B]]'\n---\n[[b#Yes|x]] ![[pic.png]] [[#Below]] [[Gone#^id]]\n",
    "B.md": "# Yes\n[t](Gone.md) [[Twin]] [[gone]]\n",
    "x/Twin.md": "`[[A]]`",
    "y/Twin.md": "%% [[A]] %%",
}


def test_each_reference_is_in_one_place() -> None:
    found = find_backlinks(index(TEXTS, "pic.png", "lonely.png"))
    assert told(found.to) == {
        "B.md": [("A.md", "note"), ("A.md", "note")],
        "pic.png": [("A.md", "note")],
        "A.md": [("A.md", "note"), ("y/Twin.md", "note")],
    }
    assert [one.link.target for one in found.to["B.md"] if one.link] == ["b#Yes", "B"]
    assert told(found.unresolved) == {
        "Gone": [("A.md", "note")],
        "Gone.md": [("B.md", "note")],
        "gone": [("B.md", "note")],
    }
    assert told(found.unclear) == {"Twin": [("B.md", "note")]}
    assert find_backlinks(index({})) == Backlinks()


def test_canvases() -> None:
    canvas = read_canvas(
        b'{"nodes":[{"id":"1","type":"file","file":"A.md","subpath":"#x"},{"id":"2","type":"file","file":"x/Gone.md"},'
        b'{"id":"3","type":"file","file":"Twin.md"},{"id":"4","type":"file","file":"A"},'
        b'{"id":"5","type":"text","text":"[[B]] [[No]]"},{"id":"6","type":"group","background":"pic.png"}],'
        b'"edges":[{"id":"e","fromNode":"1","toNode":"5"}]}'
    )
    found = find_backlinks(index({"A.md": "", "B.md": "", "x/Twin.md": ""}, "pic.png"), canvases=[("C.canvas", canvas)])
    assert told(found.to) == {
        "A.md": [("C.canvas", Via.CARD)],
        "pic.png": [("C.canvas", Via.CARD)],
        "B.md": [("C.canvas", Via.CARD_TEXT)],
    }
    # a card names an exact path: no search by name, no extension left out
    assert told(found.unresolved) == {
        "x/Gone.md": [("C.canvas", Via.CARD)],
        "Twin.md": [("C.canvas", Via.CARD)],
        "A": [("C.canvas", Via.CARD)],
        "No": [("C.canvas", Via.CARD_TEXT)],
    }


def test_bases() -> None:
    texts = {"A.md": "", "N.md": '```base\nfilters: file.hasLink("A#x")\n```\n'}
    vault = index(texts)
    base = read_base(b"filters:\n  or: ['link(\"A.md\")', 'link(\"No#x\")', 'file.inFolder(\"A\")']\n")
    blocks = [(path, block) for path, note in vault.notes.items() for _, block in base_blocks(note)]
    found = find_backlinks(vault, bases=[("V.base", base), *blocks])
    assert told(found.to) == {"A.md": [("V.base", Via.BASE), ("N.md", Via.BASE)]}
    assert told(found.unresolved) == {"No": [("V.base", Via.BASE)]}


@given(
    st.dictionaries(
        st.sampled_from(["a.md", "b.md", "x/a.md", "x/c.md"]), st.lists(st.sampled_from("a b c d #e x/a".split()))
    )
)
def test_the_same_as_asked_one_by_one(links: dict[str, list[str]]) -> None:
    vault = index({path: " ".join(f"[[{link}]]" for link in targets) for path, targets in links.items()})
    found = find_backlinks(vault)
    for path in vault.files:
        assert [(one.source, one.link) for one in found.to.get(path, ())] == vault.backlinks(path)
    every = [one for part in (found.to, found.unresolved, found.unclear) for refs in part.values() for one in refs]
    assert len(every) == sum(len(note.links) for note in vault.notes.values())


def test_many_links_to_one_place() -> None:
    vault = index({f"n{i}.md": "[[n0]] [[gone]]" * 500 for i in range(200)})
    with not_hanging():
        found = find_backlinks(vault)
    assert len(found.to["n0.md"]) == len(found.unresolved["gone"]) == 100_000
