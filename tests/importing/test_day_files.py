from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import not_hanging
from vaultkit.importing.day_files.fields import read_fields
from vaultkit.importing.day_files.links import Links, address
from vaultkit.importing.export import open_export
from vaultkit.importing.sources import SOURCES, day_files

Write = Callable[..., Path]

NOT_OURS = [
    ("a site's posts", {"_posts/2024-01-31.md": "---\na: b\n---\nx"}),
    ("a site", {"_config.yml": "title: x", "2024-01-31.md": "---\na: b\n---\nx"}),
    ("posts with slugs", {"2024-01-31-trip.md": "---\na: b\n---\nx"}),
    ("a graph", {"logseq/config.edn": "{}", "journals/2024_01_31.md": "- a", "pages/b.md": "- b"}),
    ("a vault", {".obsidian/app.json": "{}", "2024-01-31.md": "x"}),
    ("mostly other notes", {"2024-01-31.md": "x", "a.md": "x", "b.md": "x"}),
    ("a graph's journals", {"journals/2024_01_31.md": "- a"}),
    ("jrnl's folders", {"2024/01/31.txt": "[2024-01-31 10:00] x"}),
    ("no Markdown", {"2024-01-31.jpg": "x"}),
]


def _tree(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


@pytest.mark.parametrize("files", [files for _, files in NOT_OURS], ids=[name for name, _ in NOT_OURS])
def test_what_only_looks_like_a_diary_is_left_to_others(tmp_path: Path, files: dict[str, str]) -> None:
    _tree(tmp_path, files)
    folder = tmp_path / "journals" if len(files) == 1 and (tmp_path / "journals").is_dir() else tmp_path
    assert not day_files.identify(open_export(str(folder))).claimed


def test_a_part_of_a_vault_is_read_when_that_is_asked_for(tmp_path: Path) -> None:
    _tree(tmp_path, {".obsidian/app.json": "{}", "Diary/2024-01-31.md": "x"})
    export = open_export(str(tmp_path / "Diary"))
    assert "vault" in day_files.identify(export).why


def test_front_matter_makes_it_no_page_of_a_site(tmp_path: Path) -> None:
    export = open_export(str(_tree(tmp_path, {"2024-01-31.md": "---\nmood: good\n---\nx", "2024/02/01.md": "y"})))
    assert [name for name, source in SOURCES.items() if source.identify(export).claimed] == ["day-files"]


def test_front_matter_is_the_author_s() -> None:
    found = read_fields(
        {"Title": "T", "date": "2024-01-31 10:00", "tags": "#a, b", "weight": "62.5", "v": "1.10", "at": {"x": "y"}}
    )
    assert found.title == "T"
    assert found.created == "2024-01-31 10:00"
    assert found.labels == ("a", "b")
    assert found.properties == (("weight", 62.5), ("v", "1.10"))
    assert found.left == ("at: x: y",)


LINKS = [
    ("[a](2024-01-30.md)", "[a](/d/2024-01-30.md)"),
    ("[a](./2024-01-30.md#the-walk)", "[a](/d/2024-01-30.md%23the%20walk)"),
    ("[a](2024-01-30)", "[a](/d/2024-01-30.md)"),
    ("[a](2024-01-31.md)", "a"),
    ("[[2024-01-30#The walk|b]] ![[2024-01-30]]", "[b](/d/2024-01-30.md%23the%20walk) ![2024-01-30](/d/2024-01-30.md)"),
    ("[[2024-03-01]] [[2024-01-31]]", "[2024-03-01](day:2024-03-01) [[2024-01-31]]"),
    ("`[a](2024-01-30.md)` [a](https://x.example) [a](none.md)", None),
    ("[a](mailto:x@y.example) ![a](x.png) [a](#b) [[none]]", None),
]


@pytest.mark.parametrize(("text", "expected"), LINKS, ids=[text for text, _ in LINKS])
def test_links_between_the_files(text: str, expected: str | None) -> None:
    links = Links()
    links.add("d/2024-01-30.md", "## The walk\n")
    links.add("d/2024-01-31.md", "")
    got, files = links.write(text, "d/2024-01-31.md", dt.date(2024, 1, 31), lambda _: None)
    assert got == (text if expected is None else expected)
    assert files == ()
    assert {to for to, _ in links.anchors("d/2024-01-30.md")} <= {address("d/2024-01-30.md", "The walk")}


@pytest.mark.parametrize("piece", ["[a](", "[[", "[[a|", "![[a]] ", "## a\n", "[a](b.md) "])
def test_much_of_anything_is_read(piece: str) -> None:
    links = Links()
    text = piece * (300_000 // len(piece))
    with not_hanging(20):
        links.add("a.md", text)
        links.write(text, "a.md", None, lambda _: None)
