"""The writer: whole files or none, wherever it is stopped, and nothing outside its root."""

from __future__ import annotations

import ast
import errno
import os
import re
import stat
from pathlib import Path

import pytest

import vaultkit
from tests.conftest import snapshot, write_tree
from vaultkit.errors import DiskError
from vaultkit.vault import disk
from vaultkit.vault.files import Change, ChangedMeanwhile, Files

PACKAGE = Path(vaultkit.__file__).parent


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What the writer announces."""
    seen: list[tuple[str, str]] = []
    monkeypatch.setattr(disk, "on_step", lambda _, operation, path: seen.append((operation, path)))
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
    for expect in (b"ours", None):
        with pytest.raises(ChangedMeanwhile, match="changed while"):
            Files(tmp_path).write("n.md", b"new", expect=expect)
    assert (tmp_path / "n.md").read_bytes() == b"theirs"
    assert Files(tmp_path).write("n.md", b"new", expect=b"theirs")


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
def test_a_refusing_disk_leaves_a_file_old_or_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: list[tuple[str, str]], number: int
) -> None:
    Files(write_tree(tmp_path / "whole", {"d/n.md": "old"})).write("d/n.md", b"new", expect=b"old")
    needed = [operation for operation, _ in steps].index("rename") + 1  # what comes after is tidying up
    assert needed > 4
    for stop in range(1, needed + 1):
        root = write_tree(tmp_path / f"stop{stop}", {"d/n.md": "old"})
        count = iter(range(1, 99))

        def refuse(_n: int, _operation: str, _path: str, count=count, stop=stop) -> None:
            if next(count) == stop:
                raise OSError(number, os.strerror(number))

        monkeypatch.setattr(disk, "on_step", refuse)
        with pytest.raises(DiskError, match=r"d/n\.md|\.vaultkit"):
            Files(root).write("d/n.md", b"new", expect=b"old")
        assert {path: data for path, (data, _) in snapshot(root).items()} == {"d/n.md": b"old"}
        assert not (root / ".vaultkit").exists()


def test_a_short_write_is_no_short_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(data)[:1000]))
    Files(tmp_path).write("n.md", b"x" * 4500)
    assert (tmp_path / "n.md").stat().st_size == 4500


def test_a_second_name_of_a_file_keeps_the_old_text(tmp_path: Path) -> None:
    """As git has it, and as a backup made of hard links needs it."""
    write_tree(tmp_path, {"n.md": "old"})
    os.link(tmp_path / "n.md", tmp_path / "backup.md")
    Files(tmp_path).write("n.md", b"new")
    assert ((tmp_path / "n.md").read_text(), (tmp_path / "backup.md").read_text()) == ("new", "old")


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
    files = Files(tmp_path)
    for name in ("read-only.md", "theirs.md", "../x.md"):
        with pytest.raises(DiskError, match=re.escape(name)):
            files.look(Change(name, b"new", b"old"))
    assert files.look(Change("n.md", b"new", b"old")) is not None
    assert files.look(Change("n.md", b"old", b"new")) is None
    assert snapshot(tmp_path) == before


WRITES = {
    "write_text", "write_bytes", "mkdir", "makedirs", "unlink", "rmdir", "removedirs", "touch", "symlink_to",
    "hardlink_to", "chmod", "truncate", "rmtree", "copytree", "copyfile", "NamedTemporaryFile", "mkstemp", "mkdtemp",
    "ftruncate", "posix_fallocate", "utime", "mkfifo", "mknod", "lchmod", "fchmod", "chown",
}  # fmt: skip
OS_WRITES = {"replace", "rename", "renames", "remove", "write", "pwrite", "writev", "link", "symlink"}


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
            of = function.value.id if isinstance(function.value, ast.Name) else ""
            if of != "disk" and (function.attr in WRITES or (of == "os" and function.attr in OS_WRITES)):
                out.append(function.attr)
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        modes = [a.value for a in (*node.args, *(k.value for k in node.keywords)) if isinstance(a, ast.Constant)]
        if name == "open" and any(
            isinstance(m, str) and set(m) <= set("rwxabt+") and set(m) & set("wxa+") for m in modes
        ):
            out.append("open for writing")
    return out


def test_nothing_else_writes() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix(): set(_writes(ast.parse(path.read_text("utf-8"))))
        for path in sorted(PACKAGE.rglob("*.py"))
    }
    assert {"makedirs", "replace", "link", "unlink", "rmdir", "chmod", "write"} <= found.pop("vault/disk.py")
    assert {name: words for name, words in found.items() if words} == {}
