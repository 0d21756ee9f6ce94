"""A diary in one text without dates: entries under lines that are titles.

How to get it: copy the entries of a blog or a note from the web page or the app into a `.txt` file, or export it as
plain text where the app leaves the dates out.

Knows how entries follow from a `Split`. Which lines are titles is guessed, or said by a plan (both in `split`). Nothing
is dated: the day of an entry cannot be known from such a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from vaultkit.dates.forms import NoSuchDay
from vaultkit.errors import ExportError
from vaultkit.importing.date_headings import heading_lines
from vaultkit.importing.entry import Entry, Kind, Notice, NoticeKind
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.plain_text import other_file, other_format, tidy
from vaultkit.importing.source import CLAIMED, ReadOptions, Split, Verdict, declined
from vaultkit.importing.split import guess

FORMAT = "titled-text"
LABEL = "Diary as text, under titles and without dates"
NAME = "diary"
EXTENSIONS = ".txt"
KEPT = "titles; where each entry begins can be said by a plan (--plan)"
NOT_KEPT = "days, which such a text does not hold"


def identify(export: Export) -> Verdict:
    """Ours is a text without dates in which two lines or more look like titles with text below them."""
    if export.is_folder:
        return declined("it is a folder, and a diary is one text")
    if why := other_file(export.first) or other_format(export.first.text):
        return declined(why)
    text = export.first.text
    dated = next((h for h in heading_lines(text.split("\n")) if not isinstance(h.heading.when, NoSuchDay)), None)
    if dated:
        return declined(f"line {dated.number} is a date")
    if len(guess(text).titles) < 2:
        return declined("fewer than two lines look like titles (short, between blank lines, no full stop, text below)")
    return CLAIMED


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """An entry for each title, in the order of the text; the text above the first title is an UNPLACED notice.

    The titles are those of `options.split`, else guessed, which a notice says. Raises ExportError when the split has
    lines that the text does not have, or is given for more than one export.
    """
    if options.split and len(exports) > 1:
        raise ExportError("the plan is for one export, and there are several; import them one by one")
    for export in exports:
        yield from _read(export.first, options)


def _read(file: ExportFile, options: ReadOptions) -> Iterator[Entry | Notice]:
    name, lines = str(file.path), file.text.split("\n")
    if options.split:
        titles = _checked(options.split, lines, name)
    else:
        titles = guess(file.text).titles
        message = f"{len(titles)} lines were taken for titles by a guess; a plan (--plan FILE) shows and corrects them"
        yield Notice(NoticeKind.WARNING, name, message)
    ends = [*(number - 1 for number in titles), len(lines)]
    if preamble := tidy(lines[: ends[0]]):
        yield Notice(NoticeKind.UNPLACED, f"{name}: line 1", "stands above the first title", preamble)
    seen: Counter[str] = Counter()
    for number, end in zip(titles, ends[1:], strict=True):
        title = lines[number - 1].strip()
        slug = _slug(title)
        seen[slug] += 1
        yield Entry(
            kind=Kind.DIARY,
            key=slug if seen[slug] == 1 else f"{slug}/{seen[slug]}",
            body=tidy(lines[number:end], infer_headings=options.infer_headings),
            place=f"line {number}",
            origin=name,
            title=title,
            name=title,
        )


def _checked(split: Split, lines: Sequence[str], name: str) -> tuple[int, ...]:
    """The split's lines in order. Raises ExportError when one does not exist or is blank, so that no title is empty."""
    for number in split.titles:
        if not 1 <= number <= len(lines) or not lines[number - 1].strip():
            raise ExportError(f"{name}: line {number}, a title in the plan, is blank or not there; make the plan anew")
    return tuple(sorted(set(split.titles)))


def _slug(title: str) -> str:
    """`title` as a key: in small letters, a hyphen for everything that is no letter, digit or mark of a letter."""
    text = unicodedata.normalize("NFC", title).casefold()
    kept = "".join(c if c.isalnum() or unicodedata.category(c).startswith("M") else "-" for c in text)
    return re.sub("-+", "-", kept).strip("-") or "untitled"
