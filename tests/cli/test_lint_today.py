"""Every way to lint knows what day it is."""

from __future__ import annotations

import subprocess

import pytest

FILES = {
    ".obsidian/daily-notes.json": '{"folder": "日記"}',
    "vaultkit.yaml": "lint: {packs: [diary]}\n",
    "日記/9998-12-31.md": "雨。\n",
    "日記/2024-01-17.md": "雪。\n",
}


@pytest.mark.parametrize(
    "options", [[], ["--no-cache"], ["--fix"], ["--jobs", "2"], ["--output-format", "json"], ["日記"]], ids=str
)
def test_a_day_to_come_is_told(run, vault, options: list[str]) -> None:
    root = vault(FILES)
    for _ in range(2):  # the second time it is remembered
        ran = run("lint", *options, cwd=root)
        assert ran.out.count("9998-12-31, a day that is still to come") == 1
        assert ran.out.count("still to come") == 1
        assert ran.code == 1


def test_a_day_to_come_is_told_of_what_is_staged(run, vault) -> None:
    root = vault(FILES)
    for args in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *args], cwd=root, check=True)
    for command in (["lint", "--staged"], ["hook", "pre-commit"]):
        ran = run(*command, cwd=root)
        assert "9998-12-31, a day that is still to come" in ran.out
        assert ran.code == 1
