"""What the texts of a Logseq graph refer to: pages by title and alias, blocks by id, days by title, files in `assets`.

Learns all pages of a graph first; then writes each reference so that the importer finds where it leads, or Obsidian a
page that is not written yet.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from vaultkit.importing.entry import Attachment
from vaultkit.importing.logseq.day import USUAL, read_day
from vaultkit.importing.markup.pictures import Resolve, convert_pictures
from vaultkit.importing.markup.shield import replace_outside
from vaultkit.vault.links import wikilink
from vaultkit.vault.names import safe_name
from vaultkit.vault.tags import clean_tag

_UUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_PAGE = r"\[\[(?P<{0}>[^\[\]\n]{{1,400}}(?:\[\[[^\[\]\n]{{1,200}}\]\][^\[\]\n]{{0,400}})?)\]\]"
_REFERENCE = re.compile(
    rf"\{{\{{embed[ \t]+(?:\(\((?P<block_in>{_UUID})\)\)|{_PAGE.format('page_in')})[ \t]*\}}\}}"
    rf"|\[(?P<text>[^\[\]\n]{{1,1000}})\]\((?:\(\((?P<block_as>{_UUID})\)\)|{_PAGE.format('page_as')})\)"
    rf"|\(\((?P<block>{_UUID})\)\)"
    rf"|(?<!!)(?P<hash>\#)?{_PAGE.format('page')}"
    r"|\{\{(?:youtube|tweet|twitter|vimeo|bilibili|video)[ \t]+(?P<video>https?://[^\s{}]{1,500})[ \t]*\}\}"
    r"|\^\^(?P<bright>[^\s^](?:[^^\n]{0,1000}[^\s^])?)\^\^"
    r"|(?<!!)\[(?P<label>[^\[\]\n]{0,1000})\]\((?P<file>(?:\.{1,2}/|/?assets/)[^()\n]{1,500})\)"
)
_WIDTH = re.compile(r":width[ \t]+(\d{1,4})")
_SIZED = re.compile(
    r"(?P<image>!\[\[[^\[\]\n]++\]\]|!\[[^\[\]\n]*+\]\([^()\n]++\))\{(?=[^{}\n]*:(?:width|height))(?P<size>[^{}\n]{1,200})\}"
)
_SHOWN = 60
_MARKUP = re.compile(
    rf"\(\({_UUID}\)\)|\^[\w-]{{6,}}$|^#{{1,6}} |!?\[(?P<text>[^\[\]\n]*+)\]\([^()\n]*+\)"
    r"|\{\{[^{}\n]*+\}\}|[\[\]`]|\*\*|==|\^\^"
)


@dataclass(slots=True)
class References:
    """What a graph knows. Fill `pages` and `blocks` before the first text is written."""

    title_format: str
    pages: dict[str, str] = field(default_factory=dict)
    """The titles of the pages that have a file, by all their names in lower case."""
    blocks: dict[str, str] = field(default_factory=dict)
    """The blocks that have an id, and the text that a link shows for each."""
    missing: dict[str, None] = field(default_factory=dict)
    """The pages that texts lead to and that have no file."""
    lost_blocks: dict[str, None] = field(default_factory=dict)
    """The same of blocks."""

    def day(self, name: str) -> dt.date | None:
        """The day that a page of this name is the journal of."""
        return read_day(name, (self.title_format, *USUAL))

    def write(
        self, text: str, resolve: Resolve, own: str, day: dt.date | None
    ) -> tuple[str, tuple[Attachment, ...], tuple[str, ...]]:
        """`text`, the files that it embeds, and the images that stay as they are. `own` and `day`: the address and the
        day of its page, which does not link to itself."""
        pictures = convert_pictures(text, resolve)
        files: dict[Attachment, None] = dict.fromkeys(pictures.attachments)
        text = replace_outside(_SIZED, _sized, pictures.text)
        text = replace_outside(_REFERENCE, lambda found: self._one(found, resolve, own, day, files), text)
        return text, tuple(files), pictures.left

    def plain(self, text: str) -> str | tuple[str, ...]:
        """The value of a property: pages as links, days as dates, tags by name; several of them as a list. References
        within other text are no links there, and lose their brackets."""
        names = re.findall(r"(#?\[\[[^\[\]]{1,400}\]\])|(?:^|(?<=[\s,]))#([^\s,#\[]{1,200})", text)
        rest = re.sub(r"#?\[\[[^\[\]]{1,400}\]\]|(?:^|(?<=[\s,]))#[^\s,#]{1,200}", "", text).strip(", \t，、")
        if not names or rest:
            return re.sub(r"\[\[([^\[\]]{1,400})\]\]", r"\1", text)
        found = tuple(self._value(page) if page else tag for page, tag in names)
        return found[0] if len(found) == 1 else found

    def _value(self, reference: str) -> str:
        """A page as a link that Obsidian follows in a property; a tag as its name."""
        name = reference.lstrip("#")[2:-2].strip()
        if day := self.day(name):
            return day.isoformat()
        if reference.startswith("#"):
            return name
        title = self.pages.get(name.lower())
        if title is None:
            self.missing[name] = None
            return name if re.search(r"[#^|\\]", name) else f"[[{name}]]"
        return wikilink(safe_name(title.rpartition("/")[2]), name)

    def _one(
        self,
        found: re.Match[str],
        resolve: Resolve,
        own: str,
        day: dt.date | None,
        files: dict[Attachment, None],
    ) -> str:
        if found["video"]:
            return f"![]({found['video']})"
        if found["bright"]:
            return f"=={found['bright']}=="
        if found["file"]:
            picture = resolve(found["file"])
            if picture is None or picture.attachment is None:
                return found[0]
            files[picture.attachment] = None
            label = found["label"]
            shown = f"{label} " if label and label not in picture.attachment.name else ""
            return f"{shown}![[{picture.attachment.name}]]"
        if block := found["block_in"] or found["block_as"] or found["block"]:
            return self._block(found, block.lower(), is_embed=bool(found["block_in"]))
        name = (found["page_in"] or found["page_as"] or found["page"]).strip()
        if "[[" in name:  # `[[a [[b]] c]]`, a page whose name has another in it
            name = name.replace("[[", "").replace("]]", "")
        return self._page(found, name, own, day)

    def _block(self, found: re.Match[str], id_: str, *, is_embed: bool) -> str:
        if id_ not in self.blocks:
            self.lost_blocks[found[0]] = None
            return found[0].replace("[", "\\[", 1) if found[0].startswith("[") else found[0]
        return f"{'!' if is_embed else ''}[{found['text'] or self.blocks[id_]}](id:{id_})"

    def _page(self, found: re.Match[str], name: str, own: str, day: dt.date | None) -> str:
        shown = found["text"] or name
        link = re.sub(r"[\[\]]", "", shown)
        when = self.day(name)
        if when:
            return shown if when == day else f"[{link}](day:{when.isoformat()})"
        title = self.pages.get(name.lower())
        if found["hash"] and title is None:
            tag = clean_tag(name)
            return f"#{tag}" if tag else name
        if title is None:
            self.missing[name] = None
            if re.search(r"[#^|\[\]\\]", name):
                return found[0].replace("[[", "\\[\\[")
            return f"[[{name}]]" if shown == name else f"[[{name}|{link}]]"
        if address(title) == own:
            return shown
        return f"{'!' if found['page_in'] else ''}[{link}]({address(title)})"


def address(title: str) -> str:
    """The address under which the importer knows the page of this title."""
    return "/" + re.sub(r"[\s()<>%#?|\\]", lambda found: f"%{ord(found[0]):02X}", title.strip().lower()).strip("/")


def shown_text(text: str) -> str:
    """What a link to a block shows: its first line without markup, cut short."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    plain = " ".join(_MARKUP.sub(lambda found: found["text"] or "", first[:1000]).split())
    short = plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 1].rstrip()}…"
    return short or "…"


def _sized(found: re.Match[str]) -> str:
    """An image with its width as Obsidian writes it."""
    width = _WIDTH.search(found["size"])
    image = found["image"]
    if width is None:
        return image
    if image.startswith("![["):
        return f"{image[:-2].partition('|')[0]}|{width[1]}]]"
    alt, _, rest = image[2:].partition("](")
    return f"![{alt}|{width[1]}]({rest}"
