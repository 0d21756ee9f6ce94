"""Inline syntax of one stretch of text: links, tags, block ids, and what hides them.

Knows what Obsidian's index takes from a paragraph; knows nothing of blocks (`scan_blocks`). Linear in the text: every
search for a closer is either bounded by a line or answered from a list made once per stretch.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from vaultkit.vault.block_syntax import Chunk
from vaultkit.vault.note import Block, Link, LinkKind, Region, RegionKind, Span, Tag
from vaultkit.vault.tags import TAG_BYTES

_TOKEN = re.compile(  # every alternative begins with a literal, or the engine could not skip to the next candidate
    rb"\\[!-/:-@\[-`{-~]"  # an escape
    rb"|\[\[(?!\[)"
    rb"|\["
    rb"|!\[\[(?!\[)"
    rb"|!\["
    rb"|\]"
    rb"|``*"
    rb"|\$\$?"
    rb"|<!--"
    rb"|</?[A-Za-z](?:[^<>\n\"'\[]|\"[^\"\n]*\"|'[^'\n]*')*+>"  # a tag, an autolink
    rb"|#"
    rb"|%%"
    rb"|:(?<=[Hh][Tt][Tt][Pp]:)//[^\s<>\[\]`|]+"
    rb"|:(?<=[Hh][Tt][Tt][Pp][Ss]:)//[^\s<>\[\]`|]+"
)
_SIMPLE_LINK = re.compile(rb"\[([^\[\]\\`$<#:!\n]*+)\](?=\()")
"""A Markdown link whose text holds nothing that would be looked at."""
_SPECIAL = re.compile(rb"[\\`$<\[#]|://|%%")
_WIKI = re.compile(rb"((?:[^\[\]\n]++|\](?!\])|\[(?!\[))++)\]\]")
_DESTINATION = re.compile(
    rb"\([ \t]*\n?[ \t]*(?:<([^<>\n]*+)>|((?:[^\s()<\\]|\\[^\n])(?:[^\s()\\]|\\[^\n])*+"
    rb"(?:\((?:[^\s()\\]|\\[^\n])*+\)(?:[^\s()\\]|\\[^\n])*+)*+"
    rb"|\((?:[^\s()\\]|\\[^\n])*+\)(?:[^\s()\\]|\\[^\n])*+)?)"
    rb"(?:[ \t\n]+(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\)))?[ \t]*\n?[ \t]*\)"
)
_DEFINITION = re.compile(rb"\[(?!\^)([^\[\]\n]++)\]:[ \t]*\n?[ \t]*(?:<([^<>\n]*+)>|([^\s<][^\s]*+))")
_SCHEME = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]*:|//")
_UNESCAPE = re.compile(rb"\\([!-/:-@\[-`{-~])")
_PERCENT = re.compile(rb"%[0-9A-Fa-f]{2}")
_BLOCK_ID = re.compile(rb"(?:^|(?<=[ \t\n])|(?<=\]\]))\^([A-Za-z0-9-]+)[ \t\r\n]*\Z")
_MATH_END = re.compile(rb"(?<![\s\\])\$(?![0-9])")
_EMPHASIS = re.compile(rb"(?<![0-9A-Za-z_\x80-\xff])_+|_+(?![0-9A-Za-z_\x80-\xff])")
_SPACE_BEFORE = re.compile(
    rb"(?:[\s\x1c-\x1f]|\xc2\xa0|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80|\xef\xbb\xbf)\Z"
)


@dataclass(slots=True)
class Inline:
    """What the inline pass collects over all stretches of a body."""

    links: list[Link] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)


class InlineScanner:
    """The walk over the stretches of one body, token by token; what it finds is in `out`."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.out = Inline()
        self.start = self.end = self.boundary = 0  # a tag may begin right at the boundary
        self.comment_end = 0
        self.table = False
        self.brackets: list[tuple[int, bool]] = []  # openers of Markdown links: offset, embed
        self.ticks: dict[int, list[int]] | None = None
        self.math_ends: list[int] | None = None
        self.no_double_math = self.no_comment_end = False

    def scan(self, chunk: Chunk) -> None:
        """Add what stands in `chunk`."""
        data, start, end = self.data, chunk.start, chunk.end
        if chunk.addressable and data.rfind(b"^", start, end) >= 0 and (found := _BLOCK_ID.search(data[start:end])):
            self.out.blocks.append(Block(found[1].decode(), Span(start + found.start(), start + found.end(1))))
        if not _SPECIAL.search(data, start, end):
            return
        self.start, self.end, self.boundary, self.table = start, end, start, chunk.table
        self.ticks = self.math_ends = None
        self.no_double_math = self.no_comment_end = False
        self.brackets.clear()
        self._walk()

    def _walk(self) -> None:
        data, pos, end, search = self.data, self.start, self.end, _TOKEN.search
        if data[pos] == 0x5B and (definition := _DEFINITION.match(data, pos, end)):
            self._definition(definition)
            pos = definition.end()
        while token := search(data, pos, end):
            at = token.start()
            first = data[at]
            if first == 0x5B or first == 0x21:  # [ ![
                pos = self._bracket_open(at, token.end())
            elif first == 0x5D:  # ]
                pos = self._bracket_close(at)
            elif first == 0x23:  # #
                pos = self._tag(at)
            elif first == 0x60:  # `
                pos = self._code(at, token.end())
            elif first == 0x3C:  # <
                pos = self._html(at, token.end())
            elif first == 0x3A:  # https:
                pos = token.end()
                begin = at - (4 if data[at - 1] in b"pP" else 5)
                self.out.regions.append(Region(RegionKind.URL, Span(max(begin, self.boundary), pos)))
            elif first == 0x25:  # %%
                pos = self._comment(token.end())
            elif first == 0x5C:  # \
                pos = self.boundary = token.end()
            else:  # $
                pos = self._math(at, token.end())

    # -- what hides --------------------------------------------------------------------------------

    def _code(self, at: int, after: int) -> int:
        """A code span ends at a run of as many backticks; a run without partner is text."""
        if self.ticks is None:
            self.ticks = {}
            for run in re.finditer(rb"`+", self.data[at : self.end]):
                self.ticks.setdefault(run.end() - run.start(), []).append(at + run.start())
        runs = self.ticks.get(after - at, [])
        partner = bisect_left(runs, after)
        if partner == len(runs):
            return after
        end = runs[partner] + after - at
        self.out.regions.append(Region(RegionKind.CODE, Span(at, end)))
        return end

    def _math(self, at: int, after: int) -> int:
        """`$$…$$`, or `$…$` on one line with no space inside the dollars and no digit behind: `$5 and $6` is text."""
        data = self.data
        if after - at == 2:
            close = -1 if self.no_double_math else data.find(b"$$", after, self.end)
            if close < 0:
                self.no_double_math = True  # nor further on
                return after
            end = close + 2
        else:
            if self.math_ends is None:
                self.math_ends = [m.start() for m in _MATH_END.finditer(data, at + 1, self.end)]
            if data[after : after + 1].isspace() or after >= self.end:
                return after
            nearest = bisect_left(self.math_ends, after + 1)
            if nearest == len(self.math_ends):
                return after
            end = self.math_ends[nearest] + 1
            if data.find(b"\n", after, end) >= 0:
                return after
        self.out.regions.append(Region(RegionKind.MATH, Span(at, end)))
        return end

    def _html(self, at: int, after: int) -> int:
        if self.data.startswith(b"<!--", at):
            close = -1 if self.no_comment_end else self.data.find(b"-->", after, self.end)
            if close < 0:
                self.no_comment_end = True
                return after
            self.out.regions.append(Region(RegionKind.HTML_COMMENT, Span(at, close + 3)))
            return close + 3
        kind = RegionKind.URL if _SCHEME.match(self.data, at + 1, after) else RegionKind.HTML_TAG
        self.out.regions.append(Region(kind, Span(at, after)))
        return after

    def _comment(self, after: int) -> int:
        """`%%…%%`: hidden from the reader, but what stands in it counts, so the walk goes on inside."""
        close = self.data.find(b"%%", after, self.end) if after - 2 >= self.comment_end else -1
        if close >= 0:
            self.comment_end = close + 2
            self.out.regions.append(Region(RegionKind.COMMENT, Span(after - 2, close + 2)))
        return after

    # -- tags --------------------------------------------------------------------------------------

    def _tag(self, at: int) -> int:
        name = TAG_BYTES.match(self.data, at + 1, self.end)
        if not name:
            return at + 1
        end = name.end()
        if self.data[end - 1] == 0x5F and len(_EMPHASIS.findall(self.data, max(self.start, at - 256), at)) % 2:
            text = name[0].rstrip(b"_")  # `_#tag_`: the last one closes the emphasis
            end = at + 1 + len(text)
        else:
            text = name[0]
        if text and not text.isdigit() and self._may_begin_tag(at):
            self.out.tags.append(Tag(text.decode("utf-8", "replace"), Span(at, end)))
            self.boundary = end
        return name.end()

    def _may_begin_tag(self, at: int) -> bool:
        """At a line's start, behind white space, or right behind what Obsidian reads as a token of its own: a tag,
        an escape, an emphasis mark (`snake_case_#a` too), a table's pipe. Behind other text it may not."""
        if at == self.boundary:
            return True
        before = self.data[max(self.start, at - 3) : at]
        if _SPACE_BEFORE.search(before) or before[-1:] in b"*_" or before.endswith((b"~~", b"==")):
            return True
        return self.table and before.endswith(b"|")

    # -- links -------------------------------------------------------------------------------------

    def _bracket_open(self, at: int, after: int) -> int:
        data = self.data
        opener = at + 1 if data[at] == 0x21 else at
        if after - opener == 2:
            if wiki := _WIKI.match(data, after, self.end):
                self._wikilink(at, wiki)
                return wiki.end()
        elif simple := _SIMPLE_LINK.match(data, opener, self.end):
            close = simple.end() - 1
            end = self._destination(opener, opener > at, close)
            if end > close + 1:
                return end
        self.brackets.append((opener, opener > at))
        return opener + 1

    def _wikilink(self, at: int, wiki: re.Match[bytes]) -> None:
        raw = wiki[1]
        target, pipe, display = raw.partition(b"|")
        if pipe and target.endswith(b"\\"):  # `\|` in a table cell
            target = target[:-1]
        text = target.decode("utf-8", "replace").strip()
        if not text:
            return
        start = wiki.start(1)
        self.out.links.append(
            Link(
                LinkKind.WIKI,
                self.data[at] == 0x21,
                text,
                display.decode("utf-8", "replace").strip() if pipe else default_display(text),
                Span(at, wiki.end()),
                Span(start, start + len(target)),
            )
        )

    def _bracket_close(self, at: int) -> int:
        if not self.brackets:
            return at + 1
        opener, embed = self.brackets.pop()
        return self._destination(opener, embed, at)

    def _destination(self, opener: int, embed: bool, close: int) -> int:
        """The link whose text ends at the bracket at `close`, if a destination follows; where to go on."""
        data = self.data
        if data[close + 1 : close + 2] != b"(" or not (found := _DESTINATION.match(data, close + 1, self.end)):
            return close + 1
        group = 1 if found[1] is not None else 2
        if raw := found[group]:
            span = Span(opener - embed, found.end())
            self._markdown(raw, found.span(group), (opener + 1, close), span, embed, LinkKind.MARKDOWN)
        return found.end()

    def _definition(self, found: re.Match[bytes]) -> None:
        group = 2 if found[2] is not None else 3
        if found[group]:
            span = Span(*found.span())
            self._markdown(found[group], found.span(group), found.span(1), span, False, LinkKind.REFERENCE)

    def _markdown(
        self, raw: bytes, at: tuple[int, int], text: tuple[int, int], span: Span, embed: bool, kind: LinkKind
    ) -> None:
        """Record an internal destination; one with a scheme is external and only hides its text from the tags."""
        if _SCHEME.match(raw):
            self.out.regions.append(Region(RegionKind.URL, Span(*at)))
            return
        target = percent_decode(_UNESCAPE.sub(rb"\1", raw)).decode("utf-8", "replace")
        shown = self.data[slice(*text)].decode("utf-8", "replace")
        self.out.links.append(Link(kind, embed, target, shown, span, Span(*at)))


def percent_decode(raw: bytes) -> bytes:
    """`%20` and the like decoded; as written when an escape is malformed or the result is not UTF-8 (`100%.md`)."""
    if raw.count(b"%") != len(_PERCENT.findall(raw)):
        return raw
    decoded = unquote_to_bytes(raw)
    try:
        decoded.decode("utf-8")
    except UnicodeDecodeError:
        return raw
    return decoded


def default_display(linktext: str) -> str:
    """What Obsidian shows for a link without display text: each `#` as ` > `, a leading one dropped."""
    return " > ".join(part for part in linktext.split("#") if part)
