"""`python -m benchmarks samples`: what becomes of each real export: items, notes, attachments, links, seconds.

The exports are those of `tests/real/samples.py`, beside the repository; a line for each import into an empty vault.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.real.samples import SAMPLES, Sample
from vaultkit.cli.import_ import choices_from
from vaultkit.config import Config
from vaultkit.importing.batch import open_all, read_all
from vaultkit.importing.run import run_import
from vaultkit.vault.index import Found
from vaultkit.vault.tree import Vault, open_vault

FOLDER = Path(__file__).parents[2] / "shared" / "samples"
_HEAD = ("sample", "items", "notes", "attachments", "linked", "not linked", "seconds")


def main() -> int:
    """Print the table; 1 when there are no samples."""
    if not FOLDER.is_dir():
        print(f"{FOLDER}: no sample exports are here", file=sys.stderr)
        return 1
    rows = [_HEAD, *(_measured(sample) for sample in SAMPLES)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(_HEAD))]
    for row in rows:
        rest = "  ".join(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        print(f"{row[0]:{widths[0]}}  {rest}")
    return 0


def _measured(sample: Sample) -> tuple[str, ...]:
    exports = [str(path) for path in sample.paths(FOLDER)]
    choices = choices_from(Config())
    batch = read_all(open_all(exports, choices), choices.options)
    items = sum(map(len, batch.read.values()))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / ".obsidian").mkdir()
        start = time.perf_counter()
        report = run_import(open_vault(root), exports, choices)
        seconds = time.perf_counter() - start
        vault = open_vault(root)
        linked = _linked(vault)
        files = [path for path in vault.files if not path.endswith(".md")]
    counts = (items, len(report.notes), len(files), linked, len(report.unresolved))
    return (str(sample), *map(str, counts), f"{seconds:.2f}")


def _linked(vault: Vault) -> int:
    """How many links of the notes lead somewhere."""
    links = [(path, link) for path in vault.notes for link in vault.notes[path].links]
    return sum(isinstance(vault.index.follow(link, path), Found) for path, link in links)
