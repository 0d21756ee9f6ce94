"""`vaultkit git doctor`: whether what is installed works, tried out; what is wrong, and what to do.

Unlike `hook_status` it starts the programs that hooks and driver name, to see whether they are there and which vaultkit
they are. Writes nothing.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from vaultkit import __version__
from vaultkit.git.git_hooks import BY_NAME
from vaultkit.git.hook_site import HOOK
from vaultkit.git.hook_status import HookState, Status, status
from vaultkit.git.plumbing import Repository
from vaultkit.git.shim import PREVIOUS, is_ours, own_command, program_of

_OLDEST_GIT = (2, 24)
"""Before it there was no `pre-merge-commit`."""
_PATIENCE = 20
"""Seconds that a program has to tell its version."""
_REPAIR = "`vaultkit git install` sets it right"


class Check(NamedTuple):
    """Something that was looked at."""

    is_well: bool
    what: str
    to_do: str = ""
    """What to do when it is not well."""


def doctor(start: Path) -> list[Check]:
    """All that was looked at in the repository around `start`, in order. Raises GitError, UsageError."""
    found = status(start)
    return [*_git(found), *_vault(found), *_where(found), *_hooks(found), *_bin(found), *_driver(found)]


def _git(found: Status) -> Iterator[Check]:
    said = os.fsdecode(Repository(found.site.top).ask("version")).strip()
    number = re.search(r"([0-9]+)\.([0-9]+)", said)
    is_old = number is not None and (int(number[1]), int(number[2])) < _OLDEST_GIT
    yield Check(not is_old, said, "this git runs no pre-merge-commit hooks; 2.24 and later do" if is_old else "")


def _vault(found: Status) -> Iterator[Check]:
    roots = ", ".join(root or "the repository itself" for root in found.vaults)
    yield Check(bool(roots), f"vaults: {roots or 'none'}", "" if roots else "`vaultkit init` makes one")


def _where(found: Status) -> Iterator[Check]:
    site = found.site
    if site.redirected and not site.redirected_here:
        yield Check(
            found.installed,
            f"core.hooksPath is {site.used}, for all repositories: hooks in {site.own} do not run",
            f"git config core.hooksPath {site.own}\n`vaultkit git install`",
        )
    elif site.redirected:
        yield Check(True, f"core.hooksPath is {site.used}: git runs the hooks there")
    for manager in site.managers:
        yield Check(True, f"{manager.name} is configured here")


def _hooks(found: Status) -> Iterator[Check]:
    site = found.site
    for hook in found.hooks:
        path = site.used_hook(hook.name)
        script = site.read(hook.name) if not site.redirected else None
        if script is not None and is_ours(script):
            yield _our_hook(hook, path, script)
        elif hook.wanted:
            yield _other_hook(found, hook, script)
        kept = site.own / (hook.name + PREVIOUS)
        if kept.is_file() and not (script is not None and is_ours(script)):
            to_do = f"join it with {site.own / hook.name}, or remove it"
            yield Check(False, f"{kept}: the hook that was there before vaultkit's does not run any more", to_do)


def _our_hook(hook: HookState, path: Path, script: bytes) -> Check:
    if not os.access(path, os.X_OK):
        return Check(False, f"{hook.name}: {path} is not executable, so git does not run it", _REPAIR)
    program = program_of(script)
    if not program:
        return Check(False, f"{hook.name}: is of another version of vaultkit", _REPAIR)
    if not os.access(program, os.X_OK):
        what = f"{hook.name}: calls {program}, which is gone"
        return Check(False, what, f"{_REPAIR}; until then the first vaultkit in PATH is run")
    if program != own_command()[0] and not _is_python(program) and (other := _version(program)) != __version__:
        what = f"{hook.name}: calls {program}, which is vaultkit {other or 'of an unknown version'}"
        return Check(False, what, f"this one is {__version__}: {_REPAIR}")
    if hook.other:
        return Check(False, f"{hook.name}: is of another vaultkit than this ({own_command()[0]})", _REPAIR)
    return Check(True, f"{hook.name}: {hook.said}")


def _other_hook(found: Status, hook: HookState, script: bytes | None) -> Check:
    if hook.installed:
        return Check(True, f"{hook.name}: runs vaultkit")
    site = found.site
    if site.redirected:
        call = f"vaultkit hook {hook.name}" + ("" if hook.name == HOOK else ' "$@"')
        end = " || exit 1" if BY_NAME[hook.name].refuses else ""
        return Check(False, f"{hook.name}: does not run vaultkit", f"add to {site.used_hook(hook.name)}: {call}{end}")
    if owner := site.owner:
        needed = hook.name == HOOK
        return Check(not needed, f"{hook.name}: {owner.name} does not run vaultkit", owner.snippet if needed else "")
    there = "is not vaultkit's" if script is not None else "is not installed"
    return Check(False, f"{hook.name}: {there}", "`vaultkit git install`")


def _bin(found: Status) -> Iterator[Check]:
    values = Repository(found.site.top).ask("config", "--list", "-z").split(b"\0")
    named = [value for name, _, value in (one.partition(b"\n") for one in values) if name == b"vaultkit.bin"]
    if named and not os.access(program := os.fsdecode(named[-1]), os.X_OK):
        what = f"git config vaultkit.bin is {program}, which is gone"
        yield Check(False, what, "git config --unset vaultkit.bin, or name another")


def _driver(found: Status) -> Iterator[Check]:
    driver = found.driver
    if driver.advice:
        yield Check(False, "merge driver: is not as it should be", "\n".join(driver.advice))
    elif not driver.installed:
        yield Check(False, "merge driver: is not installed, notes are merged by line", "`vaultkit git install`")
    elif not os.access(program := shlex.split(driver.command)[0], os.X_OK):
        what = f"merge driver: {program} is gone, notes are merged by line"
        yield Check(False, what, _REPAIR)
    else:
        yield Check(True, "merge driver: is installed")


def _is_python(program: str) -> bool:
    """Whether it is Python, which runs vaultkit as a module."""
    return Path(program).name.startswith("python")


def _version(program: str) -> str:
    """What vaultkit `program` is; empty when it does not say."""
    try:
        done = subprocess.run(
            [program, "--version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return os.fsdecode(done.stdout).strip().removeprefix("vaultkit, version ") if done.returncode == 0 else ""
