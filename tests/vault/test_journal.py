"""The journal itself: what it keeps, for how long, what it leaves alone, and that it leaves no trace where it can."""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
from pathlib import Path

import pytest

from tests.conftest import snapshot, write_tree
from tests.scenes import unsynced
from vaultkit.errors import DiskError, NewerError, UsageError
from vaultkit.vault import disk, journal, lock
from vaultkit.vault.files import Change
from vaultkit.vault.journal import KEPT, Journal, unfinished
from vaultkit.vault.transaction import FOLDER, moved, new_id
from vaultkit.vault.undo import look, undo


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The operations on the disk."""
    unsynced(monkeypatch)
    seen: list[str] = []
    monkeypatch.setattr(disk, "on_step", lambda _, operation, path: seen.append(operation))
    return seen


def kept(root: Path) -> list[str]:
    return sorted(path.name for path in (root / FOLDER).iterdir() if path.is_dir())


def test_nothing_to_do_leaves_no_trace(tmp_path: Path, steps: list[str]) -> None:
    write_tree(tmp_path, {"n.md": "same"})
    before = snapshot(tmp_path)
    with Journal(tmp_path) as one:
        assert one.apply("x", [Change("n.md", b"same"), Change("gone.md", None)]) == ("", {})
    assert snapshot(tmp_path) == before
    assert (steps, sorted(path.name for path in tmp_path.iterdir())) == ([], ["n.md"])


def test_in_the_end_all_is_on_the_disk_before_it_is_promised_and_before_it_is_done(
    tmp_path: Path, steps: list[str]
) -> None:
    with Journal(tmp_path) as one:
        one.apply("x", [Change(f"{n}.md", b"new", None) for n in range(6)], last=lambda _: [Change("last", b"", None)])
    order = " ".join(steps)
    promise = order.index("sync create write fsync fsync")  # the texts, the promise
    assert "link" not in order[:promise]
    assert "link unlink link unlink" in order[promise:]
    assert order.endswith("create write")  # DONE
    assert "sync" in order[order.rindex("unlink link") :]


def test_the_journal_is_nobody_elses_to_read_nor_gits(tmp_path: Path) -> None:
    with Journal(tmp_path) as one:
        one.apply("x", [Change("n.md", b"new", None)])
    assert stat.S_IMODE((tmp_path / FOLDER).stat().st_mode) == 0o700
    assert (tmp_path / FOLDER / ".gitignore").read_text() == "*\n"
    assert stat.S_IMODE((tmp_path / "n.md").stat().st_mode) == 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("when", [("create", "a/one.md"), ("write", "a/two.md"), ("fsync", FOLDER)])
def test_a_folder_that_becomes_a_link_meanwhile_leads_nowhere_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: tuple[str, str]
) -> None:
    root, outside = write_tree(tmp_path / "v", {"a/two.md": "old"}), write_tree(tmp_path / "outside", {"two.md": "old"})
    before = snapshot(outside)

    def step(_: int, operation: str, path: str) -> None:
        if operation == when[0] and path.startswith(when[1]) and not (root / "a").is_symlink():
            (root / "a").rename(tmp_path / "a")
            (root / "a").symlink_to(outside)

    monkeypatch.setattr(disk, "on_step", step)
    with Journal(root) as one:
        refused = one.apply("x", [Change("a/one.md", b"new", None), Change("a/two.md", b"new", b"old")]).refused
    assert sorted(refused) == ["a/one.md", "a/two.md"]
    assert "leads outside" in refused["a/two.md"]
    assert snapshot(outside) == before


def test_what_cannot_be_changed_is_left_alone_and_the_rest_is_done(tmp_path: Path) -> None:
    root = write_tree(tmp_path / "v", {"locked.md": "old", "theirs.md": "theirs", "real.md": "old", "n.md": "old"})
    (root / "locked.md").chmod(0o444)
    (root / "n.md").chmod(0o640)
    (root / "inside.md").symlink_to("real.md")
    (root / "outside.md").symlink_to(tmp_path / "elsewhere.md")
    changes = [Change(f"{name}.md", b"new", b"old") for name in ("locked", "theirs", "outside", "inside", "n")]
    with Journal(root) as one:
        refused = one.apply("x", [*changes, Change("../x.md", b"", None), Change("locked.md/x.md", b"", None)]).refused
    assert {path: why.partition(": ")[2][:12] for path, why in refused.items()} == {
        "locked.md": "is read-only",
        "theirs.md": "changed whil",
        "outside.md": "leads outsid",
        "../x.md": "is no place ",
        "locked.md/x.md": "a file stand",
    }
    assert (root / "inside.md").is_symlink()
    assert (root / "real.md").read_text() == (root / "n.md").read_text() == "new"
    assert stat.S_IMODE((root / "n.md").stat().st_mode) == 0o640
    assert not (tmp_path / "elsewhere.md").exists()


def test_a_journal_that_leads_out_of_the_vault_is_not_used(tmp_path: Path) -> None:
    root = write_tree(tmp_path / "v", {"n.md": "old"})
    (root / ".vaultkit").mkdir()
    (tmp_path / "out").mkdir()
    (root / FOLDER).symlink_to(tmp_path / "out")
    with Journal(root) as one:
        assert "leads outside" in one.apply("x", [Change("n.md", b"new", b"old")]).refused["n.md"]
    assert not list((tmp_path / "out").iterdir())
    assert (root / "n.md").read_text() == "old"


def test_the_oldest_goes_first_and_the_newest_never(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unsynced(monkeypatch)

    def write(text: bytes) -> str:
        with Journal(tmp_path) as one:
            return one.apply("x", [Change("n.md", text)]).id

    ids = [write(b"%d" % number) for number in range(journal.KEPT + 3)]
    assert ids == sorted(ids)
    assert kept(tmp_path) == ids[3:]
    monkeypatch.setattr(journal, "KEPT_BYTES", 5000)
    write(b"x" * 3000)
    write(b"y" * 3000)  # keeps the x
    assert len(kept(tmp_path)) == journal.KEPT
    last = write(b"z" * 9000)  # keeps the y
    assert kept(tmp_path) == [last]
    last = write(b"")  # keeps 9,000 bytes, all alone
    assert kept(tmp_path) == [last]


def test_where_the_disk_has_no_second_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    write_tree(tmp_path, {"n.md": "old", "gone.md": "gone"})
    with Journal(tmp_path) as one:
        changes = [Change("n.md", b"new"), Change("fresh.md", b"fresh", None), Change("gone.md", None)]
        assert one.apply("x", changes).refused == {}
        plan = one.transactions()[0]
        assert [one.old(plan, entry) for entry in plan.files] == [b"old", None, b"gone"]
    assert {path: data for path, (data, _) in snapshot(tmp_path).items() if not path.startswith(".")} == {
        "n.md": b"new",
        "fresh.md": b"fresh",
    }


def test_what_an_editor_writes_into_the_old_file_at_the_last_moment_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tmp_path, {"n.md": "old", "m.md": "old"})
    with (tmp_path / "n.md").open("ab", buffering=0) as editor:
        monkeypatch.setattr(
            disk, "on_step", lambda _n, operation, path: path == "m.md" and operation == "link" and editor.write(b"!")
        )
        with Journal(tmp_path) as one:
            refused = one.apply("x", [Change("n.md", b"new"), Change("m.md", b"new")]).refused
    assert set(refused) == {"n.md"}
    assert (tmp_path / "n.md").read_text() == "old!"
    assert (tmp_path / "m.md").read_text() == "new"
    assert [entry.path for entry in Journal(tmp_path).transactions()[0].files] == ["m.md"]


def test_of_what_comes_last_only_what_was_changed_meanwhile_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_tree(tmp_path, {"n.md": "old", "one": "1", "two": "2"})

    def edit(_number: int, operation: str, path: str) -> None:
        if (operation, path) == ("link", "one"):
            (root / "two").write_text("edited")

    monkeypatch.setattr(disk, "on_step", edit)
    last = [Change("one", b"1+"), Change("two", b"2+")]
    with Journal(tmp_path) as journal:
        refused = journal.apply("x", [Change("n.md", b"new")], last=lambda _: last).refused
        assert (set(refused), (root / "two").read_text()) == ({"two"}, "edited")
        assert [entry.path for entry in journal.transactions()[0].files] == ["n.md", "one"]


def test_when_all_of_it_was_refused_there_is_nothing_to_take_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = write_tree(tmp_path, {"a.md": "old"}) / "a.md"

    def edit(_number: int, operation: str, path: str) -> None:
        if (operation, path) == ("link", "a.md"):
            note.write_text("edited")

    monkeypatch.setattr(disk, "on_step", edit)
    with Journal(tmp_path) as journal:
        done = journal.apply("test", [Change("a.md", b"new", b"old")])
        assert (done.id, list(done.refused), journal.transactions()) == ("", ["a.md"], [])
    assert note.read_text() == "edited"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md"]


def test_a_plan_that_cannot_be_read_stops_who_writes_and_says_where(tmp_path: Path) -> None:
    write_tree(tmp_path, {f"{FOLDER}/1/plan.json": "{}", f"{FOLDER}/1/COMMIT": "", f"{FOLDER}/0/new/0": "half"})
    with pytest.raises(UsageError, match=r"tx/1/plan\.json"), Journal(tmp_path):
        pass
    write_tree(tmp_path, {f"{FOLDER}/1/plan.json": json.dumps({"version": 99})})
    with pytest.raises(NewerError, match="newer vaultkit"):
        unfinished(tmp_path)


def test_a_disk_without_room_changes_nothing(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    write_tree(tmp_path, {"n.md": "old"})
    before = snapshot(tmp_path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with Journal(tmp_path) as one, pytest.raises(DiskError, match="nothing was changed"):
            one.apply("x", [Change("n.md", b"new"), Change("big.md", b"x" * 10_000)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert snapshot(tmp_path) == before


def test_ids_sort_by_time_even_where_the_clock_was_set_back() -> None:
    now = dt.datetime(2024, 3, 1, 12, 30, 15, 250_000, dt.UTC)
    assert new_id(now, "") == "20240301-123015-250"
    assert new_id(now, "20240301-123015-250") == "20240301-123015-251"
    assert new_id(now, "20240301-235959-999") == "20240302-000000-000"
    assert new_id(now, "x") == "x-1"


@pytest.mark.parametrize(
    ("path", "moves", "became"),
    [
        ("a/n.md", [("a", "b")], "b/n.md"),
        ("ab/n.md", [("a", "b")], "ab/n.md"),
        ("n.md", [("n.md", "m.md"), ("m.md", "c/o.md")], "c/o.md"),
    ],
)
def test_a_path_after_moves(path: str, moves: list[tuple[str, str]], became: str) -> None:
    assert moved(path, moves) == became


def test_the_lock_is_no_file(tmp_path: Path) -> None:
    first = lock.acquire(tmp_path, FOLDER)
    assert not list(tmp_path.iterdir())
    lock.release(first)
    lock.release(lock.acquire(tmp_path, FOLDER))


def test_what_one_command_applies_in_one_context_is_one_entry_of_the_history(tmp_path: Path) -> None:
    """Each is whole in itself, but a user who takes the command back means all of it."""
    (tmp_path / "a.md").write_bytes(b"1")
    with Journal(tmp_path) as one:
        one.apply("sync", [Change("a.md", b"2"), Change("b.md", b"b")])
        one.apply("sync", [])
        one.apply("sync", [Change("a.md", b"3"), Change("d/c.md", b"c")])
        assert one.written() == one.transactions()[0]
        one.apply("other", [Change("e.md", b"e")])
        one.apply("sync", [Change("f.md", b"f")])
    first, second, third = reversed(Journal(tmp_path).transactions())
    assert [entry.path for entry in first.files] == ["a.md", "b.md", "d/c.md"]
    assert [plan.command for plan in (first, second, third)] == ["sync", "other", "sync"]
    assert [plan.id for plan in (first, second, third)] == sorted({first.id, second.id, third.id})
    with Journal(tmp_path) as one:
        done = undo(one, look(one, first), f"undo {first.id}")
    assert done.refused == {}
    assert (tmp_path / "a.md").read_bytes() == b"1"
    assert sorted(path.name for path in tmp_path.glob("**/*.md")) == ["a.md", "e.md", "f.md"]


def test_an_edit_between_two_parts_of_a_command_is_what_is_brought_back(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"1")
    with Journal(tmp_path) as one:
        one.apply("sync", [Change("a.md", b"2")])
        (tmp_path / "a.md").write_bytes(b"mine")
        one.apply("sync", [Change("a.md", b"3")])
        undo(one, look(one, one.transactions()[0]), "undo")
    assert (tmp_path / "a.md").read_bytes() == b"mine"


def test_commands_are_counted_not_their_parts(tmp_path: Path, steps: list[str]) -> None:
    with Journal(tmp_path) as one:
        for n in range(KEPT + 3):
            one.apply("sync", [Change(f"{n}.md", b"x")])
        (plan,) = one.transactions()
    assert len(plan.files) == KEPT + 3
