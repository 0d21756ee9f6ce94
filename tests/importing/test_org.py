from __future__ import annotations

from pathlib import Path

import pytest

from vaultkit.importing.export import open_export
from vaultkit.importing.markup.from_org import convert_sections
from vaultkit.importing.markup.org_outline import read_outline
from vaultkit.importing.org.addresses import Addresses, address
from vaultkit.importing.org.days import days
from vaultkit.importing.sources import org
from vaultkit.vault.anchors import heading_key

JOURNALS = [
    ("* 2024\n** 2024-01 January\n*** 2024-01-30 Tuesday\n*** 2024-01-31 Wednesday snow\n", [(30, ""), (31, "snow")]),
    ("* <2024-01-30 Tue>\na\n* [2024-01-31 Wed 10:00] b\n** c\n", [(30, ""), (31, "b")]),
    ("* 2024年1月30日(火)\n* 2024年1月31日\n* Notes\n", [(30, ""), (31, "")]),
    ("* Tuesday, 30.01.24 x\n:PROPERTIES:\n:CREATED: 20240130\n:END:\n", [(30, "x")]),
    ("* Plan\n** 2024-01-30 call\n* Team\n", []),
    ("* Plan\n* 2024-01-30 call\n", []),
    ("no heading", []),
]


@pytest.mark.parametrize(("text", "found"), JOURNALS, ids=[repr(text)[:40] for text, _ in JOURNALS])
def test_the_days_of_a_journal(text: str, found: list[tuple[int, str]]) -> None:
    assert [(one.day.day, one.title) for one in days(read_outline(text).sections)] == found


def test_links_between_files() -> None:
    known = Addresses()
    text = "* Old times\n:PROPERTIES:\n:ID: x-1\n:CUSTOM_ID: old\n:END:\n"
    text += "[[*Old times]] [[#old]] [[file:a.org::*Old times][y]]"
    sections = read_outline(text).sections
    known.add("n/a.org", text, "A", sections)
    known.add("n/b.org", "", "B", ())
    old = address("n/a.org", "*Old times")
    assert dict(known.anchors("n/a.org", sections)) == {
        "id:x-1": "#Old times",
        old: "#Old times",
        address("n/a.org", "#old"): "#Old times",
    }
    assert known.lead("n/b.org", "file:./a.org::*Old times", "y") == f"[y]({old})"
    assert known.lead("n/b.org", "id:x-1", "") == "[Old times](id:x-1)"
    assert known.lead("n/a.org", "file:b.org", "") == "[b](/n/b.org)"
    assert known.lead("n/a.org", "*No such", "c") is None
    assert known.lead("n/b.org", "file:a.org::*No such", "c") == "[c](/n/a.org)"
    assert known.lead("n/a.org", "file:c.org", "c") is None
    assert known.lead("n/a.org", "id:none", "c") is None
    assert known.lead("n/a.org", "https://x.example", "c") is None


@pytest.mark.parametrize(
    ("heading", "subpath"),
    [
        ("* Text\n* TODO [#A] Sails [1/2] :@sea:sky:", "#TODO [ A] Sails [1/2] sea sky"),
        ("* TODO Sails", ""),  # an item of a list, no heading
    ],
)
def test_a_link_names_a_heading_as_it_stands_in_the_note(heading: str, subpath: str) -> None:
    sections = read_outline(f"{heading}\n:PROPERTIES:\n:ID: x-1\n:END:\n").sections
    assert Addresses().anchors("a.org", sections) == (("id:x-1", subpath),)
    if subpath:
        shown = convert_sections(sections).text.rpartition("# ")[2]
        assert heading_key(shown) == heading_key(subpath)


@pytest.mark.parametrize(
    ("path", "is_ours"),
    [
        ("notes/a.org", True),
        ("journals/2024_01_31.org", False),
        ("journals/2024-01-31.org", True),
        ("graph/logseq/config.edn", False),
        ("site/a.md", False),
    ],
)
def test_which_folders_are_read(tmp_path: Path, path: str, is_ours: bool) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text("* a\n", "utf-8")
    export = open_export(str(tmp_path / path.partition("/")[0]))
    assert org.identify(export).claimed == is_ours
