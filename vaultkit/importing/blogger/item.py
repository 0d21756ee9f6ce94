"""One entry of a Blogger feed: what it is, and as what it comes into the vault: a post, or a comment on one.

Knows both forms: the backup of old says with categories what an entry is, and with `app:control` that it is a draft;
Takeout has elements of its own for that (`blogger:type`, `blogger:status`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from urllib.parse import urlsplit

from vaultkit.importing.blog.comment import Comment
from vaultkit.importing.blog.media import Media, without_links_to_themselves
from vaultkit.importing.blog.post import Post, one_line
from vaultkit.importing.entry import Attachment, Notice, NoticeKind
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.issue.fields import without_host
from vaultkit.importing.markup.from_html import from_html
from vaultkit.importing.moment import Clock
from vaultkit.importing.xml_stream import Element

_KIND = "http://schemas.google.com/g/2005#kind"
_HAS_BREAKS = re.compile(r"<(?:p|br|div|table|ul|ol)(?=[\s/>])", re.I)
_NUMBER = re.compile(r"(?:post|page)-(\d+)\s*\Z")
_COMMENT_ADDRESS = re.compile(r"/comments/default/(\d+)")
_STATUS = {"live": "", "": "", "scheduled": "future"}
_SHOWN = frozenset({"", "live", "pending"})


def kind_of(entry: Element) -> str:
    """`post`, `page`, `comment`, `settings`, `template`; "" when it does not say."""
    if said := entry.get("blogger:type"):
        return said.lower()
    terms = (one.attributes.get("term", "") for one in entry.children("category") if _is_kind(one))
    return next((term.rpartition("#")[2] for term in terms), "")


def status_of(entry: Element) -> str:
    """`draft`, `soft_trashed`, …; `live` when nothing is said."""
    control = entry.child("app:control")
    if control and control.get("app:draft") == "yes":
        return "draft"
    return entry.get("blogger:status").lower() or "live"


def number_of(id_: str) -> str:
    """The number of a post, page or comment, which its id ends with: `tag:blogger.com,1999:blog-1.post-2`."""
    found = _NUMBER.search(id_)
    return found[1] if found else id_.strip()


def post_of(comment: Element) -> str:
    """The number of the post that a comment is on; "" when it does not say."""
    to = comment.child("thr:in-reply-to")
    return number_of((to.attributes.get("ref", "") if to else "") or comment.get("blogger:parent"))


def path_of(entry: Element) -> str:
    """The path of a post on its blog, as Takeout has it: `/2010/11/title.html`."""
    return entry.get("blogger:filename")


def address_of(entry: Element, site: str) -> str:
    """Where the post is on the web; "" for a draft, and when nobody knows the blog's address."""
    found = _link(entry, "alternate")
    return found or (site + path_of(entry) if site and path_of(entry) else "")


class Reader:
    """Makes posts and comments of the entries of one file."""

    def __init__(
        self, export: Export, file: ExportFile, clock: Clock, notices: list[Notice], blog: str, site: str
    ) -> None:
        """`notices`: where to say what has no place; the caller's. `blog`: its title; `site`: its address, or ""."""
        self._export, self._file, self._clock, self._notices = export, file, clock, notices
        self._blog, self._site = blog, site

    def post(self, entry: Element, place: str, comments: Sequence[tuple[Element, str]]) -> Post:
        """The post or page of an entry with its comments, each with its place."""
        here = f"{self._file.path}: {place}"
        media = Media(self._export, self._file.path.parent, self._site)
        content = content_of(entry)
        made = from_html(
            without_links_to_themselves(content, media), media, line_breaks=not _HAS_BREAKS.search(content)
        )
        attachments = list(made.attachments)
        lost = list(made.lost)
        published = self._clock.read(entry.get("published") or entry.get("blogger:created"), f"{here}: published")
        updated = self._clock.read(entry.get("updated"), f"{here}: updated")
        url = address_of(entry, self._site)
        said = tuple(
            self._comment(one, f"{self._file.path}: {at}", url, media, attachments, lost) for one, at in comments
        )
        if lost:
            message = "code and comments of the page that have no place in a note"
            self._notices.append(Notice(NoticeKind.UNPLACED, here, message, "\n".join(lost)))
        status, total = status_of(entry), entry.get("thr:total")
        enclosed = [one.attributes.get("href", "") for one in _links(entry, "enclosure")]
        return Post(
            key=key_of(entry),
            is_key_unique=True,
            origin=str(self._file.path),
            place=place,
            title=title_of(entry),
            body="\n\n".join(filter(None, [made.text, *(f"<{one}>" for one in enclosed if "://" in one)])),
            is_page=kind_of(entry) == "page",
            published=published,
            updated=updated if published is None or updated is None or updated.stamp != published.stamp else None,
            status=_STATUS.get(status, status),
            url=url if status == "live" else "",
            author=_author(entry),
            blog=self._blog,
            labels=tuple(one.attributes.get("term", "") for one in entry.children("category") if not _is_kind(one)),
            more=(("place", one_line(entry.get("georss:featurename"))),),
            comments=said,
            addresses=tuple(filter(None, (url, path_of(entry) or _path(url)))),
            attachments=tuple(dict.fromkeys(attachments)),
            export=self._export.name,
            missing=("comments",) if total.isdecimal() and int(total[:9]) > len(said) else (),
        )

    def _comment(
        self, entry: Element, here: str, url: str, media: Media, attachments: list[Attachment], lost: list[str]
    ) -> Comment:
        content = content_of(entry)
        made = from_html(content, media, line_breaks=not _HAS_BREAKS.search(content))
        attachments += made.attachments
        lost += made.lost
        number = number_of(entry.get("id"))
        author = entry.child("author")
        answered = _COMMENT_ADDRESS.search(_link(entry, "related"))
        return Comment(
            id=number,
            author=_author(entry),
            body=made.text,
            moment=self._clock.read(entry.get("published") or entry.get("blogger:created"), f"{here}: published"),
            website=author.get("uri") if author else "",
            parent=answered[1] if answered else number_of(entry.get("blogger:inReplyTo")),
            note="pending" if status_of(entry) == "pending" else "",
            names=tuple(filter(None, (_link(entry, "alternate"), f"{url}#c{number}" if url else ""))),
        )


def is_shown(comment: Element) -> bool:
    """Whether a comment is neither spam nor in the trash."""
    return status_of(comment) in _SHOWN and not comment.get("blogger:trashed")


def key_of(entry: Element) -> str:
    """The blog's number and the post's: `blog-1.post-2`."""
    return re.sub(r"\s+", "-", entry.get("id").rpartition(":")[2])


def title_of(entry: Element) -> str:
    """The title on one line, plain."""
    title = entry.child("title")
    if title is None:
        return ""
    is_html = title.attributes.get("type") in ("html", "xhtml")
    return one_line(re.sub(r"<[^<>]*>", "", unescape(title.text)) if is_html else title.text)


def content_of(entry: Element) -> str:
    """The text as HTML."""
    found = entry.child("content") or entry.child("summary")
    if found is None:
        return ""
    kind = found.attributes.get("type", "text")
    if kind == "xhtml":
        return "".join(map(_written, found.parts))
    return found.text if "html" in kind else escape(found.text, quote=False)


def _written(part: str | Element) -> str:
    if isinstance(part, str):
        return escape(part, quote=False)
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in part.attributes.items())
    return f"<{part.tag}{attributes}>{''.join(map(_written, part.parts))}</{part.tag}>"


def _author(entry: Element) -> str:
    author = entry.child("author")
    return without_host(one_line(author.get("name"))) if author else ""


def _is_kind(category: Element) -> bool:
    return category.attributes.get("scheme") == _KIND


def _links(entry: Element, rel: str) -> list[Element]:
    return [one for one in entry.children("link") if one.attributes.get("rel") == rel]


def _link(entry: Element, rel: str) -> str:
    return next((one.attributes.get("href", "") for one in _links(entry, rel)), "")


def _path(url: str) -> str:
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    return path if path.strip("/") else ""
