"""The checks by name. A new check is a module here and a line in `CHECKS`; a test holds each module against `Check`.

A check is pure: it sees a note and its context and yields findings. It reads no disk, knows no clock, no configuration,
no rule id and no other check, and prints nothing. Its module is loaded when a note is there in which it may find
something: a run of the linter starts with few of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, Protocol, cast

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.needs import Has, Needs
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


CHECKS: Mapping[str, Needs] = {
    "attachment-use": Needs(kinds=(Kind.ATTACHMENT, Kind.UNSUPPORTED), asks_links=True),
    "base-names": Needs(signs=(b"```", b"~~~"), kinds=(Kind.NOTE, Kind.BASE)),
    "bookmarks": Needs(kinds=(Kind.HIDDEN,)),
    "canvas-parts": Needs(kinds=(Kind.CANVAS,)),
    "claim-shared": Needs(keys=("aliases", "title", "vaultkit-id")),
    "conflict-marker": Needs(signs=(b"<<<<<<<",)),
    "connection": Needs(asks_links=True),
    "control-character": Needs(has=Has.CONTROLS),
    "daily-gap": Needs(),
    "daily-name": Needs(),
    "date-future": Needs(),
    "date-in-name": Needs(keys_in=("property",)),
    "date-link": Needs(),
    "date-order": Needs(keys_in=("earlier",)),
    "date-valid": Needs(keys_in=("properties",)),
    "emphasis": Needs(signs=(b"**",), has=Has.WIDE),
    "encoding": Needs(has=Has.CONTROLS),
    "entry-date": Needs(),
    "executable-code": Needs(keys=("vaultkit-id",)),
    "footnote-use": Needs(signs=(b"[^",)),
    "html-leftover": Needs(),
    "import-conflict": Needs(signs=(b"[!vaultkit-conflict",)),
    "issue-state": Needs(keys=("state",)),
    "jekyll-markup": Needs(signs=(b"{",)),
    "label-tag": Needs(keys_in=("property",)),
    "line-end": Needs(signs=(b"\r",)),
    "link-anchor": Needs(has=Has.INSIDE, kinds=(Kind.NOTE, Kind.CANVAS)),
    "link-case": Needs(),
    "link-choice": Needs(has=Has.SEVERAL, kinds=(Kind.NOTE, Kind.CANVAS)),
    "link-empty": Needs(has=Has.NEARLY_LINKS),
    "link-letters": Needs(has=Has.CODED),
    "link-path": Needs(signs=(b"]",)),
    "link-target": Needs(has=Has.MISSING, kinds=(Kind.NOTE, Kind.CANVAS)),
    "name-length": Needs(),
    "name-portable": Needs(has=Has.ODD_NAME),
    "name-shared": Needs(),
    "name-twin": Needs(has=Has.TWIN),
    "note-empty": Needs(),
    "properties-deprecated": Needs(keys=("alias", "aliases", "cssclass", "cssclasses", "tag")),
    "properties-known": Needs(),
    "properties-order": Needs(),
    "properties-readable": Needs(has=Has.ODD_PROPERTIES),
    "properties-required": Needs(),
    "properties-schema": Needs(),
    "properties-seen": Needs(has=Has.NO_PROPERTIES),
    "properties-typed": Needs(),
    "properties-unique": Needs(has=Has.ODD_PROPERTIES),
    "property-form": Needs(keys_in=("properties",)),
    "property-link": Needs(has=Has.PROPERTY_LINKS),
    "region-closed": Needs(has=Has.UNCLOSED),
    "secret": Needs(),
    "suppression-used": Needs(is_last=True),
    "tag-end": Needs(has=Has.WIDE),
    "tag-keywords": Needs(),
    "tag-known": Needs(),
    "tag-place": Needs(),
    "tag-replaced": Needs(),
    "tag-spelling": Needs(),
    "tags-present": Needs(),
    "tags-valid": Needs(keys=("tags",)),
    "text-pattern": Needs(),
    "title-alias": Needs(keys=("title",)),
    "title-mention": Needs(asks_titles=True),
    "url-end": Needs(signs=(b"://",), has=Has.WIDE),
    "url-form": Needs(),
    "weekday-of-date": Needs(),
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
