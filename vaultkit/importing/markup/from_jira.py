"""Jira's wiki markup → Markdown. Not written yet: the text is handed back as it is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vaultkit.importing.markup.converted import Converted, unresolved
from vaultkit.importing.markup.pictures import Resolve


def from_jira(text: str, resolve: Resolve = unresolved, people: Mapping[str, str] = MappingProxyType({})) -> Converted:
    """The text as Markdown."""
    return Converted(str(text))
