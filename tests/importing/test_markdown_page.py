"""Pages of a Jekyll or Hugo site: what becomes of a file, of a folder, and of what does not fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import Ran, not_hanging, write_tree
from vaultkit.importing.entry import Attachment, Entry, Kind, Notice, NoticeKind
from vaultkit.importing.export import open_export
from vaultkit.importing.source import ReadOptions
from vaultkit.importing.sources import markdown_page

PAGE = """\
---
layout: post
title: "Tea, and what it needs"
author: Ada Kettle
date: 2024-05-01 23:30:00 +0900
last_modified_at: 2024-06-02
tags: tea water
categories: [Notes, tea]
permalink: /tea/
mood: good
---

<link rel="stylesheet" href="/tea.css">

# Water

<div class="figcenter">
<img src="/figures/pot.svg" width="40%">
<div class="figcaption">

A pot, see [the list](/list/){:target="_blank"}
</div></div>

$$
q = mc{:a}
$$

<!-- {{ kept }} -->

{% include steep.html %}
"""

BODY = """\
# Water

![[pot.svg]]

A pot, see [the list](/list/)

$$
q = mc{:a}
$$

<!-- {{ kept }} -->

{% include steep.html %}"""


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="")
    return root


def read(path: Path, options: ReadOptions | None = None) -> tuple[list[Entry], list[Notice]]:
    found = list(markdown_page.read((open_export(str(path)),), options or ReadOptions()))
    return [x for x in found if isinstance(x, Entry)], [x for x in found if isinstance(x, Notice)]


def one(tmp_path: Path, text: str, name: str = "page.md") -> Entry:
    entries, _ = read(write(tmp_path, {name: text}) / name)
    (entry,) = entries
    return entry


def kinds(notices: Iterable[Notice]) -> list[tuple[NoticeKind, str]]:
    return [(notice.kind, notice.place) for notice in notices]


def test_a_post_with_everything(tmp_path: Path) -> None:
    root = write(tmp_path, {"_posts/2024-05-01-tea.md": PAGE, "figures/pot.svg": "<svg/>", "_config.yml": "title: x"})
    (entry,), notices = read(root)
    assert entry == Entry(
        kind=Kind.PAGE,
        export=str(root),
        key="_posts/2024-05-01-tea",
        body=BODY,
        place="line 12",
        origin="_posts/2024-05-01-tea.md",
        title="Tea, and what it needs",
        name="Tea, and what it needs",
        date=dt.date(2024, 5, 1),
        time=entry.time,
        labels=("tea", "water", "Notes"),
        properties=(
            ("title", "Tea, and what it needs"),
            ("author", "Ada Kettle"),
            ("url", "/tea/"),
            ("created", dt.datetime(2024, 5, 1, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=9)))),
            ("updated", dt.date(2024, 6, 2)),
            ("mood", "good"),
        ),
        names=("Tea, and what it needs", "/tea/", "/_posts/2024-05-01-tea.md"),
        attachments=(Attachment("pot.svg", "figures/pot.svg"),),
    )
    assert entry.time is not None
    assert entry.time.replace(tzinfo=None) == dt.time(23, 30)
    place = "_posts/2024-05-01-tea.md"
    assert kinds(notices) == [
        (NoticeKind.WARNING, place),
        (NoticeKind.UNPLACED, place),
        (NoticeKind.WARNING, f"{place}: line 30"),
        (NoticeKind.UNPLACED, f"{place}: front matter"),
    ]
    assert notices[-1].message == "keys and comments that have no place in a note"
    assert [notice.text for notice in notices] == [
        '{:target="_blank"}\n<div class="figcenter">\nwidth="40%"\n<div class="figcaption">\n</div>',
        '<link rel="stylesheet" href="/tea.css">',
        "line 30: {% include steep.html %}",
        "layout: post",
    ]


def test_without_the_image_the_figure_stays_and_is_listed(tmp_path: Path) -> None:
    (entry,), notices = read(write(tmp_path, {"tea.md": PAGE}) / "tea.md")
    assert PAGE[PAGE.index("<div") : PAGE.index("{:target")] in entry.body
    assert '<img src="/figures/pot.svg" width="40%">' in [notice.text for notice in notices]
    assert entry.attachments == ()


def test_with_the_address_of_the_site_the_image_is_a_link_to_it(tmp_path: Path) -> None:
    options = ReadOptions(site_url="https://tea.example/log/")
    (entry,), _ = read(write(tmp_path, {"tea.md": PAGE}) / "tea.md", options)
    assert "\n\n![](https://tea.example/figures/pot.svg)\n\nA pot" in entry.body
    assert dict(entry.properties)["url"] == "https://tea.example/log/tea/"
    assert entry.names == ("Tea, and what it needs", "/tea/", "/log/tea/", "https://tea.example/log/tea/")


@pytest.mark.parametrize(
    ("front", "name", "date"),
    [
        pytest.param("date: 2024-05-01", "a.md", dt.date(2024, 5, 1), id="bare"),
        pytest.param("date: 2024-05-01 23:30 -0800", "a.md", dt.date(2024, 5, 1), id="the day in its own zone"),
        pytest.param("date: 2024-05-01T23:30:00Z", "a.md", dt.date(2024, 5, 1), id="utc"),
        pytest.param("x: y", "2024-05-01-tea.md", dt.date(2024, 5, 1), id="file name"),
        pytest.param("date: 2024-05-02", "2024-05-01-tea.md", dt.date(2024, 5, 2), id="front matter before file name"),
        pytest.param("date: 2024", "a.md", None, id="only a year"),
        pytest.param("date: 2024-02-30", "a.md", None, id="no such day"),
        pytest.param("x: y", "2024-13-01-tea.md", None, id="no such month in the file name"),
    ],
)
def test_dates(tmp_path: Path, front: str, name: str, date: dt.date | None) -> None:
    assert one(tmp_path, f"---\n{front}\n---\nBody", name).date == date


@pytest.mark.parametrize(
    ("text", "created"),
    [
        pytest.param("---\ndate: 2024-05-01 23:30\n---\n", dt.datetime(2024, 5, 1, 23, 30), id="no offset"),
        pytest.param(
            "---\ndate: 2024-05-01 23:30:05 -0800\n---\n",
            dt.datetime(2024, 5, 1, 23, 30, 5, tzinfo=dt.timezone(dt.timedelta(hours=-8))),
            id="offset",
        ),
        pytest.param(
            "+++\ndate = 2024-05-01T23:30:00Z\n+++\n", dt.datetime(2024, 5, 1, 23, 30, tzinfo=dt.UTC), id="toml"
        ),
        pytest.param("+++\ndate = 2024-05-01T00:00:00\n+++\n", dt.datetime(2024, 5, 1), id="toml, local"),
        pytest.param("---\ndate: 2024-05-01\n---\n", None, id="only a day"),
    ],
)
def test_the_time_of_day_is_kept(tmp_path: Path, text: str, created: dt.datetime | None) -> None:
    assert dict(one(tmp_path, text).properties).get("created") == created


def test_a_page_keeps_its_own_created_and_the_time_is_named(tmp_path: Path) -> None:
    text = "---\ncreated: 2024-04-01\ndate: 2024-05-01 10:00\n---\n"
    (entry,), (notice,) = read(write(tmp_path, {"a.md": text}) / "a.md")
    assert dict(entry.properties)["created"] == "2024-04-01"
    assert notice.text == "date: 2024-05-01 10:00"


def test_an_unreadable_date_is_named(tmp_path: Path) -> None:
    _, notices = read(write(tmp_path, {"a.md": "---\ndate: May 1st\n---\nBody"}) / "a.md")
    assert [(notice.kind, notice.text) for notice in notices] == [(NoticeKind.WARNING, "date: May 1st")]


@pytest.mark.parametrize(
    ("front", "body", "name", "title"),
    [
        pytest.param("title: 2024", "# H", "a.md", "2024", id="front matter"),
        pytest.param("x: y", "```\n# no\n```\n# The [list](/l) #\n", "a.md", "The list", id="first heading"),
        pytest.param("x: y", "text", "2024-05-01-green-tea_notes.md", "green tea notes", id="words of the file name"),
        pytest.param("x: y", "text", "2024-05-01.md", "2024-05-01", id="a file name that is a day"),
        pytest.param("title: [a]", "text", "tea.md", "tea", id="a title that is none"),
    ],
)
def test_titles(tmp_path: Path, front: str, body: str, name: str, title: str) -> None:
    entry = one(tmp_path, f"---\n{front}\n---\n{body}", name)
    assert (entry.title, entry.name) == (title, title)


@pytest.mark.parametrize(
    ("front", "labels"),
    [
        pytest.param("tags: a b", ("a", "b"), id="spaces"),
        pytest.param("tags: a b, c", ("a b", "c"), id="commas"),
        pytest.param("tags: [a b, c]\ncategories: c d", ("a b", "c", "d"), id="list, and categories"),
        pytest.param("category: a b", ("a b",), id="one category"),
        pytest.param("tags:\n  - 2024\n  - a", ("2024", "a"), id="a number"),
        pytest.param("tags:", (), id="none"),
    ],
)
def test_labels(tmp_path: Path, front: str, labels: tuple[str, ...]) -> None:
    assert one(tmp_path, f"---\n{front}\n---\n").labels == labels


@pytest.mark.parametrize(
    ("front", "name"),
    [("published: false", "a.md"), ("draft: true", "a.md"), ("x: y", "_drafts/a.md")],
)
def test_drafts(tmp_path: Path, front: str, name: str) -> None:
    (entry,), _ = read(write(tmp_path, {name: f"---\n{front}\n---\n"}))
    assert ("draft", True) in entry.properties


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('+++\ntitle = "Tea"\ntags = ["a"]\ndate = 2024-05-01T10:00:00+09:00\n+++\nBody\n', id="toml"),
        pytest.param('{\n"title": "Tea",\n"tags": ["a"],\n"date": "2024-05-01"\n}\nBody\n', id="json"),
        pytest.param("\ufeff---\r\ntitle: Tea\r\ntags: a\r\ndate: 2024-05-01\r\n---\r\nBody\r\n", id="yaml, BOM, CRLF"),
    ],
)
def test_grammars(tmp_path: Path, text: str) -> None:
    entry = one(tmp_path, text)
    assert (entry.title, entry.labels, entry.date, entry.body) == ("Tea", ("a",), dt.date(2024, 5, 1), "Body")


def test_broken_front_matter_is_a_warning_and_the_page_is_read(tmp_path: Path) -> None:
    entries, notices = read(write(tmp_path, {"a.md": "---\ntitle: tea: green\ntags: a\n---\nBody"}) / "a.md")
    assert [(entry.title, entry.labels) for entry in entries] == [("tea: green", ("a",))]
    assert kinds(notices) == [(NoticeKind.WARNING, "a.md: line 2")]


def test_a_folder(tmp_path: Path) -> None:
    page = "---\ntitle: T\n---\nBody"
    files = {
        "README.md": "About this site",
        "about.html": page,
        "plain.html": "<html>",
        "_site/index.html": page,
        "_layouts/post.md": page,
        "_diary/2024-05-01.md": page,
        "a.markdown": page,
        "a.md": page,
        "bad.md": "",
        "style.css": "---\n---\n",
    }
    root = write(tmp_path, files)
    (root / "bad.md").write_bytes(b"---\n\x00\x01\x02")
    entries, notices = read(root)
    assert [entry.key for entry in entries] == ["_diary/2024-05-01", "a.markdown", "a"]
    assert [(notice.kind, notice.place.removeprefix(f"{root}: "), notice.text) for notice in notices] == [
        (NoticeKind.UNPLACED, "README.md", "About this site"),
        (NoticeKind.UNPLACED, "about.html", page),
        (NoticeKind.FAILED, "bad.md", ""),
        (NoticeKind.UNPLACED, "_layouts", "_layouts/post.md"),
        (NoticeKind.UNPLACED, "_site", "_site/index.html"),
    ]
    assert notices[2].message == "is a binary file, not text"


@pytest.mark.parametrize(
    ("path", "front", "config", "address"),
    [
        pytest.param(
            "_posts/2024-05-01-tea.md", "x: y", "permalink: /:year/:month/:title/", "/2024/05/tea/", id="rule"
        ),
        pytest.param("_posts/2024-05-01-tea.md", "x: y", "", "/2024/05/01/tea.html", id="default of posts"),
        pytest.param("_posts/2024-05-01-tea.md", "date: 2024-06-02\nslug: t", "", "/2024/06/02/t.html", id="stated"),
        pytest.param(
            "_diary/2024-05-01.md",
            "x: y",
            "collections: {diary: {permalink: '/d/:name/'}}",
            "/d/2024-05-01/",
            id="collection",
        ),
        pytest.param("_diary/a/b.md", "x: y", "", "/diary/a/b.html", id="default of collections"),
        pytest.param("tea/index.md", "x: y", "", "/tea/", id="index"),
        pytest.param(
            "tea.md",
            "x: y",
            "url: https://tea.example\nbaseurl: /log",
            "https://tea.example/log/tea.html",
            id="address",
        ),
        pytest.param("content/post/tea/index.md", "x: y", "", "/post/tea/", id="hugo"),
        pytest.param("tea.md", "permalink: /x/", "", "/x/", id="its own"),
        pytest.param("tea.md", "redirect_from: /old/", "", "/old/", id="an old one"),
        pytest.param("index.md", "x: y", "broken: [", "/", id="root, broken configuration"),
    ],
)
def test_a_page_is_known_by_its_address(tmp_path: Path, path: str, front: str, config: str, address: str) -> None:
    (entry,), _ = read(write(tmp_path, {path: f"---\n{front}\n---\n", "_config.yml": config}))
    assert address in entry.names


def test_images_of_one_name_are_told_apart(tmp_path: Path) -> None:
    text = "---\nt: x\n---\n![](/a/1.png) ![](b/1.png) ![](../up.png) <img src='/%20sp.png?v=1'>"
    root = write(tmp_path, {"p/x.md": text, "a/1.png": "", "p/b/1.png": "", "up.png": "", " sp.png": ""})
    (entry,), _ = read(root)
    assert entry.body == "![[1.png]] ![[b-1.png]] ![[up.png]] ![[ sp.png]]"
    assert [file.path for file in entry.attachments] == ["a/1.png", "p/b/1.png", "up.png", " sp.png"]


def test_no_image_outside_the_folder_is_found(tmp_path: Path) -> None:
    root = write(tmp_path, {"secret.png": "", "site/x.md": "---\nt: x\n---\n![](../secret.png) ![](/../secret.png)"})
    (entry,), _ = read(root / "site")
    assert entry.attachments == ()
    assert entry.body == "![](../secret.png) ![](/../secret.png)"


@pytest.mark.parametrize("named", [".", "_posts", "_posts/2024-05-01-tea.md"])
def test_a_page_is_the_same_however_it_was_named(tmp_path: Path, named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "---\nt: x\n---\n![](pot.svg) ![](/figures/cup.svg)"
    files = {
        "_posts/2024-05-01-tea.md": text,
        "_posts/pot.svg": "",
        "figures/cup.svg": "",
        "_config.yml": "baseurl: /b",
    }
    monkeypatch.chdir(write(tmp_path, files))
    (whole,), _ = read(tmp_path)
    assert [file.path for file in whole.attachments] == ["_posts/pot.svg", "figures/cup.svg"]
    assert "/b/2024/05/01/tea.html" in whole.names
    entries, notices = read(Path(named))
    assert (entries, notices) == ([replace(whole, export=named)], [])


def test_pages_of_one_name_in_two_sites_have_no_path_of_the_machine_in_their_keys(tmp_path: Path) -> None:
    root = write(tmp_path, {"s1/index.md": "---\nt: x\n---\n1", "s2/index.md": "---\nt: x\n---\n2"})
    exports = tuple(open_export(str(root / name)) for name in ("s1/index.md", "s2/index.md"))
    found = list(markdown_page.read(exports, ReadOptions()))
    assert [(x.key, x.body) for x in found if isinstance(x, Entry)] == [("index", "1"), ("index", "2")]


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        pytest.param("[x](../food/)", "[x](/food/index.md)", id="folder of a page"),
        pytest.param("[x](other.md)", "[x](/trips/other.md)", id="file"),
        pytest.param("[x](../2025Kyushu/)", "[x](/_posts/2024-05-01-kyushu.md)", id="stated address"),
        pytest.param("[x](other.html)", "[x](/trips/other.md)", id="published file"),
        pytest.param("[x](../)", "[x](../)", id="no page"),
        pytest.param("[x](./)", "[x](./)", id="itself"),
        pytest.param("[x](../../food/)", "[x](/food/index.md)", id="above the root, as browsers do"),
        pytest.param("[x](my%20page.md)", "[x](my%20page.md)", id="a blank in the name"),
        pytest.param("![x](../food/)", "![x](../food/)", id="picture"),
        pytest.param("`[x](../food/)`", "`[x](../food/)`", id="code"),
        pytest.param("[x](https://tea.example/food/)", "[x](https://tea.example/food/)", id="address"),
    ],
)
def test_a_relative_link_leads_to_the_page(tmp_path: Path, link: str, wanted: str) -> None:
    page = "---\nt: x\n---\n"
    files = {"trips/index.md": page + link, "trips/other.md": page, "food/index.md": page, "trips/my page.md": page}
    files["_posts/2024-05-01-kyushu.md"] = "---\npermalink: /2025Kyushu/\n---\n"
    entries, _ = read(write(tmp_path, files))
    (body,) = [entry.body for entry in entries if entry.key == "trips/index"]
    assert body == wanted
    if body != link:
        assert wanted[4:-1] in {name for entry in entries for name in entry.names}


def test_a_relative_link_between_files_named_one_by_one(tmp_path: Path) -> None:
    files = {"a.md": "---\nt: x\n---\n[b](b.md)", "b.md": "---\nt: x\n---\n", "_config.yml": ""}
    exports = tuple(open_export(str(write(tmp_path, files) / name)) for name in ("a.md", "b.md"))
    first, _ = (x for x in markdown_page.read(exports, ReadOptions()) if isinstance(x, Entry))
    assert first.body == "[b](/b.md)"


def test_one_file_given_twice_is_one_page(tmp_path: Path) -> None:
    export = open_export(str(write(tmp_path, {"a.md": "---\nt: x\n---\n"})))
    found = list(markdown_page.read((export, export, export), ReadOptions()))
    keys = [x.key for x in found if isinstance(x, Entry)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("name", "text", "claimed"),
    [
        pytest.param("a.md", "---\ntitle: x\n---\n", True, id="yaml"),
        pytest.param("a.txt", "+++\ntitle = 'x'\n+++\n", True, id="toml"),
        pytest.param("a.md", '{"title": "x"}\n\nBody', True, id="json"),
        pytest.param("a.json", '{"title": "x"}', False, id="nothing but JSON"),
        pytest.param("a.ndjson", '{"title": "x"}\n{"title": "y"}\n', False, id="JSON lines"),
        pytest.param("a.md", "# Title\n", False, id="no front matter"),
        pytest.param("a.md", "2024-05-01\n---\nSome text\n---\n", False, id="diary"),
        pytest.param("a.html", "---\ntitle: x\n---\n", False, id="html"),
        pytest.param("a.md", "", False, id="empty"),
    ],
)
def test_identify_a_file(tmp_path: Path, name: str, text: str, claimed: bool) -> None:
    verdict = markdown_page.identify(open_export(str(write(tmp_path, {name: text}) / name)))
    assert verdict.claimed is claimed
    assert bool(verdict.why) is not claimed


@pytest.mark.parametrize("data", [b"---\n\x00\x01\x02\x03", b"%PDF-", "---\nt: ü\n---\n".encode("utf-16")[:-1]])
def test_identify_what_is_no_text(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.md").write_bytes(data)
    assert not markdown_page.identify(open_export(str(tmp_path / "a.md"))).claimed


def test_identify_a_folder(tmp_path: Path) -> None:
    root = write(tmp_path, {"_site/a.md": "---\nt: x\n---\n", "b.md": "text"})
    assert not markdown_page.identify(open_export(str(root))).claimed
    assert markdown_page.identify(open_export(str(write(root, {"c.md": "---\nt: x\n---\n"})))).claimed


@pytest.mark.parametrize(
    "piece",
    [
        '<div class="fig"><img src="/a">',
        '<a href="',
        "{:a ",
        '{:a="',
        "{::comment}",
        "{% raw %}",
        "{{ ",
        "![a](",
        "<!-- <img ",
        "#  {#",
    ],
)
def test_a_megabyte_of_half_markup_takes_seconds(tmp_path: Path, piece: str) -> None:
    path = write(tmp_path, {"a.md": "---\nt: x\n---\n" + piece * (1_000_000 // len(piece))}) / "a.md"
    with not_hanging():
        entries, _ = read(path)
    assert len(entries) == 1


def test_what_all_pages_of_a_site_have_is_told_once(tmp_path: Path) -> None:
    pages = {f"_posts/2024-05-0{day}-tea.md": f"---\nlayout: post\n---\nTea {day}.\n" for day in range(1, 6)}
    pages["_posts/2024-05-01-tea.md"] = "---\nlayout: wide\n---\nTea 1.\n"
    _, notices = read(write(tmp_path, {"_config.yml": "title: Tea\n", **pages}))
    assert [(notice.place, notice.text) for notice in notices] == [
        ("front matter of 5 pages", "layout: wide  (in _posts/2024-05-01-tea.md)\nlayout: post  (in 4 pages)")
    ]


def test_a_place_that_a_page_has_not_is_the_page(vault: Callable[..., Path], run_here: Callable[..., Ran]) -> None:
    site = {
        "_config.yml": "title: Tea\npermalink: /:title/\n",
        "_posts/2024-05-01-pot.md": "---\ntitle: Pot\n---\n## Lid\n",
        "_posts/2024-05-02-cup.md": "---\ntitle: Cup\n---\n[a](/pot/#lid) [b](/pot/#spout) [c](/jar/#x)\n",
    }
    root = write_tree(vault(), {f"../site/{path}": text for path, text in site.items()})
    run_here("import", "../site", cwd=root)
    assert "[[Pot#Lid|a]] [[Pot|b]] [c](/jar/#x)" in (root / "Pages/Cup.md").read_text("utf-8")
