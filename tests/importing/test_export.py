from pathlib import Path

import pytest

from vaultkit.errors import ExportError
from vaultkit.importing.export import open_export


def test_a_file_outside_the_root_is_not_found(tmp_path: Path):
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "page.md").write_text("x")
    (tmp_path / "site" / "link.txt").symlink_to(tmp_path / "secret.txt")
    export = open_export(str(tmp_path / "site"))
    assert export.find("/page.md") is not None
    assert [export.find(path) for path in ("../secret.txt", "link.txt", "", "/")] == [None] * 4


@pytest.mark.parametrize(
    ("markers", "named", "root", "paths"),
    [
        pytest.param([], "p/x.md", "p", ["x.md"], id="file"),
        pytest.param([], "p", "p", ["q/y.md", "x.md"], id="folder"),
        pytest.param(["_config.yml"], "p/x.md", ".", ["p/x.md"], id="file of a site"),
        pytest.param(["_config.yml"], "p/q", ".", ["p/q/y.md"], id="folder of a site"),
        pytest.param(["p/hugo.toml", "_config.yml"], "p/q", "p", ["q/y.md"], id="the nearest site"),
        pytest.param(["config.toml"], "p/x.md", "p", ["x.md"], id="any program's configuration"),
        pytest.param(["config.toml", "content/z.md"], "p/x.md", ".", ["p/x.md"], id="hugo's configuration"),
    ],
)
def test_paths_begin_at_the_site(tmp_path: Path, markers, named, root, paths):
    for name in ["p/x.md", "p/q/y.md", *markers]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    export = open_export(str(tmp_path / named))
    assert export.root == (tmp_path / root).resolve()
    assert [str(file.path) for file in export.files] == paths
    assert all(export.find(str(file.path)) for file in export.files)


def test_links_are_followed_only_inside(tmp_path: Path):
    (tmp_path / "secret.txt").write_text("secret")
    site = tmp_path / "site"
    (site / "folder").mkdir(parents=True)
    (site / "a.md").write_text("a")
    (site / "inside.md").symlink_to("a.md")
    (site / "outside.md").symlink_to(tmp_path / "secret.txt")
    (site / "folders").symlink_to(tmp_path)
    (site / "nowhere.md").symlink_to("gone.md")
    (site / "loop.md").symlink_to("loop.md")
    export = open_export(str(site))
    assert [str(file.path) for file in export.files] == ["a.md", "inside.md"]
    assert export.skipped == ("folders", "loop.md", "nowhere.md", "outside.md")
    assert open_export(str(site / "outside.md")).first.text == "secret"


def test_a_loop_is_no_export(tmp_path: Path):
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(ExportError, match="cannot be read"):
        open_export(str(tmp_path / "loop"))
