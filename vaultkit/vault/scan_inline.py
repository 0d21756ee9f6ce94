"""Inline syntax of one stretch of text: links, tags, and what hides them.

Knows what Obsidian's index takes from a paragraph; knows nothing of blocks (`scan_blocks`). Linear in the text: every
search for a closer is either bounded by a line or answered from a list made once per stretch.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from vaultkit.vault.block_syntax import Chunk, before_line_end
from vaultkit.vault.destination import is_external, read_destination
from vaultkit.vault.inline_tokens import CODE, COMMENT, ESCAPE, HTTP, TAG, WEB_EMBED, WIKI_EMBED, Tokens
from vaultkit.vault.note import Link, LinkKind, Mark, RegionKind, Span, Tag, default_display
from vaultkit.vault.tags import TAG_BYTES
from vaultkit.vault.zones import ZONE_BREAK, paragraph_around

_WIKILINK = LinkKind.WIKI
_URL, _TAG, _CODE, _HIDDEN = RegionKind.URL, RegionKind.HTML_TAG, RegionKind.CODE, RegionKind.COMMENT
"""To ask an enumeration for its member takes longer than to note a mark."""
_new = tuple.__new__
"""Makes a named tuple without a call in between: there are links by the hundred thousand."""
_SIMPLE_LINK = re.compile(rb"\[([^\[\]\\`$<#:!\n]*+)\](?=\()")
"""A Markdown link whose text holds nothing that would be looked at."""
_SPECIAL = re.compile(rb"\\|`|\$|<|\[|#|://|%%")  # one literal each: the engine skips to those bytes
_DESTINATION = re.compile(
    rb"\([ \t]*\n?[ \t]*(?:<([^<>\n]*+)>|((?:[^\s()<\\]|\\[^\n])(?:[^\s()\\]|\\[^\n])*+"
    rb"(?:\((?:[^\s()\\]|\\[^\n])*+\)(?:[^\s()\\]|\\[^\n])*+)*+"
    rb"|\((?:[^\s()\\]|\\[^\n])*+\)(?:[^\s()\\]|\\[^\n])*+)?)"
    rb"(?:[ \t\n]+(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\)))?[ \t]*\n?[ \t]*\)"
)
_DEFINITION = re.compile(rb"\[(?!\^)([^\[\]\n]++)\]:[ \t]*\n?[ \t]*(?:<([^<>\n]*+)>|([^\s<][^\s]*+))")
_LOOK_BACK = 256
_MATH_END = re.compile(rb"(?<![\s\\])\$(?![0-9])")
_EMPHASIS = re.compile(rb"(?<![0-9A-Za-z_\x80-\xff])_+|_+(?![0-9A-Za-z_\x80-\xff])")
_SPACE_BEFORE = re.compile(
    rb"(?:[\s\x1c-\x1f]|\xc2\xa0|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80|\xef\xbb\xbf)\Z"
)


class _Paragraph:
    """What is remembered of one paragraph and does not hold for the next."""

    __slots__ = ("brackets", "end", "math_ends", "no_comment_end", "no_double_math", "start", "ticks")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.brackets: list[tuple[int, bool]] = []  # openers of Markdown links: offset, embed
        self.ticks: dict[int, list[int]] | None = None
        self.math_ends: list[int] | None = None
        self.no_double_math = self.no_comment_end = False


class InlineScanner:
    """The walk over the stretches of one body, token by token; what it finds is in `links`, `tags` and `marks`.

    Of a zone only the paragraphs are looked for that hold something whose meaning depends on where they end.
    """

    def __init__(self, data: bytes, tokens: Tokens) -> None:
        """`tokens`: `quick` for links and tags (and some of the marks), `careful` for all marks."""
        self.data = data
        self.find, self.opening = tokens
        self.links: list[Link] = []
        self.tags: list[Tag] = []
        self.marks: list[Mark] = []
        self.nearly_links = False
        self.boundary = 0  # a tag may begin right there
        self.zone_start = self.zone_end = 0
        self.zone = self.table = False
        self.after_block = 0

    def scan(self, chunk: Chunk) -> None:
        """Add what stands in `chunk`."""
        data, start, end = self.data, chunk.start, chunk.end
        if not _SPECIAL.search(data, start, end):
            return
        self.zone, self.zone_start, self.zone_end, self.table = chunk.zone, start, end, chunk.table
        self.paragraph = _Paragraph(start, start if chunk.zone else end)
        self.boundary = start
        self._walk(start if chunk.zone else self._definitions(start, end), end)

    def _walk(self, pos: int, end: int) -> None:
        """Take the tokens from `pos` to `end`."""
        while pos < end:
            pos = self._walk_on(pos, end)

    def _walk_on(self, pos: int, end: int) -> int:
        """Take tokens until one sends the walk elsewhere; where to go on."""
        data, mark, opening = self.data, self.marks.append, self.opening
        for token in self.find(data, pos, end):
            kind = token.lastindex or 0
            if kind == opening:
                at, after = token.span(opening)
                pos = self._open_token(at, after)
                if pos != after:
                    return pos
            elif kind == 0:
                break
            elif kind <= WIKI_EMBED:
                self._wikilink(token, kind)
            elif kind == ESCAPE:
                self.boundary = token.end()
            elif kind <= WEB_EMBED:
                at, after = token.span(kind)
                mark((_URL, at, after, True))
            elif kind == TAG:
                at, after = token.span()
                is_url = data.find(b":", at, after) >= 0 and is_external(data, at + 1, after)
                mark((_URL if is_url else _TAG, at, after, True))
            elif kind in (CODE, COMMENT):
                at, after = token.span()
                mark((_CODE if kind == CODE else _HIDDEN, at, after, True))
            else:
                begin = token.start() - (4 if kind == HTTP else 5)
                mark((_URL, max(begin, self.boundary), token.end(), True))
        return end

    def _open_token(self, at: int, after: int) -> int:
        """One of the tokens that need a look around; where to go on."""
        first = self.data[at]
        if first == 0x23:  # #
            return self._tag(at)
        if first == 0x25:  # %%
            return self._comment(at)
        self._enter_paragraph(at)
        if first == 0x5B or first == 0x21:  # [ ![
            return self._bracket_open(at, after)
        if first == 0x5D:  # ]
            return self._bracket_close(at)
        if first == 0x60:  # `
            return self._code(at, after)
        if first == 0x3C:  # <!--
            return self._html_comment(at, after)
        return self._math(at, after)  # $

    def _enter_paragraph(self, at: int) -> None:
        if at >= self.paragraph.end:
            self.paragraph = _Paragraph(*paragraph_around(self.data, at, self.zone_start, self.zone_end))

    # -- what hides --------------------------------------------------------------------------------

    def _code(self, at: int, after: int) -> int:
        """A code span ends at a run of as many backticks; a run without partner is text."""
        paragraph = self.paragraph
        if paragraph.ticks is None:
            paragraph.ticks = {}
            for run in re.finditer(rb"`+", self.data[at : paragraph.end]):
                paragraph.ticks.setdefault(run.end() - run.start(), []).append(at + run.start())
        runs = paragraph.ticks.get(after - at, [])
        partner = bisect_left(runs, after)
        if partner == len(runs):
            return after
        end = runs[partner] + after - at
        self.marks.append((RegionKind.CODE, at, end, True))
        return end

    def _math(self, at: int, after: int) -> int:
        """`$$…$$`, or `$…$` on one line with no space inside the dollars and no digit behind: `$5 and $6` is text."""
        data, paragraph = self.data, self.paragraph
        if after - at == 2:
            close = -1 if paragraph.no_double_math else data.find(b"$$", after, paragraph.end)
            if close < 0:
                paragraph.no_double_math = True  # nor further on
                return after
            end = close + 2
        else:
            if paragraph.math_ends is None:
                paragraph.math_ends = [m.start() for m in _MATH_END.finditer(data, at + 1, paragraph.end)]
            if data[after : after + 1].isspace() or after >= paragraph.end:
                return after
            nearest = bisect_left(paragraph.math_ends, after + 1)
            if nearest == len(paragraph.math_ends):
                return after
            end = paragraph.math_ends[nearest] + 1
            if data.find(b"\n", after, end) >= 0:
                return after
        self.marks.append((RegionKind.MATH, at, end, True))
        return end

    def _html_comment(self, at: int, after: int) -> int:
        data = self.data
        if (self.zone and at == self.after_block) or data.startswith(b"\n\n", at - 2):  # a block, with all of its line
            close = data.find(b"-->", at, self.zone_end)
            if close >= 0:
                end = data.find(b"\n", close, self.zone_end)
                self.after_block = end + 1
                end = before_line_end(data, self.zone_end if end < 0 else end)
                self.marks.append((RegionKind.HTML_COMMENT, at, end, True))
                return end
        close = -1 if self.paragraph.no_comment_end else self.data.find(b"-->", after, self.paragraph.end)
        if close < 0:
            self.paragraph.no_comment_end = True
            return after
        self.marks.append((RegionKind.HTML_COMMENT, at, close + 3, True))
        return close + 3

    def _comment(self, at: int) -> int:
        """`%%…%%`: hidden from the reader, but what stands in it counts; nothing that begins in it ends behind it."""
        data = self.data
        close = data.find(b"%%", at + 2, self.zone_end)
        if close < 0:
            return at + 2
        if data.find(b"\n", at + 2, close) >= 0:
            self._enter_paragraph(at)
            if close >= self.paragraph.end:
                return at + 2
        self.marks.append((RegionKind.COMMENT, at, close + 2, True))
        around, zone_end = self.paragraph, self.zone_end
        self.paragraph, self.zone_end = _Paragraph(at + 2, close), close
        self._walk(at + 2, close)
        self.paragraph, self.zone_end = around, zone_end
        return close + 2

    # -- tags --------------------------------------------------------------------------------------

    def _tag(self, at: int) -> int:
        name = TAG_BYTES.match(self.data, at + 1, self.zone_end)
        if not name:
            return at + 1
        end = name.end()
        if self.data[end - 1] == 0x5F and self._in_emphasis(at):
            text = name[0].rstrip(b"_")  # `_#tag_`: the last one closes the emphasis
            end = at + 1 + len(text)
        else:
            text = name[0]
        if text and not text.isdigit() and self._may_begin_tag(at):
            self.tags.append(Tag(text.decode("utf-8", "replace"), Span(at, end)))
            self.boundary = end
        return name.end()

    def _in_emphasis(self, at: int) -> bool:
        """Whether an odd number of `_` marks stands before `at` in its paragraph."""
        start = max(self.paragraph.start, at - _LOOK_BACK)
        if self.zone:
            start = max(self.zone_start, at - _LOOK_BACK)
            for found in ZONE_BREAK.finditer(self.data, start, at):
                start = found.end()
        return len(_EMPHASIS.findall(self.data, start, at)) % 2 == 1

    def _may_begin_tag(self, at: int) -> bool:
        """At a line's start, behind white space, or right behind what Obsidian reads as a token of its own: a tag,
        an escape, an emphasis mark (`snake_case_#a` too), a table's pipe. Behind other text it may not."""
        if at == self.boundary:
            return True
        before = self.data[max(self.zone_start, at - 3) : at]
        if _SPACE_BEFORE.search(before) or before[-1:] in b"*_" or before.endswith((b"~~", b"==")):
            return True
        return self.table and before.endswith(b"|")

    # -- links -------------------------------------------------------------------------------------

    def _bracket_open(self, at: int, after: int) -> int:
        opener = after - 1
        if simple := _SIMPLE_LINK.match(self.data, opener, self.paragraph.end):
            close = simple.end() - 1
            end = self._destination(opener, opener > at, close)
            if end > close + 1:
                return end
        if self.data.startswith(b"[]]", after):
            self.nearly_links = True
        self.paragraph.brackets.append((opener, opener > at))
        return after

    def _wikilink(self, wiki: re.Match[bytes], kind: int) -> None:
        start, end = wiki.span(kind)
        target, pipe, display = wiki[kind].partition(b"|")
        if pipe and target[-1:] == b"\\":  # `\|` in a table cell
            target = target[:-1]
        text = target.decode("utf-8", "replace").strip()
        if not text or text == "#":
            self.nearly_links = True
            if not text:
                return
        shown = display.decode("utf-8", "replace").strip() if pipe else default_display(text) if "#" in text else text
        embed = kind == WIKI_EMBED
        span = _new(Span, (start - 3 if embed else start - 2, end + 2))
        target_span = _new(Span, (start, start + len(target)))
        self.links.append(_new(Link, (_WIKILINK, embed, text, shown, span, target_span, "")))

    def _bracket_close(self, at: int) -> int:
        if not self.paragraph.brackets:
            return at + 1
        opener, embed = self.paragraph.brackets.pop()
        return self._destination(opener, embed, at)

    def _destination(self, opener: int, embed: bool, close: int) -> int:
        """The link whose text ends at the bracket at `close`, if a destination follows; where to go on."""
        data = self.data
        if data[close + 1 : close + 2] != b"(":
            return close + 1
        found = _DESTINATION.match(data, close + 1, self.paragraph.end)
        if found is None:
            self.nearly_links = True
            return close + 1
        group = 1 if found[1] is not None else 2
        if raw := found[group]:
            span = Span(opener - embed, found.end())
            self._markdown(raw, found.span(group), (opener + 1, close), span, embed, LinkKind.MARKDOWN)
        else:
            self.nearly_links = True
        return found.end()

    def _definitions(self, pos: int, end: int) -> int:
        """Take the definitions with which a paragraph begins, each on a line of its own; where to go on."""
        data = self.data
        while pos < end and data[pos] == 0x5B and (definition := _DEFINITION.match(data, pos, end)):
            self._definition(definition)
            pos = definition.end()
            line = data.find(b"\n", pos, end)
            if line < 0 or data[pos:line].strip()[:1] not in (b"", b'"', b"'"):  # a title may stand behind
                break
            pos = line + 1
        return pos

    def _definition(self, found: re.Match[bytes]) -> None:
        group = 2 if found[2] is not None else 3
        if found[group]:
            span = Span(*found.span())
            self._markdown(found[group], found.span(group), found.span(1), span, False, LinkKind.REFERENCE)

    def _markdown(
        self, raw: bytes, at: tuple[int, int], text: tuple[int, int], span: Span, embed: bool, kind: LinkKind
    ) -> None:
        """Record an internal destination; one with a scheme is external and only hides its text from the tags."""
        target = read_destination(raw)
        if target is None:
            self.marks.append((RegionKind.URL, *at, True))
            return
        shown = self.data[slice(*text)].decode("utf-8", "replace")
        self.links.append(Link(kind, embed, target, shown, span, Span(*at)))
