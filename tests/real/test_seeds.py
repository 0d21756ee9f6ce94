"""The five documents vaultkit was first asked to handle, through the command line, to the number."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import SHARED, snapshot
from vaultkit.vault.index import Found
from vaultkit.vault.note import LinkKind
from vaultkit.vault.tree import Vault, open_vault

SAMPLES = SHARED / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="needs the sample exports")
SEEDS = sorted((SAMPLES / "seeds").glob("00*")) if SAMPLES.is_dir() else []


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory):
    """A vault of the template with all five seeds, and the report of each import."""
    import subprocess
    import sys

    root = tmp_path_factory.mktemp("world") / "vault"

    def program(*arguments: object) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "vaultkit", *map(str, arguments)],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    program("init", root)
    reports = {seed.name[:3]: json.loads(program("import", seed, "--vault", root, "--json")) for seed in SEEDS}
    findings = json.loads(program("lint", root, "--output-format", "json"))["diagnostics"]
    return open_vault(root), reports, findings, program


def paths(report: dict) -> list[str]:
    return [note["path"] for note in report["notes"]]


def dates(vault: Vault, report: dict) -> list[str]:
    return sorted(str(vault.notes[p].properties["date"]) for p in paths(report) if "date" in vault.notes[p].properties)


def test_000_is_27_days_and_an_index(world) -> None:
    vault, reports, _, _ = world
    days = dates(vault, reports["000"])
    assert (len(days), days[0], days[-1]) == (27, "2024-01-01", "2024-01-31")
    rest = [p for p in paths(reports["000"]) if "date" not in vault.notes[p].properties]
    assert len(rest) == 1
    assert vault.notes[rest[0]].properties["type"] == "index"
    linked = [link.target for p in paths(reports["000"]) for link in vault.notes[p].links]
    assert sorted(linked) == ["2021-05-31", "2022-01-21", "2023-09-28", "2023-11-20", "2023-11-22"]
    assert vault.notes["Diary/2024/2024-01-17.md"].properties == {
        "vaultkit-id": "diary/2024-01-17",
        "date": "2024-01-17",
        "tags": ["diary"],
    }


def test_001_is_10_notes(world) -> None:
    vault, reports, _, _ = world
    assert len(paths(reports["001"])) == len(dates(vault, reports["001"])) == 10


def test_002_is_6_undated_notes(world) -> None:
    vault, reports, _, _ = world
    assert len(paths(reports["002"])) == 6
    assert dates(vault, reports["002"]) == []


def test_003_is_265_notes_whose_mentions_are_links(world) -> None:
    vault, reports, _, _ = world
    report = reports["003"]
    assert len(set(paths(report))) == 265
    links = [(p, link) for p in paths(report) for link in vault.notes[p].links if link.kind is LinkKind.WIKI]
    assert len(links) == 22
    assert all(isinstance(vault.index.follow(link, p), Found) for p, link in links)
    unresolved = [u["text"] for u in report["unresolved"]]
    assert len(unresolved) == 11
    assert all(text.startswith("[Paper Note] ") for text in unresolved)
    bodies = "".join(vault.notes[p].data[vault.notes[p].body :].decode() for p in paths(report))
    assert all(text in bodies for text in unresolved)
    twins = [p for p in paths(report) if "An overview of gradient descent" in p]
    assert len(twins) == 2
    assert all(re.search(r"\(\d{4}-\d\d-\d\d\)\.md$", p) for p in twins)
    for path in paths(report):
        assert len(path.rpartition("/")[2].encode()) <= 243
        assert len(vault.notes[path].tags) == len({t.name.lower() for t in vault.notes[path].tags})


def test_004_is_one_note(world) -> None:
    vault, reports, _, _ = world
    (path,) = paths(reports["004"])
    assert "{:target" not in vault.notes[path].data.decode()


def test_lint_says_what_is_so_and_nothing_else(world) -> None:
    _, reports, findings, _ = world
    assert Counter(f["rule"] for f in findings) == {
        "entry-is-dated": 6,
        "links-unresolved": 5,
        "note-has-tags": 1,
        "urls-end": 4,
    }
    assert {f["path"] for f in findings if f["rule"] == "entry-is-dated"} == set(paths(reports["002"]))
    assert [f["path"] for f in findings if f["rule"] == "note-has-tags"] == paths(reports["004"])


def test_every_note_is_written_as_obsidian_would(world) -> None:
    vault, reports, _, _ = world
    for report in reports.values():
        for path in paths(report):
            note = vault.notes[path]
            assert note.front_matter is not None
            assert not note.front_matter.error
            assert unicodedata.is_normalized("NFC", path)
            assert b"\r" not in note.data
            assert not [t for t in note.tags if not t.in_property]


def _words(text: str) -> Counter[str]:
    """Runs of letters and digits, whatever stands between them."""
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFC", text)))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda p: p.name[:3])
def test_every_word_of_the_source_is_in_a_note_or_in_the_report(world, seed: Path) -> None:
    vault, reports, _, _ = world
    report = reports[seed.name[:3]]
    placed = Counter(re.findall(r"\w+", " ".join(f"{n['text']} {n['message']}" for n in report["notices"])))
    for path in paths(report):
        placed += _words(f"{path} {vault.notes[path].data.decode()}")
        for value in vault.notes[path].properties.values():
            placed += _words(str(value))
    text = seed.read_text("utf-8")
    lost = Counter()
    for word, count in _words(text).items():
        if placed[word] < count and not _is_structure(word, seed.name[:3]):
            lost[word] = count - placed[word]
    assert not lost


def _is_structure(word: str, seed: str) -> bool:
    """What the notes say in another way: a heading's date and weekday, the words around every paper note, `N_A`."""
    if seed == "000":
        return word in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun") or bool(re.fullmatch(r"\d{2}|2024", word))
    if seed == "001":
        return bool(re.fullmatch(r"2025\d{4}", word))
    if seed == "003":
        return word in ("Paper", "Blog", "Link", "My", "Issue", "Date", "GPT", "Summary", "Comment", "_blank")
    return word in ("target", "_blank", "default", "layout")


def test_importing_all_again_writes_nothing(world) -> None:
    vault, _, _, program = world
    before = snapshot(vault.root)
    report = json.loads(program("import", *SEEDS, "--vault", vault.root, "--json"))
    assert {k: n for k, n in report["counts"].items() if n} == {"unchanged": 310}
    assert snapshot(vault.root) == before


def test_every_github_sample_becomes_notes(world, tmp_path: Path) -> None:
    vault, _, _, program = world
    files = sorted((SAMPLES / "github-rest").glob("*.json"))
    records = [record for f in files for record in json.loads(f.read_text("utf-8"))]
    issues = {record["html_url"] for record in records if "issue_url" not in record}
    report = json.loads(program("import", *files, "--vault", vault.root, "--json"))
    assert report["counts"]["created"] == len(issues)
    again = json.loads(program("import", *files, "--vault", vault.root, "--json"))
    assert {k: n for k, n in again["counts"].items() if n} == {"unchanged": len(issues)}
    made = open_vault(vault.root)
    broken = [
        (note["path"], link.target)
        for note in report["notes"]
        for link in made.notes[note["path"]].links
        if link.kind is LinkKind.WIKI and not isinstance(made.index.follow(link, note["path"]), Found)
    ]
    assert broken == []
    assert all(
        isinstance(dt.datetime.fromisoformat(str(made.notes[n["path"]].properties["created"])), dt.datetime)
        for n in report["notes"]
    )
