from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given

from tests.conftest import not_hanging, write_tree
from tests.importing.exports import TOKYO
from tests.importing.markup.laws import lost_words, with_signs
from vaultkit.importing.entry import Entry
from vaultkit.importing.export import open_export
from vaultkit.importing.logseq.block import read_markdown
from vaultkit.importing.logseq.body import body
from vaultkit.importing.logseq.day import USUAL, read_day
from vaultkit.importing.logseq.references import References, shown_text
from vaultkit.importing.markup.converted import Converted
from vaultkit.importing.sources import logseq

DAYS = [
    ("Jan 31st, 2024", "MMM do, yyyy"),
    ("January 31st, 2024", "MMMM do, yyyy"),
    ("Wednesday, 31.01.2024", "EEEE, dd.MM.yyyy"),
    ("2024年1月31日", "yyyy年M月d日"),
    ("31 of Jan 2024", "d 'of' MMM yyyy"),
    ("2024_01_31", "yyyy_MM_dd"),
    ("20240131", "yyyyMMdd"),
    ("31-01-24", "dd-MM-yy"),
]


@pytest.mark.parametrize(("text", "form"), DAYS, ids=[form for _, form in DAYS])
def test_days_are_read_in_the_format_of_the_graph(text: str, form: str) -> None:
    assert read_day(text, [form]) == dt.date(2024, 1, 31)


@pytest.mark.parametrize("text", ["2024-02-31", "Jan 31st", "Notes", "2024_01_31 trip", ""])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text, USUAL) is None


@pytest.mark.parametrize("form", ["MMM yyyy", "yyyy yyyy MM dd", "[", ""])
def test_a_format_without_a_whole_day_reads_none(form: str) -> None:
    assert read_day("Jan 2024", [form]) is None


BODIES = [
    ("- a\n\t- b\n\t\t- c\n- d", "- a\n  - b\n    - c\n- d"),
    ("- a\n    - b\n        - c", "- a\n  - b\n    - c"),
    ("- LATER a\n- NOW b\n- DONE c\n- ## TODO d", "- [ ] a\n- [/] b\n- [x] c\n\n## TODO d"),
    ("- ## A\n\t- x\n- ## B\n\t- y", "## A\n\n- x\n\n## B\n\n- y"),
    ("- ## A\n\t- x\n- plain", "- ## A\n  - x\n- plain"),
    ("- a\n  heading:: true\n- b", "# a\n\n- b"),
    ("- ```\n  - x\n  ```\n- y", "- ```\n  - x\n  ```\n- y"),
    ("- a\n  due:: tomorrow\n  more", "- a\n  due:: tomorrow\n  more"),
    ("- a\n  #+BEGIN_QUOTE\n  - q\n  #+END_QUOTE", "- a\n\n  > - q"),
    ("text\n\n# H\n\n- a", "text\n\n# H\n\n- a"),
    ("- \n\t- child\n- ", "-\n  - child"),
]


@pytest.mark.parametrize(("text", "expected"), BODIES, ids=[repr(text)[:30] for text, _ in BODIES])
def test_an_outline_becomes_a_list(text: str, expected: str) -> None:
    assert body(read_markdown(text).blocks) == expected


def test_properties_above_the_outline_are_the_page_s() -> None:
    for text in ("a:: 1\nb:: 2\n\n- x", "- a:: 1\n  b:: 2\n- x"):
        page = read_markdown(text)
        assert page.properties == [("a", "1"), ("b", "2")]
        assert body(page.blocks) == "- x"


def test_references_of_a_graph() -> None:
    known = References("MMM do, yyyy", {"sea side": "Sea Side"}, {"6" * 8 + "-0000-4000-8000-" + "0" * 12: "shell"})
    id_ = next(iter(known.blocks))

    def written(text: str) -> str:
        return known.write(text, lambda _: None, "/own", dt.date(2024, 2, 1))[0]

    assert written(f"(({id_})) {{{{embed (({id_}))}}}}") == f"[shell](id:{id_}) ![shell](id:{id_})"
    assert written("[[Sea Side]] #[[sea side]] #[[two words]]") == (
        "[Sea Side](/sea%20side) [sea side](/sea%20side) #two-words"
    )
    assert written("[[Jan 31st, 2024]] [[Feb 1st, 2024]]") == "[Jan 31st, 2024](day:2024-01-31) Feb 1st, 2024"
    assert written("`[[code]]` [[not there]] ![[pic.png]]") == "`[[code]]` [[not there]] ![[pic.png]]"
    assert list(known.missing) == ["not there"]


PROPERTIES = [
    ("[[Sea Side]]", "[[Sea Side]]"),
    ("[[sea side]], [[Jan 31st, 2024]] #[[a b]] #c", ("[[Sea Side|sea side]]", "2024-01-31", "a b", "c")),
    ("[[x: y]]", "[[X - y|x: y]]"),
    ("[[none]]", "[[none]]"),
    ("seen at [[Sea Side]]", "seen at Sea Side"),
    ("plain, text", "plain, text"),
]


@pytest.mark.parametrize(("text", "value"), PROPERTIES, ids=[text for text, _ in PROPERTIES])
def test_a_property_of_a_page(text: str, value: str | tuple[str, ...]) -> None:
    known = References("MMM do, yyyy", {"sea side": "Sea Side", "x: y": "X: y"})
    assert known.plain(text) == value


@pytest.mark.parametrize("path", ["logseq/bak/pages/a.md", "logseq/.recycle/a.md", ".recycle/a.md", "assets/a.md"])
def test_what_logseq_puts_aside_is_no_page(tmp_path: Path, path: str) -> None:
    write_tree(tmp_path, {"logseq/config.edn": "{}", "pages/sea.md": "- now\n", path: "- before\n"})
    found = list(logseq.read((open_export(str(tmp_path)),), TOKYO))
    assert [one.body for one in found if isinstance(one, Entry)] == ["- now"]


def test_a_block_is_shown_by_its_first_words() -> None:
    assert shown_text("## [[A]] and [b](c) **d**\nmore") == "A and b d"
    assert shown_text("x" * 100) == "x" * 59 + "…"
    assert shown_text("") == "…"


SIGNS = (
    "- \t- \t \t\t- # ## ``` ~~~ > | #+BEGIN_NOTE #+END_NOTE #+BEGIN_SRC #+END_SRC :LOGBOOK: :END: id:: a:: heading::"
)
SIGNS += " collapsed:: TODO DONE SCHEDULED: <2024-01-31> [[ ]] (( )) {{embed }} #[[ ^^ ]( ![ {:width"


@given(with_signs(SIGNS))
def test_no_word_is_lost(text: str) -> None:
    page = read_markdown(text)
    known = References("MMM do, yyyy", {"w1": "W1"})
    written, _, _ = known.write(body(page.blocks), lambda _: None, "", None)
    said = [*page.properties, *page.own, *(pair for block in page.blocks for pair in block.own)]
    own = [f"{block.id} {block.box}" for block in page.blocks]
    assert lost_words(text, Converted(written, lost=(*own, *(f"{key} {value}" for key, value in said)))) == []


@pytest.mark.parametrize("piece", ["- ", "\t- a\n", "- ```\n", "#+BEGIN_X\n", ":LOGBOOK:\n", "a:: b\n", "# a\n- b\n"])
def test_much_of_anything_is_read(piece: str) -> None:
    with not_hanging(20):
        body(read_markdown(piece * (300_000 // len(piece))).blocks)


@pytest.mark.parametrize("piece", ["[[", "[[a]]", "((", "{{embed ", "[a](", "^^a", "![["])
def test_references_in_much_of_anything(piece: str) -> None:
    with not_hanging(20):
        References("MMM do, yyyy").write(piece * (100_000 // len(piece)), lambda _: None, "", None)
