"""Which files of the index may hold a link to one of some files: found by their bytes, as few as possible are parsed.

A link says the name of the file it leads to, in any case, in NFC or NFD, percent-encoded or escaped; but letters and
digits of ASCII always stand there as they are.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping

from vaultkit.git.blobs import Blobs, is_lfs_pointer
from vaultkit.git.plumbing import Repository
from vaultkit.git.tracked import TrackedFile
from vaultkit.vault.names import Kind, kind_of, normalize_path

_FEW = 12
"""So many names `git grep` looks for faster than all contents are read."""
_PLAIN = re.compile(r"[0-9A-Za-z]+")
_LETTERS = re.compile(r"[^\x00-\x7f\ud800-\udfff]+")
_PIECE = re.compile(r"([0-9A-Za-z]+)|([^0-9A-Za-z]+)")
_BEGINS = rb"""(?:[\[(/<"':\\]|%2f)[ \t]*+"""
_WIDEST = 27
"""Bytes of one character: three parts of a Korean one, percent-encoded."""
_WIDEST_ASCII = 6
"""Of one that is ASCII: a space may be a no-break space, percent-encoded; any may be escaped as in JSON."""
_HOLD_LINKS = (Kind.NOTE, Kind.CANVAS)
_PATHS = ("--", ":(top,icase)*.md", ":(top,icase)*.canvas")


def files_naming(
    repository: Repository, blobs: Blobs, files: Mapping[str, TrackedFile], targets: Collection[str]
) -> list[str]:
    """Paths of the notes and canvases among `files` in which the name of one of `targets` may stand; symlinks and LFS
    pointers left out. All paths are those of the repository."""
    words = [_words(target) for target in targets]
    candidates = [
        path
        for path, file in files.items()
        if path[-7:].lower().endswith((".md", ".canvas")) and not file.is_symlink and kind_of(path) in _HOLD_LINKS
    ]
    sought = sorted({word for some in words for word in some}) if all(words) else []
    if 0 < len(sought) <= _FEW:
        grepped = _grep(repository, targets)
        candidates = [path for path in candidates if path in grepped]
    names = _finder(targets, sought)
    contents = blobs.read_all(files[path].blob for path in candidates)
    return [
        path
        for path, data in zip(candidates, contents, strict=True)
        if names(data.lower()) and not is_lfs_pointer(data)
    ]


def _finder(targets: Collection[str], words: list[bytes]) -> Callable[[bytes], object]:
    """Says of a text in lower case whether a link to one of `targets` may stand in it."""
    if not words:
        return lambda data: True
    if len(words) > _FEW:
        from ahocorasick_rs import BytesAhoCorasick

        return BytesAhoCorasick(words).find_matches_as_indexes
    return re.compile(b"|".join(dict.fromkeys(map(_pattern, targets)))).search


def _pattern(target: str) -> bytes:
    """A name where it may be the end of a link's path, in lower case: behind what begins a link or a folder ends with.
    What is no letter or digit of ASCII may be written in any way."""
    name = _name(target)
    if not _PLAIN.search(name):
        return b"|".join(map(re.escape, _words(target)))
    pieces = _PIECE.findall(name)
    return _BEGINS + b"".join(
        plain.lower().encode() or b"[^\r\n]{1,%d}?" % _width(other, 4000) for plain, other in pieces
    )


def _width(text: str, most: int) -> int:
    """How many bytes what is no letter or digit of ASCII may take up at most."""
    return min(len(text) * (_WIDEST_ASCII if text.isascii() else _WIDEST), most)


def _words(target: str) -> list[bytes]:
    """Words in lower case of which one stands in each link to the file; none when nothing can be said."""
    text = _name(target)
    if plain := _PLAIN.findall(text):
        return [max(plain, key=len).lower().encode()]
    letters = _LETTERS.findall(text)
    if not letters:
        return []
    word = max(letters, key=len)
    cases = {case for form in (word, word.lower(), word.upper()) for case in _forms(form)}
    return [spelled.lower() for case in cases for spelled in _spelled(case)]


def _name(target: str) -> str:
    """The name of a file without folders and extension."""
    name = normalize_path(target.rpartition("/")[2]).rpartition(".")
    return unicodedata.normalize("NFC", name[0] or name[2])


def _forms(text: str) -> Iterable[str]:
    return (unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text))


def _spelled(text: str) -> Iterable[bytes]:
    """A word as it is, percent-encoded, and with the escapes of JSON; of these the first letter is enough."""
    yield text.encode()
    yield "".join(f"%{byte:02x}" for byte in text[0].encode()).encode()
    units = text[0].encode("utf-16-be")
    yield "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2)).encode()


def _grep(repository: Repository, targets: Collection[str]) -> set[str]:
    """The files in which the letters and digits of one of the names stand on one line, with little between them."""
    patterns = {pattern for target in targets for pattern in _line_patterns(target)}
    asked = [part for pattern in sorted(patterns) for part in (b"-e", pattern)]
    answer = repository.grep("--cached", "-l", "-z", "-i", "-E", "--no-recurse-submodules", *asked, *_PATHS)
    return set(os.fsdecode(answer).split("\0"))


def _line_patterns(target: str) -> list[bytes]:
    name = _name(target)
    if not _PLAIN.search(name):
        return [word.replace(b"\\", rb"\\") for word in _words(target)]
    pieces = _PIECE.findall(name)
    while not pieces[0][0]:
        del pieces[0]
    while not pieces[-1][0]:
        del pieces[-1]
    return [b"".join(plain.lower().encode() or b".{1,%d}" % _width(other, 200) for plain, other in pieces)]
