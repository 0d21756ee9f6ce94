"""Command lines of `lint` that are read without click: they mean what click would make of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from vaultkit.cli.lint import command
from vaultkit.cli.lint_asked import Asked, plain

HERE, NOTE = Path("here"), Path("a b/Note.md")


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        ([], Asked()),
        (["here", "a b/Note.md"], Asked((HERE, NOTE))),
        (["--no-cache", "here"], Asked((HERE,), no_cache=True)),
        (["here", "--fix", "a b/Note.md", "--unsafe-fixes"], Asked((HERE, NOTE), fix=True, unsafe_fixes=True)),
        (["--diff", "--diff", "--staged"], Asked(diff=True, staged=True)),
        ([""], Asked((Path(),))),
    ],
    ids=str,
)
def test_paths_and_flags(arguments: list[str], asked: Asked) -> None:
    assert plain(arguments) == asked
    assert command.make_context("lint", list(arguments)).params == asked._asdict()


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["-h"], ["--select", "x"], ["--select=x"], ["--jobs", "2"], ["--fi"], ["--", "--fix"], ["-"]],
    ids=str,
)
def test_all_else_is_left_to_click(arguments: list[str]) -> None:
    assert plain(arguments) is None


def test_nobody_reads_what_is_printed(vault) -> None:
    root = vault({"A.md": "[[Nowhere]]\n"})
    read, write = os.pipe()
    os.close(read)
    program = [sys.executable, "-m", "vaultkit", "lint", "--no-cache", str(root)]
    done = subprocess.run(program, stdout=write, stderr=subprocess.PIPE, timeout=120, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")
