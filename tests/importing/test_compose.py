from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.importing.compose import compose, note_aliases, note_tags
from vaultkit.importing.entry import Entry, Kind
from vaultkit.vault.parse import parse


def entry(**given: object) -> Entry:
    return Entry(**{"kind": Kind.PAPER, "key": "k", "body": "", "place": "line 1", **given})  # type: ignore[arg-type]


def test_a_whole_note() -> None:
    made = entry(
        title="Tides: a study",
        aliases=("[Paper Note] Tides: a study, Ada Okoye+",),
        properties=(("title", "Tides: a study"), ("authors", ("Ada Okoye",)), ("et-al", True), ("venue", "Coast'25")),
        date=dt.date(2025, 3, 1),
        labels=("Sea/Shore Studies", "Tides"),
    )
    assert compose(made, "papers/x", "\nBody.\n\n", ("paper",)) == (
        "---\n"
        "vaultkit-id: papers/x\n"
        'aliases:\n  - "[Paper Note] Tides: a study, Ada Okoye+"\n'
        'title: "Tides: a study"\n'
        "authors:\n  - Ada Okoye\n"
        "et-al: true\n"
        "venue: Coast'25\n"
        "date: 2025-03-01\n"
        "tags:\n  - paper\n  - Sea-Shore-Studies\n  - Tides\n"
        "labels:\n  - Sea/Shore Studies\n"
        "---\n"
        "Body.\n"
    )


def test_times_keep_their_offset() -> None:
    zone = dt.timezone(dt.timedelta(hours=9))
    times = (
        ("created", dt.datetime(2025, 3, 1, 8, tzinfo=dt.UTC)),
        ("updated", dt.datetime(2025, 3, 1, 8, tzinfo=zone)),
    )
    text = compose(entry(properties=times), "x/y", "")
    assert "created: 2025-03-01T08:00:00Z\nupdated: 2025-03-01T08:00:00+09:00\n" in text


@pytest.mark.parametrize(
    ("title", "aliases", "expected"),
    [
        ("Plain", (), ()),
        ("A: b?", (), ("A: b?",)),
        ("A: b?", ("o/r#1",), ("o/r#1", "A: b?")),
        ("A: b?", ("[Paper Note] A: b?, C",), ("[Paper Note] A: b?, C",)),
        ("", (), ()),
    ],
)
def test_the_title_is_an_alias_when_the_name_cannot_carry_it(title: str, aliases: tuple, expected: tuple) -> None:
    assert note_aliases(entry(title=title, aliases=aliases)) == expected


@pytest.mark.parametrize(
    ("title", "given", "expected"),
    [
        ("Snow", {}, ("Snow",)),
        ("2025-03-01", {}, ()),
        ("Snow", {"name": "Snow"}, ()),
        ("Snow", {"date": None}, ()),
        ("Snow", {"properties": ()}, ()),  # it only tells the note from another of the day
    ],
)
def test_the_title_of_a_day_is_an_alias(title: str, given: dict[str, object], expected: tuple[str, ...]) -> None:
    is_said = {"properties": (("title", title),), "date": dt.date(2025, 3, 1)}
    assert note_aliases(entry(kind=Kind.DIARY, title=title, **is_said | given)) == expected


@pytest.mark.parametrize(
    ("labels", "tags", "kept"),
    [
        (("bug", "Bug"), ("bug",), ("Bug",)[:0]),
        (("good first issue",), ("good-first-issue",), ("good first issue",)),
        (("2024",), ("y2024",), ("2024",)),
        (("c++", "C#", "C"), ("cpp", "csharp", "C"), ("c++", "C#")),
        (("type: bug", "  "), ("type-bug",), ("type: bug",)),
        (("読書、映画",), ("読書-映画",), ("読書、映画",)),
    ],
)
def test_labels_become_tags(labels: tuple, tags: tuple, kept: tuple) -> None:
    assert note_tags(labels) == (tags, kept)


@given(st.text(max_size=40), st.text(max_size=40), st.lists(st.text(max_size=20), max_size=3))
def test_whatever_a_source_says_the_properties_read_back(title: str, author: str, many: list[str]) -> None:
    made = entry(title=title, properties=(("title", title), ("author", author), ("many", tuple(many))))
    note = parse("n.md", compose(made, "x/y", "body").encode("utf-8", "replace"))
    assert note.front_matter is not None
    assert not note.front_matter.error

    def plain(text: str) -> str:
        return text.encode("utf-8", "replace").decode()

    assert note.properties["title"] == plain(title)
    assert note.properties["author"] == plain(author)
    assert note.properties["many"] == [plain(text) for text in many]
    assert note.data[note.body :] == b"body\n"
