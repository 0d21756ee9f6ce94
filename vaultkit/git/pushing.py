"""Judging what is committed already: what a push brings to the remote, and what lies between two commits (in CI).

The trees of the commits are judged, not the work tree nor the index; a commit that no hook saw (a rebase, a merge,
`--no-verify`) is judged here. Prints nothing: `cli/` does.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.git.asked import may_matter
from vaultkit.git.plumbing import GitError, Repository, open_repository
from vaultkit.git.tracked import StagedChange, tree_changes, tree_files

if TYPE_CHECKING:
    import datetime as dt

    from vaultkit.git.judging import Judged

_REFUSED = "vaultkit: mend the notes and commit, then push again (to push without this check: git push --no-verify)"
_FOUND = "vaultkit: these came in with the commits between {before} and {after}"


class Push(NamedTuple):
    """One line that git hands to the hook."""

    local: str
    """What is pushed, as it was named: `refs/heads/main`, `HEAD~1`."""
    commit: str
    remote: str
    known: str
    """The commit that the remote has there; empty: none yet."""


def hook_push(cwd: Path, lines: Iterable[bytes], today: dt.date | None = None) -> tuple[int, str]:
    """Exit code (0: go on, 1: refused) and text to show; empty when there is nothing to say.

    `lines`: what git hands to a pre-push hook, `<local ref> <id> <remote ref> <id>` each. A branch that the remote does
    not have is compared with what its other branches have already; without any, all of it is judged. Tags of anything
    but commits, and what is deleted, are let through. Raises VaultkitError when it cannot judge.
    """
    pushes = [push for line in lines if (push := _read(line)) is not None]
    if not pushes:
        return 0, ""
    repository = open_repository(cwd)
    from vaultkit.git.hook import verdict

    code, texts, done = 0, [], set()
    for push in pushes:
        commit = _commit(repository, push.commit)
        if not commit or commit in done:
            continue
        done.add(commit)
        before = _commit(repository, push.known) if push.known else ""
        if push.known and not before:  # the remote is ahead, and was not fetched: git itself will refuse the push
            before = _merge_base(repository, commit)
        judged = _judge(repository, before or _merge_base(repository, commit), commit, today)
        if judged is None:
            continue
        show = f"`vaultkit lint --from-ref {before[:12] or _EMPTY} --to-ref {commit[:12]} --all`"
        refused, text = verdict(judged, _REFUSED, show)
        code = max(code, refused)
        texts.append(text)
    return code, "".join(dict.fromkeys(texts))


_EMPTY = "none"


class Between(NamedTuple):
    """What was judged between two commits. `judged`: None when nothing changed that can be wrong. `advice`: what it
    was, for the last line."""

    judged: Judged | None
    advice: str


def judge_between(cwd: Path, before: str, after: str, today: dt.date | None = None) -> Between:
    """The same for what lies between two commits, by any name that git knows; `before` empty or `none`: all of `after`.

    What is compared are the two as they are, not what they have in common: name the merge base when that is meant
    (`A...` stands for it). Raises GitError when there is no such commit.
    """
    repository = open_repository(cwd)
    new = _required(repository, after)
    if before in ("", _EMPTY) or not before.strip("0"):
        old = ""
    elif before.endswith("..."):
        old = _ask(repository, "merge-base", _required(repository, before[:-3]), new)
    else:
        old = _required(repository, before)
    advice = _FOUND.format(before=old[:12], after=new[:12]) if old else "vaultkit: all of the tree was judged"
    return Between(_judge(repository, old, new, today), advice)


def _judge(repository: Repository, before: str, after: str, today: dt.date | None) -> Judged | None:
    """`before` empty: nothing was there. None: nothing changed that can be wrong."""
    if before:
        changes: Sequence[StagedChange] = tree_changes(repository, before, after)
        if not may_matter(changes):
            return None
        files = tree_files(repository, after)
    else:
        files = tree_files(repository, after)
        changes = [StagedChange("A", path, "", None, file) for path, file in files.items()]
    from vaultkit.git.blobs import Blobs
    from vaultkit.git.judging import judge  # loads the linter
    from vaultkit.git.staged import read_staged

    with Blobs(repository) as blobs:
        return judge(read_staged(repository, blobs, files, changes), repository.top, today)


def _read(line: bytes) -> Push | None:
    """None: a branch is deleted, or the line is none of git's."""
    words = os.fsdecode(line).split(" ")  # a ref holds no blank, but `HEAD@{1 day ago}` does
    if len(words) < 4:
        return None
    remote, known = words[-2:]
    commit = words[-3]
    if not commit.strip("0"):
        return None
    return Push(" ".join(words[:-3]), commit, remote, known if known.strip("0") else "")


def _merge_base(repository: Repository, commit: str) -> str:
    """The newest commit of `commit`'s past that a branch of some remote has; empty: there is none."""
    remotes = _ask(repository, "for-each-ref", "--format=%(objectname)", "refs/remotes").split()
    if not remotes:
        return ""
    outside = _ask(repository, "rev-list", "--topo-order", "--boundary", commit, "--not", "--remotes").split()
    if not outside:
        return commit
    return next((one[1:] for one in outside if one.startswith("-")), "")


def _commit(repository: Repository, name: str) -> str:
    """Id of the commit called `name`; empty: there is none, or it is not here."""
    try:
        return _ask(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except GitError:
        return ""


def _required(repository: Repository, name: str) -> str:
    found = _commit(repository, name)
    if not found:
        raise GitError(
            f"{name or 'an empty name'}: is no commit here; in CI, fetch enough of the history (`fetch-depth: 0`)"
        )
    return found


def _ask(repository: Repository, *args: str) -> str:
    return os.fsdecode(repository.ask(*args)).strip()
