"""Files that an issue's texts show or link to, by address, as embeds of the files that came with the export.

Knows the ways in which trackers' Markdown does that: images, links, HTML, and addresses that stand alone. Which files
there are is told by `resolve`. An issue's texts are changed one after the other, because each file has one name in all
of them. Code stays to the letter.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from vaultkit.importing.entry import Attachment
from vaultkit.importing.markup.figures import convert_figures
from vaultkit.importing.markup.pictures import Picture, Resolve, link_target, written
from vaultkit.importing.markup.shield import replace_outside

_TARGET = r"\((?P<src><[^<>\n]*+>|[^()\s<>]++)(?:[ \t]++(?P<title>\"[^\"\n]*+\"|'[^'\n]*+'))?+\)"
_IMAGE = re.compile(rf"!\[(?P<alt>[^\[\]\n]*+)\]{_TARGET}(?:\{{(?P<size>[^{{}}\n]{{1,60}}+)\}})?+")
_LINK = re.compile(rf"(?<!!)\[(?P<alt>(?:!\[\[[^\[\]\n]*+\]\]|[^\[\]\n])*+)\]{_TARGET}")
_MOVING = re.compile(r"<(?P<tag>video|audio)\b(?P<in>[^<>]*+)>(?:\s*+</(?P=tag)>)?+", re.IGNORECASE)
_SRC = re.compile(r"\bsrc\s*+=\s*+[\"']?([^\s\"'<>]++)", re.IGNORECASE)
_ALONE = re.compile(r"(?m)^(?P<before>[ \t]*+)<?(?P<src>https?://[^\s<>()\[\]]++)>?(?=[ \t]*+$)")
_SIZE = re.compile(r"(width|height)=\"?(\d{1,4})(?:px)?\"?(?![\w%])")
_LIKE_A_SIZE = re.compile(r"\d+(?:x\d+)?")
_NOT_IN_NAMES = re.compile(r"[\[\]|#^\\\n]")


class Embeds:
    """The embeds of one issue. `resolve` says where what has an address is: a file of the export, another address, or
    None, and then the text stays as it is."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._names: dict[str, str] = {}
        self._paths: dict[str, str] = {}

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files embedded so far, each once and each under a name of its own."""
        return tuple(Attachment(name, path) for path, name in self._names.items())

    def put(self, text: str) -> str:
        """`text` with its files embedded."""
        text = replace_outside(_IMAGE, self._image, text)
        text = convert_figures(text, self._find).text
        text = replace_outside(_LINK, self._link, text)
        text = replace_outside(_MOVING, self._moving, text)
        return replace_outside(_ALONE, self._alone, text)

    def _find(self, src: str) -> Picture | None:
        found = self._resolve(src.removeprefix("<").removesuffix(">"))
        if found is None or found.attachment is None:
            return found
        return Picture(Attachment(self._name(found.attachment), found.attachment.path))

    def _name(self, file: Attachment) -> str:
        """Its name; with a number when another file of the issue is called so: half of all pictures are `image.png`."""
        if file.path not in self._names:
            clean = _NOT_IN_NAMES.sub("_", file.name).strip() or "file"
            name, number = clean, 1
            while name.casefold() in self._paths:
                number += 1
                name = f"{PurePosixPath(clean).stem} {number}{PurePosixPath(clean).suffix}"
            self._paths[name.casefold()] = file.path
            self._names[file.path] = name
        return self._names[file.path]

    def _image(self, match: re.Match[str]) -> str:
        found = self._find(match["src"])
        if found is None:
            return match[0]
        alt, title = match["alt"].strip(), (match["title"] or "")[1:-1].strip()
        sizes = dict(_SIZE.findall(match["size"] or ""))
        return self._embed(found, ", ".join(filter(None, (alt, title))), sizes, _in_table(match))

    def _link(self, match: re.Match[str]) -> str:
        if match["alt"].startswith("![[") and match["alt"].endswith("]]"):
            return match["alt"] if self._find(match["src"]) else match[0]  # an image that leads to itself
        found = self._find(match["src"])
        if found is None:
            return match[0]
        if found.attachment is None:
            return f"[{match['alt']}]({link_target(found.address)})"
        return self._embed(found, match["alt"].strip(), {}, _in_table(match))

    def _moving(self, match: re.Match[str]) -> str:
        src = _SRC.search(match["in"])
        found = self._find(src[1]) if src else None
        return self._embed(found, "", {}, False) if found and found.attachment else match[0]

    def _alone(self, match: re.Match[str]) -> str:
        found = self._find(match["src"])
        return match["before"] + self._embed(found, "", {}, False) if found and found.attachment else match[0]

    def _embed(self, found: Picture, label: str, sizes: dict[str, str], in_table: bool) -> str:
        if found.attachment:
            name = found.attachment.name
            if label in (name, PurePosixPath(name).stem):
                label = ""
            if in_table or _LIKE_A_SIZE.fullmatch(label):  # a bar would end the cell, a number be the width
                return f"![[{name}]] {label}".rstrip()
        return written({"alt": label, **sizes}, found)[0]


def _in_table(match: re.Match[str]) -> bool:
    line = match.string[max(0, match.start() - 1000) : match.start()].rpartition("\n")[2]
    return line.lstrip().startswith("|")
