"""Bytes of a note → `Note`. The only place that puts front matter and body together."""

from __future__ import annotations

from vaultkit.vault.frontmatter import find_front_matter, property_links, property_tags
from vaultkit.vault.note import Note
from vaultkit.vault.scan import scan


def parse(path: str, data: bytes) -> Note:
    """The note at vault path `path` with contents `data`. Never fails: see `front_matter.error`.

    Only the front matter is read at once, the body when it is asked for.
    """
    front_matter = find_front_matter(data)
    if front_matter is None:
        return Note(path, data, None, scan(data))
    body = scan(data, front_matter.span.end)
    if not front_matter.properties:
        return Note(path, data, front_matter, body)
    return Note(path, data, front_matter, body, property_links(front_matter, data), property_tags(front_matter))
