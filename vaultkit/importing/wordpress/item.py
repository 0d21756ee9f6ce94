"""One item of a WordPress export as a post: which element means what, and how its text is marked up.

Knows blocks and classic posts, comments, and which zone a post was written in. E-mail addresses and IPs of those who
commented, and the passwords of posts, are left behind.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from html import unescape
from urllib.parse import quote, urlsplit

from vaultkit.importing.blog.comment import Comment
from vaultkit.importing.blog.media import Media, without_links_to_themselves
from vaultkit.importing.blog.post import Post, excerpt_of, one_line
from vaultkit.importing.entry import Attachment, Notice, NoticeKind, Value
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.issue.block_id import hashed_id
from vaultkit.importing.issue.fields import without_host
from vaultkit.importing.markup.converted import Converted
from vaultkit.importing.markup.from_html import from_html
from vaultkit.importing.moment import Clock, Moment
from vaultkit.importing.wordpress.shortcodes import Medium, to_html
from vaultkit.importing.wordpress.site import Site, meta
from vaultkit.importing.xml_stream import Element

_BLOCKS = re.compile(r"<!--\s*+/?wp:")
_HAS_BREAKS = re.compile(r"<(?:p|br|div)(?=[\s/>])", re.I)
_NEVER = re.compile(r"Thu, 01 Jan 1970 00:00:00|\w{3}, \d\d \w{3} -?0")
_GONE = frozenset({"spam", "trash", "post-trashed"})
_PINGS = frozenset({"pingback", "trackback"})


class Reader:
    """Makes posts of the items of one file."""

    def __init__(self, export: Export, file: ExportFile, site: Site, clock: Clock, notices: list[Notice]) -> None:
        """`notices`: where to say what has no place; the caller's."""
        self._export, self._file, self._site, self._clock, self._notices = export, file, site, clock, notices

    def post(self, item: Element, key: str, place: str) -> Post:
        """The post of an item under its identity `key`. `place`: `line 13`."""
        here = f"{self._file.path}: {place}"
        media = Media(self._export, self._file.path.parent, self._site.address)
        id_, kind, status = item.get("wp:post_id"), item.get("wp:post_type"), item.get("wp:status")
        content = self._site.with_blocks(item.get("content:encoded"))
        made = self._converted(content, id_, media)
        excerpt = from_html(item.get("excerpt:encoded"))
        lost = [*made.lost, *excerpt.lost]
        attachments = list(made.attachments)
        body = made.text
        image = self._site.media.get(meta(item, "_thumbnail_id"))
        if image and (shown := media(image.url)) and shown.attachment and shown.attachment not in attachments:
            attachments.append(shown.attachment)
            body = f"![[{shown.attachment.name}]]\n\n{body}".strip("\n")
        link = item.get("link")
        addresses = self._addresses(link, item.get("guid"), id_, kind)
        comments, trackbacks = self._comments(item, here, addresses, media, attachments, lost)
        if lost:
            message = "code and comments of the page that have no place in a note"
            self._notices.append(Notice(NoticeKind.UNPLACED, here, message, "\n".join(lost)))
        return Post(
            key=key,
            is_key_unique=True,
            origin=str(self._file.path),
            place=place,
            title=one_line(unescape(item.get("title"))),
            body=body,
            is_page=kind not in ("post", ""),
            published=self._published(item, here),
            updated=self._moment(
                item.get("wp:post_modified"), item.get("wp:post_modified_gmt"), f"{here}: post_modified"
            ),
            status="" if status == "publish" else status,
            url=link if status in ("publish", "private") else "",
            author=self._site.author(item.get("dc:creator")),
            blog=self._site.title,
            excerpt=excerpt_of(excerpt.text, body),
            labels=_labels(item),
            more=self._more(item, kind, image),
            comments=comments,
            trackbacks=trackbacks,
            addresses=addresses,
            attachments=tuple(dict.fromkeys(attachments)),
            export=self._export.name,
        )

    def _converted(self, content: str, id_: str, media: Media) -> Converted:
        def gallery(ids: Sequence[str] | None) -> list[Medium]:
            return self._site.gallery(self._site.uploaded.get(id_, ()) if ids is None else ids)

        html = without_links_to_themselves(to_html(content, gallery), media)
        return from_html(html, media, line_breaks=not _BLOCKS.search(content))

    def _published(self, item: Element, here: str) -> Moment | None:
        """When it was posted, or, of a draft, begun."""
        found = self._moment(item.get("wp:post_date"), item.get("wp:post_date_gmt"), f"{here}: wp:post_date")
        if found is None and not _NEVER.match(item.get("pubDate")):
            found = self._clock.read(item.get("pubDate"), f"{here}: pubDate")
        return found

    def _moment(self, local: str, utc: str, place: str) -> Moment | None:
        """A time of the site's own clock; its zone is how far it is from the same time in UTC."""
        if not local or local.startswith("0000"):
            return self._clock.read(f"{utc}Z", place) if utc and not utc.startswith("0000") else None
        return self._clock.read(local, place, zone=_offset(local, utc))

    def _comments(
        self,
        item: Element,
        here: str,
        addresses: Sequence[str],
        media: Media,
        attachments: list[Attachment],
        lost: list[str],
    ) -> tuple[tuple[Comment, ...], tuple[Comment, ...]]:
        """The comments, and those that other sites sent."""
        said: list[Comment] = []
        sent: list[Comment] = []
        for one in item.children("wp:comment"):
            approved, kind = one.get("wp:comment_approved"), one.get("wp:comment_type")
            content, author = one.get("wp:comment_content"), one.get("wp:comment_author")
            if approved in _GONE:
                by = f" by {without_host(author)}" if author else ""
                message = f"a comment{by} that is {approved.removeprefix('post-')} was left out"
                self._notices.append(Notice(NoticeKind.UNPLACED, here, message, content))
                continue
            made = from_html(content, media, line_breaks=not _HAS_BREAKS.search(content))
            attachments += made.attachments
            lost += made.lost
            date = one.get("wp:comment_date")
            id_ = one.get("wp:comment_id") or hashed_id(date, author)
            comment = Comment(
                id=id_,
                author=unescape(author),
                body=made.text,
                moment=self._moment(date, one.get("wp:comment_date_gmt"), f"{here}: comment {id_}"),
                website=one.get("wp:comment_author_url"),
                parent=one.get("wp:comment_parent"),
                note="" if approved in ("", "1", "approve", "approved") else "pending",
                names=tuple(f"{address}#comment-{id_}" for address in addresses),
            )
            (sent if kind in _PINGS else said).append(comment)
        return tuple(said), tuple(sent)

    def _more(self, item: Element, kind: str, image: Medium | None) -> tuple[tuple[str, Value], ...]:
        return (
            ("type", kind if kind not in ("post", "page", "") else ""),
            ("parent", self._site.titles.get(item.get("wp:post_parent"), "")),
            ("image", image.url if image else ""),
            ("pinned", item.get("wp:is_sticky") == "1"),
        )

    def _addresses(self, link: str, guid: str, id_: str, kind: str) -> tuple[str, ...]:
        """What links to the item say. The site's front page, which some exports give for an address, is none."""
        site = self._site.address
        found = [one for one in (link, guid) if one.startswith("http") and one.rstrip("/") != site]
        if site and id_:
            found += [f"{site}/?{'page_id' if kind == 'page' else 'p'}={id_}"]
        try:
            path = urlsplit(link).path
        except ValueError:
            path = ""
        if path.rstrip("/") not in ("", self._site.base) and not urlsplit(link).query:
            found.append(path)
        return tuple(dict.fromkeys(found))


def key_of(item: Element, site: Site) -> str:
    """`guid`, which stays when the address changes; without one the site and the number of the post."""
    guid = item.get("guid")
    key = guid.partition("://")[2] or guid or f"{site.host}/?p={item.get('wp:post_id')}"
    return quote(key, safe="/?=&;:@%+,~!*'()-._") if not key.isascii() or re.search(r"\s", key) else key


def _labels(item: Element) -> tuple[str, ...]:
    """The names of categories, tags and what else the site sorts its posts by; categories first."""
    found = [(one.attributes.get("domain", ""), unescape(one.text.strip())) for one in item.children("category")]
    found = [one for one in found if one[0] not in ("post_format", "nav_menu")]
    return tuple(name for _, name in sorted(found, key=lambda one: one[0] != "category"))


def _offset(local: str, utc: str) -> str:
    """`+09:00`, when the two are the same time; "" when that cannot be known."""
    try:
        apart = dt.datetime.fromisoformat(local) - dt.datetime.fromisoformat(utc)
    except (ValueError, TypeError):  # one of them has an offset, the other has none
        return ""
    minutes, rest = divmod(round(apart.total_seconds()), 60)
    if rest or minutes % 15 or abs(minutes) > 14 * 60:
        return ""
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
