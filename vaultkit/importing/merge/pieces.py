"""What a merge yields: pieces that both sides agree upon, and clashes. And what its callers get of it.

Only types. How a clash is shown is not known here: an import shows a callout (`render`), git shows markers.
"""

from __future__ import annotations

from typing import NamedTuple


class Agreed(NamedTuple):
    """Text that the result holds."""

    text: bytes


class Clash(NamedTuple):
    """A passage, in whole lines, that both sides changed in ways that cannot be joined. Any of them may be empty."""

    mine: bytes
    """The user's text without the callouts of open conflicts in it."""
    base: bytes
    theirs: bytes
    """With the line ends of the user's note."""
    standing: bytes
    """The user's text as it stands in the note, callouts included: what a result must hold."""


Piece = Agreed | Clash


class KeyClash(NamedTuple):
    """A property that both sides changed; the front matter of the result holds the user's. Texts are those of the
    entry, key included; empty: the property is not there."""

    key: str
    mine: bytes
    base: bytes
    theirs: bytes


class Conflict(NamedTuple):
    """Something a person should look at. Nothing of it is lost: `mine` stands in the note, `theirs` here, and for the
    body in a callout below the passage, too."""

    id: str
    """`vk-7f3a21`: digits of a hash of `where` and of what the source changed from and to, so that it is the same when
    the same conflict comes up again, however the user goes on writing."""
    where: str
    """The key of the property; `---` for front matter that cannot be taken apart; empty for the body."""
    mine: bytes
    theirs: bytes


class Merged(NamedTuple):
    """The merged note. Without `conflicts` nobody needs to look at it."""

    data: bytes
    conflicts: tuple[Conflict, ...]
