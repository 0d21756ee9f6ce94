"""Bytes of a note → `Note`. The only place that puts front matter and body together."""

from __future__ import annotations

from vaultkit.vault.frontmatter import find_front_matter, property_links, property_tags
from vaultkit.vault.note import Note
from vaultkit.vault.scan import scan


def parse(path: str, data: bytes) -> Note:
    """The note at vault path `path` with contents `data`. Never fails: see `front_matter.error`."""
    front_matter = find_front_matter(data)
    body = scan(data, front_matter.span.end if front_matter else 0)
    links, tags = body.links, body.tags
    if front_matter and front_matter.properties:
        links += tuple(property_links(front_matter, data))
        tags = (*property_tags(front_matter), *tags)
    return Note(path, data, front_matter, body.headings, links, tags, body.blocks, body.tasks, body.marks)
