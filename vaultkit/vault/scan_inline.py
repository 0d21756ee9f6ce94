"""Inline syntax of one stretch of text: links, tags, block ids, and what hides them.

Knows what Obsidian's index takes from a paragraph; knows nothing of blocks (`scan_blocks`). Linear in the text: every
search for a closer is either bounded by a line or answered from a list made once per stretch.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from vaultkit.vault.block_syntax import HEADING, ZONE_BLOCK_ID, ZONE_BREAK, Chunk
from vaultkit.vault.note import Block, Link, LinkKind, Mark, RegionKind, Span, Tag
from vaultkit.vault.tags import TAG_BYTES

_WIKI_TEXT = rb"\[\[(?!\[)([^\[\]\n]*+(?:(?:\](?!\])|\[(?!\[))[^\[\]\n]*+)*+)(?<!\[\[)\]\]"
_WEB_TEXT = rb"\[[^\[\]\\`$<#:%\n]*+\]\(([Hh][Tt][Tt][Pp][Ss]?://[^\s()<\\]*+)(?:[ \t]++\"[^\"\n]*+\")?\)"
_TOKEN = re.compile(  # every alternative begins with a literal, or the engine could not skip to the next candidate
    # what stands on one line and can be nothing else is taken whole; each has a group
    rb"" + _WIKI_TEXT + rb"|!" + _WIKI_TEXT + rb"|" + _WEB_TEXT + rb"|!" + _WEB_TEXT + rb"|`([^`\n]++)`(?!`)"
    rb"|</?([A-Za-z][^<>\n\"'\[]*+(?:(?:\"[^\"\n]*+\"|'[^'\n]*+')[^<>\n\"'\[]*+)*+)>"  # a tag, an autolink
    rb"|:(?<=[Hh][Tt][Tt][Pp]:)//([^\s<>\[\]`|]+)"
    rb"|:(?<=[Hh][Tt][Tt][Pp][Ss]:)//([^\s<>\[\]`|]+)"
    rb"|\\([!-/:-@\[-`{-~])"  # an escape
    rb"|%%([^\[\]\\`$<#:%\n]*+)%%"
    # what needs a closer further on, or its surroundings
    rb"|\["
    rb"|!\["
    rb"|\]"
    rb"|``*"
    rb"|\$\$?"
    rb"|<!--"
    rb"|#(?=[0-9A-Za-z_/\-\x80-\xff])"
    rb"|(%%)"
)
_WIKI, _WIKI_EMBED, _WEB, _WEB_EMBED, _CODE, _TAG, _HTTP, _HTTPS, _ESCAPE, _COMMENT, _COMMENT_MARK = range(1, 12)
_URL_REGION, _TAG_REGION, _CODE_REGION, _COMMENT_REGION = (  # looked up once: the walk needs them all the time
    RegionKind.URL,
    RegionKind.HTML_TAG,
    RegionKind.CODE,
    RegionKind.COMMENT,
)
_SIMPLE_LINK = re.compile(rb"\[([^\[\]\\`$<#:!\n]*+)\](?=\()")
"""A Markdown link whose text holds nothing that would be looked at."""
_SPECIAL = re.compile(rb"[\\`$<\[#]|://|%%")
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
_LOOK_BACK = 256
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
    marks: list[Mark] = field(default_factory=list)


class InlineScanner:
    """The walk over the stretches of one body, token by token; what it finds is in `out`.

    Of a zone only the paragraphs are looked for that hold something whose meaning depends on where they end.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.out = Inline()
        self.start = self.end = self.boundary = 0  # of the paragraph; a tag may begin right at the boundary
        self.zone_start = self.zone_end = 0
        self.zone = False
        self.comment_end = self.after_block = 0
        self.table = False
        self.brackets: list[tuple[int, bool]] = []  # openers of Markdown links: offset, embed
        self.ticks: dict[int, list[int]] | None = None
        self.math_ends: list[int] | None = None
        self.no_double_math = self.no_comment_end = False

    def scan(self, chunk: Chunk) -> None:
        """Add what stands in `chunk`."""
        data, start, end = self.data, chunk.start, chunk.end
        if chunk.addressable and data.rfind(b"^", start, end) >= 0:
            self._block_ids(chunk)
        if not _SPECIAL.search(data, start, end):
            return
        self.zone, self.zone_start, self.zone_end, self.table = chunk.zone, start, end, chunk.table
        if chunk.zone:
            self.start = self.end = start
            self.brackets.clear()
        else:
            self._enter(start, end)
        self.boundary = start
        pos = start if chunk.zone else self._definitions(start, end)
        while pos < end:
            pos = self._walk(pos, end)

    def _enter(self, start: int, end: int) -> None:
        """What is remembered of one paragraph does not hold for the next."""
        self.start, self.end = start, end
        self.ticks = self.math_ends = None
        self.no_double_math = self.no_comment_end = False
        self.brackets.clear()

    def _locate(self, at: int) -> None:
        """Find the bounds of the paragraph around `at`, which lies behind the last one that was looked for."""
        data, zone_start, zone_end = self.data, self.zone_start, self.zone_end
        line = data.rfind(b"\n", zone_start, at) + 1 or zone_start
        if HEADING.match(data, line, zone_end):
            end = data.find(b"\n", at, zone_end)
            self._enter(line, zone_end if end < 0 else end)
        else:
            found = ZONE_BREAK.search(data, at, zone_end)
            self._enter(line, found.start() if found else zone_end)

    def _block_ids(self, chunk: Chunk) -> None:
        """The id at the end of the paragraph, or of each paragraph in a zone."""
        data, start, end = self.data, chunk.start, chunk.end
        add = self.out.blocks.append
        if not chunk.zone:
            if found := _BLOCK_ID.search(data[start:end]):
                add(Block(found[1].decode(), Span(start + found.start(), start + found.end(1))))
            return
        for found in ZONE_BLOCK_ID.finditer(data, start, end):
            if not found[1]:
                continue
            stop = found.end()
            line = data.rfind(b"\n", start, stop) + 1 or start
            if stop + 1 >= end or ZONE_BREAK.match(data, stop, end) or HEADING.match(data, line, end):
                add(Block(found[1].decode(), Span(found.start(), found.end(1))))

    def _walk(self, pos: int, end: int) -> int:
        """Take tokens from `pos` on until one sends the walk elsewhere; where to go on."""
        data, mark = self.data, self.out.marks.append
        for token in _TOKEN.finditer(data, pos, end):
            kind = token.lastindex
            if kind is None:
                at, after = token.span()
                pos = self._open_token(at, after)
                if pos != after:
                    return pos
            elif kind <= _WIKI_EMBED:
                self._wikilink(token, kind)
            elif kind <= _WEB_EMBED:
                at, after = token.span(kind)
                mark((_URL_REGION, at, after, True))
            elif kind == _COMMENT_MARK:
                self._comment(token.start())
            elif kind == _TAG:
                at, after = token.span()
                is_url = data.find(b":", at, after) >= 0 and _SCHEME.match(data, at + 1, after)
                mark((_URL_REGION if is_url else _TAG_REGION, at, after, True))
            elif kind == _CODE:
                at, after = token.span()
                mark((_CODE_REGION, at, after, True))
            elif kind == _COMMENT:
                at, after = token.span()
                if at < self.comment_end:  # its first two close a comment that is open
                    return at + 2
                self.comment_end = after
                mark((_COMMENT_REGION, at, after, True))
            elif kind == _ESCAPE:
                self.boundary = token.end()
            else:
                begin = token.start() - (4 if kind == _HTTP else 5)
                mark((_URL_REGION, max(begin, self.boundary), token.end(), True))
        return end

    def _open_token(self, at: int, after: int) -> int:
        """One of the tokens that need a look around; where to go on."""
        if at >= self.end:
            self._locate(at)
        first = self.data[at]
        if first == 0x5B or first == 0x21:  # [ ![
            return self._bracket_open(at, after)
        if first == 0x5D:  # ]
            return self._bracket_close(at)
        if first == 0x23:  # #
            return self._tag(at)
        if first == 0x60:  # `
            return self._code(at, after)
        if first == 0x3C:  # <!--
            return self._html_comment(at, after)
        return self._math(at, after)  # $

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
        self.out.marks.append((RegionKind.CODE, at, end, True))
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
        self.out.marks.append((RegionKind.MATH, at, end, True))
        return end

    def _html_comment(self, at: int, after: int) -> int:
        data = self.data
        if self.zone and (at == self.after_block or data.startswith(b"\n\n", at - 2)):  # a block, with all of its line
            end = data.find(b"\n", data.find(b"-->", at), self.zone_end)
            self.after_block = end + 1
            end = self.zone_end if end < 0 else end
            while data[end - 1] == 13:
                end -= 1
            self.out.marks.append((RegionKind.HTML_COMMENT, at, end, True))
            return end
        close = -1 if self.no_comment_end else self.data.find(b"-->", after, self.end)
        if close < 0:
            self.no_comment_end = True
            return after
        self.out.marks.append((RegionKind.HTML_COMMENT, at, close + 3, True))
        return close + 3

    def _comment(self, at: int) -> None:
        """`%%…%%`: hidden from the reader, but what stands in it counts, so the walk goes on inside."""
        if at < self.comment_end:
            return
        data = self.data
        close = data.find(b"%%", at + 2, self.zone_end)
        if close >= 0 and data.find(b"\n", at + 2, close) >= 0:
            if at >= self.end:
                self._locate(at)
            if close >= self.end:
                return
        if close >= 0:
            self.comment_end = close + 2
            self.out.marks.append((_COMMENT_REGION, at, close + 2, True))

    # -- tags --------------------------------------------------------------------------------------

    def _tag(self, at: int) -> int:
        name = TAG_BYTES.match(self.data, at + 1, self.end)
        if not name:
            return at + 1
        end = name.end()
        if self.data[end - 1] == 0x5F and self._in_emphasis(at):
            text = name[0].rstrip(b"_")  # `_#tag_`: the last one closes the emphasis
            end = at + 1 + len(text)
        else:
            text = name[0]
        if text and not text.isdigit() and self._may_begin_tag(at):
            self.out.tags.append(Tag(text.decode("utf-8", "replace"), Span(at, end)))
            self.boundary = end
        return name.end()

    def _in_emphasis(self, at: int) -> bool:
        """Whether an odd number of `_` marks stands before `at` in its paragraph."""
        start = max(self.start, at - _LOOK_BACK)
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
        before = self.data[max(self.start, at - 3) : at]
        if _SPACE_BEFORE.search(before) or before[-1:] in b"*_" or before.endswith((b"~~", b"==")):
            return True
        return self.table and before.endswith(b"|")

    # -- links -------------------------------------------------------------------------------------

    def _bracket_open(self, at: int, after: int) -> int:
        opener = after - 1
        if simple := _SIMPLE_LINK.match(self.data, opener, self.end):
            close = simple.end() - 1
            end = self._destination(opener, opener > at, close)
            if end > close + 1:
                return end
        self.brackets.append((opener, opener > at))
        return after

    def _wikilink(self, wiki: re.Match[bytes], kind: int) -> None:
        raw = wiki[kind]
        target, pipe, display = raw.partition(b"|")
        if pipe and target.endswith(b"\\"):  # `\|` in a table cell
            target = target[:-1]
        text = target.decode("utf-8", "replace").strip()
        if not text:
            return
        start = wiki.start(kind)
        shown = display.decode("utf-8", "replace").strip() if pipe else default_display(text) if "#" in text else text
        self.out.links.append(
            Link(
                LinkKind.WIKI,
                kind == _WIKI_EMBED,
                text,
                shown,
                Span(*wiki.span()),
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
        if _SCHEME.match(raw):
            self.out.marks.append((RegionKind.URL, *at, True))
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
