"""What an argument of `vaultkit import` may be beside one file: patterns, the standard input, members as streams."""

from __future__ import annotations

import gc
import io
import json
import os
import random
import tarfile
import warnings
import zipfile
from pathlib import Path

import pytest

from tests.conftest import write_tree
from vaultkit.errors import ExportError
from vaultkit.importing.export import expand, open_export

DIARY = "2024/02/01\n\n雪。\n\n2024/02/02\n\nThaw.\n"


def test_patterns_are_expanded_in_natural_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tree(tmp_path, {"d2.txt": "", "d10.txt": "", "d[1].txt": "", "sub/d3.txt": ""})
    monkeypatch.chdir(tmp_path)
    assert expand(["d?*.txt", "d2.txt"]) == ["d2.txt", "d10.txt", "d[1].txt"]
    assert expand(["**/d3.txt"]) == ["sub/d3.txt"]
    assert expand(["d[1].txt"]) == ["d[1].txt"]
    with pytest.raises(ExportError, match="no file fits this pattern"):
        expand(["*.json"])


def test_a_quoted_pattern_is_imported_and_saved_as_it_was_given(run, vault) -> None:
    root = vault({"in/a.txt": DIARY, "in/b.txt": DIARY.replace("2024", "2023")})
    ran = run("import", "in/*.txt", "--save", "--tz", "Asia/Tokyo", cwd=root)
    assert ran.code == 0, ran.err
    assert len(list((root / "Diary").rglob("*.md"))) == 4
    said = (root / "vaultkit.yaml").read_text("utf-8")
    assert "path: in/*.txt" in said
    assert "timezone: Asia/Tokyo" in said
    assert "4 unchanged" in run("sync", cwd=root).out


def test_the_standard_input_is_an_export(run, vault) -> None:
    root = vault()
    assert run("import", "-", cwd=root, stdin=DIARY).code == 0
    assert len(list((root / "Diary").rglob("*.md"))) == 2
    for words, said in {("--save",): "cannot be read again", ("-",): "can be read once"}.items():
        ran = run("import", "-", *words, cwd=root, stdin=DIARY)
        assert ran.code == 2
        assert said in ran.err


@pytest.mark.parametrize("zone", ["Mars/Olympus", "+99:00", "../etc/passwd", "x" * 300])
def test_a_zone_that_there_is_not_is_refused(run, vault, zone: str) -> None:
    root = vault({"d.txt": DIARY})
    ran = run("import", "d.txt", "--tz", zone, cwd=root)
    assert ran.code == 2
    assert "is no time zone; they are called like Europe/Dublin" in ran.err
    (root / "vaultkit.yaml").write_text(f"sources:\n  d:\n    path: d.txt\n    timezone: {json.dumps(zone)}\n")
    ran = run("sync", cwd=root)
    assert ran.code == 2
    assert "vaultkit.yaml:4" in ran.err
    assert "timezone" in ran.err


@pytest.mark.parametrize("kind", ["w:gz", "w", "w:xz", "zip"])
def test_members_are_streams_in_any_order(tmp_path: Path, kind: str) -> None:
    some = random.Random(1)
    files = {f"f{i}.bin": some.randbytes(size) for i, size in enumerate((0, 5, 1_500_000, 3_000_000, 2_000_000))}
    path = tmp_path / "x"
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
            for name, data in files.items():
                zipped.writestr(name, data)
    else:
        with tarfile.open(path, kind) as packed:  # type: ignore[call-overload]
            for name, data in files.items():
                info = tarfile.TarInfo(name)
                info.size = len(data)
                packed.addfile(info, io.BytesIO(data))
    found = {str(file.path): file for file in open_export(str(path)).files}
    for name in ("f3.bin", "f2.bin", "f4.bin", "f0.bin", "f1.bin", "f3.bin"):
        assert found[name].head == files[name][:65_536]
        assert found[name].load() == files[name]
        assert found[name].size == len(files[name])


def test_a_large_text_in_an_archive_is_never_held_as_a_whole(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.json", "".join(f"[{i}]\n" for i in range(800_000)))
    file = open_export(str(tmp_path / "x.zip")).first
    assert max(map(len, file.pieces())) < 2_000_000
    assert not {"data", "text"} & vars(file).keys()


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_an_archive_that_is_held_in_a_circle_is_closed_in_silence(tmp_path: Path, name: str) -> None:
    if name == "a.zip":
        with zipfile.ZipFile(tmp_path / name, "w") as packed:
            packed.writestr("x/1.txt", "one" * 1000)
            packed.writestr("x/2.txt", "two" * 1000)
    else:
        with tarfile.open(tmp_path / name, "w:gz") as packed_tar:
            for one in ("1.txt", "2.txt"):
                (tmp_path / one).write_bytes(os.urandom(3_000_000))
                packed_tar.add(tmp_path / one, f"x/{one}")
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        export = open_export(str(tmp_path / name))
        chunks = export.files[1].pieces() if name == "a.zip" else iter([export.files[1].head])
        next(chunks)
        circle: list[object] = [export, chunks]
        circle.append(circle)
        del circle, chunks, export
        gc.collect()
    assert [str(one.message) for one in seen] == []


@pytest.mark.parametrize(("name", "what_to_do"), [("parts", "give these instead"), ("all.zip", "unpack it")])
def test_archives_within_an_archive_or_folder_are_named(tmp_path: Path, name: str, what_to_do: str) -> None:
    (tmp_path / "parts").mkdir()
    with zipfile.ZipFile(tmp_path / "parts/diary-1.zip", "w") as inner:
        inner.writestr("diary.txt", DIARY)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as outer:
        outer.write(tmp_path / "parts/diary-1.zip", "diary-1.zip")
    with pytest.raises(ExportError, match=rf"nothing but archives \(.*diary-1\.zip\); {what_to_do}"):
        open_export(str(tmp_path / name))
