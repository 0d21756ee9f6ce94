"""Where links lead, beyond the conformance cases."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import write_tree
from vaultkit.errors import UsageError
from vaultkit.vault.canvas import read_canvas
from vaultkit.vault.daily import format_date, parse_daily
from vaultkit.vault.index import Ambiguous, By, Found, Index, Missing
from vaultkit.vault.links import markdown_link, wikilink
from vaultkit.vault.parse import parse
from vaultkit.vault.settings import Settings, read_settings
from vaultkit.vault.tree import find_vault, open_vault

FILES = ["Note.md", "a/Note.md", "a/b/Deep.md", "x/Twin.md", "y/Twin.md", "pic.png", "a/か\u3099.md", ".hidden/H.md"]


@pytest.mark.parametrize(
    ("link", "source", "expected"),
    [
        ("Note", "a/b/s.md", Found("Note.md", By.EXACT, ("a/Note.md",))),
        ("a/Note", "s.md", Found("a/Note.md")),
        ("b/Deep", "s.md", Found("a/b/Deep.md")),
        ("./Note", "a/s.md", Found("a/Note.md", By.EXACT)),
        ("../Note.md", "a/s.md", Found("Note.md", By.EXACT)),
        ("../../../Note", "a/s.md", Missing("../../../Note")),
        ("Twin", "s.md", Ambiguous(("x/Twin.md", "y/Twin.md"))),
        ("Twin", "y/s.md", Found("y/Twin.md", By.SAME_FOLDER, ("x/Twin.md",))),
        ("pic", "s.md", Missing("pic")),
        ("PIC.PNG", "s.md", Found("pic.png")),
        ("が", "s.md", Found("a/か\u3099.md")),
        ("H", "s.md", Missing("H")),
        ("eep", "s.md", Missing("eep")),
    ],
)
def test_resolve(link: str, source: str, expected: object) -> None:
    assert Index(FILES).resolve(link, source) == expected


@given(st.lists(st.text(alphabet="abAB/あ", min_size=1, max_size=8).filter(lambda t: t.strip("/")), max_size=8))
def test_the_written_linktext_leads_back(names: list[str]) -> None:
    index = Index(sorted({"/".join(filter(None, name.split("/"))) + ".md" for name in names}))
    keys = [path.lower() for path in index.files]
    for path in index.files:
        if keys.count(path.lower()) == 1:  # two files of one name but for case are one to Obsidian
            found = index.resolve(index.shortest_linktext(path, "s.md"), "s.md")
            assert isinstance(found, Found)
            assert found.path == path


def test_backlinks_and_aliases() -> None:
    notes = {
        "A.md": parse("A.md", b"---\naliases: [Alpha]\n---\n"),
        "B.md": parse("B.md", b"---\nrel: '[[A]]'\n---\n[[a#x]] ![[A]] [y](A.md) [[Alpha]] `[[A]]`\n"),
    }
    index = Index(notes, notes)
    assert [link.display for _, link in index.backlinks("A.md")] == ["a > x", "A", "y", "A"]
    assert index.aliased == {"alpha": ("A.md",)}
    assert isinstance(index.resolve("Alpha", "B.md"), Missing)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (wikilink("a", "a"), "[[a]]"),
        (wikilink("a#b", "c|d"), "[[a#b|c|d]]"),
        (wikilink("a", "[Paper] x"), "[[a|[Paper] x]]"),
        (wikilink("a", "x [y]"), "[[a|x [y] ]]"),
        (wikilink("a", "x]] [[y"), "[[a|x] ] [ [y]]"),
        (wikilink("a", "b", in_table=True), r"[[a\|b]]"),
        (wikilink("p.png", embed=True), "![[p.png]]"),
        (markdown_link("日記/一 月.md", "t"), "[t](日記/一%20月.md)"),
    ],
)
def test_links_are_written(written: str, expected: str) -> None:
    assert written == expected


@given(st.text(max_size=20).filter(lambda t: t.strip()))
def test_whatever_is_shown_it_is_one_link(shown: str) -> None:
    links = parse("n.md", f"a {wikilink('Target', shown)} b".encode("utf-8", "replace")).links
    assert [link.target for link in links] == ["Target"]


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
@pytest.mark.parametrize(
    "pattern",
    ["YYYY-MM-DD", "YYYY/MM/DD", "YYYY年M月D日", "dddd, MMMM Do YYYY", "YYYY/YYYY-MM-DD", "GGGG-[W]WW-E", "YYYY-DDDD"],
)
def test_a_daily_name_gives_back_its_date(pattern: str, date: dt.date) -> None:
    assert parse_daily(format_date(date, pattern), pattern) == date


@pytest.mark.parametrize("name", ["2024-02-30", "2024-1-5", "x2024-01-05", "2024-01-05 x", "", "20240105"])
def test_daily_names_are_read_strictly(name: str) -> None:
    assert parse_daily(name, "YYYY-MM-DD") is None


@pytest.mark.parametrize(
    ("name", "pattern", "date"),
    [
        ("2024-01-31 Wed", "YYYY-MM-DD ddd", "2024-01-31"),
        ("2024-01-31 Thu", "YYYY-MM-DD ddd", None),
        ("2024年1月31日(水)", "YYYY年M月D日(ddd)", "2024-01-31"),
        ("2024年1月31日(木)", "YYYY年M月D日(ddd)", None),
        ("20240131 0930", "YYYYMMDD HHmm", "2024-01-31"),
        ("２０２４-01-31", "YYYY-MM-DD", None),
        ("2024-W05", "gggg-[W]ww", None),
        ("January 31st, 2024", "MMMM Do, YYYY", "2024-01-31"),
        ("2024-01-31-25", "YYYY-MM-DD-HH", None),
        ("2024-01-31 2023", "YYYY-MM-DD YYYY", None),
        ("2024-01-31-032", "YYYY-MM-DD-DDDD", None),
        ("2024-W09-2024-01-31", "GGGG-[W]WW-YYYY-MM-DD", None),
        ("1706659200", "X", "2024-01-31"),
        ("2024 Q1 31 1", "YYYY [Q]Q D M", "2024-01-31"),
        ("2024 Q2 31 1", "YYYY [Q]Q D M", None),
    ],
)
def test_other_formats(name: str, pattern: str, date: str | None) -> None:
    found = parse_daily(name, pattern)
    assert (found.isoformat() if found else None) == date


def test_settings_and_their_defaults() -> None:
    files = {"daily-notes.json": b'{"folder": "D/", "format": "YYYY/MM/DD"}', "app.json": b"[", "types.json": b"3"}
    found = read_settings(files.get)
    assert found.daily_path(dt.date(2024, 1, 5)) == "D/2024/01/05.md"
    assert found.daily_date("D/2024/01/05.md") == dt.date(2024, 1, 5)
    assert found.daily_date("E/2024/01/05.md") is None
    assert "app.json" in found.problems[0]
    assert read_settings(lambda _: None) == Settings()
    assert Settings(ignore=("Old/", "/tmp$/", "/(/")).ignored("Old/x.md")


def test_a_canvas() -> None:
    assert read_canvas(b"").files == ()
    assert "JSON" in read_canvas(b"{").error
    assert read_canvas(b'{"nodes": [{"type": "file", "file": 3}, 7], "edges": 1}').files == ()


def test_vaults_are_found_and_hidden_files_are_not(tmp_path: Path) -> None:
    root = write_tree(
        tmp_path / "v", {".obsidian/app.json": "{}", "a/N.md": "x", ".trash/T.md": "", "a/.n.md": "", "c.png": ""}
    )
    (root / "loop").symlink_to(root)
    (root / "again").symlink_to(root / "a")
    (tmp_path / "far").mkdir()
    write_tree(tmp_path / "far", {"F.md": "[[N]]"})
    (root / "far").symlink_to(tmp_path / "far")
    found = find_vault(root / "a/N.md")
    assert found is not None
    assert found.root == root
    assert found.files == ("a/N.md", "c.png", "far/F.md")
    assert open_vault(root).index.resolve("N", "far/F.md") == Found("a/N.md")
    renamed = write_tree(tmp_path / "w", {".obsidian-work/app.json": "{}"})
    assert open_vault(renamed).config_folder == ".obsidian-work"
    with pytest.raises(UsageError, match="not a vault"):
        open_vault(tmp_path)


_PATHS = st.lists(
    st.sampled_from(["a.md", "A.md", "x/a.md", "x/b", "b.md", "x/y/B.md", "が.md", "か\u3099.md", ".h/a.md"])
)


@given(_PATHS, _PATHS, _PATHS)
def test_an_index_of_other_files_is_as_if_it_were_made_of_them(
    first: list[str], gone: list[str], come: list[str]
) -> None:
    before = sorted(set(first))
    after = sorted(set(before).difference(gone).union(come))
    index = Index(before)
    links = ["a", "A.md", "x/a", "/a", "b", "x/b", "y/B", "が", "./a", "../a"]
    for link in links:
        index.resolve(link, "x/s.md")  # what was asked before must not be answered again
    changed, new = index.with_files(set(gone) - set(come), set(come), {}), Index(after)
    assert changed.files == new.files
    for link in links:
        for source in ("s.md", "x/s.md", "x/y/s.md"):
            assert changed.resolve(link, source) == new.resolve(link, source)
    for path in ["a.md", "A.md", "か\u3099.md", "x/b"]:
        assert changed.namesakes(path) == new.namesakes(path)
        assert changed.twin(path) == new.twin(path)
        assert changed.at(path) == new.at(path)
    assert index.resolve("a", "s.md") == Index(before).resolve("a", "s.md")
