"""ZIP and tar archives that were made to do harm: refused with the limit named, or read without what leads out."""

from __future__ import annotations

import gzip
import io
import json
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import not_hanging
from tests.importing.hostile.carriers import imported
from vaultkit.errors import ExportError
from vaultkit.importing import archive
from vaultkit.importing.entry import NoticeKind
from vaultkit.importing.export import open_export
from vaultkit.vault.names import name_problems

PAGE = "---\ntitle: {}\n---\nbody {}\n"
OUT = [
    "../x.md",
    "../../x.md",
    "../../../../../../etc/x.md",
    "a/../../x.md",
    "a/b/../../../x.md",
    "/x.md",
    "//x.md",
    "/etc/cron.d/x.md",
    "\\x.md",
    "\\\\server\\share\\x.md",
    "C:\\x.md",
    "C:/x.md",
    "c:x.md",
    "a/..\\..\\b.md",
    "..\\x.md",
    "a\\..\\..\\x.md",
    "..",
    "a/..",
]
INSIDE = [
    "CON.md",
    "NUL.md",
    "aux.md",
    "COM1.txt.md",
    "x\x1b]0;y.md",
    "x\ny.md",
    "x\u202ey.md",
    "-rf.md",
    "--help.md",
    "~/x.md",
    "%2e%2e/x.md",
    "a/./b.md",
    "./c.md",
    "d//e.md",
    "f\\g.md",
    "$(x).md",
    "`x`.md",
    "日記.md",
    "cafe\u0301.md",
    "caf\u00e9.md",
    "Cafe\u0301.md",
    "x" * 250 + ".md",
    "deep/" * 60 + "x.md",
    "::error::x.md",
    "x.md ",
]


def make_zip(path: Path, names: list[str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for i, name in enumerate(names):
            packed.writestr(zipfile.ZipInfo(name), PAGE.format(i, i))
    return path


def make_tar(path: Path, names: list[str]) -> Path:
    with tarfile.open(path, "w:gz") as packed:
        for i, name in enumerate(names):
            data = PAGE.format(i, i).encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
    return path


@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_members_that_lead_out_are_named_and_the_others_are_read(tmp_path: Path, make: Callable) -> None:
    report, notes = imported(tmp_path, make(tmp_path / "x.zip", [*OUT, *INSIDE]))
    skipped = next(notice for notice in report.notices if "were not read" in notice.message)
    assert skipped.kind is NoticeKind.WARNING
    assert [line.removesuffix(" leads out of the archive") for line in skipped.text.split("\n")] == OUT
    read = [name for name in INSIDE if name.endswith(".md")]  # the other is no page, and is none in a folder either
    assert len(report.notes) == len(read)
    assert {text.rpartition("---\n")[2] for text in notes.values()} == {
        f"body {len(OUT) + i}\n" for i, name in enumerate(INSIDE) if name in read
    }
    for path in notes:
        assert not [problem for part in path.split("/") for problem in name_problems(part, "windows")]


def with_links(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        for name, kind in (("link.md", stat.S_IFLNK), ("pipe.md", stat.S_IFIFO), ("device.md", stat.S_IFCHR)):
            info = zipfile.ZipInfo(name)
            info.external_attr = (kind | 0o777) << 16
            packed.writestr(info, "/etc/passwd")
        packed.writestr("a.md", PAGE.format("A", 1))
    return path


def with_links_tar(path: Path) -> Path:
    with tarfile.open(path, "w:gz") as packed:
        for name, kind in (("link.md", tarfile.SYMTYPE), ("hard.md", tarfile.LNKTYPE), ("device.md", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            packed.addfile(info)
        data = PAGE.format("A", 1).encode()
        info = tarfile.TarInfo("a.md")
        info.size = len(data)
        packed.addfile(info, io.BytesIO(data))
    return path


@pytest.mark.parametrize("make", [with_links, with_links_tar])
def test_links_and_devices_are_not_followed(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    report, notes = imported(tmp_path, make(tmp_path / "x.zip"))
    assert list(notes) == ["Pages/A.md"]
    assert report.notices[0].text.count("is a link or a device") == 3


def bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.md", bytes(20_000_000))
    return path


def bomb_tar(path: Path) -> Path:
    with tarfile.open(path, "w:gz") as packed:
        info = tarfile.TarInfo("a.md")
        info.size = 20_000_000
        packed.addfile(info, io.BytesIO(bytes(20_000_000)))
    return path


def bomb_pax(path: Path) -> Path:
    """A record about the next member that is itself the bomb: the library would read it whole."""
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, 4_000_000_000
    path.write_bytes(gzip.compress(header.tobuf() + bytes(30_000_000)))
    return path


def huge(path: Path) -> Path:
    """Says of itself that it unpacks to 3 GB."""
    make_zip(path, ["a.md"])
    return patched(path, b"PK\x01\x02", 24, struct.pack("<I", 3_000_000_000))


def liar(path: Path) -> Path:
    """Says that a member is small, which is not."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.md", "---\ntitle: A\n---\n" + "x" * 500_000)
    return patched(path, b"PK\x01\x02", 24, struct.pack("<I", 30))


def patched(path: Path, signature: bytes, offset: int, value: bytes) -> Path:
    data = bytearray(path.read_bytes())
    at = data.index(signature) + offset
    data[at : at + len(value)] = value
    path.write_bytes(data)
    return path


def twice(path: Path) -> Path:
    make_zip(path, ["a.md", "b.md"])
    path.write_bytes(path.read_bytes().replace(b"b.md", b"a.md"))
    return path


def twice_otherwise(path: Path) -> Path:
    return make_zip(path, ["a/b.md", "a/./b.md"])


def twice_tar(path: Path) -> Path:
    return make_tar(path, ["a.md", "a.md"])


def overlapping(path: Path) -> Path:
    """Two entries of the table of contents lead to the same bytes."""
    make_zip(path, ["a.md", "b.md"])
    data = path.read_bytes()
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    changed = bytearray(data)
    changed[second + 42 : second + 46] = struct.pack("<I", 0)
    path.write_bytes(changed)
    return path


def encrypted(path: Path) -> Path:
    make_zip(path, ["a.md"])
    patched(path, b"PK\x01\x02", 8, b"\x01\x00")
    return patched(path, b"PK\x03\x04", 6, b"\x01\x00")


def other_compression(path: Path) -> Path:
    make_zip(path, ["a.md"])
    return patched(path, b"PK\x01\x02", 10, b"\x63\x00")


def wrong_sum(path: Path) -> Path:
    make_zip(path, ["a.md"])
    return patched(path, b"PK\x01\x02", 16, b"\0\0\0\0")


def crowded(path: Path) -> Path:
    """A table of contents with more entries than anyone has, and nothing behind them."""
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", *[20] * 2, *[0] * 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    table = entry * 100_001
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(table), 4, 0)
    path.write_bytes(b"PK\x03\x04" + table + end)
    return path


def cut(path: Path) -> Path:
    make_zip(path, ["a.md", "b.md"])
    path.write_bytes(path.read_bytes()[:-30])
    return path


def cut_tar(path: Path) -> Path:
    make_tar(path, ["a.md", "b.md"])
    path.write_bytes(path.read_bytes()[:-20])
    return path


def no_tar(path: Path) -> Path:
    path.write_bytes(gzip.compress(b"just a text"))
    return path


def junk(path: Path) -> Path:
    path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 40)
    return path


def empty(path: Path) -> Path:
    return make_zip(path, [])


REFUSED = {
    bomb: "more than 200 times",
    bomb_tar: "unpacks to more than",
    bomb_pax: "unpacks to more than",
    huge: "more than 200 times",
    liar: "cannot be read",
    twice: "holds `a.md` twice",
    twice_otherwise: "holds `a/b.md` twice",
    twice_tar: "holds `a.md` twice",
    overlapping: "overlap",
    encrypted: "password",
    other_compression: "cannot be read",
    wrong_sum: "Bad CRC",
    crowded: "more than 100000 files",
    cut: "cannot be read",
    cut_tar: "cannot be read",
    no_tar: "cannot be read",
    junk: "cannot be read",
    empty: "is empty",
}


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__)
def test_an_archive_that_does_harm_is_refused(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    export = make(tmp_path / "evil.zip")
    with not_hanging(20), pytest.raises(ExportError) as refused:
        imported(tmp_path, export)
    assert "evil.zip" in str(refused.value)
    assert REFUSED[make] in str(refused.value)
    assert not list((tmp_path / "vault").glob("[!.]*"))


def test_a_tar_has_a_limit_of_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    with pytest.raises(ExportError, match="more than 3 files"):
        open_export(str(make_tar(tmp_path / "x.tgz", list("abcd"))))


def test_a_packed_file_is_that_file_and_a_packed_folder_that_folder(tmp_path: Path) -> None:
    issue = {"number": 1, "title": "T", "body": "b", "state": "open", "html_url": "https://github.com/a/b/issues/1"}
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as packed:
        packed.writestr("__MACOSX/._issues.json", "x")
        packed.writestr("issues.json", json.dumps([issue]))
    _, notes = imported(tmp_path, tmp_path / "x.zip")
    assert list(notes) == ["Issues/a/b/1 T.md"]


def test_a_packed_site_finds_its_images_and_links(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "site.zip", "w") as packed:
        packed.writestr("blog-main/_config.yml", "url: https://example.org\n")
        packed.writestr("blog-main/a.md", "---\ntitle: A\n---\n![pot](img/pot.png) [b](b.md)\n")
        packed.writestr("blog-main/b.md", "---\ntitle: B\n---\nx\n")
        packed.writestr("blog-main/img/pot.png", b"\x89PNG")
    _, notes = imported(tmp_path, tmp_path / "site.zip")
    assert notes["Pages/A.md"].endswith("---\n![[pot.png|pot]] [[B|b]]\n")
    assert (tmp_path / "vault/pot.png").read_bytes() == b"\x89PNG"


def test_names_in_the_encoding_of_an_old_program_are_read(tmp_path: Path) -> None:
    make_zip(tmp_path / "x.zip", ["AAAA.md", "b.md"])
    data = (tmp_path / "x.zip").read_bytes()
    (tmp_path / "x.zip").write_bytes(data.replace(b"AAAA.md", "日記".encode("cp932") + b".md"))
    assert [str(file.path) for file in open_export(str(tmp_path / "x.zip")).files] == ["b.md", "日記.md"]


def test_links_out_of_a_folder_are_named(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "secret.md").write_text(PAGE.format("S", 0))
    (tmp_path / "site/a.md").write_text(PAGE.format("A", 1))
    (tmp_path / "site/b.md").symlink_to(tmp_path / "secret.md")
    report, notes = imported(tmp_path, tmp_path / "site")
    assert list(notes) == ["Pages/A.md"]
    assert (report.notices[0].kind, report.notices[0].text) == (NoticeKind.WARNING, "b.md")
