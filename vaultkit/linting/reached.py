"""Where the references of notes, canvases and bases lead, and which of them lead to a file.

Knows what was claimed (`claims`: each file claims the names that it refers to) and asks the index for the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vaultkit.linting.asked import name_key
from vaultkit.vault.index import Ambiguous, Found, Index, Resolution, relative
from vaultkit.vault.references import Reference

_EXACT, _LINK = "=", "~"


def written(reference: Reference) -> str:
    """The reference as one text."""
    return f"{_EXACT if reference.is_exact else _LINK}{reference.path}"


def read(text: str) -> Reference:
    """What was `written`."""
    return Reference(text[1:], text[0] == _EXACT)


def names_of(reference: Reference, source: str) -> Iterator[str]:
    """The `name_key`s of all files to which the reference, standing in the file at `source`, can ever lead."""
    path, is_exact = reference
    for one in (path, path.split("?", 1)[0].strip()) if "?" in path else (path,):
        full = relative(source.rpartition("/")[0], one) if one.startswith(".") and not is_exact else one
        if full:
            yield name_key(full)


def targets(reference: Reference, source: str, index: Index) -> tuple[str, ...]:
    """Paths of the files to which it leads; several where nobody knows which one Obsidian takes."""
    path, is_exact = reference
    found: Resolution = index.at(path) if is_exact else index.follow_path(path, source)
    match found:
        case Found(target):
            return (target,)
        case Ambiguous(paths):
            return paths
    return ()


class Reached:
    """The files that are led to by references to one name."""

    def __init__(self, bearers: Iterable[tuple[str, str]], index: Index) -> None:
        """`bearers`: the file and the `written` reference of each."""
        self.names: set[str] = set()
        """The `name_key`s on which it depends besides the name itself: `pic.png?raw=true` may be a name, too."""
        self._sources: dict[str, set[str]] = {}
        for source, text in bearers:
            reference = read(text)
            if "?" in text:
                self.names.update(names_of(reference, source))
            for path in targets(reference, source, index):
                sources = self._sources.setdefault(path, set())
                if len(sources) < 2:
                    sources.add(source)

    def is_reached(self, path: str) -> bool:
        """Whether another file leads to `path`."""
        return bool(self._sources.get(path, set()) - {path})
