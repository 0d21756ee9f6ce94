"""Text without a markup of its own, as diaries are kept: blank lines, bullets, fences, and how to tell it from others.

Knows lines; knows no dates and no titles. A line of only spaces counts as blank, also of U+00A0 or U+3000, which web
pages leave behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vaultkit.dates.titles import ENDS_SENTENCE, SHORT, columns
from vaultkit.importing.export_file import ExportFile

_FENCE = re.compile(r" {0,3}(?P<run>`{3,}+|~{3,}+)(?P<info>.*)$")
_BULLET = re.compile(r"(?P<indent>\s*+)[•◦▪‣](?:\s++|(?=[\w「『（(]))(?=\S)")
_STRUCTURE = re.compile(r"\s|#|[-*+•◦▪‣・>|<!`~$]|\d+[.)]\s|\[|//|www\.|[a-z]{2,8}://", re.I)
_WORD = re.compile(r"[^\W\d_]")

_COLUMN = re.compile(r"\"?[\w./()#-][\w ./()#-]{0,39}\"?")
_COLUMNS = 4
"""So many names with nothing but a sign between them are the head of a table."""
_ORG = re.compile(r"^\*+ [^\n]*\n[ \t]*:PROPERTIES:[ \t]*$|\A\s*#\+title:", re.IGNORECASE | re.MULTILINE)

_SHORT_HEADING = 30
_ITEM = re.compile(r"\s*+(?:[-*+•◦▪‣・]|\d+[.)])")
_UNFINISHED = re.compile(r"(?:[はがをにでとのもへて]|から|まで|より|として)$")


def stands_alone(lines: Sequence[str], i: int) -> bool:
    """Whether line `i` has text, and a blank line or an end of the text above and below it."""
    return bool(lines[i].strip() and (i == 0 or not lines[i - 1].strip())) and (
        i + 1 == len(lines) or not lines[i + 1].strip()
    )


def may_be_title(line: str) -> bool:
    """Whether `line` reads as a title: short, with a word, not a sentence, no item, quote, table, address or markup."""
    return not (
        columns(line) > SHORT
        or _STRUCTURE.match(line)
        or ENDS_SENTENCE.search(line.rstrip())
        or not _WORD.search(line)
        or any(c in line for c in "{};\\")
    )


def fenced(lines: Sequence[str]) -> tuple[bool, ...]:
    """For each line, whether it belongs to a fenced code block. A fence that nothing closes is text.

    In a note such a block would run to the end of the note; here it would swallow all later days.
    """
    fences = [_FENCE.match(line) for line in lines]
    closing_after: list[dict[str, int]] = []  # for each line, the longest run that could close a fence below it
    longest = {"`": 0, "~": 0}
    for m in reversed(fences):
        closing_after.append(longest)
        if m and not m["info"].strip() and len(m["run"]) > longest[m["run"][0]]:
            longest = {**longest, m["run"][0]: len(m["run"])}
    closing_after.reverse()

    inside: list[bool] = []
    opener = ""
    for i, m in enumerate(fences):
        inside.append(opener != "" or m is not None)
        if m is None:
            continue
        run = m["run"]
        if opener:
            if run.startswith(opener) and not m["info"].strip():
                opener = ""
        elif ("`" in m["info"] and run[0] == "`") or closing_after[i][run[0]] < len(run):
            inside[i] = False
        else:
            opener = run
    return tuple(inside)


def tidy(lines: Sequence[str], *, infer_headings: bool = False) -> str:
    """`lines` as the Markdown body of a note: bullets as `- `, one blank line at a time, none at either end.

    Nested bullets are indented by two spaces a level, and lines below a bullet move with it. Code blocks stay as they
    are. With `infer_headings`, a line that stands alone and reads as a title becomes `## …`.
    """
    code = fenced(lines)
    out: list[str] = []
    indents: list[int] = []  # of the open bullets, the outermost first
    for i, line in enumerate(lines):
        if code[i]:
            out.append(line)
            continue
        if not line.strip():
            if out and (out[-1] != "" or code[i - 1]):
                out.append("")
            continue
        indent = _indent(line)
        if m := _BULLET.match(line):
            while indents and indents[-1] > indent:
                indents.pop()
            if not indents or indents[-1] < indent:
                indents.append(indent)
            out.append("  " * (len(indents) - 1) + "- " + line[m.end() :])
        elif indents and indent > indents[0]:
            level = max(n for n, outer in enumerate(indents) if outer < indent)
            out.append(" " * (2 * level + indent - indents[level]) + line.lstrip())
        else:
            indents = []
            out.append(f"## {line.strip()}" if infer_headings and _may_be_heading(lines, i) else line)
    while out and not out[-1].strip():
        out.pop()
    while out and not out[0].strip():
        out.pop(0)
    return "\n".join(out)


def _may_be_heading(lines: Sequence[str], i: int) -> bool:
    """Line `i` stands alone, is very short, and neither breaks off nor introduces a list (`追加費用が`)."""
    line = lines[i]
    if (
        columns(line) > _SHORT_HEADING
        or not stands_alone(lines, i)
        or not may_be_title(line)
        or _UNFINISHED.search(line)
    ):
        return False
    below = next((text for text in lines[i + 1 : i + 4] if text.strip()), "")
    return below != "" and not _ITEM.match(below)


def _indent(line: str) -> int:
    return sum(4 if c == "\t" else columns(c) for c in line[: len(line) - len(line.lstrip())])


_POST = (
    r"(?:-{8}\s*)?(?:AUTHOR|TITLE|BASENAME|STATUS|DATE|UNIQUE URL|ALLOW COMMENTS|CONVERT BREAKS|PRIMARY CATEGORY"
    r"|CATEGORY):[ \n]"
)
"""How a post begins in what Movable Type exports."""


def other_file(file: ExportFile) -> str:
    """What a file is instead of plain text, as `other_format` says it, by its first bytes and its name: it may be too
    large to look at all of it."""
    if file.looks_like_json:
        return "it is JSON"
    if file.looks_like_feed:
        return "it is a feed, RSS or Atom"
    return "it is an Org file" if file.path.suffix.lower() == ".org" else ""


def other_format(text: str) -> str:
    """What `text` is instead of plain text, as a source's reason to decline; empty: plain text, as far as seen."""
    start = text.lstrip()[:500]
    if re.match(r'\{\s*["}]|\[\s*[\[{"\]]', start):
        return "it is JSON"
    if re.match(r"(?:---|\+\+\+)[ \t]*\n\s*[\"']?[^\W\d][\w-]*[\"']?\s*[:=]", text):
        return "it begins with front matter"
    if re.match(r"<[!?a-z]", start, re.I):
        return "it is XML or HTML"
    if _ORG.search(text[:200_000]):
        return "it is an Org file"
    head = text[:200_000].split("\n")
    if any("Paper/Blog Link" in line and "My Issue" in line for line in head):
        return "it is a digest of issues"
    filled = [line for line in head if line.strip()][:200]
    if re.match(_POST, start) and any(line.rstrip() == "-----" for line in head):
        return "it is a Movable Type export"
    if _mostly(filled, re.compile(r"[\[<]?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d.*\S.{8}")):
        return "it is a log, most of its lines begin with a date and a time"
    if filled and (_is_header(filled[0]) or (len(filled) > 2 and _is_table(filled))):
        return "it is a table (CSV or TSV)"
    return ""


def _mostly(lines: Sequence[str], pattern: re.Pattern[str]) -> bool:
    return len(lines) > 2 and sum(1 for line in lines if pattern.match(line)) * 2 > len(lines)


def _is_table(lines: Sequence[str]) -> bool:
    """All lines have the same number, two or more, of separators."""
    return any(_same(line.count(separator) for line in lines) for separator in ",\t;")


def _is_header(line: str) -> bool:
    """Whether a line names the columns of a table, in whose cells lines may end: `date,mood,activities,note`."""
    rows = (line.strip("\ufeff \t").split(separator, 200) for separator in ",;\t")
    return any(len(row) >= _COLUMNS and all(map(_COLUMN.fullmatch, row)) for row in rows)


def _same(counts: Iterable[int]) -> bool:
    found = set(counts)
    return len(found) == 1 and found.pop() >= 1
