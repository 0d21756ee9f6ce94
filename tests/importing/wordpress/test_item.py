"""What WordPress says of a post: when it was written, and what it is called."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.moment import Clock, Zone
from vaultkit.importing.wordpress.item import Reader, key_of
from vaultkit.importing.wordpress.site import Site, read_head
from vaultkit.importing.xml_stream import Element, XmlRecord, xml_records

FILE = ExportFile(PurePosixPath("a.xml"), lambda: b"")
SITE = Site("Kelp", "https://kelp.example.org/blog")


def item(inside: str) -> Element:
    (found,) = xml_records([f"<item>{inside}</item>"], ("item",))
    assert isinstance(found, XmlRecord)
    return found.element


@pytest.mark.parametrize(
    ("inside", "stamp"),
    [
        (("2024-05-01 07:30:00", "2024-04-30 22:30:00", ""), "2024-05-01T07:30:00+09:00"),
        (("2024-05-01 07:30:00", "2024-05-01 11:00:00", ""), "2024-05-01T07:30:00-03:30"),
        (("2024-05-01 07:30:00", "2024-05-01 07:30:00", ""), "2024-05-01T07:30:00+00:00"),
        (("2024-05-01 07:30:00", "0000-00-00 00:00:00", ""), "2024-05-01T07:30:00+02:00"),
        (("2024-05-01 07:30:00", "2023-01-01 00:00:00", ""), "2024-05-01T07:30:00+02:00"),
        (("0000-00-00 00:00:00", "2024-04-30 22:30:00", ""), "2024-05-01T00:30:00+02:00"),
        (("", "", "Tue, 30 Apr 2024 22:30:00 +0000"), "2024-05-01T00:30:00+02:00"),
        (("0000-00-00 00:00:00", "0000-00-00 00:00:00", "Thu, 01 Jan 1970 00:00:00 +0000"), None),
        (("", "", "Mon, 30 Nov -0001 00:00:00 +0000"), None),
        (("", "", ""), None),
    ],
)
def test_when_it_was_written(inside: tuple[str, str, str], stamp: str | None) -> None:
    local, utc, published = inside
    notices: list = []
    reader = Reader(Export("a.xml", False, (FILE,)), FILE, SITE, Clock(Zone("Europe/Berlin", True), notices), notices)
    text = (
        f"<wp:post_date>{local}</wp:post_date><wp:post_date_gmt>{utc}</wp:post_date_gmt><pubDate>{published}</pubDate>"
    )
    found = reader.post(item(text), "k", "line 1").published
    assert (found.stamp.isoformat() if found else None, notices) == (stamp, [])


@pytest.mark.parametrize(
    ("guid", "key"),
    [
        ("http://kelp.example.org/?p=4", "kelp.example.org/?p=4"),
        ("https://kelp.example.org/a b/潮", "kelp.example.org/a%20b/%E6%BD%AE"),
        ("a1b2", "a1b2"),
        ("", "kelp.example.org/blog/?p=7"),
    ],
)
def test_its_key(guid: str, key: str) -> None:
    assert key_of(item(f"<guid>{guid}</guid><wp:post_id>7</wp:post_id>"), SITE) == key


def test_the_head_of_a_site() -> None:
    text = "<rss><channel><title>T</title><link>http://a.b/</link><description>D</description><item><title>x</title>"
    found = read_head(text)
    assert (found.title, found.address, found.description, found.base, found.host) == (
        "T",
        "http://a.b",
        "D",
        "",
        "a.b",
    )
    assert read_head("<rss><channel><item>").address == ""
