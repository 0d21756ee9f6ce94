"""Web addresses in plain text that the words behind them have become part of: `https://example.org/aを見た。`.

Knows that only white space ends such an address, and that Japanese may stand in one (`https://example.org/wiki/日本`,
`…/wiki/Xの悲劇`). So it is silent unless the address must have ended: a full stop, a bracket that was opened before it,
a name of a host or a file that cannot go on like that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.linting.plain import find_in_body
from vaultkit.linting.written import short
from vaultkit.vault.edit import Edit
from vaultkit.vault.hidden import NOT_PROSE
from vaultkit.vault.note import Note, RegionKind, Span


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("url", "text")
EDITS: frozenset[Part] = frozenset()
_CANDIDATE = rb"://[^\x00-\x20<>\"`\[\]|\\\x7f-\xff]*+[\xe1-\xef]"
_ADDRESS = r"https?://([!#-;=?-Z^_a-{}~]++)([^\x00-\x7f\s][^\s<>\[\]`|]*+)"
"""The address as far as it is ASCII, and what else belongs to it. Patterns are compiled when they are first used."""
_OUTSIDE = (NOT_PROSE | {RegionKind.COMMENT}) - {RegionKind.URL}
_WIDE = r"[\u2e80-\u2fff\u3001-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uff9f]"
_NOT_BARE = tuple("<\"'=[")
_IS_DEFINITION = r"[ \t]{0,3}\[(?!\^)[^\[\]]++\]:[ \t]*+\Z"
_HOST = r"[^/?#]*\.[A-Za-z]{2,}(?::[0-9]+)?"
_GOES_ON_AS_HOST = r"[^/?#。、]*\.[A-Za-z]"
_FILE = r"(?i:\.(?:html?|php|aspx?|jsp|pdf|png|jpe?g|gif|svg|md|txt|zip|mp[34])\Z)"
_SEARCH = r"[?&#~:](?:q|s|p|query|search|keyword|text|title)="
_ENDS = "。、，．；：」』）】》〉〕］"
_OPENS = "（「『【《〈〔"
_LONGEST = 20


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each such address."""
    if not re.compile(_CANDIDATE).search(note.data, note.body):
        return
    for found, span in find_in_body(note, re.compile(_ADDRESS), _OUTSIDE):
        if not _is_bare(found):
            continue
        rest, behind = found.groups()
        address = _without_closers(rest)
        safe = _must_end(address, behind[0], behind)
        if safe or (re.match(_WIDE, behind) and (address != rest or _should_end(address, behind))):
            url = found[0][: found.start(1) - found.start()] + address
            text = found[0][len(url) :]
            shown = short(text, _LONGEST)
            end = span.start + len(url)
            fix = Fix((Edit(Span(span.start, span.start), b"<"), Edit(Span(end, end), b">")), safe)
            yield Finding(span, {"url": url, "text": shown}, fix)


def _is_bare(found: re.Match[str]) -> bool:
    """Whether the address stands in plain text: not in the brackets of a link, in quotes, or in a definition."""
    text, start, end = found.string, found.start(), found.end()
    before = text[max(0, start - 300) : start]
    if before.endswith(_NOT_BARE) or (before[-1:].isascii() and before[-1:].isalnum()):
        return False
    if re.search(r"\]\([ \t]*\Z", before) or text.startswith("](", end):
        return False
    return not re.match(_IS_DEFINITION, before.rpartition("\n")[2])


def _without_closers(rest: str) -> str:
    """`rest` without brackets and asterisks at its end that were opened before it."""
    extra = rest.count(")") - rest.count("(")
    end = len(rest)
    while end and (rest[end - 1] == "*" or (rest[end - 1] == ")" and extra > 0)):
        end -= 1
        extra -= rest[end] == ")"
    return rest[:end]


def _must_end(address: str, first: str, behind: str) -> bool:
    """Whether it is certain that the address ends before `behind`."""
    if re.fullmatch(_HOST, address):
        return bool(re.match(_WIDE, first)) and not re.match(_GOES_ON_AS_HOST, behind)
    return "/" in address and (first in _ENDS or (first in _OPENS and address[-1:].isalnum()))


def _should_end(address: str, behind: str) -> bool:
    """Whether a reader would say so: a file's name, or words that belong to a sentence."""
    if re.search(_FILE, address):
        return True
    if "/" not in address or re.search(_SEARCH, address):
        return False
    if address.endswith("/"):
        return behind.startswith("を")
    in_sentence = re.search("[。、]", behind) and "/" not in behind
    return bool(in_sentence) and address[-1].isalnum() and "ぁ" <= behind[0] <= "ん"
