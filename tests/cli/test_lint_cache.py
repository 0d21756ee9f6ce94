"""`vaultkit lint` says the same whether it remembers the vault or not."""

from __future__ import annotations

import json
import os
import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran, snapshot, write_tree
from vaultkit.cli import unchanged
from vaultkit.vault import cache

FILES = {
    "A.md": "[[B]] [[Nowhere]] 日本語 [[B#No]]\n",
    "B.md": "---\ntags: a, b\naliases: [Bee]\n---\n# Yes\ntext{:target='_blank'}\n",
    "sub/C.md": "[[Bee]] [[A#x]]\n",
}
Run = Callable[..., Ran]
Make = Callable[..., Path]


def age(root: Path) -> None:
    """Let every note be old, so that its time proves something."""
    for path in root.rglob("*.md"):
        os.utime(path, ns=(10**18, path.stat().st_mtime_ns - 10**10))


def same(run: Run, root: Path) -> Ran:
    """What `lint` says, which must be what it says when it remembers nothing, in both forms."""
    for form in ("json", "text"):
        cold = run("lint", root, "--no-cache", "--output-format", form)
        assert run("lint", root, "--output-format", form) == cold
    assert run("lint", root) == cold
    return cold


@pytest.mark.parametrize("seed", range(3))
def test_after_each_of_many_changes(run: Run, vault: Make, seed: int) -> None:
    chance = random.Random(seed)
    root = vault(FILES)
    texts = ["# No\n", "[[Lost]]\n", "---\naliases: [Nowhere]\n---\n# x\n", "end ^id\n", "[[B#^id]] [[c]]\n"]
    for _ in range(5):
        path = chance.choice([*FILES, "Lost.md", "sub/b.md"])
        if (root / path).exists() and chance.random() < 0.4:
            (root / path).rename(root / "sub" / f"{chance.choice('bcd')}.md")
        else:
            write_tree(root, {path: "".join(chance.sample(texts, 2))})
        if chance.random() < 0.5:
            age(root)
        same(run, root)


def test_a_vault_in_which_nothing_changed_is_not_linted(
    run: Run, vault: Make, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    root = vault(FILES)
    age(root)
    assert unchanged.answer([str(root)]) is None
    cold = run("lint", root)
    assert cold.code == 1
    assert run("lint", root) == cold == run("lint", cwd=root)
    assert unchanged.answer([str(root)]) == 1
    assert capsysbinary.readouterr().out.decode() == cold.out
    write_tree(root, {"B.md": ""})
    assert unchanged.answer([str(root)]) is None


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("vaultkit.yaml", "lint:\n  ignore: [links-unresolved]\n"),
        ("vaultkit.yaml", "lint:\n  packs: [recommended, Rules]\n"),
        (".obsidian/app.json", '{"userIgnoreFilters": ["A"]}'),
        (".obsidian/templates.json", '{"folder": "sub"}'),
        ("C.canvas", "{}"),
        ("Nowhere.png", ""),
        ("sub/.obsidian/app.json", "{}"),
        (".obsidian/bookmarks.json", '{"items": [{"type": "file", "path": "Gone.md"}]}'),
        ("../vaultkit.yaml", "vaults: [vault]\nlint:\n  ignore: [links-unresolved]\n"),
    ],
    ids=["rules", "pack", "filter", "templates", "canvas", "attachment", "nested", "bookmarks", "above"],
)
def test_what_is_no_note_counts_too(run: Run, vault: Make, path: str, text: str) -> None:
    root = vault({**FILES, "Rules/no-x.yaml": PACK})
    age(root)
    before = run("lint", root)
    write_tree(root, {path: text})
    after = same(run, root)
    assert (after != before) == (path != "C.canvas")


def test_bookmarks_and_empty_folders_are_seen_when_nothing_else_changed(run: Run, vault: Make) -> None:
    root = vault({"A.md": "# One\n"})
    (root / "Later").mkdir()
    items = [{"type": "folder", "path": "Later"}, {"type": "file", "path": "A.md", "subpath": "#One"}]
    bookmarks = root / ".obsidian" / "bookmarks.json"
    for what, found in [
        (lambda: bookmarks.write_text(json.dumps({"items": items})), 0),
        (lambda: (root / "Later").rmdir(), 1),
        (lambda: (root / "A.md").write_text("# Two\n"), 2),
        (lambda: (root / "Later").mkdir(), 1),
        (lambda: bookmarks.write_text('{"items": ['), 1),
        (bookmarks.unlink, 0),
    ]:
        what()
        age(root)
        if bookmarks.exists():
            os.utime(bookmarks, ns=(10**18, bookmarks.stat().st_mtime_ns - 10**10))
        assert same(run, root).out.count("bookmarks-resolve") == found
        assert unchanged.answer([str(root)]) is not None


PACK = """id: no-x
check: text-pattern
severity: error
message: "there is x"
what: No x.
why: Because.
options:
  pattern: target
examples:
  - name: x
    bad: "target"
    good: "y"
"""


def test_a_note_of_the_same_size_and_time_is_seen_when_it_is_new(run: Run, vault: Make) -> None:
    root = vault({"A.md": "[[/A]]\n"})
    before = (root / "A.md").stat()
    assert run("lint", root).code == 0
    write_tree(root, {"A.md": "[[/B]]\n"})
    os.utime(root / "A.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert run("lint", root).code == 1


@pytest.mark.parametrize("name", ["lint-answer", "lint-notes", "lint-told", "lint-since"])
def test_a_damaged_record_changes_nothing(run: Run, vault: Make, name: str) -> None:
    root = vault(FILES)
    age(root)
    wanted = run("lint", root)
    file = root / cache.FOLDER / f"{name}.bin"
    whole = file.read_bytes()
    middle = len(whole) // 2
    for data in (b"", whole[:middle], whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :], b"\xff\n[]"):
        file.write_bytes(data)
        assert run("lint", root) == wanted


def test_a_record_that_is_gone_is_made_again(run: Run, vault: Make) -> None:
    root = vault(FILES)
    wanted = run("lint", root)
    for file in (root / cache.FOLDER).iterdir():
        file.unlink()
    (root / cache.FOLDER).rmdir()
    assert run("lint", root) == wanted
    assert (root / cache.FOLDER / "lint-notes.bin").is_file()


def test_mending_goes_on_from_what_is_on_the_disk(run: Run, vault: Make) -> None:
    root = vault(FILES)
    age(root)
    run("lint", root)
    assert "+text" in run("lint", root, "--diff").out
    assert "mended B.md" in run("lint", root, "--fix").out
    assert "kramdown" not in same(run, root).out


def test_select_and_ignore_are_not_mixed_up(run: Run, vault: Make) -> None:
    root = vault(FILES)
    age(root)
    whole = run("lint", root)
    for option in ("--select", "--ignore"):
        part = run("lint", root, option, "links-unresolved")
        assert part == run("lint", root, option, "links-unresolved", "--no-cache") != whole
        assert run("lint", root) == whole


def test_nothing_else_is_written_and_git_does_not_see_it(run: Run, vault: Make) -> None:
    root = vault(FILES)
    subprocess.run(["git", "init", "-q", root], check=True)
    before = snapshot(root)
    run("lint", root)
    status = subprocess.run(["git", "status", "--porcelain", "-uall"], cwd=root, capture_output=True, check=True)
    assert b".vaultkit" not in status.stdout
    made = snapshot(root)
    assert {path: made[path] for path in before} == before
    assert all(path.startswith(f"{cache.FOLDER}/") for path in made.keys() - before.keys())


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_how_many_processes_makes_no_difference(run: Run, vault: Make, jobs: int) -> None:
    root = vault({**FILES, **{f"{n}.md": f"[[{n + 1}#x]] [[Bee]]\n" for n in range(40)}})
    assert run("lint", root, "--no-cache", "--jobs", jobs) == run("lint", root)
