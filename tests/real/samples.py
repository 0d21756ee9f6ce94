"""The real exports of ../shared/samples, by the format that must read them: the table behind `test_samples` and
`python -m benchmarks samples`.

A line for each import: the format, the files or folders of it (globs below the samples, all given to one import), which
text of them must not get lost, and how many records are known to be damaged. What is to be kept is told by one of the
functions below: the whole text, the values of some keys of JSON, the contents of some elements of XML; or by another.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

import yaml

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


def exported(text: str) -> Iterator[str]:
    """Of a project's export by GitLab: titles, descriptions and notes. Labels, and the milestones that stand in each of
    their issues as a whole, are told by their titles."""
    for line in filter(None, text.split("\n")):
        record = json.loads(line)
        if "color" not in record:
            yield from (record.get("title") or "", record.get("description") or "")
            yield from (note["note"] for note in record.get("notes", ()))


def elements(*tags: str) -> Texts:
    """The contents of the elements `tags`, without the markup inside."""
    form = re.compile(rf"<({'|'.join(map(re.escape, tags))})(?:\s[^<>]*)?(?<!/)>(.*?)</\1>", re.S)

    def of(text: str) -> Iterator[str]:
        for found in form.finditer(text):
            inner = found[2].replace("<![CDATA[", "").replace("]]>", "")
            yield re.sub(r"<[^<>]*>", " ", unescape(inner))

    return of


def listed_under(*keys: str) -> Texts:
    """The strings below `keys` of a property list."""
    form = re.compile(
        rf"<key>(?:{'|'.join(map(re.escape, keys))})</key>\s*(?:<array>(.*?)</array>|<string>(.*?)</string>)", re.S
    )

    def of(text: str) -> Iterator[str]:
        for found in form.finditer(text):
            yield unescape(re.sub(r"</?string>", " ", found[1] or found[2] or ""))

    return of


def without(pattern: str, texts: Texts = whole) -> Texts:
    """What `texts` finds, without what `pattern` matches: structure that is no text, such as `Issue Date:`."""

    def of(text: str) -> Iterator[str]:
        return (re.sub(pattern, " ", one, flags=re.M) for one in texts(text))

    return of


def yaml_scalars(text: str) -> Iterator[str]:
    """Every value of YAML, and the keys that are no numbers and not `text`."""
    for event in yaml.parse(text):
        if isinstance(event, yaml.ScalarEvent) and event.value != "text" and not event.value.isdecimal():
            yield re.sub(r'file:[^"]*|\[""|"".*?""', " ", event.value)


def jira_texts(text: str) -> Iterator[str]:
    """What people wrote in issues and comments of Jira's JSON: statuses and types have descriptions, too."""
    page = json.loads(text)
    for issue in page.get("issues", ()):
        yield from (issue["fields"].get(name) or "" for name in ("summary", "description"))
    yield from (comment["body"] for comment in page.get("comments", ()))


def jira_cells(text: str) -> Iterator[str]:
    """The cells of Jira's CSV that people wrote; of comments without their heads."""
    header, *rows = csv.reader(io.StringIO(text))
    for row in rows:
        for name, cell in zip(header, row, strict=True):
            if name in ("Summary", "Description", "Environment"):
                yield cell
            elif name == "Comment":
                yield re.sub(r"\[~[^\]]*\]", "", cell.split(";", 2)[-1])


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
BLOGGER = r"^\[Over 2000 lines.*|\S+@\S+|^Mishka.*\.\.\.$"
"""The template, addresses of mail, and the title of a comment, which only repeats how it begins."""
WXR = ("title", "content:encoded", "wp:comment_content", "wp:comment_author", "category")
MT_KEYS = (
    r"^(?:ALLOW COMMENTS|ALLOW PINGS|CONVERT BREAKS|STATUS|DATE|BASENAME):.*"
    r"|^(?:AUTHOR|TITLE|CATEGORY|PRIMARY CATEGORY|BODY|EXTENDED BODY|EXCERPT):|<[^<>]*>"
)
FRONT_MATTER = r"\A---\n(?:.*\n)*?---\n|\{:[^}\n]*\}|\{%.*?%\}|<[^<>]*>|^\[\^.*"
DAYONE = r"!\[\]\(dayone-moment:[^()]*\)"
JRNL_TEXT = r"^\[[^\[\]\n]*\d[^\[\]\n]*\]|^\d{4}-\d\d-\d\d \d\d:\d\d"
LOGSEQ = r"^\* \w+, [\d/]{10}$|^\* Jun 1st, 2020$|^\s*#\+\w+|^\s*(?:collapsed|created-at|updated-at):: .*"
NOTES_PAGE = r"\A---\n(?:.*\n)*?---\n|<[^<>]*>|(?:more|hide)(?=</button>)|Issue Date:|(?<=<span>)(?:Summary|Comment)"
PATH = r"\]\(/[^()\s]*+|&nbsp;"
"""What a path of the site becomes when it is completed is an address, and those are not compared; blanks neither."""

SAMPLES = (
    Sample("dayone", ("dayone/Dev Journal.json",), without(DAYONE, values("text"))),
    Sample("dayone", ("dayone/Dev Journal One Invalid.json",), without(DAYONE, values("text")), failed=1),
    Sample("dayone", ("dayone/MyJournal.json",), values("text", "tags", "pdfName")),
    Sample("journey", ("journey",), without(r"<[^<>]*>|&nbsp;", values("text", "tags", "address", "description"))),
    Sample("dayone-classic", ("dayone-classic",), listed_under("Entry Text", "Tags")),
    *(
        Sample("jrnl", (f"jrnl/{name}",), without(JRNL_TEXT))
        for name in (
            "basic_onefile.journal",
            "brackets.journal",
            "folder",
            "little_endian_dates.journal",
            "markdown-headings-335.journal",
            "mostlyreadabledates.journal",
            "multiline.journal",
            "simple.journal",
            "simple_jrnl-1-9-5.journal",
            "tags-216.journal",
            "tags.journal",
            "unreadabledates.journal",
        )
    ),
    Sample("jrnl", ("jrnl/myjournal.json",), values("title", "body")),
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
    Sample("rednotebook", ("rednotebook",), yaml_scalars),
    Sample("google-keep", ("keep",), values("title", "textContent", "text", "name")),
    Sample("diaro", ("diaro/DiaroBackup.xml",), elements("text")),
    Sample("apple-journal", ("apple-journal",), without(r"\w+day, \d+ \w+ \d{4}", elements("body"))),
    Sample("logseq", ("logseq",), without(LOGSEQ)),
    Sample("jira", ("jira/rest_*.json",), jira_texts),
    Sample("jira", ("jira/cloud_export.csv",), jira_cells),
    Sample("redmine", ("redmine/*.json",), values("subject", "notes")),
    Sample("movable-type", ("movabletype",), without(MT_KEYS)),
    Sample("blogger", ("wxr/bloggerexport.xml",), without(BLOGGER, elements("title", "content"))),
    *(
        Sample("wordpress", (f"wxr/{name}.xml",), without(r"\[[^\]\n]{1,300}\]", elements(*WXR)))
        for name in ("wordpressexport", "wp_ja", "adversarial-example")
    ),
    Sample("github-issues", ("github-migration/milahu",), values("title", "body")),
    Sample("github-issues", ("github-migration/milahu/*.json",), values("title", "body")),
    Sample("github-issues", ("github-graphql-archive/*.json",), values("title", "body")),
    Sample("gitlab-issues", ("gitlab/project_export",), exported),
    Sample("gitlab-issues", ("gitlab/project_export_rich",), exported),
    Sample("gitlab-issues", ("gitlab/project_export_rich/*.ndjson",), exported),
    Sample("gitlab-issues", ("gitlab/rest_*.json",), values("title", "description", "body")),
)
