"""The addresses under which Jekyll and Hugo publish a page that states none itself.

Knows the permalink rules of a site's configuration, the styles that have a name, and the defaults of both engines. They
are only used to recognise links from page to page (`/diary/2024-05-01/`), never shown.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from vaultkit.importing.front_matter_values import Field, as_text

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title",
    "pretty": "/:categories/:year/:month/:day/:title",
    "ordinal": "/:categories/:year/:y_day/:title",
    "weekdate": "/:categories/:year/W:week/:short_day/:title",
    "none": "/:categories/:title",
    "": "/:categories/:year/:month/:day/:title",
}
_DATE_IN_NAME = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-")
_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_HTML = (".html", ".htm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What the rules of a site know of a page. Empty: it is not stated."""

    path: PurePosixPath
    """Below the site's root."""
    date: dt.date | None
    title: str = ""
    slug: str = ""
    """What the page states to be called."""
    categories: tuple[str, ...] = ()
    rule: str = ""
    """A permalink of the page's own that is a rule: `/:year/:title/`, `pretty`."""


def collection_of(path: PurePosixPath) -> str:
    """The folder `_posts`, `_drafts`, `_diary` that the page lies in; empty: none."""
    return next((part for part in path.parts[:-1] if part.startswith("_")), "")


def folder_categories(path: PurePosixPath, config: dict[str, Field]) -> tuple[str, ...]:
    """The categories that a post has because of the folders around `_posts`: `sea/tides/_posts/…`."""
    collection = collection_of(path)
    if collection not in ("_posts", "_drafts"):
        return ()
    above = path.parts[: path.parts.index(collection)]
    start = PurePosixPath(as_text(config.get("collections_dir", ""))).parts
    return above[len(start) :] if above[: len(start)] == start else above


def published_at(page: Published, config: dict[str, Field]) -> tuple[str, ...]:
    """The addresses of the page, in the spellings that lead to it. Empty: unknown."""
    values = _values(page)
    address = re.sub(r":([a-z_]++)", lambda found: _value(found[1], values, found[0]), _rule(page, config))
    address = re.sub(r"/{2,}", "/", "/" + address).rstrip("/")
    if ":" in address:
        return ()
    for suffix in _HTML:
        address = address.removesuffix(suffix)
    return (f"{address}/", address, f"{address}.html") if address else ("/", "/index.html")


def post_names(path: PurePosixPath) -> tuple[str, ...]:
    """To what `{% post_url %}` and Hugo's `ref` of this page are resolved, beside its path: posts are called without
    their extension, and by the folders above or below `_posts`."""
    parts = path.parts
    if parts[0] == "content" and len(parts) > 1:  # Hugo's `ref` leaves the folder out
        return ("/" + "/".join(parts[1:]),)
    if "_posts" not in parts[:-1]:
        return ()
    at = parts.index("_posts")
    inner = (*parts[:at], *parts[at + 1 : -1])
    name = f"{path.stem}.md"
    return tuple(dict.fromkeys(["/".join(["", "_posts", *inner, name]), f"/_posts/{name}"]))


def _rule(page: Published, config: dict[str, Field]) -> str:
    parts = page.path.with_suffix("").parts
    collection = collection_of(page.path)
    if page.rule:
        return _STYLES.get(page.rule, page.rule)
    if collection in ("_posts", "_drafts"):
        stated = _of_collection(config, "posts") or as_text(config.get("permalink", ""))
        return _STYLES.get(stated, stated)
    if collection:
        stated = _of_collection(config, collection[1:])
        return "/:collection/:path" if stated in _STYLES else stated
    if parts[0] == "content":
        section = parts[1] if len(parts) > 2 else ""
        own = "" if parts[-1] == "_index" else _of_section(config, section)
        return own or "/" + "/".join(_without_index([*parts[1:-1], page.slug or parts[-1]]))
    return "/" + "/".join(_without_index(list(parts)))


def _of_collection(config: dict[str, Field], name: str) -> str:
    collections = config.get("collections")
    stated = collections.get(name) if isinstance(collections, dict) else None
    return as_text(stated.get("permalink", "")) if isinstance(stated, dict) else ""


def _of_section(config: dict[str, Field], name: str) -> str:
    """Hugo's rule for a section: `permalinks.post`, or `permalinks.page.post` in newer versions."""
    rules = config.get("permalinks")
    if not isinstance(rules, dict) or not name:
        return ""
    inner = rules.get("page")
    own = inner.get(name) if isinstance(inner, dict) else rules.get(name)
    return own if isinstance(own, str) else ""


def _values(page: Published) -> dict[str, str]:
    """What the placeholders of a rule stand for; those of the date only where there is one."""
    parts = page.path.with_suffix("").parts
    collection = collection_of(page.path)
    stem = parts[-2] if parts[-1] in ("index", "_index") and parts[0] == "content" and len(parts) > 2 else parts[-1]
    name = _DATE_IN_NAME.sub("", stem) if collection in ("_posts", "_drafts") else stem
    inside = parts[parts.index(collection) + 1 :] if collection else parts
    title = page.slug or (_slug(page.title or name) if parts[0] == "content" else name)
    categories = "/".join(page.categories).lower().replace(" ", "%20")
    values = {
        "collection": collection[1:],
        "name": stem,
        "basename": stem,
        "title": title,
        "slug": page.slug or (_slug(page.title or name) if parts[0] == "content" else name),
        "path": "/".join(inside),
        "categories": categories,
        "slugified_categories": "/".join(map(_slug, page.categories)),
        "output_ext": "",
        "section": parts[1] if len(parts) > 2 else "",
        "sections": "/".join(parts[1:-1]),
        "filename": stem,
        "slugorfilename": page.slug or stem,
        "contentbasename": stem,
        "slugorcontentbasename": page.slug or stem,
    }
    return values | (_of_date(page.date) if page.date else {})


def _of_date(date: dt.date) -> dict[str, str]:
    year, week, day = date.isocalendar()
    month, weekday = _MONTHS[date.month - 1], _DAYS[date.weekday()]
    return {
        "year": f"{date.year:04}",
        "short_year": f"{date.year % 100:02}",
        "month": f"{date.month:02}",
        "i_month": str(date.month),
        "short_month": month[:3],
        "long_month": month,
        "monthname": month,
        "day": f"{date.day:02}",
        "i_day": str(date.day),
        "y_day": f"{date.timetuple().tm_yday:03}",
        "yearday": str(date.timetuple().tm_yday),
        "w_year": f"{year:04}",
        "week": f"{week:02}",
        "w_day": str(day),
        "short_day": weekday[:3],
        "long_day": weekday,
        "weekday": str(date.isoweekday() % 7),
        "weekdayname": weekday,
    }


def _value(name: str, values: dict[str, str], written: str) -> str:
    """What `:name` stands for. A rule may run on behind a name (`:year_x`): the longest known name counts."""
    for end in range(len(name), 0, -1):
        if name[:end] in values:
            return values[name[:end]] + name[end:]
    return written


def _slug(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-")


def _without_index(parts: list[str]) -> list[str]:
    return parts[:-1] if parts[-1] in ("index", "_index") else parts
