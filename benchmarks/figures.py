"""The figures: which vault, which contestants, what of their cost, and how much it may be.

`must` is what a release has to keep, `aim` is what would be good.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from benchmarks.contestants import LINKS_ONLY, Contestants
from benchmarks.generated import links_of_linked
from benchmarks.measure import Command, Cost, interleaved, median_of, run
from benchmarks.table import Row
from benchmarks.vaults import SEEDS, Vault, Vaults, kept, room_for_notes

_RUMDL = "rumdl"
_MB = 1e6


@dataclass(frozen=True, slots=True)
class Bench:
    """What a figure is measured with."""

    vaults: Vaults
    contestants: Contestants
    rounds: int

    def compare(self, **commands: Command | None) -> dict[str, Cost]:
        """The median cost of each, run by turns; what there is not (None) is left out."""
        return interleaved(self.rounds, {name: one for name, one in commands.items() if one is not None})


def _hub_cold(bench: Bench) -> Iterator[Row]:
    cpu, what = _against_links_only(bench, bench.vaults.hub()), "hub, cold, one process: CPU"
    yield Row("hub-cold", what, "s", cpu["ours"], "rumdl, links only", cpu.get("rumdl"), must=0.8, aim=0.5)
    yield Row("hub-cold", what, "s", cpu["ours"], "rumdl, links only, one thread", cpu.get("alone"))


def _diary_cold(bench: Bench) -> Iterator[Row]:
    vault = bench.vaults.diary()
    cpu = _against_links_only(bench, vault)
    what = f"diary of {vault.notes:,} notes, cold, one process: CPU"
    yield Row("diary-cold", what, "s", cpu["ours"], "rumdl, links only", cpu.get("rumdl"))


def _against_links_only(bench: Bench, vault: Vault) -> dict[str, float]:
    """Seconds of CPU of `ours`, and where there is one of `rumdl` and of rumdl `alone`, in one thread."""
    rumdl = bench.contestants.rumdl(vault, *LINKS_ONLY)
    alone = rumdl and replace(rumdl, env={**rumdl.env, "RAYON_NUM_THREADS": "1"})
    cost = bench.compare(ours=bench.contestants.lint_alone(vault), rumdl=rumdl, alone=alone)
    return {name: one.cpu for name, one in cost.items()}


def _hub_default(bench: Bench) -> Iterator[Row]:
    vault = bench.vaults.hub()
    cost = bench.compare(ours=bench.contestants.lint_cold(vault), rumdl=bench.contestants.rumdl(vault))
    rumdl = cost["rumdl"].wall if "rumdl" in cost else None
    yield Row("hub-default", "hub, cold, default settings: wall", "s", cost["ours"].wall, _RUMDL, rumdl, 0.4, 0.25)


def _hub_unchanged(bench: Bench) -> Iterator[Row]:
    yield _unchanged(bench, "hub-unchanged", "hub", bench.vaults.hub())


def _tenfold_unchanged(bench: Bench) -> Iterator[Row]:
    yield _unchanged(bench, "tenfold-unchanged", "tenfold hub", bench.vaults.tenfold())


def _unchanged(bench: Bench, figure: str, name: str, vault: Vault) -> Row:
    them = bench.contestants
    cost = bench.compare(ours=them.lint(vault), floor=them.floor("stat", vault), python=them.python())
    ours, floor = (cost[one].wall - cost["python"].wall for one in ("ours", "floor"))
    what = f"{name}, nothing changed, less Python's start: wall"
    return Row(figure, what, "s", ours, "scandir + stat", floor, must=2.0, aim=1.3)


def _tenfold_cold(bench: Bench) -> Iterator[Row]:
    cold = bench.contestants.lint_cold(bench.vaults.tenfold())
    wall = bench.compare(ours=cold)["ours"].wall
    yield Row("tenfold-cold", "tenfold hub, cold, two cores: wall", "s", wall, must=9, aim=4)
    peak = run(cold, sample=True).peak / _MB
    yield Row("tenfold-cold", "tenfold hub, cold: peak memory, all processes", "MB", peak, must=400, aim=250)


def _tenfold_edited(bench: Bench) -> Iterator[Row]:
    vault = bench.vaults.tenfold()
    number = itertools.count()
    note = vault.some_note()

    def append(text: str) -> None:
        with note.open("a", encoding="utf-8") as file:
            file.write(text)

    with kept(note):
        sentence = _edited(bench, vault, lambda: append(f"\nWritten in round {next(number)}.\n"))
    yield Row("tenfold-edited", "tenfold hub, a sentence more in a note: wall", "s", sentence, must=0.8, aim=0.4)
    with kept(note):
        heading = _edited(bench, vault, lambda: append(f"\n## Round {next(number)}\n"))
    yield Row("tenfold-edited", "tenfold hub, a heading more in a note: wall", "s", heading, must=0.8, aim=0.4)
    with room_for_notes(vault) as folder:
        added = _edited(bench, vault, lambda: _add_note(folder / f"Round {next(number)}.md"))
    yield Row("tenfold-edited", "tenfold hub, a note more: wall", "s", added, must=0.8, aim=0.4)


def _edited(bench: Bench, vault: Vault, edit: Callable[[], None]) -> float:
    """Wall time of a run of which each follows upon an edit."""
    return bench.compare(ours=replace(bench.contestants.lint(vault), before=edit))["ours"].wall


def _add_note(note: Path) -> None:
    note.write_text("---\ntags:\n  - bench\n---\n# Added\n\nA note that was not there before.\n", "utf-8")


def _million(bench: Bench) -> Iterator[Row]:
    vault = bench.vaults.million()
    name = f"{vault.notes:,} notes"
    cold = bench.contestants.lint_cold(vault)
    yield Row("million", f"{name}, cold: wall, once", "s", run(cold).wall)
    yield Row(
        "million", f"{name}, cold: peak memory, all processes", "MB", run(cold, sample=True).peak / _MB, must=8000
    )
    warm = bench.compare(ours=bench.contestants.lint(vault))["ours"].wall
    yield Row("million", f"{name}, nothing changed: wall", "s", warm, aim=6)


def _import(bench: Bench) -> Iterator[Row]:
    exports = bench.vaults.issues()
    what = f"{bench.vaults.sizes.issues:,} issues with 5 comments each"
    with bench.vaults.to_import_into() as (vault, empty):
        again = bench.contestants.import_(vault, exports)
        first = median_of([run(replace(again, before=empty)) for _ in range(bench.rounds)])
        yield Row("import", f"{what}, imported: wall", "s", first.wall, must=20, aim=8)
        yield Row("import", f"{what}, imported: CPU", "s", first.cpu)
        yield Row("import", f"{what}, imported: peak memory", "MB", first.peak / _MB, must=500, aim=200)
        cost = bench.compare(again=again)["again"]
        yield Row("import", f"{what}, imported again: wall", "s", cost.wall, must=3)
        yield Row("import", f"{what}, imported again: CPU", "s", cost.cpu)
        yield Row("import", f"{what}, imported again: peak memory", "MB", cost.peak / _MB)
        if SEEDS.is_dir():
            seeds = replace(bench.contestants.import_(vault, sorted(SEEDS.glob("*.txt"))), before=empty)
            wall = bench.compare(seeds=seeds)["seeds"].wall
            yield Row("import", "five documents, 320 kB, imported: wall", "s", wall, must=1.5)


def _start(bench: Bench) -> Iterator[Row]:
    them = bench.contestants
    cost = bench.compare(version=them.version(), lint=them.lint_cold(bench.vaults.one_note()))
    yield Row("start", "`vaultkit --version`: CPU", "ms", cost["version"].cpu * 1000, must=80, aim=60)
    yield Row("start", "`vaultkit lint` of one small note: CPU", "ms", cost["lint"].cpu * 1000, must=150, aim=100)


def _linear(bench: Bench) -> Iterator[Row]:
    notes = bench.vaults.sizes.linked
    shapes = {
        "once": (notes, 1),
        "fourfold": (notes * 4, 1),
        "ten": (notes, 10),
        "hundred": (notes, 100),
    }
    vaults = {name: bench.vaults.linked(*shape) for name, shape in shapes.items()}
    commands = {name: bench.contestants.lint_alone(vault) for name, vault in vaults.items()}
    cost = bench.compare(least=bench.contestants.lint_alone(bench.vaults.one_note()), **commands)
    of_link = {
        name: (cost[name].cpu - cost["least"].cpu) / links_of_linked(vault.notes) * 1e6
        for name, vault in vaults.items()
    }
    what = f"{notes * 4:,} notes, cold: CPU of a link"
    yield Row("linear", what, "µs", of_link["fourfold"], f"{notes:,} notes", of_link["once"])
    what = f"{notes:,} notes, 100 of each name, cold: CPU of a link"
    yield Row("linear", what, "µs", of_link["hundred"], "10 of each name", of_link["ten"])


def _hub_floor(bench: Bench) -> Iterator[Row]:
    yield from _floor(bench, "hub-floor", "hub", bench.vaults.hub())


def _tenfold_floor(bench: Bench) -> Iterator[Row]:
    yield from _floor(bench, "tenfold-floor", "tenfold hub", bench.vaults.tenfold())


def _floor(bench: Bench, figure: str, name: str, vault: Vault) -> Iterator[Row]:
    them = bench.contestants
    cost = bench.compare(stat=them.floor("stat", vault), read=them.floor("read", vault), python=them.python())
    for how, against in (("stat", "scandir + stat"), ("read", "the same + read every byte")):
        what = f"{name}, what the disk costs, less Python's start: wall"
        yield Row(figure, what, "s", None, against, cost[how].wall - cost["python"].wall)


class Figure(NamedTuple):
    """Some rows that are measured together. `size`: `hub` is always measured, `tenfold` not when it has to be quick,
    `million` only when asked for."""

    size: str
    measure: Callable[[Bench], Iterator[Row]]


FIGURES = {
    "start": Figure("hub", _start),
    "hub-cold": Figure("hub", _hub_cold),
    "hub-default": Figure("hub", _hub_default),
    "hub-unchanged": Figure("hub", _hub_unchanged),
    "hub-floor": Figure("hub", _hub_floor),
    "diary-cold": Figure("hub", _diary_cold),
    "linear": Figure("hub", _linear),
    "import": Figure("hub", _import),
    "tenfold-cold": Figure("tenfold", _tenfold_cold),
    "tenfold-unchanged": Figure("tenfold", _tenfold_unchanged),
    "tenfold-edited": Figure("tenfold", _tenfold_edited),
    "tenfold-floor": Figure("tenfold", _tenfold_floor),
    "million": Figure("million", _million),
}
"""In the order of the table, by the name that `--only` takes."""
