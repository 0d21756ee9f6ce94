"""Foreign text that would run, made text that is shown: scripts, queries, template code, commands behind links.

Knows where in Markdown and HTML such code stands, and which few characters keep it from running without taking a word
away; what counts as code is said by `vault.executable`. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

from vaultkit.vault import edit
from vaultkit.vault.edit import Edit
from vaultkit.vault.executable import (
    BEGINS_INLINE,
    LOADING_ELEMENTS,
    OTHER_ELEMENTS,
    holds_command,
    is_command,
    runs_block,
    runs_inline,
)
from vaultkit.vault.note import Region, RegionKind, Span
from vaultkit.vault.scan import Scan, scan
from vaultkit.vault.spans import Spans

_MAY_RUN = (b"<", b"`", b"~", b"]", b"\\href")
"""One of these stands in all that runs, or a bare `_COMMAND`."""
_FENCE = re.compile(rb"(?:`{3,}+(?=[^`\n]*+(?:\n|\Z))|~{3,}+)[ \t]*+(\S*+)")
_INLINE = re.compile(rb"`++[\s>]*+(?=" + BEGINS_INLINE + rb")")
_ROUNDS = 8
_CODE, _MATH, _BLOCK, _COMMENT = RegionKind.CODE, RegionKind.MATH, RegionKind.HTML_BLOCK, RegionKind.HTML_COMMENT
"""To ask an enumeration for its member takes longer than to compare."""
_LOOK = 400
"""Bytes of inline code that are looked at: what runs says so at once."""

_TAG = re.compile(rb"<(?P<close>/?)(?P<name>[A-Za-z][^\s/><]*+)")
_ATTRIBUTE = re.compile(
    rb"[\s/]*+(?P<name>=?(?:[^\s/>=<]|<(?![A-Za-z/]))++)"
    rb"(?:\s*+=\s*+(?:\"(?P<d>[^\"]*+)\"|'(?P<s>[^']*+)'|(?P<u>(?:[^\s\"'><]|<(?![A-Za-z/]))(?:[^\s><]|<(?![A-Za-z/]))*+)))?+"
)
"""As HTML reads it, so that what it takes for an attribute is taken for one here: a quote counts only behind `=`."""
_TAG_END = re.compile(rb"[\s/]*+>?")
_ELEMENT = re.compile(rb"(?:" + f"{LOADING_ELEMENTS}|{OTHER_ELEMENTS}".encode() + rb")(?![\w-])", re.I)
_HANDLER = re.compile(rb"(?:on[a-z]|srcdoc\Z)", re.I)
_PROGRAM = re.compile(rb"<(?:script|style)(?=[\s>/])", re.I)
_ODD_COMMENT = re.compile(rb"<!--(?:-?>|(?:[^-]|-(?!-!?>))*+--!>)")
"""A comment that HTML ends before Markdown does: `<!--> … -->`."""

_DESTINATION = re.compile(rb"\]\((?=[\s>]*+(?P<to><[^<>\n]{0,600}|[^\s()<]{0,300}))")
_DEFINITION = re.compile(
    rb"^[ \t>*+-]*+\[(?!\^)[^\[\]\n]++\](?P<mark>:)(?=[\s>]*+(?P<to><[^<>\n]{0,600}|\S{0,300}))", re.M
)
_AUTOLINK = re.compile(rb"<(?=[A-Za-z][A-Za-z0-9+.-]*+:)[^\s<>]++>")
_MATH_LINK = re.compile(rb"\\href\s*+\{([^{}]{0,600})")
_COMMAND = re.compile(rb":(?<=\bobsidian:)(?=//)", re.I)  # the colon is found many times faster than a letter


def find_armed(data: bytes, found: Scan) -> Iterator[Edit]:
    """The changes after which the code seen in `data` does not run; other code may come to light by them.

    A block of a running language gets the language `text`, inline code a backslash, `<%` is written `<\\%`, a tag that
    runs or loads begins with `&lt;`, a link to a command is a link no more. Nothing when all is dead already.
    """
    if not any(word in data for word in _MAY_RUN) and not _COMMAND.search(data):
        return
    regions = found.regions
    for region in regions:
        if region.kind is _CODE:
            yield from _running_code(data, region)
        elif region.kind is _MATH and _running_math(data, region):
            start = region.span.start
            yield from (put(at, b"\\") for at in range(start, start + 1 + data.startswith(b"$$", start)))
    if b"<" in data:
        if b"<%" in data:
            raw = Spans(r.span for r in regions if r.kind in (RegionKind.HTML_BLOCK, RegionKind.HTML_TAG))
            for mark in re.finditer(rb"<%", data):
                at = mark.start()
                yield _shown(at) if raw.hold(at) else put(at + 1, b"\\")
        programs = [edit for region in regions if region.kind is _BLOCK for edit in _program(data, region)]
        yield from programs
        if not programs:  # else look again when they are out of the way
            yield from _tags(data, regions)
    yield from _addresses(data, regions)


def may_hold_code(text: str) -> bool:
    """Whether inline code may stand in `text`, or a block of it."""
    return "`" in text or "~~~" in text


def disarm_text(text: str) -> str:
    """A text that is no Markdown, a property, but that plugins show as such: inline code in it does not run."""
    if not may_hold_code(text):
        return text
    data = text.encode("utf-8", "replace")
    for _ in range(_ROUNDS):
        edits = [edit for r in scan(data).regions if r.kind is RegionKind.CODE for edit in _running_code(data, r)]
        if not edits:
            break
        data = apply_edits(data, edits)
    return data.decode()


def as_block(text: str) -> str:
    """All of `text` as one block of code, in which nothing runs."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    inner = text.replace("<%", "<\\%")
    return f"{fence}text\n{inner}\n{fence}"


def put(at: int, text: bytes) -> Edit:
    """`text` put in at the byte `at`."""
    return Edit(Span(at, at), text)


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """`data` with all `edits` made; of two at one place one."""
    kept, at = [], 0
    for one in sorted(set(edits)):
        if one.span.start >= at:
            kept.append(one)
            at = one.span.end
    return edit.apply_edits(data, kept)


def _running_code(data: bytes, region: Region) -> Iterator[Edit]:
    start, end = region.span
    if block := _FENCE.match(data, start, end):
        if runs_block(block[1].decode("utf-8", "replace")):
            yield put(block.start(1), b"text ")
    elif (inline := _INLINE.match(data, start, end)) and runs_inline(
        data[inline.end() : min(end, inline.end() + _LOOK)].decode("utf-8", "replace")
    ):
        yield put(inline.end(), b"\\")


def _running_math(data: bytes, region: Region) -> bool:
    """Whether a formula links to a command, or holds what is inline code to those who see no formula there."""
    if any(map(_leads_to_command, _MATH_LINK.findall(data, *region.span))):
        return True
    ticks = (tick.end() for tick in _INLINE.finditer(data, *region.span))
    return any(runs_inline(data[at : at + _LOOK].decode("utf-8", "replace")) for at in ticks)


def _program(data: bytes, region: Region) -> Iterator[Edit]:
    """A script or style sheet on lines of its own becomes a block of code."""
    start, end = region.span
    if not _PROGRAM.match(data, start):
        return
    line = data.rfind(b"\n", 0, start) + 1
    if data[line:start].strip(b" "):  # in a quote or list the tags alone are changed
        return
    longest = max((len(run) for run in re.findall(rb"`{3,}+", data[start:end])), default=2)
    fence = b"`" * (longest + 1)
    yield put(line, fence + b"html\n")
    yield put(end, (b"" if data.endswith(b"\n", start, end) else b"\n") + fence)


def _tags(data: bytes, regions: tuple[Region, ...]) -> Iterator[Edit]:
    hidden = []
    for region in regions:
        if region.kind is _COMMENT and region.closed:
            start, end = region.span
            if _ODD_COMMENT.match(data, start, end):
                yield _shown(start)
            else:
                hidden.append((start, data.index(b"-->", start) + 3))
    code, comments = Spans(r.span for r in regions if r.kind is _CODE), Spans(hidden)
    within: list[int] = []  # tags that were not closed before the next began: to some readers it is a part of them
    at = 0
    while tag := _TAG.search(data, at):
        start = at = tag.start()
        if code.hold(start) or comments.hold(start):
            at += 1
            continue
        found = _read_tag(data, tag)
        if found.armed:
            yield from map(_shown, (*within, start))
        for (
            value
        ) in found.quoted:  # a tag in a quoted value is one where the outer is none; `&lt;` means the same there
            yield from (_shown(m.start()) for m in _TAG.finditer(data, *value) if not code.hold(m.start()))
        if found.armed or data.startswith(b">", found.end - 1):
            within.clear()
        else:
            within.append(start)
        at = found.end


def _shown(at: int) -> Edit:
    return Edit(Span(at, at + 1), b"&lt;")


class _ReadTag(NamedTuple):
    """Where a tag ends: behind its `>`, or where another begins, or with the text; whether it runs or loads anything;
    its quoted values."""

    end: int
    armed: bool
    quoted: tuple[tuple[int, int], ...]


def _read_tag(data: bytes, tag: re.Match[bytes]) -> _ReadTag:
    armed = bool(_ELEMENT.match(tag["name"].rpartition(b":")[2]))
    quoted = []
    at = tag.end()
    while attribute := _ATTRIBUTE.match(data, at):
        at = attribute.end()
        quoted += [attribute.span(kind) for kind in ("d", "s") if attribute[kind]]
        if armed:
            continue
        key = attribute["name"].lstrip(b"=\"'`").lower()
        value = (attribute["d"] or attribute["s"] or attribute["u"] or b"").decode("utf-8", "replace")
        armed = bool(_HANDLER.match(key)) or holds_command(value) or (key == b"class" and _runs_class(value))
    end = _TAG_END.match(data, at)
    at = end.end() if end else at
    if not armed and tag["name"].lower() == b"code" and not tag["close"]:
        armed = _runs_element(data[at : at + _LOOK])
    return _ReadTag(at, armed, tuple(quoted))


def _runs_class(value: str) -> bool:
    return any(runs_block(word.removeprefix("language-")) for word in value.split() if word.startswith("language-"))


def _runs_element(inner: bytes) -> bool:
    """Whether what stands in `<code>` is inline code that runs; its own tags do not count."""
    return runs_inline(unescape(re.sub(rb"<[^<>]*+>", b"", inner).decode("utf-8", "replace")))


def _addresses(data: bytes, regions: tuple[Region, ...]) -> Iterator[Edit]:
    """Links of Markdown: the bracket, colon or scheme that makes them one gets a backslash."""
    links = [(m.start(), put(m.start() + 1, b"\\")) for m in _DESTINATION.finditer(data) if _leads_to_command(m["to"])]
    if b"]:" in data:
        found = (m for m in _DEFINITION.finditer(data) if _leads_to_command(m["to"]))
        links += [(m.start("mark"), put(m.start("mark"), b"\\")) for m in found]
    links += [(m.start(), _shown(m.start())) for m in _AUTOLINK.finditer(data) if _leads_to_command(m[0])]
    bare = [m.end() - len(b"obsidian:") for m in _COMMAND.finditer(data)]
    if not links and not bare:  # as in most texts; where they do not count is asked then
        return
    plain = (RegionKind.CODE, RegionKind.MATH, RegionKind.HTML_BLOCK, RegionKind.HTML_COMMENT)
    hidden = Spans(r.span for r in regions if r.kind in plain)
    tags = Spans(r.span for r in regions if r.kind is RegionKind.HTML_TAG)
    yield from (edit for at, edit in links if not hidden.hold(at))
    for at in bare:
        if not hidden.hold(at) and not tags.hold(at):
            yield put(at + len(b"obsidian:"), b"\\")


def _leads_to_command(destination: bytes) -> bool:
    if destination.startswith((b"http", b"<http")) or (b":" not in destination and b"&" not in destination):
        return False
    text = destination[:2000].decode("utf-8", "replace").strip("<>")
    return is_command(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text))
