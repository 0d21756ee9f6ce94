"""What was just imported has nothing to mend under the pack that is made for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SHARED, Ran

SAMPLES = SHARED / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="needs the sample exports")


@pytest.mark.parametrize("told", [True, False], ids=["Obsidian knows the types", "Obsidian knows no types"])
@pytest.mark.parametrize(
    ("pack", "exports"),
    [
        ("papers", ["seeds/003_ab9e280fd1672d33.txt"]),
        (
            "issues",
            ["github-rest/DocInsight_issues_and_prs_33.json", "github-rest/lab-website-template_issues_163.json"],
        ),
    ],
    ids=["papers", "issues"],
)
def test_a_fresh_import_is_clean(
    vault: Callable[..., Path], run: Callable[..., Ran], pack: str, exports: list[str], told: bool
) -> None:
    root = vault({"vaultkit.yaml": f"lint: {{packs: [{pack}]}}\n"})
    if told:
        assert run("init", root).code == 0
    for export in exports:
        assert "created" in run("import", "--vault", root, SAMPLES / export).out
    ran = run("lint", root, "--no-cache")
    assert (ran.code, ran.out) == (0, "Nothing found.\n")
