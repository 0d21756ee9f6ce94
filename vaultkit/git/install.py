"""`vaultkit git install|uninstall`: the hooks of a repository, and its merge driver.

Knows what may be touched: only the repository's own hooks folder, only our own files and those they replace, which are
kept, run first, and put back. Where another program looks after the hooks it says what to add there instead.
"""

from __future__ import annotations

import os
from pathlib import Path

from vaultkit.errors import UsageError
from vaultkit.git.driver_install import install_driver, uninstall_driver
from vaultkit.git.git_hooks import GIT_HOOKS, GitHook
from vaultkit.git.hook_site import HOOK, HookSite, find_hook_site
from vaultkit.git.hooks_config import read_hooks_config
from vaultkit.git.plumbing import Repository
from vaultkit.git.shim import PREVIOUS, hook_script, is_ours, own_command
from vaultkit.vault.files import Files

LEGACY = ".legacy"
"""The pre-commit framework adds this to the name of a hook that it replaces, and runs it."""


def wanted_hooks(site: HookSite) -> list[GitHook]:
    """The hooks that are to be in place: all but those that `vaultkit.yaml` does not switch on. Raises UsageError."""
    config = read_hooks_config(Repository(site.top))
    return [hook for hook in GIT_HOOKS if not hook.option or getattr(config, hook.option)]


def install(start: Path, *, shared: bool = False) -> list[str]:
    """Put hooks and merge driver into the repository around `start`; returns what was done, or what to do.

    `shared`: the driver is named in `.gitattributes`, for all clones. A second time it changes nothing. Raises
    UsageError when hooks come from outside the repository or cannot be taken over, with nothing done; GitError and
    DiskError.
    """
    site = find_hook_site(start)
    if site.redirected and not site.redirected_here:
        raise UsageError(
            f"core.hooksPath is {site.used}, set outside this repository's own configuration: hooks there run for "
            f"every repository, so vaultkit puts none; call `vaultkit hook {HOOK}` from {site.used / HOOK}, "
            f"or give this repository its own hooks: git config core.hooksPath {site.own}"
        )
    return [*_install_hooks(site), *install_driver(start, shared=shared)]


def _install_hooks(site: HookSite) -> list[str]:
    if site.redirected:
        return [f"core.hooksPath is {site.used}: vaultkit writes nothing there", *lines_to_add(site)]
    if owner := site.owner:
        return [f"{site.own}: its hooks belong to {owner.name}, and stay as they are; {owner.snippet}"]
    wanted = wanted_hooks(site)
    if problems := [problem for hook in wanted if (problem := _problem(site, hook.name))]:
        raise UsageError("\n".join(problems))
    files, done = Files(site.own.parent), list[str]()
    changes = [_install(site, files, hook, done) for hook in wanted]
    if any(changes):
        done += [f"{found.name} is configured here too; if it is to run vaultkit instead: {found.snippet}"
                 for found in site.managers]  # fmt: skip
    return done or [f"{site.own}: {len(wanted)} hooks are installed already"]


def _problem(site: HookSite, name: str) -> str:
    """Why the hook cannot be put in place; empty when it can."""
    path, now = site.own / name, site.read(name)
    if path.is_symlink():
        return f"{path}: is a link to {path.readlink()}; add there: vaultkit hook {name} || exit 1"
    if now is None or is_ours(now):
        return ""
    kept = site.read(name + PREVIOUS)
    if kept is not None and kept != now:  # equal: an earlier `install` was interrupted
        return (
            f"{path} is not vaultkit's, and {name}{PREVIOUS} beside it is kept from before: "
            f"join the two in {name}, remove {name}{PREVIOUS}, and run again"
        )
    return ""


def _install(site: HookSite, files: Files, hook: GitHook, done: list[str]) -> bool:
    """Put one hook in place, and add to what was `done`; whether it was not there."""
    name, now = hook.name, site.read(hook.name)
    path = site.own / name
    if now is not None and not is_ours(now):
        _put(files, _place(site, name + PREVIOUS), now, os.access(path, os.X_OK))
        done.append(f"{path}: the hook that was there is kept as {name}{PREVIOUS}, and runs first")
    changed = files.write(_place(site, name), hook_script(name, own_command()), expect=now)
    if changed or not os.access(path, os.X_OK):
        files.make_executable(_place(site, name))
        done.append(f"{path}: installed; {hook.does}")
    return changed


def uninstall(start: Path, *, shared: bool = False) -> list[str]:
    """Take away what `install` put into the repository around `start`, and put back what was there before.

    `shared`: also from `.gitattributes`. Returns what was done. Leaves everything that vaultkit did not write. Raises
    GitError and DiskError.
    """
    site = find_hook_site(start)
    files = Files(site.own.parent)
    done = [line for hook in GIT_HOOKS if (line := _uninstall(site, files, hook.name))]
    return [*(done or [f"{site.own}: there are no hooks of vaultkit's"]), *uninstall_driver(start, shared=shared)]


def _uninstall(site: HookSite, files: Files, hook: str) -> str:
    """Take one hook away; what was done, empty: nothing."""
    name = next((name for name in (hook, hook + LEGACY) if is_ours(site.read(name) or b"")), hook)
    path, now, previous = site.own / name, site.read(name), site.read(hook + PREVIOUS)
    # after an interrupted `uninstall` the hook may be gone, or back already
    if path.is_symlink() or (now is not None and not is_ours(now) and now != previous):
        return f"{path}: is not vaultkit's, and stays as it is"
    if previous is None:
        if now is None:
            return ""
        files.remove(_place(site, name))
        return f"{path}: removed"
    executable = os.access(site.own / (hook + PREVIOUS), os.X_OK)
    files.remove(_place(site, name))
    _put(files, _place(site, name), previous, executable)
    files.remove(_place(site, hook + PREVIOUS))
    return f"{path}: removed; the hook that was there before is back"


def lines_to_add(site: HookSite) -> list[str]:
    """What a person is to add to the hooks that git runs from elsewhere."""
    told = []
    for hook in wanted_hooks(site):
        end = " || exit 1" if hook.refuses else ""
        call = f"vaultkit hook {hook.name}" + ("" if hook.name == HOOK else ' "$@"')
        told.append(f"add to {site.used_hook(hook.name)}\n{call}{end}")
    return told


def _put(files: Files, place: str, script: bytes, executable: bool) -> None:
    files.write(place, script)
    if executable:  # git runs no others, and neither do we
        files.make_executable(place)


def _place(site: HookSite, name: str) -> str:
    """The hook `name` below the folder that `Files` writes in."""
    return f"{site.own.name}/{name}"
