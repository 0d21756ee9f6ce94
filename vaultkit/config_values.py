"""Values that `vaultkit.yaml` may hold in more than one place: how each is checked, and its normal form.

A check takes the text and returns it in its normal form, or raises ValueError with what is wrong (`schema` adds the
place).
"""

from __future__ import annotations

from enum import StrEnum

from vaultkit.vault.names import normalize_path
from vaultkit.vault.tags import is_valid_tag


class Drafts(StrEnum):
    """Whether pages that a site does not publish become notes."""

    INCLUDE = "include"
    SKIP = "skip"


class PullRequests(StrEnum):
    """Whether pull requests of an issue export become notes."""

    INCLUDE = "include"
    SKIP = "skip"


def folder(path: str) -> str:
    """A folder of the vault in its normal form; the empty text is the vault itself (`.`)."""
    if path.strip() in (".", "./"):
        return ""
    if not path.strip():
        raise ValueError("is empty; `.` is the vault itself")
    if path.startswith(("/", "\\", "~")) or path[1:2] == ":":
        raise ValueError("must be relative to the vault")
    parts = path.replace("\\", "/").strip("/").split("/")
    if ".." in parts:
        raise ValueError("must lie inside the vault, without `..`")
    if any(part.startswith(".") for part in parts if part != "."):
        raise ValueError("begins with a dot, so Obsidian would not see it")
    return normalize_path("/".join(part for part in parts if part != "."))


def tag(name: str) -> str:
    """A tag without `#`."""
    if not is_valid_tag(name.removeprefix("#")):
        raise ValueError("is no valid tag: no spaces or punctuation, and not only digits")
    return name.removeprefix("#")


def address(url: str) -> str:
    """The address of a site, without `/` at its end."""
    if url and not url.startswith(("https://", "http://")):
        raise ValueError("must begin with https:// or http://")
    return url.rstrip("/")


def timezone(name: str) -> str:
    """A time zone: a name of the IANA database, or an offset."""
    from vaultkit.dates.zone import read_zone  # most runs need none

    read_zone(name)
    return name
