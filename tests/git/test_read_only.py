"""A repository whose `.git` may not be written to: what can be judged is judged, and nothing is half changed."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.git.conftest import Repo
from tests.git.test_edges import MARKED, change_all, installed

_CAPBSET_DROP, _OVERRIDES = 24, (1, 2)
"""What root may do in spite of the permissions of files and folders, as Linux counts it."""


def _obeys_permissions() -> None:
    if os.geteuid() == 0:
        for capability in _OVERRIDES:
            ctypes.CDLL(None).prctl(_CAPBSET_DROP, capability, 0, 0, 0)


def hook(repo: Repo, *arguments: str) -> tuple[int, str]:
    """Exit code and all that is said, by somebody who may not do more than the permissions say."""
    done = subprocess.run(
        [sys.executable, "-m", "vaultkit", "hook", *arguments],
        cwd=repo.top,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        preexec_fn=_obeys_permissions,  # the tests have no threads
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(params=["all of .git", "the folder alone"])
def sealed(repo: Repo, request: pytest.FixtureRequest) -> Iterator[Repo]:
    """A vault with something for each hook, that can be read only."""
    vault = installed(repo)
    change_all(vault)
    vault.stage("Marked.md", f"{MARKED}\n[[Nowhere/now]]\n")
    folders = [vault.top / ".git"]
    if request.param == "all of .git":
        folders += [path for path in folders[0].rglob("*") if path.is_dir()]
    for folder in folders:
        folder.chmod(0o555)
    yield vault
    for folder in folders:
        folder.chmod(0o755)


def state(repo: Repo) -> tuple[str, dict[str, bytes]]:
    files = {path.name: path.read_bytes() for path in repo.top.glob("*.md")}
    return repo.git("ls-files", "-s").stdout, files


@pytest.mark.skipif(sys.platform != "linux", reason="how root is made to obey permissions is Linux's")
def test_what_cannot_be_changed_is_told_and_all_else_is_judged(sealed):
    before = state(sealed)
    code, said = hook(sealed, "pre-commit")
    assert code == 1
    assert "Traceback" not in said
    for line in (
        "New.md: 1 fix could be made",
        "Home.md: 1 link would lead nowhere after this commit",
        "Marked.md:7:1 links-resolve ",
        "Marked.md:1:1 no-conflict-markers ",
        "Home.md:1:1 links-resolve ",
    ):
        assert line in said
    assert said.count("git cannot write to") == 2
    assert state(sealed) == before


@pytest.mark.skipif(sys.platform != "linux", reason="how root is made to obey permissions is Linux's")
@pytest.mark.parametrize(
    ("name", "code"),
    [("fix", 1), ("fix --restage", 1), ("relink", 1), ("lint", 1), ("links", 1), ("conflicts", 1), ("hygiene", 0)]
    + [(name, 0) for name in ("reindex", "pre-push", "post-merge", "post-checkout a b 1", "post-rewrite")],
)
def test_each_hook_alone(sealed, name, code):
    before = state(sealed)
    done, said = hook(sealed, *name.split())
    assert (done, "Traceback" in said) == (code, False)
    assert ("git cannot write to" in said) == (name.split()[0] in ("fix", "relink"))
    assert state(sealed) == before
