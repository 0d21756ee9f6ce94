"""Org → Markdown: sections of an outline, lines, a title.

Headings keep their order and depth; tasks at the head of a list of headings become tasks of Markdown, others keep their
state as a word. Drawers and the properties of a heading stay with it. Comments, options of export and the results'
frames go. There is no library for it: those in Python read the outline, which is the smaller part, and leave the text
as it is or want Emacs or pandoc beside them.
"""

from __future__ import annotations

from collections.abc import Sequence

from vaultkit.importing.markup.converted import Converted, unresolved
from vaultkit.importing.markup.lists import Lists
from vaultkit.importing.markup.org_inline import Lead, when
from vaultkit.importing.markup.org_outline import Section
from vaultkit.importing.markup.org_text import OrgText
from vaultkit.importing.markup.pictures import Resolve

_QUIET = frozenset({"id", "custom_id", "attach_dir"})
"""Properties that only Org itself needs."""


def _knows_none(_target: str, _text: str) -> str | None:
    return None


def convert_sections(
    sections: Sequence[Section],
    resolve: Resolve = unresolved,
    lead: Lead = _knows_none,
    raised: int = 0,
    *,
    are_tags: bool = False,
) -> Converted:
    """The sections with all their text as Markdown; headings are `raised` by so many levels. `are_tags`: what looks
    like a tag in the result is one, so that `#word` in the text, where Org has none, is escaped."""
    text = OrgText(resolve, lead, are_tags=are_tags)
    tasks = leading_tasks(sections)
    for i, section in enumerate(sections):
        _section(text, section, raised, as_task=i in tasks)
    text.lists.end()
    return text.converted()


def convert_lines(lines: Sequence[str], resolve: Resolve = unresolved, lead: Lead = _knows_none) -> Converted:
    """Lines without headings as Markdown."""
    text = OrgText(resolve, lead)
    text.blocks(lines)
    return text.converted()


def convert_phrase(text: str, resolve: Resolve = unresolved, lead: Lead = _knows_none) -> Converted:
    """What stands in one line, a title, as Markdown."""
    whole = OrgText(resolve, lead)
    whole.inline(text)
    return whole.converted()


def leading_tasks(sections: Sequence[Section]) -> set[int]:
    """The headings that may be items of a task list: tasks with no headings below them, and nothing but such between
    them and the heading above. Behind another heading they would belong to its text."""
    found: set[int] = set()
    may: dict[int, bool] = {}
    for i, section in enumerate(sections):
        level = section.level
        for deeper in [n for n in may if n > level]:
            del may[deeper]
        is_leaf = i + 1 == len(sections) or sections[i + 1].level <= level
        may[level] = bool(section.todo) and is_leaf and may.get(level, True)
        if may[level]:
            found.add(i)
    return found


def _section(text: OrgText, section: Section, raised: int, *, as_task: bool) -> None:
    lists = Lists(text.document)
    if section.level and as_task:
        text.lists.item(0, "-")
        text.document.task(section.is_done)
        _title(text, section, with_state=False)
    elif section.level:
        text.lists.end()
        text.document.heading(max(1, section.level - raised))
        _title(text, section, with_state=True)
        text.document.heading(0)
    for key, stamp in section.planning:
        text.document.inline.text(f"{key.lower()}:: {when(stamp)}\n")
    for key, value in section.properties:
        if value and key.lower() not in _QUIET:
            text.document.inline.text(f"{key.lower()}:: ")
            text.inline(value)
            text.document.inline.text("\n")
    text.document.end_paragraph()
    outer, text.lists = text.lists, lists
    text.blocks(section.lines)
    text.lists = outer


def _title(text: OrgText, section: Section, *, with_state: bool) -> None:
    inline = text.document.inline
    if with_state and section.todo:
        inline.text(f"{section.todo} ")
    if section.priority:
        inline.text(f"[#{section.priority}] ")
    text.inline(section.title)
    inline.raw(section.hashes)
    if not (section.title or section.tags or section.todo):
        inline.text("–")
    text.document.end_paragraph()
