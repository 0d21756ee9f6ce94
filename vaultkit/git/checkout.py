"""The repository around a vault, for a command that a person runs: pull before, one commit after, push it.

Through GitPython, which is slow to load and must not be used inside hooks. Only git itself changes the repository, and
each step is one that git makes as a whole or not at all. Nothing is stashed, checked out, merged or forced.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.git.plumbing import GitError, NotARepository
from vaultkit.vault.files import STATE

if TYPE_CHECKING:
    import git

_UNFINISHED = {
    "MERGE_HEAD": "a merge",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase",
}
_SHOWN = 5


class Refused(GitError):
    """Git, a hook or the remote did not take what had been done; the notes are written all the same."""

    exit_code = 1


class Committed(NamedTuple):
    """A commit that was made (`id` empty: there was nothing to put into it), and the files that were left out of it
    because they held changes of the user's that were not committed."""

    id: str
    left_out: tuple[str, ...]


class _Answer(NamedTuple):
    code: int
    out: bytes
    said: str


class Checkout:
    """The work tree that a vault lies in, on a branch."""

    def __init__(self, repo: git.Repo, prefix: str) -> None:
        """`prefix`: what makes a vault path one of the repository: `notes/`, or empty."""
        self._repo = repo
        self._prefix = prefix

    def check(self, *, commits: bool, remote: bool) -> None:
        """Raises GitError when what is to be done cannot be: the state of the work tree, no user, no upstream."""
        folder = Path(self._repo.git_dir)
        for name, what in _UNFINISHED.items():
            if (folder / name).exists():
                raise GitError(f"{self._top}: {what} is not finished; finish or abort it, and run again")
        if self._repo.head.is_detached:
            raise GitError(f"{self._top}: no branch is checked out (HEAD is detached); `git switch BRANCH` first")
        if self._ask("ls-files", "--unmerged", "-z").out:
            raise GitError(
                f"{self._top}: has conflicts that are not settled (`git status`); settle them, and run again"
            )
        if (folder / "index.lock").exists():
            raise GitError(f"{folder / 'index.lock'}: another git process is at work; wait for it and run again")
        for who in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT") if commits else ():
            if self._try("var", who).code:
                raise GitError(
                    f"{self._top}: git does not know who commits; say so once: git config --global user.name NAME, and "
                    f"git config --global user.email ADDRESS"
                )
        if remote:
            self._upstream()

    def pull(self) -> int:
        """Fetch, and go forward to the branch's upstream; how many commits that were. Raises GitError when that is no
        mere going forward, or a file that it would change has changes of the user's; the work tree is as it was then.
        """
        remote, _ = self._upstream()
        fetched = self._try("fetch", "--quiet", remote)
        if fetched.code:
            raise GitError(f"git fetch {remote}: {fetched.said}\nnothing was pulled, and nothing was imported")
        theirs = self._try("rev-parse", "--verify", "--quiet", "@{upstream}^{commit}").out.decode().strip()
        if not theirs:
            raise GitError(f"{self._top}: the branch it follows is not in {remote} any more; see `git branch -vv`")
        ours = self._try("rev-parse", "--verify", "--quiet", "HEAD^{commit}").out.decode().strip()
        if not ours:  # no commit yet
            ahead, behind = 0, int(self._ask("rev-list", "--count", theirs).out)
            touched = self._names("ls-tree", "-r", "-z", "--name-only", theirs)
        else:
            ahead, behind = map(int, self._ask("rev-list", "--left-right", "--count", f"{ours}...{theirs}").out.split())
            touched = self._names("diff", "--name-only", "--no-renames", "-z", ours, theirs) if behind else set()
        if not behind:
            return 0
        if ahead:
            raise GitError(
                f"{self._top}: this branch and its upstream have diverged (commits: {ahead} here, {behind} there); "
                f"`git pull --rebase` or `git pull --no-rebase` brings them together, then run again"
            )
        if mine := sorted(touched & self.changed()):
            raise GitError(
                f"{self._top}: the pull would change files that have changes of yours: {_some(mine)}; commit them, and "
                f"run again"
            )
        merged = self._try("merge", "--quiet", "--ff-only", theirs)
        if merged.code:
            raise GitError(f"git merge --ff-only: {merged.said}\nnothing was imported")
        return behind

    def changed(self) -> set[str]:
        """The files that are not as the last commit has them, in the index or the work tree; new ones too."""
        answer = self._ask("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all")
        return {os.fsdecode(line[3:]) for line in answer.out.split(b"\0") if line}

    def commit(self, paths: Iterable[str], message: str, before: Collection[str]) -> Committed:
        """Commit the vault paths `paths` as they are in the work tree, and nothing else: what the user has staged stays
        staged. `before`: what `changed` said before they were written. Hooks run as ever. Raises Refused.

        Git is told the paths and makes that commit in an index of its own (`commit --only`); files that it does not
        know yet are announced to it first (`add --intent-to-add`), and that is taken back when it refuses.
        """
        wanted = [self._prefix + path for path in paths]
        mine = {path for path in wanted if path in before and not path.startswith(f"{self._prefix}{STATE}/")}
        ignored = set(self._split(self._try("check-ignore", "-z", "--stdin", feed=_listed(wanted)).out))
        open_ = self.changed()
        taken = [path for path in wanted if path in open_ and path not in mine and path not in ignored]
        left_out = tuple(path for path in wanted if path in mine)
        if not taken:
            return Committed("", left_out)
        known = self._names("ls-files", "-z")
        new = [path for path in taken if path not in known]
        if new:
            self._ask("add", "--intent-to-add", *_FROM_STDIN, feed=_specs(new))
        done = self._try("commit", "--quiet", "--only", "-m", message, *_FROM_STDIN, feed=_specs(taken))
        if done.code:
            if new:
                self._try("reset", "--quiet", *_FROM_STDIN, feed=_specs(new))
            raise Refused(f"git commit: {done.said}\nthe notes are written, and in no commit yet")
        return Committed(self._ask("rev-parse", "HEAD").out.decode().strip(), left_out)

    def push(self) -> str:
        """Push the branch to its upstream; its name. Raises Refused."""
        remote, ref = self._upstream()
        done = self._try("push", "--quiet", remote, f"HEAD:{ref}")
        if done.code:
            behind = "non-fast-forward" in done.said or "fetch first" in done.said
            advice = "it has commits that are not here: `git pull --rebase`, then `git push`" if behind else done.said
            raise Refused(f"git push {remote}: was rejected; {advice}\nthe commit is made, and only here")
        return f"{remote}/{ref.removeprefix('refs/heads/')}"

    # -- inside ------------------------------------------------------------------------------------

    @property
    def _top(self) -> str:
        return str(self._repo.working_tree_dir)

    def _upstream(self) -> tuple[str, str]:
        """The remote that the branch follows, and the name of the branch there. Raises GitError."""
        branch = self._ask("symbolic-ref", "--short", "HEAD").out.decode().strip()
        remote, ref = (
            self._try("config", f"branch.{branch}.{key}").out.decode().strip() for key in ("remote", "merge")
        )
        if not remote or not ref:
            raise GitError(f"{self._top}: the branch {branch} follows none; `git push -u REMOTE {branch}` sets that up")
        return remote, ref

    def _names(self, *args: str) -> set[str]:
        return set(self._split(self._ask(*args).out))

    def _split(self, out: bytes) -> list[str]:
        return [os.fsdecode(name) for name in out.split(b"\0") if name]

    def _ask(self, *args: str, feed: bytes = b"") -> _Answer:
        """What `git ARGS` prints. Raises GitError when it fails."""
        answer = self._try(*args, feed=feed)
        if answer.code:
            raise GitError(f"git {args[0]} in {self._top}: {answer.said}")
        return answer

    def _try(self, *args: str, feed: bytes = b"") -> _Answer:
        # messages that are read here are in English; hooks of a commit speak the user's language
        spoken = {name: os.environ.get(name, "") for name in ("LC_ALL", "LANGUAGE")} if args[0] == "commit" else None
        process = self._repo.git.execute(["git", *args], istream=subprocess.PIPE, as_process=True, env=spoken)
        out, err = process.communicate(feed)
        said = (err + b"\n" + out if args[0] == "commit" else err).decode("utf-8", "backslashreplace").strip()
        return _Answer(process.returncode, out, said.removeprefix("fatal: ") or f"ended with {process.returncode}")


_FROM_STDIN = ("--pathspec-from-file=-", "--pathspec-file-nul")


def open_checkout(root: Path) -> Checkout:
    """The repository around the vault at `root`. Raises NotARepository when there is none, or it is bare, GitError."""
    try:
        import git
    except ImportError as e:
        raise GitError(f"git: not found ({str(e).splitlines()[0]}); install it, or add its folder to PATH") from e
    try:
        repo = git.Repo(root, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError) as e:
        raise NotARepository(f"{root}: is not in a git repository; `git init` makes one") from e
    if repo.working_tree_dir is None:
        raise NotARepository(f"{root}: has no work tree (a bare repository); run this in a clone of it")
    inside = root.resolve().relative_to(Path(repo.working_tree_dir).resolve()).as_posix()
    return Checkout(repo, "" if inside == "." else f"{inside}/")


def _listed(paths: Sequence[str]) -> bytes:
    return b"".join(os.fsencode(path) + b"\0" for path in paths)


def _specs(paths: Sequence[str]) -> bytes:
    """Paths as git's patterns that mean just these: a note may be called `What?.md`."""
    return _listed([f":(top,literal){path}" for path in paths])


def _some(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    return ", ".join(paths[:_SHOWN]) + more
