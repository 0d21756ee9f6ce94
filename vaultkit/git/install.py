"""`vaultkit git install|status|uninstall`: the pre-commit hook of a repository.

Knows what may be touched: only the repository's own hooks folder, only our own file and the one it replaces, which is
kept, run first, and put back. Where another program looks after the hooks it says what to add there instead.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from vaultkit.errors import UsageError
from vaultkit.git.hook_site import HOOK, HookSite, find_hook_site, read_hook
from vaultkit.git.managers import manager_of
from vaultkit.git.plumbing import Repository
from vaultkit.git.roots import Roots
from vaultkit.git.shim import PREVIOUS, hook_script, is_ours, own_command
from vaultkit.vault.files import Files

_LEGACY = f"{HOOK}.legacy"
"""The pre-commit framework keeps a hook that it replaces under this name, and runs it."""


@dataclass(frozen=True, slots=True)
class Status:
    """How a repository stands to vaultkit."""

    repository: Path
    vaults: tuple[str, ...]
    """Folders of the vaults in it; the empty text is the top."""
    hooks: Path
    """The folder whose hooks git runs."""
    redirected: bool
    """Whether that is so because of `core.hooksPath`."""
    installed: bool
    """Whether a commit runs vaultkit, by our hook or by another one that calls it."""
    chained: bool
    """Whether a hook that was there before runs first."""
    managers: tuple[str, ...]
    """Names of the hook managers that the repository is configured for."""
    advice: tuple[str, ...]
    """What to do next; empty when all is well."""

    def lines(self) -> list[str]:
        """The same in words, for a person."""
        hook = "is not installed" if not self.installed else "is installed"
        return [
            f"repository  {self.repository}",
            f"vaults      {', '.join(root or 'the repository itself' for root in self.vaults) or 'none'}",
            f"hooks       {self.hooks}{' (core.hooksPath)' if self.redirected else ''}",
            f"{HOOK}  {hook}{', after the hook that was there before' if self.chained else ''}",
            *(f"configured  {name}" for name in self.managers),
            *(f"to do: {advice}" for advice in self.advice),
        ]


def install(start: Path) -> list[str]:
    """Have commits in the repository around `start` judged by vaultkit; returns what was done, or what to do.

    A second time it changes nothing. Raises UsageError when hooks come from outside the repository or cannot be taken
    over, GitError and DiskError.
    """
    site = find_hook_site(start)
    if site.redirected and not site.redirected_here:
        raise UsageError(
            f"core.hooksPath is {site.used}, set outside this repository's own configuration: hooks there run for "
            f"every repository, so vaultkit puts none; call `vaultkit hook {HOOK}` from {site.used / HOOK}, "
            f"or give this repository its own hooks: git config core.hooksPath {site.own}"
        )
    if site.redirected:
        return [f"core.hooksPath is {site.used}: vaultkit writes nothing there", _line_to_add(site)]
    path, now = site.own / HOOK, site.read(HOOK)
    if path.is_symlink():
        raise UsageError(f"{path}: is a link to {path.readlink()}; add there: vaultkit hook {HOOK} || exit 1")
    if now and not is_ours(now) and (manager := manager_of(now)):
        return [f"{path}: belongs to {manager.name}, and stays as it is; {manager.snippet}"]
    files, done = Files(site.own.parent), []
    if now is not None and not is_ours(now):
        _keep(files, site, now)
        done.append(f"{path}: the hook that was there is kept as {HOOK}{PREVIOUS}, and runs first")
    changed = files.write(_place(site, HOOK), hook_script(HOOK, own_command()), expect=now)
    if changed or not os.access(path, os.X_OK):
        files.make_executable(_place(site, HOOK))
        done.append(f"{path}: installed; a commit is refused while a staged note has errors or warnings")
    done += [f"{found.name} is configured here too; if it is to run vaultkit instead: {found.snippet}"
             for found in site.managers if changed]  # fmt: skip
    return done or [f"{path}: is installed already"]


def uninstall(start: Path) -> list[str]:
    """Take away what `install` put into the repository around `start`, and put back what was there before.

    Returns what was done. Leaves everything that vaultkit did not write. Raises GitError and DiskError.
    """
    site = find_hook_site(start)
    name = next((name for name in (HOOK, _LEGACY) if is_ours(site.read(name) or b"")), HOOK)
    path, now, previous = site.own / name, site.read(name), site.read(HOOK + PREVIOUS)
    # after an interrupted `uninstall` the hook may be gone, or back already
    if path.is_symlink() or (now is not None and not is_ours(now) and now != previous):
        return [f"{path}: is not vaultkit's, and stays as it is"]
    files = Files(site.own.parent)
    if previous is None:
        if now is None:
            return [f"{path}: there is none"]
        files.remove(_place(site, name))
        return [f"{path}: removed"]
    executable = os.access(site.own / (HOOK + PREVIOUS), os.X_OK)
    files.remove(_place(site, name))
    _put(files, _place(site, name), previous, executable)
    files.remove(_place(site, HOOK + PREVIOUS))
    return [f"{path}: removed; the hook that was there before is back"]


def status(start: Path) -> Status:
    """How the repository around `start` stands. Raises GitError."""
    site = find_hook_site(start)
    vaults = _vaults(site.top)
    hook = read_hook(_used_hook(site)) or b""
    installed = _runs_vaultkit(site, hook)
    advice = []
    if not vaults:
        advice.append("there is no vault here, so nothing is judged: `vaultkit init` makes one")
    if not installed:
        manager = manager_of(hook)
        if site.redirected:
            advice.append(_line_to_add(site))
        else:
            advice.append(manager.snippet if manager else "`vaultkit git install` puts the hook in place")
    elif is_ours(hook) and hook != hook_script(HOOK, own_command()):
        advice.append("the hook calls another vaultkit than this one: `vaultkit git install` sets it right")
    return Status(
        repository=site.top,
        vaults=vaults,
        hooks=site.used,
        redirected=site.redirected,
        installed=installed,
        chained=is_ours(hook) and os.access(site.own / (HOOK + PREVIOUS), os.X_OK),
        managers=tuple(found.name for found in site.managers),
        advice=tuple(advice),
    )


def _keep(files: Files, site: HookSite, now: bytes) -> None:
    """Put the hook aside that stands in our place."""
    kept = site.read(HOOK + PREVIOUS)
    if kept is not None and kept != now:  # equal: an earlier `install` was interrupted
        raise UsageError(
            f"{site.own / HOOK} is not vaultkit's, and {HOOK}{PREVIOUS} beside it is kept from before: "
            f"join the two in {HOOK}, remove {HOOK}{PREVIOUS}, and run again"
        )
    _put(files, _place(site, HOOK + PREVIOUS), now, os.access(site.own / HOOK, os.X_OK))


def _put(files: Files, place: str, script: bytes, executable: bool) -> None:
    files.write(place, script)
    if executable:  # git runs no others, and neither do we
        files.make_executable(place)


def _place(site: HookSite, name: str) -> str:
    """The hook `name` below the folder that `Files` writes in."""
    return f"{site.own.name}/{name}"


def _used_hook(site: HookSite) -> Path:
    """The file a person would look into. Husky's `_` folder holds only relays to the files beside it."""
    return site.used.parent / HOOK if site.used.name == "_" else site.used / HOOK


def _line_to_add(site: HookSite) -> str:
    return f"add to {_used_hook(site)}\nvaultkit hook {HOOK} || exit 1"


def _runs_vaultkit(site: HookSite, hook: bytes) -> bool:
    if not site.redirected and not os.access(site.own / HOOK, os.X_OK):
        return False
    if is_ours(hook) or b"vaultkit hook" in hook:
        return True
    manager = manager_of(hook)
    if manager is None:
        return False
    configured = any(b"vaultkit" in (read_hook(site.top / name) or b"") for name in manager.files)
    return configured or is_ours(site.read(_LEGACY) or b"")


def _vaults(top: Path) -> tuple[str, ...]:
    answer = Repository(top).ask("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = os.fsdecode(answer).split("\0")[:-1]
    roots = Roots(top, names)
    found = {roots.of(name) for name in names}
    return tuple(sorted(root for root in found if root is not None))
