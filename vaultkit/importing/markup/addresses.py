"""Where the links and images of foreign markup lead, as Markdown may have them.

Knows which addresses run code when they are clicked, and that a link to a file of the export embeds it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from vaultkit.importing.entry import Attachment
from vaultkit.importing.markup.inline import Inline
from vaultkit.importing.markup.markdown import escape
from vaultkit.importing.markup.pictures import Picture, Resolve, written

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*+):")
_BLANKS = re.compile(r"[\x00-\x20\x7f-\x9f]+")
_SAFE = frozenset(
    "http https ftp ftps sftp ssh git mailto tel sms geo irc xmpp news magnet message file dayone dayone2 evernote id"
    " smb zotero callto skype gemini gopher".split()
)


@dataclass(slots=True)
class Addresses:
    """What one text leads to: `attachments` are the files it embeds, `lost` what it may not keep."""

    resolve: Resolve
    attachments: dict[Attachment, None] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    def href(self, address: str) -> str:
        """The address of a link; "" and a line in `lost` for one that would run (`javascript:`, `data:`)."""
        address = address.strip()
        scheme = _SCHEME.match(_BLANKS.sub("", address[:300]))
        if scheme and scheme[1].lower() not in _SAFE:
            self.lost.append(address)
            return ""
        return address

    def file(self, address: str) -> str:
        """A link to a file of the export as its embed; "" when it leads elsewhere."""
        if not address or address.startswith("#"):
            return ""
        found = self.resolve(address)
        if found is None or found.attachment is None:
            return ""
        self.attachments[found.attachment] = None
        return f"![[{found.attachment.name}]]"

    def image(self, attributes: dict[str, str]) -> str:
        """An image with the attributes `src`, `alt`, `title`, `width`, `height`, as Markdown. What is nowhere keeps its
        address, so that it can be found; one that would run leaves its `alt`."""
        kept = {name: attributes[name] for name in ("src", "alt", "title", "width", "height") if attributes.get(name)}
        src = kept.get("src", "")
        found = self.resolve(src) if src else None
        if found is None and (src := self.href(src)):
            found = Picture(address=src)
        if found is None:
            return escape(kept.get("alt", ""))
        if found.address and src != found.address and "/" not in src:
            kept.setdefault("alt", src)  # the name of a file says more than its address
        image, _ = written(kept, found)
        if found.attachment:
            self.attachments[found.attachment] = None
        return image

    def link(self, inline: Inline, address: str, text: str = "") -> None:
        """A whole link into a paragraph; its text is plain. A file is embedded."""
        if embed := self.file(address):
            if text and text != address and text not in embed:
                inline.text(f"{text} ")
            inline.raw(embed)
            return
        href = self.href(address)
        if href and text in ("", href) and "://" in href and not re.search(r"[\s<>]", href):
            inline.raw(f"<{href}>")
            return
        if href:
            inline.open("link", href)
        inline.text(text or address)
        inline.close("link")
