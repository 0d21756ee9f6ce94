"""What names and titles could do to a terminal, or to the log of a build, is shown in every message and in JSON."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import write_tree
from vaultkit.report.printable import printable_line, to_json

NAMES = {
    "colour": "a\x1b[31mred",
    "clear": "a\x1b[2Jb",
    "title of the window": "\x1b]0;owned\x07",
    "clipboard": "\x1b]52;c;AAAA\x07",
    "hyperlink": "\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\",
    "C1": "a\x9b31mb",
    "C1 string": "a\x9d0;x\x9c",
    "bell": "a\x07",
    "backspace": "good\x08\x08\x08\x08evil",
    "overwritten line": "good\revil",
    "next line": "a\x85b",
    "delete": "a\x7fb",
    "override": "a\u202egpj.exe",
    "isolate": "a\u2066b\u2069c",
    "marks": "a\u200e\u200f\u061cb",
    "line separators": "a\u2028b\u2029c",
    "byte order mark": "\ufeffa",
    "a command": "::error file=x,line=1::y",
    "a command in its other form": "##[error]y",
    "a command of another service": "##vso[task.setvariable variable=x]y",
    "a command on a line of its own": "a\n::error::y",
    "an encoded line end": "a%0A::error::y",
    "a section": "section_start:1:x\r\x1b[0K",
}
_OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_COMMAND = re.compile(r"^\s*::|##(?:\[|vso\[|teamcity\[)", re.M)


def assert_tame(*texts: str) -> None:
    for text in texts:
        assert not _OBEYED.search(text)
        assert not _COMMAND.search(text)


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Titles that misbehave, records that cannot be read, references that lead nowhere; in a file of such a name."""
    issue = {"state": "open", "body": "see #99", "created_at": "x"}
    found = [{**issue, "number": i + 1, "title": text, "body": f"{text} #99"} for i, text in enumerate(NAMES.values())]
    address = "https://github.com/a/b/issues/{}"
    found = [{**one, "html_url": address.format(one["number"]), "milestone": [NAMES["clear"]]} for one in found]
    broken = [{"number": "x", "title": text} for text in NAMES.values()]
    folder = tmp_path_factory.mktemp("export")
    return write_tree(folder, {"::error ::\x1b[2J\u202e##[x].json": json.dumps([*found, *broken])}) / (
        "::error ::\x1b[2J\u202e##[x].json"
    )


@pytest.mark.parametrize("arguments", [[], ["--dry-run"], ["--json"]], ids=["text", "dry run", "json"])
def test_a_report_of_an_import_is_tame(run, vault, export: Path, arguments: list[str]) -> None:
    ran = run("import", export.name, "--vault", vault(), *arguments, cwd=export.parent)
    assert ran.code == 1
    assert "x1b" in ran.out or "u001b" in ran.out
    if arguments != ["--json"]:
        assert_tame(ran.out, ran.err)
        return
    assert not _OBEYED.search(ran.out)
    told = json.loads(ran.out)
    assert any("\x1b[2J" in notice["place"] for notice in told["notices"])


@pytest.mark.parametrize(
    "arguments",
    [["import", "NAME", "--vault", "."], ["import", "gone NAME"], ["import", "x", "--format", "NAME"], ["NAME"]],
    ids=["an export that fits nothing", "a missing export", "a format", "a verb"],
)
def test_a_refusal_is_tame(run, vault, arguments: list[str]) -> None:
    name = "::error ::\x1b[2J\u202e\x9b"
    root = vault({name: "no format fits\n"})
    ran = run(*(word.replace("NAME", name) for word in arguments), cwd=root)
    assert ran.code == 2
    assert_tame(ran.out, ran.err)


@pytest.mark.parametrize("form", ["text", "grouped", "full", "json", "jsonl", "github", "gitlab", "sarif", "junit"])
def test_a_report_of_the_linter_is_tame(run, vault, form: str) -> None:
    texts = [(i, text, text.replace("/", "")) for i, text in enumerate(NAMES.values())]
    notes = {f"::x {i} {name[:80]}.md": f"[[{text}]]\n\n[[gone]] {text}\n" for i, text, name in texts}
    ran = run("lint", "--output-format", form, cwd=vault(notes))
    assert ran.code == 1
    assert not _OBEYED.search(ran.out.replace("\t", " "))
    if form == "github":
        assert all(re.match(r"::(?:error|warning|notice) file=", line) for line in ran.out.splitlines())
    elif form not in ("json", "jsonl", "gitlab", "sarif", "junit"):
        assert not re.search(r"^\s*::", ran.out, re.M)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_a_terminal_gets_nothing_to_obey(tmp_path: Path, export: Path, vault) -> None:
    """On a terminal colours are allowed, and click takes no escapes out."""
    import pty

    main, side = pty.openpty()
    command = [sys.executable, "-m", "vaultkit", "import", export.name, "--vault", str(vault())]
    ran = subprocess.Popen(command, cwd=export.parent, stdout=side, stderr=side, stdin=subprocess.DEVNULL)
    os.close(side)
    out = b""
    while True:
        try:
            piece = os.read(main, 65536)
        except OSError:  # the other side is closed
            break
        if not piece:
            break
        out += piece
    os.close(main)
    assert ran.wait(60) == 1
    text = re.sub(r"(?:\r\x1b\[\?25l[^\r\x1b\n]*+)++\x1b\[\?25h", "", out.decode())  # our bar, on a busy machine
    text = re.sub(r"\x1b\[[0-9;]*[mK]", "", text).replace("\r\n", "\n")
    assert_tame(text)


@pytest.mark.parametrize("text", NAMES.values(), ids=NAMES)
def test_a_line_and_json_are_tame(text: str) -> None:
    assert_tame(printable_line(text.replace("\n", "\\n")))
    assert not _OBEYED.search(to_json({"a": text}, 1))
    assert json.loads(to_json({"a": text}, 1)) == {"a": text}


def test_what_is_harmless_is_shown_as_it_is() -> None:
    for text in ("日本語 é 👩\u200d👧", "a::b", "# a ## b", "x: ::y"):
        assert printable_line(text) == text
        assert to_json(text) == json.dumps(text, ensure_ascii=False)
