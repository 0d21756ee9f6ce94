"""What holds whatever the user and the source do in between imports: nothing lost, nothing twice, no order."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import snapshot, write_tree
from tests.scenes import contents, unsynced
from vaultkit.importing.choices import Choices
from vaultkit.importing.entry import Kind
from vaultkit.importing.plan import Outcome
from vaultkit.importing.run import ImportReport, run_import
from vaultkit.report.imported import render_json
from vaultkit.vault.tree import Vault

CHOICES = Choices({kind: kind.value.title() for kind in Kind}, {Kind.DIARY: ("diary",)})
DAYS = 4
TEXT = [
    "The lamp was cleaned before dusk.",
    "",
    "- two ships passed",
    "- none of them signalled",
    "",
    "Fog until noon. Then a light breeze from the west, and rain.",
    "",
    "```",
    "pressure 1012",
    "```",
]
MARK = re.compile(r"\b(?:mine|theirs)\d+\b")
quickly = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


class World:
    """A vault and a diary, both of which change at random; every change bears a mark of its own."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.root = write_tree(folder / "vault", {".obsidian/app.json": "{}"})
        self.log = folder / "log.txt"
        self.days = {f"2024-03-0{n + 1}": [*TEXT, f"day {n}"] for n in range(DAYS)}
        self._marks = 0

    def imports(self, **more: bool) -> ImportReport:
        self.log.write_text("".join(f"{day}\n\n" + "\n".join(lines) + "\n\n" for day, lines in self.days.items()))
        return run_import(Vault(self.root), [str(self.log)], replace(CHOICES, **more))

    def mark(self, whose: str) -> str:
        self._marks += 1
        return f"{whose}{self._marks}"

    def notes(self) -> list[Path]:
        return sorted(path for path in self.root.rglob("*.md") if ".trash" not in path.parts)

    def change_lines(self, lines: list[str], whose: str) -> None:
        at = self.chance.randrange(len(lines))
        match self.chance.randrange(5):
            case 0:
                lines.insert(at, f"A line of {self.mark(whose)}.")
            case 1:
                lines.append(f"A last line of {self.mark(whose)}.")
            case 2 if len(lines) > 3 and "```" not in lines[at] and not MARK.search(lines[at]):
                del lines[at]
            case _:
                words = lines[at].split(" ")
                if words[0] not in ("---", "```"):
                    words.insert(self.chance.randint(1, len(words)), self.mark(whose))
                lines[at] = " ".join(words)

    def source_changes(self) -> None:
        self.change_lines(self.days[self.chance.choice(sorted(self.days))], "theirs")

    def user_changes(self) -> None:
        notes = self.notes()
        if not notes:
            return
        path = self.chance.choice(notes)
        head, fence, body = path.read_text().partition("\n---\n")
        match self.chance.randrange(14):
            case 0:
                path.unlink()
            case 1:
                path.rename(path.with_name(f"{self.mark('moved')}.md"))
            case 2:
                path.write_text(head.replace("vaultkit-id:", "was:") + fence + body)
            case 3:
                shutil.copy(path, path.with_name(f"{self.mark('copy')}.md"))
            case 4:
                path.write_text(f"{head}\nown: [{self.mark('mine')}{fence}{body}")
            case 5:
                path.write_text(f"{head}\nown{self._marks}: {self.mark('mine')}{fence}{body}")
            case 6:
                path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
            case 7:
                path.write_text(re.sub(r"> \[!vaultkit-conflict\][^\n]*\n(?:>[^\n]*\n)*", "", path.read_text()))
            case 8:
                shutil.rmtree(self.root / ".vaultkit" / self.chance.choice(["base", "sources", "conflicts"]), True)
            case _:
                lines = body.split("\n")
                self.change_lines(lines, "mine")
                path.write_text(head + fence + "\n".join(lines))

    def seen(self, whose: str) -> set[str]:
        """The marks in all files that a person sees, the trash included."""
        texts = [path.read_text() for path in self.root.rglob("*.md")]
        return {mark for text in texts for mark in MARK.findall(text) if mark.startswith(whose)}


@pytest.fixture(autouse=True)
def _unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    unsynced(monkeypatch)


@given(st.integers(0, 2**32), st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=5))
@quickly
def test_no_word_of_either_side_is_lost_and_importing_again_writes_nothing(
    tmp_path_factory: pytest.TempPathFactory, seed: int, rounds: list[tuple[int, int]]
) -> None:
    world = World(tmp_path_factory.mktemp("world"), seed)
    world.imports()
    for mine, theirs in rounds:
        for _ in range(mine):
            world.user_changes()
        before, said = world.seen("mine"), source_marks(world)
        for _ in range(theirs):
            world.source_changes()
        complete = world.chance.random() < 0.3
        if complete and len(world.days) > 1:
            del world.days[world.chance.choice(sorted(world.days))]
        report = world.imports(complete=complete, allow_mass_delete=complete)
        assert not [note for note in report.notes if note.outcome is Outcome.FAILED]
        assert before <= world.seen("mine")
        assert_told(world, report, source_marks(world) - said)
        after = snapshot(world.root)
        again = world.imports(complete=complete, allow_mass_delete=complete)
        assert not again.changes
        assert snapshot(world.root) == after
        assert not world.imports().changes
        assert snapshot(world.root) == after


def source_marks(world: World) -> set[str]:
    return {mark for lines in world.days.values() for mark in MARK.findall("\n".join(lines))}


def assert_told(world: World, report: ImportReport, new: set[str]) -> None:
    """What the source has new stands in the note, in a callout of it, or in the record of its conflicts."""
    for note in report.notes:
        if note.outcome in (Outcome.DELETED, Outcome.DETACHED, Outcome.TRASHED, Outcome.ORPHANED):
            continue
        text = (world.root / note.path).read_text()
        found = [path.read_text() for path in (world.root / ".vaultkit/conflicts").glob("*.json")]
        for mark in new & set(MARK.findall("\n".join(world.days[note.id.removeprefix("diary/")]))):
            assert mark in text or any(mark in one for one in found), (note.outcome, mark)


@given(st.integers(0, 2**32), st.integers(1, 6))
@quickly
def test_the_order_of_the_entries_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, seed: int, changes: int
) -> None:
    world = changed_world(tmp_path_factory.mktemp("world"), seed, changes)
    with copied(world):
        world.imports()
        expected = contents(world.root)
    world.days = dict(sorted(world.days.items(), reverse=True))
    world.imports()
    assert contents(world.root) == expected


@given(st.integers(0, 2**32), st.integers(1, 6))
@quickly
def test_to_rename_and_import_is_to_import_and_rename(
    tmp_path_factory: pytest.TempPathFactory, seed: int, changes: int
) -> None:
    world = changed_world(tmp_path_factory.mktemp("world"), seed, changes)
    old = world.chance.choice([path.relative_to(world.root) for path in world.notes()] or [Path("none")])
    new = old.with_name("renamed.md")

    def rename() -> None:
        if (world.root / old).is_file():
            (world.root / old).rename(world.root / new)

    with copied(world):
        world.imports()
        rename()
        world.imports()
        expected = contents(world.root)
    rename()
    world.imports()
    assert contents(world.root) == expected


def changed_world(folder: Path, seed: int, changes: int) -> World:
    """A world in which both sides edited texts since the last import."""
    world = World(folder, seed)
    world.imports()
    for _ in range(changes):
        world.source_changes()
        path = world.chance.choice(world.notes())
        head, fence, body = path.read_text().partition("\n---\n")
        lines = body.split("\n")
        world.change_lines(lines, "mine")
        path.write_text(head + fence + "\n".join(lines))
    return world


@contextmanager
def copied(world: World) -> Iterator[None]:
    """A copy of the vault in the place of the vault, for the while."""
    root = world.root
    world.root = Path(shutil.copytree(root, root.with_name("copy") / "vault"))
    yield
    world.root = root


# -- the shortcut of a second import -----------------------------------------------------------------


def issue(number: int, body: str) -> dict[str, object]:
    return {
        "number": number,
        "title": f"Part {number}",
        "html_url": f"https://github.com/mill/wheel/issues/{number}",
        "state": "open",
        "user": {"login": "nele"},
        "labels": [],
        "created_at": "2024-03-01T00:00:00Z",
        "updated_at": "2024-03-01T00:00:00Z",
        "body": body,
    }


@given(st.integers(0, 2**32), st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=5))
@quickly
def test_the_shortcut_never_shows(
    tmp_path_factory: pytest.TempPathFactory, seed: int, rounds: list[tuple[int, int]]
) -> None:
    world = World(tmp_path_factory.mktemp("world"), seed)
    export = world.log.with_name("i.json")

    def imports(root: Path, *, complete: bool) -> str:
        numbered = enumerate(world.days.values(), 1)
        export.write_text(json.dumps([issue(number, "\n".join(lines)) for number, lines in numbered]))
        choices = replace(CHOICES, complete=complete, allow_mass_delete=complete)
        return render_json(run_import(Vault(root), [str(export)], choices))

    imports(world.root, complete=False)
    for mine, theirs in rounds:
        for _ in range(mine):
            world.user_changes()
        for _ in range(theirs):
            world.source_changes()
        complete = world.chance.random() < 0.4
        if complete and len(world.days) > 1:
            del world.days[max(world.days)]
        for _ in range(2):
            copy = world.root.with_name("copy")
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(world.root, copy)
            shutil.rmtree(copy / ".vaultkit/cache", ignore_errors=True)
            expected = imports(copy, complete=complete)
            assert imports(world.root, complete=complete) == expected
            assert contents(world.root) == contents(copy)
