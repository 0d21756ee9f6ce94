"""A file of a folder that is damaged costs itself alone, whatever the format: the others are imported."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.importing.cases import Case, all_cases
from tests.importing.exports import TOKYO
from vaultkit.importing.entry import Entry, Notice
from vaultkit.importing.export import open_export
from vaultkit.importing.sources import SOURCES

_NO_TEXT = b"\x00\x81\xff\xfe\x00"


def _of_folders() -> list[Case]:
    return [case for case in all_cases() if any(path.is_dir() for path in case.folder.glob("export*"))]


def _read(format_: str, path: Path) -> tuple[set[str], str] | None:
    """The keys of what is read of an export, and all that is told; None: it is not of the format, and says so."""
    source = SOURCES[format_]
    export = open_export(str(path))
    if not source.identify(export).claimed:
        return None
    found = list(source.read((export,), TOKYO))
    told = (f"{one.place} {one.message} {one.text}" for one in found if isinstance(one, Notice))
    return {one.key for one in found if isinstance(one, Entry)}, "\n".join(told)


@pytest.mark.parametrize("case", _of_folders(), ids=lambda case: f"{case.format}/{case.name}")
def test_a_file_that_is_no_text_to_its_end(case: Case, tmp_path: Path) -> None:
    """What is not read any more is told, with the name of the file."""
    folder = next(path for path in sorted(case.folder.glob("export*")) if path.is_dir())
    shutil.copytree(folder, tmp_path / "in")
    whole = _read(case.format, tmp_path / "in")
    assert whole is not None
    for path in sorted((tmp_path / "in").rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        for begin in {0, len(data) // 2} if data else ():
            if path.suffix == ".html" and not begin:
                continue  # of a site's pages in HTML only those are read that begin with front matter
            path.write_bytes(data[:begin] + _NO_TEXT * 20)
            left = _read(case.format, tmp_path / "in")
            assert left is None or left[0] >= whole[0] or path.name in left[1]
        if data:
            path.write_bytes(data)
