"""`sources:` of vaultkit.yaml: what it may say, how each mistake is told, and which files a path names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import write_tree
from vaultkit.config import parse_config
from vaultkit.config_sources import DateOrder, SourceConfig, natural
from vaultkit.config_values import Drafts, PullRequests
from vaultkit.errors import UsageError

WHOLE = """\
sources:
  tracker:
    path: [~/issues.json, ~/comments.json]
    format: github-issues
    ids: github
    into: ./Issues/
    note-name: "{number} {title}"
    tags: ["#work"]
    pull-requests: skip
    drafts: skip
    site-url: https://example.org/
    project: kelp/tides
    date-order: mdy
    infer-headings: true
    complete: true
"""


def test_every_key() -> None:
    (source,) = parse_config(WHOLE).sources
    assert source == SourceConfig(
        name="tracker",
        path=("~/issues.json", "~/comments.json"),
        format="github-issues",
        ids="github",
        into="Issues",
        note_name="{number} {title}",
        tags=("work",),
        pull_requests=PullRequests.SKIP,
        drafts=Drafts.SKIP,
        site_url="https://example.org",
        project="kelp/tides",
        date_order=DateOrder.MDY,
        infer_headings=True,
        complete=True,
    )
    assert source.prefix == "github"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("sources:\n  a: {path: x}\n  b:\n    path: [y]\n    into: .\n", id="mapping"),
        pytest.param("sources:\n  - name: a\n    path: x\n  - {name: b, path: y, into: ./}\n", id="list"),
    ],
)
def test_a_mapping_or_a_list(text: str) -> None:
    first, second = parse_config(text).sources
    assert (first.name, first.path, first.into, first.prefix) == ("a", ("x",), None, "a")
    assert (second.name, second.path, second.into) == ("b", ("y",), "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("a: x", "yaml:2: sources.a: must be `key: value` lines", id="no mapping"),
        pytest.param(
            "a:\n    pth: x", "yaml:3: sources.a.pth: there is no key `pth` here; did you mean `path`?", id="key"
        ),
        pytest.param("a: {into: x}", "yaml:2: sources.a: the key `path` is missing", id="no path"),
        pytest.param(
            "a:\n    path: 3", "yaml:3: sources.a.path: must be a text or a list of texts, not `3`", id="path"
        ),
        pytest.param("a:\n    path: []", "must be a text or a list of texts, not an empty list", id="empty list"),
        pytest.param("a:\n    path:", "must be a text or a list of texts, not nothing", id="nothing"),
        pytest.param("a: {path: ''}", "yaml:2: sources.a.path: `` is empty", id="empty path"),
        pytest.param(
            "a: {path: x, name: b}", "sources.a.name: the name stands before the colon already: `a`", id="name"
        ),
        pytest.param("- path: x", "sources[0]: the key `name` is missing", id="no name"),
        pytest.param("a/b: {path: x}", "sources.a/b: `a/b` is no good name for a source", id="slash"),
        pytest.param(".a: {path: x}", "sources..a: `.a` is no good name for a source", id="dot"),
        pytest.param("- {name: a, path: x}\n  - {name: A, path: y}", "there is a source `A` already", id="twice"),
        pytest.param(
            "a: {path: x}\n  b: {path: y, ids: A}", "yaml:3: sources.b: its notes would get the ids of", id="ids"
        ),
        pytest.param("a: {path: x, ids: b/c}", "sources.a.ids: `b/c` is no good name", id="ids slash"),
        pytest.param("a: {path: x, into: ../up}", "sources.a.into: `../up` must lie inside the vault", id="into"),
        pytest.param("a: {path: x, into: .git}", "begins with a dot", id="hidden"),
        pytest.param("a: {path: x, tags: [1 2]}", "sources.a.tags[0]: `1 2` is no valid tag", id="tag"),
        pytest.param("a: {path: x, date-order: ymd}", "must be one of dmy, mdy, not `ymd`", id="order"),
        pytest.param(
            "a: {path: x, note-name: '{day}'}", "`{day}` may only hold {title}, {date}, {number}, {id}", id="unknown"
        ),
        pytest.param("a: {path: x, note-name: '{date:%d}'}", "may only hold", id="form"),
        pytest.param("a: {path: x, note-name: '{date.year}'}", "may only hold", id="attribute"),
        pytest.param("a: {path: x, note-name: '{'}", "cannot be read", id="brace"),
        pytest.param(
            "a: {path: x, note-name: '{date}/{id}'}",
            "is a name, not a path; `into` names the folder",
            id="path in name",
        ),
        pytest.param("a: {path: x, note-name: Note}", "would call all notes the same", id="constant"),
    ],
)
def test_a_mistake_names_file_line_key_and_what_is_allowed(text: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        parse_config(f"sources:\n  {text}\n")
    assert message in str(error.value)


FILES = {
    "old [1]/a.txt": "",
    "old [1]/b.txt": "",
    "log 2.txt": "",
    "log 10.txt": "",
    "deep/er/log 1.txt": "",
    ".hidden.txt": "",
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        pytest.param("log 2.txt", ["log 2.txt"], id="relative"),
        pytest.param("{here}/log 2.txt", ["log 2.txt"], id="absolute"),
        pytest.param("~/log 2.txt", ["log 2.txt"], id="home"),
        pytest.param("deep", ["deep"], id="folder"),
        pytest.param("'*.txt'", ["log 2.txt", "log 10.txt"], id="natural order"),
        pytest.param("'**/log*.txt'", ["deep/er/log 1.txt", "log 2.txt", "log 10.txt"], id="any depth"),
        pytest.param("old [1]/a.txt", ["old [1]/a.txt"], id="a name like a pattern"),
        pytest.param("[log 2.txt, log 2.txt, '*.txt']", ["log 2.txt", "log 10.txt"], id="each once"),
    ],
)
def test_which_files_a_path_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, found: list[str]) -> None:
    root = write_tree(tmp_path / "old [1]", FILES)  # a pattern is relative to a vault of whatever name
    monkeypatch.setenv("HOME", str(root))
    (source,) = parse_config(f"sources:\n  a:\n    path: {path.format(here=root)}\n").sources
    assert [str(Path(name).relative_to(root)) for name in source.files(root)] == found


@pytest.mark.parametrize(
    ("path", "message"),
    [
        pytest.param(
            "gone.txt", "vaultkit.yaml:3: sources.a.path: `gone.txt`: there is no such file or folder", id="file"
        ),
        pytest.param(
            "gone*.txt", "vaultkit.yaml:3: sources.a.path: `gone*.txt`: no file fits this pattern", id="pattern"
        ),
        pytest.param(
            "[here.txt, gone]", "vaultkit.yaml:3: sources.a.path[1]: `gone`: there is no such file", id="second"
        ),
    ],
)
def test_what_is_not_there_is_told_with_its_line(tmp_path: Path, path: str, message: str) -> None:
    write_tree(tmp_path, {"here.txt": ""})
    (source,) = parse_config(f"sources:\n  a:\n    path: {path}\n").sources
    with pytest.raises(UsageError) as error:
        source.files(tmp_path)
    assert str(error.value).startswith(message)


def test_natural_order() -> None:
    names = ["b", "a10.txt", "a2.txt", "a2", "10", "9", "a²", "a٣"]
    assert sorted(names, key=natural) == ["9", "10", "a2", "a2.txt", "a10.txt", "a²", "a٣", "b"]
