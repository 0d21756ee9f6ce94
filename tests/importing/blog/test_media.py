"""The files of a blog beside its export."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from tests.conftest import write_tree
from vaultkit.importing.blog.media import Media, without_links_to_themselves
from vaultkit.importing.export import open_export
from vaultkit.importing.markup.pictures import Picture

SITE = "https://kelp.example.org"
FILES = {
    "blog.xml": "",
    "wp-content/uploads/2019/01/boat.jpg": "1",
    "uploads/2019/02/boat.jpg": "2",
    "2020/a b.png": "3",
    "note.html": "4",
    "boat.jpg": "5",
}


@pytest.fixture
def media(tmp_path: Path) -> Media:
    write_tree(tmp_path, FILES)
    return Media(open_export(str(tmp_path / "blog.xml")), PurePosixPath(), SITE)


@pytest.mark.parametrize(
    ("src", "path"),
    [
        (f"{SITE}/wp-content/uploads/2019/01/boat.jpg", "wp-content/uploads/2019/01/boat.jpg"),
        (f"{SITE}/wp-content/uploads/2019/01/boat-300x200.jpg?ssl=1", "wp-content/uploads/2019/01/boat.jpg"),
        ("//kelp.example.org/wp-content/uploads/2019/02/boat-scaled.jpg", "uploads/2019/02/boat.jpg"),
        ("http://cdn.example.org/kelp/2020/a%20b.png", "2020/a b.png"),
        ("boat.jpg", "boat.jpg"),
        (f"{SITE}/boat.jpg", "boat.jpg"),
        ("https://elsewhere.example.org/x/boat.jpg", ""),
        ("https://elsewhere.example.org/boat.jpg", ""),
        (f"{SITE}/note.html", ""),
        (f"{SITE}/../../../etc/passwd.jpg", ""),
        ("https://[", ""),
        ("data:image/png;base64,AAAA", ""),
        ("", ""),
    ],
)
def test_where_a_picture_is(media: Media, src: str, path: str) -> None:
    found = media(src)
    assert (found.attachment.path if found and found.attachment else "") == path


def test_what_is_not_there_has_its_address(media: Media) -> None:
    assert media("/theme/x.png") == Picture(address=f"{SITE}/theme/x.png")
    assert media("https://elsewhere.example.org/x.png") is None


def test_two_files_of_one_name_are_told_apart(media: Media) -> None:
    names = [media(f"{SITE}/wp-content/uploads/2019/0{n}/boat.jpg") for n in (1, 2, 1)]
    assert [one.attachment.name for one in names if one and one.attachment] == ["boat.jpg", "02-boat.jpg", "boat.jpg"]


def test_a_picture_is_not_linked_to_itself(media: Media) -> None:
    image = '<img src="/2020/a%20b-300x200.png">'
    assert without_links_to_themselves(f'<a href="/2020/a b.png">{image}</a>', media) == image
    other = f'<a href="/page/">{image}</a>'
    assert without_links_to_themselves(other, media) == other
