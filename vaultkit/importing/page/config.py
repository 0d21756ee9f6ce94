"""A site's own configuration, Jekyll's or Hugo's: where it is published, by what rules, what its pages have by default.

Knows the files and keys of both engines; those of Hugo are handed out under the names that Jekyll has for them.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from vaultkit.errors import ExportError
from vaultkit.importing.export import Export
from vaultkit.importing.front_matter import read_toml, read_yaml
from vaultkit.importing.front_matter_values import Field, as_text
from vaultkit.importing.page.permalink import collection_of

_JEKYLL = ("_config.yml", "_config.yaml", "_config.toml")
_HUGO = tuple(
    f"{folder}{name}.{suffix}"
    for folder in ("", "config/_default/")
    for name in ("hugo", "config")
    for suffix in ("toml", "yaml", "yml")
)
_BY_DEFAULT = ("permalink", "tags", "categories", "category", "author", "published", "date", "lang")
"""What a page may get from the configuration; the rest says how it looks."""
_LOCAL = ("localhost", "127.", "0.0.0.0", "[")


def read_config(export: Export) -> dict[str, Field]:
    """The configuration of the site. Empty when the export holds none, or one that cannot be read."""
    if not export.is_site:
        return {}
    for name in (*_JEKYLL, *_HUGO):
        if file := export.find(name):
            try:
                text = file.text
            except ExportError:
                return {}
            stated = read_toml(text) if name.endswith(".toml") else read_yaml(text)
            return stated if name in _JEKYLL else _as_jekyll(stated)
    return {}


def address_of(config: dict[str, Field]) -> str:
    """Where the site is published, without `/` at its end; empty: it does not say, or only for its author's machine."""
    url = as_text(config.get("url", "")).strip().rstrip("/")
    try:
        host = urlsplit(url).netloc
    except ValueError:
        return ""
    return url if url.startswith(("https://", "http://")) and host and not host.startswith(_LOCAL) else ""


def with_defaults(stated: dict[str, Field], path: PurePosixPath, config: dict[str, Field]) -> dict[str, Field]:
    """The fields that the page at `path` states, completed by what its site says of pages of its kind and place; of
    two such the more special one counts."""
    defaults = config.get("defaults")
    if not isinstance(defaults, list):
        return stated
    found: list[tuple[int, int, dict[str, Field]]] = []
    for at, one in enumerate(defaults):
        scope, values = (one.get("scope"), one.get("values")) if isinstance(one, dict) else (None, None)
        if isinstance(scope, dict) and isinstance(values, dict) and _fits(scope, path):
            found.append((len(as_text(scope.get("path", ""))), at, values))
    given: dict[str, Field] = {}
    for _, _, values in sorted(found, key=lambda one: one[:2]):
        given |= {key: value for key, value in values.items() if key in _BY_DEFAULT}
    return {**stated, **{key: value for key, value in given.items() if key not in stated}}


def _fits(scope: dict[str, Field], path: PurePosixPath) -> bool:
    kind, below = as_text(scope.get("type", "")), as_text(scope.get("path", "")).strip("/")
    if kind and kind not in (collection_of(path)[1:] or "pages", "page" if not collection_of(path) else ""):
        return False
    if "*" in below:
        return fnmatchcase(str(path), f"{below}*")
    return not below or str(path) == below or str(path).startswith(f"{below}/")


def _as_jekyll(stated: dict[str, Field]) -> dict[str, Field]:
    keys = {key.lower(): value for key, value in stated.items()}
    out: dict[str, Field] = {"permalinks": keys.get("permalinks", "")}
    try:
        address = urlsplit(as_text(keys.get("baseurl", "")).strip())
    except ValueError:
        address = urlsplit("")
    if address.scheme and address.netloc:
        out |= {"url": f"{address.scheme}://{address.netloc}", "baseurl": address.path}
    return out | {"timezone": keys.get("timezone", "")}
