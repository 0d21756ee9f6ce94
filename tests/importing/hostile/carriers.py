"""One payload in every format that can carry it: exports as real files, imported by a real run.

`FORMATS` maps a format's name to a function that writes an export in which entry `i` holds the `i`th payload wherever
that format holds text: title, body, label, comment.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

from tests.conftest import snapshot, write_tree
from vaultkit.cli.import_ import choices_from
from vaultkit.config import read_config
from vaultkit.importing.run import ImportReport, run_import
from vaultkit.importing.source import ReadOptions, Split
from vaultkit.vault.tree import open_vault

FIRST = dt.date(2001, 1, 1)


def day(i: int) -> dt.date:
    return FIRST + dt.timedelta(days=i)


def line(text: str) -> str:
    """`text` where a format has room for one line only."""
    return " ".join(text.split())


def dated_text(folder: Path, payloads: Sequence[str]) -> Path:
    days = [f"# {day(i)} {line(text)}\n\nBefore.\n\n{text}\n\nAfter.\n" for i, text in enumerate(payloads)]
    return write_tree(folder, {"diary.md": "\n".join(days)}) / "diary.md"


def titled_text(folder: Path, payloads: Sequence[str]) -> Path:
    entries = [f"Title {i}\n\nBefore.\n\n{text}\n\nAfter.\n" for i, text in enumerate(payloads)]
    return write_tree(folder, {"titled.txt": "\n".join(entries)}) / "titled.txt"


def issues(folder: Path, payloads: Sequence[str]) -> Path:
    found = [
        {
            "number": i + 1,
            "title": f"{text} {i}",
            "html_url": f"https://github.com/ada/tides/issues/{i + 1}",
            "body": f"Before.\n\n{text}\n\nAfter.",
            "labels": [{"name": text}],
            "user": {"login": text},
            "milestone": {"title": text},
            "state": "open",
            "comments": [{"id": i + 1, "body": text, "user": {"login": "bo"}, "created_at": "2024-01-01T00:00:00Z"}],
        }
        for i, text in enumerate(payloads)
    ]
    return write_tree(folder, {"issues.json": json.dumps(found)}) / "issues.json"


def digest(folder: Path, payloads: Sequence[str]) -> Path:
    notes = [
        f"[Paper Note] {line(text)} {i}, Ada Okoye+, arXiv'24, 2024.01\nPaper/Blog Link My Issue\n"
        f"#{line(text).replace('#', '')} Issue Date: {day(i)} GPT Summary- {line(text)} Comment\n{text}\n"
        for i, text in enumerate(payloads)
    ]
    return write_tree(folder, {"papers.txt": "\n".join(notes)}) / "papers.txt"


def page(i: int, text: str) -> str:
    return (
        f"---\ntitle: {json.dumps(f'{text} {i}')}\ntags: [{json.dumps(text)}]\nmood: {json.dumps(text)}\n---\n"
        f"Before.\n\n{text}\n\nAfter.\n"
    )


def pages(folder: Path, payloads: Sequence[str]) -> Path:
    return write_tree(folder / "site", {f"_posts/{day(i)}-p{i}.md": page(i, text) for i, text in enumerate(payloads)})


def zipped(folder: Path, payloads: Sequence[str]) -> Path:
    with zipfile.ZipFile(folder / "site.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for i, text in enumerate(payloads):
            packed.writestr(f"site-main/_posts/{day(i)}-p{i}.md", page(i, text))
    return folder / "site.zip"


def tarred(folder: Path, payloads: Sequence[str]) -> Path:
    with tarfile.open(folder / "site.tar.gz", "w:gz") as packed:
        for i, text in enumerate(payloads):
            data = page(i, text).encode()
            info = tarfile.TarInfo(f"site-main/_posts/{day(i)}-p{i}.md")
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
    return folder / "site.tar.gz"


def rednotebook(folder: Path, payloads: Sequence[str]) -> Path:
    months: dict[str, list[str]] = {}
    for i, text in enumerate(payloads):
        fields = json.dumps({"text": f"Before.\n\n{text}\n\nAfter.", line(text) or "-": {text: None}})
        months.setdefault(f"data/{day(i):%Y-%m}.txt", []).append(f"{day(i).day}: {fields}\n")
    return write_tree(folder, {name: "".join(days) for name, days in months.items()}) / "data"


def keep(folder: Path, payloads: Sequence[str]) -> Path:
    notes = {
        f"Keep/{i:04}.json": json.dumps(
            {
                "title": f"{text} {i}",
                "textContent": f"Before.\n\n{text}\n\nAfter.",
                "listContent": [{"text": text, "isChecked": False}],
                "labels": [{"name": text}],
                "annotations": [{"title": text, "description": text, "url": "https://example.com/a"}],
                "color": text,
                "isTrashed": False,
                "createdTimestampUsec": 1_000_000_000_000_000 + i,
            }
        )
        for i, text in enumerate(payloads)
    }
    return write_tree(folder, notes) / "Keep"


def diaro(folder: Path, payloads: Sequence[str]) -> Path:
    def table(name: str, *records: dict[str, str]) -> str:
        rows = ("".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in one.items()) for one in records)
        return f'<table name="diaro_{name}">{"".join(f"<r>{row}</r>" for row in rows)}</table>'

    texts = [text.translate(_NO_CONTROLS) for text in payloads]
    entries = [
        {
            "uid": f"{i:04}",
            "date": f"{946_684_800_000 + 86_400_000 * i}",
            "tz_offset": "+00:00",
            "title": f"{text} {i}",
            "text": f"Before.\n\n{text}\n\nAfter.",
            "tags": f"t{i}",
            "mood": f"m{i}",
        }
        for i, text in enumerate(texts)
    ]
    tags = [{"uid": f"t{i}", "title": text} for i, text in enumerate(texts)]
    moods = [{"uid": f"m{i}", "title": text, "icon": "x"} for i, text in enumerate(texts)]
    xml = f"<data>{table('tags', *tags)}{table('moods', *moods)}{table('entries', *entries)}</data>"
    return write_tree(folder, {"diaro.xml": xml}) / "diaro.xml"


def apple_journal(folder: Path, payloads: Sequence[str]) -> Path:
    pages = {
        f"Entries/{day(i)}.html": "<html><body><p><span><div class='pageContainer'>"
        f"<div class='pageHeader'>{day(i).year}年{day(i).month}月{day(i).day}日</div><div class='assetGrid'>"
        f"<div class='gridItem assetType_stateOfMind'><div>{escape(text)}</div></div></div>"
        f"<div class='reflectionPrompt'>{escape(text)}</div><div class='title'>{escape(text)}</div>"
        f"<div class='bodyText'></span></p><p>Before.</p><p>{escape(text)}</p><p>After.</p></div></div></body></html>"
        for i, text in enumerate(payloads)
    }
    return write_tree(folder, pages) / "Entries"


def daylio(folder: Path, payloads: Sequence[str]) -> Path:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow("full_date date weekday time mood activities note_title note".split())
    for i, text in enumerate(payloads):
        rows.writerow([day(i), "", "", "12:00", text, text, text, f"Before.\n\n{text}\n\nAfter."])
    return write_tree(folder, {"daylio.csv": out.getvalue()}) / "daylio.csv"


def diarium(folder: Path, payloads: Sequence[str]) -> Path:
    entries = [
        {
            "date": f"{day(i)}T12:00:00.1",
            "heading": text,
            "html": f"<p>Before.</p><p>{escape(text)}</p><p>After.</p>",
            "tags": [text],
            "people": [text],
            "weather": text,
            "location": text,
        }
        for i, text in enumerate(payloads)
    ]
    return write_tree(folder, {"diarium.json": json.dumps(entries)}) / "diarium.json"


_NO_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32)], " ")

Carrier = Callable[[Path, Sequence[str]], Path]
FORMATS: dict[str, Carrier] = {
    "dated-text": dated_text,
    "titled-text": titled_text,
    "github-issues": issues,
    "issue-digest": digest,
    "markdown-page": pages,
    "rednotebook": rednotebook,
    "google-keep": keep,
    "diaro": diaro,
    "apple-journal": apple_journal,
    "daylio": daylio,
    "diarium": diarium,
    "zip": zipped,
    "tar.gz": tarred,
}


def imported(
    folder: Path, export: Path, *, trust_code: bool = False, titles: Sequence[int] = ()
) -> tuple[ImportReport, dict[str, str]]:
    """Import `export` into a new vault in `folder`: the report, and the notes by path. Nothing beside it may change."""
    root = folder / "vault"
    (root / ".obsidian").mkdir(parents=True)
    before = {path: kept for path, kept in snapshot(folder).items() if not path.startswith("vault/")}
    options = ReadOptions(split=Split(tuple(titles)) if titles else None)
    format_ = "titled-text" if titles else ""
    choices = replace(choices_from(read_config(root)), options=options, trust_code=trust_code, format=format_)
    report = run_import(open_vault(root), [str(export)], choices)
    after = snapshot(folder)
    assert {path: kept for path, kept in after.items() if not path.startswith("vault/")} == before
    notes = {
        path.removeprefix("vault/"): data.decode()
        for path, (data, _) in after.items()
        if path.startswith("vault/") and not path.startswith("vault/.") and path.endswith(".md")
    }
    return report, notes


def imported_all(folder: Path, name: str, payloads: Sequence[str], **given: bool) -> tuple[ImportReport, list[str]]:
    """The texts of the notes that hold `payloads`, in their order, out of an export of the format `name`."""
    export = FORMATS[name](folder, payloads)
    titles = []
    if name == "titled-text":
        lines = export.read_text().split("\n")
        titles = [at + 1 for at, text in enumerate(lines) if text.startswith("Title ")]
    report, notes = imported(folder, export, titles=titles, **given)
    assert not report.failed, report.notices
    assert len(report.notes) == len(payloads)
    return report, [notes[note.path] for note in report.notes]
