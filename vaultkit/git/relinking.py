"""`vaultkit hook relink`: links to notes and attachments that a commit renames, rewritten with the commit.

However the files were renamed: `git mv`, a file manager, another editor. Every link in the index that would break is
written as the vault's settings write links, and so in the work tree. Where two files could be meant nothing is
rewritten, and what to do is said. Prints nothing: `cli/` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.git.blobs import is_lfs_pointer
from vaultkit.git.plumbing import open_repository
from vaultkit.git.renames import Likely, Renames, find_renames, names_in
from vaultkit.git.staging import Staging

if TYPE_CHECKING:
    from vaultkit.git.restage import Restaged, Way
    from vaultkit.git.roots import Roots
    from vaultkit.vault.move import Notice, Rewrite

_SHOWN = 20
"""So many files are named; a folder that is moved may change hundreds."""
_NO_WAY = (
    "vaultkit: under `git commit PATH` links cannot be rewritten; stage the files and commit without naming them, or"
    " rewrite the links by hand"
)


def hook_relink(cwd: Path, *, restage: bool = False) -> tuple[int, str]:
    """Exit code (0: go on, 1: links were rewritten, so that the commit is to be looked at) and text to show.

    `restage`: go on with what was rewritten. Under `git commit PATH` it is only told what leads nowhere then, and the
    commit goes on. Raises VaultkitError when it cannot do its work.
    """
    with Staging(open_repository(cwd), cwd) as staging:
        return relink_in(staging, restage=restage)


def relink_in(staging: Staging, *, restage: bool = False) -> tuple[int, str]:
    """The same in a repository that others ask about, too; when it changes the index, `staging` is told."""
    names = names_in(staging.changes)
    if not names.went or not names.came:
        return 0, ""
    renames = find_renames(staging.repository, names, staging.blobs.read)
    if not renames.sure and not renames.likely:
        return 0, ""
    return _relink(staging, renames, restage)


def _relink(staging: Staging, renames: Renames, restage: bool) -> tuple[int, str]:
    from vaultkit.git import restage as room  # loads the journal
    from vaultkit.git.roots import Roots

    files = staging.files
    roots = Roots(staging.repository.top, [*files, *renames.went])
    way, told, changed, blobs = room.way(), list[str](), False, dict[str, str]()
    hindrances: list[str] = []
    concerned = {roots.of(path) for path in (*renames.sure, *(one.old for one in renames.likely))}
    for root in sorted(root for root in concerned if root is not None):
        vault = _Vault(staging, roots, root, renames)
        done, some = vault.relink(way)
        changed = changed or bool(done.paths)
        blobs |= done.blobs
        told += some
        hindrances += [done.hindrance] if done.hindrance else []
    if blobs:
        staging.rewritten(blobs)
    code, last = 0, ""
    if changed:
        code, last = (0, _NO_WAY) if way is room.Way.NOTHING else room.verdict("links rewritten", way, restage)
    return max(code, bool(hindrances)), _lines([*told, *dict.fromkeys(hindrances), *([last] if last else [])])


class _Plan(NamedTuple):
    rewrites: tuple[Rewrite, ...]
    notices: tuple[Notice, ...]


class _Vault:
    """One vault of the repository, before the commit and after it."""

    def __init__(self, staging: Staging, roots: Roots, root: str, renames: Renames) -> None:
        from vaultkit.git.staged import read_tracked
        from vaultkit.vault.index import Index
        from vaultkit.vault.settings import read_settings

        repository, blobs, files = staging.repository, staging.blobs, staging.files
        self._repository, self._blobs, self._files = repository, blobs, files
        self._root = root
        self._prefix = f"{root}/" if root else ""
        self._sure = {
            self._inside(old): self._inside(new)
            for old, new in renames.sure.items()
            if roots.of(old) == roots.of(new) == root
        }
        self._likely = [one for one in renames.likely if roots.of(one.old) == root]
        self._vault = next((vault for vault in staging.read().vaults if vault.root == root), None)
        if self._vault:
            self._after = self._vault.now.vault_index
        else:  # what made it a vault went, too
            self._after = Index(self._inside(path) for path in files if path.startswith(self._prefix))
        went = [self._inside(path) for path in renames.went if path.startswith(self._prefix)]
        came = [self._inside(path) for path in renames.came if path.startswith(self._prefix)]
        self._before = self._after.with_files(came, went, {})
        folder = f"{self._prefix}{roots.config_folder(root)}"
        settings = read_settings(lambda name: read_tracked(repository, blobs, files, f"{folder}/{name}"))
        self._link_format = settings.link_format

    def relink(self, way: Way) -> tuple[Restaged, list[str]]:
        """Rewrite the links; what was done (under `git commit PATH`: what would be), and what to tell."""
        from vaultkit.git import restage as room

        told: list[str] = []
        plan = self._plan(self._sure) if self._sure else _Plan((), ())
        texts = []
        counts = {}
        for one in plan.rewrites:
            path = self._prefix + one.new_path
            texts.append(room.Text(path, self._files[path], one.before, one.after))
            counts[path] = len(one.edits)
        if way is room.Way.NOTHING:
            done = room.Restaged(tuple(counts))
        elif texts:
            done = room.restage(self._repository, self._root, texts, "hook relink", way)
        else:
            done = room.Restaged()
        if way is room.Way.NOTHING or done.hindrance:
            told += _shortened(
                f"{path}: {_count(counts[path])} would lead nowhere after this commit" for path in counts
            )
        else:
            told += _shortened(f"{path}: {_count(counts[path])} rewritten" for path in done.paths)
        told += done.notices
        told += _shortened(self._told(one) for one in plan.notices)
        told += [line for one in self._likely for line in self._suggested(one)]
        return done, told

    def _plan(self, renamed: Mapping[str, str]) -> _Plan:
        """The rewrites that `renamed` (old path → new path, of the vault) asks for."""
        from vaultkit.vault.move_seen import plan_seen
        from vaultkit.vault.names import Kind, kind_of
        from vaultkit.vault.parse import parse

        old_paths = {new: old for old, new in renamed.items()}
        named = self._naming(renamed)
        own = [path for new in renamed.values() if (path := self._prefix + new) in self._files]
        own = [path for path in own if kind_of(path) in (Kind.NOTE, Kind.CANVAS) and not self._files[path].is_symlink]
        notes, canvases = [], {}
        for path in dict.fromkeys((*named, *own)):
            now = self._inside(path)
            data = self._blobs.read(self._files[path].blob)
            if is_lfs_pointer(data):
                continue
            if kind_of(now) is Kind.CANVAS:
                canvases[old_paths.get(now, now)] = data
            elif b"[" in data:
                notes.append(parse(old_paths.get(now, now), data))
        return _Plan(*plan_seen(renamed, self._before, self._after, notes, canvases, self._link_format))

    def _naming(self, renamed: Iterable[str]) -> list[str]:
        """Those of the notes and canvases of the vault in which a link to one of `renamed` may stand."""
        from vaultkit.linting.asked import name_key
        from vaultkit.linting.claims import link_claim
        from vaultkit.vault.names import Kind, kind_of

        claims = self._vault.now.claims if self._vault else None
        if claims is None or not claims.is_quick:  # all would be read, which git does faster
            from vaultkit.git.linking import files_naming

            inside = {path: file for path, file in self._files.items() if path.startswith(self._prefix)}
            return files_naming(self._repository, self._blobs, inside, [self._prefix + old for old in renamed])
        found = {one.path for old in renamed for one in claims.bearers(link_claim(name_key(old)))}
        paths = [self._prefix + path for path in sorted(found) if kind_of(path) in (Kind.NOTE, Kind.CANVAS)]
        return [path for path in paths if path in self._files and not self._files[path].is_symlink]

    def _told(self, notice: Notice) -> str:
        from vaultkit.vault.move import Fate

        files = " or ".join(self._prefix + path for path in notice.files)
        place = f"{self._prefix}{notice.path}: {notice.text}"
        if notice.fate is Fate.UNCLEAR:
            return (
                f"{place} could mean {files} now, so it was left as it is; write the one that is meant with its folder"
            )
        return f"{place} led to what is now {files}, and no link can be written that does; give that file another name"

    def _suggested(self, likely: Likely) -> list[str]:
        """What to say of what may be a rename; nothing when no link leads there."""
        old = self._inside(likely.old)
        news = [new for new in likely.news if new.startswith(self._prefix)]
        plan = self._plan({old: self._inside(news[0])}) if news else _Plan((), ())
        broken = sum(len(one.edits) for one in plan.rewrites if one.path != old)
        if not broken:
            return []
        lead = f"{likely.old}: is gone, and {_count(broken)} to it would lead nowhere; "
        if len(news) == 1:
            what = (
                f"if it is {news[0]} now ({likely.score} % alike), name it back and use `vaultkit mv`, which rewrites"
            )
        else:
            what = f"it could be {' or '.join(news)} now; name that one back and use `vaultkit mv`, which rewrites"
        return [f"{lead}{what} the links"]

    def _inside(self, path: str) -> str:
        return path[len(self._prefix) :]


def _shortened(lines: Iterable[str]) -> list[str]:
    some = list(lines)
    return [*some[:_SHOWN], *([f"… and {len(some) - _SHOWN} more"] if len(some) > _SHOWN else [])]


def _count(number: int) -> str:
    return f"{number} {'link' if number == 1 else 'links'}"


def _lines(told: list[str]) -> str:
    return "".join(f"{line}\n" for line in told)
