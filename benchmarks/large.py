"""`python -m benchmarks large`: exports of any size, made up and imported: seconds, and memory, which must stay flat.

`LARGE` is the table of the formats, each with the generator of one. Knows nothing of how an import works: it is
measured as a command. The exports are made below `--work` and kept for the next run.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import shutil
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.generated import prose
from benchmarks.measure import Command, Failed, run

LIMIT = 600
"""Megabytes of memory that no import may take, however large the export."""
_SEED = 20010203
_MB = 1_000_000


class Large(NamedTuple):
    """A format: the name of the file, what it begins and ends with, its records without end, what is between them."""

    file: str
    records: Callable[[random.Random], Iterator[str]]
    begin: str = ""
    between: str = "\n"
    end: str = "\n"


def dayone(chance: random.Random) -> Iterator[str]:
    """Entries of Day One, one an hour: some 2 kB of text, which stands in each once more as rich text, and a photo
    every now and then, of which there is no file."""
    when = dt.datetime(1990, 1, 1, 6, tzinfo=dt.UTC)
    while True:
        when += dt.timedelta(hours=1)
        id_ = uuid.UUID(int=chance.getrandbits(128)).hex.upper()
        text = "\n\n".join(prose(chance) for _ in range(chance.randint(2, 8)))
        rich = {"contents": [{"text": f"{line}\n"} for line in text.split("\n")], "meta": {"version": 1}}
        place = {"latitude": 53.4, "longitude": -6.2, "localityName": "Grotmoor", "country": "Lohsand"}
        entry = {
            "uuid": id_,
            "creationDate": f"{when:%Y-%m-%dT%H:%M:%SZ}",
            "modifiedDate": f"{when:%Y-%m-%dT%H:%M:%SZ}",
            "timeZone": "Europe/Dublin",
            "starred": chance.random() < 0.1,
            "tags": chance.sample(("walk", "work", "reading"), chance.randint(0, 3)),
            "location": place | {"placeName": "Dykstede Harbour", "region": {"center": place, "radius": 75}},
            "weather": {"conditionsDescription": "Mostly Cloudy", "temperatureCelsius": 11, "windBearing": 280},
            "creationDevice": "Telephone",
            "richText": json.dumps(rich),
            "text": text.replace(".", "\\."),
        }
        yield json.dumps(entry, indent=2)


LARGE: dict[str, Large] = {
    "dayone": Large("Journal.json", dayone, '{"metadata": {"version": "1.0"}, "entries": [\n', ",\n", "\n]}\n"),
}


def write(large: Large, path: Path, size: int) -> int:
    """An export of at least `size` bytes at `path`, the same each time; how many records it holds."""
    chance = random.Random(_SEED)
    written = count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(large.begin)
        for record in large.records(chance):
            written += file.write((large.between if count else "") + record)
            count += 1
            if written >= size:
                break
        file.write(large.end)
    return count


def main(arguments: Sequence[str]) -> int:
    """Print a line for each format; 1 when an import failed, or took more memory than it may."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks large", description=__doc__.partition("\n")[0])
    parser.add_argument("format", nargs="*", choices=[*LARGE, []], metavar="FORMAT", help=", ".join(LARGE))
    parser.add_argument("--megabytes", type=int, default=1000, metavar="N", help="of the export (default: %(default)s)")
    parser.add_argument(
        "--work",
        type=lambda text: Path(text).absolute(),
        default=Path(tempfile.gettempdir(), "vaultkit-benchmarks"),
        metavar="DIR",
        help="where exports and vaults are made (default: %(default)s)",
    )
    options = parser.parse_args(arguments)
    fits = True
    for name in options.format or LARGE:
        folder = options.work / f"large-{options.megabytes}"
        folder.mkdir(parents=True, exist_ok=True)
        try:
            fits &= _measure(name, LARGE[name], folder, options.megabytes * _MB)
        except Failed as e:
            print(e, file=sys.stderr)
            fits = False
    return 0 if fits else 1


def _measure(name: str, large: Large, folder: Path, size: int) -> bool:
    """Print the line of a format; whether it kept to the limit."""
    export = folder / large.file
    count = write(large, export, size)
    vault = folder / f"vault of {name}"

    def empty() -> None:
        shutil.rmtree(vault, ignore_errors=True)
        (vault / ".obsidian").mkdir(parents=True)

    argv = (sys.executable, "-m", "vaultkit", "import", str(export), "--vault", str(vault), "--tz", "UTC")
    cost = run(Command(argv, folder, dict(os.environ), before=empty), sample=sys.platform == "linux")
    shutil.rmtree(vault)
    peak = cost.peak / _MB
    print(
        f"{name}: {size / _MB:.0f} MB, {count} records: {cost.wall:.0f} s, {peak:.0f} MB of memory (at most {LIMIT})",
        flush=True,
    )
    return peak <= LIMIT
