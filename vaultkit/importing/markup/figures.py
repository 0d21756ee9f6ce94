"""Images in HTML, alone or in a figure of nested boxes with a caption, as Obsidian's embeds or Markdown images.

Knows the shapes that pages use, and that Obsidian renders no Markdown inside an HTML block: with its image a figure's
boxes go too, and the caption becomes a paragraph. Knows nothing of files: `resolve` says where an image is. A figure
with one image that cannot be resolved stays to the letter, and so do tables, code, math and comments.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from vaultkit.importing.entry import Attachment
from vaultkit.importing.markup.html_tags import Element, Tag, find_elements, find_tags
from vaultkit.importing.markup.pictures import Picture, Resolve, link_target, written
from vaultkit.importing.markup.shield import Shield


@dataclass(frozen=True, slots=True)
class Figures:
    """The text, the files it embeds now, the markup that went, and the images that had to stay as they were."""

    text: str
    attachments: tuple[Attachment, ...]
    removed: tuple[str, ...]
    left: tuple[str, ...]


_BOXES = frozenset({"div", "figure", "figcaption", "center", "p"})
_IN_FIGURES = _BOXES | {"a", "b", "br", "cite", "em", "font", "i", "img", "small", "span", "strong", "sub", "sup", "u"}
_CLASS = re.compile(r"\b(?:fig|image|img|photo|picture|caption|align|thumb)|center\b", re.IGNORECASE)
_BLOCK_START = re.compile(
    r"^ {0,3}(?P<tag></?)(?:address|article|aside|blockquote|body|caption|center|colgroup|dd|details|dialog|dir|div|dl|"
    r"dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|html|iframe|legend|li|link|main|menu|nav|ol|"
    r"option|p|section|summary|table|tbody|td|tfoot|th|thead|title|tr|ul)(?=[\s/>])",
    re.IGNORECASE | re.MULTILINE,
)
_PREFIX = re.compile(r"[ \t]*+(?:(?:[*+-]|\d{1,9}[.)])[ \t]++)?+")


def convert_figures(text: str, resolve: Resolve) -> Figures:
    """`text` with its `<img>` tags, and the boxes around them, in Obsidian's form where `resolve` knows the image."""
    if "<img" not in text and "<IMG" not in text:
        return Figures(text, (), (), ())
    return _Converter(text, resolve).run()


@dataclass(slots=True)
class _Written:
    """The new text of one block as it grows, paragraph by paragraph."""

    indent: str
    pieces: list[str] = field(default_factory=list)
    broken: bool = False
    """A paragraph ended here: the next text begins another one."""
    in_link: bool = False

    def add(self, piece: str) -> None:
        if self.broken or not self.pieces or self.pieces[-1] == "[":
            piece = piece.lstrip()
        if not piece:
            return
        if self.broken and self.pieces:
            self.pieces[-1] = self.pieces[-1].rstrip()
            self.pieces.append("\n\n" + self.indent)
        self.pieces.append(piece)
        self.broken = False

    def add_image(self, image: str) -> None:
        if self.pieces:
            before = self.pieces[-1].rstrip(" \t")
            # Indentation inside HTML means nothing; in Markdown four spaces mean code.
            self.pieces[-1] = before + self.indent if before.endswith("\n") else self.pieces[-1]
        self.add(image)

    def end_paragraph(self) -> None:
        self.broken = self.broken or not self.in_link

    def trim(self) -> None:
        if self.pieces:
            self.pieces[-1] = self.pieces[-1].rstrip()

    @property
    def text(self) -> str:
        return "".join(self.pieces).rstrip()


class _Converter:
    """One run over one text, from its first image to its last."""

    def __init__(self, text: str, resolve: Resolve) -> None:
        self.text = text
        self.resolve = resolve
        self.tags = tuple(find_tags(text, Shield(text)))
        self.tag_starts = [tag.start for tag in self.tags]
        self.images = [tag for tag in self.tags if tag.name == "img"]
        self.image_starts = [tag.start for tag in self.images]
        self.newlines = [match.start() for match in re.finditer(r"\n", text)]
        self.blanks = [match.start() for match in re.finditer(r"^[ \t]*+$", text, re.MULTILINE)]
        self.block_starts = [match.start("tag") for match in _BLOCK_START.finditer(text)]
        self.converted: list[tuple[int, int]] = []
        self.out: list[str] = []
        self.done = 0
        self.attachments: dict[Attachment, None] = {}
        self.removed: list[str] = []
        self.left: list[str] = []

    def run(self) -> Figures:
        blocks = self._blocks()
        at = 0
        for start, end in blocks:
            at = self._lone_images(at, start)
            until = bisect_left(self.image_starts, end)
            if not self._figure(start, end):
                self.left += [image.text for image in self.images[at:until]]
            at = until
        self._lone_images(at, len(self.text))
        text = "".join(self.out) + self.text[self.done :]
        return Figures(text, tuple(self.attachments), tuple(self.removed), tuple(self.left))

    # -- where figures are --------------------------------------------------------------------------------------------

    def _blocks(self) -> list[tuple[int, int]]:
        """The outermost boxes and links that hold an image, each with the caption box right behind it."""
        elements = find_elements(self.tags)
        by_start = {element.opening.start: element for element in elements}
        blocks: list[tuple[int, int]] = []
        for element in elements:
            if (blocks and element.opening.start < blocks[-1][1]) or not self._is_figure(element):
                continue
            end = element.closing.end
            at = bisect_left(self.tag_starts, end)
            follower = by_start.get(self.tag_starts[at]) if at < len(self.tags) else None
            if follower and element.opening.name in _BOXES and not self.text[end : follower.opening.start].strip():
                attributes = follower.opening.attributes()
                if follower.opening.name == "figcaption" or "caption" in attributes.get("class", "").lower():
                    end = follower.closing.end
            blocks.append((element.opening.start, end))
        return blocks

    def _is_figure(self, element: Element) -> bool:
        opening = element.opening
        if opening.name not in _BOXES and opening.name != "a":
            return False
        at = bisect_left(self.image_starts, opening.end)
        if at == len(self.images) or self.image_starts[at] >= element.closing.start:
            return False
        if opening.name in ("figure", "center", "a") or _CLASS.search(opening.attributes().get("class", "")):
            return True
        # Any other box ends for Obsidian at a blank line: it is in the way only of an image before that.
        return bisect_left(self.blanks, opening.end) == bisect_left(self.blanks, self.image_starts[at])

    def _in_html(self, position: int) -> bool:
        """Whether an HTML block that stays covers `position`: Markdown written there would be shown as text."""
        at = bisect_left(self.block_starts, position) - 1
        if at < 0 or bisect_left(self.blanks, self.block_starts[at]) != bisect_left(self.blanks, position):
            return False
        gone = bisect_right(self.converted, (self.block_starts[at], len(self.text))) - 1
        return gone < 0 or self.converted[gone][1] <= self.block_starts[at]

    def _line_before(self, position: int) -> str:
        at = bisect_left(self.newlines, position)
        line = self.newlines[at - 1] + 1 if at else 0
        return self.text[line : min(position, line + 200)]

    # -- writing ------------------------------------------------------------------------------------------------------

    def _lone_images(self, at: int, end: int) -> int:
        """The images from number `at` on that start before `end` and stand in no figure. The number of the next one."""
        while at < len(self.images) and self.images[at].start < end:
            image = self.images[at]
            at += 1
            found = self.resolve(image.attributes().get("src", ""))
            in_table = self._line_before(image.start).lstrip().startswith("|")
            if found is None or in_table or self._in_html(image.start):
                self.left.append(image.text)
                continue
            self.out += [self.text[self.done : image.start], self._image(image, found)]
            self.done = image.end
        return at

    def _image(self, tag: Tag, found: Picture) -> str:
        image, unused = written(tag.attributes(), found)
        self.removed += unused
        if found.attachment:
            self.attachments[found.attachment] = None
        return image

    def _figure(self, start: int, end: int) -> bool:
        """Write the block as Markdown. False: it has to stay as it is."""
        tags = self.tags[bisect_left(self.tag_starts, start) : bisect_left(self.tag_starts, end)]
        before = self._line_before(start)
        if before.lstrip().startswith(("|", ">")) or self._in_html(start):
            return False
        if any(tag.name not in _IN_FIGURES for tag in tags):
            return False
        pictures = {tag.start: self.resolve(tag.attributes().get("src", "")) for tag in tags if tag.name == "img"}
        if None in pictures.values():
            return False
        boxed = any(tag.name in _BOXES for tag in tags)
        prefix = _PREFIX.match(before)
        alone = prefix is not None and prefix.end() == len(before)
        new = _Written(" " * len(before) if alone else "")
        links = self._image_links(tags)
        at = start
        for tag in tags:
            self._add_text(new, self.text[at : tag.start])
            picture = pictures.get(tag.start)
            if picture:
                new.add_image(self._image(tag, picture))
            elif tag.start in links:
                self._add_link(new, tag, links[tag.start])
            elif tag.name == "br":
                self.removed.append(tag.text)
                new.add("" if self.text[tag.end : tag.end + 40].lstrip(" \t").startswith("\n") else "\n")
            elif tag.name in _BOXES:
                self.removed.append(tag.text)
                new.end_paragraph()
            else:
                new.add(tag.text)
            at = tag.end
        self.out.append(self.text[self.done : start])
        if boxed:
            self._blank_line_before(alone, new.indent)
        self.out.append(new.text)
        self.done = end
        if boxed:
            self._blank_line_after()
        self.converted.append((start, end))
        return True

    def _image_links(self, tags: tuple[Tag, ...]) -> dict[int, str]:
        """The links around an image: the starts of both their tags, and the address."""
        links: dict[int, str] = {}
        for element in find_elements(tags):
            inside = bisect_left(self.image_starts, element.opening.end)
            held = inside < len(self.images) and self.image_starts[inside] < element.closing.start
            if element.opening.name == "a" and held:
                links[element.opening.start] = element.opening.attributes().get("href", "")
                links[element.closing.start] = links[element.opening.start]
        return links

    def _add_link(self, new: _Written, tag: Tag, href: str) -> None:
        if not tag.closes:
            others = {name: value for name, value in tag.attributes().items() if name != "href"}
            self.removed += [f'{name}="{value}"' for name, value in others.items()]
        if not href:
            self.removed.append(tag.text)
        elif tag.closes:
            new.trim()
            new.add(f"]({link_target(href)})")
            new.in_link = False
        else:
            new.add("[")
            new.in_link = True

    def _add_text(self, new: _Written, text: str) -> None:
        if "&nbsp;" in text and not text.replace("&nbsp;", "").strip():
            # Spacing between images that stand in a row.
            self.removed.append("&nbsp;")
            text = "\n" if "\n" in text else " "
        new.add(text)

    def _blank_line_before(self, alone: bool, indent: str) -> None:
        so_far = "".join(self.out[-3:]).rstrip(" \t")
        if not alone:
            self.out[-1] = self.out[-1].rstrip(" \t")
            self.out.append("\n\n")
        elif so_far.endswith("\n") and not so_far.endswith("\n\n"):
            self.out.append("\n" + indent)

    def _blank_line_after(self) -> None:
        following = self.text[self.done : self.done + 200]
        rest, newline, more = following.partition("\n")
        if rest.strip():
            self.out.append("\n\n")
            self.done += len(rest) - len(rest.lstrip())
        elif newline and more.partition("\n")[0].strip():
            self.out.append("\n")
