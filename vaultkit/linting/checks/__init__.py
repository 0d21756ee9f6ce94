"""The checks by name. A new check is a module here and a line in `CHECKS`; mypy holds each module against `Check`.

A check is pure: it sees a note and its context and yields findings. It reads no disk, knows no clock, no configuration,
no rule id and no other check, and prints nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from vaultkit.linting.checks import (
    base_names,
    canvas_parts,
    claim_shared,
    conflict_marker,
    control_character,
    daily_gap,
    daily_name,
    date_future,
    date_in_name,
    date_link,
    date_order,
    date_valid,
    emphasis,
    encoding,
    entry_date,
    executable_code,
    footnote_use,
    html_leftover,
    import_conflict,
    jekyll_markup,
    line_end,
    link_anchor,
    link_choice,
    link_empty,
    link_letters,
    link_target,
    name_portable,
    note_empty,
    properties_deprecated,
    properties_known,
    properties_order,
    properties_readable,
    properties_required,
    properties_schema,
    properties_seen,
    properties_typed,
    properties_unique,
    property_link,
    region_closed,
    secret,
    suppression_used,
    tag_end,
    tag_keywords,
    tag_known,
    tag_place,
    tag_replaced,
    tags_present,
    tags_valid,
    text_pattern,
    url_end,
    url_form,
    weekday_of_date,
)
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.names import Kind
from vaultkit.vault.note import Note


class Check(Protocol):
    """What every check module has."""

    @property
    def Options(self) -> type[Any]:
        """The named tuple against which a rule's options are read."""

    @property
    def VALUES(self) -> tuple[str, ...]:
        """Names of the values its findings carry, for the rule's message."""

    @property
    def EDITS(self) -> frozenset[Part]:
        """Parts of a note that its fixes may change besides prose and properties."""

    def check(self, note: Note, context: Context, options: Any) -> Iterator[Finding]:
        """Where the law does not hold in `note`."""


CHECKS: Mapping[str, Check] = {
    "base-names": base_names,
    "canvas-parts": canvas_parts,
    "claim-shared": claim_shared,
    "conflict-marker": conflict_marker,
    "control-character": control_character,
    "daily-gap": daily_gap,
    "daily-name": daily_name,
    "date-future": date_future,
    "date-in-name": date_in_name,
    "date-link": date_link,
    "date-order": date_order,
    "date-valid": date_valid,
    "emphasis": emphasis,
    "encoding": encoding,
    "entry-date": entry_date,
    "executable-code": executable_code,
    "footnote-use": footnote_use,
    "html-leftover": html_leftover,
    "import-conflict": import_conflict,
    "jekyll-markup": jekyll_markup,
    "line-end": line_end,
    "link-anchor": link_anchor,
    "link-choice": link_choice,
    "link-empty": link_empty,
    "link-letters": link_letters,
    "link-target": link_target,
    "name-portable": name_portable,
    "note-empty": note_empty,
    "properties-deprecated": properties_deprecated,
    "properties-known": properties_known,
    "properties-order": properties_order,
    "properties-readable": properties_readable,
    "properties-required": properties_required,
    "properties-schema": properties_schema,
    "properties-seen": properties_seen,
    "properties-typed": properties_typed,
    "properties-unique": properties_unique,
    "property-link": property_link,
    "region-closed": region_closed,
    "secret": secret,
    "suppression-used": suppression_used,
    "tag-end": tag_end,
    "tag-keywords": tag_keywords,
    "tag-known": tag_known,
    "tag-place": tag_place,
    "tag-replaced": tag_replaced,
    "tags-present": tags_present,
    "tags-valid": tags_valid,
    "text-pattern": text_pattern,
    "url-end": url_end,
    "url-form": url_form,
    "weekday-of-date": weekday_of_date,
}

_ELSEWHERE = {
    "base-names": (Kind.NOTE, Kind.BASE),
    "canvas-parts": (Kind.CANVAS,),
    "link-anchor": (Kind.NOTE, Kind.CANVAS),
    "link-choice": (Kind.NOTE, Kind.CANVAS),
    "link-target": (Kind.NOTE, Kind.CANVAS),
}


def kinds_of(check: str) -> tuple[Kind, ...]:
    """Kinds of files that the check called `check` looks at."""
    return _ELSEWHERE.get(check, (Kind.NOTE,))
