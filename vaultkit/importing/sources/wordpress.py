"""Posts and pages of a WordPress site, from the XML that it exports (WXR).

How to get it: "Tools", "Export", "All content", "Download Export File". Several files of one site are given together,
as files, a folder or the ZIP of WordPress.com:

    vaultkit import site.WordPress.2024-05-01.xml

The export holds addresses of pictures, not the pictures: put a copy of the site's `wp-content/uploads` beside the file,
and those that posts show are taken along.

Knows which items are notes and what tells one from the others. Menus, styles and settings are no notes; what they hold
is told. The file is read twice, because galleries show files that stand further below.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from vaultkit.errors import ExportError
from vaultkit.importing.blog.about import about
from vaultkit.importing.blog.post import entry
from vaultkit.importing.entry import Entry, Notice, NoticeKind, drained
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.markup.from_html import from_html
from vaultkit.importing.markup.markdown import escape
from vaultkit.importing.moment import Clock
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined, unreadable
from vaultkit.importing.wordpress.item import Reader, key_of
from vaultkit.importing.wordpress.site import Site, read_head
from vaultkit.importing.xml_stream import BrokenXml, Element, xml_records

FORMAT = "wordpress"
LABEL = "WordPress site as XML (WXR)"
NAME = "wordpress"
EXTENSIONS = ".xml"
KEPT = "posts, pages, drafts, categories, tags, dates, comments as threads, links between posts, pictures when beside"
NOT_KEPT = "menus, settings, custom fields, e-mail addresses and IPs of those who commented"

_NO_NOTES = frozenset(
    "attachment nav_menu_item revision wp_block wp_template wp_template_part wp_global_styles wp_navigation"
    " wp_font_family wp_font_face custom_css customize_changeset oembed_cache user_request acf-field acf-field-group"
    " jetpack_migration scheduled-action".split()
)
_PRIVATE = re.compile(
    r"(<wp:(?:comment_author_email|comment_author_IP|author_email|post_password)>)(?:<!\[CDATA\[)?[^<\]]*+(?:\]\]>)?"
)
_HEAD = 64 * 1024
"""Characters; the site describes itself at the start of a file."""
_NO_KEY = re.compile(r"[^\w%-]+")
_WORDPRESS = re.compile(rb"wordpress\.org/export/|<wp:wxr_version|<wp:post_id>")


def identify(export: Export) -> Verdict:
    """An RSS file with the elements of WordPress, or a folder with such a file."""
    if any(_ours(export)):
        return CLAIMED
    if export.is_folder:
        return declined("the folder holds no XML that WordPress exports")
    return declined("not RSS with the elements of WordPress (`wp:…`)")


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """An entry for each post and page, in the order of the files; before them one for the site, if it is described."""
    sites: dict[str, Site] = {}
    files: list[tuple[Export, ExportFile, Site]] = []
    for export in exports:
        for file in _ours(export):
            try:
                files.append((export, file, _site(file, sites)))
            except ExportError as e:
                if not export.is_folder:
                    raise
                yield unreadable(file, e)
    seen = _Seen()
    for _, file, site in files:
        if sites.pop(site.address, None):
            yield from _about(site, str(file.path))
    for export, file, site in files:
        yield from _read(export, file, site, options, seen)


def _site(file: ExportFile, sites: dict[str, Site]) -> Site:
    """The site of a file that can be read to its end, which knows then what the file says of it."""
    head = read_head(next(iter(file.pieces()), "")[:_HEAD])
    site = sites.setdefault(head.address, head)
    site.learn(file.pieces())
    return site


@dataclass(slots=True)
class _Seen:
    """The keys so far, with the post that has each: by number and title."""

    keys: dict[str, tuple[str, str]] = field(default_factory=dict)

    def key(self, item: Element, site: Site) -> str:
        """A key for the item. Where two have one `guid`, as after a careless move, their names tell them apart."""
        key = key_of(item, site)
        who = (item.get("wp:post_id"), item.get("title"))
        names = [item.get("wp:post_name"), item.get("wp:post_type") + item.get("wp:post_id"), item.get("title")]
        for name in ["", *names]:
            tried = f"{key}/{_NO_KEY.sub('-', name)}" if name else key
            if self.keys.setdefault(tried, who) == who:
                return tried
        return key


def _ours(export: Export) -> Iterator[ExportFile]:
    for file in export.files:
        if not export.is_folder or file.path.suffix.lower() == ".xml":
            head = file.head.replace(b"\0", b"")
            if b"<rss" in head and _WORDPRESS.search(head):
                yield file


def _about(site: Site, origin: str) -> Iterator[Entry]:
    """The note of the site: what it and its categories say of themselves."""
    parts = [from_html(site.description).text]
    if site.categories:
        lines = [f"- {escape(name)}: {' '.join(from_html(said).text.split())}" for name, said in site.categories]
        parts += ["## Categories", "\n".join(lines)]
    body = "\n\n".join(filter(None, parts))
    if body:
        key = f"{site.host or 'site'}/about"
        yield about(key=key, title=site.title or site.host, address=site.address, body=body, origin=origin)


def _read(export: Export, file: ExportFile, site: Site, options: ReadOptions, seen: _Seen) -> Iterator[Entry | Notice]:
    notices: list[Notice] = []
    reader = Reader(export, file, site, Clock(options.zone, notices), notices)
    left: dict[str, list[str]] = {}
    fields: Counter[str] = Counter()
    for record in xml_records(file.pieces(), ("item",)):
        here = f"{file.path}: {record.place}"
        if isinstance(record, BrokenXml):
            yield Notice(NoticeKind.FAILED, here, record.why, _PRIVATE.sub(r"\1", record.text))
            continue
        item = record.element
        kind, status = item.get("wp:post_type"), item.get("wp:status")
        content = item.get("content:encoded")
        if kind in _NO_NOTES or (status == "auto-draft" and not content):
            left.setdefault(kind or "empty", []).append(_told(item))
        elif status == "trash":
            message = "is in the site's trash and was left out"
            yield Notice(NoticeKind.UNPLACED, here, message, f"{item.get('title')}\n\n{content}")
        elif not any(item.get(name) for name in ("title", "content:encoded", "excerpt:encoded", "wp:post_id")):
            yield Notice(NoticeKind.FAILED, here, "is no post: it has neither a title nor a text nor a number")
        else:
            yield entry(reader.post(item, seen.key(item, site), record.place))
        fields.update(one.get("wp:meta_key") for one in item.children("wp:postmeta"))
        yield from drained(notices)
    for kind, texts in left.items():
        count = f"{len(texts)} item{'s' if len(texts) > 1 else ''} of the type {kind}"
        library = "; posts show those that they use" if kind == "attachment" else ""
        message = f"{count}: no note is made of it{library}"
        yield Notice(NoticeKind.UNPLACED, str(file.path), message, "\n".join(filter(None, texts)))
    if fields:
        message = f"custom fields ({sum(fields.values())}) are not imported"
        text = "\n".join(f"{name}: {count}" for name, count in sorted(fields.items()))
        yield Notice(NoticeKind.WARNING, str(file.path), message, text)


def _told(item: Element) -> str:
    """What an item says that is no note."""
    names = ("title", "wp:attachment_url", "excerpt:encoded", "content:encoded")
    return " | ".join(" ".join(item.get(name).split()) for name in names if item.get(name))
