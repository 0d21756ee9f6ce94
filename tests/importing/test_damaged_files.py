"""A file of a folder that is damaged costs itself alone, whatever the format: the others are imported."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.importing.cases import Case, all_cases
from tests.importing.exports import TOKYO
from vaultkit.errors import ExportError
from vaultkit.importing.entry import Entry
from vaultkit.importing.export import open_export
from vaultkit.importing.source import Verdict
from vaultkit.importing.sources import SOURCES

_NO_TEXT = b"\x00\x81\xff\xfe\x00"


def _of_folders() -> list[Case]:
    return [case for case in all_cases() if any(path.is_dir() for path in case.folder.glob("export*"))]


def _keys(format_: str, path: Path) -> set[str] | None:
    """What is read of an export; None: it is not of the format, and says so."""
    source = SOURCES[format_]
    export = open_export(str(path))
    verdict: Verdict = source.identify(export)
    if not verdict.claimed:
        return None
    return {one.key for one in source.read((export,), TOKYO) if isinstance(one, Entry)}


@pytest.mark.parametrize("case", _of_folders(), ids=lambda case: f"{case.format}/{case.name}")
def test_a_file_that_is_no_text_to_its_end(case: Case, tmp_path: Path) -> None:
    folder = next(path for path in sorted(case.folder.glob("export*")) if path.is_dir())
    shutil.copytree(folder, tmp_path / "in")
    try:
        whole = _keys(case.format, tmp_path / "in") or set()
    except ExportError:  # it needs an argument of the case
        pytest.skip("is given more than a folder")
    for path in sorted((tmp_path / "in").rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        for begin in {0, len(data) // 2} if data else ():
            path.write_bytes(data[:begin] + _NO_TEXT * 20)
            left = _keys(case.format, tmp_path / "in")
            assert left is None or left <= whole or len(left) >= len(whole) // 2, path.name
        if data:
            path.write_bytes(data)
