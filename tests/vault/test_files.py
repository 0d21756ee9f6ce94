"""The writer: whole files or none, wherever it is stopped, and nothing outside its root."""

from __future__ import annotations

import ast
import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import vaultkit
from tests.conftest import snapshot, write_tree
from vaultkit.errors import DiskError
from vaultkit.vault import files as module
from vaultkit.vault.files import Change, ChangedMeanwhile, Files

PACKAGE = Path(vaultkit.__file__).parent


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What the writer announces."""
    seen: list[tuple[str, str]] = []
    monkeypatch.setattr(module, "on_step", lambda _, operation, path: seen.append((operation, path)))
    return seen


def test_writes_and_tells_whether_anything_changed(tmp_path: Path) -> None:
    files = Files(tmp_path)
    assert files.write("a/b/日記.md", b"one") is True
    before = snapshot(tmp_path)
    assert files.write("a/b/日記.md", b"one") is False
    assert snapshot(tmp_path) == before
    assert (tmp_path / "a/b/日記.md").read_bytes() == b"one"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_keeps_the_mode(tmp_path: Path) -> None:
    write_tree(tmp_path, {"n.md": "old"})
    (tmp_path / "n.md").chmod(0o640)
    Files(tmp_path).write("n.md", b"new")
    assert stat.S_IMODE((tmp_path / "n.md").stat().st_mode) == 0o640


def test_read_only_files_are_left_alone(tmp_path: Path) -> None:
    write_tree(tmp_path, {"n.md": "old"})
    (tmp_path / "n.md").chmod(0o444)
    with pytest.raises(DiskError, match="read-only"):
        Files(tmp_path).write("n.md", b"new")
    assert (tmp_path / "n.md").read_bytes() == b"old"


def test_what_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    write_tree(tmp_path, {"n.md": "theirs"})
    refused = Files(tmp_path).write_all([Change("n.md", b"new", b"ours"), Change("m.md", b"new", None)])
    assert "changed while" in refused["n.md"]
    assert (tmp_path / "n.md").read_bytes() == b"theirs"
    assert (tmp_path / "m.md").read_bytes() == b"new"
    with pytest.raises(DiskError):
        Files(tmp_path).write("n.md", b"new", expect=None)
    assert issubclass(ChangedMeanwhile, DiskError)


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "", "a\0b", ".."])
def test_nothing_outside_the_root(tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    with pytest.raises(DiskError):
        Files(root).write(path, b"x")
    assert not list(root.iterdir())


def test_links_are_followed_inside_the_root_only(tmp_path: Path) -> None:
    root = write_tree(tmp_path / "root", {"real.md": "old"})
    (root / "inside.md").symlink_to(root / "real.md")
    (root / "outside.md").symlink_to(tmp_path / "elsewhere.md")
    Files(root).write("inside.md", b"new")
    assert (root / "real.md").read_bytes() == b"new"
    assert (root / "inside.md").is_symlink()
    with pytest.raises(DiskError, match="leads outside"):
        Files(root).write("outside.md", b"new")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS])
def test_a_refusing_disk_leaves_every_file_old_or_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: list[tuple[str, str]], number: int
) -> None:
    changes = [Change(f"d/{i}.md", b"new", b"old") for i in range(6)] + [Change("d/fresh.md", b"new", None)]

    def fresh(name: str) -> Path:
        return write_tree(tmp_path / name, {f"d/{i}.md": "old" for i in range(6)})

    Files(fresh("whole")).write_all(changes)
    total = len(steps)
    assert total > 20
    for stop in range(1, total + 1):
        root = fresh(f"stop{stop}")
        count = iter(range(1, total + 2))

        def refuse(_n: int, _operation: str, _path: str, count=count, stop=stop) -> None:
            if next(count, 0) == stop:
                raise OSError(number, os.strerror(number))

        monkeypatch.setattr(module, "on_step", refuse)
        try:
            refused = Files(root).write_all(changes)
        except (DiskError, OSError):
            refused = {"": "all"}
        assert refused
        assert {p.read_bytes() for p in root.rglob("*.md")} <= {b"old", b"new"}
        assert not (root / ".vaultkit").exists()
        monkeypatch.setattr(module, "on_step", None)
        Files(root).write_all([Change(c.path, c.data) for c in changes])
        assert {p.read_bytes() for p in root.rglob("*.md")} == {b"new"}


KILLED = """
import os, sys
from vaultkit.vault import disk
stop = int(sys.argv[1])
disk.on_step = lambda n, operation, path: os._exit(137) if n == stop else None
from vaultkit.cli import run
code = run(sys.argv[2:])
print(disk.steps)
sys.exit(code)
"""
LOG = "".join(f"2024/03/{day:02}\n\n  • Day {day}, before 2024/03/{day + 1:02}.\n\n" for day in range(1, 9))


FAILING = KILLED.replace("os._exit(137) if n == stop else None", "fail(n == stop)").replace(
    "stop =", "from errno import *\ndef fail(now):\n    if now: raise {}\nstop ="
)


@pytest.mark.parametrize(
    ("failure", "code", "words"),
    [
        ("OSError(ENOSPC, 'full')", 3, "the disk is full"),
        ("OSError(EROFS, 'read-only')", 3, "read-only"),
        ("KeyboardInterrupt", 130, "interrupted"),
    ],
)
def test_a_full_disk_and_ctrl_c_leave_whole_notes_and_one_message(
    tmp_path: Path, failure: str, code: int, words: str
) -> None:
    export = write_tree(tmp_path, {"log.txt": LOG}) / "log.txt"
    whole = write_tree(tmp_path / "whole", {".obsidian/app.json": "{}"})
    arguments = ["import", str(export), "--vault"]

    def attempt(root: Path, stop: int) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-c", FAILING.format(failure), str(stop), *arguments, str(root)]
        return subprocess.run(program, capture_output=True, text=True, timeout=60, check=False)

    total = int(attempt(whole, 0).stdout.splitlines()[-1])
    expected = {path: data for path, (data, _) in snapshot(whole).items()}
    for stop in (1, 5, total // 2, total - 2, total):
        root = write_tree(tmp_path / f"stop{stop}", {".obsidian/app.json": "{}"})
        ran = attempt(root, stop)
        assert "Traceback" not in ran.stderr
        assert (ran.returncode, words in ran.stderr + ran.stdout) in ((code, True), (1, True))
        assert all(data == expected[path] for path, (data, _) in snapshot(root).items())
        assert attempt(root, 0).returncode == 0
        assert {path: data for path, (data, _) in snapshot(root).items()} == expected


def test_killed_at_any_step_an_import_can_be_run_again(tmp_path: Path) -> None:
    """Stopped before each change of the disk in turn, then run again: the vault equals one of an uninterrupted run."""
    export = write_tree(tmp_path, {"log.txt": LOG}) / "log.txt"

    def attempt(root: Path, stop: int) -> subprocess.CompletedProcess[str]:
        arguments = [sys.executable, "-c", KILLED, str(stop), "import", str(export), "--vault", str(root)]
        return subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)

    def vault(name: str) -> Path:
        return write_tree(tmp_path / name, {".obsidian/app.json": "{}", "Mine.md": "mine"})

    whole = vault("whole")
    total = int(attempt(whole, 0).stdout.splitlines()[-1])
    expected = {path: data for path, (data, _) in snapshot(whole).items()}
    assert total > 30
    for stop in range(1, total + 1, 3):
        root = vault(f"stop{stop}")
        assert attempt(root, stop).returncode == 137
        for path, (data, _) in snapshot(root).items():
            assert path.startswith(".vaultkit/tmp/") or data == expected[path], path
        assert attempt(root, 0).returncode == 0
        assert {path: data for path, (data, _) in snapshot(root).items()} == expected


def test_a_file_or_folder_is_moved(tmp_path: Path, steps: list[tuple[str, str]]) -> None:
    write_tree(tmp_path, {"a/n.md": "note", "a/.hidden": "x"})
    files = Files(tmp_path)
    files.move("a/n.md", "b/c/m.md")
    files.move("a", "b/d")
    assert {path: data for path, (data, _) in snapshot(tmp_path).items()} == {"b/c/m.md": b"note", "b/d/.hidden": b"x"}
    assert steps == [("mkdir", "b/c/m.md"), ("link", "b/c/m.md"), ("unlink", "a/n.md"), ("rename", "b/d")]


@pytest.mark.parametrize("old", ["n.md", "folder", "gone.md"])
def test_nothing_is_moved_onto_something_else(tmp_path: Path, old: str) -> None:
    write_tree(tmp_path, {"n.md": "mine", "m.md": "theirs", "folder/x": "", "other/y": ""})
    before = snapshot(tmp_path)
    for new in ("m.md", "other"):
        with pytest.raises(DiskError):
            Files(tmp_path).move(old, new)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "", "a/..", "out/x"])
def test_nothing_is_moved_out_of_the_root_or_in(tmp_path: Path, path: str) -> None:
    root = write_tree(tmp_path / "root", {"n.md": ""})
    (tmp_path / "out").mkdir()
    (root / "out").symlink_to(tmp_path / "out")
    for old, new in (("n.md", path), (path, "m.md")):
        with pytest.raises(DiskError):
            Files(root).move(old, new)
    assert (root / "n.md").is_file()
    assert not list((tmp_path / "out").iterdir())


def test_a_stopped_move_of_a_file_with_two_names_is_finished(tmp_path: Path) -> None:
    write_tree(tmp_path, {"n.md": "note", "other.md": "note"})
    os.link(tmp_path / "n.md", tmp_path / "m.md")
    Files(tmp_path).move("n.md", "m.md")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.md", "other.md"]
    with pytest.raises(DiskError, match="there already"):
        Files(tmp_path).move("m.md", "other.md")


def test_a_file_is_not_lost_when_it_is_moved_onto_itself(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a/n.md": "note"})
    (tmp_path / "b").symlink_to(tmp_path / "a")
    os.link(tmp_path / "a/n.md", tmp_path / "second.md")
    Files(tmp_path).move("a/n.md", "b/n.md")
    assert (tmp_path / "a/n.md").read_text() == "note"


def test_whether_changes_can_be_made_is_known_before(tmp_path: Path) -> None:
    write_tree(tmp_path, {"read-only.md": "old", "theirs.md": "theirs", "n.md": "old"})
    (tmp_path / "read-only.md").chmod(0o444)
    before = snapshot(tmp_path)
    changes = [Change(name, b"new", b"old") for name in ("read-only.md", "theirs.md", "n.md", "../x.md")]
    refused = Files(tmp_path).check(changes)
    assert set(refused) == {"read-only.md", "theirs.md", "../x.md"}
    assert snapshot(tmp_path) == before


WRITES = {
    "write_text", "write_bytes", "mkdir", "makedirs", "unlink", "rmdir", "removedirs", "touch", "symlink_to",
    "hardlink_to", "chmod", "truncate", "rmtree", "copytree", "copyfile", "NamedTemporaryFile", "mkstemp", "mkdtemp",
}  # fmt: skip
OS_WRITES = {"replace", "rename", "renames", "remove", "write", "link", "symlink"}


def _writes(tree: ast.AST) -> list[str]:
    """What in a module writes to a disk, by its name."""
    out = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name for alias in node.names} | {getattr(node, "module", None)}
            out += sorted({"shutil", "tempfile"} & {str(name) for name in names})
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        if isinstance(function, ast.Attribute):
            on_os = isinstance(function.value, ast.Name) and function.value.id == "os"
            if function.attr in WRITES or (on_os and function.attr in OS_WRITES):
                out.append(function.attr)
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        modes = [a.value for a in (*node.args, *(k.value for k in node.keywords)) if isinstance(a, ast.Constant)]
        if name == "open" and any(
            isinstance(m, str) and set(m) <= set("rwxabt+") and set(m) & set("wxa+") for m in modes
        ):
            out.append("open for writing")
    return out


def test_nothing_else_writes() -> None:
    modules = [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "vault/files.py"]
    found = {path.name: _writes(ast.parse(path.read_text("utf-8"))) for path in modules}
    assert {name: words for name, words in found.items() if words} == {}
    assert _writes(ast.parse((PACKAGE / "vault/files.py").read_text("utf-8")))
