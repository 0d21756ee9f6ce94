"""A record of a Movable Type export as a post: which field means what, and in which markup its texts are.

Knows the filters that `CONVERT BREAKS` names. E-mail addresses and IPs of those who commented are left behind.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import parse_qs

from vaultkit.importing.blog.comment import Comment
from vaultkit.importing.blog.media import Media, without_links_to_themselves
from vaultkit.importing.blog.post import Post, excerpt_of, one_line
from vaultkit.importing.entry import Attachment, Notice, NoticeKind, Value
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.issue.block_id import hashed_id
from vaultkit.importing.issue.fields import without_host
from vaultkit.importing.markup.converted import Converted
from vaultkit.importing.markup.figures import convert_figures
from vaultkit.importing.markup.from_hatena import from_hatena
from vaultkit.importing.markup.from_html import from_html
from vaultkit.importing.markup.from_textile import from_textile
from vaultkit.importing.markup.html_tags import Tag
from vaultkit.importing.markup.pictures import Resolve, convert_pictures
from vaultkit.importing.moment import Clock, Moment
from vaultkit.importing.movable_type.records import Record, Section

_IS_HTML = re.compile(r"\s*+<(?:p|h[1-6]|ul|ol|div|blockquote|table|figure|section|pre|nav)(?:\s[^<>]*+)?>", re.I)
_HAS_BREAKS = re.compile(r"<(?:p|br|div)(?=[\s/>])", re.I)
_DAY_FIRST = re.compile(r"(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])/\d{4}")
_CARD = re.compile(r"<iframe\s[^<>]{0,2000}hatenablog(?:-parts)?\.com/embed\?[^<>]{0,4000}>", re.I)
_STATUS = {"publish": "", "": ""}
_PRIVATE = re.compile(r"^(?:EMAIL|IP):.*\n?", re.M)
_KNOWN = frozenset(
    "AUTHOR;TITLE;BASENAME;STATUS;DATE;UNIQUE URL;ALLOW COMMENTS;ALLOW PINGS;CONVERT BREAKS;PRIMARY CATEGORY;CATEGORY"
    ";TAGS;IMAGE;NO ENTRY".split(";")
)


class Reader:
    """Makes posts of the records of one file."""

    def __init__(self, export: Export, file: ExportFile, clock: Clock, notices: list[Notice], site: str) -> None:
        """`notices`: where to say what has no place; the caller's. `site`: the address of the blog, "" if unknown."""
        self._export, self._file, self._clock, self._notices = export, file, clock, notices
        self._site = site

    def post(self, record: Record, key: str) -> Post:
        """The post of a record that is one, under its identity `key`."""
        origin, place = str(self._file.path), f"line {record.line}"
        here = f"{origin}: {place}"
        convert = self._converter(record, here)
        parts = [convert(record.section(name)) for name in ("BODY", "EXTENDED BODY")]
        body = "\n\n".join(part.text for part in parts if part.text)
        excerpt = from_html(record.section("EXCERPT"))
        published = self._moment(record.get("DATE"), f"{here}: DATE")
        attachments = [one for part in parts for one in part.attachments]
        comments = self._comments(record, "COMMENT", attachments)
        trackbacks = self._comments(record, "PING", attachments)
        status = record.get("STATUS").lower()
        url = record.get("UNIQUE URL") or _hatena_address(record, self._site)
        lost = [one for part in (*parts, excerpt) for one in part.lost]
        self._tell_lost(record, here, lost)
        return Post(
            key=key,
            origin=origin,
            place=place,
            title=one_line(unescape(record.get("TITLE"))),
            body=body,
            published=published,
            status=_STATUS.get(status, status),
            url=url,
            author=without_host(unescape(record.get("AUTHOR"))),
            excerpt=excerpt_of(excerpt.text, body),
            labels=_labels(record),
            more=_more(record),
            comments=comments,
            trackbacks=trackbacks,
            addresses=tuple(filter(None, (url, *_likely_addresses(record, self._site)))),
            attachments=tuple(dict.fromkeys(attachments)),
            export=self._export.name,
        )

    def _media(self) -> Media:
        return Media(self._export, self._file.path.parent, self._site)

    def _converter(self, record: Record, here: str) -> Callable[[str], Converted]:
        """How the texts of the record become Markdown. What Hatena exports is HTML, however it was written."""
        name = record.get("CONVERT BREAKS").lower()
        resolve = self._media()

        def html(text: str, *, breaks: bool = False) -> Converted:
            unlinked = without_links_to_themselves(_CARD.sub(_card, text), resolve)
            return from_html(unlinked, resolve, line_breaks=breaks)

        def convert(text: str) -> Converted:
            if name in ("", "0", "richtext", "none") or (name not in _BREAKS and _IS_HTML.match(text)):
                return html(text)
            if name in _BREAKS:
                return html(text, breaks=True)
            if "markdown" in name:
                return _markdown(text, resolve)
            if "textile" in name:
                return from_textile(text, resolve)
            return from_hatena(text, resolve) if "hatena" in name else html(text, breaks=True)

        if name and name not in _BREAKS and not re.search("^(?:0|none|richtext)$|markdown|textile|hatena", name):
            message = f"CONVERT BREAKS: `{name}` is not known; the text was read as HTML with line breaks"
            self._notices.append(Notice(NoticeKind.WARNING, here, message))
        return convert

    def _moment(self, value: str, place: str) -> Moment | None:
        """`MM/DD/YYYY hh:mm:ss`, with AM or PM or without. What can only be day first is read so."""
        day_first = _DAY_FIRST.match(value)
        if day_first:
            message = f"`{value}` has no month {value[:2]}; the day was read first"
            self._notices.append(Notice(NoticeKind.WARNING, place, message))
        return self._clock.read(value, place, order="dmy" if day_first else "mdy")

    def _comments(self, record: Record, name: str, attachments: list[Attachment]) -> tuple[Comment, ...]:
        """The comments (`COMMENT`) or trackbacks (`PING`). They have no ids, so time and author make one."""
        out: list[Comment] = []
        used: dict[str, int] = {}
        for section in record.sections:
            if section.name == name:
                comment = self._comment(section, record, attachments)
                used[comment.id] = number = used.get(comment.id, 0) + 1
                out.append(comment if number == 1 else _renamed(comment, f"{comment.id}-{number}"))
        return tuple(out)

    def _comment(self, section: Section, record: Record, attachments: list[Attachment]) -> Comment:
        said = section.fields
        place = f"{self._file.path}: line {section.line}"
        made = from_html(section.text, self._media(), line_breaks=not _HAS_BREAKS.search(section.text))
        attachments += made.attachments
        self._tell_lost(record, place, list(made.lost))
        title = one_line(unescape(said.get("TITLE", "")))
        body = made.text
        if section.name == "PING" and title:
            body = f"**{title.replace('*', chr(92) + '*')}**\n\n{body}".strip()
        author = said.get("BLOG NAME", "") or said.get("AUTHOR", "")
        return Comment(
            id=said.get("ID") or hashed_id(said.get("DATE", ""), said.get("AUTHOR", ""), said.get("URL", "")),
            author=unescape(author),
            body=body,
            moment=self._moment(said.get("DATE", ""), f"{place}: DATE"),
            website=said.get("URL", ""),
            parent=said.get("PARENT ID", ""),
        )

    def _tell_lost(self, record: Record, place: str, lost: list[str]) -> None:
        if lost:
            message = "code and comments of the page that have no place in a note"
            self._notices.append(Notice(NoticeKind.UNPLACED, place, message, "\n".join(lost)))
        unknown = [f"{key}: {value}" for key, values in record.fields.items() for value in values if key not in _KNOWN]
        stray = [*(line for line in unknown if not line.endswith(": ")), *record.stray]
        if stray and place.endswith(f"line {record.line}"):
            message = "lines that are no known field"
            self._notices.append(Notice(NoticeKind.UNPLACED, place, message, _PRIVATE.sub("", "\n".join(stray))))
            record.stray.clear()


_BREAKS = frozenset({"1", "__default__"})


def without_addresses(text: str) -> str:
    """The text of a record without the lines that hold e-mail addresses and IPs."""
    return _PRIVATE.sub("", text)


def day_of(record: Record) -> str:
    """The day in `DATE` as `2017-04-09`, whichever of its numbers is the month; "" when there is none."""
    found = re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})", record.get("DATE"))
    if not found:
        return ""
    month, day = int(found[1]), int(found[2])
    return f"{found[3]}-{day:02}-{month:02}" if month > 12 else f"{found[3]}-{month:02}-{day:02}"


def _hatena_address(record: Record, site: str) -> str:
    """Where a post of Hatena Blog is on the web; "" for others, and when nobody knows the blog's address."""
    basename = record.get("BASENAME")
    is_hatena = re.fullmatch(r"\d{4}/\d\d/\d\d/\d{6}", basename) or "hatena" in site
    return f"{site}/entry/{basename}" if site and basename and is_hatena else ""


def _likely_addresses(record: Record, site: str) -> tuple[str, ...]:
    """Where a post may be, by which of the usual templates the blog has: `/2017/04/two_words.html`."""
    basename = record.get("BASENAME")
    if not (site and basename):
        return ()
    found = [f"{site}/entry/{basename}"]
    if day := day_of(record):
        below = f"{site}/{day[:4]}/{day[5:7]}/{basename}"
        found += [f"{below}.html", f"{below.replace('_', '-')}.html"]
    return tuple(found)


def _card(found: re.Match[str]) -> str:
    """The link that Hatena shows as a card in a frame of its own."""
    attributes = Tag("iframe", False, 0, 0, found[0]).attributes()
    to = parse_qs(attributes.get("src", "").partition("?")[2]).get("url", [""])[0]
    return f'<a href="{escape(to)}">{escape(attributes.get("title") or to)}</a> ' if to else found[0]


def _renamed(comment: Comment, new: str) -> Comment:
    return Comment(id=new, author=comment.author, body=comment.body, moment=comment.moment, website=comment.website)


def _labels(record: Record) -> tuple[str, ...]:
    """Categories and tags, each once: `TAGS: sea,"two words"`."""
    tags = [tag for value in record.fields.get("TAGS", ()) for tag in next(csv.reader([value]), [])]
    found = [*record.fields.get("PRIMARY CATEGORY", ()), *record.fields.get("CATEGORY", ()), *tags]
    return tuple(dict.fromkeys(unescape(one.strip()) for one in found))


def _more(record: Record) -> tuple[tuple[str, Value], ...]:
    words = (word.strip() for word in re.split(r"[,\n]", record.section("KEYWORDS")))
    return (("keywords", tuple(dict.fromkeys(filter(None, words)))), ("image", record.get("IMAGE")))


def _markdown(text: str, resolve: Resolve) -> Converted:
    pictures = convert_pictures(text, resolve)
    figures = convert_figures(pictures.text, resolve)
    attachments = tuple(dict.fromkeys(pictures.attachments + figures.attachments))
    return Converted(figures.text.strip("\n"), attachments, figures.removed)
