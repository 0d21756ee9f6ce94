import subprocess
import sys
from pathlib import Path

import pytest

MANIFEST = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"


def test_the_framework_accepts_the_manifest(tmp_path):
    pytest.importorskip("pre_commit")
    validate = [sys.executable, "-m", "pre_commit", "validate-manifest"]
    done = subprocess.run([*validate, MANIFEST], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    wrong = tmp_path / "hooks.yaml"
    wrong.write_text(MANIFEST.read_text().replace("language: python", "language: no such"))
    assert subprocess.run([*validate, wrong], capture_output=True).returncode == 1
