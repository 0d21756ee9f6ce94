"""`vaultkit git status`: what of vaultkit a repository has, and what it lacks.

Looks at files and settings; starts no other program than git. Writes nothing.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from vaultkit.git.driver_install import DriverStatus, driver_status
from vaultkit.git.git_hooks import GIT_HOOKS
from vaultkit.git.hook_site import HOOK, HookSite, find_hook_site, read_hook
from vaultkit.git.install import LEGACY, lines_to_add, wanted_hooks
from vaultkit.git.managers import manager_of
from vaultkit.git.plumbing import Repository
from vaultkit.git.roots import Roots
from vaultkit.git.shim import PREVIOUS, hook_script, is_ours, own_command


class HookState(NamedTuple):
    """How it stands with one hook."""

    name: str
    wanted: bool
    """Whether it is to be in place."""
    installed: bool
    """Whether git runs vaultkit with it, by our hook or by another one that calls it."""
    chained: bool
    """Whether a hook that was there before runs first."""
    other: bool
    """Whether our hook there is one of another vaultkit than this."""

    @property
    def said(self) -> str:
        """The same in words."""
        if not self.installed:
            return "is not installed" if self.wanted else "is not asked for (`hooks:` in vaultkit.yaml)"
        return f"is installed{', after the hook that was there before' if self.chained else ''}"


@dataclass(frozen=True, slots=True)
class Status:
    """How a repository stands to vaultkit."""

    site: HookSite
    vaults: tuple[str, ...]
    """Folders of the vaults in it; the empty text is the top."""
    hooks: tuple[HookState, ...]
    driver: DriverStatus
    advice: tuple[str, ...]
    """What to do next; empty when all is well."""

    @property
    def installed(self) -> bool:
        """Whether a commit is judged."""
        return next(hook.installed for hook in self.hooks if hook.name == HOOK)

    def lines(self) -> list[str]:
        """The same in words, for a person."""
        table = [
            ("repository", str(self.site.top)),
            ("vaults", ", ".join(root or "the repository itself" for root in self.vaults) or "none"),
            ("hooks", f"{self.site.used}{' (core.hooksPath)' if self.site.redirected else ''}"),
            *((hook.name, hook.said) for hook in self.hooks),
            ("merge driver", f"is {'installed' if self.driver.installed else 'not installed'}"),
            *(("configured", manager.name) for manager in self.site.managers),
        ]
        width = max(len(name) for name, _ in table)
        return [*(f"{name:{width}}  {said}" for name, said in table), *(f"to do: {advice}" for advice in self.advice)]


def status(start: Path) -> Status:
    """How the repository around `start` stands. Raises GitError, UsageError for a wrong `vaultkit.yaml`."""
    site = find_hook_site(start)
    wanted = {hook.name for hook in wanted_hooks(site)}
    hooks = tuple(_state(site, hook.name, hook.name in wanted) for hook in GIT_HOOKS)
    vaults, driver = _vaults(site.top), driver_status(start)
    advice = []
    if not vaults:
        advice.append("there is no vault here, so nothing is judged: `vaultkit init` makes one")
    advice += _advice(site, hooks)
    advice += driver.advice
    if not (driver.installed or driver.advice) and "`vaultkit git install`" not in " ".join(advice):
        advice.append("notes are merged by line: `vaultkit git install` puts the merge driver in place")
    return Status(site, vaults, hooks, driver, tuple(advice))


def _advice(site: HookSite, hooks: tuple[HookState, ...]) -> list[str]:
    missing = [hook.name for hook in hooks if hook.wanted and not hook.installed]
    if site.redirected:
        return [line for line in lines_to_add(site) if any(f"hook {name}" in line for name in missing)]
    if missing and (owner := site.owner):
        return [owner.snippet] if HOOK in missing else []
    advice = []
    if len(missing) == len([hook for hook in hooks if hook.wanted]):
        advice.append("`vaultkit git install` puts the hooks in place")
    elif missing:
        advice.append(f"`vaultkit git install` puts {', '.join(missing)} in place, too")
    if any(hook.other for hook in hooks):
        advice.append("the hook calls another vaultkit than this one: `vaultkit git install` sets it right")
    return advice


def _state(site: HookSite, name: str, wanted: bool) -> HookState:
    hook = read_hook(site.used_hook(name)) or b""
    ours = is_ours(hook)
    return HookState(
        name=name,
        wanted=wanted,
        installed=_runs_vaultkit(site, name, hook),
        chained=ours and os.access(site.own / (name + PREVIOUS), os.X_OK),
        other=ours and hook != hook_script(name, own_command()),
    )


def _runs_vaultkit(site: HookSite, name: str, hook: bytes) -> bool:
    if not site.redirected and not os.access(site.own / name, os.X_OK):
        return False
    if is_ours(hook) or b"vaultkit hook" in hook:
        return True
    manager = manager_of(hook)
    if manager is None:
        return False
    configured = any(b"vaultkit" in (read_hook(site.top / name) or b"") for name in manager.files)
    return configured or is_ours(site.read(name + LEGACY) or b"")


def _vaults(top: Path) -> tuple[str, ...]:
    answer = Repository(top).ask("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = os.fsdecode(answer).split("\0")[:-1]
    roots = Roots(top, names)
    found = {roots.of(name) for name in names}
    return tuple(sorted(root for root in found if root is not None))
