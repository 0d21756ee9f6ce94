"""A vault that is remembered has the same findings as one that is not, whatever happened to it in between."""

from __future__ import annotations

import functools
import json
import os
import random
from pathlib import Path

import pytest

from tests.conftest import write_tree
from vaultkit.config import parse_config, read_config
from vaultkit.linting import store
from vaultkit.linting.look import Looker
from vaultkit.linting.packs import ActiveRule, active_rules
from vaultkit.linting.placed import Placed
from vaultkit.linting.whole import Whole, lint_whole
from vaultkit.report import text
from vaultkit.vault import cache as caches
from vaultkit.vault.tree import vault_at

NAMES = [
    "Ann.md",
    "ann.md",
    "Bo.md",
    "x/Bo.md",
    "x/Cy.md",
    "y/Cy.md",
    "y/C-y.md",
    "Dee.md.md",
    "x/pic.png",
    "pic.png",
    "y/pic.png?raw=true",
    "E.base",
    "2024-01-17.md",
    "w/doc.pdf",
    "con/E.md",
    "P.canvas",
    "Recipes.md",
    "Ann and Nick.md",
    ".obsidian/bookmarks.json",
]
TARGETS = [
    "Ann",
    "Bo",
    "bo",
    "x/Bo",
    "Cy",
    "c y",
    "./Bo",
    "../Bo",
    "/Ann",
    "Dee",
    "Dee.md",
    "Recepies",
    "pic.png?raw=true",
    "Nick",
    "pic.png",
    "../x/pic.png",
    "doc.pdf",
    "E.base",
]
MENTIONED = ["Ann", "Cy", "c-y", "dee.md", "Recipes", "recipes", "Nick", "other", "c y or", "Ann and Nick"]
HEADINGS = ["One", "Two", "one-two", "Three"]


@functools.cache
def rules_of(settings: str) -> tuple[ActiveRule, ...]:
    """Those that a `vaultkit.yaml` with this text asks for, loaded once: vaults are looked at hundreds of times."""
    return active_rules(parse_config(settings))


def look(root: Path, key: bytes = b"k", jobs: int = 1) -> Whole:
    vault = vault_at(root)
    config = read_config(root)
    settings = root / "vaultkit.yaml"
    rules = rules_of(settings.read_text("utf-8") if settings.exists() else "")
    return lint_whole(vault, rules, config, line, key, jobs)


def line(one: Placed) -> str:
    return text.render([one])


def whole(root: Path, jobs: int = 1) -> Whole:
    """What a run finds that remembers nothing; what is told of it is what it says."""
    first = look(root, b"", jobs)
    assert b"".join(first.told.lines()).decode() == text.render(first.found)
    assert text.counted(*first.totals) == text.summary(first.found)
    return first


def findings(root: Path, jobs: int = 1) -> list[Placed]:
    return whole(root, jobs).found


def same(root: Path) -> bool:
    """Whether what is remembered makes no difference."""
    again, first = look(root), whole(root)
    assert b"".join(again.told.lines()) == b"".join(first.told.lines())
    assert text.counted(*again.totals) == text.counted(*first.totals)
    return again.found == first.found


def note(chance: random.Random) -> str:
    lines = []
    if chance.random() < 0.4:
        lines += ["---", f"aliases: [{chance.choice(['Nick', 'nick', 'c y', 'Other'])}]"]
        lines += [f"cover: {chance.choice(TARGETS)}", f'up: "[[{chance.choice(TARGETS)}]]"'][: chance.randrange(3)]
        lines += [f"{key}: {chance.randrange(3)}x" for key in ("vaultkit-id", "title") if chance.random() < 0.5] + [
            "---"
        ]
    for _ in range(chance.randrange(6)):
        heading = chance.choice(HEADINGS)
        link = chance.choice(TARGETS) + chance.choice(["", "", f"#{heading}", "#^b1", f"#One#{heading}"])
        lines.append(
            chance.choice(
                [
                    f"# {heading}",
                    f"## {heading}",
                    f"%%\n# {heading}\n%%",
                    "text ^b1",
                    f"[[{link}]]",
                    "plain",
                    f"{chance.choice(MENTIONED)} and {chance.choice(MENTIONED)}",
                    "plain",
                    f"![[{chance.choice(TARGETS)}]]",
                    f"<img src='{chance.choice(TARGETS)}'>",
                    f'```base\nfilters: file.hasLink("{chance.choice(TARGETS)}")\n```',
                    f"#{chance.choice(['book', 'books', 'Book', 'x'])}",
                ]
            )
        )
    return "\n".join(lines) + "\n"


def canvas(chance: random.Random) -> str:
    if chance.random() < 0.1:
        return "{"
    cards = [{"type": "file", "file": chance.choice(NAMES)}, {"type": "text", "text": f"[[{chance.choice(TARGETS)}]]"}]
    return json.dumps({"nodes": cards})


def bookmarks(chance: random.Random) -> str:
    items: list[object] = [
        {"type": "file", "path": chance.choice(NAMES)},
        {
            "type": "file",
            "path": chance.choice(NAMES),
            "subpath": chance.choice(["#One", "#one two", "#^b1", "#One#Two"]),
        },
        {"type": "group", "items": [{"type": "folder", "path": chance.choice(["x", "y", "y/z", "z", "con"])}]},
    ]
    return json.dumps({"items": items})[: None if chance.random() < 0.9 else -2]


def content(name: str, chance: random.Random) -> str:
    if name.endswith(".json"):
        return bookmarks(chance)
    if name.endswith(".base"):
        return f'filters: link("{chance.choice(TARGETS)}")\n'
    return canvas(chance) if name.endswith(".canvas") else note(chance)


def change(root: Path, chance: random.Random) -> None:
    """One thing that happens to a vault."""
    path = root / chance.choice(NAMES)
    other = root / chance.choice(NAMES)
    what = chance.choice(["write", "write", "write", "remove", "rename", "touch", "age", "folder"])
    if what == "folder":
        folder = root / chance.choice(["y/z", "z"])
        if folder.is_dir():
            folder.rmdir()
        else:
            folder.mkdir(parents=True)
    elif what == "write":
        before = path.stat() if path.exists() else None
        write_tree(root, {path.relative_to(root).as_posix(): content(path.name, chance)})
        if before and chance.random() < 0.3:  # as far as the clock can tell, at the same moment
            os.utime(path, ns=(before.st_atime_ns, path.stat().st_mtime_ns))
    elif not path.exists():
        return
    elif what == "remove":
        path.unlink()
    elif what == "rename":
        other.parent.mkdir(exist_ok=True)
        path.rename(other)
    elif what == "touch":
        os.utime(path)
    else:
        for one in (path for kind in ("*.md", "*.canvas", "*.base", ".obsidian/*.json") for path in root.rglob(kind)):
            os.utime(one, ns=(10**18, one.stat().st_mtime_ns - 10**10))  # long ago: times prove something


@pytest.mark.parametrize("seed", range(36))
def test_whatever_happens_the_findings_are_those_of_a_first_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    monkeypatch.setattr(store, "_FEW", (0, 2, 1000)[seed % 3])  # how often all is written anew
    write_tree(tmp_path, {name: content(name, chance) for name in NAMES if chance.random() < 0.7})
    titles = f"{{shortest: 3, first: {chance.choice(['true', 'false'])}, case: {chance.choice(['true', 'false'])}}}"
    counts = ("either", "incoming", "outgoing")[seed % 5 % 3]
    connected = f"{{counts: {counts}, daily-notes: {str(seed % 2 > 0).lower()}}}"
    rules = f"    titles-linked: {{options: {titles}}}\n    notes-connected: {{options: {connected}}}\n"
    write_tree(tmp_path, {"vaultkit.yaml": f"lint:\n  packs: [recommended, strict]\n  rules:\n{rules}"})
    for _ in range(12):
        for _ in range(chance.randrange(4)):
            change(tmp_path, chance)
        assert same(tmp_path)


def age(root: Path) -> None:
    for path in root.rglob("*.md"):
        os.utime(path, ns=(10**18, 10**18))


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths of the notes that were linted, in order."""
    seen: list[str] = []
    ask = Looker._look

    def count(self: Looker, path: str) -> object:
        seen.append(path)
        return ask(self, path)

    monkeypatch.setattr(Looker, "_look", count)
    return seen


@pytest.mark.parametrize(
    ("path", "content", "again"),
    [
        ("C.md", "# New\n", ["C.md", "A.md"]),
        ("D.md", "more text\n", ["D.md"]),
        ("New.md", "", ["New.md"]),
        ("Lost.md", "", ["Lost.md", "B.md"]),
        ("D.md", "---\naliases: [lost]\n---\n", ["D.md", "B.md"]),
        ("sub/C.md", "", ["sub/C.md", "A.md", "C.md"]),
        ("Lo st.md", "", ["Lo st.md", "B.md"]),
        ("Recipes.md", "", ["Recipes.md", "G.md"]),
        ("Recipts.md", "", ["Recipts.md", "G.md"]),
        ("F.md", "# Seen\n\n<!--\n# Hidden\n-->\n", ["F.md", "E.md"]),
        ("x?/0.md", "", ["x?/0.md", "x?/1.md", "x?/2.md"]),
    ],
    ids=[
        "heading",
        "only-text",
        "new-name",
        "wanted-name",
        "wanted-alias",
        "second-of-a-name",
        "similar-name",
        "slip",
        "slip-at-the-end",
        "hidden-heading",
        "first-in-folder",
    ],
)
def test_only_what_may_have_another_answer_is_looked_at(
    tmp_path: Path, looked_at: list[str], path: str, content: str, again: list[str]
) -> None:
    write_tree(tmp_path, {"A.md": "[[C#Old]]\n", "B.md": "[[Lost]]\n", "C.md": "# Old\n", "D.md": "plain\n"})
    write_tree(
        tmp_path, {"E.md": "[[F#Hidden]]\n", "F.md": "# Seen\n", "G.md": "[[Recepies]]\n", "x?/1.md": "", "x?/2.md": ""}
    )
    age(tmp_path)
    assert look(tmp_path).changed
    looked_at.clear()
    assert not look(tmp_path).changed
    assert looked_at == []
    write_tree(tmp_path, {path: content})
    found = look(tmp_path).found
    assert looked_at == again
    assert found == findings(tmp_path)


@pytest.mark.parametrize(
    ("path", "content", "again"),
    [
        ("Roses.md", "", ["Roses.md", "A.md"]),
        ("x/Lilies.md", "", ["x/Lilies.md", "B.md"]),
        ("2024-01-18.md", "", ["2024-01-18.md"]),
        ("E.md", "---\naliases: [full bloom]\n---\n", ["E.md", "A.md", "E.md"]),
        ("D.md", "---\naliases: [bloom]\n---\n", ["D.md", "A.md", "B.md"]),
        ("Lilies.md", None, ["B.md"]),
        ("New.md", "Lilies\n", ["New.md"]),
    ],
    ids=["title-comes", "second-of-a-title", "day-comes", "alias-comes", "alias-goes", "title-goes", "only-text"],
)
def test_only_notes_that_name_what_comes_or_goes_are_looked_at(
    tmp_path: Path, looked_at: list[str], path: str, content: str | None, again: list[str]
) -> None:
    write_tree(tmp_path, {"vaultkit.yaml": "lint: {select: [titles-linked]}\n"})
    write_tree(tmp_path, {"A.md": "roses, in full bloom\n", "B.md": "Lilies and plants, 2024-01-18\n", "Lilies.md": ""})
    write_tree(tmp_path, {"C.md": "---\naliases: [lotus]\n---\n", "D.md": "---\naliases: [bloom, plants]\n---\n"})
    write_tree(tmp_path, {"E.md": ""})
    age(tmp_path)
    look(tmp_path)
    looked_at.clear()
    if content is None:
        (tmp_path / path).unlink()
    else:
        write_tree(tmp_path, {path: content})
    found = look(tmp_path).found
    assert looked_at == again
    assert found == findings(tmp_path)


@pytest.mark.parametrize("before", [None, "- a\n"])
@pytest.mark.parametrize("after", [None, "- a\n- b\n"])
def test_a_list_of_tags_that_changes_is_asked_again(
    tmp_path: Path, looked_at: list[str], before: str | None, after: str | None
) -> None:
    write_tree(tmp_path, {"vaultkit.yaml": "lint: {rules: {tags-known: {options: {file: x/Tags.md}}}}\n"})
    write_tree(tmp_path, {"A.md": "#a #b\n", "B.md": "none\n", "x/C.md": ""})
    for tags in (before, after):
        path = tmp_path / "x/Tags.md"
        if tags is not None:
            write_tree(tmp_path, {"x/Tags.md": tags})
        elif path.exists():
            path.unlink()
        age(tmp_path)
        looked_at.clear()
        found = look(tmp_path).found
        again = set(looked_at)
        assert found == findings(tmp_path)
    assert again == ({"A.md"} if before != after else set()) | ({"x/Tags.md"} if after and after != before else set())


def test_a_change_that_leaves_time_and_size_as_they_were_is_seen_when_the_note_was_new(tmp_path: Path) -> None:
    write_tree(tmp_path, {"A.md": "[[A]]\n"})
    before = (tmp_path / "A.md").stat()
    assert look(tmp_path).found == []
    write_tree(tmp_path, {"A.md": "[[B]]\n"})
    os.utime(tmp_path / "A.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [one.rule for one in look(tmp_path).found] == ["links-unresolved"]


def test_a_key_of_another_kind_remembers_nothing(tmp_path: Path, looked_at: list[str]) -> None:
    write_tree(tmp_path, {"A.md": "text\n"})
    age(tmp_path)
    look(tmp_path)
    look(tmp_path, b"another")
    assert looked_at == ["A.md", "A.md"]


def test_several_processes_find_the_same(tmp_path: Path) -> None:
    chance = random.Random(5)
    write_tree(tmp_path, {f"{n % 7}/{n % 90} {n}.md": note(chance) for n in range(300)})
    assert look(tmp_path, jobs=2).found == findings(tmp_path) != []
    assert look(tmp_path).found == findings(tmp_path, jobs=3)


@pytest.mark.parametrize("name", ["lint-notes", "lint-told", "lint-since"])
def test_a_damaged_record_is_none(tmp_path: Path, name: str) -> None:
    write_tree(tmp_path, {"A.md": "[[B#x]] [[C]]\n", "B.md": "", "C.txt": ""})
    wanted = look(tmp_path).found
    file = tmp_path / caches.FOLDER / f"{name}.bin"
    whole = file.read_bytes()
    chance = random.Random(name)
    damaged = [whole[:at] for at in (0, 1, 8, 9, 10, len(whole) - 1)]
    for at in (chance.randrange(len(whole)) for _ in range(20)):
        damaged.append(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
    for data in (*damaged, b"\xff\xfe", b"00000000\n", b'{"key": 1}'):
        file.write_bytes(data)
        assert all(caches.load(str(tmp_path), name, parts) is None for parts in (1, 2, 11))
        assert look(tmp_path).found == wanted
        assert file.read_bytes() != data


def test_what_is_remembered_comes_back(tmp_path: Path) -> None:
    for made in (caches.save(str(tmp_path), "a", [b"x", b"", [b"\n", b"\n"]]), caches.load(str(tmp_path), "a", 3)):
        assert made
        assert list(map(bytes, made.parts)) == [b"x", b"", b"\n\n"]
    assert caches.load(str(tmp_path), "a", 2) is None
    assert sorted(path.name for path in (tmp_path / caches.FOLDER).iterdir()) == [".gitignore", "a.bin"]


def test_nothing_is_remembered_where_a_file_is_in_the_way(tmp_path: Path) -> None:
    write_tree(tmp_path, {"A.md": "[[B]]\n", ".vaultkit": "mine\n"})
    assert len(look(tmp_path).found) == 1
    assert (tmp_path / ".vaultkit").read_text() == "mine\n"


CONNECTED = {
    "A.md": "[[Cy]] ![[pic.png?raw=true]]\n",
    "B.md": "[[Later]]\n",
    "x/Cy.md": "text\n",
    "x/pic.png": "",
    "P.canvas": "{}",
}


@pytest.mark.parametrize(
    ("path", "content", "again", "told"),
    [
        ("Cy.md", "", ["Cy.md", "A.md", "x/Cy.md"], ["B.md", "x/Cy.md"]),
        ("Later.md", "", ["Later.md", "B.md"], []),
        ("pic.png?raw=true", "", ["pic.png?raw=true", "x/pic.png"], ["B.md", "x/pic.png"]),
        ("A.md", "[[x/Cy]]\n", ["A.md", "x/Cy.md", "x/pic.png"], ["B.md", "x/pic.png"]),
        ("A.md", "![[pic.png]]\n", ["A.md", "x/Cy.md", "x/pic.png"], ["A.md", "B.md", "x/Cy.md"]),
        ("P.canvas", '{"nodes": [{"type": "file", "file": "B.md"}]}', ["P.canvas", "B.md"], []),
        ("D.md", "text\n", ["D.md"], ["B.md", "D.md"]),
        ("x/pic.png", None, [], ["B.md"]),
        ("A.md", None, ["x/Cy.md", "x/pic.png"], ["B.md", "x/Cy.md", "x/pic.png"]),
    ],
    ids=["nearer", "wanted", "odd-name", "link-gone", "other-link", "card", "alone", "picture-gone", "note-gone"],
)
def test_what_nothing_leads_to_is_found_anew(
    tmp_path: Path, looked_at: list[str], path: str, content: str | None, again: list[str], told: list[str]
) -> None:
    """With no other rule, whose questions would bring the same notes up again."""
    write_tree(tmp_path, {**CONNECTED, "vaultkit.yaml": "lint: {select: [notes-connected, attachments-used]}\n"})
    age(tmp_path)
    assert [one.path for one in look(tmp_path).found] == ["B.md"]
    looked_at.clear()
    if content is None:
        (tmp_path / path).unlink()
    else:
        write_tree(tmp_path, {path: content})
    found = look(tmp_path).found
    assert set(looked_at) == set(again)
    assert [one.path for one in found] == told
    assert found == findings(tmp_path)
