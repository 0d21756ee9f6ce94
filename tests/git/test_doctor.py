"""`vaultkit git doctor`: what is wrong is told with what to do, and then it is well."""

import sys
from pathlib import Path

import pytest

from vaultkit.git.doctor import doctor
from vaultkit.git.install import install, uninstall
from vaultkit.git.shim import hook_script, own_command, program_of


def bad(repo) -> dict[str, str]:
    """What is wrong, and what to do."""
    return {check.what: check.to_do for check in doctor(repo.top) if not check.is_well}


@pytest.fixture
def well(vault):
    """A vault in which all is well."""
    install(vault.top)
    assert bad(vault) == {}
    return vault


def program(path: Path, script: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_nothing_is_installed(vault):
    found = bad(vault)
    assert found["pre-commit: is not installed"] == "`vaultkit git install`"
    assert found["merge driver: is not installed, notes are merged by line"] == "`vaultkit git install`"
    assert all(check.what.split(":")[0] != "prepare-commit-msg" for check in doctor(vault.top))


def test_no_vault(repo):
    install(repo.top)
    assert bad(repo) == {"vaults: none": "`vaultkit init` makes one"}


def test_a_hook_that_is_not_executable(well):
    (well.top / ".git/hooks/pre-push").chmod(0o644)
    [(what, to_do)] = bad(well).items()
    assert "pre-push is not executable" in what
    assert to_do == "`vaultkit git install` sets it right"
    install(well.top)
    assert bad(well) == {}


def test_a_hook_that_is_gone(well):
    (well.top / ".git/hooks/pre-push").unlink()
    assert bad(well) == {"pre-push: is not installed": "`vaultkit git install`"}


@pytest.mark.parametrize("name", ["gone", "it's gone", "line\nend", "日記 $x"])
def test_a_program_that_is_gone(well, tmp_path, name):
    well.hook("pre-commit", "").write_bytes(hook_script("pre-commit", (f"{tmp_path}/{name}",)))
    [(what, to_do)] = bad(well).items()
    assert what == f"pre-commit: calls {tmp_path}/{name}, which is gone"
    assert to_do.startswith("`vaultkit git install`")


def test_another_version(well, tmp_path):
    other = program(tmp_path / "bin" / "vaultkit", "echo vaultkit, version 0.0.1")
    well.hook("pre-commit", "").write_bytes(hook_script("pre-commit", (other,)))
    [what] = bad(well)
    assert what == f"pre-commit: calls {other}, which is vaultkit 0.0.1"
    program(tmp_path / "bin" / "vaultkit", "exit 1")
    assert "an unknown version" in next(iter(bad(well)))


def test_an_older_script(well):
    well.hook("pre-commit", "# vaultkit-hook v0\nvaultkit hook pre-commit\n")
    assert bad(well) == {"pre-commit: is of another version of vaultkit": "`vaultkit git install` sets it right"}


def test_the_hook_from_before_that_does_not_run_any_more(vault):
    vault.hook("pre-commit", "echo theirs\n")
    install(vault.top)
    vault.hook("pre-commit", "echo someone else\n")
    found = bad(vault)
    assert any("pre-commit.vaultkit-prev: the hook that was there before" in what for what in found)
    assert "pre-commit: is not vaultkit's" in found


def test_attributes_without_driver(well):
    """As in a fresh clone of a repository whose .gitattributes name it."""
    install(well.top, shared=True)
    well.git("config", "--remove-section", "merge.vaultkit")
    [(what, to_do)] = bad(well).items()
    assert what.startswith("merge driver")
    assert "`vaultkit git install`" in to_do


def test_a_driver_that_has_a_name_only(well):
    """To git that is an error, where a driver it knows nothing of is none."""
    well.git("config", "--unset", "merge.vaultkit.driver")
    [(what, to_do)] = bad(well).items()
    assert what.startswith("merge driver")
    assert "git gives up each merge" in to_do
    well.git("config", "core.hooksPath", "nowhere")  # what git does, without hooks
    well.stage("n.md", "a\n")
    well.git("commit", "-qm", "base")
    well.git("checkout", "-qb", "side")
    for branch, text in (("side", "b\n"), ("main", "c\n")):
        well.git("checkout", "-q", branch)
        well.stage("n.md", text)
        well.git("commit", "-qm", branch)
    done = well.git("merge", "side", check=False)
    assert "lacks command line" in done.stderr
    assert (well.top / "n.md").read_text() == "c\n"
    well.git("config", "--unset", "merge.vaultkit.name")
    assert well.git("merge", "side", check=False).returncode == 1
    assert "<<<<<<<" in (well.top / "n.md").read_text()


def test_hooks_elsewhere_by_this_repository(well):
    well.git("config", "core.hooksPath", ".husky")
    found = bad(well)
    add = found["pre-push: does not run vaultkit"]
    assert add == f'add to {well.top}/.husky/pre-push: vaultkit hook pre-push "$@" || exit 1'
    well.write(".husky/pre-push", 'vaultkit hook pre-push "$@" || exit 1\n')
    assert "pre-push: does not run vaultkit" not in bad(well)


def test_hooks_elsewhere_for_all_repositories(well, tmp_path, monkeypatch):
    (tmp_path / "config").write_text(f"[core]\n\thooksPath = {tmp_path}/all\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    what, to_do = next((what, to_do) for what, to_do in bad(well).items() if what.startswith("core.hooksPath"))
    assert "for all repositories" in what
    for line in to_do.splitlines()[:1]:
        well.git(*line.split()[1:])
    assert bad(well) == {}


def test_the_manager_that_does_not_run_vaultkit(vault):
    vault.hook("pre-commit", "# File generated by pre-commit: https://pre-commit.com\n")
    vault.write(".pre-commit-config.yaml", "repos: []\n")
    assert "add to .pre-commit-config.yaml" in bad(vault)["pre-commit: pre-commit does not run vaultkit"]
    vault.write(".pre-commit-config.yaml", "repos: [vaultkit]\n")
    assert not any(what.startswith("pre-") for what in bad(vault))


def test_a_setting_that_leads_nowhere(well, tmp_path):
    well.git("config", "vaultkit.bin", f"{tmp_path}/gone")
    assert bad(well) == {
        f"git config vaultkit.bin is {tmp_path}/gone, which is gone": "git config --unset vaultkit.bin, or name another"
    }


def test_on_the_command_line(vault, run):
    ran = run("git", "doctor", cwd=vault.top)
    assert ran.code == 1
    assert "BAD  pre-commit: is not installed\n     `vaultkit git install`\n" in ran.out
    assert run("git", "install", cwd=vault.top).code == 0
    ran = run("git", "doctor", cwd=vault.top)
    assert (ran.code, "BAD" in ran.out) == (0, False), ran.out
    assert run("git", "status", cwd=vault.top).code == 0
    assert run("git", "uninstall", cwd=vault.top).code == 0
    assert run("git", "status", cwd=vault.top).code == 1


def test_the_program_of_a_script_is_read_back():
    for hook in ("pre-commit", "pre-push", "post-merge"):
        assert program_of(hook_script(hook, own_command())) == own_command()[0]
    assert program_of(b"#!/bin/sh\nprogram='unclosed\n") == ""
    assert program_of(b"") == ""
    assert Path(own_command()[0]).parent == Path(sys.executable).parent


def test_after_uninstall_nothing_is_left(well):
    uninstall(well.top)
    found = bad(well)
    assert found["pre-commit: is not installed"]
    assert not any("vaultkit-prev" in what for what in found)
