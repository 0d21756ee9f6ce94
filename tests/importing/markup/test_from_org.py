from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from tests.importing.markup.laws import lost_words, read_much, resolve, with_signs
from vaultkit.importing.markup.converted import Converted, unresolved
from vaultkit.importing.markup.from_org import convert_sections
from vaultkit.importing.markup.org_outline import read_outline
from vaultkit.importing.markup.pictures import Resolve

TEXTS = [
    ("*b* /i/ _u_ +s+ =c= ~v~", "**b** *i* <u>u</u> ~~s~~ `c` `v`"),
    ("日/月/火 a*b*c 5*3 x_1 /usr/bin", "日/月/火 a\\*b\\*c 5\\*3 x_1 /usr/bin"),
    ("「*強い*」、/斜め/。", "「**強い**」、*斜め*。"),
    ("=*raw*= and ~a = b~", "`*raw*` and `a = b`"),
    ("[[https://x.example/a_b][a site]] [[https://x.example]]", "[a site](https://x.example/a_b) <https://x.example>"),
    ("[[id:1-2][that]] [[file:pic.png]] [[file:doc.pdf][paper]]", "[that](id:1-2) ![[pic.png]] paper ![[doc.pdf]]"),
    (
        "[[https://x.example/p.png]] [[https://x.example/p.png][p]]",
        "![](https://x.example/p.png) [p](https://x.example/p.png)",
    ),
    ("<2024-01-31 Wed 10:00> [2024-02-01 Thu]", "2024-01-31 Wed 10:00 2024-02-01 Thu"),
    ("<2024-01-31 Wed>--<2024-02-02 Fri>", "2024-01-31 Wed – 2024-02-02 Fri"),
    ("x[fn:1] y[fn::aside]\n\n[fn:1] Note.", "x[^1] y^[aside]\n\n[^1]: Note."),
    (r"\(a^2\) and \[b\] H_{2}O", "$a^2$ and $$b$$ H<sub>2</sub>O"),
    ("- a\n  more\n  - b\n- [X] c\n- [ ] d", "- a\n  more\n  - b\n- [x] c\n- [ ] d"),
    ("1. a\n2. b\n   - c\nafter", "1. a\n2. b\n   - c\n\nafter"),
    ("- term :: what it is", "- **term**: what it is"),
    ("| a | b |\n|---+---|\n| 1 | 2 |", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
    ("#+begin_src sh -n\n  ls\n  ,* x\n#+end_src", "```sh\nls\n* x\n```"),
    ("- a\n  #+BEGIN_SRC py\n  x\n  #+END_SRC\n- b", "- a\n\n  ```py\n  x\n  ```\n- b"),
    ("#+begin_quote\nq\n\nr\n#+end_quote", "> q\n>\n> r"),
    ("#+BEGIN_TIP\nt\n#+END_TIP", "> [!tip]\n> t"),
    (": fixed\n:   text", "```\nfixed\n  text\n```"),
    (":LOGBOOK:\nCLOCK: x\n:END:", "> [!info]- Logbook\n> CLOCK: x"),
    ("a\n-----\nb", "a\n\n---\n\nb"),
    ("* A :x:y:\ntext\n** TODO b", "# A #x #y\n\ntext\n\n- [ ] b"),
    ("* A\n** B\n** TODO c", "# A\n\n## B\n\n## TODO c"),
    ("* TODO a\n* DONE b\n* C", "- [ ] a\n- [x] b\n\n# C"),
    ("* A\nSCHEDULED: <2024-01-31 Wed>\n:PROPERTIES:\n:ID: 1\n:Mood: good\n:END:\nt", None),
    ("#+begin_src\nno end", "#+begin_src\nno end"),
]


def from_org(text: str, resolve: Resolve = unresolved) -> Converted:
    """A whole file; its keywords have no place in the text."""
    outline = read_outline(text)
    done = convert_sections(outline.sections, resolve)
    return replace(done, lost=(*(f"#+{key}: {value}" for key, value in outline.keywords), *done.lost))


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[repr(text)[:40] for text, _ in TEXTS])
def test_org_becomes_markdown(text: str, expected: str | None) -> None:
    if expected is None:
        expected = "# A\n\nscheduled:: 2024-01-31 Wed\nmood:: good\n\nt"
    assert from_org(text, resolve).text == expected


def test_what_only_org_needs_is_told() -> None:
    got = from_org("#+title: T\n# a comment\n#+attr_html: :width 3\ntext\n#+begin_comment\nx\n#+end_comment")
    assert got.text == "text"
    assert got.lost == ("#+title: T", "# a comment", "#+attr_html: :width 3", "x")


def test_the_states_of_a_file_are_its_own() -> None:
    outline = read_outline("#+TODO: 予定(y) | 済(s) やめ\n* 済 a\n* 予定 b\n* 未定 c")
    assert [(one.todo, one.is_done, one.title) for one in outline.sections[1:]] == [
        ("済", True, "a"),
        ("予定", False, "b"),
        ("", False, "未定 c"),
    ]


def test_a_drawer_without_its_end_stays_text() -> None:
    outline = read_outline("* A\n:PROPERTIES:\n:ID: 1\nno drawer\n* B")
    assert outline.sections[1].properties == ()
    assert outline.sections[1].lines == (":PROPERTIES:", ":ID: 1", "no drawer")


SIGNS = "* ** / _ + = ~ [[ ]] ][ | - 1. [fn:1] # #+begin_src #+end_src #+begin_quote #+end_quote"
SIGNS += " :X: :END: : \\( \\) TODO @@ $"


@given(with_signs(SIGNS))
def test_no_word_is_lost(text: str) -> None:
    assert lost_words(text, from_org(text)) == []


def test_much_of_anything_is_read() -> None:
    read_much(
        from_org,
        ["a *b* /c/ ", "*", "[[", "[[a][", "=a", "* a\n", "- a\n", "#+begin_quote\n", ":X:\n", "| a", "$a", "  - b\n"],
    )
