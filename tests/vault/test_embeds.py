"""Sizes, pages and stretches of embeds."""

from __future__ import annotations

import pytest

from vaultkit.vault.embeds import EmbedSize, Stretch, embed_size, media_stretch, pdf_height, pdf_page
from vaultkit.vault.parse import parse


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("![[a.png|300]]", EmbedSize(300)),
        ("![[a.png|300x200]]", EmbedSize(300, 200)),
        ("![[a.png|a cat|300]]", EmbedSize(300)),
        ("![[a.png#icon|300]]", EmbedSize(300)),
        ("![[a.png| 300 ]]", EmbedSize(300)),
        ("|x|\n|---|\n|![[a.png\\|300]]|", EmbedSize(300)),
        ("![300](a.png)", EmbedSize(300)),
        ("![a cat|300x200](a.png)", EmbedSize(300, 200)),
        ("![a cat|300](a.png?raw=true)", EmbedSize(300)),
        ("![[film.mp4|640]]", EmbedSize(640)),
        ("![[a.png]]", None),
        ("![[a.png|]]", None),
        ("![[a.png|a cat]]", None),
        ("![[a.png|300|a cat]]", None),
        ("![[a.png|300x]]", None),
        ("![[a.png|300px]]", None),
        ("![[a.png|٣٠٠]]", None),
        ("![[300.5|300]]", EmbedSize(300)),
        ("![[300]]", None),
        ("![[a.png#300]]", None),
        ("![[Note|300]]", None),
        ("![[Note.md|300]]", None),
        ("[[a.png|300]]", None),
    ],
)
def test_size(text: str, size: EmbedSize | None) -> None:
    (link,) = parse("N.md", text.encode()).links
    assert embed_size(link) == size


@pytest.mark.parametrize(
    ("subpath", "page", "height"),
    [
        ("#page=3", 3, None),
        ("#page=3&height=400", 3, 400),
        ("#height=400", None, 400),
        ("#Page=3", 3, None),
        ("#page=", None, None),
        ("#page=three", None, None),
        ("#Chapter", None, None),
        ("", None, None),
        ("#page=" + "9" * 50, None, None),
    ],
)
def test_pdf(subpath: str, page: int | None, height: int | None) -> None:
    assert (pdf_page(subpath), pdf_height(subpath)) == (page, height)


@pytest.mark.parametrize(
    ("subpath", "stretch"),
    [
        ("#t=60", Stretch(60)),
        ("#t=60.5", Stretch(60.5)),
        ("#t=60,90", Stretch(60, 90)),
        ("#t=,90", Stretch(0, 90)),
        ("#t=1:30", Stretch(90)),
        ("#t=1:00:30,1:01:00", Stretch(3630, 3660)),
        ("#t=npt:60", Stretch(60)),
        ("#t=", None),
        ("#t=,", None),
        ("#t=x", None),
        ("#t=60,x", None),
        ("#time", None),
    ],
)
def test_recording(subpath: str, stretch: Stretch | None) -> None:
    assert media_stretch(subpath) == stretch
