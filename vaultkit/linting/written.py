"""Links as a person wrote them, for messages, and the ones that are not meant as links yet."""

from __future__ import annotations

from vaultkit.vault.note import Link, LinkKind

_LONGEST = 120


def is_placeholder(link: Link) -> bool:
    """Whether the target is a template's: `[[<% tp.date.now() %>]]`, `[[{{date}}]]`."""
    return "<%" in link.target or "{{" in link.target


def shown(link: Link) -> str:
    """The link in a few words: `[[Target]]`, `![[Target]]`, `(target)`."""
    target = link.target if len(link.target) <= _LONGEST else link.target[:_LONGEST] + "…"
    if link.kind in (LinkKind.WIKI, LinkKind.PROPERTY):
        return f"{'!' if link.embed else ''}[[{target}]]"
    return f"({target})"
