import pytest

from vaultkit.git.roots import Roots


@pytest.mark.parametrize(
    ("tracked", "on_disk", "path", "root"),
    [
        ((".obsidian/app.json",), (), "a/b.md", ""),
        (("v/.obsidian/app.json",), (), "v/a/b.md", "v"),
        (("v/.obsidian/app.json",), (), "w/b.md", None),
        (("v/.obsidian/app.json",), (), "vw/b.md", None),
        ((), ("v/.obsidian/app.json",), "v/a.md", "v"),
        (("vaultkit.yaml",), (), "a.md", ""),
        ((), ("v/vaultkit.yaml",), "v/a.md", "v"),
        (("v/.notes/app.json",), (), "v/a.md", "v"),
        (("v/x/vaultkit.yaml", "v/.obsidian/app.json"), (), "v/x/a.md", "v"),
        (("v/.obsidian/app.json", "v/w/.obsidian/app.json"), (), "v/w/x/a.md", "v/w"),
        ((), (), "a.md", None),
    ],
    ids=[
        "the top", "a subfolder", "beside it", "a longer name", "ignored by git", "only our file", "that too ignored",
        "configuration folder of another name", "Obsidian's folder first", "the nearest", "none",
    ],
)  # fmt: skip
def test_the_vault_of_a_file(tmp_path, tracked, on_disk, path, root):
    for name in on_disk:
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("")
    assert Roots(tmp_path, tracked).of(path) == root


def test_never_looks_above_the_repository(tmp_path):
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "repo").mkdir()
    assert Roots(tmp_path / "repo", ()).of("a.md") is None


@pytest.mark.parametrize(
    ("tracked", "on_disk", "name"),
    [
        ((".obsidian/app.json",), (), ".obsidian"),
        ((".notes/app.json",), (), ".notes"),
        ((), (".notes/app.json",), ".notes"),
        ((".obsidian/app.json", ".notes/app.json"), (), ".obsidian"),
        (("vaultkit.yaml",), (), ".obsidian"),
    ],
    ids=["usual", "renamed", "renamed and ignored", "usual first", "none"],
)
def test_the_configuration_folder(tmp_path, tracked, on_disk, name):
    for path in on_disk:
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_text("{}")
    assert Roots(tmp_path, tracked).config_folder("") == name
