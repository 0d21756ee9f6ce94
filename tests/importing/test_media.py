"""The files of an export, by what texts call them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import write_tree
from vaultkit.importing.entry import Attachment
from vaultkit.importing.export import open_export
from vaultkit.importing.media import Media, embed_name

FILES = ("a/pot.png", "b/pot.png", "b/sea.jpg", "b/my lamp.heic", "top.pdf")


@pytest.fixture
def media(tmp_path: Path) -> Media:
    write_tree(tmp_path / "export", dict.fromkeys(FILES, "x"))
    return Media(open_export(str(tmp_path / "export")))


@pytest.mark.parametrize(
    ("called", "near", "path"),
    [
        ("b/pot.png", "", "b/pot.png"),
        ("file:///home/ann/a/pot.png", "", "a/pot.png"),
        ("C:\\pics\\b\\pot.png", "", "b/pot.png"),
        ("pot.png", "a", "a/pot.png"),
        ("pot.png", "b", "b/pot.png"),
        ("sea.jpeg", "", "b/sea.jpg"),
        ("SEA.JPG", "", "b/sea.jpg"),
        ("my%20lamp.heic", "", "b/my lamp.heic"),
        ("../Resources/top.pdf", "Entries", "top.pdf"),
        ("sea.png", "", ""),
        ("", "", ""),
        ("..", "", ""),
    ],
)
def test_a_file_is_found(media: Media, called: str, near: str, path: str) -> None:
    found = media.find(called, near=near)
    assert (found.path if found else "") == path


def test_what_leads_to_the_web_is_no_file(media: Media) -> None:
    assert media.picture("https://example.org/b/pot.png") is None
    assert media.picture("#top.pdf") is None
    found = media.picture("file:///x/top.pdf")
    assert found is not None
    assert found.attachment == Attachment("top.pdf", "top.pdf")


def test_files_of_one_name_are_embedded_under_two(media: Media) -> None:
    names = {path: found.name for path in FILES if (found := media.find(path))}
    assert names["a/pot.png"] != names["b/pot.png"]
    assert names["b/sea.jpg"] == "sea.jpg"


@pytest.mark.parametrize(("name", "expected"), [("a#b|c.png", "a＃b-c.png"), ("no ending", "no ending")])
def test_a_name_fits_into_an_embed(name: str, expected: str) -> None:
    assert embed_name(name) == expected
