"""File names and paths: what Obsidian sees, what each operating system allows, how a title becomes a name.

The one place that knows, for importing and linting alike. Pure: asks no disk.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

CONFIG_FILE = "vaultkit.yaml"
"""What the owner of a vault wants of vaultkit; lies at its top."""
MAX_NAME_BYTES = 255
"""What most file systems allow for one name, in UTF-8 bytes (NTFS: UTF-16 units)."""
MAX_STEM_BYTES = 240
"""What we use of it: leaves room for `.md` and a suffix that tells two notes apart."""

# Patterns that are texts here are compiled when they are first used: most runs do without.
_RESERVED = r"(?i:CON|PRN|AUX|NUL|COM[1-9]|LPT[1-9])\Z"
_AVOIDED = r"(?i:CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])\Z"
"""Some programs refuse `COM0`, too."""
_EVERYWHERE = frozenset("\\/:")
_ANDROID = _EVERYWHERE | frozenset('*?<>"')
_WINDOWS = _ANDROID | frozenset("|")
_LINK_BREAKING = frozenset("#^[]|")
_PLAIN_NAME = re.compile(
    r"(?!(?i:CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(?:[. ]|\Z))"
    r"[^\x00-\x1f\x7f-\x9f\\/:*?<>\"|#^\[\].][^\x00-\x1f\x7f-\x9f\\/:*?<>\"|#^\[\]]{0,59}(?<![. ])\Z"
)
_SEPARATORS = re.compile(r"[\\/]+")
_INVISIBLE = "[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
_CONTROL = r"[\x00-\x1f\x7f-\x9f]"

_IMAGES = frozenset("avif bmp gif jpeg jpg png svg webp".split())
_MEDIA = frozenset("flac m4a mp3 ogg wav webm 3gp oga opus mkv mov mp4 ogv pdf".split())


class Kind(StrEnum):
    """How Obsidian treats a path."""

    NOTE = "note"
    CANVAS = "canvas"
    BASE = "base"
    ATTACHMENT = "attachment"
    UNSUPPORTED = "unsupported"
    """Shown only with "Detect all file extensions"; a link with the extension still reaches it."""
    HIDDEN = "hidden"
    """A segment begins with a dot: neither note nor link target."""


def extension(path: str) -> str:
    """Lower-cased text behind the last dot of the name; empty when that dot is first or last in it, or absent."""
    name = path.rsplit("/", 1)[-1]
    dot = name.rfind(".")
    return name[dot + 1 :].lower() if 0 < dot < len(name) - 1 else ""


def is_hidden(path: str) -> bool:
    """Whether a segment of `path` begins with a dot."""
    return path.startswith(".") or "/." in path


def kind_of(path: str) -> Kind:
    """How Obsidian treats the vault path `path`; only `.md` is a note."""
    if is_hidden(path):
        return Kind.HIDDEN
    match extension(path):
        case "md":
            return Kind.NOTE
        case "canvas":
            return Kind.CANVAS
        case "base":
            return Kind.BASE
        case found if found in _IMAGES or found in _MEDIA:
            return Kind.ATTACHMENT
    return Kind.UNSUPPORTED


def stem(path: str) -> str:
    """The name of a note without folder and `.md`."""
    name = path.rsplit("/", 1)[-1]
    return name[:-3] if name.lower().endswith(".md") else name


def normalize_path(path: str) -> str:
    """The form in which Obsidian keeps a path: `/` once between segments and none at the ends, NFC, and the no-break
    spaces U+00A0 and U+202F as plain spaces. The root is the empty text."""
    if "\\" in path or "//" in path:
        path = _SEPARATORS.sub("/", path)
    path = path.strip("/")
    if path.isascii():
        return path
    return unicodedata.normalize("NFC", path.replace("\u00a0", " ").replace("\u202f", " "))


def path_key(path: str) -> str:
    """What two paths share exactly when Obsidian's link lookup takes them for one: normal form in lower case.

    Never NFKC: `①` and `1`, `ｶﾞ` and `ガ` are different names.
    """
    if path.isascii() and "\\" not in path and "//" not in path:
        return path.strip("/").lower()
    return normalize_path(path).lower()


def is_plain_name(name: str) -> bool:
    """Whether `name` is short, no system refuses it, links to it work and it is not stored in parts (NFD): found out
    fast, and True for nearly every name. False says nothing; then `name_problems` and `link_problems` have the word."""
    return bool(_PLAIN_NAME.match(name)) and (name.isascii() or unicodedata.is_normalized("NFC", name))


def name_problems(name: str, system: str) -> list[str]:
    """Why `name` (one segment, with its extension) cannot be used on `system` (linux, macos, ios, windows, android).

    Empty when it can. Names that merely break links are `link_problems`.
    """
    too_long = length_problem(name, system)
    return sign_problems(name, system) + ([too_long] if too_long else [])


def sign_problems(name: str, system: str) -> list[str]:
    """Those of `name_problems` that have nothing to do with its length."""
    base = name[:-3] if name.lower().endswith(".md") else name
    if not base or name in (".", ".."):
        return ["it is empty"]
    problems = []
    if name.startswith("."):
        problems.append("it begins with a dot, so Obsidian does not see it")
    refused = {"windows": _WINDOWS, "android": _ANDROID}.get(system, _EVERYWHERE)
    if found := sorted(set(name) & refused):
        problems.append(f"it holds {' '.join(found)}")
    if "\0" in name or (system == "windows" and re.search(r"[\x00-\x1f]", name)):
        problems.append("it holds control characters")
    if system == "windows":
        if name.endswith((".", " ")):
            problems.append("it ends in a dot or a space")
        if re.match(_RESERVED, name.split(".", 1)[0].rstrip()):
            problems.append("Windows reserves it")
    return problems


def length_problem(name: str, system: str) -> str:
    """That `name` is too long for `system`; empty when it is not."""
    units = (
        len(name.encode("utf-16-le", "surrogatepass")) // 2
        if system == "windows"
        else len(name.encode("utf-8", "surrogateescape"))
    )
    if units <= MAX_NAME_BYTES:
        return ""
    return f"it is longer than {MAX_NAME_BYTES} {'units' if system == 'windows' else 'bytes'}"


def link_problems(name: str) -> list[str]:
    """Characters of `name` that break links to it, each once, sorted."""
    return sorted(set(name) & _LINK_BREAKING)


def safe_name(title: str, limit: int = MAX_STEM_BYTES) -> str:
    """A file name (without extension) for `title` that is safe on every system and in links, the same on every machine.

    Characters that are not allowed become a readable neighbour: `A: b/c` → `A - b-c`, `C#` → `C＃`. NFC, no control or
    invisible characters, no dots or spaces at the ends, no reserved name, at most `limit` bytes of UTF-8 cut between
    characters. `Untitled` when nothing is left.
    """
    text = title.encode("utf-8", "replace").decode()  # lone surrogates
    if not text.isprintable():  # as nearly all is
        text = re.sub(_CONTROL, " ", re.sub(_INVISIBLE, "", text))
    text = unicodedata.normalize("NFC", text)  # not before: what was invisible may have kept two parts asunder
    text = unicodedata.normalize("NFC", _replace(text))  # as may have what is left out: `A?\u0300`
    if "  " in text or not text.isprintable():
        text = re.sub(r"\s+", " ", text)
    text = text.strip()
    text = _tidy(_cut(_tidy(text), limit))
    if text[:1] in "ACLNPaclnp" and re.match(_AVOIDED, text.split(".", 1)[0].rstrip()):
        text = _cut(f"_{text}", limit)
    return text or "Untitled"


_PLAIN_TWIN = {
    "\\": "-", "/": "-", "|": "-", "*": "＊", '"': "'", "<": "＜", ">": "＞",
    "#": "＃", "^": "＾", "[": "(", "]": ")", "`": "'",
}  # fmt: skip
_REPLACED = frozenset([*_PLAIN_TWIN, ":", "?"])


def _replace(text: str) -> str:
    if _REPLACED.isdisjoint(text):
        return text
    out = []
    for i, char in enumerate(text):
        after = text[i + 1 : i + 2]
        if char == ":":
            japanese = _is_cjk(text[i - 1 : i]) or _is_cjk(after)
            out.append("：" if japanese else " -" if after in ("", " ") else "-")
        elif char == "?":
            out.append("？" if _is_cjk(text[i - 1 : i]) else "")
        else:
            out.append(_PLAIN_TWIN.get(char, char))
    return "".join(out)


def _is_cjk(char: str) -> bool:
    """Whether `char` (empty beside the text's ends) is Chinese, Japanese or full-width."""
    return "\u3000" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"


def _tidy(text: str) -> str:
    """No dots or spaces at the ends: a leading dot hides the file, Windows drops a trailing one."""
    return text.lstrip(". ").rstrip(". ")


def _cut(text: str, limit: int) -> str:
    """`text` cut to `limit` bytes between characters: never inside a combined one, and rather at a space."""
    data = text.encode()
    if len(data) <= limit:
        return text
    short = data[:limit].decode("utf-8", "ignore")
    rest = text[len(short) :]
    while (
        short
        and rest
        and (unicodedata.combining(rest[0]) or rest[0] in "\ufe0e\ufe0f" or "\U0001f3fb" <= rest[0] <= "\U0001f3ff")
    ):
        short, rest = short[:-1], short[-1] + rest
    space = short.rfind(" ")
    return short[:space] if space > len(short) // 2 and not rest.startswith(" ") else short


def with_suffix(name: str, suffix: str, limit: int = MAX_STEM_BYTES) -> str:
    """`name (suffix)`, the name cut so that the whole stays within `limit` bytes."""
    tail = f" ({safe_name(suffix, 60)})"
    return _tidy(_cut(name, limit - len(tail.encode()))) + tail
