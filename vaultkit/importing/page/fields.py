"""What the front matter of a Jekyll or Hugo page means: title, date, tags, the author's own properties.

Knows the keys of both engines. A key of the engine (`layout`, `sidebar`) says how the site looks and stays out of the
note; a key that no engine knows is the author's own (`mood: good`) and stays.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from vaultkit.dates.calendar import calendar_date
from vaultkit.dates.offset import read_offset
from vaultkit.importing.entry import Value
from vaultkit.importing.front_matter_values import Field, as_text


@dataclass(frozen=True, slots=True)
class PageFields:
    """What a page says about itself, sorted out."""

    title: str
    """Empty: the page states none."""
    date: dt.date | None
    time: dt.time | None
    labels: tuple[str, ...]
    categories: tuple[str, ...]
    """Those of the labels that are categories, which may be a part of the address."""
    aliases: tuple[str, ...]
    properties: tuple[tuple[str, Value], ...]
    address: str
    """The path or address the page states for itself, empty when it states none."""
    addresses: tuple[str, ...]
    """Older addresses that lead to it."""
    is_draft: bool
    dropped: tuple[str, ...]
    """`key: value` of what has no place in a note."""
    undated: tuple[str, ...]
    """`key: value` of dates that cannot be read."""


_ENGINE = frozenset(
    """
    layout type kind slug permalink redirect_from redirect_to theme weight menu url comments math mathjax katex
    mermaid css js script scripts style stylesheet search sitemap published draft hidden pin pinned featured
    output outputs share paginate pagination cascade build _build resources headless markup linktitle
    iscjklanguage render_with_liquid excerpt_separator expirydate publishdate related classes
    tag tags category categories aliases date labels vaultkit-id title author authors
    """.split()
)
"""Keys that say how the site is made; in the last line those that reach the note in another way, or are empty."""
_ENGINE_PREFIXES = tuple("codemirror sidebar toc nav_ header footer show hide disable enable use".split())
_UPDATED = ("last_modified_at", "lastmod", "last_modified", "updated", "modified")
_MOMENT = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})"
    r"(?:(?:[Tt]|\s{1,4})(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s{0,4}(Z|z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
_DATED_NAME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:-(.+))?", re.ASCII)


def read_fields(
    stated: dict[str, Field],
    path: PurePosixPath,
    site: str = "",
    around: tuple[str, ...] = (),
    zone: dt.tzinfo | None = None,
) -> PageFields:
    """The meaning of the keys `stated` by the page at `path`. `site` is the site's address, empty when unknown;
    `around`: the categories that the page has because of its folders; `zone`: where what is dated
    in UTC was written."""
    keys: dict[str, str] = {}
    for key in stated:
        keys.setdefault(key.lower(), key)
    fields = {low: stated[key] for low, key in keys.items()}
    dropped = [f"{key}: {as_text(value)}" for key, value in stated.items() if keys[key.lower()] != key]
    undated: list[str] = []
    placed: set[str] = set()

    def text(*names: str) -> str:
        for name in names:
            value = fields.get(name)
            if value is not None and not isinstance(value, list | dict) and as_text(value).strip():
                placed.add(name)
                return as_text(value).strip()
        return ""

    def moment(*names: str) -> dt.date | dt.datetime | None:
        for name in names:
            if raw := text(name):
                if found := read_moment(raw):
                    return _local(found, zone)
                undated.append(f"{keys[name]}: {raw}")
        return None

    when = moment("date")
    title = text("title")
    address = text("permalink", "url")
    if ":" in re.sub(r"^\w+://", "", address):  # `/:year/:title/` is a rule, not an address
        placed -= {"permalink", "url"}
        address = ""
    updated = moment(*_UPDATED)
    aliases = _texts(fields.get("aliases"))
    old_addresses = tuple(alias for alias in aliases if "/" in alias)  # Hugo's aliases are addresses
    if aliases:
        placed.add("aliases")
    if old_addresses:
        dropped.append(f"{keys['aliases']}: {', '.join(old_addresses)}")
    labels: list[str] = []
    for name in ("tags", "categories", "tag", "category"):
        labels += [label for label in _labels(fields.get(name, ""), split=name.endswith("s")) if label not in labels]
        placed.add(name)
    labels += [label for label in around if label not in labels]
    categories = [
        *around,
        *_labels(fields.get("categories", ""), split=True),
        *_labels(fields.get("category", ""), split=False),
    ]
    properties: list[tuple[str, Value]] = [("title", title)]
    author = "author" if "author" in fields else "authors"
    properties += [("author", _people(fields.get(author, "")))]
    placed |= {author} if fields.get(author) else set()
    properties += [("description", text("description"))]
    properties += [("url", site + address if address.startswith("/") else address)]
    if isinstance(when, dt.datetime) and fields.get("created", "") == "":
        properties += [("created", when)]
    elif isinstance(when, dt.datetime):  # the page has a `created` of its own
        dropped.append(f"{keys['date']}: {as_text(fields['date'])}")
    properties += [("updated", updated)]
    draft = fields.get("draft") is True or fields.get("published") is False or "_drafts" in path.parts
    properties += [("draft", draft or None)]
    placed |= {"draft"} if fields.get("draft") is True else set()
    taken = {name for name, value in properties if value not in ("", None, ())}
    for low, key in keys.items():
        value = _own(fields[low])
        if low in placed and value is not None:  # of tables only a part is placed
            continue
        if low in taken or value in ("", None, ()) or low in _ENGINE or low.startswith(_ENGINE_PREFIXES):
            dropped.append(f"{key}: {as_text(fields[low])}".rstrip())
        else:
            properties.append((key, value))
    day = when.date() if isinstance(when, dt.datetime) else when
    return PageFields(
        title=title,
        date=day or _day_of_name(path.stem),
        time=when.time() if isinstance(when, dt.datetime) else None,
        labels=tuple(labels),
        categories=tuple(dict.fromkeys(categories)),
        aliases=tuple(alias for alias in aliases if "/" not in alias),
        properties=tuple((name, value) for name, value in properties if value not in ("", None, ())),
        address=address,
        addresses=(*_texts(fields.get("redirect_from")), *old_addresses),
        is_draft=draft,
        dropped=tuple(dropped),
        undated=tuple(undated),
    )


def read_moment(text: str) -> dt.date | dt.datetime | None:
    """`2025-07-21`, or with a time and an offset: `2025-07-21 16:33:37 +0900`. None when it is no such date.

    Without an offset the time is the site's own and stays without one.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        date = dt.date(int(year), int(month), int(day))
        if hour is None:
            return date
        time = dt.time(int(hour), int(minute), int(second or 0), tzinfo=read_offset(zone or ""))
        return dt.datetime.combine(date, time)
    except ValueError:
        return None


def _local(when: dt.date | dt.datetime, zone: dt.tzinfo | None) -> dt.date | dt.datetime:
    """What the clock showed where the page was written: UTC says when, but not where."""
    if zone is None or not isinstance(when, dt.datetime) or when.tzinfo is None or when.utcoffset():
        return when
    there = when.astimezone(zone)
    return there.replace(tzinfo=dt.timezone(there.utcoffset() or dt.timedelta(0)))


def words_of_name(stem: str) -> str:
    """The words of a file name without its date: `2025-05-09-setup-notes` is `setup notes`. Of a bare date the date."""
    match = _DATED_NAME.fullmatch(stem)
    name = match[4] if match and match[4] and _day_of_name(stem) else stem
    return name if match and name == stem else re.sub(r"[-_\s]+", " ", name).strip() or stem


def _day_of_name(stem: str) -> dt.date | None:
    match = _DATED_NAME.fullmatch(stem)
    return calendar_date(match[1], match[2], match[3]) if match else None


def _labels(value: Field, split: bool) -> list[str]:
    """`[a, b]`, `a, b` and, for the plural keys as in Jekyll, `a b`."""
    if isinstance(value, str):
        value = (
            [part.strip() for part in value.split(",")] if "," in value else list(value.split() if split else [value])
        )
    return [label for label in _texts(value) if label]


def _texts(value: Field | None) -> tuple[str, ...]:
    """The texts of a list, or the one text. Empty when there is none."""
    items = value if isinstance(value, list) else [] if value is None or value == "" else [value]
    return tuple(as_text(item).strip() for item in items)


def _people(value: Field) -> Value:
    """One name or several; of people described by a table, their names."""
    if isinstance(value, dict):
        return as_text(value.get("name", "")) or as_text(value)
    if isinstance(value, list):
        return tuple(str(_people(person)) for person in value)
    return as_text(value)


def _own(value: Field) -> Value:
    """A value of the author's own key as a property. None: it has no form there."""
    if isinstance(value, dict):
        return None
    if isinstance(value, list):
        return None if any(isinstance(item, list | dict) for item in value) else tuple(as_text(item) for item in value)
    return value
