"""Commands that write, each with the vault it is run in: what the tests of interruptions and of editing share.

A scene is prepared once and copied for each attempt, and the command line runs in this process or in a fork of it:
a thousand attempts are to take seconds, and Python alone would take a minute to start so often.
"""

from __future__ import annotations

import errno
import gc
import os
import shutil
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import write_tree
from vaultkit.cli import run
from vaultkit.importing.ledger import digest
from vaultkit.importing.merge import merge
from vaultkit.importing.open_conflicts import OpenConflicts, conflict_path, write_open
from vaultkit.vault import disk

KILLED = 137
REFUSALS = ("ENOSPC", "EACCES", "EIO", "EROFS", "EDQUOT")
"""What a disk may say: the first that no file can be written, the second that this one cannot, the others likewise."""
APP = {".obsidian/app.json": "{}"}
OLD_LOG = "2024/03/01\n\nThe first day, before 2024/03/02.\n\n2024/03/02\n\nThe second.\n\n2024/03/04\n\nThe last.\n"
LOG = OLD_LOG.replace("The second.", "The second, told anew.").replace("The last.", "Not the last.") + (
    "\n2024/03/05\n\nOne more, after 2024/03/04.\n"
)
LATER_LOG = LOG.replace("2024/03/01\n\nThe first day, before 2024/03/02.\n\n", "")
PAGE = {
    "_posts/2024-05-01-boat.md": "---\ntitle: Boat\n---\n![A boat](/boat.png)\n",
    "boat.png": b"\x89PNG\r\n\x1a\nboat",
}
LINKED = {
    "Home.md": '---\nrelated: "[[Old]]"\n---\n[[Old#Part|the old one]], [it](<Old.md>) and ![[pic.png|100]].\r\n',
    "Ideas/Far.md": "![[Old]] [[Home]]\n\n[old]: ../Old.md\n",
    "Old.md": "# Part\n\nOn to [[Far]], back [home](./Home.md).\n",
    "Ideas/pic.png": b"\x89PNG\x00",
    "Map.canvas": '{"nodes":[{"id":"1","type":"file","file":"Old.md"},{"id":"2","type":"text","text":"[[Old]]"}]}',
}
TO_MEND = {
    f"Note {n}.md": f"---\ndate: 2024-03-0{n}\ntag: [walk, walk {n}]\n---\nA {n}\u00a0[[Note 1]]\u200b.\n"
    for n in range(1, 6)
}


class Scene(NamedTuple):
    """`before`: command lines that were run in the vault of `files` before the one that is looked at, `command`. In
    each, `{v}` is the vault and `{e}` the folder of `exports`. `edits` are made in between."""

    files: Mapping[str, str | bytes]
    command: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()
    exports: Mapping[str, str | bytes] = {}
    edits: Mapping[str, str | bytes] = {}


def _day(day: str, text: str) -> str:
    """A note as an import makes it."""
    return f"---\nvaultkit-id: diary/{day}\ndate: {day}\ntags:\n  - diary\n---\n{text}\n"


def _in_conflict(day: str, *texts: str) -> dict[str, str | bytes]:
    """The note of a day, and the record of its conflict, after an import of the last of `texts`; the first was imported
    before, the second is what the user made of it."""
    base, mine, theirs = (_day(day, text).encode() for text in texts)
    merged = merge(base, mine, theirs, "diary log.txt")
    assert merged.conflicts
    found = OpenConflicts(f"diary/{day}", digest(base), digest(merged.data), digest(theirs), merged.conflicts)
    return {f"Diary/{day}.md": merged.data, conflict_path(found.id): write_open(found)}


IMPORT = ("import", "{e}/log.txt", "--vault", "{v}")
SCENES = {
    "import": Scene({**APP, "Mine.md": "mine"}, IMPORT, exports={"log.txt": LOG}),
    "import again": Scene(
        {**APP, "Mine.md": "mine"},
        IMPORT,
        before=(("import", "{e}/old/log.txt", "--vault", "{v}"),),
        exports={"log.txt": LOG, "old/log.txt": OLD_LOG},
    ),
    "import of what both sides changed": Scene(
        {**APP, "Mine.md": "mine"},
        ("import", "{e}/log.txt", "--vault", "{v}", "--complete", "--allow-mass-delete"),
        before=(("import", "{e}/old/log.txt", "--vault", "{v}"),),
        exports={"log.txt": LATER_LOG, "old/log.txt": OLD_LOG},
        edits={
            "Diary/2024-03-02.md": _day("2024-03-02", "The third, I think."),
            "Diary/2024-03-04.md": _day("2024-03-04", "The last.\n\nMy own words."),
        },
    ),
    "resolve-conflict": Scene(
        {**APP, **_in_conflict("2024-03-02", "The second.", "The third, I think.", "The second, told anew.")},
        ("resolve-conflict", "{v}/Diary/2024-03-02.md", "--theirs"),
    ),
    "restore": Scene(
        {**APP, "Mine.md": "mine"},
        ("restore", "diary/2024-03-01", "--vault", "{v}"),
        before=(
            ("import", "{e}/old/log.txt", "--vault", "{v}"),
            ("import", "{e}/log.txt", "--vault", "{v}", "--complete", "--allow-mass-delete"),
        ),
        exports={"log.txt": LATER_LOG, "old/log.txt": OLD_LOG},
    ),
    "import with pictures": Scene(
        APP, ("import", "{e}/site", "--vault", "{v}"), exports={f"site/{path}": data for path, data in PAGE.items()}
    ),
    "lint --fix": Scene({**APP, **TO_MEND}, ("lint", "--fix", "--select", "no-deprecated-properties", "{v}")),
    "mv a note": Scene({**APP, **LINKED}, ("mv", "{v}/Old.md", "{v}/Deep/New.md")),
    "mv a folder": Scene({**APP, **LINKED}, ("mv", "{v}/Ideas", "{v}/Deep/Thoughts")),
    "undo": Scene(
        {**APP, "Mine.md": "mine"},
        ("undo", "--vault", "{v}"),
        before=(("import", "{e}/old/log.txt", "--vault", "{v}"), IMPORT),
        exports={"log.txt": LOG, "old/log.txt": OLD_LOG},
    ),
    "undo of a move": Scene(
        {**APP, **LINKED}, ("undo", "--vault", "{v}"), before=(("mv", "{v}/Old.md", "{v}/Deep/New.md"),)
    ),
    "init": Scene({"Mine.md": "mine", ".gitignore": "/tmp\n"}, ("init", "{v}")),
}


class Stage:
    """A scene in a folder: the vault as it is before the command, and copies of it to run the command in."""

    def __init__(self, scene: Scene, folder: Path) -> None:
        self.scene = scene
        self.folder = folder
        self._copies = 0
        write_tree(folder / "exports", scene.exports)
        self.template = write_tree(folder / "template", scene.files)
        for command in scene.before:
            assert self._run(command, self.template) == 0
        write_tree(self.template, scene.edits)
        self.start = contents(self.template)
        whole = self.fresh()
        before = disk.steps
        self.code = self.run(whole)
        self.steps = disk.steps - before
        """How often the command changes the disk."""
        self.expected = contents(whole)
        assert self.expected != self.start

    def fresh(self) -> Path:
        """The vault before the command."""
        self._copies += 1
        return Path(shutil.copytree(self.template, self.folder / f"{self._copies}" / "vault"))

    def run(self, root: Path) -> int:
        """Run the command in `root`; the exit code."""
        return self._run(self.scene.command, root)

    def _run(self, command: tuple[str, ...], root: Path) -> int:
        try:
            return run([word.format(v=root, e=self.folder / "exports") for word in command])
        finally:
            gc.enable()

    def fork(self, root: Path, prepare: Callable[[], None] = lambda: None) -> int:
        """Run the command in a process of its own, after `prepare`; its id."""
        child = os.fork()
        if child:
            return child
        code = 99
        try:
            for descriptor in (1, 2):
                os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)
            prepare()
            code = self.run(root)
        finally:
            os._exit(code)

    def killed_at(self, root: Path, step: int) -> None:
        """Run the command in a process that ends right before the change of the disk with the number `step`."""
        child = self.fork(root, lambda: stop_at(step, lambda: os._exit(KILLED)))
        assert ended(child) == KILLED, step

    def check_kept(self, root: Path) -> None:
        """No text that was there is lost, and every file that is seen is the old or the new one as a whole."""
        now = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
        texts = set(now.values())
        assert all(data in texts for path, data in self.start.items() if not path.startswith(".vaultkit/"))
        known = {*self.start.values(), *self.expected.values()}
        for path, data in now.items():
            if not path.relative_to(root).as_posix().startswith(".vaultkit/tx/"):
                assert data in known, path


def stop_at(step: int, stop: Callable[[], object]) -> None:
    """Have `stop` called before the change of the disk with the number `step`, from now on."""
    first = disk.steps

    def on_step(number: int, _operation: str, _path: str) -> None:
        if number - first == step:
            stop()

    disk.on_step = on_step


def refuse(name: str) -> Callable[[], None]:
    """A disk that says the error `name`, once."""
    number = getattr(errno, name)

    def raise_it() -> None:
        raise OSError(number, os.strerror(number))

    return raise_it


def ended(child: int) -> int:
    """Exit code of a process; that of a signal is negative."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def contents(root: Path) -> dict[str, bytes]:
    """All files but the journal and what can be made again."""
    paths = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    return {
        name: p.read_bytes() for name, p in paths.items() if not name.startswith((".vaultkit/tx/", ".vaultkit/cache/"))
    }


def folders(root: Path) -> set[str]:
    """All folders but those of the journal."""
    names = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_dir()}
    return {name for name in names if not name.startswith((".vaultkit/tx", ".vaultkit/cache"))}


def unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    """No power fails in these tests: the disk need not be waited for."""
    monkeypatch.setattr(os, "sync", lambda: None)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(disk, "on_step", None)


def kill(child: int) -> None:
    """Kill -9; the process may be through already."""
    os.kill(child, signal.SIGKILL)
    ended(child)
