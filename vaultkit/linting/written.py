"""Links and paths as a message shows them, and the links that are not meant as links yet."""

from __future__ import annotations

from collections.abc import Sequence

from vaultkit.vault.note import Link, LinkKind

_LONGEST = 120
_SHOWN = 2


def is_placeholder(link: Link) -> bool:
    """Whether the target is a template's: `[[<% tp.date.now() %>]]`, `[[{{date}}]]`."""
    return "<%" in link.target or "{{" in link.target


def shown(link: Link) -> str:
    """The link in a few words: `[[Target]]`, `![[Target]]`, `(target)`."""
    target = short(link.target, _LONGEST)
    if link.kind in (LinkKind.WIKI, LinkKind.PROPERTY):
        return f"{'!' if link.embed else ''}[[{target}]]"
    return f"({target})"


def short(text: str, longest: int) -> str:
    """No more than the first `longest` characters of `text`."""
    return text if len(text) <= longest else f"{text[:longest]}…"


def some(paths: Sequence[str]) -> str:
    """The first of `paths`, and how many more there are."""
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    return ", ".join(paths[:_SHOWN]) + more
