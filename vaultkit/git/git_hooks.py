"""The hooks of git that vaultkit has something to do in. Pure: a table."""

from __future__ import annotations

from typing import NamedTuple


class GitHook(NamedTuple):
    """A hook, by git's own name for it."""

    name: str
    does: str
    """What happens with it in place, in words."""
    refuses: bool = False
    """Whether it may refuse what git is about to do; then it must not be missed in silence when vaultkit is gone."""
    reads: bool = False
    """Whether git tells it something on standard input."""
    option: str = ""
    """The key below `hooks:` in `vaultkit.yaml` that must be on for it to be put in place; empty: it always is."""


GIT_HOOKS = (
    GitHook("pre-commit", "a commit is refused while something is wrong with what it brings in", refuses=True),
    GitHook("pre-merge-commit", "a merge is refused while it holds conflicts", refuses=True),
    GitHook("pre-push", "a push is refused while something is wrong with what it brings in", refuses=True, reads=True),
    GitHook("prepare-commit-msg", "an empty message gets a first line", option="message"),
    GitHook("post-merge", "lint looks at all notes again"),
    GitHook("post-checkout", "lint looks at all notes again"),
    GitHook("post-rewrite", "lint looks at all notes again", reads=True),
)
BY_NAME = {hook.name: hook for hook in GIT_HOOKS}
