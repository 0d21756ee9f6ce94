"""Published pages and lists of paper notes, with the traps of files that nobody escaped."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from tests.conftest import not_hanging
from vaultkit.importing.entry import Entry, Notice, NoticeKind
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.source import ReadOptions
from vaultkit.importing.sources import issue_digest, markdown_page, paper_pages

ISSUE = "https://github.com/keeper/notes/issues"


def export(*files: tuple[str, str]) -> Export:
    made = tuple(ExportFile(PurePosixPath(name), lambda text=text: text.encode()) for name, text in files)  # type: ignore[misc]
    return Export(files[0][0], len(files) > 1, made)


def read(*files: tuple[str, str]) -> tuple[list[Entry], list[Notice]]:
    found = list(paper_pages.read((export(*files),), ReadOptions()))
    return [e for e in found if isinstance(e, Entry)], [n for n in found if isinstance(n, Notice)]


def listed(
    comment: str = "None", body: str = "", *, number: int = 1, title: str = "Tides", made: str = "2026-01-01"
) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<paper-list last-updated="{made}">\n'
        f"<paper-entry>\n<title>{title}</title>\n"
        f"<original-paper-blog-link>https://example.org/a?x=1&lt=2</original-paper-blog-link>\n"
        f"<repo-issue-link>{ISSUE}/{number}</repo-issue-link>\n<tags>A, B c</tags>\n"
        f"<repo-issue-date>2025-03-04</repo-issue-date>\n<issue-body>{body}</issue-body>\n"
        f"<maintainer-comment-text>{comment}</maintainer-comment-text>\n</paper-entry>\n</paper-list>\n"
    )


def page(rest: str = "", *, tags: str = '<a class="button" href="articles/B c.html">#B c</a><br>') -> str:
    head = f'{tags}<span class="issue_date">Issue Date: 2025-03-04</span>\n<a href="{ISSUE}/1">Tides</a>\n'
    return f'---\ntitle: x\n---\n## A\n<div class="visible-content">\n{head}{rest}</div>\n'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("# Abstract\n  - One.", "## Abstract\n\nOne.", id="one item is a paragraph"),
        pytest.param("# Abstract\n  - One.\n  - Two.", "## Abstract\n\n- One.\n- Two.", id="more are a list"),
        pytest.param(
            "# Summary (by m)\n- S.\n# Abstract\n- A.", "## GPT Summary\n\nS.\n\n## Abstract\n\nA.", id="order"
        ),
        pytest.param(
            "# Abstract\n## Deep\nx", "## Abstract\n\n### Deep\n\nx".replace("\n\nx", "\nx"), id="headings below"
        ),
        pytest.param("# A\n```\n# no heading\n```", "## A\n\n```\n# no heading\n```", id="code"),
        pytest.param("Free *text*", "Free *text*", id="no headings"),
        pytest.param("https://example.org/a?x=1&lt=2", "", id="nothing but the link"),
        pytest.param("# URL\n- https://example.org/a?x=1&lt=2", "", id="the link as a section"),
        pytest.param("# URL\n- https://example.org/b", "## URL\n\nhttps://example.org/b", id="another link"),
        pytest.param("$a<b$ & 1 &lt; 2 </div>", "$a<b$ & 1 &lt; 2 </div>", id="nothing is escaped"),
    ],
)
def test_the_text_of_an_issue(body: str, expected: str) -> None:
    (entry,), notices = read(("a.xml", listed(body=body)))
    assert (entry.body, notices) == (expected, [])


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("None", ""),
        ("<p>one<br>two</p><p>three</p>", "one\ntwo\n\nthree"),
        ('<p>{% raw %}\n<a href="https://e.org/x" target="_blank">e</a>\n{% endraw %}</p>', "[e](https://e.org/x)"),
        (
            '<div class="tweet-embed" data-embed=\'<blockquote><a href="https://s.example/1?a=1&b=2"></a></blockquote>\'>'
            '\n<div class="tweet-placeholder">Loading…</div>\n</div>',
            "<https://s.example/1?a=1&b=2>",
        ),
        ("<h1>Results</h1><p>x</p>", "### Results\n\nx"),
    ],
)
def test_comments(comment: str, expected: str) -> None:
    (entry,), _ = read(("a.xml", listed(comment)))
    assert entry.body == (f"## Comment\n\n{expected}" if expected else "")


def test_addresses_are_not_unescaped() -> None:
    (entry,), _ = read(("a.xml", listed()))
    assert dict(entry.properties)["source"] == "https://example.org/a?x=1&lt=2"


def test_all_authors() -> None:
    (entry,), _ = read(("a.xml", listed(body="# Authors\n- Ada\n- Bo", title="Tides, Ada+, Coast'25")))
    assert dict(entry.properties)["authors"] == ("Ada", "Bo")
    assert "et-al" not in dict(entry.properties)


def test_of_two_lists_the_later_counts_whatever_the_order() -> None:
    old, new = ("a.xml", listed(body="old", made="2026-01-01")), ("b.xml", listed(body="new", made="2026-02-01"))
    for files in ((old, new), (new, old)):
        (entry,), (notice,) = read(*files)
        assert entry.body == "new"
        assert (notice.kind, notice.text) == (NoticeKind.UNPLACED, "old")


def test_a_list_says_more_than_a_page() -> None:
    snippet = '<span class="snippet"><span>Comment</span>cut ...</span>\n'
    for files in ((("a.markdown", page(snippet)), ("b.xml", listed("<p>cut and whole</p>"))),):
        for order in (files, files[::-1]):
            (entry,), notices = read(*order)
            assert (entry.body, notices) == ("## Comment\n\ncut and whole", [])


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("", ""),
        ('<span class="snippet"><span>Summary</span>S &amp; 1 < 2</span>\n', "## GPT Summary\n\nS & 1 < 2"),
        ('<img src="https://e.org/x.png" alt="x">', "![x](https://e.org/x.png)"),
        ('<span class="snippet"><span>Else</span>E</span><button onclick="f(0)">more</button>', "## Else\n\nE"),
    ],
)
def test_snippets(rest: str, expected: str) -> None:
    (entry,), notices = read(("a.markdown", page(rest)))
    assert (entry.body, entry.labels, notices) == (expected, ("A", "B c"), [])


def test_a_picture_before_the_tags_belongs_to_the_note_above() -> None:
    note = page().partition('content">')[2].replace("issues/1", "issues/2")
    second = f'<img src="https://e.org/x.png">{note.lstrip()}'
    (one, two), _ = read(("a.markdown", page(second)))
    assert (one.body, two.body) == ("![](https://e.org/x.png)", "")
    assert two.labels == ("A", "B c")


def test_one_note_on_two_pages_is_one() -> None:
    (entry,), notices = read(("a.markdown", page()), ("b.markdown", page()))
    assert (entry.key, notices) == ("keeper/notes#1", [])


def test_other_files_of_a_folder_are_named() -> None:
    (_,), (notice,) = read(("a.markdown", page()), ("README.md", "x"))
    assert (notice.kind, notice.text) == (NoticeKind.UNPLACED, "README.md")


def test_who_claims_what() -> None:
    for file in (("a.markdown", page()), ("a.xml", listed())):
        assert paper_pages.identify(export(file)).claimed
        assert not issue_digest.identify(export(file)).claimed
        assert not markdown_page.identify(export(file)).claimed
    assert not paper_pages.identify(export(("feed.xml", "<rss><item/></rss>"))).claimed
    assert not paper_pages.identify(export(("post.md", '---\ntitle: x\n---\n<span class="date">'))).claimed


@pytest.mark.parametrize(
    "piece",
    [
        '<a class="button" href="x">#x</a>',
        '<a class="button" ',
        '<span class="issue_date">Issue Date: ',
        '<span class="issue_date">Issue Date: 2025-03-04</span>',
        f'<span class="issue_date">2025-03-04</span><a href="{ISSUE}/1">',
        '<span class="snippet"><span>',
        "<button>",
        " <br>",
    ],
)
def test_a_megabyte_of_half_a_page(piece: str) -> None:
    with not_hanging():
        read(("a.markdown", page(piece * (1_000_000 // len(piece)))))


@pytest.mark.parametrize(
    "piece",
    [
        "<paper-entry>",
        '<div class="tweet-embed" ',
        '<div class="tweet-embed" data-embed=\'',
        "# A\n",
        "{% raw %}",
        '<a href="',
        "<title>",
        " - ",
    ],
)
def test_a_megabyte_of_half_a_list(piece: str) -> None:
    many = piece * (1_000_000 // len(piece))
    with not_hanging():
        read(("a.xml", listed(many, many)))
