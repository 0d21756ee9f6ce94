import os
import stat
import subprocess
from pathlib import Path

import pytest
from git import Repo as GitPython

from vaultkit.errors import DiskError, UsageError
from vaultkit.git.git_hooks import GIT_HOOKS
from vaultkit.git.hook_status import status
from vaultkit.git.install import install, uninstall
from vaultkit.git.plumbing import GitError, NotARepository
from vaultkit.git.shim import hook_script, is_ours, own_command
from vaultkit.vault import disk

ALWAYS = [hook.name for hook in GIT_HOOKS if not hook.option]
DRIVER = "merge driver vaultkit: "
OTHER = "#!/bin/sh\necho theirs\n"


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Mode and contents of all hooks that are no samples."""
    found = (path for path in folder.rglob("*") if not path.name.endswith(".sample"))
    return {p.relative_to(folder).as_posix(): (p.stat().st_mode, p.read_bytes()) for p in found if p.is_file()}


@pytest.fixture
def hooks(repo):
    return repo.top / ".git" / "hooks"


def test_installed_then_taken_away(repo, hooks):
    before = tree(hooks)
    done = install(repo.top)
    assert [line.split(":")[0] for line in done[:-2]] == [f"{hooks}/{name}" for name in ALWAYS]
    assert done[-2].endswith("info/attributes: notes and records are merged by vaultkit")
    for name in ALWAYS:
        assert (hooks / name).read_bytes() == hook_script(name, own_command())
        assert os.access(hooks / name, os.X_OK)
    assert uninstall(repo.top)[: len(ALWAYS)] == [f"{hooks}/{name}: removed" for name in ALWAYS]
    assert tree(hooks) == before
    assert "vaultkit" not in (repo.top / ".git" / "config").read_text()
    assert not (repo.top / ".git" / ".vaultkit").exists()


def test_twice_is_once(repo, hooks):
    install(repo.top)
    before = tree(hooks)
    assert install(repo.top) == [f"{hooks}: 6 hooks are installed already", f"{DRIVER}is installed already"]
    assert tree(hooks) == before
    uninstall(repo.top)
    assert uninstall(repo.top) == [f"{hooks}: there are no hooks of vaultkit's", f"{DRIVER}there is none"]


def test_the_message_is_asked_for(repo, hooks):
    repo.stage("vaultkit.yaml", "hooks: {message: true}\n")
    install(repo.top)
    assert is_ours((hooks / "prepare-commit-msg").read_bytes())
    uninstall(repo.top)
    assert not tree(hooks)


def test_an_older_hook_of_ours_is_renewed(repo, hooks):
    old = hook_script("pre-commit", ("/gone/vaultkit",))
    repo.hook("pre-commit", "").write_bytes(old.replace(b"-hook v1", b"-hook v0"))
    assert status(repo.top).advice[-1].startswith("the hook calls another vaultkit")
    install(repo.top)
    assert (hooks / "pre-commit").read_bytes() == hook_script("pre-commit", own_command())
    assert not (hooks / "pre-commit.vaultkit-prev").exists()


def test_the_execute_bit_is_mended(repo, hooks):
    install(repo.top)
    (hooks / "pre-commit").chmod(0o644)
    assert not status(repo.top).installed
    install(repo.top)
    assert status(repo.top).installed


@pytest.mark.parametrize("mode", [0o755, 0o644], ids=["in use", "not executable"])
def test_a_hook_that_was_there_is_kept_and_put_back(repo, hooks, mode):
    repo.hook("pre-commit", "echo theirs\n", mode)
    before = tree(hooks)
    assert install(repo.top)[0].endswith("is kept as pre-commit.vaultkit-prev, and runs first")
    assert is_ours((hooks / "pre-commit").read_bytes())
    assert stat.S_IMODE((hooks / "pre-commit.vaultkit-prev").stat().st_mode) == mode
    assert status(repo.top).hooks[0].chained == (mode == 0o755)
    assert "already" in install(repo.top)[0]  # and is not put aside again
    assert uninstall(repo.top)[0] == f"{hooks}/pre-commit: removed; the hook that was there before is back"
    assert tree(hooks) == before


def test_a_hook_of_someone_else_is_not_taken_away(repo, hooks):
    repo.hook("pre-commit", "echo theirs\n")
    before = tree(hooks)
    assert uninstall(repo.top)[0] == f"{hooks}/pre-commit: is not vaultkit's, and stays as it is"
    assert tree(hooks) == before


def test_two_other_hooks_are_too_many(repo, hooks):
    """One kept from before, and one that someone put over ours since: neither may be lost."""
    install(repo.top)
    repo.hook("pre-commit.vaultkit-prev", "echo first\n")
    repo.hook("pre-commit", "echo second\n")
    before = tree(hooks)
    with pytest.raises(UsageError, match="join the two"):
        install(repo.top)
    assert tree(hooks) == before  # nothing was done
    uninstall(repo.top)
    left = {name: text for name, text in before.items() if name.startswith("pre-commit")}
    assert tree(hooks) == left


def test_a_linked_hook_is_left_alone(repo, hooks):
    repo.write("scripts/check", OTHER)
    hooks.mkdir(exist_ok=True)
    (hooks / "pre-commit").symlink_to("../../scripts/check")
    with pytest.raises(UsageError, match=r"is a link to \.\./\.\./scripts/check; add there: vaultkit hook pre-commit"):
        install(repo.top)
    uninstall(repo.top)
    assert (hooks / "pre-commit").is_symlink()
    assert (repo.top / "scripts" / "check").read_text() == OTHER


class Stopped(BaseException):
    """As if the program had been killed."""


@pytest.mark.parametrize("verb", [install, uninstall])
def test_stopped_at_any_step_it_is_finished_by_the_next_run(repo, hooks, monkeypatch, verb):
    theirs = repo.hook("pre-commit", "echo theirs\n")
    original = tree(hooks)
    install(repo.top)
    installed = tree(hooks)
    states = {install: (original, installed), uninstall: (installed, original)}
    for step in range(1, 200, 5 if verb is install else 1):
        before, after = states[verb]
        (uninstall if verb is install else install)(repo.top)
        assert tree(hooks) == before
        count = 0

        def stop(number: int, operation: str, path: str, step: int = step) -> None:
            nonlocal count
            count += 1
            if count == step:
                raise Stopped

        monkeypatch.setattr(disk, "on_step", stop)
        try:
            verb(repo.top)
            break
        except Stopped:
            assert any(b"echo theirs" in text for _, text in tree(hooks).values())
        finally:
            monkeypatch.setattr(disk, "on_step", None)
        verb(repo.top)
        assert tree(hooks) == after
    assert step > 12
    assert theirs.exists()


def test_hooks_elsewhere_by_this_repository_are_left_to_the_user(repo, hooks):
    repo.git("config", "core.hooksPath", ".husky/_")
    done = install(repo.top)
    assert done[0] == f"core.hooksPath is {repo.top}/.husky/_: vaultkit writes nothing there"
    assert done[1] == f"add to {repo.top}/.husky/pre-commit\nvaultkit hook pre-commit || exit 1"
    assert f'add to {repo.top}/.husky/pre-push\nvaultkit hook pre-push "$@" || exit 1' in done
    assert f'add to {repo.top}/.husky/post-merge\nvaultkit hook post-merge "$@"' in done
    assert not tree(hooks)
    found = status(repo.top)
    assert (found.installed, found.site.redirected) == (False, True)
    assert done[1] in found.advice
    repo.write(".husky/pre-commit", "npm test\nvaultkit hook pre-commit || exit 1\n")
    found = status(repo.top)
    assert found.installed
    assert done[1] not in found.advice
    assert done[2] in found.advice


def test_hooks_elsewhere_for_all_repositories_are_refused(repo, hooks, tmp_path, monkeypatch):
    (tmp_path / "config").write_text(f"[core]\n\thooksPath = {tmp_path}/all\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    with pytest.raises(UsageError, match=r"core\.hooksPath is .*/all, set outside this repository"):
        install(repo.top)
    assert not tree(hooks)
    repo.git("config", "core.hooksPath", str(hooks))  # the way out that the message names
    install(repo.top)
    assert status(repo.top).installed


@pytest.mark.parametrize(
    ("config", "name", "words"),
    [
        (".pre-commit-config.yaml", "pre-commit", "entry: vaultkit hook lint"),
        ("lefthook.yml", "lefthook", "run: vaultkit hook pre-commit"),
        (".husky/other", "husky", "add to .husky/pre-commit"),
    ],
)
def test_another_manager_that_is_only_configured(repo, config, name, words):
    repo.write(config, "")
    done = install(repo.top)
    assert "installed" in done[0]
    assert name in done[len(ALWAYS)]
    assert words in done[len(ALWAYS)]
    found = status(repo.top)
    assert found.installed
    assert [manager.name for manager in found.site.managers] == [name]


@pytest.mark.parametrize(
    ("mark", "config"),
    [
        ("# File generated by pre-commit: https://pre-commit.com", ".pre-commit-config.yaml"),
        ("# File generated by prek: https://github.com/j178/prek", ".pre-commit-config.yaml"),
        ("call_lefthook run pre-commit", "lefthook.yml"),
    ],
    ids=["pre-commit", "prek", "lefthook"],
)
def test_the_hook_of_another_manager_stays(repo, hooks, mark, config):
    repo.hook("pre-commit", f"{mark}\n")
    before = tree(hooks)
    told = install(repo.top)[0]
    assert "stay as they are" in told
    assert tree(hooks) == before
    assert not status(repo.top).installed
    repo.write(config, "vaultkit hook lint")
    assert status(repo.top).installed


def test_ours_kept_by_the_framework_counts_and_is_taken_away(repo, hooks):
    """`pre-commit install` keeps a hook as `.legacy` and runs it."""
    repo.hook("pre-commit", "echo theirs\n")
    install(repo.top)
    (hooks / "pre-commit").rename(hooks / "pre-commit.legacy")
    framework = repo.hook("pre-commit", "# File generated by pre-commit: https://pre-commit.com\n").read_bytes()
    assert status(repo.top).installed
    uninstall(repo.top)
    assert {name: text for name, (_, text) in tree(hooks).items()} == {
        "pre-commit": framework,
        "pre-commit.legacy": OTHER.encode(),
    }


def test_work_trees_share_the_hook(vault, hooks, tmp_path):
    vault.commit()
    vault.git("worktree", "add", "-q", str(tmp_path / "second"))
    install(tmp_path / "second")
    assert is_ours((hooks / "pre-commit").read_bytes())
    assert status(tmp_path / "second").installed
    assert status(vault.top).installed
    uninstall(vault.top)
    assert not tree(hooks)


def test_a_submodule_has_its_own_hooks(repo, vault, tmp_path):
    vault.commit()
    outer = type(repo)(tmp_path / "outer")
    outer.top.mkdir()
    outer.git("init", "-q")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(vault.top), "notes")
    install(outer.top / "notes")
    assert is_ours((outer.top / ".git/modules/notes/hooks/pre-commit").read_bytes())
    assert not tree(outer.top / ".git/hooks")


def test_a_hooks_folder_that_leads_out_of_git_is_not_written_to(repo, hooks, tmp_path):
    subprocess.run(["rm", "-rf", hooks], check=True)
    (tmp_path / "shared").mkdir()
    hooks.symlink_to(tmp_path / "shared")
    with pytest.raises(DiskError, match="leads outside"):
        install(repo.top)
    assert not tree(tmp_path / "shared")


def test_status_names_the_vaults(repo):
    assert status(repo.top).vaults == ()
    assert "no vault" in status(repo.top).advice[0]
    repo.stage("docs/README.md", "")
    repo.write("notes/.obsidian/app.json", "{}")
    repo.write("notes/a.md", "")
    repo.stage("other/.obsidian/app.json", "{}")
    found = status(repo.top / "notes")
    assert found.site.top == repo.top
    assert found.vaults == ("notes", "other")
    assert found.advice == ("`vaultkit git install` puts the hooks in place",)
    install(repo.top / "notes")
    assert status(repo.top).advice == ()
    assert status(repo.top).lines() == [
        f"repository          {repo.top}",
        "vaults              notes, other",
        f"hooks               {repo.top}/.git/hooks",
        "pre-commit          is installed",
        "pre-merge-commit    is installed",
        "pre-push            is installed",
        "prepare-commit-msg  is not asked for (`hooks:` in vaultkit.yaml)",
        "post-merge          is installed",
        "post-checkout       is installed",
        "post-rewrite        is installed",
        "merge driver        is installed",
    ]
    (repo.top / ".git/hooks/post-merge").unlink()
    assert status(repo.top).advice == ("`vaultkit git install` puts post-merge in place, too",)


@pytest.mark.parametrize("verb", [install, status, uninstall])
def test_where_there_is_no_repository(tmp_path, verb):
    with pytest.raises(NotARepository, match="`git init`"):
        verb(tmp_path)
    with pytest.raises(NotARepository):
        verb(tmp_path / "gone")
    GitPython.init(tmp_path / "bare", bare=True).close()
    with pytest.raises(NotARepository, match="bare"):
        verb(tmp_path / "bare")


def test_a_hook_that_cannot_be_read_is_told(repo, hooks):
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    repo.hook("pre-commit", "").chmod(0)
    with pytest.raises(GitError, match="cannot be read"):
        install(repo.top)
