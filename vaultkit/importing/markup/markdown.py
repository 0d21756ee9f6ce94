"""Pieces of Markdown as converters write them: plain text, code, tables, quotes, callouts, list items.

Knows what CommonMark and its tables would take for syntax, so that text stays text; Obsidian's own accidents (`#tag`,
`[[`, `$`) are escaped later for all formats. Knows no other markup. Every function is linear in its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(
    r"(?P<url>(?:https?|ftp)://[^\s<>]++)"
    r"|(?P<run>\*++|_++|~~++|==++)"
    r"|(?P<mark>`|\\(?=[!-/:-@\[-`{-~])|<(?=[A-Za-z/!?])|&(?=\#?[A-Za-z0-9]{1,31};)|\[\^"
    r"|\[(?=[^\[\]\n]{0,999}\][(\[:]))"
)
"""What Markdown may take for markup. Underscores in addresses are none."""
_NUMBERED = re.compile(r"([0-9]{1,9})(?=[.)](?:[ \t]|$))")
_BLOCK = re.compile(r"(?:\#{1,6}|[-+*])(?:[ \t]|$)|>|\||(?:-[ \t]*+){2,}$|=++[ \t]*+$|~~~|:?-++:?[ \t]*+\|")
"""How a list, heading, quote, table, rule, underline or block of code begins."""
_PIPE = re.compile(r"(?<!\\)(\\*+)\|")
_TICKS = re.compile(r"`++")
_FENCES = re.compile(r"`{3,}+")
_LANGUAGE = re.compile(r"[^\s`]*+")


def escape(text: str) -> str:
    """Plain `text` so that Markdown shows it to the letter. What stands at the start of a line is `escape_lines`'s."""
    return _SPECIAL.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    if found["url"]:
        return found[0]
    text, run = found.string, found["run"]
    if not run:
        return f"\\{found[0]}"
    before, after = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
    if not (before.strip() or after.strip()) or (run[0] == "_" and before.isalnum() and after.isalnum()):
        return run
    return "".join(f"\\{char}" for char in run)


def escape_lines(text: str) -> str:
    """`text` of one paragraph without indentation, and so that no line of it begins a list, heading, quote or table."""
    return "\n".join(map(_unblocked, text.split("\n")))


def _unblocked(line: str) -> str:
    line = line.strip(" \t")
    if number := _NUMBERED.match(line):
        return f"{number[0]}\\{line[number.end() :]}"
    return f"\\{line}" if _BLOCK.match(line) else line


def code_span(text: str) -> str:
    """`text` as inline code on one line; "" for nothing but blanks."""
    text = " ".join(text.split("\n"))
    if not text.strip(" "):
        return ""
    ticks = {len(run) for run in _TICKS.findall(text)}
    mark = "`" * next(n for n in range(1, len(ticks) + 2) if n not in ticks)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{mark}{pad}{text}{pad}{mark}"


def fence(text: str, language: str = "") -> str:
    """`text` as a block of code. Of `language` the first word counts."""
    longest = max(map(len, _FENCES.findall(text)), default=2)
    mark = "`" * (longest + 1)
    word = _LANGUAGE.match(language.strip())
    body = text.strip("\n") if text.strip() else ""
    return f"{mark}{word[0] if word else ''}\n{body}\n{mark}"


def quote(text: str) -> str:
    """`text` as a quote."""
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def callout(kind: str, title: str, text: str, *, folded: bool | None = None) -> str:
    """`> [!note]- title` above the quoted text. `folded`: None for one that cannot be folded."""
    fold = {None: "", True: "-", False: "+"}[folded]
    head = f"> [!{kind}]{fold} {' '.join(title.split())}".rstrip()
    return f"{head}\n{quote(text)}" if text else head


def item(marker: str, text: str) -> str:
    """A list item (`marker`: `-`, `1.`); what follows its first line is indented to belong to it."""
    pad = " " * (len(marker) + 1)
    first, *rest = text.split("\n")
    lines = [f"{marker} {first}".rstrip(" "), *(pad + line if line else "" for line in rest)]
    return "\n".join(lines)


def table(rows: Iterable[Sequence[str]], *, header: bool = True) -> str:
    """A table of cells that are Markdown already; their line ends become `<br>`.

    `header`: the first row is one; else an empty one is put on top, because Markdown has no table without. It gets as
    many cells as the widest row, because what is further right would not be shown.
    """
    cells = [[_cell(text) for text in row] for row in rows]
    width = max(map(len, cells), default=0)
    if not width:
        return ""
    if not header:
        cells.insert(0, [])
    cells[0] += [""] * (width - len(cells[0]))
    lines = [_row(row) for row in cells]
    lines.insert(1, _row(["---"] * width))
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    one_line = "<br>".join(line.strip(" \t") for line in text.strip("\n ").split("\n"))
    return _PIPE.sub(lambda found: found[0] if len(found[1]) % 2 else f"{found[1]}\\|", one_line)
