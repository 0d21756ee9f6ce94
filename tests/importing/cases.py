"""The golden cases: exports small enough to read, each beside the tree of notes that it becomes.

A case is a folder `golden/<format>/<case>/` of invented text:

- `export…`: one or more files or folders, given to one `vaultkit import` in the order of their names. A folder that is
  called `….zip` or `….tar.gz` is packed for the run, so that a reader of the case sees what is in it;
- `arguments`, if there are any: further arguments of the command line, one a line;
- `expected/`: the vault afterwards, without what begins with a dot;
- `report.json`: the ids, what was told, and what stayed text.
"""

from __future__ import annotations

import gzip
import io
import json
import shutil
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.conftest import Ran

GOLDEN = Path(__file__).with_name("golden")
_ZONE = ("--tz", "Asia/Tokyo")
"""So that a case gives the same on every machine."""


class Case(NamedTuple):
    """One case. `format`: the name of the format that must claim its exports."""

    format: str
    name: str

    @property
    def folder(self) -> Path:
        return GOLDEN / self.format / self.name

    @property
    def arguments(self) -> list[str]:
        file = self.folder / "arguments"
        given = file.read_text("utf-8").split("\n") if file.is_file() else []
        return [one for one in given if one] if "--tz" in given else [*_ZONE, *filter(None, given)]

    def exports(self, where: Path) -> list[Path]:
        """The exports of the case, copied or packed below `where`."""
        where.mkdir(parents=True, exist_ok=True)
        found = []
        for export in sorted(self.folder.glob("export*")):
            copy = where / export.name
            if export.is_file():
                shutil.copyfile(export, copy)
            elif export.name.endswith(".zip"):
                _zip(export, copy)
            elif export.name.endswith((".tar.gz", ".tgz")):
                _tar(export, copy)
            else:
                shutil.copytree(export, copy)
            found.append(copy)
        return found


def all_cases() -> list[Case]:
    """Every case of every format."""
    return [Case(folder.parent.name, folder.name) for folder in sorted(GOLDEN.glob("*/*")) if folder.is_dir()]


def do(case: Case, root: Path, exports: list[Path], run_here: Callable[..., Ran], *more: str) -> Ran:
    """The import of the case into the vault at `root`."""
    return run_here("import", *exports, "--json", *case.arguments, *more, cwd=root)


def tree(root: Path) -> dict[str, bytes]:
    """The files below `root` that are seen in Obsidian."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts)
    }


def told(ran: Ran) -> str:
    """What of the report a person should look at when it changes."""
    report = json.loads(ran.out)
    kept = {
        "code": ran.code,
        "ids": {note["path"]: note["id"] for note in report["notes"]},
        "notices": report["notices"],
        "unresolved": report["unresolved"],
    }
    return json.dumps(kept, ensure_ascii=False, indent=2) + "\n"


def record(case: Case, found: dict[str, bytes], report: str) -> None:
    """Keep what came out as what is expected."""
    shutil.rmtree(case.folder / "expected", ignore_errors=True)
    for path, data in found.items():
        target = case.folder / "expected" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    (case.folder / "report.json").write_text(report, "utf-8", newline="\n")


def _zip(folder: Path, to: Path) -> None:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, data in tree(folder).items():
            packed.writestr(zipfile.ZipInfo(path), data)


def _tar(folder: Path, to: Path) -> None:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as packed:
        for path, data in tree(folder).items():
            info = tarfile.TarInfo(path)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
    to.write_bytes(gzip.compress(raw.getvalue(), mtime=0))
