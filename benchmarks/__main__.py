"""`python -m benchmarks`: the options, the progress, the table. Knows nothing of how a figure comes about."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import hooks, large, merging, samples
from benchmarks.contestants import Contestants
from benchmarks.figures import FIGURES, Bench
from benchmarks.measure import Failed
from benchmarks.table import Row, render
from benchmarks.vaults import Sizes, Vaults
from vaultkit import __version__

_CORES = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0, or 1 when something could not be measured."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["merge"]:
        return merging.main(given[1:])
    if given[:1] == ["large"]:
        return large.main(given[1:])
    if given[:1] == ["samples"]:
        return samples.main()
    if given[:1] == ["git"]:
        return hooks.main(given[1:])
    options = _options().parse_args(given)
    _hold_to_cores()
    vaults = Vaults(options.work, Sizes.all_of(options.notes) if options.notes else Sizes())
    contestants = Contestants(options.work, with_rumdl=not options.no_rumdl)
    bench = Bench(vaults, contestants, options.rounds or (2 if options.quick else 5))
    options.work.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    try:
        for name in options.only or _wanted(options.quick, options.million):
            print(f"{name} …", file=sys.stderr, flush=True)
            rows += FIGURES[name].measure(bench)
    except Failed as e:
        print(e, file=sys.stderr)
        return 1
    machine = _machine(bench)
    print(f"{', '.join(f'{name}: {value}' for name, value in machine.items())}\n\n{render(rows)}")
    if options.json:
        measured = [{**dataclasses.asdict(row), "ratio": row.ratio, "met": row.met} for row in rows]
        options.json.write_text(json.dumps({"machine": machine, "rows": measured}, indent=2) + "\n", "utf-8")
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure how fast vaultkit is; `merge`: how often a merge needs a person; `git`: what hooks cost; "
        "`samples`: real exports; `large`: exports of 1 GB.",
    )
    parser.add_argument("--rounds", type=_positive, metavar="N", help="how often each command is run (default: 5)")
    parser.add_argument("--only", action="append", choices=FIGURES, metavar="ROW", help=", ".join(FIGURES))
    parser.add_argument("--quick", action="store_true", help="two rounds, and not the tenfold vault")
    parser.add_argument("--million", action="store_true", help="a million notes, too: takes 5 GB of disk and long")
    parser.add_argument("--notes", type=_vault_size, metavar="N", help="generate all vaults, of N notes each")
    parser.add_argument("--no-rumdl", action="store_true", help="measure without rumdl")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE, too")
    parser.add_argument(
        "--work",
        type=lambda text: Path(text).absolute(),
        default=Path(tempfile.gettempdir(), "vaultkit-benchmarks"),
        metavar="DIR",
        help="where vaults are made and kept for the next run (default: %(default)s)",
    )
    return parser


def _positive(text: str) -> int:
    if int(text) < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return int(text)


def _vault_size(text: str) -> int:
    if int(text) < 1 or int(text) % 100:
        raise argparse.ArgumentTypeError("must be a multiple of 100: as many notes share a name in one of the vaults")
    return int(text)


def _wanted(quick: bool, million: bool) -> list[str]:
    left_out = {"tenfold"} if quick else set()
    if not million:
        left_out.add("million")
    return [name for name, figure in FIGURES.items() if figure.size not in left_out]


def _hold_to_cores() -> None:
    """All that runs from here on has two cores, however many there are, so that machines can be compared."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:_CORES])


def _machine(bench: Bench) -> dict[str, str]:
    rumdl = bench.contestants.rumdl_program
    version = rumdl and subprocess.run([rumdl, "--version"], capture_output=True, text=True, check=False).stdout
    return {
        "cores": f"{min(os.cpu_count() or 1, _CORES)} of {os.cpu_count()}",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "vaultkit": __version__,
        "rumdl": version.split()[-1] if version else "not installed, or not wanted",
        "hub": "the Obsidian Hub" if bench.vaults.hub_is_real else "generated, of the Obsidian Hub's make-up",
        "medians of": f"{bench.rounds} rounds",
    }


if __name__ == "__main__":
    sys.exit(main())
