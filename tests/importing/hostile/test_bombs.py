"""JSON and front matter that make a parser run for ever, fall over, or build what was not asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import not_hanging, write_tree
from tests.importing.hostile.carriers import imported
from vaultkit.errors import ExportError
from vaultkit.importing.entry import NoticeKind
from vaultkit.importing.run import ImportReport

ISSUE = {"number": 1, "title": "Tides", "body": "b", "state": "open", "html_url": "https://github.com/a/b/issues/1"}


def issue(**given: object) -> str:
    return json.dumps({**ISSUE, **given})


def with_raw(field: str, raw: str) -> str:
    """An issue with `raw` as the value of `field`, be it JSON or not."""
    return issue(**{field: "@"}).replace('"@"', raw)


def tried(folder: Path, export: Path) -> tuple[str, ImportReport | None, dict[str, str]]:
    """The message of a refusal, or the report and the notes."""
    with not_hanging(20):
        try:
            return "", *imported(folder, export)
        except ExportError as refused:
            return str(refused), None, {}


DEEP = "[" * 100_000 + "]" * 100_000
JSON = {
    "a hundred thousand brackets": DEEP,
    "a hundred thousand braces": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "never closed": "[" * 100_000,
    "deep in a field": f"[{with_raw('milestone', DEEP)}]",
    "a number of 5000 digits": f"[{with_raw('locked', '9' * 5000)}]",
    "a number of 5000 digits as the number": f"[{with_raw('number', '9' * 5000)}]",
    "half a text": '[{"number": 1, "title": "a',
    "a comma too many": f"[{issue()},,,]",
    "two roots": f"{issue()}\n{{",
    "NUL": "[\0]",
    "a mark inside": "[\ufeff]",
    "only blanks": " \n" * 100_000,
    "a lone quote": '"' * 100_000,
}
ODD = {
    "half a pair": ("title", '"a\\ud83d"'),
    "two wrong halves": ("body", '"\\udc00\\ud800"'),
    "NUL in a text": ("body", '"a\\u0000b"'),
    "NUL in a title": ("title", '"a\\u0000b"'),
    "NaN": ("body", "NaN"),
    "infinity": ("state", "-Infinity"),
    "a million digits behind the point": ("locked", "0." + "1" * 4000),
    "an exponent": ("locked", "1e999999"),
    "a big number": ("number", "9" * 400),
    "a key twice": ("state", '"open", "state": "closed"'),
    "a list for a text": ("title", '["a"]'),
    "labels of labels": ("labels", "[[[[]]]]"),
    "a date that is none": ("created_at", '"9999-99-99T99:99:99Z"'),
    "a year of 5 digits": ("closed_at", '"99999-01-01T00:00:00Z"'),
    "an offset that is none": ("closed_at", '"2024-01-01T00:00:00+99:99"'),
    "a long text": ("body", '"' + "x" * 1_000_000 + '"'),
    "ten thousand labels": ("labels", json.dumps([f"label {i}" for i in range(10_000)])),
}


@pytest.mark.parametrize("text", JSON.values(), ids=JSON)
def test_json_that_cannot_be_read_is_refused_or_named(tmp_path: Path, text: str) -> None:
    export = write_tree(tmp_path, {"issues.json": text}) / "issues.json"
    refused, report, _ = tried(tmp_path, export)
    if report:
        assert report.notices or len(report.notes) == 1  # commas too many do no harm
    else:
        assert "issues.json" in refused


@pytest.mark.parametrize(("field", "raw"), ODD.values(), ids=ODD)
def test_odd_values_are_one_note_or_one_notice(tmp_path: Path, field: str, raw: str) -> None:
    whole = issue(number=2, title="Whole")
    export = write_tree(tmp_path, {"issues.json": f"[{with_raw(field, raw)}, {whole}]"}) / "issues.json"
    with not_hanging(20):
        report, notes = imported(tmp_path, export)
    assert any(path.endswith("2 Whole.md") for path in notes)
    assert len(report.notes) == 2 or any(notice.kind is NoticeKind.FAILED for notice in report.notices)
    assert not any("\0" in text or "\ud83d" in text for text in notes.values())


def test_what_was_cut_of_ten_thousand_labels_is_named(tmp_path: Path) -> None:
    labels = [f"label {i}" for i in range(10_000)]
    export = write_tree(tmp_path, {"issues.json": f"[{issue(labels=labels)}]"}) / "issues.json"
    report, notes = imported(tmp_path, export)
    (notice,) = [notice for notice in report.notices if "were cut" in notice.message]
    assert notice.kind is NoticeKind.UNPLACED
    (note,) = notes.values()
    assert {label for label in labels if f"- {label}\n" not in note} == set(notice.text.split("\n"))


ALIASES = "\n".join(
    ["a0: &a0 [x,x,x,x,x,x,x,x,x]", *(f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 9))]
)
MERGES = "\n".join(
    ["b0: &b0 {k0: 1}", *(f"b{i}: &b{i} {{<<: [{','.join([f'*b{i - 1}'] * 9)}], k{i}: 1}}" for i in range(1, 9))]
)
FRONT = {
    "aliases": ALIASES,
    "merges": MERGES,
    "an alias of itself": "a: &a [*a]",
    "deep in brackets": "a: " + "[" * 60_000,
    "deep in braces": "a: " + "{b: " * 12_000,
    "deep in lists": "a:\n" + "".join(" " * i + "-\n" for i in range(1, 300)),
    "deep in keys": "".join(" " * i + "a:\n" for i in range(300)),
    "deep in dashes": "a:\n  " + "- " * 30_000 + "x",
    "deep in question marks": "? " * 30_000 + "x",
    "python, a call": "a: !!python/object/apply:os.system ['touch owned']",
    "python, a module": "a: !!python/module:os",
    "python, new": "a: !!python/object/new:type {args: [x, [], {}]}",
    "a huge tag": "a: !" + "x" * 60_000 + " y",
    "a tag of another place": "%TAG ! tag:example.org,2000:\n---\na: !x y",
    "binary": "a: !!binary AAAA",
    "a set": "a: !!set {x, y}",
    "a number of 5000 digits": "a: " + "9" * 5000,
    "base sixty": "a: 1:" + ":".join(["59"] * 5000),
    "a date that is none": "date: 2024-13-45\na: 1",
    "a time that is none": "date: 2024-01-01T99:99:99",
    "NUL": "a: x\0y",
    "a tab": "a:\n\tb: 1",
    "a megabyte": "a: " + "x" * 1_000_000,
    "ten thousand keys": "\n".join(f"k{i}: v" for i in range(10_000)),
    "never closed quotes": 'a: "' + "x" * 50_000,
    "document in document": "a: |\n  ---\n  vaultkit-id: y\nb: 1",
    "an id of its own": "vaultkit-id: github/a/b#1\na: 1",
    "a block scalar's indent": "a: |9\n x",
    "an anchor without end": "a: &" + "x" * 60_000,
    "a long plain key": "x" * 60_000 + ": 1",
}


def test_front_matter_that_does_harm_becomes_a_note_or_is_named(tmp_path: Path) -> None:
    """In a process of its own: some of these make the library's parser in C overrun its stack."""
    files = {f"site/p{i}.md": f"---\n{text}\n---\nBody {i}.\n" for i, text in enumerate(FRONT.values())}
    write_tree(
        tmp_path, {**files, "site/_config.yml": f"url: https://example.org\n{MERGES}\n", "vault/.obsidian/x": ""}
    )
    command = [sys.executable, "-m", "vaultkit", "import", "site", "--vault", "vault", "--json"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert ran.returncode in (0, 1), ran.stderr[-2000:]
    assert b"Traceback" not in ran.stderr + ran.stdout
    assert not (tmp_path / "owned").exists()
    report = json.loads(ran.stdout)
    notes = "".join(path.read_text() for path in (tmp_path / "vault").rglob("*.md"))
    told = "".join(notice["text"] for notice in report["notices"])
    lost = [id_ for i, id_ in enumerate(FRONT) if f"Body {i}.\n" not in notes + told + "\n"]
    assert not lost
    assert notes.count("vaultkit-id: github/a/b#1") == 0
    for path in (tmp_path / "vault").rglob("*.md"):
        assert path.read_bytes().find(b"\n---\n", 4) < 64 * 1024


PACKED = {
    "toml, deep": "+++\na = " + "[" * 50_000 + "\n+++\nBody.\n",
    "toml, dotted": "+++\n" + ".".join(["a"] * 20_000) + " = 1\n+++\nBody.\n",
    "toml, a long number": "+++\na = " + "9" * 5000 + "\n+++\nBody.\n",
    "json, deep": '{"a": ' + "[" * 50_000 + "\n\nBody.\n",
    "json, a long number": '{"a": ' + "9" * 5000 + "}\n\nBody.\n",
    "json, half a pair": '{"a": "\\ud83d"}\n\nBody.\n',
}


@pytest.mark.parametrize("text", PACKED.values(), ids=PACKED)
def test_front_matter_of_other_kinds(tmp_path: Path, text: str) -> None:
    export = write_tree(tmp_path, {"a.md": text}) / "a.md"
    refused, report, notes = tried(tmp_path, export)
    if report:
        assert "Body." in "".join(notes.values())
    else:
        assert "a.md" in refused
