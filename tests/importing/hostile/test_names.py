"""Titles, labels and names that try to leave the vault or that some system cannot hold: inside, valid, told apart."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import write_tree
from tests.importing.hostile.carriers import imported, imported_all, issues, pages
from vaultkit.importing import attachments
from vaultkit.importing.compose import compose
from vaultkit.importing.entry import Attachment, Entry, Kind
from vaultkit.importing.export import open_export
from vaultkit.importing.place import Places, choose_paths
from vaultkit.vault.names import link_problems, name_problems, path_key
from vaultkit.vault.parse import parse
from vaultkit.vault.settings import Settings
from vaultkit.vault.tags import is_valid_tag
from vaultkit.vault.tree import open_vault

SYSTEMS = ("linux", "macos", "ios", "windows", "android")
TITLES = {
    "up": "../../../outside",
    "up, backslashes": "..\\..\\..\\outside",
    "up, mixed": "a/..\\../b",
    "absolute": "/etc/passwd",
    "home": "~/x",
    "drive": "C:\\Windows\\x",
    "drive, relative": "C:x",
    "share": "\\\\server\\share\\x",
    "device path": "\\\\.\\COM1",
    "stream": "x.md:hidden:$DATA",
    "encoded": "%2e%2e%2fx",
    "overlong dots": "....//....//x",
    "full-width dots": "．．／x",
    "division slash": "..∕..∕x",
    "dot": ".",
    "dots": "..",
    "three dots": "...",
    "hidden": ".obsidian/plugins/x/main.js",
    "hidden file": ".gitconfig",
    "CON": "CON",
    "NUL": "NUL.md",
    "nul, small": "nul",
    "COM1.txt": "COM1.txt",
    "LPT9": "LPT9.a.b",
    "CON with a blank": "CON .x",
    "CONIN": "CONIN$",
    "superscript": "COM¹",
    "NUL byte": "a\0b.md",
    "line end": "a\nb",
    "carriage return": "a\r\nb",
    "front matter": "x\n---\nvaultkit-id: y\n---\nz",
    "front matter, end": "x\n...\ny",
    "yaml": '"]\nevil: true #',
    "yaml, anchor": "&a *a !!python/object/apply:os.system [x]",
    "escape": "a\x1b[2Jb",
    "title of a window": "\x1b]0;owned\x07",
    "C1": "a\x9b31mb",
    "bell": "\x07",
    "delete": "a\x7fb",
    "bidi": "a\u202egpj.exe",
    "isolates": "a\u2066b\u2069",
    "zero width": "a\u200bb\ufeff",
    "line separator": "a\u2028b",
    "only controls": "\x01\x02\x03",
    "blank": "   ",
    "dot at the end": "x.",
    "blank at the end": "x ",
    "link": "[[x|y#z^a]]",
    "every sign": "<>:\"/\\|?*#^[]`%$&{}!'@+=~",
    "255 bytes": "x" * 255,
    "300 characters of three bytes": "海" * 300,
    "emoji, cut inside": "👩‍👩‍👧‍👦" * 40,
    "combining marks": "e" + "\u0301" * 300,
    "a million": "y" * 1_000_000,
    "NFC": "caf\u00e9",
    "NFD": "cafe\u0301",
    "small": "tides",
    "capital": "TIDES",
    "i with a dot": "İstanbul",
    "sharp s": "Straße",
    "half a pair": "a\ud83d",
    "not a character": "a\uffff",
    "template": "<% tp.x() %>",
    "option": "--help",
    "command of a build": "::error file=x::y",
}


@pytest.mark.parametrize("carry", [issues, pages])
def test_notes_of_such_titles_have_good_names(tmp_path: Path, carry) -> None:
    name = {issues: "github-issues", pages: "markdown-page"}[carry]
    titles = (
        list(TITLES.values()) if carry is issues else [t.encode("utf-8", "replace").decode() for t in TITLES.values()]
    )
    titles = [t[:200_000] for t in titles]
    report, notes = imported_all(tmp_path, name, titles)
    paths = [note.path for note in report.notes]
    assert_good(paths)
    for id_, note, text in zip(TITLES, report.notes, notes, strict=True):
        found = parse(note.path, text.encode())
        assert found.front_matter, id_
        assert not found.front_matter.error, id_
        assert "evil" not in found.properties, id_
        assert str(found.properties["vaultkit-id"]).startswith(("github/", "pages/")), id_


def assert_good(paths: list[str]) -> None:
    for path in paths:
        for segment in path.split("/"):
            for system in SYSTEMS:
                assert name_problems(segment, system) == [], (path, system)
            assert link_problems(segment) == []
            assert unicodedata.is_normalized("NFC", segment)
    assert len({path_key(path) for path in paths}) == len(paths)


def test_two_titles_that_are_one_name_are_two_notes(tmp_path: Path) -> None:
    twins = ["caf\u00e9", "cafe\u0301", "CAFÉ", "café ", "café."]
    files = {f"p{i}.md": f"---\ntitle: {json.dumps(title)}\n---\n{i}\n" for i, title in enumerate(twins)}
    report, notes = imported(tmp_path, write_tree(tmp_path / "site", files))
    assert_good([note.path for note in report.notes])
    assert sorted(text.rpartition("---\n")[2] for text in notes.values()) == [f"{i}\n" for i in range(len(twins))]


REPOSITORIES = ["../..", "a/../../b", "CON/NUL", ".git/hooks", "a\\..\\b/c", "%2e%2e/x", "a/b\x1b[2J", "A/B", "a/B"]


def test_names_of_repositories_make_folders_inside(tmp_path: Path) -> None:
    found = [
        {"number": 7, "title": "t", "body": "b", "state": "open", "html_url": f"https://github.com/{repo}/issues/7"}
        for repo in REPOSITORIES
    ]
    report, _ = imported(tmp_path, write_tree(tmp_path, {"issues.json": json.dumps(found)}) / "issues.json")
    assert_good([note.path for note in report.notes])
    assert all(note.path.startswith("Issues/") for note in report.notes)


ATTACHMENTS = {
    "plain.png": "plain.png",
    "..png": "Untitled.png",
    "a.md": "a.md.txt",
    "A.MD": None,
    "x.canvas": "x.canvas.txt",
    "x.base": "x.base.txt",
    "CON.png": "_CON.png",
    "a\x1b]0;.png": "a )0;.png",
    "evil.png\u202egpj.exe": "evil.pnggpj.exe",
    "a.p\\..\\..\\g": "a.p-..-..-g",
    "a.p:g": "a.p-g",
    "no-extension": "no-extension",
    "a." + "x" * 300: None,
    "海" * 120 + ".jpeg": None,
    "../../../up.png": "-..-..-up.png",
    "C:\\x.png": "C--x.png",
    ".hidden": "hidden",
}


def test_attachments_stay_inside_and_are_no_notes(tmp_path: Path) -> None:
    write_tree(tmp_path, {f"site/f{i}": f"data {i}" for i in range(len(ATTACHMENTS))})
    (tmp_path / "vault/.obsidian").mkdir(parents=True)
    embedded = tuple(Attachment(name, f"f{i}") for i, name in enumerate(ATTACHMENTS))
    entry = Entry(kind=Kind.PAGE, key="k", body="", place="", attachments=embedded)
    export = open_export(str(tmp_path / "site"))
    vault = open_vault(tmp_path / "vault")
    copies = attachments.plan({"p/k": entry}, {"p/k": export}, {"p/k": "k.md"}, vault, {})
    names = copies.places["p/k"]
    assert_good([file.path for file in copies.files])
    assert len(copies.files) == len(ATTACHMENTS)
    assert {name: names[name] for name, to in ATTACHMENTS.items() if to} == {
        n: to for n, to in ATTACHMENTS.items() if to
    }


def test_a_page_that_embeds_a_note_does_not_put_it_into_the_vault(tmp_path: Path) -> None:
    evil = "---\nvaultkit-id: x\n---\n<%* run() %>"
    site = write_tree(tmp_path / "site", {"a.md": "---\ntitle: A\n---\n![x](evil.mdx) ![y](b.md)\n", "b.md": evil})
    _, notes = imported(tmp_path, site / "a.md")
    assert list(notes) == ["Pages/A.md"]
    assert "![[b.md.txt|y]]" in notes["Pages/A.md"]
    assert (tmp_path / "vault/b.md.txt").read_text() == evil


def test_an_attachment_takes_no_name_that_differs_in_case_or_form_only(tmp_path: Path) -> None:
    write_tree(tmp_path, {"site/1": "new", "site/2": "other", "vault/Pot.png": "old", "vault/cafe\u0301.png": "old"})
    (tmp_path / "vault/.obsidian").mkdir()
    embedded = (Attachment("pot.PNG", "1"), Attachment("caf\u00e9.png", "2"))
    entry = Entry(kind=Kind.PAGE, key="k", body="", place="", attachments=embedded)
    export = open_export(str(tmp_path / "site"))
    copies = attachments.plan({"k": entry}, {"k": export}, {"k": "k.md"}, open_vault(tmp_path / "vault"), {})
    assert_good([*(file.path for file in copies.files), "Pot.png", "caf\u00e9.png"])


PLACES = Places(Settings(), {Kind.PAGE: "Pages", Kind.ISSUE: "Issues"})
ANY = st.text(max_size=300) | st.text(alphabet="./\\:*?CONul \x1b\u202e\u0301é#^[]|\0", max_size=40)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(ANY, ANY, ANY), min_size=1, max_size=4))
def test_any_title_is_a_good_name_and_no_two_entries_share_one(items: list[tuple[str, str, str]]) -> None:
    entries = {
        f"x/{i}": Entry(kind=Kind.PAGE, key=f"{key}{i}", body="", place="", title=title, folder=folder)
        for i, (title, folder, key) in enumerate(items)
    }
    paths = choose_paths(entries, PLACES, set(), lambda id_: "x")
    assert_good(list(paths.values()))
    assert all(path.startswith("Pages/") for path in paths.values())


@settings(max_examples=200, deadline=None)
@given(ANY, st.lists(ANY, max_size=3), ANY, st.text(max_size=30) | st.just("<% x %>"))
def test_any_properties_read_back_and_end_where_they_should(
    title: str, labels: list[str], value: str, key: str
) -> None:
    pairs = {"title": title, f"k{key}": value, "many": tuple(labels)}
    pairs = {plain(k): v for k, v in pairs.items()}
    entry = Entry(
        kind=Kind.PAGE, key="k", body="", place="", title=title, labels=tuple(labels), properties=tuple(pairs.items())
    )
    data = compose(entry, "x/y", "body").encode("utf-8", "replace")
    assert b"<%" not in data
    note = parse("n.md", data)
    assert note.front_matter
    assert not note.front_matter.error
    for name, given_value in pairs.items():
        expected = [plain(v) for v in given_value] if isinstance(given_value, tuple) else plain(given_value)
        assert note.properties[name] == expected
    assert note.data[note.body :] == b"body\n"
    assert all(is_valid_tag(tag) for tag in note.properties.get("tags", []))


def plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
