"""What a new user does wrong: always one clear message, never a traceback, never half a note."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import snapshot, write_tree

LOG = "2024/03/02\n\nFog.\n\n2024/03/01\n\nClear.\n"


def refused(ran, *words: str, code: int = 2) -> None:
    assert ran.code == code, (ran.out, ran.err)
    assert "Traceback" not in ran.err + ran.out
    for word in words:
        assert word in ran.err


def test_a_missing_file(run, vault) -> None:
    refused(run("import", "no-such.txt", "--vault", vault()), "no-such.txt", "check the path")


def test_an_empty_file(run, vault, tmp_path) -> None:
    write_tree(tmp_path, {"e.txt": ""})
    refused(run("import", tmp_path / "e.txt", "--vault", vault()), "e.txt: is empty")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(256)) * 8, b"PK\x03\x04\0\0\0\0" * 9])
def test_a_binary(run, vault, tmp_path, data: bytes) -> None:
    write_tree(tmp_path, {"b.txt": data})
    refused(run("import", tmp_path / "b.txt", "--vault", vault()), "b.txt")


def test_an_unknown_format_says_what_was_tried(run, vault, tmp_path) -> None:
    write_tree(tmp_path, {"u.txt": "just one line of prose\n"})
    ran = run("import", tmp_path / "u.txt", "--vault", vault())
    refused(
        ran, "no known format fits", "dated-text:", "titled-text:", "issue-digest:", "markdown-page:", "github-issues:"
    )


def test_a_folder_where_a_file_is_meant(run, vault, tmp_path) -> None:
    write_tree(tmp_path, {"folder/log.txt": LOG})
    refused(run("import", tmp_path / "folder", "--vault", vault()), "folder", "dated-text")


def test_an_empty_folder(run, vault, tmp_path) -> None:
    (tmp_path / "none").mkdir()
    refused(run("import", tmp_path / "none", "--vault", vault()), "none")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everywhere")
@pytest.mark.parametrize("folder", ["export", "export/2024"], ids=["itself", "one in it"])
def test_a_folder_that_may_not_be_looked_into(run, vault, tmp_path, folder: str) -> None:
    write_tree(tmp_path, {"export/2024/2024-03-01.md": "Fog.\n", "export/2024-03-02.md": "Clear.\n"})
    (tmp_path / folder).chmod(0)
    try:
        refused(run("import", tmp_path / "export", "--vault", vault()), f"{tmp_path / folder}: cannot be read", "mode")
    finally:
        (tmp_path / folder).chmod(0o755)


def test_an_unknown_format_name(run, vault, tmp_path) -> None:
    write_tree(tmp_path, {"l.txt": LOG})
    refused(run("import", tmp_path / "l.txt", "--vault", vault(), "--format", "dated"), "--format dated", "dated-text")


@pytest.mark.parametrize("verb", ["import", "lint"])
def test_a_folder_that_is_no_vault(run, tmp_path, verb: str) -> None:
    write_tree(tmp_path, {"l.txt": LOG, "plain/Note.md": "text\n"})
    if verb == "import":
        refused(run("import", tmp_path / "l.txt", "--vault", tmp_path / "plain"), "no .obsidian", "vaultkit init")
        assert sorted(p.name for p in (tmp_path / "plain").iterdir()) == ["Note.md"]
    else:
        ran = run("lint", tmp_path / "plain")
        assert ran.code == 0
        assert "no .obsidian" in ran.err


def test_no_vault_at_all(run, tmp_path) -> None:
    write_tree(tmp_path, {"l.txt": LOG})
    refused(run("import", tmp_path / "l.txt", "--vault", tmp_path / "nowhere"), "does not exist", "vaultkit init")
    refused(run("import", tmp_path / "l.txt"), "in no vault", "--vault")
    refused(run("lint", tmp_path / "nowhere"), "does not exist")


def test_a_broken_configuration_names_file_line_and_key(run, vault, tmp_path) -> None:
    write_tree(tmp_path, {"l.txt": LOG})
    for text, words in {
        "lint:\n  packz: [recommended]\n": ("vaultkit.yaml", "2", "packz"),
        "lint:\n  packs: 7\n": ("vaultkit.yaml", "2", "packs"),
        "lint: [\n": ("vaultkit.yaml",),
        "import:\n  folders:\n    diary: ../../etc\n": ("vaultkit.yaml", "3", "diary"),
    }.items():
        root = vault({"vaultkit.yaml": text}, name=f"v{abs(hash(text))}")
        refused(run("import", tmp_path / "l.txt", "--vault", root), *words)
        refused(run("lint", root), *words)


def test_broken_settings_of_obsidian_are_told_and_not_fatal(run, vault) -> None:
    root = vault({".obsidian/app.json": "{", "A.md": "text\n"})
    ran = run("lint", root)
    assert ran.code == 0
    assert "app.json" in ran.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_vault(run, vault, tmp_path) -> None:
    root = vault()
    root.chmod(0o555)
    write_tree(tmp_path, {"l.txt": LOG})
    refused(run("import", tmp_path / "l.txt", "--vault", root), "permission", code=3)


def test_a_read_only_note_is_told_and_the_others_are_written(run, vault, tmp_path) -> None:
    root = vault()
    export = write_tree(tmp_path, {"l.txt": LOG}) / "l.txt"
    assert run("import", export, "--vault", root).code == 0
    note = root / "Diary/2024-03-02.md"
    note.chmod(0o444)
    export.write_text(LOG.replace("Fog.", "Fog, then rain.").replace("Clear.", "Clear and cold."))
    ran = run("import", export, "--vault", root)
    assert ran.code == 1
    assert "read-only" in ran.out
    assert "Fog.\n" in note.read_text()
    assert "Clear and cold." in (root / "Diary/2024-03-01.md").read_text()
    note.chmod(0o644)
    assert run("import", export, "--vault", root).code == 0
    assert "then rain" in note.read_text()


def test_a_folder_stands_where_a_note_should_be(run, vault, tmp_path) -> None:
    root = vault()
    (root / "Diary").mkdir()
    (root / "Diary/2024-03-02.md").mkdir()
    write_tree(tmp_path, {"l.txt": LOG})
    ran = run("import", tmp_path / "l.txt", "--vault", root)
    assert "Traceback" not in ran.err
    assert ran.code == 1
    assert "a folder stands" in ran.out


def test_titles_cannot_leave_the_vault(run, vault, tmp_path) -> None:
    root = vault()
    title = "../../../outside\\..\\..\\x"
    page = f"---\ntitle: '{title}'\npermalink: /../../x\n---\nbody\n"
    write_tree(tmp_path, {"p.md": page})
    before = {k for k in snapshot(tmp_path) if not k.startswith("vault/")}
    assert run("import", tmp_path / "p.md", "--vault", root).code == 0
    assert {k for k in snapshot(tmp_path) if not k.startswith("vault/")} == before
    assert len(list((root / "Pages").glob("*.md"))) == 1


def test_a_link_out_of_the_vault_is_not_followed_when_writing(run, vault, tmp_path) -> None:
    root = vault()
    (tmp_path / "outside").mkdir()
    (root / "Diary").symlink_to(tmp_path / "outside")
    write_tree(tmp_path, {"l.txt": LOG})
    ran = run("import", tmp_path / "l.txt", "--vault", root)
    assert ran.code == 1
    assert "leads outside" in ran.out
    assert not list((tmp_path / "outside").iterdir())


@pytest.mark.parametrize(
    "arguments", [["lnt"], ["lint", "--nope"], ["import"], ["explain"], ["explain", "no-such-rule"]]
)
def test_a_typo(run, arguments: list[str]) -> None:
    refused(run(*arguments))


def test_a_note_that_is_not_there(run, vault) -> None:
    root = vault({"A.md": "x"})
    refused(run("inspect", root / "B.md"), "does not exist")
    refused(run("inspect", root), "is a folder")
    refused(run("resolve", "A", "--from", root / "B.md"), "B.md")


def test_init_where_a_file_stands(run, tmp_path: Path) -> None:
    write_tree(tmp_path, {"f": "x"})
    refused(run("init", tmp_path / "f"), "is a file")
