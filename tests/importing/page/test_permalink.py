"""The addresses that rules give a page; each is one of the spellings under which the page is found."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePosixPath

import pytest

from vaultkit.importing.front_matter_values import Field
from vaultkit.importing.page.config import address_of, with_defaults
from vaultkit.importing.page.permalink import Published, folder_categories, post_names, published_at

DAY = dt.date(2025, 4, 2)
POST = "_posts/2025-04-02-low-tide.md"


def at(
    path: str, rule: str = "", *, categories: tuple[str, ...] = (), slug: str = "", **config: Field
) -> tuple[str, ...]:
    page = Published(path=PurePosixPath(path), date=DAY, title="Low Tide", slug=slug, categories=categories, rule=rule)
    return published_at(page, config)


@pytest.mark.parametrize(
    ("style", "address"),
    [
        ("date", "/sea/2025/04/02/low-tide.html"),
        ("pretty", "/sea/2025/04/02/low-tide/"),
        ("ordinal", "/sea/2025/092/low-tide.html"),
        ("weekdate", "/sea/2025/W14/Wed/low-tide.html"),
        ("none", "/sea/low-tide.html"),
        ("/:short_year/:i_month/:i_day/:title:output_ext", "/25/4/2/low-tide.html"),
        ("/blog/:year-:month-:day-:slug", "/blog/2025-04-02-low-tide"),
        ("/:long_month/:short_month/:long_day/:title/", "/April/Apr/Wednesday/low-tide/"),
        ("/:year_:title", "/2025_low-tide"),
    ],
)
def test_posts(style: str, address: str) -> None:
    assert address in at(POST, categories=("Sea",), permalink=style)
    assert address in at(POST, style, categories=("Sea",)), "a rule that the page states itself"


@pytest.mark.parametrize(
    ("path", "config", "address"),
    [
        pytest.param("_diary/a/b.md", {"collections": {"diary": {"permalink": "/d/:path/"}}}, "/d/a/b/", id="path"),
        pytest.param(
            "_diary/b.md", {"collections": {"diary": {"permalink": "/:collection/:title"}}}, "/diary/b", id="name"
        ),
        pytest.param("_diary/b.md", {"collections": {"diary": {"permalink": "pretty"}}}, "/diary/b/", id="style"),
        pytest.param("_diary/b.md", {"permalink": "/:year/:title/"}, "/diary/b/", id="rule of posts"),
        pytest.param(
            POST, {"collections": {"posts": {"permalink": "/p/:title"}}}, "/p/low-tide", id="posts as a collection"
        ),
        pytest.param("content/post/x.md", {"permalinks": {"post": "/:year/:title/"}}, "/2025/low-tide/", id="section"),
        pytest.param(
            "content/post/x.md", {"permalinks": {"page": {"post": "/:section/:filename"}}}, "/post/x", id="kind"
        ),
        pytest.param("content/post/x/index.md", {"permalinks": {"post": "/:contentbasename/"}}, "/x/", id="bundle"),
        pytest.param("content/post/_index.md", {"permalinks": {"post": "/:year/"}}, "/post/", id="list of a section"),
        pytest.param("content/about.md", {"permalinks": {"post": "/:year/"}}, "/about/", id="no section"),
    ],
)
def test_collections_and_sections(path: str, config: dict[str, Field], address: str) -> None:
    assert address in at(path, **config)


def test_a_slug_is_the_title() -> None:
    assert "/ebb/" in at(POST, "/:title/", slug="ebb")
    assert "/post/ebb/" in at("content/post/x.md", slug="ebb")


def test_without_a_date_an_address_that_needs_one_is_unknown() -> None:
    page = Published(path=PurePosixPath("_drafts/x.md"), date=None)
    assert published_at(page, {}) == ()


@pytest.mark.parametrize(
    ("path", "start", "found"),
    [
        ("sea/tides/_posts/2025-04-02-x.md", "", ("sea", "tides")),
        ("_posts/2025/2025-04-02-x.md", "", ()),
        ("src/sea/_posts/2025-04-02-x.md", "src", ("sea",)),
        ("sea/_diary/x.md", "", ()),
        ("sea/_drafts/x.md", "", ("sea",)),
        ("sea/x.md", "", ()),
    ],
)
def test_folders_around_posts_are_categories(path: str, start: str, found: tuple[str, ...]) -> None:
    assert folder_categories(PurePosixPath(path), {"collections_dir": start}) == found


@pytest.mark.parametrize(
    ("path", "names"),
    [
        (POST, ("/_posts/2025-04-02-low-tide.md",)),
        ("_posts/a/2025-04-02-x.markdown", ("/_posts/a/2025-04-02-x.md", "/_posts/2025-04-02-x.md")),
        ("a/_posts/2025-04-02-x.md", ("/_posts/a/2025-04-02-x.md", "/_posts/2025-04-02-x.md")),
        ("content/post/x.md", ("/post/x.md",)),
        ("x.md", ()),
    ],
)
def test_names_for_the_tags_of_the_engines(path: str, names: tuple[str, ...]) -> None:
    assert post_names(PurePosixPath(path)) == names


DEFAULTS: dict[str, Field] = {
    "defaults": [
        {"scope": {"path": "sea", "type": "posts"}, "values": {"tags": ["near"], "layout": "x"}},
        {"scope": {"path": ""}, "values": {"tags": ["all"], "author": "Kelp"}},
        {"scope": {"path": "*/deep", "type": "pages"}, "values": {"permalink": "/d/"}},
        "no table",
    ]
}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("sea/_posts/x.md", {"tags": ["near"], "author": "Kelp"}),
        ("_posts/x.md", {"tags": ["all"], "author": "Kelp"}),
        ("seaside/_posts/x.md", {"tags": ["all"], "author": "Kelp"}),
        ("a/deep/x.md", {"tags": ["all"], "author": "Kelp", "permalink": "/d/"}),
    ],
)
def test_defaults(path: str, expected: dict[str, Field]) -> None:
    assert with_defaults({"title": "t"}, PurePosixPath(path), DEFAULTS) == {"title": "t", **expected}
    assert with_defaults({"tags": "own"}, PurePosixPath(path), DEFAULTS)["tags"] == "own"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://kelp.example/", "https://kelp.example"),
        ("http://localhost:4000", ""),
        ("http://127.0.0.1:4000", ""),
        ("kelp.example", ""),
        ("https://[", ""),
        ("", ""),
    ],
)
def test_the_address_of_a_site(url: str, address: str) -> None:
    assert address_of({"url": url}) == address
