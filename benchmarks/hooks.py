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
from vaultkit.git.driver_install import driver_command
from vaultkit.git.shim import hook_script, own_command

_STAGED = 10
_SENTENCE = "\n{number} more, about [[{known}]] and what came of it.\n"
_TO_FIX = "\n{number} more, about [[{known}]], see https://example.org/{number}。\n"
_NEW_NAME = "\nSee [[A thought that was never written down {number}]].\n"


class Repo:
    """A vault in git, all of it committed; each figure leaves it as it was."""

    def __init__(self, root: Path, notes: int) -> None:
        self.root = root
        self.notes = notes
        self._some: list[Path] = []

    def git(self, *args: str) -> None:
        """Run git; it must succeed."""
        subprocess.run(["git", *args], cwd=self.root, check=True, stdout=subprocess.DEVNULL)

    def reset(self) -> None:
        """Nothing is staged or changed."""
        self.git("reset", "-q", "--hard")

    def some_notes(self) -> list[Path]:
        """Ten, from all over the vault."""
        if not self._some:
            paths = sorted(path for path in self.root.rglob("*.md") if "/." not in path.as_posix())
            self._some = paths[:: max(1, len(paths) // _STAGED)][:_STAGED]
        return self._some

    def stage(self, text: str) -> None:
        """Ten notes from all over the vault get `text`, in which `{known}` is the name of another, and are staged."""
        self.reset()
        some = self.some_notes()
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

    def hook(self, repo: Repo, before: Callable[[], None], what: str, must: float, aim: float | None = None) -> Row:
        """The row for the pre-commit hook as git runs it, the shell around it included; `before` each run the index is
        made what it is about. A Python that does nothing is run by turns with it."""
        path = repo.root / ".git" / "hooks" / "pre-commit"
        if not path.is_file():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(hook_script("pre-commit", own_command()))
            path.chmod(0o755)
        commands = {
            "hook": Command((str(path),), repo.root, self.env, before),
            "bare": Command((sys.executable, "-c", "pass"), repo.root, self.env),
        }
        cost = interleaved(self.rounds, commands)
        bare = f"bare Python {cost['bare'].cpu * 1000:.0f} ms"
        return Row("git", f"{what}: CPU ({bare})", "ms", cost["hook"].cpu * 1000, must=must, aim=aim)


def _pre_commit(bench: Bench, repo: Repo, name: str, must: float, aim: float) -> Iterator[Row]:
    repo.reset()
    yield bench.hook(repo, _as_it_is, f"{name}, pre-commit, nothing staged", 100)
    for text, what in ((_SENTENCE, "a link to a note more in each"), (_NEW_NAME, "a link to no note more in each")):
        repo.stage(text)
        yield bench.hook(repo, _as_it_is, f"{name}, pre-commit, ten notes staged, {what}", must, aim)
    repo.reset()


def _changing(bench: Bench, repo: Repo, name: str) -> Iterator[Row]:
    """What changes the index, which is put back before each run."""
    config = repo.root / "vaultkit.yaml"

    def renamed() -> None:
        repo.stage(_SENTENCE)
        old = repo.some_notes()[0].relative_to(repo.root)
        repo.git("mv", "--", old.as_posix(), old.with_stem(f"{old.stem} renamed").as_posix())

    def to_fix() -> None:
        repo.stage(_TO_FIX)
        config.write_text("hooks:\n  fix: true\n  restage: true\n", "utf-8")

    yield bench.hook(repo, renamed, f"{name}, pre-commit, ten notes staged, one of them renamed: relink", 350)
    yield bench.hook(repo, to_fix, f"{name}, pre-commit, ten notes staged and fixed", 350)
    config.unlink(missing_ok=True)
    repo.reset()


def _as_it_is() -> None:
    pass


def _driver(bench: Bench, folder: Path) -> Iterator[Row]:
    """A note of some length that both sides changed, merged as git has it merged."""
    lines = [f"{number}. A sentence about [[day {number}]] and what came of it." for number in range(300)]
    texts = {"base": lines, "ours": ["# Ours", *lines], "theirs": [*lines, "The end."]}
    folder.mkdir(exist_ok=True)

    def before() -> None:
        for name, text in texts.items():
            (folder / name).write_text("\n".join((*text, "")), "utf-8")

    line = driver_command().replace("%O %A %B %L %P", "base ours theirs 7 note.md")
    line = line.replace("%L", "7").replace("%A %O %B", "ours base theirs").replace("%%", "%")
    commands = {
        "driver": Command(("/bin/sh", "-c", line), folder, bench.env, before),
        "bare": Command((sys.executable, "-c", "pass"), folder, bench.env),
    }
    cost = interleaved(bench.rounds, commands)
    what = f"merge driver, a note of 300 lines: CPU (bare Python {cost['bare'].cpu * 1000:.0f} ms)"
    yield Row("git", what, "ms", cost["driver"].cpu * 1000, must=70, aim=60)


def _hub(bench: Bench, vaults: Vaults) -> Iterator[Row]:
    repo = _in_git(vaults, vaults.hub())
    yield from _pre_commit(bench, repo, "hub", 200, 150)
    yield from _changing(bench, repo, "hub")
    yield from _driver(bench, vaults.work / "driver")
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
