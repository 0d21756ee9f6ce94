"""Links (or embeds) that lead to no file.

Knows what Obsidian does not resolve, what the writer probably meant, and what was once there: each such link has one
reason, and a rule asks for one of them. Never turns plain text into a link.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, NamedTuple

from vaultkit.globs import matches
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.history import Lost
from vaultkit.linting.parts import Part
from vaultkit.linting.written import is_placeholder, shown
from vaultkit.vault.daily import parse_daily
from vaultkit.vault.edit import Edit
from vaultkit.vault.links import is_in_table, wikilink
from vaultkit.vault.names import Kind, extension, kind_of, normalize_path, stem
from vaultkit.vault.note import Link, LinkKind, Note


class Reason(StrEnum):
    """Why a link has no target, as far as can be told. Each link has one."""

    ALIAS = "alias"
    """It names an alias."""
    BROKEN = "broken"
    """It was meant for a file that is or was there, or is no mere name: it has a path, an extension, a heading or a
    block."""
    UNWRITTEN = "unwritten"
    """Any other: the note may still be written."""
    ANY = "any"


class Options(NamedTuple):
    """What to look at."""

    embeds: Annotated[bool, "look at embeds (`![[…]]`) instead of links"] = False
    reason: Annotated[
        Reason,
        "which links: those that name an alias (`alias`), that are misspelt or more than a name (`broken`), all others"
        " (`unwritten`), or `any`",
    ] = Reason.ANY
    daily_notes: Annotated[bool, "report links to daily notes that are not written yet"] = True
    history: Annotated[
        bool,
        "a name whose note git knew, and that was deleted or renamed, is `broken`; say the same in the rules that ask"
        " for `broken` and for `unwritten`",
    ] = True
    ignore: Annotated[tuple[str, ...], "targets (patterns as for paths) that may lead nowhere"] = ()


VALUES = ("link", "hint")
EDITS = frozenset({Part.LINKS})
_WEB = re.compile(r"www\.|https?//|https?:/[^/]", re.I)


class _Seen(NamedTuple):
    """What can be told of a link without a target."""

    reason: Reason
    day: dt.date | None = None
    meant: tuple[str, ...] = ()
    """Paths of the files that it may be meant for."""
    is_slip: bool = False
    """It differs from those by letters."""
    lost: Lost | None = None
    """The note that once was there."""


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """Links whose path leads to no file."""
    for link in context.followed(note).missing:
        if link.embed is not options.embeds or is_placeholder(link):
            continue
        seen = _see(link, context, options.history)
        if options.reason not in (seen.reason, Reason.ANY) or (seen.day and not options.daily_notes):
            continue
        if options.ignore and matches(options.ignore, link.path):
            continue
        yield Finding(
            link.span, {"link": shown(link), "hint": _hint(link, seen, context)}, _fix(note, link, seen, context)
        )


def _see(link: Link, context: Context, history: bool) -> _Seen:
    path = link.path
    similar = context.similar(path)
    day = parse_daily(stem(normalize_path(path)), context.settings.daily_format)
    if day and not similar:
        return _lost(path, context, history) or _Seen(Reason.UNWRITTEN, day)  # never a slip for another day
    if named := context.aliased(path):
        return _Seen(Reason.ALIAS, meant=named)
    if similar:
        return _Seen(Reason.BROKEN, meant=similar)
    if not link.embed and "/" not in path and (near := context.near(path)):
        return _Seen(Reason.BROKEN, meant=near, is_slip=True)
    if _is_more_than_a_name(link):
        return _Seen(Reason.BROKEN)
    return _lost(path, context, history) or _Seen(Reason.UNWRITTEN)


def _lost(name: str, context: Context, history: bool) -> _Seen | None:
    """What there is to say of a note that was there; None: there was none of that name."""
    lost = context.lost(name) if history else None
    if lost is None:
        return None
    return _Seen(Reason.BROKEN, meant=(lost.now,) if lost.now and context.file_at(lost.now) else (), lost=lost)


def _is_more_than_a_name(link: Link) -> bool:
    """Whether the link has a path, an extension, a heading or a block, or looks like an address."""
    path = link.path
    if "/" in path or "#" in link.target or path.startswith(".") or _WEB.match(path):
        return True
    if kind_of(path) is not Kind.UNSUPPORTED:
        return True
    return link.kind is not LinkKind.WIKI and extension(path).isalnum()  # `[x](notes.txt)`, but `[[Node.js]]`


def _hint(link: Link, seen: _Seen, context: Context) -> str:
    path, meant = link.path, seen.meant
    if seen.reason is Reason.ALIAS:
        return f"; it is an alias, which is no link target: write {_or(_linked(link, p, context) for p in meant[:3])}"
    if seen.lost:
        return _what_happened(link, seen, seen.lost, context)
    if seen.day:
        return f" yet: there is no daily note {seen.day}"
    if kind_of(path) is Kind.HIDDEN and not path.startswith("."):
        return "; Obsidian does not see files and folders whose name begins with a dot"
    if _WEB.match(path):
        return "; a web address needs `https://`"
    if 0 < len(meant) <= 3:
        return f"; did you mean {_or(_linked(link, p, context, seen.is_slip) for p in meant)}?"
    return ""


def _what_happened(link: Link, seen: _Seen, lost: Lost, context: Context) -> str:
    """That it was renamed, deleted or is merely gone, and when."""
    when = f" on {lost.day}" if lost.day else ""
    if seen.meant:
        return f": `{lost.path}` became `{lost.now}`{when}; write {_linked(link, lost.now, context)}"
    return f": `{lost.path}` was deleted{when}" if when else f": `{lost.path}`, which git knows, is not there any more"


def _fix(note: Note, link: Link, seen: _Seen, context: Context) -> Fix | None:
    """An alias of one note becomes a link to it that shows the alias; one similar name, or the one
    that git saw the note get, is taken only when asked."""
    if link.kind is not LinkKind.WIKI or link.embed or len(seen.meant) != 1:
        return None
    target = context.linktext(seen.meant[0], note.path)
    display = "" if seen.is_slip and link.display == link.path else link.display
    text = wikilink(target + link.subpath, display, in_table=is_in_table(note.data, link.span))
    return Fix((Edit(link.span, text.encode()),), safe=seen.reason is Reason.ALIAS)


def _linked(link: Link, path: str, context: Context, is_slip: bool = False) -> str:
    target = context.linktext(path, path)
    if extension(path) != "md" or link.embed:
        return f"`{target}`"
    return f"`[[{target}]]`" if is_slip else f"`[[{target}|{link.path}]]`"


def _or(texts: Iterator[str]) -> str:
    return " or ".join(texts)
