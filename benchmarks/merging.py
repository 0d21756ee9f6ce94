"""`python -m benchmarks merge`: how often the merge of an import, and the merge driver, need a person, beside git's own
line merge.

All get the same notes with the same edits on two sides (`edits`). Looks at every result, too: a merge that asks nobody
must be what both sides wrote, and none may lose a word.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks import generated
from benchmarks.edits import Change, applied, changes, touch
from benchmarks.vaults import HUB_ARCHIVE, SEEDS, Sizes, Vaults
from vaultkit.importing.merge import merge
from vaultkit.importing.merge.words import tokens
from vaultkit.vault.frontmatter import find_front_matter
from vaultkit.vault.properties_block import front_matter_end

_LARGEST = 64 * 1024


class Pair(NamedTuple):
    """A note and what two sides made of it."""

    base: bytes
    mine: bytes
    theirs: bytes
    expected: bytes | None
    """What both come to; None when edits touch, so that nobody can say."""


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 when a result was wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks merge")
    parser.add_argument("--pairs", type=int, default=2000, metavar="N", help="merges per vault (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="other edits (default: %(default)s)")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N results that look wrong")
    parser.add_argument(
        "--calls", type=int, default=40, metavar="N", help="timed calls per vault (default: %(default)s)"
    )
    options = parser.parse_args(arguments)
    print(
        "| notes | merges | git needs a person | an import does | of them in the body | the driver does | ms a merge "
        "| wrong |"
    )
    print("| --- | --: | --: | --: | --: | --: | --: | --: |")
    wrong = 0
    calls: list[Pair] = []
    for name, notes in _vaults():
        pairs = list(pairs_of(notes, options.pairs, options.seed))
        wrong += measure(name, pairs, options.show)
        calls += pairs[: options.calls]
    if calls:
        _tell_cost(calls)
    return 1 if wrong else 0


def _tell_cost(pairs: Sequence[Pair]) -> None:
    from benchmarks.driving import cost

    print(f"\n| CPU of a call, {len(pairs)} merges | median, ms | 95 of 100 below, ms |\n| --- | --: | --: |")
    for name, one in zip(("the merge driver", "git merge-file", "Python that does nothing"), cost(pairs), strict=True):
        print(f"| {name} | {one.median:.1f} | {one.most:.1f} |")


def measure(name: str, pairs: Sequence[Pair], show: int) -> int:
    """Print the row of a vault; how many results are wrong."""
    from benchmarks.driving import drive

    asked = asked_in_body = 0
    wrong: list[tuple[Pair, bytes, str]] = []
    start = time.process_time()
    results = [merge(pair.base, pair.mine, pair.theirs, "benchmark") for pair in pairs]
    cost = (time.process_time() - start) / max(1, len(pairs)) * 1000
    for pair, result in zip(pairs, results, strict=True):
        asked += bool(result.conflicts)
        asked_in_body += any(not one.where for one in result.conflicts)
        told = result.data + b"".join(one.theirs for one in result.conflicts)
        if why := what_is_wrong(pair, result.data, told, asks=bool(result.conflicts)):
            wrong.append((pair, result.data, why))
    driven = drive(pairs)
    wrong += driven.wrong
    git = sum(_git_asks(pairs))
    counts = (git, asked, asked_in_body, driven.asks)
    share = [f"{100 * count / max(1, len(pairs)):.1f} %" for count in counts]
    print(f"| {name} | {len(pairs):,} | {' | '.join(share)} | {cost:.2f} | {len(wrong)} |", flush=True)
    for pair, data, why in wrong[:show]:
        print(f"--- {why}", *(text.decode("utf-8", "replace") for text in (*pair[:3], data)), sep="\n=====\n")
    return len(wrong)


def what_is_wrong(pair: Pair, data: bytes, told: bytes, *, asks: bool, again: bool = True) -> str:
    """What is wrong with a result; empty: nothing. `again`: it is merged with what the source says once more, as an
    import does, and has no markers."""
    if not asks and pair.expected is not None and not _same(data, pair.expected):
        return "not what both sides wrote"
    old = _words(pair.base)
    if not _words(pair.mine) - old <= _words(data):
        return "a word of the user's is lost"
    if not _words(pair.theirs) - old <= _words(told):
        return "a word of the source's is lost"
    blocks = [find_front_matter(text) for text in (pair.mine, pair.theirs, data)]
    valid = [block is None or not block.error for block in blocks]
    if valid[0] and valid[1] and not valid[2] and (again or not asks):
        return "the properties are not valid any more"
    if again and merge(pair.theirs, data, pair.theirs, "again").data != data:
        return "not the same when merged again"
    return ""


def _same(one: bytes, other: bytes) -> bool:
    """Whether two notes are the same; new properties and tags may come in another order."""
    (head, body), (other_head, other_body) = map(_split, (one, other))
    return body == other_body and sorted(head.splitlines()) == sorted(other_head.splitlines())


def _split(data: bytes) -> tuple[bytes, bytes]:
    stop = front_matter_end(data)
    return data[:stop], data[stop:]


def _words(data: bytes) -> set[str]:
    return {word for word in tokens(data.decode("utf-8", "replace")) if any(map(str.isalnum, word))}


def _git_asks(pairs: Iterable[Pair]) -> Iterator[bool]:
    """Whether `git merge-file` leaves a conflict in each."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("mine", "base", "theirs")]
        for pair in pairs:
            for file, data in zip(files, (pair.mine, pair.base, pair.theirs), strict=True):
                file.write_bytes(data)
            done = subprocess.run(["git", "merge-file", "-p", "-q", *files], capture_output=True, check=False)
            yield done.returncode != 0


def pairs_of(notes: Sequence[bytes], count: int, seed: int) -> Iterator[Pair]:
    """`count` times one of the notes, edited on both sides; the same ones for the same seed."""
    random = Random(seed)
    for _ in range(count if notes else 0):
        base = random.choice(notes)
        body = front_matter_end(base)
        mine, theirs = changes(random, base, body), changes(random, base, body)
        yield Pair(base, applied(base, mine), applied(base, theirs), _expected(base, mine, theirs))


def _expected(base: bytes, mine: Sequence[Change], theirs: Sequence[Change]) -> bytes | None:
    if any(touch(one, other) for one in mine for other in theirs):
        return None
    return applied(base, [*mine, *theirs])


def _vaults() -> Iterator[tuple[str, list[bytes]]]:
    """Real notes where they are there, else generated ones."""
    with tempfile.TemporaryDirectory() as folder:
        if HUB_ARCHIVE.is_file():
            yield (
                "the Obsidian Hub",
                _notes(Vaults(Path(tempfile.gettempdir(), "vaultkit-benchmarks"), Sizes()).hub().root),
            )
        else:
            yield "generated, of the Hub's make-up", [text.encode() for _, text in generated.hub(500)]
        if SEEDS.is_dir():
            vault = Path(folder, "vault")
            (vault / ".obsidian").mkdir(parents=True)
            for export in sorted(SEEDS.glob("*.txt")):
                command = [sys.executable, "-m", "vaultkit", "import", str(export), "--vault", str(vault)]
                subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
            yield "imported diaries and issues", _notes(vault)
        else:
            yield "a generated diary, in Japanese", [text.encode() for _, text in generated.diary(500)]


def _notes(root: Path) -> list[bytes]:
    """The notes below `root`; those that are much larger than any other are left out."""
    paths = sorted(path for path in root.rglob("*.md") if not any(part.startswith(".") for part in path.parts[1:]))
    texts = [path.read_bytes() for path in paths if path.is_file()]
    return [text for text in texts if text.strip() and len(text) <= _LARGEST and b"\r" not in text]
