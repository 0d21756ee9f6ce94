"""The sample pages: one entry each, nothing protected touched, no word lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from vaultkit.importing.entry import Entry, Notice, NoticeKind
from vaultkit.importing.export import open_export
from vaultkit.importing.source import ReadOptions
from vaultkit.importing.sources import markdown_page
from vaultkit.vault.scan import protected_spans

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the sample exports")
JEKYLL = SHARED / "samples/jekyll"
SITE = ReadOptions(site_url="https://site.example")


def seed() -> Path:
    (path,) = (SHARED / "samples/seeds").glob("004*.txt")
    return path


def pages() -> list[Path]:
    return [seed(), *sorted(JEKYLL.rglob("*.md"))] if SHARED.is_dir() else []


def read(path: Path, options: ReadOptions) -> tuple[list[Entry], list[Notice]]:
    export = open_export(str(path))
    assert markdown_page.identify(export).claimed
    found = list(markdown_page.read((export,), options))
    return [x for x in found if isinstance(x, Entry)], [x for x in found if isinstance(x, Notice)]


def comments_and_math(text: str) -> list[str]:
    return re.findall(r"<!--.*?-->|^\$\$.*?\$\$", text, re.DOTALL | re.MULTILINE)


def test_the_seed_is_one_page_whose_images_are_listed() -> None:
    (entry,), notices = read(seed(), ReadOptions())
    assert entry.date is None
    assert [name for name, _ in entry.properties] == ["title", "author"]
    images = re.findall(r"<img [^>]*>", re.sub(r"<!--.*?-->", "", seed().read_text("utf-8"), flags=re.DOTALL))
    assert [notice.text.split("\n") for notice in notices if "images" in notice.message] == [images]
    assert all(image in entry.body for image in images)


def test_with_the_address_of_the_site_the_seed_has_no_figure_left() -> None:
    (entry,), notices = read(seed(), SITE)
    shown = re.sub(r"<!--.*?-->", "", entry.body, flags=re.DOTALL)
    assert len(re.findall(r"!\[\]\(https://site\.example/", shown)) == 7
    assert "<img" not in shown
    assert "figc" not in shown
    assert not any("images" in notice.message for notice in notices)


@pytest.mark.parametrize("options", [ReadOptions(), SITE], ids=["no address", "address"])
@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
class TestEachPage:
    def test_is_read(self, path: Path, options: ReadOptions) -> None:
        entries, notices = read(path, options)
        assert len(entries) == 1
        assert not [notice for notice in notices if notice.kind is NoticeKind.FAILED]

    def test_comments_and_math_stay_to_the_letter(self, path: Path, options: ReadOptions) -> None:
        (entry,), _ = read(path, options)
        assert comments_and_math(entry.body) == comments_and_math(path.read_text("utf-8"))

    def test_no_attribute_list_is_left(self, path: Path, options: ReadOptions) -> None:
        (entry,), _ = read(path, options)
        body = re.sub(r"<!--.*?-->", "", entry.body, flags=re.DOTALL)
        for start, end in reversed(protected_spans(body)):
            body = body[:start] + body[end:]
        assert "{:" not in body

    def test_every_word_is_in_the_note_or_in_the_report(self, path: Path, options: ReadOptions) -> None:
        (entry,), notices = read(path, options)
        held = set(words("\n".join(told(entry, notices))))
        assert [word for word in words(path.read_text("utf-8")) if word not in held] == []


def told(entry: Entry, notices: list[Notice]) -> Iterator[str]:
    """All text that reaches the owner. A key is a word too, under the name that the note has for it."""
    yield from (entry.body, entry.title, str(entry.date), "date tags categories", *entry.labels)
    yield "a href img src alt width"  # of converted tags: in the note they are spelled `[…](…)` and `![…|…](…)`
    for name, value in entry.properties:
        yield f"{name} {value}"
        yield getattr(value, "strftime", lambda _: "")("last_modified_at %Y %m %d %H %M %S %z")
    for notice in notices:
        yield notice.text


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
