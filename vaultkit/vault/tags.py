"""What a tag may be: the one place that knows, for importing and linting alike.

A tag is `#` and one or more characters that are neither white space nor forbidden, at least one of them no digit.
Forbidden are most ASCII punctuation and the blocks U+2000-206F and U+2E00-2E7F; Japanese punctuation is allowed,
so `#タグ、次` is one tag.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache

TAG_BYTES = re.compile(
    rb"(?:[0-9A-Za-z_/-]++"
    rb"|(?!\xc2\xa0|\xe1\x9a\x80|\xe2\x80|\xe2\x81[\x80-\xaf]|\xe2[\xb8\xb9]|\xe3\x80\x80|\xef\xbb\xbf)"
    rb"[\xc2-\xf4][\x80-\xbf]{1,3}+)++"
)
"""The characters of a tag behind its `#`, in UTF-8."""

_FORBIDDEN = re.compile(r"[\s!\"#$%&'()*+,.:;<=>?@\[\\\]^`{|}~\u2000-\u206f\u2e00-\u2e7f\ufeff\x00-\x1f\x7f]+")
_DIGITS = re.compile(r"[0-9]+")
_DEEPEST = 50
"""Levels of a tag that are looked at, or a megabyte of `#a/a/a…` would take its square."""
_SPELLED = {"c++": "cpp", "c#": "csharp"}  # or three languages would share the tag `C`
_CJK_PUNCTUATION = "[、。「」『』【】〈〉《》〔〕（）［］｛｝！？：；，．・…〜～]+"


@lru_cache(maxsize=4096)
def is_valid_tag(name: str) -> bool:
    """Whether Obsidian takes `name` (without `#`) as a tag: no forbidden character, not empty, not all digits."""
    return bool(name) and not _FORBIDDEN.search(name) and not _DIGITS.fullmatch(name)


@lru_cache(maxsize=4096)
def clean_tag(label: str) -> str:
    """The nearest good tag for a label: `Selected Papers/Blogs` → `Selected-Papers-Blogs`, `1984` → `y1984`.

    NFC, what cannot stand in a tag becomes one hyphen, `/` too (a label is not a hierarchy), a tag of digits gets a
    `y`. Empty when nothing is left.
    """
    text = unicodedata.normalize("NFC", label).strip().lstrip("#")
    text = _SPELLED.get(text.casefold(), text)
    text = re.sub(_CJK_PUNCTUATION, "-", _FORBIDDEN.sub("-", text.replace("/", "-")))
    text = re.sub(r"-{2,}", "-", text).strip("-")
    return f"y{text}" if _DIGITS.fullmatch(text) else text


def mend_tag(name: str) -> str:
    """The nearest valid tag for one that a person wrote: like `clean_tag`, but levels (`a/b`) stay, empty ones go."""
    levels = [part if _DIGITS.fullmatch(part) else clean_tag(part) for part in name.split("/")]
    text = "/".join(level for level in levels if level)
    return f"y{text}" if _DIGITS.fullmatch(text) else text


def known_level(name: str, known: Container[str]) -> str:
    """The tag itself or the nearest level above it that is one of `known` (in lower case), spelled as in `name`.

    `Books/Novels/2024` of `books` is `Books`. Empty: none of them is known.
    """
    if name.lower() in known:
        return name
    found, at = "", name.find("/")
    for _ in range(_DEEPEST):
        if at < 0:
            break
        if name[:at].lower() in known:
            found = name[:at]
        at = name.find("/", at + 1)
    return found
