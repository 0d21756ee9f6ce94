"""Issues whose `state` is none, or says another thing than their dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.entries import Entries, is_of_kind
from vaultkit.linting.parts import Part
from vaultkit.linting.written import short
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """What a state may be, and what says that an issue is done."""

    open: Annotated[tuple[str, ...], "states of issues that are not done"] = ("open",)
    closed: Annotated[tuple[str, ...], "states of issues that are done"] = ("closed",)
    dates: Annotated[tuple[str, ...], "properties that only issues have that are done"] = ("closed", "merged")


VALUES = ("problem",)
EDITS: frozenset[Part] = frozenset()
_SHOWN = 40


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding. An issue without a state is told elsewhere, if it is."""
    found = note.find_property("state")
    if found is None or found.value in (None, "") or found.value in options.closed:
        return
    if not is_of_kind(note, context, Entries.ISSUE):
        return
    if found.value not in options.open:
        allowed = " or ".join(f"`{state}`" for state in (*options.open, *options.closed))
        problem = f"`state` is `{short(' '.join(str(found.value).split()), _SHOWN)}`, not {allowed}"
        yield Finding(found.span, {"problem": problem})
        return
    for key in options.dates:
        date = note.find_property(key)
        if date is not None and date.value not in (None, ""):
            problem = f"`state` is `{found.value}`, but `{date.key}` says that the issue is done"
            yield Finding(found.span, {"problem": problem})
            return
