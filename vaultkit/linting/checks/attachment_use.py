"""Attachments that nothing in the vault refers to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.names import Kind, extension, kind_of
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """Which files are attachments."""

    extensions: Annotated[
        tuple[str, ...], "look, beside pictures, recordings, films and PDFs, at files with these (`docx`, `zip`)"
    ] = ()


VALUES = ("name",)
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding."""
    is_one = kind_of(note.path) is Kind.ATTACHMENT or extension(note.path) in _plain(options.extensions)
    if is_one and not context.is_reached(note.path):
        yield Finding(WHOLE_NOTE, {"name": note.path.rpartition("/")[2]})


def _plain(extensions: tuple[str, ...]) -> set[str]:
    return {one.lower().removeprefix(".") for one in extensions}
