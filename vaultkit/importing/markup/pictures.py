"""One image as Obsidian writes it: `![[x.svg|300]]` for a file of the vault, `![alt|300](https://…)` for an address.

Knows the width and the alternative text of an embed, and Markdown's own images, and how several files of a text are
told apart. Knows nothing of files.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from vaultkit.importing.entry import Attachment
from vaultkit.importing.markup.shield import replace_outside


@dataclass(frozen=True, slots=True)
class Picture:
    """Where an image is: a file that goes into the vault, or an address."""

    attachment: Attachment | None = None
    address: str = ""


Resolve = Callable[[str], Picture | None]
"""Where the image with this `src` is; None: nowhere that is known."""

_NOT_IN_EMBEDS = re.compile(r'[\[\]|#^\\:*?"<>]')
_PIXELS = re.compile(r"(\d{1,4})(?:px)?", re.ASCII)
_STYLE = re.compile(r"\s*+width\s*+:\s*+(\d{1,4})px\s*+;?\s*+", re.ASCII)
_SIZE = re.compile(r"\d+(?:x\d+)?", re.ASCII)
_MARKDOWN = re.compile(
    r"!\[(?P<alt>[^\[\]\n]*+)\]\((?P<src><[^<>\n]*+>|[^()\s<>]++)(?:[ \t]++(?P<title>\"[^\"\n]*+\"|'[^'\n]*+'))?+\)"
)


def written(attributes: dict[str, str], found: Picture) -> tuple[str, tuple[str, ...]]:
    """An `<img>` with these attributes as Obsidian writes it, and the attributes that have no place in it."""
    unused = {name: value for name, value in attributes.items() if name != "src"}
    width = _PIXELS.fullmatch(unused.get("width", ""))
    size = ""
    if width:
        size = width[1]
        del unused["width"]
        if height := _PIXELS.fullmatch(unused.get("height", "")):
            size += f"x{height[1]}"
            del unused["height"]
    elif style := _STYLE.fullmatch(unused.get("style", "")):
        size = style[1]
        del unused["style"]
    label = ""
    for name in ("alt", "title"):
        text = " ".join(unused.get(name, "").split())
        # A bare number in that place would be read as the width.
        if not text or (not label and not _SIZE.fullmatch(text)):
            label = label or text
            unused.pop(name, None)
    return _image(label, size, found), tuple(f'{name}="{value}"' for name, value in unused.items())


def _image(label: str, size: str, found: Picture) -> str:
    if found.attachment:
        label = label.replace("|", "｜").replace("]]", "] ]")
        parts = [part for part in (label, size) if part]
        end = " " if parts and parts[-1].endswith("]") else ""
        return f"![[{'|'.join([found.attachment.name, *parts])}{end}]]"
    label = re.sub(r"(?<!\\)[\[\]|]", r"\\\g<0>", label)
    return f"![{label}{'|' if size else ''}{size}]({link_target(found.address)})"


def link_target(address: str) -> str:
    """`address` so that nothing in it ends a Markdown link."""
    return re.sub(r"[\s()<>]", lambda match: f"%{ord(match[0]):02X}" if match[0].isprintable() else "", address.strip())


@dataclass(frozen=True, slots=True)
class Pictures:
    """The text, the files it embeds now, and the images that had to stay as they were."""

    text: str
    attachments: tuple[Attachment, ...]
    left: tuple[str, ...]


def convert_pictures(text: str, resolve: Resolve) -> Pictures:
    """`text` with the Markdown images that point into the site resolved. An image with a full address is left alone."""
    attachments: dict[Attachment, None] = {}
    left: list[str] = []

    def convert(match: re.Match[str]) -> str:
        src = match["src"].removeprefix("<").removesuffix(">")
        if re.match(r"[a-z][a-z0-9+.-]*+:|//|#", src, re.IGNORECASE):
            return match[0]
        found = resolve(src)
        line = match.string[max(0, match.start() - 1000) : match.start()].rpartition("\n")[2]
        if found is None or line.lstrip().startswith("|"):
            left.append(match[0])
            return match[0]
        if found.attachment is None:
            title = f" {match['title']}" if match["title"] else ""
            return f"![{match['alt']}]({link_target(found.address)}{title})"
        attachments[found.attachment] = None
        texts = [match["alt"].strip(), (match["title"] or "")[1:-1].strip()]
        label = ", ".join(part for part in texts if part)
        return _image(label, "", found)

    if "![" in text:
        text = replace_outside(_MARKDOWN, convert, text)
    return Pictures(text, tuple(attachments), tuple(left))


class EmbedNames:
    """Under which names a text embeds files: each under its own, unless another one of the text has it."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def of(self, path: str) -> str:
        """The name for the file at `path`, the same each time; with folders where it takes them to be the only one."""
        if path not in self._names:
            parts = PurePosixPath(path).parts
            taken = set(self._names.values())
            names = (_NOT_IN_EMBEDS.sub("-", "-".join(parts[-n:])) for n in range(1, len(parts) + 1))
            self._names[path] = next((name for name in names if name not in taken), path.replace("/", "-"))
        return self._names[path]
