"""Day One's exports as people have them: unpacked, cut off, copied, and after the classic journal."""

from __future__ import annotations

import json
import plistlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ran
from vaultkit.importing.export import open_export
from vaultkit.importing.sources import dayone

ID = "5E0A4C1E5D2F4E6A8C9B1D3F5A7C9E01"


def journal(path: Path, *entries: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"metadata": {"version": "1.0"}, "entries": entries}, ensure_ascii=False), "utf-8")
    return path


def record(text: str, **more: object) -> dict[str, Any]:
    return {"uuid": ID, "creationDate": "2024-05-01T10:00:00Z", "timeZone": "Asia/Tokyo", "text": text, **more}


def notes(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in sorted(root.rglob("*.md"))}


def test_the_classic_journal_goes_on_in_the_new_one(
    tmp_path: Path, vault: Callable[..., Path], run_here: Callable[..., Ran]
) -> None:
    root, old = vault(), tmp_path / "Journal.dayone/entries"
    old.mkdir(parents=True)
    (old / f"{ID}.doentry").write_bytes(plistlib.dumps({"Entry Text": "Fog.", "UUID": ID, "Time Zone": "Asia/Tokyo"}))
    run_here("import", old.parent, cwd=root)
    new = journal(tmp_path / "Journal.json", record("Written anew from the first word to the last one, with the lamp."))
    assert run_here("import", new, cwd=root).code == 0
    (text,) = notes(root).values()
    assert "from the first word" in text
    assert f"vaultkit-id: dayone/{ID}\n" in text


def test_photos_beside_a_bare_file_are_found_whatever_their_type_is_called(
    tmp_path: Path, vault: Callable[..., Path], run_here: Callable[..., Ran]
) -> None:
    root = vault()
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/abc1.heic").write_bytes(b"a photo")
    export = journal(
        tmp_path / "Sea.json", record("![](dayone-moment://P1)", photos=[{"identifier": "P1", "md5": "abc1"}])
    )
    assert run_here("import", export, cwd=root).code == 0
    assert (root / "abc1.heic").read_bytes() == b"a photo"
    assert "![[abc1.heic]]" in next(iter(notes(root).values()))


def test_two_files_of_one_name_in_an_entry_stay_two(
    tmp_path: Path, vault: Callable[..., Path], run_here: Callable[..., Ran]
) -> None:
    root = vault()
    (tmp_path / "pdfs").mkdir()
    listed = []
    for md5 in ("aa", "bb"):
        (tmp_path / f"pdfs/{md5}.pdf").write_bytes(md5.encode())
        listed.append({"identifier": md5, "md5": md5, "pdfName": "../../Tides [1].pdf"})
    assert run_here("import", journal(tmp_path / "Sea.json", record("", pdfAttachments=listed)), cwd=root).code == 0
    assert {path.name: path.read_bytes() for path in root.rglob("*.pdf")} == {
        "Tides (1).pdf": b"aa",
        "Tides (1) 2.pdf": b"bb",
    }
    assert "![[Tides (1).pdf]]\n\n![[Tides (1) 2.pdf]]" in next(iter(notes(root).values()))


def test_a_file_that_breaks_off_gives_what_stands_before(
    tmp_path: Path, vault: Callable[..., Path], run_here: Callable[..., Ran]
) -> None:
    root = vault()
    whole = journal(tmp_path / "Sea.json", record("One."), record("Two.", uuid="B" * 32)).read_text("utf-8")
    (tmp_path / "Sea.json").write_text(whole[:-40], "utf-8")
    ran = run_here("import", tmp_path / "Sea.json", cwd=root)
    assert ran.code == 1
    assert "Sea.json" in ran.out
    assert ["One." in text for text in notes(root).values()] == [True]


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ('{"metadata": {"version": "1.0"}, "entries": []}', True),
        ('{"entries": [{"creationDate": "x", "uuid": 1}]}', True),
        ('{"entries": [{"title": "x", "body": "", "date": ""}]}', False),
        ('{"entries": {"uuid": 1, "creationDate": 2}}', False),
        ('{"metadata": {"version": 1}, "issues": []}', False),
        ('[{"uuid": 1, "creationDate": 2}]', False),
        ('{"entries": [', False),
        ("entries", False),
    ],
)
def test_what_is_a_journal(tmp_path: Path, text: str, claimed: bool) -> None:
    (tmp_path / "a.json").write_text(text, "utf-8")
    assert dayone.identify(open_export(str(tmp_path / "a.json"))).claimed is claimed
