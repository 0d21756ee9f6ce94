"""The types of a parsed note, in Obsidian's words.

Knows what a note holds; knows neither how it is found in text (`scan`, `frontmatter`) nor where links lead (`index`).
Every place is a `Span` of byte offsets into the note as read; lines and columns are made in `report/` only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple, Protocol

from vaultkit.vault.lazy import lazy

_new = tuple.__new__
"""Makes a named tuple without a call in between: of regions there are a dozen in every note."""

Scalar = str | int | float | bool | None
PropertyValue = Scalar | list["PropertyValue"] | dict[str, "PropertyValue"]
"""What Obsidian's index holds for a property (YAML 1.2 core: dates stay text)."""


class Span(NamedTuple):
    """Byte offsets `start` (inclusive) to `end` (exclusive) into the note as read."""

    start: int
    end: int


class LinkKind(StrEnum):
    """How a link is written."""

    WIKI = "wiki"
    MARKDOWN = "markdown"
    REFERENCE = "reference"
    """The target of a definition `[ref]: target`; Obsidian keeps these apart and gives them no backlinks."""
    PROPERTY = "property"
    """A wikilink that is the whole value of a property."""


class Link(NamedTuple):
    """An internal link or embed as written. What it means is `Index.resolve`."""

    kind: LinkKind
    embed: bool
    target: str
    """Linktext: path and subpath, without display text; percent-decoded for Markdown links."""
    display: str
    """What Obsidian shows: the text after the first `|`, or the linktext with each `#` as ` > `."""
    span: Span
    target_span: Span
    """The bytes of the linktext as written."""
    key: str = ""
    """Key of the property that holds it (`related.0`); empty for links in the body."""

    @property
    def path(self) -> str:
        """The part before the first `#`, trimmed; empty means the note itself."""
        if "#" not in self.target:
            return self.target.strip()
        return self.target.split("#", 1)[0].strip()

    @property
    def subpath(self) -> str:
        """From the first `#` on, with it; empty when there is none."""
        _, mark, rest = self.target.partition("#")
        return mark + rest.rstrip()


def default_display(linktext: str) -> str:
    """What Obsidian shows for a link without display text: each `#` as ` > `, a leading one dropped."""
    return " > ".join(part for part in linktext.split("#") if part)


class Heading(NamedTuple):
    """A heading; `text` is the raw source after the `#`s, inline markup kept."""

    level: int
    text: str
    span: Span


class Tag(NamedTuple):
    """A tag without its `#`, case kept. In front matter the span is that of the whole `tags` property."""

    name: str
    span: Span
    in_property: bool = False


class Block(NamedTuple):
    """A block id without its `^`, case kept."""

    id: str
    span: Span


class Task(NamedTuple):
    """A task list item: the character between the brackets; a space is open."""

    status: str
    span: Span


class RegionKind(StrEnum):
    """Stretches of a body that are not plain text."""

    CODE = "code"
    MATH = "math"
    HTML_COMMENT = "html-comment"
    HTML_BLOCK = "html-block"
    HTML_TAG = "html-tag"
    COMMENT = "comment"
    """`%%…%%`: hidden when rendered, but links and tags in it count."""
    URL = "url"


class Region(NamedTuple):
    """One such stretch; `closed` is False for a fence, comment or math block that runs to the end unclosed."""

    kind: RegionKind
    span: Span
    closed: bool = True


Mark = tuple[RegionKind, int, int, bool]
"""A region as the scanner notes it: kind, start, end, closed. Most are never looked at."""


def regions_of(marks: Iterable[Mark]) -> tuple[Region, ...]:
    """The regions in order of their start; inline regions never overlap."""
    found = sorted(marks, key=itemgetter(1, 2))
    return tuple([_new(Region, (kind, _new(Span, (start, end)), closed)) for kind, start, end, closed in found])


class Property(NamedTuple):
    """One top-level entry of the front matter. `span` runs from its key to the end of its last line."""

    key: str
    value: PropertyValue
    span: Span


NO_MAPPING = "is not a list of `key: value` lines"


class FrontMatter(NamedTuple):
    """The properties block. `span` includes both fences; `content` is what stands between them.

    `error` is the reader's message when the YAML is invalid: then there are no properties, but the body still counts.
    """

    span: Span
    content: Span
    properties: tuple[Property, ...] = ()
    error: str = ""
    error_at: int = 0

    @property
    def indexed(self) -> bool:
        """Whether Obsidian's index has front matter for the note: not when it is no mapping at all."""
        return self.error != NO_MAPPING


class Body(Protocol):
    """What stands in a note behind its front matter, each kind looked for when it is first asked for."""

    @property
    def headings(self) -> tuple[Heading, ...]:
        """In order."""

    @property
    def links(self) -> tuple[Link, ...]:
        """In order."""

    @property
    def tags(self) -> tuple[Tag, ...]:
        """In order, repeats kept."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """In order."""

    @property
    def tasks(self) -> tuple[Task, ...]:
        """In order."""

    @property
    def comments(self) -> tuple[Span, ...]:
        """`%%…%%`: hidden when rendered, but what stands in them counts. In order."""

    @property
    def unclosed(self) -> tuple[Region, ...]:
        """Regions that were opened and never closed, so that they run to the end."""

    @property
    def nearly_links(self) -> bool:
        """Whether something stands there that is nearly a link: it has nothing to lead to (`[[]]`, `[text]()`), or a
        destination that cannot be read (`[text](https://a b)`)."""

    @property
    def regions(self) -> tuple[Region, ...]:
        """Stretches that are not plain text, in order of their start; inline regions never overlap."""


class Note:
    """A note as Obsidian's index sees it; it never changes. `path` is relative to the vault, with `/`."""

    def __init__(
        self,
        path: str,
        data: bytes,
        front_matter: FrontMatter | None,
        text: Body,
        property_links: tuple[Link, ...] = (),
        property_tags: tuple[Tag, ...] = (),
    ) -> None:
        self.path = path
        self.data = data
        self.front_matter = front_matter
        self.text = text
        self._property_links = property_links
        self._property_tags = property_tags

    @lazy
    def links(self) -> tuple[Link, ...]:
        """Body links in order, then those of properties."""
        return self.text.links + self._property_links

    @lazy
    def tags(self) -> tuple[Tag, ...]:
        """Those of the front matter, then those of the body, in order, repeats kept."""
        return self._property_tags + self.text.tags

    @property
    def headings(self) -> tuple[Heading, ...]:
        """In order."""
        return self.text.headings

    @property
    def blocks(self) -> tuple[Block, ...]:
        """In order."""
        return self.text.blocks

    @property
    def tasks(self) -> tuple[Task, ...]:
        """In order."""
        return self.text.tasks

    @property
    def regions(self) -> tuple[Region, ...]:
        """Stretches that are not plain text, in order of their start; inline regions never overlap."""
        return self.text.regions

    @property
    def body(self) -> int:
        """Offset at which the text after the front matter begins."""
        return self.front_matter.span.end if self.front_matter else 0

    @property
    def properties(self) -> Mapping[str, PropertyValue]:
        """Properties by key as written, in order; empty when there are none or the YAML is invalid."""
        return {p.key: p.value for p in self.front_matter.properties} if self.front_matter else {}

    def find_property(self, key: str) -> Property | None:
        """The property `key`, compared in lower case as Obsidian does for its own keys, or None."""
        return self._by_key.get(key.lower())

    @lazy
    def _by_key(self) -> dict[str, Property]:
        found = self.front_matter.properties if self.front_matter else ()
        return {one.key.lower(): one for one in reversed(found)}
