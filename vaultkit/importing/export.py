"""An export as a source sees it: named files with bytes and text, wherever they really are.

Knows how to find files below a path; knows no format. Sources get an `Export` and never touch the disk themselves.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from vaultkit.errors import ExportError
from vaultkit.importing.encoding import decode

MAX_BYTES = 512 * 1024 * 1024
"""Larger single files are refused: they would not fit in memory several times over."""

SITE_MARKERS = ("_config.yml", "_config.yaml", "_config.toml", "hugo.toml", "hugo.yaml", "config.toml")


class ExportFile:
    """One file of an export. `data` and `text` are read once, when first asked for."""

    def __init__(self, path: PurePosixPath, load: Callable[[], bytes]) -> None:
        self.path = path
        self._load = load

    @cached_property
    def data(self) -> bytes:
        """The bytes. Raises ExportError when the file cannot be read."""
        return self._load()

    @cached_property
    def text(self) -> str:
        """The text with LF line ends, without a byte order mark. Raises ExportError for binary or unknown encodings."""
        return decode(self.data, str(self.path))

    def __repr__(self) -> str:
        return f"ExportFile({str(self.path)!r})"


@dataclass(frozen=True)
class Export:
    """What one argument of `vaultkit import` names: a file, or a folder with all regular files below it, sorted."""

    name: str
    """As the user gave it; for messages."""
    is_folder: bool
    files: tuple[ExportFile, ...]
    root: Path | None = None
    """Where `find` looks: the folder given, or for a file its site's folder or its own. None: nowhere."""

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
        target = self.root / inside
        try:
            if not target.is_file() or not target.resolve().is_relative_to(self.root.resolve()):
                return None
        except OSError:
            return None
        return ExportFile(inside, lambda: read_bytes(target))


def open_export(name: str) -> Export:
    """The export at the path `name`. Raises ExportError when there is none, or it is neither a file nor a folder."""
    path = Path(name)
    try:
        mode = path.stat().st_mode
    except OSError as e:
        raise ExportError(f"{name}: cannot be read ({e.strerror or e}); check the path") from e
    if stat.S_ISREG(mode):
        one = ExportFile(PurePosixPath(path.name), lambda: read_bytes(path))
        return Export(name, False, (one,), _site_root(path))
    if stat.S_ISDIR(mode):
        found = sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p.relative_to(path)))
        files = tuple(
            ExportFile(PurePosixPath(p.relative_to(path).as_posix()), lambda p=p: read_bytes(p))  # type: ignore[misc]
            for p in found
        )
        return Export(name, True, files, path)
    raise ExportError(f"{name}: is neither a file nor a folder")


def read_bytes(path: Path) -> bytes:
    """All bytes of `path`. Raises ExportError with the reason when that fails."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ExportError(
                f"{path}: {size} bytes are more than vaultkit reads at once ({MAX_BYTES}); split the export"
            )
        return path.read_bytes()
    except OSError as e:
        raise ExportError(f"{path}: cannot be read ({e.strerror or e})") from e


def _site_root(path: Path) -> Path:
    """The nearest folder above `path` that holds a site's configuration, else the folder of `path`."""
    for folder in path.resolve().parents:
        if any((folder / marker).is_file() for marker in SITE_MARKERS):
            return folder
    return path.resolve().parent


def _hidden(relative: Path) -> bool:
    return any(part.startswith(".") for part in relative.parts)
