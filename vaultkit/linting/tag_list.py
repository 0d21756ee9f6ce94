"""The list of tags that an owner keeps in a note of the vault: the items of its lists, nested as the tags are.

    - diary: what happened
    - place
      - japan          place/japan
    - project/*        all below `project`
    - #book            a tag as Obsidian sees it

Knows the form of the note; which tags are asked for is `checks.tag_known`.
"""

from __future__ import annotations

import re

from vaultkit.linting.tag_set import check_tag_pattern
from vaultkit.vault.hidden import NOT_MARKDOWN, inside
from vaultkit.vault.note import Note

_ITEM = re.compile(rb"^([ \t]*+)(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(#?)([^\s#:,;`\[\]()]++)", re.M)
_BEHIND = re.compile("[：、，。（]")
"""Ends a word where no space does: `旅行：京都など`."""
_TAB = 4


def tags_listed(note: Note) -> tuple[str, ...]:
    """The tags and beginnings of tags (`project/*`) that the note lists, each once, in order.

    The first word of an item is a tag, what follows is a remark. An item with `#` is a whole tag; one without lies
    below the tag of the item that it is nested in, unless it begins with it. What can be no tag is passed over.
    """
    code = inside(note, NOT_MARKDOWN)
    above: list[tuple[int, str]] = []
    out: dict[str, None] = {}
    for item in _ITEM.finditer(note.data, note.body):
        if code.hold(item.start(3)):
            continue
        indent = len(item[1].expandtabs(_TAB))
        while above and above[-1][0] >= indent:
            above.pop()
        word = _BEHIND.split(item[3].decode("utf-8", "replace"), maxsplit=1)[0]
        parent = above[-1][1] if above else ""
        if not item[2] and parent and not word.lower().startswith(f"{parent.lower()}/"):
            word = f"{parent}/{word}"
        try:
            tag = check_tag_pattern(word)
        except ValueError:
            continue
        out[tag] = None
        above.append((indent, tag.removesuffix("*").removesuffix("/")))
    return tuple(out)
