"""The text of a page of a site: its template language, its markup, its images, one after the other.

Knows in which order they are read, and what the owner is told of what each of them loses. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vaultkit.importing.entry import Attachment, Notice, NoticeKind
from vaultkit.importing.front_matter import FrontMatter
from vaultkit.importing.markup.figures import convert_figures
from vaultkit.importing.markup.from_html import from_html
from vaultkit.importing.markup.html_tags import remove_stylesheets
from vaultkit.importing.markup.hugo import resolve_shortcodes
from vaultkit.importing.markup.kramdown import remove_kramdown
from vaultkit.importing.markup.liquid import resolve_liquid
from vaultkit.importing.markup.pictures import convert_pictures
from vaultkit.importing.page.site import PageImages, Site


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a page in Obsidian's Markdown, and what did not make it into that."""

    text: str
    attachments: tuple[Attachment, ...]
    removed: tuple[str, ...]
    stylesheets: tuple[str, ...]
    images: tuple[str, ...]
    liquid: tuple[tuple[int, str], ...]
    """Line in the file, tag."""

    @classmethod
    def of(cls, front: FrontMatter, site: Site, images: PageImages, *, is_html: bool) -> Body:
        """The text below `front`, of a page of `site`; `is_html`: it is a page in HTML."""
        # The template language first: the site, too, runs it before it reads any Markdown.
        hugo = resolve_shortcodes(front.body)
        liquid = resolve_liquid(hugo.text, site.origin, site.base)
        left = tuple((front.line + line - 1, tag) for line, tag in liquid.left)
        if is_html:
            done = from_html(liquid.text, images)
            return cls(done.text, done.attachments, liquid.resolved + done.lost, (), (), left)
        kramdown = remove_kramdown(liquid.text)
        text, stylesheets = remove_stylesheets(kramdown.text)
        pictures = convert_pictures(text, images)
        figures = convert_figures(pictures.text, images)
        return cls(
            text=re.sub(r"\A(?:[ \t]*+\n)++", "", figures.text).rstrip(),
            attachments=tuple(dict.fromkeys(pictures.attachments + figures.attachments)),
            removed=hugo.resolved + liquid.resolved + kramdown.removed + figures.removed,
            stylesheets=stylesheets,
            images=pictures.left + figures.left,
            liquid=left,
        )

    def notices(self, origin: str) -> Iterator[Notice]:
        """What the owner should know of the page named `origin`: at most one notice of each sort."""
        if self.removed:
            message = f"markup that means nothing in a vault was taken out in {len(self.removed)} places"
            yield Notice(NoticeKind.WARNING, origin, message, "\n".join(dict.fromkeys(self.removed)))
        if self.stylesheets:
            yield Notice(
                NoticeKind.UNPLACED, origin, "a vault has no style sheets of a page", "\n".join(self.stylesheets)
            )
        if self.liquid:
            message = f"{len(self.liquid)} pieces of template code stay as text"
            tags = "\n".join(f"line {line}: {tag}" for line, tag in self.liquid)
            yield Notice(NoticeKind.WARNING, f"{origin}: line {self.liquid[0][0]}", message, tags)
        if self.images:
            message = f"{len(self.images)} images stay as they are: not in the site's folder, or where no embed works"
            yield Notice(NoticeKind.WARNING, origin, message, "\n".join(dict.fromkeys(self.images)))
