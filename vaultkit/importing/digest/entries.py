"""Paper notes as XML that is hardly any: one element for each note, and nothing in it is escaped.

Knows its elements, and what an issue's text is made of when a program filled it in: `# Abstract`, `# Summary (by …)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from textwrap import dedent

from vaultkit.importing.digest.note import COMMENT, SUMMARY, Published, demoted, numbered
from vaultkit.importing.entry import Notice, NoticeKind
from vaultkit.importing.issue.fields import failed
from vaultkit.importing.markup.from_html import from_html
from vaultkit.importing.xml_stream import BrokenXml, inner, raw_records

DETAIL = 1
RECORD = "paper-entry"

_VERSION = re.compile(r'<paper-list\b[^<>]{0,500}?\blast-updated="([^"]*+)"')
_PLAIN = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_TOP = re.compile(r"# +(\S.*)")
_BY = re.compile(r"(Summary|Translation) \(by ([^()]+)\)")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_RAW = re.compile(r"\{%-?\s*+(?:end)?raw\s*+-?%\}")
_TWEET = re.compile(
    r'<div\s++class="tweet-embed"(?:(?!data-embed=)[^\'"<>]|"[^"]*+")*+data-embed=\'([^\']*+)\'[^<>]*+>\s*+'
    r'(?:<div\s++class="tweet-placeholder">[^<]*+</div>\s*+)?</div>'
)
_QUOTED_LINK = re.compile(r"<blockquote[^<>]*+>\s*+(<a\b[^<>]*+>[^<]*+</a>)\s*+</blockquote>")
_BARE_LINK = re.compile(r'<a\b([^<>]{0,500}?)href="([^"<>]{0,2000}+)"([^<>]{0,500}+)>\s*+</a>')
_ITEM = re.compile(r"[ \t]*+[-*] +")


def version(head: str) -> str:
    """The day on which the list that begins with `head` was made; empty: it does not say."""
    found = _VERSION.search(head)
    return found[1] if found else ""


def notes(pieces: Iterable[str], origin: str, made: str) -> Iterator[Published | Notice]:
    """The notes of the list whose text is `pieces`, in order. `made`: its `version`."""
    for record in raw_records(pieces, (RECORD,)):
        yield from _note(record, origin, made)


def _note(record: BrokenXml, origin: str, made: str) -> Iterator[Published | Notice]:
    text = record.text.replace("\r\n", "\n")
    issue = numbered(_field(text, "repo-issue-link"))
    if record.why or issue is None:
        why = record.why or "<repo-issue-link> holds no address of an issue"
        yield failed(origin, record.place, why, text)
        return
    source = _field(text, "original-paper-blog-link")
    parts = dict(_parts(inner(text, "issue-body").strip("\n")))
    authors = _authors(parts.get("Authors", ""))
    if authors:
        del parts["Authors"]
    if _only_item(parts.get("URL", "")) == source:
        parts.pop("URL", None)
    if parts.get("", "").strip() in (source, ""):
        parts.pop("", None)
    summary_by, summary = "", ""
    for name in list(parts):
        if (by := _BY.fullmatch(name)) and by[1] == "Summary" and not summary:
            summary_by, summary = by[2], parts.pop(name)
    lost: list[str] = []
    comment = _comment(inner(text, "maintainer-comment-text"), lost)
    if lost:
        message = "markup that means nothing in a note was left out"
        yield Notice(NoticeKind.WARNING, f"{origin}: {record.place}", message, "\n".join(lost))
    yield Published(
        issue=issue,
        title_line=" ".join(_field(text, "title").split()),
        day=_field(text, "repo-issue-date"),
        labels=tuple(dict.fromkeys(filter(None, (tag.strip() for tag in _field(text, "tags").split(","))))),
        sections=(
            ("", _tidy(parts.pop("", ""))),
            (SUMMARY, _tidy(summary)),
            (COMMENT, comment),
            *((name, _tidy(part)) for name, part in parts.items()),
        ),
        authors=authors,
        source=source,
        summary_by=summary_by,
        detail=DETAIL,
        version=made,
        origin=origin,
        place=record.place,
    )


def _field(text: str, tag: str) -> str:
    """The text of the first element of that name, with XML's own references resolved; an address that was written with
    a bare `&` stays whole."""
    start = text.find(f"<{tag}>")
    end = text.find(f"</{tag}>", start)
    found = text[start + len(tag) + 2 : end].strip() if 0 <= start < end else ""
    for reference, char in _PLAIN:
        found = found.replace(reference, char)
    return "" if found == "None" else found


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """The text of an issue by its `# headings`, what stands before the first one under the empty name; a heading that
    comes again keeps its part apart by a blank line in the first one of its name."""
    found: dict[str, list[str]] = {"": []}
    name, fenced = "", False
    for line in text.split("\n"):
        fenced ^= _FENCE.match(line) is not None
        heading = None if fenced else _TOP.fullmatch(line.rstrip())
        if heading:
            name = heading[1].strip()
            found.setdefault(name, []).append("")
        else:
            found[name].append(line)
    return ((name, "\n".join(lines).strip("\n")) for name, lines in found.items())


def _items(text: str) -> list[str] | None:
    """The items of a text that is a list of lines and nothing else; None: it is not."""
    lines = [line for line in text.split("\n") if line.strip()]
    marks = [_ITEM.match(line) for line in lines]
    return [line[mark.end() :].strip() for line, mark in zip(lines, marks, strict=True) if mark] if all(marks) else None


def _only_item(text: str) -> str:
    items = _items(text)
    return items[0] if items and len(items) == 1 else ""


def _authors(text: str) -> tuple[str, ...]:
    return tuple(_items(text) or ())


def _tidy(text: str) -> str:
    """A section: one item alone is a paragraph, a list stands at the margin, and headings stand below the section's."""
    text = "\n".join(demoted(dedent(text).strip("\n").split("\n"), 1)).rstrip()
    return _only_item(text) or text


def _comment(html: str, lost: list[str]) -> str:
    """What the owner wrote; posts of others that the page shows are links."""
    text = _RAW.sub("", html).strip()
    if not text or text == "None":
        return ""
    text = _TWEET.sub(lambda found: "<p>" + _QUOTED_LINK.sub(r"\1", found[1]) + "</p>", text)
    text = _BARE_LINK.sub(r'<a\1href="\2"\3>\2</a>', text)
    found = from_html(text)
    lost += found.lost
    return "\n".join(demoted(found.text.strip().split("\n"), 2))
