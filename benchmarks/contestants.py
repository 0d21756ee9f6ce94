"""What runs against what: vaultkit, rumdl, and programs that do nothing but look at the disk or start.

Knows the command lines and what they need around them; knows nothing of figures.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from benchmarks import floor
from benchmarks.measure import Command, Failed
from benchmarks.vaults import Vault

LINKS_ONLY = ("--enable", "MD051,MD057,MD042,MD062")
"""The rules of rumdl that look at links: the nearest to what vaultkit's recommended rules do."""

_RUMDL_CONFIG = """\
[global]
flavor = "obsidian"
respect-gitignore = false
exclude = ["**/.*/**"]
"""
"""Read vaults as Obsidian does, all notes that it sees and no others."""

_ALONE = ("--jobs", "1"), ("--no-cache",)


class Contestants:
    """The commands. What they leave behind outside the vaults goes below `work`."""

    def __init__(self, work: Path, with_rumdl: bool) -> None:
        self._work = work
        self._checked: set[Path] = set()
        self._cache = work / "cache"
        self._env = {**os.environ, "XDG_CACHE_HOME": str(self._cache)}
        self.rumdl_program = _beside_python("rumdl") if with_rumdl else None

    def python(self) -> Command:
        """Python alone, starting and ending."""
        return self._command(sys.executable, "-c", "pass")

    def floor(self, how: str, vault: Vault) -> Command:
        """Look at every file of the vault from Python: `stat` it, or `read` it."""
        return self._command(sys.executable, str(floor.__file__), how, str(vault.root))

    def version(self) -> Command:
        """vaultkit starting, and saying which one it is."""
        return self._command(*self._vaultkit, "--version")

    def lint(self, vault: Vault) -> Command:
        """`vaultkit lint` as it is without options; what it remembers of earlier runs stays."""
        return replace(self._command(*self._vaultkit, "lint"), cwd=vault.root)

    def lint_cold(self, vault: Vault) -> Command:
        """The same, remembering nothing of earlier runs."""

        def forget() -> None:
            for memory in (vault.root / ".vaultkit", self._cache):
                shutil.rmtree(memory, ignore_errors=True)

        return replace(self.lint(vault), before=forget)

    def lint_alone(self, vault: Vault) -> Command:
        """Cold, in one process, leaving nothing behind."""
        options = [option for some in _ALONE if some[0] in self._lint_help for option in some]
        cold = self.lint_cold(vault)
        return replace(cold, argv=(*cold.argv, *options))

    def import_(self, vault: Vault, exports: Sequence[Path]) -> Command:
        """`vaultkit import` into what is there."""
        return self._command(*self._vaultkit, "import", *map(str, exports), "--vault", str(vault.root))

    def rumdl(self, vault: Vault, *options: str) -> Command | None:
        """`rumdl check` without its cache, printing nothing (which is in its favour); None where there is no rumdl.

        Raises Failed when rumdl would not look at just the notes of the vault.
        """
        if self.rumdl_program is None:
            return None
        self._work.mkdir(parents=True, exist_ok=True)
        config = self._work / "rumdl.toml"
        config.write_text(_RUMDL_CONFIG, "utf-8")
        argv = (self.rumdl_program, "check", "--no-cache", "--config", str(config), *options)
        if vault.root not in self._checked:
            self._check_notes((*argv, "."), vault)
            self._checked.add(vault.root)
        return replace(self._command(*argv, "--silent", "."), cwd=vault.root)

    def _check_notes(self, argv: tuple[str, ...], vault: Vault) -> None:
        said = self._said(argv, vault.root)
        found = re.search(r"^(?:Issues|Success): .* in (?:\d+/)?(\d+) files?\b", said, re.MULTILINE)
        if found is None or int(found[1]) != vault.notes:
            raise Failed(f"{' '.join(argv)}: should have looked at {vault.notes} notes; it said: {said[-500:]}")

    @cached_property
    def _vaultkit(self) -> tuple[str, ...]:
        program = _beside_python("vaultkit")
        return (program,) if program else (sys.executable, "-m", "vaultkit")

    @cached_property
    def _lint_help(self) -> str:
        return self._said((*self._vaultkit, "lint", "--help"), self._work)

    def _said(self, argv: tuple[str, ...], cwd: Path) -> str:
        done = subprocess.run(argv, cwd=cwd, env=self._env, capture_output=True, check=False)
        if done.returncode not in (0, 1):
            raise Failed(f"{' '.join(argv)}: exit code {done.returncode}\n{done.stderr.decode('utf-8', 'replace')}")
        return done.stdout.decode("utf-8", "replace")

    def _command(self, *argv: str) -> Command:
        return Command(argv, self._work, self._env)


def _beside_python(name: str) -> str | None:
    """The program that was installed together with this Python, else the one on the PATH."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
