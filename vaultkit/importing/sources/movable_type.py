"""Posts of Movable Type, TypePad or Hatena Blog, from the text that these export.

How to get it: in Hatena Blog, "設定", "詳細設定", "エクスポート"; in Movable Type, "Tools", "Export Entries". Say the
address of the blog, so that links between posts become links between notes (that of a Hatena Blog is found out):

    vaultkit import blog.export.txt --site-url https://blog.example.org

Give a folder with the text and a copy of the pictures, in the folders that their addresses have, to import these too.

Knows how the posts come together: what tells one from the others, and by what addresses they call each other. Records
are read by `importing/movable_type/`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from vaultkit.importing.blog.post import entry
from vaultkit.importing.entry import Entry, Notice, NoticeKind, drained
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.moment import Clock
from vaultkit.importing.movable_type.post import Reader, day_of, without_addresses
from vaultkit.importing.movable_type.records import Record, read_records
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined, guarded

FORMAT = "movable-type"
LABEL = "Blog of Movable Type, TypePad or Hatena Blog, as text"
NAME = "movable-type"
EXTENSIONS = ".txt"
KEPT = "dates, categories, tags, drafts, excerpts, comments, trackbacks, links between posts, pictures when beside"
NOT_KEPT = "e-mail addresses and IPs of those who commented"

_START = re.compile(
    rb"\s*+(?:-{8}\s*+)?(?:AUTHOR|TITLE|BASENAME|STATUS|DATE|UNIQUE URL|ALLOW COMMENTS|CONVERT BREAKS|PRIMARY CATEGORY"
    rb"|CATEGORY):[ \r\n]"
)
_BODY = re.compile(rb"^(?:-----\s*\n\s*)?(?:BODY|EXTENDED BODY|EXCERPT):\s*$", re.M)
_OWN = re.compile(r"https?://([\w.-]{1,253})/entry/([^\s\"'<>?#()\[\]]{1,500})")
"""An address of a post of Hatena Blog: its host, and what the post is called there (`BASENAME`)."""
_PARTS = ("BODY", "EXTENDED BODY", "EXCERPT", "COMMENT")


def identify(export: Export) -> Verdict:
    """A text that begins with a field of a post and has a `BODY:`, or a folder with such a text."""
    if export.is_folder:
        return CLAIMED if any(_texts(export)) else declined("the folder holds no text of such posts")
    return _verdict(export.first)


def _texts(export: Export) -> Iterator[ExportFile]:
    """The texts of a folder that are ours; the one file given."""
    for file in export.files:
        if not export.is_folder or (file.path.suffix.lower() == ".txt" and _verdict(file).claimed):
            yield file


def _verdict(file: ExportFile) -> Verdict:
    head = file.start.replace(b"\0", b"")
    head = head.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if not _START.match(head):
        return declined("the text does not begin with a field such as `AUTHOR:` or `TITLE:`")
    return CLAIMED if _BODY.search(head) else declined("no line is `BODY:`")


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """An entry for each post, in the order of the files. A record that is no post is a FAILED notice with its text."""
    for export in exports:
        for file in _texts(export):
            yield from guarded(export, file, _read(export, file, options))


def _read(export: Export, file: ExportFile, options: ReadOptions) -> Iterator[Entry | Notice]:
    notices: list[Notice] = []
    site = options.site_url.rstrip("/") or _host(file)
    reader = Reader(export, file, Clock(options.zone, notices), notices, site)
    seen: Counter[str] = Counter()
    for record in read_records(file.pieces()):
        if not (record.fields and (record.get("TITLE") or record.get("DATE") or _has_text(record))):
            message = "is no post: it has neither a title nor a date nor a text"
            text = without_addresses(record.text)
            yield Notice(NoticeKind.FAILED, f"{file.path}: line {record.line}", message, text)
            continue
        key = _key(record)
        seen[key] += 1
        key = key if seen[key] == 1 else f"{key}/{seen[key]}"
        yield entry(reader.post(record, key))
        yield from drained(notices)


def _has_text(record: Record) -> bool:
    return any(record.section(name).strip() for name in _PARTS)


def _key(record: Record) -> str:
    """`BASENAME`, which is part of the address; without one the day and the title.

    The slashes of Hatena's (`2017/04/09/194939`) are written as hyphens, because behind a slash stands the ordinal of
    those that share a key.
    """
    if basename := record.get("BASENAME"):
        return re.sub(r"[\s/@]+", "-", basename.strip("/"))
    title = unicodedata.normalize("NFC", record.get("TITLE")).casefold()
    return f"{day_of(record)}-".lstrip("-") + (re.sub(r"[^\w]+", "-", title).strip("-") or "untitled")


def _host(file: ExportFile) -> str:
    """The address of a Hatena Blog, which its export does not say: that at which most links between its own posts
    lead; "" when there are none."""
    basenames: set[str] = set()
    linked: Counter[tuple[str, str]] = Counter()
    for record in read_records(file.pieces()):
        basenames.add(record.get("BASENAME"))
        for section in record.sections:
            linked.update((one[1], unquote(one[2]).rstrip("/.,")) for one in _OWN.finditer(section.text))
    hosts: Counter[str] = Counter()
    for (host, basename), count in linked.items():
        hosts[host] += count if basename in basenames else 0
    best = min(hosts, key=lambda host: (-hosts[host], host), default="")
    return f"https://{best}" if best and hosts[best] else ""
