import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultkit.errors import UsageError
from vaultkit.importing.source import Split
from vaultkit.importing.split import guess
from vaultkit.importing.split_plan import read_plan, write_plan

TEXT = """\
Garden notes

Mostly on weekends

Heavy radishes

Pulled radishes until noon. My back hurts.

yes: no

\u00a0

The soil is honest

It tells you when it is dry.

Slept well.
"""


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("", ()),
        (TEXT, (5, 13)),
        ("A\n\nText.\n\nB\n\nText.", (1, 5)),
        ("A\n\u00a0\nText.\n\u3000\nB\n\u00a0\nText.", (1, 5)),
        ("A\nText right below.\n", ()),
        ("Alone at the end\n", ()),
        ("Name\n\nDescription\n\nTitle\n\nText.\n", (5,)),
        ("Title\n\ntwo lines\nof text\n", (1,)),
        ("Title\n\n- a\n- b\n", (1,)),
        ("```\n\nTitle\n\nText.\n\n```\n", ()),
        ("import os\n\ndef f():\n    pass\n", ()),
    ],
    ids=range(11),
)
def test_guess(text, titles):
    assert guess(text) == Split(titles)


def test_a_plan_shows_titles_and_what_else_could_be_one():
    plan = write_plan("garden.txt", TEXT, guess(TEXT))
    assert plan.startswith("# Where garden.txt is cut")
    assert plan.split("lines:\n")[1] == (
        '  - line: 1\n    title: false\n    text: "Garden notes"\n'
        '  - line: 3\n    title: false\n    text: "Mostly on weekends"\n'
        '  - line: 5\n    title: true\n    text: "Heavy radishes"\n'
        '  - line: 7\n    title: false\n    text: "Pulled radishes until noon. My back hurts."\n'
        '  - line: 9\n    title: false\n    text: "yes: no"\n'
        '  - line: 13\n    title: true\n    text: "The soil is honest"\n'
        '  - line: 15\n    title: false\n    text: "It tells you when it is dry."\n'
        '  - line: 17\n    title: false\n    text: "Slept well."\n'
    )


def test_a_person_flips_and_adds():
    plan = write_plan("garden.txt", TEXT, guess(TEXT))
    plan = plan.replace('true\n    text: "Heavy', 'false\n    text: "Heavy')
    plan = plan.replace('false\n    text: "Slept', 'true\n    text: "Slept') + "  - {line: 11, title: true}\n"
    text = TEXT.replace("\u00a0", "A word")
    assert read_plan(plan, text, "p.yaml") == Split((11, 13, 17))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=20), max_size=12))
def test_a_plan_is_read_back(lines):
    text = "\n".join(lines)
    filled = [number for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if filled:
        split = Split(tuple(filled[::2]))
        assert read_plan(write_plan("a\nb", text, split), text, "p.yaml") == split


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        ("", "p.yaml: line 1: `lines` must be a list"),
        ("- 1\n", "p.yaml: line 1: `lines` must be a list"),
        ("lines: 5\n", "p.yaml: line 1: `lines` must be a list"),
        ("lines: [\n", "p.yaml: line 2: is not valid YAML"),
        ("lines: *x\n", "p.yaml: line 1: is not valid YAML"),
        ("lines: []\n", "p.yaml: no line has `title: true`"),
        ("lines:\n  - {line: 5, title: false}\n", "p.yaml: no line has `title: true`"),
        ("lines:\n  - 5\n", "p.yaml: line 2: each of `lines`"),
        ("lines:\n  - {title: true}\n", "p.yaml: line 2: `line` must be the number"),
        ("lines:\n  - line: five\n    title: true\n", "p.yaml: line 2: `line` must be the number"),
        ("lines:\n  - line: true\n    title: true\n", "p.yaml: line 2: `line` must be the number"),
        ("lines:\n  - {line: 5}\n", "p.yaml: line 2: `title` must be true or false"),
        ("lines:\n  - {line: 5, title: ja}\n", "p.yaml: line 2: `title` must be true or false"),
        (
            "lines:\n  - {line: 5, title: true}\n  - {line: 5, title: false}\n",
            "p.yaml: line 3: `line: 5` stands in the plan twice",
        ),
        ("lines:\n  - {line: 99, title: true}\n", "p.yaml: line 2: `line: 99`: the lines of the export are 1 to 18"),
        ("lines:\n  - {line: 0, title: true}\n", "p.yaml: line 2: `line: 0`"),
        ("lines:\n  - {line: 11, title: true}\n", "p.yaml: line 2: `line: 11` is blank"),
        (
            "lines:\n  - {line: 5, title: true, text: Light}\n",
            "p.yaml: line 2: `text`: line 5 of the export reads `Heavy radishes`",
        ),
        ("lines:\n  - line: 5\n    titel: true\n", "p.yaml: line 3: `titel` is no key"),
        ("split: 1\nlines: []\n", "p.yaml: line 1: `split` is no key"),
        ("lines: " + "[" * 500, "p.yaml: "),
        ("a: 1\na: 2\n", "p.yaml: line 2: is not valid YAML"),
    ],
    ids=range(22),
)
def test_a_plan_that_cannot_be_used(plan, message):
    with pytest.raises(UsageError) as caught:
        read_plan(plan, TEXT, "p.yaml")
    assert str(caught.value).startswith(message)
