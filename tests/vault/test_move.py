"""A rename changes the links it must and not a byte more; every link leads where it led."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import SHARED, not_hanging
from vaultkit.vault.canvas import read_canvas
from vaultkit.vault.index import Found, Index
from vaultkit.vault.linktext import linktext
from vaultkit.vault.move import Fate, Move, Plan, is_named, plan_move
from vaultkit.vault.names import Kind, kind_of
from vaultkit.vault.note import Link
from vaultkit.vault.parse import parse
from vaultkit.vault.tree import Vault

Tree = dict[str, bytes]


def the_move(files: Mapping[str, object], old: str, new: str) -> Move:
    below = {path: new + path[len(old) :] for path in files if path.startswith(f"{old}/")}
    return Move(old, new, below or {old: new})


def index_of(tree: Mapping[str, bytes]) -> Index:
    notes = {path: parse(path, data) for path, data in tree.items() if kind_of(path) is Kind.NOTE}
    return Index(sorted(tree), notes)


def planned(tree: Mapping[str, bytes], old: str, new: str, link_format: str = "shortest") -> Plan:
    canvases = {path: data for path, data in tree.items() if kind_of(path) is Kind.CANVAS}
    return plan_move(the_move(tree, old, new), index_of(tree), canvases, link_format)


def moved(tree: Mapping[str, bytes], plan: Plan) -> Tree:
    """The vault after the plan was carried out."""
    out = {plan.move.files.get(path, path): data for path, data in tree.items()}
    return out | {one.new_path: one.after for one in plan.rewrites}


def line(link: str, source: str, files: str, old: str, new: str, link_format: str = "shortest") -> str:
    """What becomes of a note at `source` that holds `link`, among empty `files`."""
    tree = dict.fromkeys(files.split(), b"") | {source: link.encode()}
    plan = planned(tree, old, new, link_format)
    assert not [one for one in plan.notices if one.fate is Fate.LOST]
    return moved(tree, plan)[plan.move.files.get(source, source)].decode()


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("[[Old]]", "[[New]]"),
        ("[[Old.md]]", "[[New]]"),
        ("[[old|Shown | twice]]", "[[New|Shown | twice]]"),
        ("[[ Old #A#B ]]", "[[ New #A#B ]]"),
        ("[[Old#^id]] ![[Old]]", "[[New#^id]] ![[New]]"),
        ("| a |\n| --- |\n| [[Old\\|x]] |\n", "| a |\n| --- |\n| [[New\\|x]] |\n"),
        ("[[Old|Old]]", "[[New|Old]]"),
        ("[[Old]] `[[Old]]` [[Other]] [[Older]]", "[[New]] `[[Old]]` [[Other]] [[Older]]"),
        ("[t](Old.md)", "[t](New.md)"),
        ("[t](old)", "[t](New.md)"),
        ('[t](<Old.md#A b> "title")', '[t](<New.md#A b> "title")'),
        ("![t](O%6cd.md#c%20d)", "![t](New.md#c%20d)"),
        ("[t](Old.md%23c)", "[t](New.md%23c)"),
        ("[r][ref]\n\n[ref]: Old.md 'x'\n", "[r][ref]\n\n[ref]: New.md 'x'\n"),
        ("[r][ref]\n\n[ref]: <Old.md>\n", "[r][ref]\n\n[ref]: <New.md>\n"),
        ("%%\n[[Old]]\n%%\n", "%%\n[[New]]\n%%\n"),
        ("[x](https://a.example/Old.md) [[#Old]]", "[x](https://a.example/Old.md) [[#Old]]"),
        ("[[/Old]] [[./Old]]", "[[New]] [[New]]"),
        ('---\na: "[[Old]]"\n---\n', '---\na: "[[New]]"\n---\n'),
        ("---\na: '[[ Old#h|x ]]' # [[Old]]\n---\n", "---\na: '[[ New#h|x ]]' # [[Old]]\n---\n"),
        ('---\na: # [[Old]]\n  - "[[Old]]"\n---\n', '---\na: # [[Old]]\n  - "[[New]]"\n---\n'),
        ('---\na: &x "[[Old]]"\nb: *x\n---\n', '---\na: &x "[[New]]"\nb: *x\n---\n'),
        ('---\na: "[[\\u004fld]]"\n---\n', '---\na: "[[New]]"\n---\n'),
        ("---\na:\n  b: >-\n    [[Old]]\n---\n", "---\na:\n  b: >-\n    [[New]]\n---\n"),
        ('---\n日記: "日"\na: {b: ["[[Old]]"]}\r\n---\r\n', '---\n日記: "日"\na: {b: ["[[New]]"]}\r\n---\r\n'),
    ],
    ids=str,
)
def test_each_kind_of_link_stays_what_it_is(link: str, expected: str) -> None:
    assert line(link, "s.md", "Old.md Other.md", "Old.md", "New.md") == expected


@pytest.mark.parametrize(
    ("link_format", "link", "source", "expected"),
    [
        ("shortest", "[[Old]]", "s.md", "[[New]]"),
        ("relative", "[[Old]]", "s.md", "[[a/b/New]]"),
        ("relative", "[[Old]]", "a/s.md", "[[./b/New]]"),
        ("relative", "[[Old]]", "a/b/s.md", "[[./New]]"),
        ("relative", "[[Old]]", "c/s.md", "[[../a/b/New]]"),
        ("relative", "[t](Old.md)", "c/s.md", "[t](../a/b/New.md)"),
        ("absolute", "[[Old]]", "a/b/s.md", "[[a/b/New]]"),
        ("absolute", "[t](Old.md)", "c/s.md", "[t](a/b/New.md)"),
        ("no such format", "[[c/Old]]", "s.md", "[[New]]"),
    ],
)
def test_what_must_change_is_written_as_the_settings_say(
    link_format: str, link: str, source: str, expected: str
) -> None:
    # another `b/New` and `New`, so that what Obsidian would write for `relative` alone leads elsewhere from `a/`
    twins = "New.md b/New.md" if expected.startswith("[[./") else ""
    assert line(link, source, f"c/Old.md {twins}", "c/Old.md", "a/b/New.md", link_format) == expected


@pytest.mark.parametrize(
    ("files", "source", "link", "old", "new", "expected"),
    [
        pytest.param("a/N.md", "s.md", "[[N]]", "a/N.md", "b/N.md", "[[N]]", id="the bare name leads there still"),
        pytest.param("a/N.md", "s.md", "[[n]]", "a/N.md", "a/n.md", "[[n]]", id="only the case"),
        pytest.param("a/N.md", "s.md", "[[a/N]]", "a/N.md", "b/N.md", "[[N]]", id="a path that is no more"),
        pytest.param("a/b/N.md", "s.md", "[[b/N]]", "a", "c", "[[b/N]]", id="the end of a path stays"),
        pytest.param("a/N.md O.md", "s.md", "[[O]]", "O.md", "b/N.md", "[[b/N]]", id="the new name is no longer one"),
        pytest.param("aa/N.md O.md", "s.md", "[[N]]", "O.md", "bb/N.md", "[[aa/N]]", id="another would be ambiguous"),
        pytest.param("aa/N.md O.md", "s.md", "[[N]]", "O.md", "N.md", "[[aa/N]]", id="another would be redirected"),
        pytest.param("aa/N.md O.md", "b/s.md", "[[N]]", "O.md", "b/N.md", "[[aa/N]]", id="redirected in this folder"),
        pytest.param("a/N.md b/N.md", "s.md", "[[a/N]]", "b/N.md", "M.md", "[[a/N]]", id="no shorter than it was"),
        pytest.param("a/N.md N.md", "a/s.md", "[[./N]]", "a/s.md", "s.md", "[[a/N]]", id="./ of a note that moves"),
        pytest.param("a/N.md b/N.md", "a/s.md", "[[N]]", "a/s.md", "b/s.md", "[[a/N]]", id="same folder, and moves"),
        pytest.param("a/N.md b/N.md", "a/s.md", "[[N]]", "a", "c", "[[N]]", id="same folder, moves along"),
        pytest.param("x/N.md", "a/b/s.md", "[t](../../x/N.md)", "a/b", "b", "[t](N.md)", id="../ of a folder"),
        pytest.param("a/N.md", "a/s.md", "[[../a/N]] [[./N]]", "a", "c", "[[N]] [[./N]]", id="within what moves"),
        pytest.param("", "a/s.md", "[[s]] [[#h]]", "a/s.md", "b/t.md", "[[t]] [[#h]]", id="a link to itself"),
        pytest.param("p.png", "s.md", "![[p.png|10x20]]", "p.png", "q/r.png", "![[r.png|10x20]]", id="an attachment"),
        pytest.param("p.png", "s.md", "![](p.png?raw=1)", "p.png", "r.png", "![](r.png?raw=1)", id="a query is kept"),
        pytest.param("B.canvas", "s.md", "[[B.canvas]]", "B.canvas", "C.canvas", "[[C.canvas]]", id="a canvas"),
        pytest.param("O.md pdf/N", "s.md", "[[O]]", "O.md", "N.md", "[[N.md]]", id="a file without extension"),
        pytest.param("O.md", "s.md", "[[O]]", "O.md", "か\u3099.md", "[[が]]", id="links are NFC"),
        pytest.param("O.md", "s.md", "[t](O.md)", "O.md", "a(b.md", "[t](a%28b.md)", id="what Markdown cannot hold"),
        pytest.param("O.md", "s.md", "[t](O.md)", "O.md", "a(b).md", "[t](a(b).md)", id="what it can"),
        pytest.param("O.md", "s.md", "[t](O.md)", "O.md", "1%20.md", "[t](1%2520.md)", id="a percent sign"),
        pytest.param("O.md", "s.md", "[t](<O.md>)", "O.md", "c<d.md", "[t](<c%3Cd.md>)", id="an angle bracket"),
        pytest.param("O.md", "s.md", "[[O]]", "O.md", "a].md", "[[a].md]]", id="a bracket at the end"),
        pytest.param("O.md", "s.md", "---\na: '[[O]]'\n---\n", "O.md", "it's.md", "---\na: '[[it''s]]'\n---\n", id="'"),
    ],
)  # fmt: skip
def test_links_lead_where_they_led(files: str, source: str, link: str, old: str, new: str, expected: str) -> None:
    assert line(link, source, files, old, new) == expected


def test_what_cannot_be_kept_is_named_and_left() -> None:
    tree = {"O.md": b"", "s.md": b"[[O]] [t](O.md)", "x/T.md": b"", "y/T.md": b"", "u.md": b"[[T]] [[N]]"}
    plan = planned(tree, "O.md", "C#.md")
    assert [(one.text, one.fate) for one in plan.notices] == [("[[O]]", Fate.LOST), ("[t](O.md)", Fate.LOST)]
    assert not plan.rewrites
    plan = planned(tree, "x/T.md", "N.md")
    assert [(one.text, one.fate, one.files) for one in plan.notices] == [
        ("[[T]]", Fate.UNCLEAR, ("N.md", "y/T.md")),
        ("[[N]]", Fate.GAINED, ("N.md",)),
    ]
    assert not plan.rewrites


def test_an_edit_that_would_not_be_read_back_is_not_made() -> None:
    """The backtick of the new name would make code of what stands before it."""
    tree = {"O.md": b"", "s.md": b"a ` b [[O]]"}
    plan = planned(tree, "O.md", "N`.md")
    assert [one.fate for one in plan.notices] == [Fate.LOST]
    assert not plan.rewrites


CANVAS = (
    '\ufeff{ "nodes" : [ {"type":"file","file":"a\\/Old.md","subpath":"#H", "x":1.50},\n'
    '\t{"id":"a/Old.md","type":"text","text":"\\ud83d\\ude00 日 \\"[[Old|x]]\\"\\n[t](Old.md#a) \\u005b[Old]]"},\r\n'
    ' {"type":"group","background":"a/p.png","label":"a/Old.md"}, {"text":"[[Old]]","type":"link","file":"a/Old.md"},\n'
    ' {"type":"text","text":{"text":"[[Old]]"}}, {"file":"x","type":"file","file":"a/Old.md"} ],\n'
    ' "edges":[{"text":"[[Old]]","type":"text"}], "x":{"nodes":[{"type":"file","file":"a/Old.md"}]}}'
)


def test_a_canvas_keeps_every_byte_that_is_no_link() -> None:
    tree = {"a/Old.md": b"", "a/p.png": b"", "B.canvas": CANVAS.encode(), "E.canvas": b"", "X.canvas": b"{"}
    after = moved(tree, planned(tree, "a", "c"))["B.canvas"].decode()
    assert after == CANVAS.replace('"file":"a\\/Old.md"', '"file":"c/Old.md"').replace("a/p.png", "c/p.png").replace(
        '"type":"file","file":"a/Old.md"} ]', '"type":"file","file":"c/Old.md"} ]'
    )
    after = moved(tree, planned(tree, "a/Old.md", 'a/N"w.md'))["B.canvas"].decode()
    assert after == (
        CANVAS.replace("a\\/Old.md", 'a/N\\"w.md')
        .replace("[[Old|x]]", '[[N\\"w|x]]')
        .replace("(Old.md#a)", '(N\\"w.md#a)')
        .replace("\\u005b[Old]]", '\\u005b[N\\"w]]')
        .replace('"type":"file","file":"a/Old.md"} ]', '"type":"file","file":"a/N\\"w.md"} ]')
    )
    assert json.loads(after.removeprefix("\ufeff"))


NAMES = st.sampled_from(
    ["N.md", "n.md", "M.md", "M.N.md", "p.png", "N", "い う.md", "it's (1).md", "B.canvas", "50%.md"]
)
FOLDERS = st.sampled_from(["", "a/", "b/", "a/b/", "あ/", "a b/"])
PATHS = st.builds(str.__add__, FOLDERS, NAMES)
FORMS = ["[[{}]]", "![[{}|x]]", "[[{}#h|y]]", "[t](<{}>)", "[t](<{}#h>)", '\n\n[r]: <{}> "t"\n\n', "`[[{}]]`"]


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """A vault whose files differ not only in case, full of links in all forms, some of which lead nowhere."""
    paths = draw(st.lists(PATHS, min_size=2, max_size=8, unique_by=str.lower))
    targets = [*paths, *(path.removesuffix(".md") for path in paths), *(path.rpartition("/")[2] for path in paths)]
    targets += [target.removesuffix(".md") for target in targets] + ["nowhere", "./N", "../M", "b/N", "/N", "./b/M"]
    targets += [f"../{target}" for target in paths]
    link = st.builds(str.format, st.sampled_from(FORMS), st.sampled_from(targets))
    text = st.lists(link, max_size=6).map(" ".join)
    tree: Tree = {}
    for path in paths:
        if path.endswith(".md"):
            head = draw(st.sampled_from(["", '---\nk: "[[{}]]"\n---\n', "---\nk:\n  - '[[{}|z]]'\n---\n"]))
            written = draw(st.sampled_from(targets)).replace("'", "''" if "'[[" in head else "'")
            tree[path] = (head.format(written) + draw(text)).encode()
        elif path.endswith(".canvas"):
            nodes = [{"type": "file", "file": draw(st.sampled_from(paths))}, {"type": "text", "text": draw(text)}]
            tree[path] = json.dumps({"nodes": nodes}, ensure_ascii=draw(st.booleans())).encode()
        else:
            tree[path] = b""
    return tree


def without_targets(path: str, data: bytes) -> bytes:
    """The note without what its links say; what they show and the subpath stay."""
    note = parse(path, data)
    out, at = [re.sub(rb"\[\[[^#|\]]*+", b"[[", data[: note.body])], note.body
    for start, end in sorted(link.target_span for link in note.links if not link.key):
        subpath = data.find(b"#", start, end)
        out.append(data[at:start])
        at = subpath if subpath >= 0 else end
    return b"".join([*out, data[at:]])


@given(trees(), st.data(), st.sampled_from(["shortest", "relative", "absolute"]))
def test_whatever_moves_every_link_leads_where_it_led(tree: Tree, data: st.DataObject, link_format: str) -> None:
    folders = sorted({path.rpartition("/")[0] for path in tree} - {""})
    old = data.draw(st.sampled_from([*sorted(tree), *folders]), "old")
    ending = "" if old in folders else ".md" if old.endswith(".md") else old[old.rfind(".") :] if "." in old else ""
    new = data.draw(
        st.builds("{}{}{}".format, FOLDERS, st.sampled_from(["N", "New", "い う", "M (2)"]), st.just(ending))
    )
    move = the_move(tree, old, new)
    after_paths = [move.files.get(path, path) for path in tree]
    if new.startswith(f"{old}/") or len({path.lower() for path in after_paths}) < len(tree):
        return
    plan = planned(tree, old, new, link_format)
    after = moved(tree, plan)
    assert not [one for one in plan.notices if one.fate is Fate.LOST]
    check(tree, after, move)
    for path, text in tree.items():
        if kind_of(path) is Kind.NOTE:
            assert without_targets(path, text) == without_targets(path, after[move.files.get(path, path)])


def check(tree: Mapping[str, bytes], after: Mapping[str, bytes], move: Move) -> None:
    """That each link of `tree` leads in `after` to what it led to, and says the same where it can."""
    one, other = index_of(tree), index_of(after)
    for path, data in tree.items():
        new = move.files.get(path, path)
        if kind_of(path) is Kind.NOTE:
            same_places(one.notes[path].links, other.notes[new].links, path, one, other, move)
        elif kind_of(path) is Kind.CANVAS:
            before, now = read_canvas(data), read_canvas(after[new])
            assert [move.files.get(file, file) for file in before.files] == list(now.files)
            same_places(before.links, now.links, path, one, other, move)
        else:
            assert after[new] == data


def same_places(
    links: Sequence[Link], became: Sequence[Link], path: str, before: Index, after: Index, move: Move
) -> int:
    new = move.files.get(path, path)
    for link, now in zip(links, became, strict=True):
        led, leads = before.follow(link, path), after.follow(now, new)
        untouched = after.follow(link, new)
        if isinstance(led, Found):
            there = move.files.get(led.path, led.path)
            assert isinstance(leads, Found), (link, now)
            assert leads.path == there, (link, now)
        if not isinstance(led, Found) or (isinstance(untouched, Found) and untouched.path == there):
            assert now.target == link.target
        assert (now.kind, now.embed, now.subpath) == (link.kind, link.embed, link.subpath)
    return len(links)


@given(trees(), st.sampled_from(["shortest", "relative", "absolute"]), st.booleans())
@example({"a/N.md": b"", "N": b"", "s.md": b""}, "shortest", True)
def test_a_linktext_leads_there_from_everywhere(tree: Tree, link_format: str, wikilink: bool) -> None:
    index = index_of(tree)
    for source in tree:
        for path in tree:
            text = linktext(path, source, index, link_format, wikilink=wikilink)
            assert text is not None
            found = index.resolve(text, source)
            assert isinstance(found, Found)
            assert found.path == path


@pytest.mark.parametrize(
    ("text", "by_name", "unquoted", "expected"),
    [
        ('{"path": "a/Old.md"}', False, False, True),
        ('{"template": "a/Old"}', False, False, True),
        ('{"folder": "a/Older"}', False, False, False),
        ('{"title": "Old"}', False, False, False),
        ("filters: 'link(\"Old\")'", True, False, True),
        ('filters: "link(\\"Old\\")"', True, False, True),
        ("exclude: [a/Old.md]", False, True, True),
        ("exclude: [x/a/Old.md]", False, True, False),
    ],
)
def test_settings_that_name_it_are_known(text: str, by_name: bool, unquoted: bool, expected: bool) -> None:
    move = the_move({"a/Old.md": b""}, "a/Old.md", "a/New.md")
    assert is_named(move, text.encode(), by_name=by_name, unquoted=unquoted) is expected


def test_settings_that_name_a_folder_are_known() -> None:
    move = the_move({"Diary/x.md": b""}, "Diary", "Journal")
    assert is_named(move, b'{"folder": "Diary"}')
    assert is_named(move, b'{"path": "Diary/x.md"}')
    assert is_named(move, b"  diary: Diary\nx: 1", unquoted=True)
    assert not is_named(move, b'{"folder": "Diary 2"}')


@pytest.mark.parametrize(
    "text",
    [
        b"[[O]]" * 60_000,
        b"[t](O.md%23" * 60_000,
        b"[t](" + b"%23" * 200_000 + b")",
        b'---\nk: "[[O]]"\n' + b"j: [" + b'"[[O]]",' * 7_000 + b"]\n---\n",
    ],
    ids=["many", "unclosed", "hashes", "properties"],
)
def test_long_notes_take_no_longer_than_they_must(text: bytes) -> None:
    with not_hanging():
        planned({"O.md": b"", "s.md": text}, "O.md", "N.md")


@pytest.mark.parametrize(
    "text",
    [
        '{"nodes":[' + ",".join(['{"type":"text","text":"[[O]]\\u0041"}'] * 20_000) + "]}",
        '{"nodes":[{"type":"text","text":"' + "\\u0041[[O]] " * 60_000 + '"}]}',
        '{"nodes":' + "[" * 500_000,
        '{"nodes":[{"type":"text","text":"\\ud800 [[O]]"}]}',
        '{"nodes":[{"type":"text","id":[1],"text":"[[O]]"}],"edges":[{"fromNode":{}}]}',
    ],
    ids=["cards", "escapes", "nested", "surrogate", "odd ids"],
)
def test_hostile_canvases(text: str) -> None:
    tree = {"O.md": b"", "B.canvas": text.encode()}
    with not_hanging():
        plan = planned(tree, "O.md", "N.md")
    assert not plan.notices
    assert moved(tree, plan)["B.canvas"].count(b"[[N]]") == text.count("[[O]]")


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The files and notes of a real vault."""
    packed = SHARED / "vaults/obsidian-hub.tar.xz"
    if not packed.is_file():
        pytest.skip("the real vault is not here")
    folder = tmp_path_factory.mktemp("hub")
    shutil.unpack_archive(packed, folder, filter="data")
    return Vault(folder / "obsidian-hub").index


FOLDER = "02 - Community Expansions"
MUCH_LINKED = f"{FOLDER}/02.01 Plugins by Category/Mobile-compatible plugins.md"


@pytest.mark.parametrize(
    ("old", "new", "link_format"),
    [
        (MUCH_LINKED, "05 - Concepts/On the go.md", "shortest"),
        (MUCH_LINKED, "05 - Concepts/README.md", "relative"),
        (FOLDER, "Erweiterungen/Alle", "shortest"),
        (FOLDER, "Erweiterungen/Alle", "absolute"),
    ],
)
def test_a_real_vault(hub: Index, old: str, new: str, link_format: str) -> None:
    plan = plan_move(the_move(dict.fromkeys(hub.files), old, new), hub, {}, link_format)
    assert not [one for one in plan.notices if one.fate is Fate.LOST]
    assert plan.rewrites
    files = plan.move.files
    notes = {files.get(path, path): note for path, note in hub.notes.items()}
    notes |= {one.new_path: parse(one.new_path, one.after) for one in plan.rewrites}
    after = Index(sorted(files.get(path, path) for path in hub.files), notes)
    checked = sum(
        same_places(hub.notes[path].links, notes[files.get(path, path)].links, path, hub, after, plan.move)
        for path in hub.notes
    )
    assert checked > 25_000
