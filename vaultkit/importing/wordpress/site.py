"""What must be known of a WordPress site before its first post is read: its name and address, its authors, the files of
its library and the pages above others, which may all stand further below in the export.

Keeps names, addresses and captions, never a post's text, so that it stays small however large the export is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from vaultkit.importing.issue.fields import without_host
from vaultkit.importing.wordpress.shortcodes import Medium
from vaultkit.importing.xml_stream import Element, XmlRecord, xml_records

RECORDS = ("item", "wp:author", "wp:category")
_REF = re.compile(r"<!-- wp:(?:core/)?block \{\"ref\":(\d{1,18})\b[^<>]{0,500}-->")
"""A block that is written once and shown in many posts."""


@dataclass(slots=True)
class Site:
    """One blog, perhaps in several files."""

    title: str = ""
    address: str = ""
    """Without a slash at its end; empty: unknown."""
    description: str = ""
    authors: dict[str, str] = field(default_factory=dict)
    """Login, in small letters → name as it is shown."""
    media: dict[str, Medium] = field(default_factory=dict)
    """By id."""
    uploaded: dict[str, list[str]] = field(default_factory=dict)
    """Id of a post → the ids of the files that were uploaded for it."""
    titles: dict[str, str] = field(default_factory=dict)
    """Of pages, by id."""
    blocks: dict[str, str] = field(default_factory=dict)
    """Of reusable blocks the content, by id."""
    categories: list[tuple[str, str]] = field(default_factory=list)
    """Those that are described, with what is said of them."""

    @property
    def host(self) -> str:
        """`example.org/blog`, for keys."""
        return self.address.partition("://")[2]

    @property
    def base(self) -> str:
        """The path of the blog's address: `/blog`, or ""."""
        try:
            return urlsplit(self.address).path.rstrip("/")
        except ValueError:
            return ""

    def learn(self, pieces: Iterable[str]) -> None:
        """Take in one file. What is broken is left to whoever reads the posts."""
        for record in xml_records(pieces, RECORDS):
            if not isinstance(record, XmlRecord):
                continue
            one = record.element
            if one.tag == "item":
                self._learn_item(one)
            elif one.tag == "wp:author":
                name = without_host(one.get("wp:author_display_name"))
                self.authors[one.get("wp:author_login").lower()] = name
            elif said := one.get("wp:category_description"):
                self.categories.append((one.get("wp:cat_name"), said))

    def _learn_item(self, item: Element) -> None:
        id_, kind = item.get("wp:post_id"), item.get("wp:post_type")
        if kind == "attachment":
            url = item.get("wp:attachment_url") or item.get("guid")
            caption = item.get("excerpt:encoded")
            self.media[id_] = Medium(url, meta(item, "_wp_attachment_image_alt"), caption)
            self.uploaded.setdefault(item.get("wp:post_parent"), []).append(id_)
        elif kind == "page":
            self.titles[id_] = item.get("title")
        elif kind == "wp_block":
            self.blocks[id_] = item.get("content:encoded")

    def author(self, login: str) -> str:
        """The name of an author as it is shown, never an e-mail address."""
        return self.authors.get(login.lower()) or without_host(login)

    def with_blocks(self, content: str) -> str:
        """`content` with the reusable blocks that it refers to."""
        if not self.blocks or "wp:" not in content:
            return content
        return _REF.sub(lambda found: self.blocks.get(found[1], found[0]), content)

    def gallery(self, ids: Iterable[str]) -> list[Medium]:
        """The files of these ids, as far as they are known."""
        return [self.media[id_] for id_ in ids if id_ in self.media]


def read_head(text: str) -> Site:
    """The site as the beginning of an export describes it."""
    start = re.split(r"<(?:item|wp:author|wp:category|image)[\s>]", text, maxsplit=1)[0]
    found: dict[str, str] = {}
    for record in xml_records([start], ("title", "link", "description", "wp:base_blog_url")):
        if isinstance(record, XmlRecord):
            found.setdefault(record.element.tag, record.element.text.strip())
    address = found.get("wp:base_blog_url") or found.get("link", "")
    return Site(found.get("title", ""), address.rstrip("/"), found.get("description", ""))


def meta(item: Element, key: str) -> str:
    """The first value of a custom field, or ""."""
    return next((one.get("wp:meta_value") for one in item.children("wp:postmeta") if one.get("wp:meta_key") == key), "")
