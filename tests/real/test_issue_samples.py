"""Real exports of issues and of paper notes: counts, and that no word of theirs is lost."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from vaultkit.importing.citation import Citation, parse_citation
from vaultkit.importing.entry import Entry, Notice, NoticeKind
from vaultkit.importing.export import open_export
from vaultkit.importing.source import ReadOptions
from vaultkit.importing.sources import github_issues, issue_digest

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the sample exports")

GITHUB = SHARED / "samples" / "github-rest"
SEEDS = SHARED / "samples" / "seeds"


def read(source: ModuleType, *paths: Path) -> tuple[list[Entry], list[Notice]]:
    exports = tuple(open_export(str(path)) for path in paths)
    assert all(source.identify(export).claimed for export in exports)
    found = list(source.read(exports, ReadOptions()))
    return [e for e in found if isinstance(e, Entry)], [n for n in found if isinstance(n, Notice)]


def read_digest() -> tuple[str, list[Entry], list[Notice]]:
    path = next(SEEDS.glob("003_*.txt"))
    return path.read_text(encoding="utf-8"), *read(issue_digest, path)


def test_the_digest_has_265_notes() -> None:
    _, entries, notices = read_digest()
    assert len(entries) == 265
    assert len({e.names[0] for e in entries}) == 264
    assert len({e.key for e in entries}) == 265
    assert [(n.kind, n.text) for n in notices] == [(NoticeKind.UNPLACED, "MachineLearning")]
    assert all(e.date and e.labels and e.title for e in entries)
    assert sum(e.body.startswith("## GPT Summary\n") for e in entries) == 192
    assert len({label for e in entries for label in e.labels}) == 215


def test_every_character_of_the_digest_is_somewhere() -> None:
    text, entries, notices = read_digest()
    for structure in ("Paper/Blog Link My Issue", "Issue Date:", "GPT Summary-", "Comment", "#"):
        text = text.replace(structure, "")
    kept = [n.text for n in notices]
    for entry in entries:
        kept += [
            *entry.names,
            *entry.labels,
            str(entry.date),
            entry.body.replace("GPT Summary", "").replace("Comment", ""),
        ]
    wanted, found = Counter(text), Counter("".join(kept).replace("#", ""))
    del wanted[" "], wanted["\n"], found[" "], found["\n"]
    assert found == wanted


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("Modular M", Citation("Modular Manifolds", ("Jeremy Bernstein",), True, "THINKING MACHINES", "2025-09")),
        ("機械学習に", Citation("機械学習による 反応経路の予測と生成", ("岡野原 大輔",), False, "現代化学", "2025-12")),
        ("The Annotated", Citation("The Annotated Transformer", ("harvardnlp",), published="2018-04")),
        ("LitServe", Citation("LitServe", published="2024-04")),
        ("neptune", Citation("neptune.ai")),
    ],
)
def test_title_lines(start: str, expected: Citation) -> None:
    _, entries, _ = read_digest()
    assert [parse_citation(e.names[0]) for e in entries if e.names[0].startswith(start)] == [expected]


def test_nearly_all_title_lines_come_apart() -> None:
    _, entries, _ = read_digest()
    with_author = sum("authors" in dict(e.properties) for e in entries)
    with_place = sum(not {"venue", "published"}.isdisjoint(dict(e.properties)) for e in entries)
    assert (with_author, with_place) == (239, 252)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("DocInsight_issues_and_prs_33.json", 33),
        ("lab-website-template_issues_163.json", 163),
        ("issues_1_datasette.json", 2),
    ],
)
def test_every_issue_becomes_an_entry(name: str, count: int) -> None:
    records: list[dict[str, Any]] = json.loads((GITHUB / name).read_text(encoding="utf-8"))
    entries, notices = read(github_issues, GITHUB / name)
    assert (len(entries), len(records), notices) == (count, count, [])
    for record, entry in zip(records, entries, strict=True):
        assert entry.title == record["title"]
        assert entry.key == record["html_url"].split("/", 3)[3].replace("/issues/", "#").replace("/pull/", "#")
        assert entry.body.startswith((record["body"] or "").replace("\r\n", "\n").rstrip())


def test_comments_without_their_issues_are_named() -> None:
    entries, notices = read(github_issues, GITHUB / "issue-comments.json")
    assert (entries, [n.kind for n in notices]) == ([], [NoticeKind.UNPLACED] * 3)


def test_every_comment_is_in_its_body_with_an_anchor() -> None:
    path = GITHUB / "lab-website-template_issues_163.json"
    records: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    entries, _ = read(github_issues, path)
    for record, entry in zip(records, entries, strict=True):
        for comment in record["comments"]:
            assert comment["body"].replace("\r\n", "\n").strip() in entry.body
        assert [address for address, _ in entry.anchors] == [c["html_url"] for c in record["comments"]]
        for _, subpath in entry.anchors:
            block_id = subpath.removeprefix("#")
            assert sum(line == block_id or line.endswith(f" {block_id}") for line in entry.body.split("\n")) == 1
            assert entry.body.count(block_id) == 1
    assert sum(len(e.anchors) for e in entries) == 386


@pytest.mark.parametrize("folder", ["gitlab", "jira", "redmine", "roam", "keep", "dayone", "journey", "jrnl"])
def test_other_programs_files_are_declined(folder: str) -> None:
    paths = [p for p in (SHARED / "samples" / folder).rglob("*") if p.is_file()]
    assert paths
    for path in paths:
        export = open_export(str(path))
        assert not github_issues.identify(export).claimed, path
        assert not issue_digest.identify(export).claimed, path
