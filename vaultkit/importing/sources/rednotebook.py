"""RedNotebook: a folder of months, each a text file in YAML.

How to get it: nothing needs to be exported. Name the journal's folder (Journal → Open shows it, usually
`.rednotebook/data`), the zip that Journal → Backup makes, or one month of it, `2024-01.txt`. Name the folder above when
your pictures lie there, so that they are found.

Knows the months, and what of a day is text, tag or entry of a category; the markup of the text is known by
`markup.from_txt2tags`. Each day is read by itself, so that one which is damaged costs no other.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from vaultkit.dates.calendar import calendar_date
from vaultkit.errors import ExportError
from vaultkit.importing.entry import Attachment, Entry, Kind, Notice, NoticeKind
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.markup.from_txt2tags import from_txt2tags, hashtags
from vaultkit.importing.markup.pictures import Picture
from vaultkit.importing.media import Media, is_on_the_web
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined, unreadable

FORMAT = "rednotebook"
LABEL = "RedNotebook's data folder"
NAME = "rednotebook"
EXTENSIONS = ".txt"
KEPT = "tags, categories and their entries, links to days, pictures and files"
NOT_KEPT = "colours of words"

_MONTH = re.compile(r"(?P<year>[12]\d{3})-(?P<month>0[1-9]|1[0-2])\.txt")
_DAY = re.compile(r"^(?:(?P<day>\d{1,2})[ \t]*:(?=[ \t\n]|\Z)|\{[ \t]*\d)", re.MULTILINE)
_DEEPEST = 6
"""Levels of YAML; RedNotebook has four."""
_TAGS = "tags"
"""A category whose entries are tags themselves."""


def identify(export: Export) -> Verdict:
    """Ours is a file named for a month whose first key is a day, or a folder with such a file."""
    months = [file for file in export.files if _MONTH.fullmatch(file.path.name)]
    if not months:
        return declined("no file is called after its month (2024-01.txt)")
    for file in months[:20]:
        head = file.start.decode("utf-8", "replace")
        if _DAY.match(head) and re.search(
            r"(?:^|[{,])\s*(?:\S[^\n:]*|'[^']*'|\"[^\"]*\"):", head.partition(":")[2], re.M
        ):
            return CLAIMED
    return declined("the files called after months do not begin with a day and its fields (`8:`, `  text: …`)")


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """A diary entry for each day with text or tags. A day that is no YAML, or in no calendar, fails alone."""
    del options  # a day has neither time nor zone
    for export in exports:
        media = Media(export)
        for file in export.files:
            if month := _MONTH.fullmatch(file.path.name):
                try:
                    yield from _month(export, file, media, int(month["year"]), int(month["month"]))
                except ExportError as e:
                    yield unreadable(file, e)


def _month(export: Export, file: ExportFile, media: Media, year: int, month: int) -> Iterator[Entry | Notice]:
    origin = str(file.path)
    for line, text in _days(file.text):
        place = f"{origin}: line {line}"
        try:
            days = _read_yaml(text)
        except ValueError as e:
            yield Notice(NoticeKind.FAILED, place, f"the day cannot be read: {e}", text)
            continue
        for number, fields in days if isinstance(days, list) else [("", days)]:
            date = calendar_date(year, month, int(number)) if re.fullmatch(r"\d{1,2}", number) else None
            if date is None:
                message = f"`{number}` is no day of {year}-{month:02d}" if number else "there is no day above this text"
                yield Notice(NoticeKind.FAILED, place, message, text)
                continue
            yield from _entry(export, media, date, fields, origin, f"line {line}")


def _days(text: str) -> Iterator[tuple[int, str]]:
    """The text of each day with the number of its first line; what stands above the first as well."""
    starts = [found.start() for found in _DAY.finditer(text)]
    if not starts or text[: starts[0]].strip():
        starts.insert(0, 0)
    line, at = 1, 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        line += text.count("\n", at, start)
        at = start
        if text[start:end].strip():
            yield line, text[start:end]


def _entry(
    export: Export, media: Media, date: dt.date, fields: object, origin: str, place: str
) -> Iterator[Entry | Notice]:
    pairs = fields if isinstance(fields, list) else [("text", fields)]
    attachments: dict[Attachment, None] = {}
    labels: dict[str, None] = {}
    parts: list[str] = []
    below: list[str] = []
    lost: list[str] = []
    nowhere: dict[str, None] = {}

    def picture(src: str) -> Picture | None:
        found = media.picture(src)
        if found is None and not is_on_the_web(src):
            nowhere[src] = None
        return found

    def converted(text: str) -> str:
        found = from_txt2tags(text, picture)
        attachments.update(dict.fromkeys(found.attachments))
        labels.update(dict.fromkeys(hashtags(text)))
        lost.extend(found.lost)
        return found.text

    for name, value in pairs:
        if name == "text" and isinstance(value, str):
            parts.append(converted(value))
            continue
        entries = [converted(text) for text in _texts(value)]
        if name.casefold() == _TAGS:
            labels.update(dict.fromkeys(_texts(value)))
        else:
            labels[name] = None
            if entries:
                below.append(f"## {converted(name)}")
                below.append("\n".join("- " + text.replace("\n", "\n  ") for text in entries))
    body = "\n\n".join(filter(None, [*parts, *below]))
    if lost:
        message = f"{len(lost)} addresses that run when they are clicked were left out"
        yield Notice(NoticeKind.UNPLACED, f"{origin}: {place}", message, "\n".join(lost))
    if nowhere:
        message = f"{len(nowhere)} pictures or files are not in the export; name the folder that holds them, too"
        yield Notice(NoticeKind.WARNING, f"{origin}: {place}", message, "\n".join(nowhere))
    if body or labels:
        yield Entry(
            kind=Kind.DIARY,
            key=date.isoformat(),
            body=body,
            place=place,
            origin=origin,
            export=export.name,
            date=date,
            labels=tuple(labels),
            attachments=tuple(attachments),
        )


def _texts(value: object) -> list[str]:
    """The entries of a category: the keys of its mapping, and what is below them."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if not isinstance(value, list):
        return []
    found = []
    for name, inner in value:
        found.append(" ".join([name, *_texts(inner)]).strip())
    return [text for text in found if text]


def _read_yaml(text: str) -> Any:
    """`text` as nested lists of pairs, with every scalar as text: a mapping is [(key, value)], a list [("", item)].

    Event by event, so that nothing is made of tags (`!!python/unicode`) and no depth is too deep for the parser.
    Raises ValueError in a few words.
    """
    import yaml  # only for those who have this format

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    root: list[Any] = []
    open_: list[tuple[bool, list[Any]]] = [(False, root)]  # whether it is a mapping, and its children one by one
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.ScalarEvent):
                plain_null = event.style in (None, "") and event.value in ("", "null", "~", "Null", "NULL")
                open_[-1][1].append(None if plain_null else event.value)
            elif isinstance(event, yaml.CollectionStartEvent):
                if len(open_) > _DEEPEST:
                    raise ValueError(f"it is nested deeper than {_DEEPEST}")
                open_.append((isinstance(event, yaml.MappingStartEvent), []))
            elif isinstance(event, yaml.CollectionEndEvent):
                is_mapping, children = open_.pop()
                if is_mapping:
                    pairs = [(_key(k), v) for k, v in zip(children[::2], children[1::2], strict=True)]
                else:
                    pairs = [("", child) for child in children]
                open_[-1][1].append(pairs)
            elif isinstance(event, yaml.AliasEvent):
                raise ValueError("it has an alias (`*`), which RedNotebook does not write")
    except yaml.MarkedYAMLError as e:
        raise ValueError(f"it is no YAML ({e.problem or e.context})") from e
    except yaml.YAMLError as e:
        raise ValueError(f"it is no YAML ({str(e).splitlines()[0]})") from e
    return root[0] if root else None


def _key(value: object) -> str:
    return value if isinstance(value, str) else ""
