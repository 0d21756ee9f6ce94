"""Bytes → text: which encoding a file is in, and whether it is text at all.

Knows UTF-8, UTF-16 and the encodings of Japanese. Guesses only where the bytes leave no doubt; a file that fits none is
refused, for text in the wrong encoding is lost without anyone noticing.
"""

from __future__ import annotations

import codecs
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator

from vaultkit.errors import ExportError

_BINARY = (b"\x89PNG", b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"SQLite format 3\0", b"\xff\xd8\xff", b"GIF8", b"\x7fELF")
_LONGEST_MARK = max(map(len, _BINARY))
_ISO_2022_JP = (b"\x1b$B", b"\x1b$@", b"\x1b(J")
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"
_FAMILIAR = re.compile(r"[\t\n\r -~\u3000-\u30ff\uff01-\uff9f]")
"""Characters on which any text in English or Japanese depends; bytes of another encoding rarely make them."""
_SAMPLE = 64 * 1024
_MOST_CONTROLS = 0.1
"""Of the bytes of a text in UTF-8 that may be control characters."""


def decode(data: bytes, name: str) -> str:
    """`data` as text with LF line ends: UTF-8, UTF-16 (with a mark or without), ISO-2022-JP, CP932, EUC-JP.

    A stray NUL becomes `␀`, for no note may hold one; U+FEFF at the start of a line, left by joining files, is dropped.
    Raises ExportError for binary data, and naming the first wrong byte when no encoding fits.
    """
    text = _decode(data, name).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "␀")
    return re.sub(r"^\ufeff+", "", text, flags=re.MULTILINE) if "\ufeff" in text else text


def is_plain(chunks: Iterable[bytes], *, is_whole: bool = True) -> bool:
    """Whether the bytes, in `chunks`, are UTF-8 that takes no guess: with a mark or without, and without the NULs and
    escapes by which other encodings are told. A few control characters make no binary file. Unless they are whole their
    last character may be cut."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    start = b""
    size = controls = 0
    has_begun = False
    try:
        for chunk in chunks:
            start += chunk[: _LONGEST_MARK - len(start)]
            size += len(chunk)
            controls += len(chunk) - len(chunk.translate(None, _CONTROL))
            if b"\0" in chunk or b"\x1b" in chunk:
                return False
            text = decoder.decode(chunk)
            if "\ufeff" in (text if has_begun else text[1:]):  # inside, where files with marks were joined
                return False
            has_begun = has_begun or bool(text)
        decoder.decode(b"", final=is_whole)
    except UnicodeDecodeError:
        return False
    return controls <= size * _MOST_CONTROLS and not start.startswith(_BINARY)


def decode_plain(chunks: Iterable[bytes], *, is_whole: bool = True) -> Iterator[str]:
    """What `decode` makes of bytes for which `is_plain` holds, in pieces. Raises UnicodeDecodeError for others."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder("utf-8-sig")(), translate=True)
    for chunk in chunks:
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=is_whole)


def _decode(data: bytes, name: str) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        return _marked(data[3:], "utf-8", name)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _marked(data, "utf-16", name)
    if data.startswith(_BINARY):
        raise ExportError(f"{name}: is a binary file, not text")
    if data.isascii() and any(escape in data for escape in _ISO_2022_JP):  # to the letter it is ASCII, and so UTF-8
        try:
            return data.decode("iso2022_jp_ext")
        except UnicodeDecodeError:
            pass
    wrong: UnicodeDecodeError | None = None
    text = ""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        wrong = e
    if (wrong or "\0" in text) and (encoding := _utf_16(data, is_utf_8=wrong is None)):
        return data.decode(encoding)
    controls = len(data) - len(data.translate(None, _CONTROL))
    if controls > len(data) * (0.01 if wrong else _MOST_CONTROLS):
        raise ExportError(f"{name}: is a binary file, not text")
    if wrong is None:
        return text
    japanese = "" if _is_mostly_utf_8(data) else _japanese(data)
    if not japanese:
        raise ExportError(
            f"{name}: is not UTF-8 at {_place(data, wrong.start)}, nor CP932, EUC-JP, ISO-2022-JP or UTF-16; "
            "repair that place, or convert the file to UTF-8"
        )
    return japanese


def _marked(data: bytes, encoding: str, name: str) -> str:
    """The text of a file whose first bytes say its encoding."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as e:
        where = _place(data, e.start) if encoding == "utf-8" else f"byte {e.start + 1}"
        raise ExportError(f"{name}: is marked as {encoding.upper()} but is not ({where}); convert it to UTF-8") from e


def _place(data: bytes, at: int) -> str:
    """The line and the byte in it, both from 1, of the byte at `at`."""
    return f"line {data.count(10, 0, at) + 1}, byte {at - data.rfind(10, 0, at)}"


def _utf_16(data: bytes, *, is_utf_8: bool) -> str:
    """Which UTF-16 without a mark `data` is; empty: none. PowerShell's `>` writes it, and a cut file lost its mark.

    Nearly all characters must be letters, signs or blanks, and some of them familiar: any two bytes of ASCII make a
    Chinese character. More of them where the bytes are UTF-8 as well, or could be CP932.
    """
    least = 0.5 if is_utf_8 or b"\0" not in data else 0.1
    best, encoding = least, ""
    for candidate in ("utf-16-le", "utf-16-be"):
        sample = data[:_SAMPLE].decode(candidate, "replace")
        meant = sum(c in "\n\r\t" or unicodedata.category(c)[0] in "LMNPSZ" for c in sample) - sample.count("\ufffd")
        familiar = len(_FAMILIAR.findall(sample)) / max(1, len(sample))
        if meant > len(sample) * 0.97 and familiar > best and _fits(data, candidate):
            best, encoding = familiar, candidate
    return encoding


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf_8(data: bytes) -> bool:
    """Whether it is UTF-8 with a few damaged places, which must not be read as mojibake in CP932."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    longer = sum(1 for c in text if c > "\x7f") - damaged
    return longer > damaged * 4


def _japanese(data: bytes) -> str:
    """The text in CP932 or EUC-JP; empty when it is neither."""
    from charset_normalizer import from_bytes  # only files that are not UTF-8 pay for it

    encodings = ["cp932", "euc_jp"]
    best = from_bytes(data, cp_isolation=encodings).best()
    if best is not None:
        return str(best)
    for encoding in encodings:  # short texts give the library too little to go by
        if _fits(data, encoding):
            return data.decode(encoding)
    return ""
