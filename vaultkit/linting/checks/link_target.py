"""Links (or embeds) that lead to no file.

Knows what Obsidian does not resolve and what the writer probably meant; never turns plain text into a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, NamedTuple

from vaultkit.globs import matches
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.linting.written import is_placeholder, shown
from vaultkit.vault.daily import parse_daily
from vaultkit.vault.edit import Edit
from vaultkit.vault.links import is_in_table, wikilink
from vaultkit.vault.names import Kind, extension, kind_of, normalize_path, stem
from vaultkit.vault.note import Link, LinkKind, Note


class Options(NamedTuple):
    """What to look at."""

    embeds: Annotated[bool, "look at embeds (`![[…]]`) instead of links"] = False
    daily_notes: Annotated[bool, "report links to daily notes that are not written yet"] = True
    ignore: Annotated[tuple[str, ...], "targets (patterns as for paths) that may lead nowhere"] = ()


VALUES = ("link", "hint")
EDITS = frozenset({Part.LINKS})


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """Links whose path leads to no file."""
    for link in context.followed(note).missing:
        if link.embed is not options.embeds:
            continue
        if is_placeholder(link) or matches(options.ignore, link.path):
            continue
        day = parse_daily(stem(normalize_path(link.path)), context.settings.daily_format)
        if day and not options.daily_notes:
            continue
        hint = f" yet: there is no daily note {day}" if day else _hint(link, context)
        yield Finding(link.span, {"link": shown(link), "hint": hint}, None if day else _fix(note, link, context))


def _hint(link: Link, context: Context) -> str:
    path = link.path
    if named := context.aliased(path):
        return f"; it is an alias, which is no link target: write {_or(_linked(link, p, context) for p in named[:3])}"
    if kind_of(path) is Kind.HIDDEN and not path.startswith("."):
        return "; Obsidian does not see files and folders whose name begins with a dot"
    if re.match(r"www\.", path, re.I):
        return "; a web address needs `https://`"
    if 0 < len(similar := context.similar(path)) <= 3:
        return f"; did you mean {_or(_linked(link, p, context) for p in similar)}?"
    return ""


def _fix(note: Note, link: Link, context: Context) -> Fix | None:
    """An alias of one note becomes a link to it that shows the alias; one similar name is taken only when asked."""
    if link.kind is not LinkKind.WIKI or link.embed:
        return None
    named = context.aliased(link.path)
    similar = () if named else context.similar(link.path)
    if len(named or similar) != 1:
        return None
    target = context.linktext((named or similar)[0], note.path) + link.subpath
    text = wikilink(target, link.display, in_table=is_in_table(note.data, link.span))
    return Fix((Edit(link.span, text.encode()),), safe=bool(named))


def _linked(link: Link, path: str, context: Context) -> str:
    target = context.linktext(path, path)
    return f"`[[{target}|{link.path}]]`" if extension(path) == "md" and not link.embed else f"`{target}`"


def _or(texts: Iterator[str]) -> str:
    return " or ".join(texts)
