"""How a note is known again that was imported."""

from __future__ import annotations

import re
from codecs import BOM_UTF8

from vaultkit.vault.frontmatter import find_front_matter
from vaultkit.vault.note import FrontMatter

ID = "vaultkit-id"
"""The one property that says so; flat text, because Obsidian does not show nested properties."""
ID_LINE = re.compile(rf"^{ID}:[ \t]*(\S+)[ \t]*\r?$".encode(), re.M)
"""The line of the property in a block whose YAML the user broke elsewhere."""


def identified(data: bytes) -> tuple[str, FrontMatter | None]:
    """The `vaultkit-id` of a note, and its front matter; the empty text and None when it bears none."""
    if f"{ID}:".encode() not in data[:65536]:
        return "", None
    data = data.removeprefix(BOM_UTF8)
    block = find_front_matter(data)
    for found in block.properties if block else ():
        if found.key == ID and isinstance(found.value, str):
            return found.value, block
    if block and block.error:  # the user broke the YAML elsewhere; the line still stands
        line = ID_LINE.search(data[slice(*block.content)])
        return (line[1].decode("utf-8", "replace"), block) if line else ("", None)
    return "", None
