"""The real exports of ../shared/samples, by the format that must read them: the table behind `test_samples` and
`python -m benchmarks samples`.

A line for each import: the format, the files or folders of it (globs below the samples, all given to one import), which
text of them must not get lost, and how many records are known to be damaged. What is to be kept is told by one of the
functions below: the whole text, the values of some keys of JSON, the contents of some elements of XML; or by another.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

Texts = Callable[[str], Iterator[str]]
"""What of the text of a file must be found again in a note or in the report, whatever its markup."""


def whole(text: str) -> Iterator[str]:
    """All of it."""
    yield text


def values(*keys: str) -> Texts:
    """The texts below `keys`, at any depth, of JSON and NDJSON."""

    def inside(value: object, wanted: bool = False) -> Iterator[str]:
        if isinstance(value, str) and wanted:
            yield value
        elif isinstance(value, list):
            for item in value:
                yield from inside(item, wanted)
        elif isinstance(value, dict):
            for key, item in value.items():
                yield from inside(item, key in keys and not isinstance(item, dict))

    def of(text: str) -> Iterator[str]:
        try:
            yield from inside(json.loads(text.removeprefix("\ufeff")))
        except ValueError:
            for line in filter(None, text.split("\n")):
                yield from inside(json.loads(line))

    return of


def elements(*tags: str) -> Texts:
    """The contents of the elements `tags`, without the markup inside."""
    form = re.compile(rf"<({'|'.join(map(re.escape, tags))})(?:\s[^<>]*)?>(.*?)</\1>", re.S)

    def of(text: str) -> Iterator[str]:
        for found in form.finditer(text):
            inner = found[2].replace("<![CDATA[", "").replace("]]>", "")
            yield re.sub(r"<[^<>]*>", " ", unescape(inner))

    return of


def without(pattern: str, texts: Texts = whole) -> Texts:
    """What `texts` finds, without what `pattern` matches: structure that is no text, such as `Issue Date:`."""

    def of(text: str) -> Iterator[str]:
        return (re.sub(pattern, " ", one, flags=re.M) for one in texts(text))

    return of


class Sample(NamedTuple):
    """One import of real exports."""

    format: str
    exports: tuple[str, ...]
    texts: Texts
    failed: int = 0

    def paths(self, samples: Path) -> list[Path]:
        """The exports below `samples`. Raises FileNotFoundError when a glob has none."""
        found: dict[Path, None] = {}
        for glob in self.exports:
            here = sorted(samples.glob(glob))
            if not here:
                raise FileNotFoundError(f"{samples / glob}: no sample fits")
            found |= dict.fromkeys(here)
        return list(found)

    def __str__(self) -> str:
        return f"{self.format} {' '.join(self.exports)}"


DIGEST = r"Paper/Blog Link My Issue|Issue Date:|GPT Summary-|Comment$"
NOTES_PAGE = r"\A---\n(?:.*\n)*?---\n|<[^<>]*>|(?:more|hide)(?=</button>)|Issue Date:|(?<=<span>)(?:Summary|Comment)"
FRONT_MATTER = r"\A---\n(?:.*\n)*?---\n|\{:[^}\n]*\}|\{%.*?%\}|<[^<>]*>|^\[\^.*"
PATH = r"\]\(/[^()\s]*+|&nbsp;"
"""What a path of the site becomes when it is completed is an address, and those are not compared; blanks neither."""

SAMPLES = (
    Sample("dated-text", ("seeds/000_*",), without(r"^20\d\d/\d\d/\d\d \(\w{3}\.\)$")),
    Sample("dated-text", ("seeds/001_*",), without(r"^20\d{6}$")),
    Sample("titled-text", ("seeds/002_*",), whole),
    Sample("issue-digest", ("seeds/003_*",), without(DIGEST)),
    Sample("paper-pages", ("paper_notes/*.markdown",), without(NOTES_PAGE)),
    Sample("paper-pages", ("paper_notes/*.xml",), elements("title", "issue-body", "tags", "repo-issue-link")),
    Sample("markdown-page", ("seeds/004_*",), without(FRONT_MATTER)),
    Sample("markdown-page", ("jekyll",), without(rf"{FRONT_MATTER}|{PATH}")),
    Sample("github-issues", ("github-rest/lab-*.json",), values("title", "body")),
    Sample("github-issues", ("github-rest/DocInsight*.json",), values("title", "body")),
    Sample(
        "github-issues", ("github-rest/issues_1_*.json", "github-rest/issue-comments.json"), values("title", "body")
    ),
)
