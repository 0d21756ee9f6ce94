"""One walk through a vault folder: what is visible, and which folders inside are vaults themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import write_tree
from vaultkit.vault.index import Missing
from vaultkit.vault.tree import Tree, Vault, find_vault, nested_vaults, open_vault, split, vault_at

Make = Callable[..., Path]

NESTED: Mapping[str, str] = {
    "N.md": "[[A]]",
    "de/.obsidian/app.json": "{}",
    "de/A.md": "",
    "de/deep/er/.obsidian/app.json": "{}",
    "de/deep/er/B.md": "",
    "en/.obsidian/app.json": "{}",
    ".hidden/x/.obsidian/app.json": "{}",
    "de/.trash/.obsidian/app.json": "{}",
}


def test_folders_with_an_obsidian_of_their_own(vault: Make) -> None:
    assert nested_vaults(Vault(vault(NESTED))) == ("de", "de/deep/er", "en")
    assert nested_vaults(Vault(vault({"a/N.md": ""}, name="plain"))) == ()


def test_what_is_divided_is_what_one_walk_saw(vault: Make) -> None:
    whole = Vault(vault(NESTED))
    assert whole.files == ("N.md", "de/A.md", "de/deep/er/B.md")
    write_tree(whole.root, {"de/Later.md": ""})  # not there when it was walked
    outer, (de,) = split(whole, ["de"])
    assert (outer.tree, outer.prefix) == (Tree(("N.md",), ("en",), ("en/",)), "")
    assert (de.tree, de.prefix) == (Tree(("A.md", "deep/er/B.md"), ("deep/er",)), "de/")
    assert isinstance(outer.index.resolve("A", "N.md"), Missing)
    assert de.read("A.md") == b""


def test_a_vault_inside_one_that_is_taken_out(vault: Make) -> None:
    outer, inner = split(Vault(vault(NESTED)), ["de/deep/er", "de"])
    assert outer.files == ("N.md",)
    assert [(one.prefix, one.tree) for one in inner] == [
        ("de/", Tree(("A.md",), ())),
        ("de/deep/er/", Tree(("B.md",), ())),
    ]
    (again,) = split(inner[0], ["deep"])[1]
    assert again.prefix == "de/deep/"


paths = st.lists(st.lists(st.sampled_from(["a", "b", "a b", "ab"]), min_size=1, max_size=4).map("/".join), unique=True)


@given(paths, paths)
def test_every_file_is_in_one_vault(files: list[str], folders: list[str]) -> None:
    whole = Vault(Path("/nowhere"))
    whole.__dict__["tree"] = Tree(tuple(sorted(f"{path}.md" for path in files)), ())
    outer, inner = split(whole, folders)
    assert sorted(one.prefix + path for one in (outer, *inner) for path in one.files) == list(whole.files)
    assert all(list(one.files) == sorted(one.files) for one in (outer, *inner))
    for one in inner:  # the nearest
        assert not [
            p for p in one.files for f in folders if (one.prefix + p).startswith(f"{f}/") and len(f) >= len(one.prefix)
        ]


def test_links_between_folders(vault: Make, tmp_path: Path) -> None:
    elsewhere = write_tree(tmp_path / "elsewhere", {"E.md": "", ".obsidian/app.json": "{}"})
    root = vault({"a/A.md": ""})
    try:
        (root / "out").symlink_to(elsewhere)
        (root / "a" / "loop").symlink_to(root)
        (root / "b").symlink_to(root / "a")
        (root / "gone").symlink_to(tmp_path / "gone")
    except OSError:
        pytest.skip("no symbolic links here")
    assert Vault(root).tree == Tree(("a/A.md", "out/E.md"), ("out",))
    assert [one.files for one in split(Vault(root), ["out", "a"])[1]] == [("A.md",), ("E.md",)]


def test_a_folder_called_obsidian_that_is_a_file(vault: Make) -> None:
    assert nested_vaults(Vault(vault({"a/.obsidian": ""}))) == ()


def test_where_a_vault_is(vault: Make, tmp_path: Path) -> None:
    root = vault({"in/x.md": "", "in/vaultkit.yaml": ""})
    assert find_vault(root / "in" / "x.md") == Vault(root)
    assert open_vault(root) == vault_at(root) == Vault(root)
    renamed = write_tree(tmp_path / "renamed", {".work/app.json": "{}", "vaultkit.yaml": ""})
    assert find_vault(renamed) == open_vault(renamed) == Vault(renamed, ".work")


def test_an_obsidian_that_leads_to_itself(vault: Make) -> None:
    root = vault({"a/N.md": ""})
    try:
        (root / "a" / ".obsidian").symlink_to(root / "a" / ".obsidian")
    except OSError:
        pytest.skip("no symbolic links here")
    assert Vault(root).tree == Tree(("a/N.md",), ())
