"""An export as a source sees it: named files (`export_file`), wherever they really are.

Knows how to find files below a path; knows no format. Sources get an `Export` and never touch the disk themselves.
"""

from __future__ import annotations

import glob
import os
import stat
import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vaultkit.config_sources import natural
from vaultkit.errors import ExportError
from vaultkit.importing.archive import ARCHIVES, is_archive, open_archive
from vaultkit.importing.export_file import MAX_BYTES, ExportFile, file_at

SITE_MARKERS = ("_config.yml", "_config.yaml", "_config.toml", "hugo.toml", "hugo.yaml", "config.toml")
"""Files that a site's own folder holds; of `config.toml` there are many others, Hugo's stands beside `content/`."""

_VAULT = ".obsidian"
_PACKED = frozenset({".zip", ".tar", ".tgz", ".gz", ".bz2", ".tbz", ".xz", ".txz"})


@dataclass(frozen=True)
class Export:
    """What one argument of `vaultkit import` names: a file, or a folder or archive with all files in it, sorted."""

    name: str
    """As the user gave it; for messages."""
    is_folder: bool
    files: tuple[ExportFile, ...]
    root: Path | None = None
    """Where the paths begin and `find` looks: the site's folder when a site's configuration marks one, else the folder
    given, or that of the file given. None: nowhere."""
    is_site: bool = False
    """Whether the root is a site's folder, or a folder given, so that the paths below it mean addresses."""
    skipped: tuple[str, ...] = ()
    """What was not read: links of the file system that lead out of the root, to a folder, or nowhere; members of an
    archive that are no files, or lead out of it."""
    members: Mapping[str, ExportFile] | None = None
    """The files of an archive by path, in which `find` looks; the root is then the archive itself."""
    in_vault: bool = False
    """Whether a folder is an Obsidian vault or a part of one."""

    @property
    def first(self) -> ExportFile:
        """The file given; of a folder the first one. Raises ExportError when a folder is empty."""
        if not self.files:
            raise ExportError(f"{self.name}: the folder holds no files")
        return self.files[0]

    def find(self, path: str) -> ExportFile | None:
        """The file at `path` below the root (a leading `/` means the root too), or None. Never leaves the root."""
        parts = PurePosixPath(path.lstrip("/")).parts
        if self.root is None or not parts or ".." in parts:
            return None
        inside = PurePosixPath(*parts)
        if self.members is not None:
            return self.members.get(str(inside))
        target = self.root / inside
        if not _stays_in(self.root, target):
            return None
        return file_at(target, inside)


STANDARD_INPUT = "-"


def expand(names: Iterable[str]) -> list[str]:
    """`names`, with every pattern (`*.json`) that no file is called by replaced by what it fits, in natural order: not
    every shell does that. Raises ExportError for a pattern that fits nothing, and for `-` given twice."""
    found: dict[str, None] = {}
    for name in names:
        path = os.path.expanduser(name)  # noqa: PTH111
        if not glob.has_magic(name) or os.path.lexists(name):
            if name == STANDARD_INPUT and name in found:
                raise ExportError("-: the standard input can be read once")
            found[name] = None
            continue
        here = sorted(glob.glob(path, recursive=True), key=natural)  # noqa: PTH207
        if not here:
            raise ExportError(f"{name}: no file fits this pattern")
        found |= dict.fromkeys(here)
    return list(found)


def open_export(name: str) -> Export:
    """The export at the path `name`; `-` is what comes by the standard input, one file of up to MAX_BYTES.
    Raises ExportError when there is none, it is neither a file nor a folder, or it holds nothing but archives: one that
    lies in a diary's or tracker's is an attachment.

    A link to a file is followed when the user names it, and inside a folder only as far as it stays in there: a cloned
    site must not bring in what lies elsewhere on the disk.
    """
    if name == STANDARD_INPUT:
        return _from_standard_input()
    path = Path(name)
    try:
        mode = path.stat().st_mode
        real = path.resolve()
    except (OSError, RuntimeError) as e:
        reason = getattr(e, "strerror", None) or e
        raise ExportError(f"{name}: cannot be read ({reason}); check the path") from e
    if stat.S_ISREG(mode):
        path = path.parent.resolve() / path.name
        if is_archive(path):
            return _open_packed(name, path)
        site = _site_root(path.parent)
        root = site or path.parent
        return Export(name, False, (_file(root, path),), root, site is not None)
    if stat.S_ISDIR(mode):
        root = _site_root(real) or real
        files: list[ExportFile] = []
        skipped: list[str] = []
        for found in _below(real):
            if found.is_symlink() and not _stays_in(root, found):
                skipped.append(found.relative_to(root).as_posix())
            elif found.is_file():
                files.append(_file(root, found))
        _refuse_parts(name, files, "give these instead of the folder")
        in_vault = any((folder / _VAULT).is_dir() for folder in (real, *real.parents))
        return Export(name, True, tuple(files), root, True, tuple(skipped), in_vault=in_vault)
    raise ExportError(f"{name}: is neither a file nor a folder")


def _from_standard_input() -> Export:
    """It can be read only once, and is held in memory: nothing of a diary is to lie about in a folder for such."""
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ExportError(f"-: more than {MAX_BYTES} bytes came by the standard input; save them as a file first")
    if data.startswith(ARCHIVES):
        raise ExportError("-: an archive came by the standard input; save it as a file, it is read in no order")
    file = ExportFile(PurePosixPath("stdin"), lambda: data)
    return Export(STANDARD_INPUT, False, (file,))


def _open_packed(name: str, path: Path) -> Export:
    """An archive as the folder that was packed; one with a single file as that file."""
    archive = open_archive(path)
    files = {
        member.path: ExportFile(PurePosixPath(member.path), member.load, member.chunks) for member in archive.members
    }
    _refuse_parts(name, files.values(), "unpack it and give these")
    if len(files) == 1 and "/" not in "".join(files):
        return Export(name, False, tuple(files.values()), path, False, archive.skipped, files)
    return Export(name, True, tuple(files.values()), path, True, archive.skipped, files)


def _refuse_parts(name: str, files: Collection[ExportFile], what_to_do: str) -> None:
    if files and all(file.path.suffix.lower() in _PACKED for file in files):
        shown = ", ".join(str(file.path) for file in files)
        raise ExportError(f"{name}: holds nothing but archives ({shown}); {what_to_do}")


def _file(root: Path, path: Path) -> ExportFile:
    name = PurePosixPath(path.relative_to(root).as_posix())
    return file_at(path, name)


def _stays_in(root: Path, path: Path) -> bool:
    """Whether a path, with its links followed, leads to a file below `root`."""
    try:
        return path.is_file() and path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a loop
        return False


def _site_root(folder: Path) -> Path | None:
    """`folder` or the nearest one above it that holds a site's configuration. None: there is no site."""
    for candidate in (folder, *folder.parents):
        for marker in SITE_MARKERS:
            # a folder that may not be looked into holds none: `Path.is_file` would raise
            if os.path.isfile(candidate / marker) and (marker != "config.toml" or (candidate / "content").is_dir()):  # noqa: PTH113
                return candidate
    return None


def _below(folder: Path) -> list[Path]:
    """All that is below a folder and not hidden, sorted; links are not followed. Raises ExportError for a folder that
    cannot be looked into: what is in it would be missing without a word, and taken for deleted."""

    def refuse(error: OSError) -> None:
        raise ExportError(f"{error.filename}: cannot be read ({error.strerror}); check its owner and mode")

    found: list[Path] = []
    for here, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(here, name) for name in (*folders, *files) if not name.startswith(".")]
    return sorted(found)
