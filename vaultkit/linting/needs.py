"""What must be in a file for a check to find something in it. Types only; who is asked is `asking`."""

from __future__ import annotations

from enum import IntFlag, auto
from typing import NamedTuple

from vaultkit.vault.names import Kind


class Has(IntFlag):
    """What a file can have besides certain texts and properties."""

    ANYTHING = 0
    WIDE = auto()
    """Characters beyond ASCII."""
    CONTROLS = auto()
    """Control characters, or characters beyond ASCII, some of which are."""
    CODED = auto()
    """Characters beyond ASCII, as they are or as `%E3`."""
    MISSING = auto()
    """Links that lead to no file; as the two behind in the words of `Context.followed`."""
    SEVERAL = auto()
    INSIDE = auto()
    NEARLY_LINKS = auto()
    """`Body.nearly_links`."""
    UNCLOSED = auto()
    """`Body.unclosed`."""
    PROPERTY_LINKS = auto()
    """`[[` in its properties."""
    ODD_PROPERTIES = auto()
    """Properties that cannot be read, or of which two differ only in case."""
    ODD_NAME = auto()
    """A name on its path that another system, the web or a link may refuse (`path_names.has_odd_name`)."""
    TWIN = auto()
    """`Context.twin`."""
    NO_PROPERTIES = auto()
    """No block of properties."""


class Needs(NamedTuple):
    """The files in which a check may find something: those of these kinds, and of the notes those that have all of
    this."""

    signs: tuple[bytes, ...] = ()
    """One of these texts; none: no matter."""
    has: Has = Has.ANYTHING
    keys: tuple[str, ...] = ()
    """One of these properties, in lower case; none: no matter."""
    keys_in: tuple[str, ...] = ()
    """Options of the check that name such properties."""
    kinds: tuple[Kind, ...] = (Kind.NOTE,)
    """The only hidden file that is looked at is that of the bookmarks. Of attachments and files that Obsidian does not
    open only the names are."""
    asks_links: bool = False
    """Whether it asks which files refer to one (`Context.is_reached`), which must be collected for it."""
    asks_titles: bool = False
    """Whether it asks which titles stand in a text (`Context.titles_in`)."""
    is_last: bool = False
    """Whether it must know what the others found (`Context.idle`)."""
