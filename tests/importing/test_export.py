from pathlib import Path

import pytest

from vaultkit.errors import ExportError
from vaultkit.importing.export import decode, open_export

DIARY = "# 日記\n\n2024年1月31日（水）\n雪が降ったので、本を読んだ。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "iso2022_jp"]
)
@pytest.mark.parametrize("text", [DIARY, DIARY.replace("\n", "\r\n"), DIARY * 50], ids=["LF", "CRLF", "long"])
def test_encodings(text, encoding):
    assert decode(text.encode(encoding), "a.txt") == text.replace("\r\n", "\n")


@pytest.mark.parametrize("text", ["price: \x1b$5 and more", "\x1b[1mbold\x1b[0m", "a\x1b$"], ids=repr)
def test_escape_characters_alone_are_no_encoding(text):
    assert decode(text.encode(), "a.txt") == text


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x89PNG\r\n\x00\x01\x02", "is a binary file"),
        (b"\xff\xfea", "is marked as UTF-16"),
        (b"\xef\xbb\xbf\xff", "is marked as UTF-8"),
    ],
    ids=["binary", "half a character", "wrong mark"],
)
def test_what_is_no_text_is_named(data, why):
    with pytest.raises(ExportError, match=f"^a.txt: {why}"):
        decode(data, "a.txt")


def test_a_file_outside_the_root_is_not_found(tmp_path: Path):
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "page.md").write_text("x")
    (tmp_path / "site" / "link.txt").symlink_to(tmp_path / "secret.txt")
    export = open_export(str(tmp_path / "site"))
    assert export.find("/page.md") is not None
    assert [export.find(path) for path in ("../secret.txt", "link.txt", "", "/")] == [None] * 4
