from pathlib import Path

from vaultkit.importing.export import open_export


def test_a_file_outside_the_root_is_not_found(tmp_path: Path):
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "page.md").write_text("x")
    (tmp_path / "site" / "link.txt").symlink_to(tmp_path / "secret.txt")
    export = open_export(str(tmp_path / "site"))
    assert export.find("/page.md") is not None
    assert [export.find(path) for path in ("../secret.txt", "link.txt", "", "/")] == [None] * 4
