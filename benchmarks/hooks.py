"""`python -m benchmarks git`: what the hooks cost, as CPU of the whole command, on vaults that are git repositories.

Knows what is staged for each figure. A figure is a function in `FIGURES`; whoever adds a hook adds one.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import Command, Failed, interleaved
from benchmarks.table import Row, render
from benchmarks.vaults import Sizes, Vault, Vaults

_STAGED = 10
_SENTENCE = "\n{number} more, about [[{known}]] and what came of it.\n"
_NEW_NAME = "\nSee [[A thought that was never written down {number}]].\n"


class Repo:
    """A vault in git, all of it committed; each figure leaves it as it was."""

    def __init__(self, root: Path, notes: int) -> None:
        self.root = root
        self.notes = notes

    def git(self, *args: str) -> None:
        """Run git; it must succeed."""
        subprocess.run(["git", *args], cwd=self.root, check=True, stdout=subprocess.DEVNULL)

    def reset(self) -> None:
        """Nothing is staged or changed."""
        self.git("reset", "-q", "--hard")

    def stage(self, text: str) -> None:
        """Ten notes from all over the vault get `text`, in which `{known}` is the name of another, and are staged."""
        self.reset()
        paths = sorted(path for path in self.root.rglob("*.md") if "/." not in path.as_posix())
        some = paths[:: max(1, len(paths) // _STAGED)][:_STAGED]
        for number, path in enumerate(some):
            with path.open("a", encoding="utf-8") as file:
                file.write(text.format(number=number, known=some[number - 1].stem))
        self.git("add", "-A", "--", *(path.relative_to(self.root).as_posix() for path in some))


class Bench(NamedTuple):
    """What a figure is measured with."""

    rounds: int
    env: dict[str, str]

    def cpu(self, repo: Repo, **arguments: Sequence[str]) -> dict[str, float]:
        """Median seconds of CPU of `vaultkit ARGUMENTS` in the repository, by name, run by turns."""
        commands = {
            name: Command((sys.executable, "-m", "vaultkit", *said), repo.root, self.env)
            for name, said in arguments.items()
        }
        return {name: cost.cpu for name, cost in interleaved(self.rounds, commands).items()}


def _pre_commit(bench: Bench, repo: Repo, name: str, must: float, aim: float) -> Iterator[Row]:
    hook = ("hook", "pre-commit")
    repo.reset()
    nothing = bench.cpu(repo, hook=hook)["hook"] * 1000
    yield Row("git", f"{name}, pre-commit, nothing staged: CPU", "ms", nothing, must=100)
    for text, what in ((_SENTENCE, "a link to a note more in each"), (_NEW_NAME, "a link to no note more in each")):
        repo.stage(text)
        ten = bench.cpu(repo, hook=hook)["hook"] * 1000
        yield Row("git", f"{name}, pre-commit, ten notes staged, {what}: CPU", "ms", ten, must=must, aim=aim)
    repo.reset()


def _hub(bench: Bench, vaults: Vaults) -> Iterator[Row]:
    repo = _in_git(vaults, vaults.hub())
    yield from _pre_commit(bench, repo, "hub", 200, 150)
    tree = ("lint", "--from-ref", "none", "--to-ref", "HEAD")
    cost = bench.cpu(repo, tree=tree, cold=("lint", "--no-cache", "--jobs", "1"))
    yield Row("git", "hub, pre-push of the whole tree: CPU", "s", cost["tree"], "cold lint", cost["cold"], must=1.5)


def _tenfold(bench: Bench, vaults: Vaults) -> Iterator[Row]:
    yield from _pre_commit(bench, _in_git(vaults, vaults.tenfold()), "tenfold hub", 600, 300)


FIGURES: dict[str, Callable[[Bench, Vaults], Iterator[Row]]] = {"hub": _hub, "tenfold": _tenfold}


def _in_git(vaults: Vaults, vault: Vault) -> Repo:
    """A copy of the vault with its one commit, packed."""
    root = vaults.work / f"{vault.root.name}-git"
    if not root.is_dir():
        with tempfile.TemporaryDirectory(prefix="unfinished-", dir=vaults.work) as folder:
            unfinished = Repo(Path(folder, "vault"), vault.notes)
            shutil.copytree(vault.root, unfinished.root, ignore=shutil.ignore_patterns(".vaultkit", ".git"))
            who = ("-c", "user.name=bench", "-c", "user.email=bench@example.org")
            for args in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "all"), ("gc", "-q")):
                unfinished.git(*args)
            unfinished.root.rename(root)
    return Repo(root, vault.notes)


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 0, or 1 when something could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks git", description="Measure what the git hooks cost.")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="how often each command is run (default: 5)")
    parser.add_argument("--only", action="append", choices=FIGURES, metavar="VAULT", help=", ".join(FIGURES))
    parser.add_argument("--notes", type=int, metavar="N", help="generate the vaults, of N notes (tenfold: 10 N)")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir(), "vaultkit-benchmarks"), metavar="DIR")
    options = parser.parse_args(arguments)
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env |= {"GIT_CONFIG_GLOBAL": os.devnull}
    bench = Bench(options.rounds, env)
    vaults = Vaults(options.work.absolute(), Sizes(hub=options.notes) if options.notes else Sizes())
    try:
        rows = [row for name in options.only or FIGURES for row in FIGURES[name](bench, vaults)]
    except Failed as e:
        print(e, file=sys.stderr)
        return 1
    print(render(rows))
    return 0
