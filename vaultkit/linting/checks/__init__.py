"""The checks by name. A new check is a module here and a line in `CHECKS`; a test holds each module against `Check`.

A check is pure: it sees a note and its context and yields findings. It reads no disk, knows no clock, no configuration,
no rule id and no other check, and prints nothing. Its module is loaded when a note is there in which it may find
something: a run of the linter starts with few of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, NamedTuple, Protocol, cast

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.lazy import lazy
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


class Asked(NamedTuple):
    """Which files a check is asked about."""

    needs: bytes = b""
    """Stands in every file in which it finds something; empty: there is no such text."""
    wide: bool = False
    """Whether it finds something only where there are characters beyond ASCII."""
    kinds: tuple[Kind, ...] = (Kind.NOTE,)
    """The only hidden file that is looked at is that of the bookmarks. Of attachments and files that Obsidian does not
    open only the names are."""
    links: bool = False
    """Whether it asks which files refer to one (`Context.is_reached`), which must be collected for it."""


CHECKS: Mapping[str, Asked] = {
    "attachment-use": Asked(kinds=(Kind.ATTACHMENT, Kind.UNSUPPORTED), links=True),
    "base-names": Asked(kinds=(Kind.NOTE, Kind.BASE)),
    "bookmarks": Asked(kinds=(Kind.HIDDEN,)),
    "canvas-parts": Asked(kinds=(Kind.CANVAS,)),
    "claim-shared": Asked(),
    "conflict-marker": Asked(needs=b"<<<<<<<"),
    "connection": Asked(links=True),
    "control-character": Asked(),
    "daily-gap": Asked(),
    "daily-name": Asked(),
    "date-future": Asked(),
    "date-in-name": Asked(),
    "date-link": Asked(),
    "date-order": Asked(),
    "date-valid": Asked(),
    "emphasis": Asked(needs=b"**", wide=True),
    "encoding": Asked(),
    "entry-date": Asked(),
    "executable-code": Asked(needs=b"vaultkit-id"),
    "footnote-use": Asked(needs=b"[^"),
    "html-leftover": Asked(),
    "import-conflict": Asked(needs=b"[!vaultkit-conflict"),
    "jekyll-markup": Asked(needs=b"{"),
    "line-end": Asked(needs=b"\r"),
    "link-anchor": Asked(kinds=(Kind.NOTE, Kind.CANVAS)),
    "link-choice": Asked(kinds=(Kind.NOTE, Kind.CANVAS)),
    "link-empty": Asked(),
    "link-letters": Asked(),
    "link-target": Asked(kinds=(Kind.NOTE, Kind.CANVAS)),
    "name-portable": Asked(),
    "name-shared": Asked(),
    "note-empty": Asked(),
    "properties-deprecated": Asked(),
    "properties-known": Asked(),
    "properties-order": Asked(),
    "properties-readable": Asked(),
    "properties-required": Asked(),
    "properties-schema": Asked(),
    "properties-seen": Asked(),
    "properties-typed": Asked(),
    "properties-unique": Asked(),
    "property-link": Asked(needs=b"[["),
    "region-closed": Asked(),
    "secret": Asked(),
    "suppression-used": Asked(),
    "tag-end": Asked(wide=True),
    "tag-keywords": Asked(),
    "tag-known": Asked(),
    "tag-place": Asked(),
    "tag-replaced": Asked(),
    "tag-spelling": Asked(),
    "tags-present": Asked(),
    "tags-valid": Asked(),
    "text-pattern": Asked(),
    "url-end": Asked(needs=b"://", wide=True),
    "url-form": Asked(),
    "weekday-of-date": Asked(),
}


class _Loaded:
    """A check whose module is loaded when something of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    @lazy
    def _module(self) -> Check:
        return cast("Check", import_module(f"{__name__}.{self._name.replace('-', '_')}"))

    @property
    def Options(self) -> type[Any]:
        return self._module.Options

    @property
    def VALUES(self) -> tuple[str, ...]:
        return self._module.VALUES

    @property
    def EDITS(self) -> frozenset[Part]:
        return self._module.EDITS

    def check(self, note: Note, context: Context, options: Any) -> Iterator[Finding]:
        check = self.__dict__["check"] = self._module.check  # the next note asks it without us
        return check(note, context, options)


def check_named(name: str) -> Check:
    """One of `CHECKS`."""
    return _Loaded(name)
