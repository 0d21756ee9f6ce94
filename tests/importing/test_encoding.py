"""Texts come out as they were written, in whichever encoding; what is no text is refused by name."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.errors import ExportError
from vaultkit.importing.encoding import decode, decode_plain, is_plain

DIARY = "# 日記\n\n2024年1月31日（水）\n雪が降ったので、本を読んだ。\n"
ENGLISH = "Wed, Jan 31\n\nIt snowed, so I read.\n"
ONE_LINE = "今日は雪が降ったので、ずっと本を読んでいた"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "iso2022_jp"]
)
@pytest.mark.parametrize(
    "text",
    [DIARY, DIARY.replace("\n", "\r\n"), DIARY * 50, ENGLISH, ONE_LINE, "雪\n", "あいう\n"],
    ids=["LF", "CRLF", "long", "English", "one line", "one character", "kana that read as ASCII"],
)
def test_encodings(text, encoding):
    assert decode(text.encode(encoding), "a.txt") == text.replace("\r\n", "\n")


def test_old_iso_2022_jp():
    new = DIARY.encode("iso2022_jp")
    assert decode(new.replace(b"\x1b$B", b"\x1b$@"), "a.txt") == DIARY
    assert decode(new.replace(b"\x1b(B", b"\x1b(J"), "a.txt") == DIARY


@pytest.mark.parametrize(
    "text", ["price: \x1b$5 and more", "\x1b[1mbold\x1b[0m", "a\x1b$", "ESC \x1b$B is odd"], ids=repr
)
def test_escape_characters_alone_are_no_encoding(text):
    assert decode(text.encode(), "a.txt") == text


@pytest.mark.parametrize("text", ["2024-01-31\nab\0c\n", "2024年1月31日\n雪\0が降った。\n", "a b c d e\0f g\n\n" * 9])
def test_a_stray_nul_is_made_visible(text):
    assert decode(text.encode(), "a.txt") == text.replace("\0", "␀")


def test_marks_left_by_joining_files_go():
    joined = "".join(f"\ufeff2024-01-{day}\nword\ufeffjoiner\n" for day in (30, 31))
    assert decode(joined.encode(), "a.txt") == "2024-01-30\nword\ufeffjoiner\n2024-01-31\nword\ufeffjoiner\n"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b"\x89PNG\r\n\x1a\n", "is a binary file", id="PNG"),
        pytest.param(b"%PDF-1.4\n1 0 obj\n", "is a binary file", id="PDF"),
        pytest.param(b"PK\x03\x04abc", "is a binary file", id="ZIP"),
        pytest.param(b"SQLite format 3\0" + b"\0\1" * 40, "is a binary file", id="SQLite"),
        pytest.param(b"---\n\x00\x01\x02", "is a binary file", id="control characters"),
        pytest.param(bytes(range(256)) * 4, "is a binary file", id="all bytes"),
        pytest.param(b"\xff\xfea", r"is marked as UTF-16 but is not \(byte 3\)", id="half a unit"),
        pytest.param(b"\xef\xbb\xbfa\nb\xff", r"is marked as UTF-8 but is not \(line 2, byte 2\)", id="wrong mark"),
        pytest.param(
            DIARY.encode() + b"ab\xff\n", r"is not UTF-8 at line 5, byte 3, nor CP932, EUC-JP", id="one damaged byte"
        ),
        pytest.param("雪".encode() * 40 + b"\xe9\x9b\n", r"is not UTF-8 at line 1, byte 121, nor", id="cut character"),
    ],
)
def test_what_is_no_text_is_named(data, why):
    with pytest.raises(ExportError, match=f"^a.txt: {why}"):
        decode(data, "a.txt")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data):
    with contextlib.suppress(ExportError):
        assert "\0" not in decode(data, "a.txt")


@given(st.text(alphabet=st.characters(categories=["L", "M", "N", "P", "S", "Zs", "Cf"], codec="utf-8"), max_size=60))
def test_utf_8_is_read_to_the_letter(text):
    wanted = text.lstrip("\ufeff")
    assert decode(text.encode(), "a.txt") == wanted


@pytest.mark.parametrize("unit", [b"0\0", b"\xe3\x81", b"\x1b$B"], ids=repr)
def test_a_megabyte_takes_a_moment(unit):
    with not_hanging(), contextlib.suppress(ExportError):
        decode(unit * (1_000_000 // len(unit)), "a.txt")


PIECES = st.sampled_from(
    [
        b"a",
        b"\r",
        b"\n",
        b"\r\n",
        "日記".encode(),
        b"\xe6",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\0",
        b"\x1b$B",
        b"\x07",
        b"%PDF-",
        "🎉".encode(),
    ]
)


@given(st.lists(PIECES, max_size=8).map(b"".join), st.integers(1, 5))
def test_plain_text_reads_the_same_in_pieces(data, size):
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    if is_plain(chunks):
        assert "".join(decode_plain(chunks)) == decode(data, "x")


@pytest.mark.parametrize("data", [b"", b"a\r\nb", "日記\t🎉".encode()])
def test_common_text_is_plain(data):
    assert is_plain([data])
    assert is_plain([data[:1], data[1:]])
