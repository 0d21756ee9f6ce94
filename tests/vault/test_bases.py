"""What bases refer to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.resources import shipped
from vaultkit.vault.bases import Base, Names, base_blocks, read_base
from vaultkit.vault.parse import parse

TRIPS = """\
filters:
  and:
    - file.inFolder("Trips/Old")
    - or:
        - file.hasTag("trip", "#by/ship")
        - not:
            - file.hasLink("Ines Vidal")
formulas:
  host: 'link("Ines Vidal#Home", "Ines")'
  cover: image("Attachments/sea.png")
properties:
  note.host:
    displayName: 'file.inFolder("no formula")'
views:
  - type: map
    name: Location
    filters: 'host == link(''People/Ōta'') && !this.file.hasTag("done")'
  - type: table
    name: All
  - type: cards
custom: {kept: true}
"""


def test_references_at_any_depth() -> None:
    base = read_base(TRIPS.encode())
    assert [(r.kind, r.text) for r in base.references] == [
        (Names.FOLDER, "Trips/Old"),
        (Names.TAG, "trip"),
        (Names.TAG, "by/ship"),
        (Names.LINK, "Ines Vidal"),
        (Names.LINK, "Ines Vidal#Home"),
        (Names.LINK, "People/Ōta"),
        (Names.TAG, "done"),
    ]
    assert base.views == ("Location", "All")
    assert base.error == ""
    places = [TRIPS.encode()[slice(*r.span)].decode() for r in base.references]
    assert places[0] == 'file.inFolder("Trips/Old")'
    assert places[-1] == places[-2] == """'host == link(''People/Ōta'') && !this.file.hasTag("done")'"""


@pytest.mark.parametrize(
    ("formula", "named"),
    [
        ('file.inFolder("A")', [("folder", "A")]),
        ('file.inFolder("/A/")', [("folder", "A")]),
        ("file . inFolder( 'A' )", [("folder", "A")]),
        ('file.inFolder("A" + x)', []),
        ('file.inFolder(x + "A")', []),
        ('file.inFolder("A", "B")', [("folder", "A")]),
        ('file.hasTag("a", "b")', [("tag", "a"), ("tag", "b")]),
        ('file.hasLink(link("N"))', [("link", "N")]),
        ("file.hasLink(this.file)", []),
        ('file("A/N.md").mtime', [("link", "A/N.md")]),
        ('if(x, link("A"), link("B", "b"))', [("link", "A"), ("link", "B")]),
        ('author == "[[Ines Vidal|Ines]]"', [("link", "Ines Vidal")]),
        ("author == [[Ines Vidal]]", [("link", "Ines Vidal")]),
        ('hyperlink("A") + my_link("B") + x.link("C")', []),
        ('"link(\\"A\\")"', []),
        ("""'file.inFolder("A")'""", []),
        ('file.inFolder("a \\"b\\" c")', [("folder", 'a "b" c')]),
        ('file.inFolder("")', []),
        ('link("A', []),
        ('link("A"', []),
        (")))(,", []),
        ('"plain"', []),
    ],
)
def test_formulas(formula: str, named: list[tuple[str, str]]) -> None:
    quoted = "'" + formula.replace("'", "''") + "'"
    base = read_base(f"filters: {quoted}\n".encode())
    assert [(r.kind.value, r.text) for r in base.references] == named


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", ""),
        (b"# nothing\n", ""),
        (b"\xef\xbb\xbfviews: []\n", ""),
        (b"filters: 3\nviews: x\nformulas: []\n", ""),
        (b"views: [3, {name: [x]}]\n", ""),
        (b"filters: {and: [\n", "is not valid YAML (line "),
        (b"filters: \xff", "is not UTF-8 text (byte 9)"),
        (b"- a\n", "is not a list of `key: value` lines"),
        (b"just text", "is not a list of `key: value` lines"),
        (b"a: &a [*a]\n", "is not valid YAML"),
        (b"[" * 100_000, "is not valid YAML"),
        (b"a: b\n" * 100_000, "larger than 64 kB"),
    ],
)
def test_damage_is_told(data: bytes, error: str) -> None:
    base = read_base(data)
    assert error in base.error
    assert bool(base.error) == bool(error)
    assert base.references == base.views == ()


def test_places_behind_a_bom() -> None:
    data = b'\xef\xbb\xbffilters: link("\xc5\x8cta")\n'
    (reference,) = read_base(data).references
    assert data[slice(*reference.span)] == 'link("Ōta")'.encode()


@given(st.binary(max_size=200) | st.text(alphabet="filters:views - \n\"'()[]{}&*#|>", max_size=80).map(str.encode))
def test_never_fails(data: bytes) -> None:
    assert isinstance(read_base(data), Base)
    base_blocks(parse("N.md", b"```base\n" + data))


@pytest.mark.parametrize("unit", ['"', "'", '\\"', "link(", 'link("a" "b" ', "(,", 'file.hasTag("a",'])
def test_long_formulas(unit: str) -> None:
    text = "filters: |-\n  " + unit * (60_000 // len(unit)) + "\n"
    with not_hanging():
        assert read_base(text.encode()).error == ""


BLOCK = 'filters:\n  and:\n    - file.inFolder("Ōta")\nviews:\n  - name: V\n'


@pytest.mark.parametrize(
    "text",
    [
        f"```base\n{BLOCK}```\n",
        f"é\n\n~~~~ base \n{BLOCK}~~~~\n",
        f"```base\n{BLOCK}",
        "- a\n  ```base\n" + "".join(f"  {line}\n" for line in BLOCK.splitlines()) + "  ```\n",
        "- ```base\n" + "".join(f"  {line}\n" for line in BLOCK.splitlines()) + "  ```\n",
        "> ```base\n" + "".join(f"> {line}\n" for line in BLOCK.splitlines()) + "> ```\n",
        "> ```base\n" + "".join(f"> {line}\n" for line in BLOCK.splitlines()) + "after\n",
        "> [!a]\n> > ```base\n" + "".join(f"> > {line}\n" for line in BLOCK.splitlines()) + "> > ```\n",
    ],
    ids=["plain", "tildes", "unclosed", "below an item", "item", "quote", "end of quote", "quote in quote"],
)
def test_blocks_in_notes(text: str) -> None:
    note = parse("N.md", text.encode())
    ((span, base),) = base_blocks(note)
    assert note.data[slice(*span)].startswith((b"```", b"~~~"))
    assert base.error == ""
    assert base.views == ("V",)
    assert [note.data[slice(*r.span)].decode() for r in base.references] == ['file.inFolder("Ōta")']


@pytest.mark.parametrize(
    "text", ["```based\na: b\n```", "```js\nbase\n```", "x ```base\na``` y", "base", "    ```base\n"]
)
def test_what_is_no_block(text: str) -> None:
    assert base_blocks(parse("N.md", text.encode())) == ()


def test_the_bases_of_the_template() -> None:
    found = {p.name: read_base(p.read_bytes()) for p in (shipped("vault-template") / "Bases").iterdir()}
    assert {base.error for base in found.values()} == {""}
    assert found["Diary.base"].views == ("Entries", "Undated")
    assert [r.text for r in found["Diary.base"].references] == ["Diary"]
