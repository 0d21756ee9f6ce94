"""Notes and attachments to which nothing leads, against another reading of the whole vault."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Ran, write_tree
from vaultkit.config import Config, parse_config
from vaultkit.linting.packs import ActiveRule, active_rules
from vaultkit.linting.run import lint
from vaultkit.vault.backlinks import find_backlinks
from vaultkit.vault.bases import read_base
from vaultkit.vault.board import read_file
from vaultkit.vault.canvas import read_canvas
from vaultkit.vault.index import Index
from vaultkit.vault.settings import Settings

Run = Callable[..., Ran]
Make = Callable[..., Path]
RULES = "notes-connected,attachments-used"
CONFIG = "lint: {rules: {notes-connected: {options: {counts: %s, daily-notes: true}}}}"


@cache
def rules(counts: str) -> tuple[Config, tuple[ActiveRule, ...]]:
    config = parse_config(CONFIG % counts)
    return config, active_rules(config, select=RULES.split(","))


def told(files: dict[str, str], counts: str) -> set[str]:
    """Paths of the files that one of the two rules tells."""
    config, active = rules(counts)
    parsed = {path: read_file(path, text.encode()) for path, text in files.items()}
    notes = {path: note for path, note in parsed.items() if path.endswith(".md")}
    boards = {path: note for path, note in parsed.items() if path.endswith((".canvas", ".base"))}
    found = lint(Index(files, notes), Settings(), active, config, boards=boards)
    return {one.path for one in found}


NAMES = ["A.md", "a/A.md", "b/A.md", "b/c/A.md", "B.md", "a/B.png", "b/B.png", "B.png", "a b.pdf", "P.canvas", "Q.base"]
LINKS = [
    "A",
    "a/A",
    "./A",
    "../A",
    "/A",
    "b/A.md",
    "B",
    "B.png",
    "a/B.png",
    "b.png?raw=true",
    "a b.pdf",
    "P.canvas",
    "C",
]
links = st.lists(st.sampled_from(LINKS), max_size=3)


def content(path: str, targets: list[str]) -> str:
    if path.endswith(".canvas"):
        cards = [{"type": "file", "file": target} for target in targets[:1]]
        return json.dumps({"nodes": [*cards, *({"type": "text", "text": f"[[{t}]]"} for t in targets[1:])]})
    if path.endswith(".base"):
        return "formulas:\n" + "".join(
            f"  f{n}: link('{target}')\n" for n, target in enumerate(targets) if "?" not in target
        )
    return "".join(f"[[{target}#x|y]] " for target in targets) if path.endswith(".md") else ""


@given(st.dictionaries(st.sampled_from(NAMES), links), st.sampled_from(["either", "incoming", "outgoing"]))
def test_they_are_those_that_have_no_backlinks(vault: dict[str, list[str]], counts: str) -> None:
    files = {path: content(path, targets) for path, targets in vault.items()}
    index = Index(files, {path: read_file(path, text.encode()) for path, text in files.items() if path.endswith(".md")})
    all_of = find_backlinks(
        index,
        [(path, read_canvas(text.encode())) for path, text in files.items() if path.endswith(".canvas")],
        [(path, read_base(text.encode())) for path, text in files.items() if path.endswith(".base")],
    )
    edges = {(one.source, path) for path, found in all_of.to.items() for one in found}
    for linkpath, found in all_of.unclear.items():
        edges |= {(one.source, path) for one in found for path in index.follow_path(linkpath, one.source).paths}
    edges = {(source, path) for source, path in edges if source != path}
    reached = {path for _, path in edges}
    leading = {source for source, path in edges if path.endswith((".md", ".canvas", ".base"))}
    connected = {"either": reached | leading, "incoming": reached, "outgoing": leading}[counts]
    expected = {path for path in files if path.endswith(".md")} - connected
    expected |= {path for path in files if path.endswith((".png", ".pdf"))} - reached
    assert told(files, counts) == expected


LOOKED_AT = {
    "2025-03-05.md": ("雨。\n", False),
    "Diary/Rain.md": ("雨。\n", False),
    "Notes/Rain.md": ("---\nvaultkit-id: diary/x/1\n---\n", False),
    "Home.md": ("---\ntype: index\n---\n", True),
    "Templates/New.md": ("x\n", False),
    "Drawn.excalidraw.md": ("x\n", False),
    "Plain.md": ("[x](https://example.org) [[Plain]] [[#x]] ![[Lamp.png]]\n", True),
    "Tab\there.md": ("x\n", False),
    "Folder\nwith/line.md": ("x\n", False),
}


def test_which_notes_are_looked_at(run: Run, vault: Make) -> None:
    settings = {".obsidian/templates.json": '{"folder": "Templates"}', "Lamp.png": ""}
    root = vault({**settings, **{path: text for path, (text, _) in LOOKED_AT.items()}})
    for flags in ((), ("--no-cache",)):
        ran = run("lint", root, "--select", "notes-connected", "--output-format", "json", *flags)
        found = {one["path"] for one in json.loads(ran.out)["diagnostics"]}
        assert found == {path for path, (_, is_told) in LOOKED_AT.items() if is_told}


def test_an_index_is_where_one_begins(run: Run, vault: Make) -> None:
    config = "lint: {rules: {notes-connected: {options: {counts: incoming}}}}\n"
    root = vault({"Home.md": "---\ntype: index\n---\n[[A]]\n", "A.md": "", "vaultkit.yaml": config})
    assert run("lint", root, "--select", "notes-connected").out == "Nothing found.\n"


PICTURES = {
    "Note.md": "text\n",
    "P/a.png": b"\x89PNG\xff\x00",
    "P/Q/b.pdf": "",
    "c.zip": "",
    "vaultkit.yaml": "",
    "LICENSE": "",
}


def paths(ran: Ran) -> list[str]:
    return [line.split(":")[0] for line in ran.out.splitlines() if "attachments-used" in line]


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("", ["P/Q/b.pdf", "P/a.png"]),
        ("lint: {exclude: [P/Q]}", ["P/a.png"]),
        ("lint: {overrides: [{paths: [P/*.png], ignore: [attachments-used]}]}", ["P/Q/b.pdf"]),
        ("lint: {rules: {attachments-used: {options: {extensions: [.ZIP]}}}}", ["P/Q/b.pdf", "P/a.png", "c.zip"]),
    ],
    ids=["all", "excluded", "overridden", "more"],
)
def test_which_attachments_are_looked_at(run: Run, vault: Make, config: str, expected: list[str]) -> None:
    root = vault({**PICTURES, "vaultkit.yaml": config})
    for flags in ((), ("--fix",)):
        ran = run("lint", root, "--extend-select", "attachments-used", *flags)
        assert (paths(ran), ran.err) == (expected, "")
    assert paths(run("lint", root / "P", "--extend-select", "attachments-used")) == [p for p in expected if p[0] == "P"]


def test_a_picture_is_set_aside_and_never_written_into(run: Run, vault: Make) -> None:
    root = vault(PICTURES)
    chosen = ("--extend-select", "attachments-used")
    for form in ("full", "sarif", "gitlab"):
        assert "attachments-used" in run("lint", root, *chosen, "--output-format", form).out
    ran = run("lint", root, *chosen, "--add-ignores")
    assert "for 2 findings there is no place in the note" in ran.err
    assert (root / "P/a.png").read_bytes() == PICTURES["P/a.png"]
    run("lint", root, *chosen, "--write-baseline")
    assert paths(run("lint", root, *chosen)) == []
    write_tree(root, {"P/new.png": ""})
    assert paths(run("lint", root, *chosen)) == ["P/new.png"]


def test_what_silences_a_lone_note_is_kept(run: Run, vault: Make) -> None:
    """Silencing looks at the note again, and must know then, too, what leads to it."""
    root = vault({"A.md": "text\n", "B.md": "text\n", "C.canvas": '{"nodes": [{"type": "file", "file": "B.md"}]}'})
    run("lint", root, "--extend-select", "notes-connected", "--add-ignores")
    assert (root / "B.md").read_text() == "text\n"
    assert "notes-connected" in (root / "A.md").read_text()
    assert run("lint", root, "--extend-select", "notes-connected").code == 0
