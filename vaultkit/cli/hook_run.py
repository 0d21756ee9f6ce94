"""The hooks by name, each as a function that imports what it needs and nothing else.

Read without click, whose loading costs a hook a fifth of its time. What git or a framework hands over (arguments,
standard input, `SKIP`) is read here; what is made of it is decided in `vaultkit.git`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from vaultkit.cli.output import complain, emit

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    Answer = tuple[int, str]


def run_hook(hook: str, arguments: tuple[str, ...]) -> int:
    """Run the hook of that name, one of `HOOKS`; the exit code. Raises VaultkitError, but not for one of `AFTERWARDS`:
    what it could refuse is done already."""
    if hook not in AFTERWARDS:
        code, text = HOOKS[hook](Path.cwd(), arguments)
    else:
        try:
            code, text = HOOKS[hook](Path.cwd(), arguments)
        except Exception as e:
            complain(f"hook {hook}: {e}")
            return 0
    if text:
        emit(text)
    return code


# -- for a framework, or a person ------------------------------------------------------------------


def _lint(cwd: Path, arguments: tuple[str, ...]) -> Answer:
    from vaultkit.git.hook import hook_lint

    return hook_lint(cwd, arguments, _today())


def _links(cwd: Path, arguments: tuple[str, ...]) -> Answer:
    from vaultkit.git.links import hook_links

    return hook_links(cwd, _today())


def _fix(cwd: Path, arguments: tuple[str, ...]) -> Answer:
    from vaultkit.git.fixing import hook_fix

    files = arguments[1:] if arguments[:1] == _RESTAGE else arguments
    return hook_fix(cwd, files, _today(), restage=files != arguments)


def _relink(cwd: Path, arguments: tuple[str, ...]) -> Answer:
    from vaultkit.git.relinking import hook_relink

    return hook_relink(cwd, restage=arguments[:1] == _RESTAGE)


def _conflicts(cwd: Path, arguments: tuple[str, ...]) -> Answer:
    from vaultkit.git.conflicts import hook_conflicts

    return hook_conflicts(cwd, arguments)


def _hygiene(cwd: Path, arguments: tuple[str, ...]) -> Answer:
    from vaultkit.git.hygiene import hook_hygiene

    return hook_hygiene(cwd, arguments)


def _reindex(cwd: Path, arguments: tuple[str, ...]) -> Answer:
    from vaultkit.git.after import hook_after

    return hook_after(cwd, "reindex", arguments, os.environ)


# -- git's own -------------------------------------------------------------------------------------


def _pre_commit(cwd: Path, arguments: tuple[str, ...]) -> Answer:
    from vaultkit.git.pre_commit import hook_pre_commit

    return hook_pre_commit(cwd, _today(), os.environ.get("SKIP", ""))


def _pre_merge_commit(cwd: Path, arguments: tuple[str, ...]) -> Answer:
    from vaultkit.git.pre_commit import hook_pre_merge_commit

    return hook_pre_merge_commit(cwd, os.environ.get("SKIP", ""))


def _pre_push(cwd: Path, arguments: tuple[str, ...]) -> Answer:
    from vaultkit.git.hooks_config import read_hooks_config
    from vaultkit.git.plumbing import open_repository

    pushed = _pushed()
    if not pushed or not read_hooks_config(open_repository(cwd)).push:
        return 0, ""
    from vaultkit.git.pushing import hook_push

    return hook_push(cwd, pushed, _today())


def _pushed() -> list[bytes]:
    """What git says on standard input: a line `local-ref local-id remote-ref remote-id` for each ref. The pre-commit
    framework reads that itself, and hands it over by names of its own."""
    names = ("LOCAL_BRANCH", "TO_REF", "REMOTE_BRANCH", "FROM_REF")
    told = [os.environb.get(b"PRE_COMMIT_" + name.encode()) for name in names]
    if told[1]:
        return [b" ".join(value or other for value, other in zip(told, _UNKNOWN, strict=True))]
    return sys.stdin.buffer.read().splitlines()


def _prepare_commit_msg(cwd: Path, arguments: tuple[str, ...]) -> Answer:
    from vaultkit.git.message import hook_prepare_commit_msg

    return hook_prepare_commit_msg(cwd, arguments)


def _post_merge(cwd: Path, arguments: tuple[str, ...]) -> Answer:
    from vaultkit.git.after import hook_after

    return hook_after(cwd, "post-merge", arguments, os.environ)


def _post_checkout(cwd: Path, arguments: tuple[str, ...]) -> Answer:
    from vaultkit.git.after import hook_after

    return hook_after(cwd, "post-checkout", arguments, os.environ)


def _post_rewrite(cwd: Path, arguments: tuple[str, ...]) -> Answer:
    from vaultkit.git.after import hook_after

    return hook_after(cwd, "post-rewrite", arguments, os.environ)


def _today() -> dt.date:
    import datetime as dt

    return dt.date.today()


_RESTAGE = ("--restage",)
"""Go on with what was changed; without it the commit is refused once, to be looked at."""
_UNKNOWN = (b"HEAD", b"HEAD", b"refs/heads/unknown", b"0" * 40)
HOOKS: dict[str, Callable[[Path, tuple[str, ...]], Answer]] = {
    "lint": _lint,
    "links": _links,
    "fix": _fix,
    "relink": _relink,
    "conflicts": _conflicts,
    "hygiene": _hygiene,
    "reindex": _reindex,
    "pre-commit": _pre_commit,
    "pre-merge-commit": _pre_merge_commit,
    "pre-push": _pre_push,
    "prepare-commit-msg": _prepare_commit_msg,
    "post-merge": _post_merge,
    "post-checkout": _post_checkout,
    "post-rewrite": _post_rewrite,
}
"""Name → what it answers for (folder, arguments): the exit code, and the text to show."""
AFTERWARDS = frozenset({"reindex", "prepare-commit-msg", "post-merge", "post-checkout", "post-rewrite"})
"""Those that refuse nothing: what they tell of is done, or none of their business."""
