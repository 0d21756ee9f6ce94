"""Links and images by reference: `[text][ref]`, `[ref][]` or `[ref]`, and the `[ref]: target` that they mean.

Computed from a parsed note when asked for. Knows CommonMark's rules for labels; where a target leads is the index's.
Obsidian keeps such links in a list of their own, and whether they make backlinks is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vaultkit.vault.destination import read_destination
from vaultkit.vault.hidden import hidden
from vaultkit.vault.note import Note, Span
from vaultkit.vault.spans import Spans

_MAX_LABEL = 999
"""What CommonMark allows for a label, in characters; here in bytes, times four."""
_LABEL = rb"((?:[^\[\]\\]|\\.){0,3996}+)"
_DEFINITION = re.compile(
    rb"^([ \t>]*+)\[(?!\^)((?:[^\[\]\\\n]|\\[^\n]){1,3996}+)\]:[ \t]*+(?:<([^<>\n]*+)>|([^\s<][^\s]*+))[^\n]*+", re.M
)
_TOKEN = re.compile(rb"\\.|!?\[|\]|\n[ \t\r>]*+(?=\n)", re.S)
_SECOND = re.compile(rb"\[" + _LABEL + rb"\]", re.S)
_SPACE = re.compile(r"\s+")


class Definition(NamedTuple):
    """`[label]: target`."""

    label: str
    target: str
    """A linktext of the vault, decoded; a URL as written."""
    external: bool
    span: Span
    """From the bracket to the end of the target."""


class ReferenceLink(NamedTuple):
    """A link that means what a definition says."""

    embed: bool
    text_span: Span
    """What is shown."""
    definition: Definition
    span: Span


def definitions(note: Note) -> dict[str, Definition]:
    """The definitions of `note` by label in the form in which labels are compared. Of several the first counts."""
    return _by_label(_definitions(note, hidden(note)))


def reference_links(note: Note) -> tuple[ReferenceLink, ...]:
    """The links and images of `note` that a definition of its own gives a target, in order.

    `[ ]` and `[x]` of tasks are none; nor is a bracket without a definition, which is mere text.
    """
    off = hidden(note)
    defined = _definitions(note, off)
    return tuple(_links(note, defined, off)) if defined else ()


def label_key(label: str) -> str:
    """What two labels share exactly when they are the same: case and white space make no difference."""
    return _SPACE.sub(" ", label.strip()).casefold()


def _by_label(defined: Iterable[Definition]) -> dict[str, Definition]:
    out: dict[str, Definition] = {}
    for one in defined:
        out.setdefault(label_key(one.label), one)
    return out


def _definitions(note: Note, off: Spans) -> list[Definition]:
    data = note.data
    out: list[Definition] = []
    reached = -1  # where a line may begin that follows a definition
    for found in _DEFINITION.finditer(data, note.body):
        start = found.end(1)
        if off.hold(start) or not (found.start() == reached or _may_begin(data, found.start(), note.body, off)):
            continue
        reached = found.end() + 1
        group = 3 if found[3] is not None else 4
        target = read_destination(found[group])
        shown = _text(found[group]) if target is None else target
        end = found.end(group) + (group == 3)
        out.append(Definition(_text(found[2]), shown, target is None, Span(start, end)))
    return out


def _may_begin(data: bytes, start: int, body: int, off: Spans) -> bool:
    """Whether no paragraph is open at the line at `start`: a definition cannot end one."""
    if start <= body:
        return True
    before = data[data.rfind(b"\n", body, start - 1) + 1 : start - 1].strip(b" \t\r>")
    return not before or before.startswith(b"#") or off.hold(start - 2)


def _links(note: Note, defined: Sequence[Definition], off: Spans) -> list[ReferenceLink]:
    data = note.data
    known = _by_label(defined)
    heads = Spans(one.span for one in defined)
    tasks = {task.span.start for task in note.tasks}
    out: list[ReferenceLink] = []
    opened: list[tuple[int, int]] = []  # the open brackets: where the link would begin, and its text
    closed = note.body  # a link ends here: no other may be around it
    plain = -1  # the text of the innermost bracket, if no other stood in it
    at = note.body
    while token := _TOKEN.search(data, at):
        at, mark, first = token.end(), token[0], token.start()
        if mark[:1] == b"\n":
            opened.clear()
        elif mark[:1] == b"\\" or off.hold(first) or heads.hold(first):
            continue
        elif mark != b"]":
            opened.append((first, at))
            plain = at
        elif opened:
            start, text = opened.pop()
            alone, plain = plain == text, -1
            embed = text - start == 2
            if text in tasks or data[at : at + 1] == b"(" or (start < closed and not embed):
                continue
            second = _SECOND.match(data, at)
            label = second[1] if second and second[1] else data[text:first] if alone else b""
            found = known.get(label_key(_text(label))) if 0 < len(label) <= 4 * _MAX_LABEL else None
            if found is None:
                continue
            at = second.end() if second else at
            out.append(ReferenceLink(embed, Span(text, first), found, Span(start, at)))
            closed = closed if embed else at
    return sorted(out, key=lambda one: one.span)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
