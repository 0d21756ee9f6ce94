"""What a command loads before it does its work: a verb imports only what it uses.

Read from `-X importtime` of real runs, so that a stray import at the top of a module is seen wherever it stands.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import write_tree

LIBRARIES = {"git", "ruamel", "frontmatter", "charset_normalizer", "jsonschema"}
"""What we depend on for single tasks."""
HEAVY = {"multiprocessing", "subprocess", "asyncio", "unittest", "importlib.metadata", "email", "http"}
"""Slow to load, and needed by none of these."""
CORRIDORS = {"vaultkit.importing", "vaultkit.linting", "vaultkit.git"}
NOTE = "---\ntags: [walk]\ndate: 2024-01-31\n---\n# A walk\n\nTo [[Harbour]].\n"


def _loaded(root: Path, arguments: list[str]) -> set[str]:
    """Names of the modules that a run of `vaultkit` in `root` imports; not those that `import_module` is asked for."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "vaultkit", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        timeout=120,
        check=False,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = (line.split("|") for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {parts[-1].strip() for parts in lines}


def _among(loaded: set[str], names: set[str]) -> set[str]:
    """Those of `loaded` that are one of `names`, or lie inside one."""
    return {module for module in loaded if any(module == name or module.startswith(f"{name}.") for name in names)}


@pytest.mark.parametrize(
    ("arguments", "needed", "forbidden"),
    [
        pytest.param(
            ["--version"],
            {"vaultkit.cli"},
            {"click", "yaml", "json", "re", "pathlib", "dataclasses", "vaultkit.vault", "vaultkit.config", *CORRIDORS},
            id="--version",
        ),
        pytest.param(
            ["--help"], {"click"}, {"yaml", "json", "vaultkit.vault", "vaultkit.config", *CORRIDORS}, id="--help"
        ),
        pytest.param(
            ["lint"],
            {"vaultkit.linting.run"},
            {
                "click",
                "difflib",
                "yaml",
                "dataclasses",
                "inspect",
                "copy",
                "vaultkit.importing",
                "vaultkit.git.plumbing",
                "subprocess",
                "vaultkit.dates.heading",
                "vaultkit.vault.edit_property",
                "vaultkit.linting.fix",
                "vaultkit.linting.baseline",
                "vaultkit.linting.ignores",
                "vaultkit.cli.lint_baseline",
                "vaultkit.cli.lint_ignores",
                "vaultkit.cli.lint_profile",
                "vaultkit.cli.lint_report",
            },
            id="lint",
        ),
        pytest.param(
            ["lint", "--exit-zero"], {"vaultkit.linting.run"}, {"click", "vaultkit.cli.lint_report"}, id="lint, flags"
        ),
        pytest.param(
            ["lint", "--output-format", "full"],
            {"vaultkit.report.full"},
            {"xml", "vaultkit.report.sarif", "vaultkit.report.junit", "vaultkit.report.json"},
            id="lint full",
        ),
        pytest.param(
            ["lint", "--output-format", "json"],
            {"json"},
            {"vaultkit.importing", "vaultkit.git.plumbing"},
            id="lint json",
        ),
        pytest.param(
            ["import", "--help"], {"vaultkit.vault.files"}, {"yaml", "difflib", *CORRIDORS}, id="import --help"
        ),
        pytest.param(
            ["explain", "tags-valid"],
            {"vaultkit.linting.docs"},
            {"difflib", "vaultkit.importing", "vaultkit.git"},
            id="explain",
        ),
        pytest.param(
            ["rules"], {"vaultkit.linting.packs"}, {"difflib", "vaultkit.importing", "vaultkit.git"}, id="rules"
        ),
        pytest.param(
            ["mv", "Harbour.md", "Port.md"], {"vaultkit.vault.move"}, {"yaml", "difflib", *CORRIDORS}, id="mv"
        ),
        pytest.param(["inspect", "Walk.md"], {"json"}, {"yaml", "difflib", *CORRIDORS}, id="inspect"),
        pytest.param(
            ["resolve", "[[Harbour]]"], {"vaultkit.vault.index"}, {"yaml", "difflib", *CORRIDORS}, id="resolve"
        ),
        pytest.param(["sync", "--help"], {"vaultkit.config"}, {"yaml", "difflib", *CORRIDORS}, id="sync --help"),
        pytest.param(["git", "--help"], {"click"}, {"yaml", "vaultkit.vault", *CORRIDORS}, id="git --help"),
    ],
)
def test_a_verb_imports_only_what_it_uses(
    tmp_path: Path, arguments: list[str], needed: set[str], forbidden: set[str]
) -> None:
    root = write_tree(
        tmp_path, {".obsidian/app.json": "{}", "Walk.md": NOTE, "Harbour.md": NOTE.replace("Harbour", "Walk")}
    )
    loaded = _loaded(root, arguments)
    assert needed <= loaded
    assert _among(loaded, forbidden | LIBRARIES | HEAVY) == set()


def test_an_import_that_writes_no_configuration_loads_no_writer_of_yaml(tmp_path: Path) -> None:
    root = write_tree(
        tmp_path, {".obsidian/app.json": "{}", "diary.txt": "2024-01-31\n\nRain.\n\n2024-02-01\n\nSun.\n"}
    )
    loaded = _loaded(root, ["import", "diary.txt", "--dry-run"])
    assert "vaultkit.importing.making" in loaded
    assert _among(loaded, {"ruamel", "vaultkit.importing.split_plan", "charset_normalizer", *HEAVY}) == set()
