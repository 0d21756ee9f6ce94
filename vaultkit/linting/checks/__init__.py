"""The checks by name. A new check is a module here and a line in `CHECKS`; mypy holds each module against `Check`.

A check is pure: it sees a note and its context and yields findings. It reads no disk, knows no clock, no configuration,
no rule id and no other check, and prints nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from vaultkit.linting.checks import (
    conflict_marker,
    control_character,
    date_in_name,
    emphasis,
    encoding,
    entry_date,
    executable_code,
    html_leftover,
    import_conflict,
    jekyll_markup,
    line_end,
    link_anchor,
    link_choice,
    link_target,
    name_portable,
    note_empty,
    properties_readable,
    properties_required,
    region_closed,
    secret,
    tags_present,
    tags_valid,
    text_pattern,
    url_end,
    weekday_of_date,
)
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
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
    "conflict-marker": conflict_marker,
    "control-character": control_character,
    "date-in-name": date_in_name,
    "emphasis": emphasis,
    "encoding": encoding,
    "entry-date": entry_date,
    "executable-code": executable_code,
    "html-leftover": html_leftover,
    "import-conflict": import_conflict,
    "jekyll-markup": jekyll_markup,
    "line-end": line_end,
    "link-anchor": link_anchor,
    "link-choice": link_choice,
    "link-target": link_target,
    "name-portable": name_portable,
    "note-empty": note_empty,
    "properties-readable": properties_readable,
    "properties-required": properties_required,
    "region-closed": region_closed,
    "secret": secret,
    "tags-present": tags_present,
    "tags-valid": tags_valid,
    "text-pattern": text_pattern,
    "url-end": url_end,
    "weekday-of-date": weekday_of_date,
}
