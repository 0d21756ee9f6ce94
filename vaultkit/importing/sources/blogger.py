"""Posts, pages and comments of a Blogger blog, from its Atom feed.

How to get it: in Blogger, "Settings", "Manage blog", "Back up content"; or with Google Takeout, of whose ZIP the folder
`Blogger` holds a `feed.atom` for each blog. Takeout does not say the address of the blog; it is found out by the links
between its posts, or say it:

    vaultkit import blog-05-01-2024.xml --site-url https://example.blogspot.com

Knows which entries are notes and how comments come to their posts. Templates and settings are no notes. The file is
read twice, because comments stand behind the posts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from vaultkit.importing.blog.about import about
from vaultkit.importing.blog.post import entry as entry_of
from vaultkit.importing.blogger.item import (
    Reader,
    content_of,
    is_shown,
    kind_of,
    number_of,
    path_of,
    post_of,
    status_of,
    title_of,
)
from vaultkit.importing.entry import Entry, Notice, NoticeKind, drained
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.markup.from_html import from_html
from vaultkit.importing.moment import Clock
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined, guarded
from vaultkit.importing.xml_stream import BrokenXml, Element, XmlRecord, xml_records

FORMAT = "blogger"
LABEL = "Blogger blog as an Atom feed (backup or Google Takeout)"
NAME = "blogger"
EXTENSIONS = ".xml .atom"
KEPT = "posts, pages, drafts, labels, dates, comments as threads, places, links between posts, pictures when beside"
NOT_KEPT = "templates, settings, coordinates, e-mail addresses"

_HEAD = 64 * 1024
_BLOGGER = re.compile(rb"schemas\.google\.com/blogger/|tag:blogger\.com,|//www\.blogger\.com")
_MAIL = re.compile(r"[^\s<>@,;:]{1,64}@[^\s<>@,;:]{1,255}")
_MAIL_ELEMENT = re.compile(r"<email>[^<]*+</email>")
_LINK = re.compile(r"https?://([\w.-]{1,253})(/(?:\d{4}/\d\d|p)/[^\s\"'<>?#&]{1,300}\.html)")
_TRASH = frozenset({"soft_trashed", "trashed", "deleted"})
_DESCRIPTION = ".settings.BLOG_DESCRIPTION"


def identify(export: Export) -> Verdict:
    """An Atom feed of Blogger, or a folder with such a file."""
    if any(_ours(export)):
        return CLAIMED
    if export.is_folder:
        return declined("the folder holds no feed of Blogger")
    return declined("not an Atom feed of Blogger")


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """An entry for each post and page, in the order of the files. Comments whose post is not here are UNPLACED."""
    for export in exports:
        for file in _ours(export):
            yield from guarded(export, file, _read(export, file, options))


@dataclass(slots=True)
class _Feed:
    """What must be known of a feed before its first post."""

    id: str = "blog"
    """`blog-1`."""
    title: str = ""
    site: str = ""
    description: str = ""
    comments: dict[str, list[tuple[Element, str]]] = field(default_factory=dict)
    """By the number of the post, each with its place."""


def _ours(export: Export) -> Iterator[ExportFile]:
    for file in export.files:
        if not export.is_folder or file.path.suffix.lower() in (".xml", ".atom"):
            head = file.head.replace(b"\0", b"")
            if b"<feed" in head and _BLOGGER.search(head):
                yield file


def _learn(file: ExportFile, site: str) -> _Feed:
    feed = _Feed(site=site)
    start = re.split(r"<(?:entry|author)[\s>]", next(iter(file.pieces()), "")[:_HEAD], maxsplit=1)[0]
    for record in xml_records([start], ("id", "title", "link")):
        if isinstance(record, XmlRecord):
            one = record.element
            if one.tag == "id" and (found := re.search(r"blog-\d+", one.text)):
                feed.id = found[0]
            elif one.tag == "title" and not feed.title:
                feed.title = " ".join(one.text.split())
            elif one.attributes.get("rel") == "alternate" and not feed.site:
                feed.site = one.attributes.get("href", "").rstrip("/")
    paths: set[str] = set()
    linked: Counter[tuple[str, str]] = Counter()
    for record in xml_records(file.pieces(), ("entry",)):
        if not isinstance(record, XmlRecord):
            continue
        one, kind = record.element, kind_of(record.element)
        if kind == "comment":
            feed.comments.setdefault(post_of(one), []).append((one, record.place))
        elif one.get("id").endswith(_DESCRIPTION):
            feed.description = content_of(one)
        elif kind in ("post", "page") and not feed.site:
            paths.add(path_of(one))
            linked.update((found[1], found[2]) for found in _LINK.finditer(content_of(one)))
    if not feed.site:
        hosts: Counter[str] = Counter()
        for (host, path), count in linked.items():
            hosts[host] += count if path in paths else 0
        best = min(hosts, key=lambda host: (-hosts[host], host), default="")
        feed.site = f"https://{best}" if best and hosts[best] else ""
    return feed


def _read(export: Export, file: ExportFile, options: ReadOptions) -> Iterator[Entry | Notice]:
    notices: list[Notice] = []
    feed = _learn(file, options.site_url.rstrip("/"))
    reader = Reader(export, file, Clock(options.zone, notices), notices, feed.title, feed.site)
    left: dict[str, list[str]] = {}
    if feed.description.strip():
        body = from_html(feed.description).text
        yield about(key=f"{feed.id}.about", title=feed.title, address=feed.site, body=body, origin=str(file.path))
    for record in xml_records(file.pieces(), ("entry",)):
        here = f"{file.path}: {record.place}"
        if isinstance(record, BrokenXml):
            yield Notice(NoticeKind.FAILED, here, record.why, _MAIL_ELEMENT.sub("", record.text))
            continue
        one, kind = record.element, kind_of(record.element)
        if kind in ("post", "page"):
            yield from _post(one, record.place, here, feed, reader)
        elif kind == "comment" or (one.get("id").endswith(_DESCRIPTION) and feed.description.strip()):
            continue
        elif kind:
            said = "" if kind == "template" else f": {content_of(one)}"
            left.setdefault(kind, []).append(_MAIL.sub("…", f"{title_of(one)}{said}"))
        else:
            yield Notice(NoticeKind.FAILED, here, "does not say what it is: a post, a page or a comment", title_of(one))
        yield from drained(notices)
    for kind, texts in left.items():
        message = f"{len(texts)} entr{'ies' if len(texts) > 1 else 'y'} of the kind {kind}: no note is made of it"
        yield Notice(NoticeKind.UNPLACED, str(file.path), message, "\n".join(texts))
    for orphans in feed.comments.values():
        for orphan, place in orphans:
            message = "a comment on a post that is not in this export"
            yield Notice(NoticeKind.UNPLACED, f"{file.path}: {place}", message, content_of(orphan))


def _post(one: Element, place: str, here: str, feed: _Feed, reader: Reader) -> Iterator[Entry | Notice]:
    comments = feed.comments.pop(number_of(one.get("id")), [])
    if not one.get("id"):
        yield Notice(NoticeKind.FAILED, here, "has no id", f"{title_of(one)}\n\n{content_of(one)}")
        return
    if status_of(one) in _TRASH or one.get("blogger:trashed"):
        message = f"is in the blog's trash and was left out{', with its comments' if comments else ''}"
        texts = [title_of(one), content_of(one), *(content_of(comment) for comment, _ in comments)]
        yield Notice(NoticeKind.UNPLACED, here, message, "\n\n".join(texts))
        return
    for comment, _ in comments:
        if not is_shown(comment):
            message = f"a comment on it that is {status_of(comment)} was left out"
            yield Notice(NoticeKind.UNPLACED, here, message, content_of(comment))
    yield entry_of(reader.post(one, place, [pair for pair in comments if is_shown(pair[0])]))
