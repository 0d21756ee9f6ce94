"""One payload in every format that can carry it: exports as real files, imported by a real run.

`FORMATS` maps a format's name to a function that writes an export in which entry `i` holds the `i`th payload wherever
that format holds text: title, body, label, comment.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
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


Carrier = Callable[[Path, Sequence[str]], Path]
FORMATS: dict[str, Carrier] = {
    "dated-text": dated_text,
    "titled-text": titled_text,
    "github-issues": issues,
    "issue-digest": digest,
    "markdown-page": pages,
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
