"""The merge driver is put into a repository, told about, and taken out again; nothing else is touched."""

import pytest
from git import Repo as GitPython

from vaultkit.git.driver_install import ATTRIBUTES, driver_command, driver_status, install_driver, uninstall_driver
from vaultkit.git.plumbing import NotARepository

OURS = "".join(f"{line}\n" for line in ATTRIBUTES)


def attribute(repo, path: str, name: str = "merge") -> str:
    return repo.git("check-attr", name, "--", path).stdout.rpartition(": ")[2].strip()


@pytest.fixture
def private(repo):
    return repo.top / ".git" / "info" / "attributes"


def test_installed_then_taken_away(repo, private):
    private.unlink(missing_ok=True)
    config = (repo.top / ".git" / "config").read_bytes()
    assert install_driver(repo.top) == [
        f"{private}: notes and records are merged by vaultkit",
        "merge driver vaultkit: configured",
    ]
    assert private.read_text() == OURS
    assert driver_status(repo.top).installed
    assert not driver_status(repo.top).advice
    assert install_driver(repo.top) == ["merge driver vaultkit: is installed already"]
    assert uninstall_driver(repo.top) == [
        f"{private}: vaultkit's lines are removed",
        "merge driver vaultkit: removed from the configuration",
    ]
    assert not private.exists()
    assert (repo.top / ".git" / "config").read_bytes() == config
    assert not driver_status(repo.top).installed
    assert uninstall_driver(repo.top) == ["merge driver vaultkit: there is none"]
    assert not (repo.top / ".git" / ".vaultkit").exists()


@pytest.mark.parametrize(
    ("path", "driver"),
    [
        ("note.md", "vaultkit"),
        ("Diary/昼 の.md", "vaultkit"),
        (".vaultkit/sources/diary.jsonl", "vaultkit"),
        ("inner/vault/.vaultkit/sources/diary.jsonl", "vaultkit"),
        ("inner/.vaultkit/conflicts/diary 1-00.json", "vaultkit"),
        (".vaultkit/base/0a/1b.z", "vaultkit"),
        ("inner/.vaultkit/lint-baseline.jsonl", "vaultkit"),
        ("sources/diary.jsonl", "unspecified"),
        ("picture.png", "unspecified"),
    ],
)
def test_which_files_it_is_for(repo, path, driver):
    install_driver(repo.top)
    assert attribute(repo, path) == driver


def test_the_template_of_a_vault_does_not_get_in_the_way(repo):
    repo.write(".gitattributes", "*.md text eol=lf\n.vaultkit/base/** binary\n")
    install_driver(repo.top)
    assert attribute(repo, ".vaultkit/base/0a/1b.z") == "vaultkit"
    assert attribute(repo, "note.md", "eol") == "lf"
    assert attribute(repo, "note.md", "diff") == "markdown"


def test_shared_lines_stand_in_gitattributes(repo, private):
    repo.write(".gitattributes", "*.png -text")
    done = install_driver(repo.top, shared=True)
    assert (repo.top / ".gitattributes").read_text() == f"*.png -text\n{OURS}"
    assert done[0].endswith("commit it, and run `vaultkit git install` once in each clone")
    assert not private.exists() or "vaultkit" not in private.read_text()
    assert driver_status(repo.top).lines() == ["merge driver  installed (.gitattributes)"]
    kept = uninstall_driver(repo.top)
    assert "still names the driver" in kept[-1]
    assert uninstall_driver(repo.top, shared=True) == [f"{repo.top}/.gitattributes: vaultkit's lines are removed"]
    assert (repo.top / ".gitattributes").read_text() == "*.png -text\n"


def test_a_clone_of_a_shared_vault_needs_the_configuration_only(repo, private):
    repo.write(".gitattributes", OURS)
    found = driver_status(repo.top)
    assert not found.installed
    assert "this clone does not have it" in found.advice[0]
    assert install_driver(repo.top) == ["merge driver vaultkit: configured"]
    assert driver_status(repo.top).installed


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_only_own_lines_are_removed(repo, private, end):
    own = f"*.md merge=union{end}# a note on vaultkit{end}"
    private.parent.mkdir(exist_ok=True)
    private.write_bytes(own.encode())
    repo.git("config", "merge.vaultkit.recursive", "binary")
    install_driver(repo.top)
    assert private.read_bytes() == (own + OURS.replace("\n", end)).encode()
    assert attribute(repo, "note.md") == "vaultkit"
    uninstall_driver(repo.top)
    assert private.read_bytes() == own.encode()
    assert repo.git("config", "merge.vaultkit.recursive").stdout == "binary\n"


def test_half_of_the_lines_are_made_whole(repo, private):
    private.parent.mkdir(exist_ok=True)
    private.write_text(f"{ATTRIBUTES[1]}\n*.txt text\n")
    install_driver(repo.top)
    assert private.read_text() == f"*.txt text\n{OURS}"


def test_without_a_folder_for_attributes(repo, private):
    for path in private.parent.glob("*"):
        path.unlink()
    private.parent.rmdir()
    install_driver(repo.top)
    assert attribute(repo, "note.md") == "vaultkit"


def test_a_driver_that_is_another_vaultkits_is_set_right(repo):
    install_driver(repo.top)
    repo.git("config", "merge.vaultkit.driver", "/gone/vaultkit-merge %O %A %B %L %P")
    found = driver_status(repo.top)
    assert not found.installed
    assert found.advice[0].startswith("the merge driver calls another vaultkit")
    assert install_driver(repo.top) == ["merge driver vaultkit: set right"]
    assert repo.git("config", "merge.vaultkit.driver").stdout == f"{driver_command()}\n"


def test_another_program_of_that_name_stays(repo):
    repo.git("config", "merge.vaultkit.driver", "mine %A")
    assert uninstall_driver(repo.top) == ["merge driver vaultkit: calls another program, and stays as it is"]
    assert repo.git("config", "merge.vaultkit.driver").stdout == "mine %A\n"


def test_a_line_that_wins_over_ours_is_told(repo):
    install_driver(repo.top, shared=True)
    repo.write(".git/info/attributes", "*.md merge=union\n")
    found = driver_status(repo.top)
    assert not found.installed
    assert found.advice[0].startswith("another line of the attributes has note.md merged by union")


def test_configured_but_not_named(repo, private):
    install_driver(repo.top)
    private.unlink()
    assert "no attributes name it" in driver_status(repo.top).advice[0]


def test_in_a_work_tree_and_a_submodule(repo, tmp_path):
    repo.stage("a.md", "a\n")
    repo.commit()
    repo.git("worktree", "add", "-q", "../tree")
    install_driver(tmp_path / "tree")
    assert attribute(repo, "a.md") == "vaultkit"
    assert driver_status(tmp_path / "tree").installed
    assert driver_status(repo.top).installed
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repo.top), "inner")
    assert not driver_status(repo.top / "inner").installed
    install_driver(repo.top / "inner")
    assert driver_status(repo.top / "inner").installed
    assert (repo.top / ".git/modules/inner/info/attributes").read_text() == OURS


def test_outside_a_repository_and_in_a_bare_one(tmp_path):
    with pytest.raises(NotARepository):
        install_driver(tmp_path)
    GitPython.init(tmp_path / "bare", bare=True).close()
    with pytest.raises(NotARepository):
        install_driver(tmp_path / "bare")


def test_no_name_is_left_without_its_driver(repo):
    """Git gives up each merge of a note then, where the attributes of all clones name it."""
    install_driver(repo.top, shared=True)
    repo.git("config", "merge.vaultkit.name", "ours, said otherwise")
    uninstall_driver(repo.top)
    assert "merge.vaultkit" not in repo.git("config", "--local", "--list").stdout
    assert attribute(repo, "n.md") == "vaultkit"
