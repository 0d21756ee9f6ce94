"""`vaultkit.yaml`: what a vault's owner wants linted, what is imported, and where imports go.

Knows the keys, their defaults, and into which vaults a folder falls by them; knows neither rules nor formats (unknown
ids are told by those who look them up).
Every mistake is a UsageError that names file, line and key.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple

from vaultkit.config_hooks import USUAL, HooksConfig
from vaultkit.config_sources import SourceConfig, same_twice
from vaultkit.config_values import PullRequests, address, folder, tag
from vaultkit.errors import UsageError
from vaultkit.globs import check_glob, matches
from vaultkit.schema import INTERNAL, KEYED, SHORT, Named, Node, bind, read_yaml
from vaultkit.vault.names import CONFIG_FILE, normalize_path
from vaultkit.vault.tree import Vault, split, vault_at


class Level(StrEnum):
    """How much a rule's findings weigh; `off` is not looked at."""

    OFF = "off"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


def _source(name: str) -> str:
    if name not in FOLDERS:
        raise ValueError("is no kind of import; allowed: " + ", ".join(FOLDERS))
    return name


FOLDERS: Mapping[str, str] = {"diary": "Diary", "paper": "Papers", "issue": "Issues", "page": "Pages"}
"""Where imported entries of each kind go, unless the owner says otherwise."""
TAGS: Mapping[str, tuple[str, ...]] = {"diary": ("diary",), "paper": (), "issue": (), "page": ()}

Glob = Annotated[str, check_glob]
Folder = Annotated[str, folder]
Tag = Annotated[str, tag]
Kind = Annotated[str, _source]


class RuleSetting(NamedTuple):
    """What is said about one rule: `off`, a severity, or both severity and options."""

    severity: Annotated[Level | None, SHORT] = None
    options: Node | None = None
    """Not looked into here: the rule's check knows what is allowed."""


class Override(NamedTuple):
    """Other settings for some paths."""

    paths: tuple[Glob, ...]
    ignore: tuple[Named, ...] = ()
    rules: Mapping[Named, RuleSetting] = {}


class LintConfig(NamedTuple):
    """`lint:`. Without `select` all rules of the packs are on; with it only these."""

    packs: tuple[Named, ...] = (Named("recommended"),)
    select: tuple[Named, ...] = ()
    ignore: tuple[Named, ...] = ()
    exclude: tuple[Glob, ...] = ()
    rules: Mapping[Named, RuleSetting] = {}
    overrides: tuple[Override, ...] = ()


class ImportConfig(NamedTuple):
    """`import:`. Folders and tags by kind of entry; all kinds are there."""

    folders: Mapping[Kind, Folder] = FOLDERS
    tags: Mapping[Kind, tuple[Tag, ...]] = TAGS
    site_url: Annotated[str, address] = ""
    pull_requests: PullRequests = PullRequests.INCLUDE


class Config(NamedTuple):
    """The whole file. `root` is the vault in which packs of the owner's own are looked for; None: there is none."""

    lint: LintConfig = LintConfig()
    import_: ImportConfig = ImportConfig()
    sources: Annotated[tuple[SourceConfig, ...], KEYED] = ()
    hooks: HooksConfig = USUAL
    vaults: tuple[Glob, ...] = ()
    """Folders inside that are vaults of their own; the file holds for each that has no `vaultkit.yaml` itself."""
    root: Annotated[Path | None, INTERNAL] = None


def parse_config(text: str, name: str = CONFIG_FILE) -> Config:
    """`text` of the file called `name`. Raises UsageError."""
    config = bind(read_yaml(text, name), Config)
    if problem := same_twice(config.sources):
        raise UsageError(problem)
    given = config.import_
    return config._replace(import_=given._replace(folders={**FOLDERS, **given.folders}, tags={**TAGS, **given.tags}))


def read_config(root: Path) -> Config:
    """What holds for the vault at `root`: its own `vaultkit.yaml`, else the one above that names it among its `vaults`,
    else the defaults. Raises UsageError."""
    return _read(root) or _read_above(root) or Config(root=root)


def _read(root: Path, name: str = CONFIG_FILE) -> Config | None:
    """The file in `root`, called `name` when a mistake is told; None when there is none."""
    path = root / CONFIG_FILE
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as e:
        raise UsageError(f"{path}: is not UTF-8 text (byte {e.start}); save it as UTF-8") from e
    except OSError as e:
        raise UsageError(f"{path}: cannot be read: {e.strerror}") from e
    return parse_config(text, name)._replace(root=root)


def _read_above(root: Path) -> Config | None:
    """The nearest file above `root` if it names `root` among its vaults."""
    root = root.absolute()
    above = next((folder for folder in root.parents if (folder / CONFIG_FILE).is_file()), None)
    if above is None:
        return None
    config = _read(above, str(above / CONFIG_FILE))
    return config if config and _names(config, root.relative_to(above).as_posix()) else None


def _names(config: Config, folder: str) -> bool:
    """Whether `folder` is one of the vaults. `*/` names `en` only, though as a pattern it covers all that is below."""
    folder = normalize_path(folder)
    above = folder.rpartition("/")[0]
    return any(matches([p], folder) and not (above and matches([p], above)) for p in config.vaults)


class Part(NamedTuple):
    """A vault to lint and what holds for it."""

    vault: Vault
    config: Config
    only: Collection[str] | None
    """The paths in it that were asked for; None: all."""


def vaults_of(vault: Vault, only: Collection[str] | None = None) -> list[Part]:
    """The vaults that `vault` falls into by its `vaults`; just itself when it names none. Raises UsageError.

    First the vault without the folders that it names, then these, sorted, with `prefix` set. `only`: the paths in
    `vault` that were asked for; a part in which nothing was asked for is left out.
    """
    config = _read(vault.root, f"{vault.prefix}{CONFIG_FILE}")
    if config is None or not config.vaults:
        return [Part(vault, config or read_config(vault.root), only)]
    outer, inner = split(vault, [folder for folder in _folders(vault) if _names(config, folder)])
    parts = [Part(outer, config, _inside(outer, vault, only))]
    for one in inner:
        asked = _inside(one, vault, only)
        own = (one.root / CONFIG_FILE).is_file()
        parts += vaults_of(one, asked) if own else [Part(one, config, asked)]
    return [part for part in parts if part.only is None or part.only]


def _folders(vault: Vault) -> list[str]:
    """All folders that hold a file or a vault, at any depth, sorted."""
    found = set(vault.tree.nested)
    for path in vault.tree.files + vault.tree.nested:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return sorted(found)


def _inside(part: Vault, whole: Vault, only: Collection[str] | None) -> Collection[str] | None:
    """Those of `only`, paths in `whole`, that are files of `part`; as paths in that."""
    if only is None:
        return None
    before = part.prefix[len(whole.prefix) :]
    return {path for path in part.files if before + path in only}


def enclosing(vault: Vault) -> Vault:
    """The vault above that names `vault` among its `vaults`; else `vault` itself. Raises UsageError."""
    config = _read_above(vault.root)
    return vault_at(config.root) if config and config.root else vault


def nested_hint(folders: Sequence[str]) -> str:
    """One line about vaults inside a vault that are linted as part of it; empty when there are none."""
    if not folders:
        return ""
    some = ", ".join(f"{folder}/" for folder in folders[:2]) + (" …" if len(folders) > 2 else "")
    has = "1 folder inside has its" if len(folders) == 1 else f"{len(folders)} folders inside have their"
    they = "it is" if len(folders) == 1 else "they are"
    return (
        f"{has} own .obsidian ({some}): {they} linted as part of this vault; "
        f"say `vaults: [...]` in {CONFIG_FILE} to lint each as its own"
    )
