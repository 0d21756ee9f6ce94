"""`vaultkit.yaml`: what a vault's owner wants linted and where imports go.

Knows the keys and their defaults; knows neither rules nor formats (unknown ids are told by those who look them up).
Every mistake is a UsageError that names file, line and key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from vaultkit.errors import UsageError
from vaultkit.globs import check_glob
from vaultkit.schema import SHORT, Named, Node, bind, read_yaml
from vaultkit.vault.names import normalize_path
from vaultkit.vault.tags import is_valid_tag
from vaultkit.vault.tree import CONFIG_FILE


class Level(StrEnum):
    """How much a rule's findings weigh; `off` is not looked at."""

    OFF = "off"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class PullRequests(StrEnum):
    """Whether pull requests of an issue export become notes."""

    INCLUDE = "include"
    SKIP = "skip"


def _folder(path: str) -> str:
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


def _tag(name: str) -> str:
    if not is_valid_tag(name.removeprefix("#")):
        raise ValueError("is no valid tag: no spaces or punctuation, and not only digits")
    return name.removeprefix("#")


def _address(url: str) -> str:
    if url and not url.startswith(("https://", "http://")):
        raise ValueError("must begin with https:// or http://")
    return url.rstrip("/")


def _source(name: str) -> str:
    if name not in FOLDERS:
        raise ValueError("is no kind of import; allowed: " + ", ".join(FOLDERS))
    return name


FOLDERS: Mapping[str, str] = {"diary": "Diary", "paper": "Papers", "issue": "Issues", "page": "Pages"}
"""Where imported entries of each kind go, unless the owner says otherwise."""
TAGS: Mapping[str, tuple[str, ...]] = {"diary": ("diary",), "paper": (), "issue": (), "page": ()}

Glob = Annotated[str, check_glob]
Folder = Annotated[str, _folder]
Kind = Annotated[str, _source]


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """What is said about one rule: `off`, a severity, or both severity and options."""

    severity: Level | None = field(default=None, metadata={SHORT: True})
    options: Node | None = None
    """Not looked into here: the rule's check knows what is allowed."""


@dataclass(frozen=True, slots=True)
class Override:
    """Other settings for some paths."""

    paths: tuple[Glob, ...]
    ignore: tuple[Named, ...] = ()
    rules: Mapping[Named, RuleSetting] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LintConfig:
    """`lint:`. Without `select` all rules of the packs are on; with it only these."""

    packs: tuple[Named, ...] = (Named("recommended"),)
    select: tuple[Named, ...] = ()
    ignore: tuple[Named, ...] = ()
    exclude: tuple[Glob, ...] = ()
    rules: Mapping[Named, RuleSetting] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportConfig:
    """`import:`. Folders and tags by kind of entry; all kinds are there."""

    folders: Mapping[Kind, Folder] = field(default_factory=lambda: FOLDERS)
    tags: Mapping[Kind, tuple[Annotated[str, _tag], ...]] = field(default_factory=lambda: TAGS)
    site_url: Annotated[str, _address] = ""
    pull_requests: PullRequests = PullRequests.INCLUDE


@dataclass(frozen=True, slots=True)
class Config:
    """The whole file. `root` is the vault in which packs of the owner's own are looked for; None: there is none."""

    lint: LintConfig = LintConfig()
    import_: ImportConfig = ImportConfig()
    root: Path | None = field(default=None, metadata={"internal": True})


def parse_config(text: str, name: str = CONFIG_FILE) -> Config:
    """`text` of the file called `name`. Raises UsageError."""
    config = bind(read_yaml(text, name), Config)
    given = config.import_
    return replace(config, import_=replace(given, folders={**FOLDERS, **given.folders}, tags={**TAGS, **given.tags}))


def read_config(root: Path) -> Config:
    """What `vaultkit.yaml` in `root` says; the defaults when there is none. Raises UsageError."""
    path = root / CONFIG_FILE
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return Config(root=root)
    except UnicodeDecodeError as e:
        raise UsageError(f"{path}: is not UTF-8 text (byte {e.start}); save it as UTF-8") from e
    except OSError as e:
        raise UsageError(f"{path}: cannot be read: {e.strerror}") from e
    return replace(parse_config(text, CONFIG_FILE), root=root)
