import hashlib
import re
from pathlib import Path, PurePosixPath

import pytest

from vaultkit.errors import ExportError
from vaultkit.importing.export import Export, open_export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.sources import SOURCES


def test_a_file_outside_the_root_is_not_found(tmp_path: Path):
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "page.md").write_text("x")
    (tmp_path / "site" / "link.txt").symlink_to(tmp_path / "secret.txt")
    export = open_export(str(tmp_path / "site"))
    assert export.find("/page.md") is not None
    assert [export.find(path) for path in ("../secret.txt", "link.txt", "", "/")] == [None] * 4


@pytest.mark.parametrize(
    ("markers", "named", "root", "paths"),
    [
        pytest.param([], "p/x.md", "p", ["x.md"], id="file"),
        pytest.param([], "p", "p", ["q/y.md", "x.md"], id="folder"),
        pytest.param(["_config.yml"], "p/x.md", ".", ["p/x.md"], id="file of a site"),
        pytest.param(["_config.yml"], "p/q", ".", ["p/q/y.md"], id="folder of a site"),
        pytest.param(["p/hugo.toml", "_config.yml"], "p/q", "p", ["q/y.md"], id="the nearest site"),
        pytest.param(["config.toml"], "p/x.md", "p", ["x.md"], id="any program's configuration"),
        pytest.param(["config.toml", "content/z.md"], "p/x.md", ".", ["p/x.md"], id="hugo's configuration"),
    ],
)
def test_paths_begin_at_the_site(tmp_path: Path, markers, named, root, paths):
    for name in ["p/x.md", "p/q/y.md", *markers]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    export = open_export(str(tmp_path / named))
    assert export.root == (tmp_path / root).resolve()
    assert [str(file.path) for file in export.files] == paths
    assert all(export.find(str(file.path)) for file in export.files)


def test_links_are_followed_only_inside(tmp_path: Path):
    (tmp_path / "secret.txt").write_text("secret")
    site = tmp_path / "site"
    (site / "folder").mkdir(parents=True)
    (site / "a.md").write_text("a")
    (site / "inside.md").symlink_to("a.md")
    (site / "outside.md").symlink_to(tmp_path / "secret.txt")
    (site / "folders").symlink_to(tmp_path)
    (site / "nowhere.md").symlink_to("gone.md")
    (site / "loop.md").symlink_to("loop.md")
    export = open_export(str(site))
    assert [str(file.path) for file in export.files] == ["a.md", "inside.md"]
    assert export.skipped == ("folders", "loop.md", "nowhere.md", "outside.md")
    assert open_export(str(site / "outside.md")).first.text == "secret"


def test_a_loop_is_no_export(tmp_path: Path):
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(ExportError, match="cannot be read"):
        open_export(str(tmp_path / "loop"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("text", ["", "日記を書いた。\r\n" * 100_000], ids=["empty", "2 MB"])
def test_in_pieces_it_is_the_same_text(tmp_path: Path, encoding, text):
    (tmp_path / "x.txt").write_text(text, encoding, newline="")
    file = open_export(str(tmp_path / "x.txt")).first
    assert "".join(file.pieces()) == file.text == text.replace("\r\n", "\n")
    assert file.data.startswith(file.head)
    assert bool(file.head) == bool(file.data)
    assert file.digest == hashlib.sha256(file.data).digest()


def test_plain_text_is_never_held_as_a_whole(tmp_path: Path):
    (tmp_path / "x.json").write_text("[1]" * 1_000_000)
    file = open_export(str(tmp_path / "x.json")).first
    assert max(map(len, file.pieces())) < 2_000_000
    assert not {"data", "text"} & vars(file).keys()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_the_beginning_is_that_of_the_text(tmp_path: Path, encoding):
    (tmp_path / "x.txt").write_text("日記を書いた。\r\n" * 100_000, encoding, newline="")
    file = open_export(str(tmp_path / "x.txt")).first
    beginning = "".join(file.beginning())
    assert len(beginning) > 1000
    assert file.text.startswith(beginning)


def test_no_more_is_read_of_a_file_than_tells_what_it_is():
    data = ("日" * 4_000_000).encode()
    read = []

    def chunks():
        for at in range(0, len(data), 1_000_000):  # within a character
            read.append(at)
            yield data[at : at + 1_000_000]

    file = ExportFile(PurePosixPath("x"), bytes, chunks)
    assert "".join(file.beginning()) == "日" * 2_666_666
    assert max(read) < 8_000_000


@pytest.mark.parametrize(
    ("text", "is_json"),
    [
        ('[{"a": 1}]', True),
        ('\n{ "a": 1}', True),
        ('[[{"a', True),
        ("[[2024-01-01]]", False),
        ("{x}", False),
        ("", False),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_is_told_by_its_first_bytes(tmp_path: Path, text, is_json, encoding):
    (tmp_path / "x").write_text(text, encoding)
    assert open_export(str(tmp_path / "x")).first.looks_like_json == is_json


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"], ids=["plain", "marked"])
@pytest.mark.parametrize("inside", [b"\x08", "灯\ufeff台".encode(), b"\0", b"\x1b$B", b"\r\n", b"\xff"])
def test_what_stands_inside_is_the_same_in_pieces(tmp_path: Path, start, inside):
    (tmp_path / "x.txt").write_bytes(start + b"a" * 1_500_000 + inside + b"b" * 10)
    file = open_export(str(tmp_path / "x.txt")).first
    try:
        text = file.text
    except ExportError as e:
        with pytest.raises(ExportError, match="^" + re.escape(str(e)[:20])):
            list(file.pieces())
    else:
        assert "".join(file.pieces()) == text


def test_a_mark_and_a_control_character_do_not_keep_a_file_from_being_a_stream(tmp_path: Path):
    (tmp_path / "x.xml").write_bytes(b"\xef\xbb\xbf<a>\x08" + b"x" * 3_000_000)
    file = open_export(str(tmp_path / "x.xml")).first
    assert max(map(len, file.pieces())) < 2_000_000
    assert "data" not in vars(file)


def test_a_file_that_changes_while_it_is_read(tmp_path: Path):
    (tmp_path / "x.txt").write_text("a" * 3_000_000)
    pieces = open_export(str(tmp_path / "x.txt")).first.pieces()
    next(pieces)
    (tmp_path / "x.txt").write_bytes(b"a" * 2_000_000 + b"\xff" * 100)
    with pytest.raises(ExportError, match="changed while it was read"):
        list(pieces)


@pytest.mark.parametrize(
    ("data", "is_feed"),
    [
        (b"<rss>", True),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a - -- b -->\n<!-- c -->\n<rss version="2.0">', True),
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", True),
        (b"<?xml-stylesheet href='?'?><feed xmlns='x'>", True),
        ("<?xml version='1.0'?><feed>".encode("utf-16"), True),
        (b"<html><rss>", False),
        (b"<feedback>", False),
        (b"see <rss>", False),
        (b"<!--" * 100_000, False),
        (b"<?" * 30_000, False),
    ],
)
def test_whether_it_is_a_feed(data: bytes, is_feed: bool) -> None:
    assert ExportFile(PurePosixPath("a"), lambda: data).looks_like_feed is is_feed


def test_a_feed_is_told_by_its_first_bytes() -> None:
    """Nobody reads all of it to see that it is not theirs: it may be larger than memory."""

    def load() -> bytes:
        raise AssertionError("all of it was read")

    start = b'<?xml version="1.0"?>\n<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>T</title>'
    file = ExportFile(PurePosixPath("a.xml"), load, lambda: iter([start]))
    export = Export("a.xml", False, (file,))
    assert [name for name, source in SOURCES.items() if source.identify(export).claimed] == ["wordpress"]
