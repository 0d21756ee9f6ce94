"""The addresses under which Jekyll and Hugo publish a page that states none itself.

Knows the permalink rules of `_config.yml` and the defaults of both engines. They are only used to recognise links
from page to page (`/diary/2024-05-01/`), never shown.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import PurePosixPath

from vaultkit.importing.export import Export
from vaultkit.importing.front_matter import read_yaml
from vaultkit.importing.front_matter_values import Field, as_text

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title",
    "pretty": "/:categories/:year/:month/:day/:title",
    "none": "/:categories/:title",
    "": "/:categories/:year/:month/:day/:title",
}
_DATE_IN_NAME = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-")


def read_config(export: Export) -> dict[str, Field]:
    """The site's Jekyll configuration. Empty when the export holds none, or one that cannot be read."""
    file = export.find("_config.yml") or export.find("_config.yaml")
    if file is None or not export.is_site:
        return {}
    return read_yaml(file.data.decode("utf-8", "replace"))


def published_at(path: PurePosixPath, config: dict[str, Field], date: dt.date | None, slug: str) -> tuple[str, ...]:
    """The addresses of the page at `path` below the site's root, in the spellings that lead to it. Empty: unknown.

    `slug` is what the page states to be called; empty: its file name.
    """
    collection = next((part for part in path.parts[:-1] if part.startswith("_")), "")
    parts = path.with_suffix("").parts
    if collection == "_posts":
        rule = _STYLES.get(as_text(config.get("permalink", "")), as_text(config.get("permalink", "")))
    elif collection:
        rule = _collection_rule(config, collection[1:])
    elif parts[0] == "content":
        rule = "/" + "/".join(_without_index([*parts[1:-1], slug or parts[-1]]))
    else:
        rule = "/" + "/".join(_without_index(list(parts)))
    name = _DATE_IN_NAME.sub("", path.stem) if collection == "_posts" else path.stem
    values = {"collection": collection[1:], "name": path.stem, "title": slug or name, "slug": slug or name}
    values |= {"path": "/".join(parts[parts.index(collection) + 1 :]) if collection else "/".join(parts)}
    values |= {"categories": "", "output_ext": ""}
    if date:
        values |= {"year": f"{date.year:04}", "month": f"{date.month:02}", "day": f"{date.day:02}"}
        values |= {"i_month": str(date.month), "i_day": str(date.day)}
    address = re.sub(r":([a-z_]+)", lambda match: values.get(match[1], match[0]), rule)
    address = re.sub(r"/{2,}", "/", "/" + address).rstrip("/")
    if ":" in address:
        return ()
    address = address.removesuffix(".html")
    return (f"{address}/", address, f"{address}.html") if address else ("/", "/index.html")


def _collection_rule(config: dict[str, Field], name: str) -> str:
    collections = config.get("collections")
    stated = collections.get(name) if isinstance(collections, dict) else None
    rule = as_text(stated.get("permalink", "")) if isinstance(stated, dict) else ""
    return rule or "/:collection/:path"


def _without_index(parts: list[str]) -> list[str]:
    return parts[:-1] if parts[-1] in ("index", "_index") else parts
