"""Pictures of an export, through the command line: copied once, found again, never brought back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import snapshot, write_tree
from tests.scenes import contents, unsynced
from vaultkit.cli import run

SITE = {
    "_config.yml": "title: Harbour\n",
    "_posts/2024-05-01-boat.md": "---\ntitle: Boat\n---\n![A boat](/img/boat.png)\n\n![Again](/img/same.png)\n",
    "_posts/2024-05-02-sea.md": "---\ntitle: Sea\n---\n![Another](/sea/boat.png)\n",
    "img/boat.png": b"\x89PNG\r\n\x1a\nboat",
    "img/same.png": b"\x89PNG\r\n\x1a\nboat",
    "sea/boat.png": b"\x89PNG\r\n\x1a\nanother boat",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    unsynced(monkeypatch)
    write_tree(tmp_path / "site", SITE)
    return write_tree(tmp_path / "vault", {".obsidian/app.json": '{"attachmentFolderPath": "Files"}'})


def imported(root: Path) -> None:
    assert run(["import", str(root.parent / "site"), "--vault", str(root)]) == 0


def pictures(root: Path) -> dict[str, bytes]:
    return {path: data for path, data in contents(root).items() if path.endswith(".png")}


def note(root: Path, title: str) -> str:
    (path,) = root.glob(f"**/*{title}.md")
    return path.read_text()


def test_each_is_copied_once_into_the_folder_of_the_vault_and_embedded(root: Path) -> None:
    imported(root)
    assert pictures(root) == {"Files/boat.png": SITE["img/boat.png"], "Files/boat 2.png": SITE["sea/boat.png"]}
    assert note(root, "Boat").count("![[boat.png|") == 2
    assert "![[boat 2.png|" in note(root, "Sea")
    before = snapshot(root)
    imported(root)
    assert snapshot(root) == before


def test_one_that_the_vault_has_already_is_used(root: Path) -> None:
    write_tree(root, {"Mine/ship.png": SITE["img/boat.png"]})
    imported(root)
    assert sorted(pictures(root)) == ["Files/boat.png", "Mine/ship.png"]
    assert note(root, "Boat").count("![[ship.png|") == 2


def test_one_that_was_moved_and_renamed_is_found_by_its_bytes(root: Path) -> None:
    imported(root)
    (root / "Album").mkdir()
    (root / "Files/boat.png").rename(root / "Album/Our boat.png")
    imported(root)
    assert sorted(pictures(root)) == ["Album/Our boat.png", "Files/boat 2.png"]
    assert note(root, "Boat").count("![[Our boat.png|") == 2


def test_what_was_deleted_or_changed_stays_so(root: Path) -> None:
    imported(root)
    (root / "Files/boat.png").unlink()
    (root / "Files/boat 2.png").write_bytes(b"cropped")
    for _ in range(2):
        imported(root)
        assert pictures(root) == {"Files/boat 2.png": b"cropped"}


def test_pictures_beside_their_notes_that_share_a_name_are_told_apart_by_their_paths(root: Path) -> None:
    """By its bare name an embed of two files would lead to either."""
    write_tree(root, {".obsidian/app.json": '{"attachmentFolderPath": "./img"}', "Other/boat.png": b"a third"})
    imported(root)
    assert sorted(pictures(root)) == ["Other/boat.png", "Pages/img/boat 2.png", "Pages/img/boat.png"]
    assert "![[Pages/img/boat.png|" in note(root, "Boat")
    before = snapshot(root)
    imported(root)
    assert snapshot(root) == before


def test_one_undo_takes_them_away_and_the_next_import_brings_them(root: Path) -> None:
    imported(root)
    made = pictures(root)
    assert run(["undo", "--vault", str(root)]) == 0
    assert pictures(root) == {}
    imported(root)
    assert pictures(root) == made
