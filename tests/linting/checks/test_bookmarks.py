"""What is told of bookmarks, and where they are looked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran, snapshot, write_tree

Run = Callable[..., Ran]
FILES = {
    "Diary/雨.md": "# Morning walk\n\n## Tea\n\n> # Quoted\n\nText ^one\n",
    "Pages.pdf": "",
    "Drawn.excalidraw.md": "# A\n",
    "Board.canvas": "{}",
    "x/Same.md": "",
    "y/Same.md": "",
    "z/Same.md": "",
    "Old/Deep/N.md": "",
}


def told(run: Run, root: Path, *items: dict[str, object], folder: str = ".obsidian") -> list[str]:
    write_tree(root, {**FILES, f"{folder}/bookmarks.json": json.dumps({"items": items}, indent=1)})
    ran = run("lint", root, "--select", "bookmarks-resolve")
    assert ran.err == ""
    return ran.out.splitlines()[:-1]


def file(path: str, subpath: str = "") -> dict[str, object]:
    return {"type": "file", "path": path, **({"subpath": subpath} if subpath else {})}


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        (file("雨.md"), "`雨.md` is not in the vault; did you mean `Diary/雨.md`?"),
        (file("Diary/雨"), "`Diary/雨` is not in the vault"),
        (file("Same.md"), "`Same.md` is not in the vault"),
        (file("Diary"), "`Diary` is not in the vault"),
        (file(".obsidian/app.json"), "`.obsidian/app.json` is not in the vault"),
        (
            file("Diary/雨.md", "#Morning-Walk"),
            "`Diary/雨.md` has no heading `Morning-Walk`; did you mean `Morning walk`?",
        ),
        (file("Diary/雨.md", "#Tea#Morning walk"), "`Diary/雨.md` has no heading `Morning walk`"),
        (file("Diary/雨.md", "#Quoted"), "`Diary/雨.md` has no heading `Quoted`"),
        (file("Diary/雨.md", "#^two"), "`Diary/雨.md` has no block `^two`"),
        ({"type": "folder", "path": "Deep"}, "there is no folder `Deep`; did you mean `Old/Deep`?"),
        ({"type": "folder", "path": "Diary/雨.md"}, "there is no folder `Diary/雨.md`"),
    ],
)
def test_a_bookmark_that_leads_nowhere(
    run: Run, vault: Callable[..., Path], item: dict[str, object], problem: str
) -> None:
    (said,) = told(run, vault({}), item)
    assert said.startswith(".obsidian/bookmarks.json:")
    assert f"bookmarks-resolve a bookmark leads nowhere: {problem}" in said


@pytest.mark.parametrize(
    "item",
    [
        file("Diary/雨.md", "#Morning walk#Tea"),
        file("diary/雨.MD", "#tea"),
        file("Diary/雨.md", "#^One"),
        file("Diary/雨.md", "#"),
        file("Pages.pdf", "#page=3"),
        file("Drawn.excalidraw.md", "#^frame=1"),
        file("Board.canvas"),
        {"type": "folder", "path": "Old"},
        {"type": "folder", "path": "Old/Deep/"},
        {"type": "folder", "path": "empty/folder"},
        {"type": "folder", "path": "empty"},
        {"type": "folder", "path": "/"},
        {"type": "search", "query": "path:Gone"},
        {"type": "url", "url": "https://example.org", "path": "Gone"},
    ],
)
def test_a_bookmark_that_is_in_order(run: Run, vault: Callable[..., Path], item: dict[str, object]) -> None:
    root = vault({})
    (root / "empty" / "folder").mkdir(parents=True)
    assert told(run, root, item) == []


def test_the_place_is_that_of_the_words(run: Run, vault: Callable[..., Path]) -> None:
    said = told(run, vault({}), file("Diary/雨.md", "#No"), file("Gone.md"))
    assert [one.split()[0] for one in said] == [".obsidian/bookmarks.json:6:16", ".obsidian/bookmarks.json:10:13"]


def test_the_folder_of_the_settings_may_be_called_otherwise(run: Run, tmp_path: Path) -> None:
    root = write_tree(tmp_path / "other", {".work/app.json": "{}", "vaultkit.yaml": ""})
    (said,) = told(run, root, file("Gone.md"), folder=".work")
    assert said.startswith(".work/bookmarks.json:")


def test_a_broken_file_is_told_and_never_touched(run: Run, vault: Callable[..., Path]) -> None:
    root = vault({".obsidian/bookmarks.json": '{"items": [', "A.md": "a\n"})
    before = snapshot(root)
    ran = run("lint", root, "--no-cache")
    assert ran.out.startswith(".obsidian/bookmarks.json:1:1 bookmarks-resolve the bookmarks are no valid JSON (")
    assert run("lint", root, "--no-cache", "--fix").out == ran.out
    assert run("lint", root, "--no-cache", "--add-ignores").code == 1
    assert snapshot(root) == before


def test_it_is_silenced_by_its_path(run: Run, vault: Callable[..., Path]) -> None:
    root = vault({".obsidian/bookmarks.json": "{", "vaultkit.yaml": "lint:\n  exclude: [.obsidian/bookmarks.json]\n"})
    assert run("lint", root).code == 0


def test_the_vaults_of_a_folder_have_their_own(run: Run, vault: Callable[..., Path]) -> None:
    root = vault({"vaultkit.yaml": "vaults: [de]\n", "de/.obsidian/bookmarks.json": "{", "de/A.md": "a\n"})
    assert run("lint", root).out.startswith("de/.obsidian/bookmarks.json:1:1 ")
