"""The vaults that are measured: unpacked or generated once into a work folder, and found there again.

Knows folders and files; knows nothing of what runs over them.
"""

from __future__ import annotations

import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import generated, generated_issues

HUB_ARCHIVE = Path(__file__).resolve().parents[2] / "shared" / "vaults" / "obsidian-hub.tar.xz"
"""The Obsidian Hub (https://github.com/obsidian-community/obsidian-hub), where someone put it beside the checkout."""

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "samples" / "seeds"
"""Five long documents: diaries, a digest of papers; where someone put them beside the checkout."""

_RECIPE = 1
"""Raise it when a vault is made otherwise than before: older ones are then no longer taken for it."""


@dataclass(frozen=True, slots=True)
class Vault:
    """A vault on the disk, and how many notes Obsidian sees in it."""

    root: Path
    notes: int

    def some_note(self) -> Path:
        """The same ordinary note each time."""
        notes = sorted(_notes(self.root))
        return notes[len(notes) // 2]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many notes are generated. `hub` None: the real one is unpacked where it is there."""

    hub: int | None = None
    diary: int = 10_000
    linked: int = 2_000
    million: int = 1_000_000
    issues: int = 10_000

    @classmethod
    def all_of(cls, notes: int) -> Sizes:
        """All of them `notes`, a multiple of 100 (see `figures`, which has up to a hundred notes share a name)."""
        return cls(notes, notes, notes, notes, notes)


class Vaults:
    """Makes each vault when it is first asked for. One that is there is complete: it is put in place in one step."""

    def __init__(self, work: Path, sizes: Sizes) -> None:
        self.work = work
        self.sizes = sizes
        self.hub_is_real = sizes.hub is None and HUB_ARCHIVE.is_file()

    def hub(self) -> Vault:
        """The Obsidian Hub, or a vault of its make-up."""
        if self.hub_is_real:
            return self._made("hub", _unpack_hub)
        notes = self.sizes.hub or 6_571
        return self._made(f"hub-like-{notes}", lambda root: _write(root, generated.hub(notes)))

    def tenfold(self) -> Vault:
        """The hub ten times, each copy in a folder of its own: every bare name means ten notes."""
        hub = self.hub().root

        def copy(root: Path) -> None:
            for number in range(1, 11):
                shutil.copytree(hub, root / f"copy{number}", ignore=shutil.ignore_patterns(".*"))

        return self._made(f"{hub.name}-tenfold", copy)

    def diary(self) -> Vault:
        """A diary in Japanese."""
        days = self.sizes.diary
        return self._made(f"diary-{days}", lambda root: _write(root, generated.diary(days)))

    def linked(self, notes: int, same_named: int = 1) -> Vault:
        """Short notes that link to each other by bare names, each borne by `same_named` of them."""
        name = f"linked-{notes}-{same_named}"
        return self._made(name, lambda root: _write(root, generated.linked(notes, same_named)))

    def million(self) -> Vault:
        """As many notes as hardly anyone has."""
        return self.linked(self.sizes.million)

    @contextmanager
    def to_import_into(self) -> Iterator[tuple[Vault, Callable[[], None]]]:
        """A vault, and what empties it: it is without notes only then.

        What was in it is moved away, and deleted in the end. Right after some ten thousand files were deleted, ext4
        without a journal takes up to ten times as long to make new ones, which nobody who imports ever sees.
        """
        with tempfile.TemporaryDirectory(prefix="imported-", dir=self.work) as folder:
            vault = Vault(Path(folder, "vault"), 0)

            def empty() -> None:
                if vault.root.exists():
                    vault.root.rename(Path(tempfile.mkdtemp(dir=folder), "vault"))
                (vault.root / ".obsidian").mkdir(parents=True)

            yield vault, empty

    def issues(self) -> tuple[Path, ...]:
        """The exports of an issue tracker with five comments on each issue, as `gh api` prints them."""
        count = self.sizes.issues
        parts = {"issues": generated_issues.issues(count, 5), "comments": generated_issues.comments(count, 5)}

        def make(root: Path) -> None:
            root.mkdir()
            for name, part in parts.items():
                _write_array(root / f"{name}.json", part)

        root = self._made(f"issues-{count}", make).root
        return tuple(root / f"{name}.json" for name in parts)

    def one_note(self) -> Vault:
        """A vault with one small note."""
        return self._made("one-note", lambda root: _write(root, generated.linked(1)))

    def _made(self, name: str, make: Callable[[Path], None]) -> Vault:
        root = self.work / f"{name}.r{_RECIPE}"
        if not root.is_dir():
            self.work.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix="unfinished-", dir=self.work) as folder:
                unfinished = Path(folder, "vault")
                make(unfinished)
                (unfinished / ".obsidian").mkdir()
                unfinished.rename(root)
        return Vault(root, sum(1 for _ in _notes(root)))


@contextmanager
def kept(note: Path) -> Iterator[None]:
    """Afterwards the note is as it was, its time of change included."""
    data, times = note.read_bytes(), note.stat()
    try:
        yield
    finally:
        note.write_bytes(data)
        os.utime(note, ns=(times.st_atime_ns, times.st_mtime_ns))


@contextmanager
def room_for_notes(vault: Vault) -> Iterator[Path]:
    """A folder of the vault to put notes in, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="added-", dir=vault.root) as folder:
        yield Path(folder)


def _unpack_hub(root: Path) -> None:
    with tarfile.open(HUB_ARCHIVE) as archive:
        archive.extractall(root, filter="data")
    (inside,) = root.iterdir()  # the archive holds one folder
    for entry in inside.iterdir():
        entry.rename(root / entry.name)
    inside.rmdir()


def _write_array(path: Path, records: Iterator[generated_issues.Record]) -> None:
    """One record after the other: a program that is started is told to be as large as we have been."""
    with path.open("w", encoding="utf-8") as file:
        for number, one in enumerate(records):
            file.write("," if number else "[")
            json.dump(one, file, ensure_ascii=False, separators=(",", ":"))
        file.write("]")


def _write(root: Path, notes: generated.Notes) -> None:
    folders: set[Path] = set()
    for path, text in notes:
        note = root / path
        if note.parent not in folders:
            note.parent.mkdir(parents=True, exist_ok=True)
            folders.add(note.parent)
        with note.open("x", encoding="utf-8", newline="\n") as file:  # "x": two notes of one path are a mistake
            file.write(text)


def _notes(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(folder, name) for name in files if name.endswith(".md") and not name.startswith("."))
