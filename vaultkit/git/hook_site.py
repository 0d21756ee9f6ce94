"""Where a repository's hooks are, and who looks after them: what `install`, `status` and `uninstall` must know first.

For commands that a person runs: this asks GitPython. Hooks themselves use `plumbing`. Writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vaultkit.git.git_hooks import GIT_HOOKS
from vaultkit.git.managers import MANAGERS, Manager, manager_of
from vaultkit.git.plumbing import GitError, NotARepository
from vaultkit.git.shim import is_ours

HOOK = "pre-commit"
"""The hook that matters: without it nothing is judged."""


@dataclass(frozen=True, slots=True)
class HookSite:
    """A repository as the installer sees it."""

    top: Path
    """Top folder of the work tree."""
    own: Path
    """The repository's own hooks folder: shared by its work trees, a submodule's lies in the outer repository."""
    used: Path
    """The folder whose hooks git runs: `own`, unless `core.hooksPath` says otherwise."""
    redirected_here: bool
    """Whether `core.hooksPath` stands in the configuration of this repository, not in the user's or the system's."""
    managers: tuple[Manager, ...]
    """Hook managers that the repository is configured for."""

    @property
    def redirected(self) -> bool:
        """Whether git runs hooks from elsewhere."""
        return self.own != self.used

    def read(self, name: str) -> bytes | None:
        """The text of the hook `name` in the repository's own folder; None when there is none."""
        return read_hook(self.own / name)

    @property
    def owner(self) -> Manager | None:
        """The manager that wrote a hook of the repository's own folder; None: nobody but people and vaultkit."""
        texts = (self.read(hook.name) or b"" for hook in GIT_HOOKS)
        return next((found for text in texts if not is_ours(text) and (found := manager_of(text))), None)

    def used_hook(self, name: str) -> Path:
        """The file a person would look into. Husky's `_` folder holds only relays to the files beside it."""
        return self.used.parent / name if self.used.name == "_" else self.used / name


def find_hook_site(start: Path) -> HookSite:
    """The hooks of the repository around `start`. Raises NotARepository, also for a bare one, and GitError."""
    try:
        import git  # slow to load; it looks for the git program at once
    except ImportError as e:
        raise GitError(f"git: not found ({str(e).splitlines()[0]}); install it, or add its folder to PATH") from e
    try:
        with git.Repo(start, search_parent_directories=True) as repo:
            if repo.working_tree_dir is None:
                raise NotARepository(f"{start}: has no work tree (a bare repository); run this in a clone of it")
            top = Path(repo.working_tree_dir)
            used = top / repo.git.rev_parse("--git-path", "hooks")
            redirected_here = repo.config_reader("repository").has_option("core", "hooksPath")
            return HookSite(
                top=top,
                own=Path(repo.common_dir).resolve() / "hooks",
                used=used.parent.resolve() / used.name,
                redirected_here=redirected_here,
                managers=tuple(found for found in MANAGERS if any((top / name).exists() for name in found.files)),
            )
    except (git.InvalidGitRepositoryError, git.NoSuchPathError) as e:
        raise NotARepository(f"{start}: is not in a git repository; `git init` makes one") from e
    except git.GitCommandError as e:
        raise GitError(f"git in {start}: {str(e.stderr).strip()}") from e


def read_hook(path: Path) -> bytes | None:
    """The text of the hook at `path`; None when there is none."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as e:
        raise GitError(f"{path}: cannot be read ({e.strerror or e})") from e
