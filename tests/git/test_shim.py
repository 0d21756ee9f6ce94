import os
import subprocess
import sys
from pathlib import Path

import pytest

import vaultkit
from vaultkit.git.shim import hook_script, is_ours, own_command

SAYS = '#!/bin/sh\nprintf "%s|" NAME "$@"\n'


def program(path: Path, name: str = "baked") -> Path:
    """A stand-in for vaultkit that prints `name` and what it was given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SAYS.replace("NAME", name))
    path.chmod(0o755)
    return path


def run(tmp_path: Path, command: tuple[str, ...], **env: str) -> subprocess.CompletedProcess[str]:
    """The hook as a window program starts it: nothing in the environment but the system's PATH."""
    hook = tmp_path / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_bytes(hook_script("pre-commit", command))
    hook.chmod(0o755)
    return subprocess.run(
        ["hooks/pre-commit", "first", "b c"],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    "folder", ["bin", "a b", "it's", 'q"q', "$HOME `x` $(y)", "line\nend", "日記", os.fsdecode(b"\xff"), "back\\slash"]
)
def test_the_program_is_found_where_it_is(tmp_path, folder):
    done = run(tmp_path, (str(program(tmp_path / folder / "vaultkit")), "an argument"))
    assert (done.returncode, done.stdout) == (0, "baked|an argument|hook|pre-commit|first|b c|")


def test_zero_skips_it(tmp_path):
    done = run(tmp_path, (str(program(tmp_path / "vaultkit")),), VAULTKIT="0")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("where", ["PATH", "home", "config"])
def test_elsewhere_when_it_is_gone(tmp_path, where):
    env = {}
    if where == "PATH":
        env["PATH"] = f"{program(tmp_path / 'other' / 'vaultkit', where).parent}:/usr/bin:/bin"
    elif where == "home":
        env["HOME"] = str(tmp_path)
        program(tmp_path / ".local" / "bin" / "vaultkit", where)
    else:
        env["HOME"] = str(tmp_path)
        subprocess.run(
            ["git", "config", "--file", tmp_path / ".gitconfig", "vaultkit.bin", program(tmp_path / "x", where)],
            check=True,
        )
    done = run(tmp_path, (str(tmp_path / "gone"),), **env)
    assert (done.returncode, done.stdout) == (0, f"{where}|hook|pre-commit|first|b c|")


def test_nowhere_is_told_and_refuses(tmp_path):
    done = run(tmp_path, (f"{tmp_path}/it's gone",))
    assert done.returncode == 1
    assert done.stdout == ""
    for words in (f"not found at {tmp_path}/it's gone", "PATH=/usr/bin:/bin", "vaultkit.bin", "VAULTKIT=0"):
        assert words in done.stderr


@pytest.mark.parametrize("skip", [{}, {"VAULTKIT": "0"}], ids=["both", "ours skipped"])
def test_the_previous_hook_runs_first_and_may_refuse(tmp_path, skip):
    previous = program(tmp_path / "hooks" / "pre-commit.vaultkit-prev", "previous")
    ours = (str(program(tmp_path / "vaultkit")),)
    assert run(tmp_path, ours, **skip).stdout == "previous|first|b c|" + (
        "" if skip else "baked|hook|pre-commit|first|b c|"
    )
    previous.write_text("#!/bin/sh\nexit 7\n")
    done = run(tmp_path, ours, **skip)
    assert (done.returncode, done.stdout) == (7, "")


def test_a_previous_hook_that_git_did_not_run_is_not_run(tmp_path):
    program(tmp_path / "hooks" / "pre-commit.vaultkit-prev", "previous").chmod(0o644)
    assert run(tmp_path, (str(program(tmp_path / "vaultkit")),)).stdout.startswith("baked|")


@pytest.mark.parametrize(
    ("script", "ours"),
    [
        (hook_script("pre-commit", ("/x",)), True),
        (b"#!/bin/sh\n# vaultkit-hook v27, of the future\n", True),
        (b"#!/bin/sh\nvaultkit hook pre-commit\n", False),
        (b"#!/bin/sh\n" + b"\n" * 9 + b"# vaultkit-hook v1\n", False),
        (b"", False),
    ],
    ids=["this one", "another version", "calls it", "quotes it", "empty"],
)
def test_which_are_ours(script, ours):
    assert is_ours(script) is ours


def test_the_running_vaultkit_is_named_absolutely(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert own_command() == (f"{tmp_path}/python", "-P", "-m", "vaultkit")
    program(tmp_path / "vaultkit")
    assert own_command() == (f"{tmp_path}/vaultkit",)


@pytest.mark.parametrize("locale", [{}, {"LC_ALL": "en_US.ISO-8859-1", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}])
def test_modules_in_the_vault_are_not_run(vault, monkeypatch, tmp_path, locale):
    """Without the script beside its Python, vaultkit is a module that Python looks for."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "python"))
    command = own_command()
    assert command[1] == "-P"
    monkeypatch.undo()
    for name in ("re.py", "vaultkit/__init__.py", "json.py", "subprocess.py"):
        vault.stage(name, "open('trapped', 'w')\nraise SystemExit\n")
    vault.stage("Bad.md", "[[Nowhere]]\n")
    hook = vault.hook("pre-commit", "")
    hook.write_bytes(hook_script("pre-commit", command))
    roots = os.pathsep.join([str(Path(vaultkit.__file__).parents[1]), *filter(None, sys.path)])
    done = vault.git("commit", "-qm", "x", check=False, PYTHONPATH=roots, **locale)
    assert "leads nowhere" in done.stdout + done.stderr
    assert not (vault.top / "trapped").exists()
