"""A page of paper notes becomes one entry per note, with every word of it."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePosixPath

import pytest

from tests.conftest import not_hanging
from vaultkit.importing.entry import Entry, Kind, Notice, NoticeKind
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.source import ReadOptions
from vaultkit.importing.sources import issue_digest

LINKS = "Paper/Blog Link My Issue"

PAGE = f"""Walking
[Paper Note] Slow Walks: A Survey, Ada Lind+, arXiv'26, 2026.01
{LINKS}
#Feet #Selected Papers/Blogs #Gait (Human) Issue Date: 2026-01-12 GPT Summary- Walking is slow. Comment
About [^1]:
# Results
- one, like #3
###### Deep
[^1]: a footnote
```
# no heading
```
feet-engine
{LINKS}
#Article Issue Date: 2024-04-01
"""


def export(text: str | bytes, name: str = "walking.txt") -> Export:
    data = text.encode() if isinstance(text, str) else text
    return Export(name, False, (ExportFile(PurePosixPath(name), lambda: data),))


def read(*pages: str) -> tuple[list[Entry], list[Notice]]:
    exports = tuple(export(page, f"{i}.txt") for i, page in enumerate(pages))
    found = list(issue_digest.read(exports, ReadOptions()))
    return [e for e in found if isinstance(e, Entry)], [n for n in found if isinstance(n, Notice)]


def note(title: str, date: str = "2024-04-01", meta: str = "#Feet ", rest: str = "") -> str:
    return f"{title}\n{LINKS}\n{meta}Issue Date: {date}{rest}\n"


def test_a_whole_note() -> None:
    (first, second), notices = read(PAGE)
    line = "[Paper Note] Slow Walks: A Survey, Ada Lind+, arXiv'26, 2026.01"
    assert first == Entry(
        kind=Kind.PAPER,
        key="2026-01-12/slow-walks-a-survey",
        title="Slow Walks: A Survey",
        name="Slow Walks: A Survey",
        names=(line,),
        aliases=(line,),
        labels=("Feet", "Selected Papers/Blogs", "Gait (Human)"),
        date=dt.date(2026, 1, 12),
        properties=(
            ("title", "Slow Walks: A Survey"),
            ("authors", ("Ada Lind",)),
            ("et-al", True),
            ("venue", "arXiv'26"),
            ("published", "2026-01"),
        ),
        body="## GPT Summary\n\nWalking is slow.\n\n## Comment\n\nAbout [^1]:\n### Results\n- one, like #3\n"
        "###### Deep\n[^1]: a footnote\n```\n# no heading\n```",
        place="line 2",
        origin="0.txt",
    )
    assert (second.key, second.body, second.properties) == ("2024-04-01/feet-engine", "", (("title", "feet-engine"),))
    assert notices == [Notice(NoticeKind.UNPLACED, "0.txt: line 1", "text before the first note", "Walking")]


@pytest.mark.parametrize(
    ("rest", "body"),
    [
        pytest.param("", "", id="neither"),
        pytest.param(" Comment", "", id="empty-comment"),
        pytest.param(" Comment\nhm", "## Comment\n\nhm", id="comment"),
        pytest.param("\nhm", "## Comment\n\nhm", id="text-without-the-word"),
        pytest.param(" GPT Summary- It is.", "## GPT Summary\n\nIt is.", id="summary"),
        pytest.param(" GPT Summary- NoComment", "## GPT Summary\n\nNoComment", id="summary-ends-alike"),
        pytest.param(
            " GPT Summary- It is. Comment\na\n\nb", "## GPT Summary\n\nIt is.\n\n## Comment\n\na\n\nb", id="both"
        ),
        pytest.param(
            " stray GPT Summary- It is.", "## GPT Summary\n\nIt is.\n\n## Comment\n\nstray", id="unknown-words"
        ),
        pytest.param(f" Comment\n{LINKS}\nhm", f"## Comment\n\n{LINKS}\nhm", id="links-without-a-date-are-text"),
    ],
)
def test_sections(rest: str, body: str) -> None:
    (entry,), notices = read(note("Walks", rest=rest))
    assert (entry.body, notices) == (body, [])


@pytest.mark.parametrize(
    ("tags", "labels"),
    [
        pytest.param("", (), id="none"),
        pytest.param("#A #B ", ("A", "B"), id="two"),
        pytest.param(
            "#Zero/Few/ManyShot #SSM (State Space) #C# ", ("Zero/Few/ManyShot", "SSM (State Space)", "C#"), id="odd"
        ),
    ],
)
def test_tags(tags: str, labels: tuple[str, ...]) -> None:
    (entry,), _ = read(note("Walks", meta=tags))
    assert entry.labels == labels


@pytest.mark.parametrize(
    ("lines", "keys"),
    [
        pytest.param(["Walks, Lind+, ACL'07", "Walks, Lind+, ICML'08"], ["d/walks", "d/walks/icml-08"], id="venue"),
        pytest.param(["Walks, Lind+, 2007", "Walks, Lind+, 2008"], ["d/walks", "d/walks/2008"], id="published"),
        pytest.param(["Walks"] * 3, ["d/walks", "d/walks/2", "d/walks/3"], id="count"),
        pytest.param(["歩行（の）科学 AI", "!?"], ["d/歩行-の-科学-ai", "d/untitled"], id="scripts"),
        pytest.param(["あ" * 99], ["d/" + "あ" * 40], id="cut-at-120-bytes"),
    ],
)
def test_keys(lines: list[str], keys: list[str]) -> None:
    entries, _ = read("".join(note(line) for line in lines))
    assert [e.key.replace("2024-04-01", "d") for e in entries] == keys


def test_the_same_note_on_two_pages_is_read_once() -> None:
    entries, notices = read(note("Walks"), note("Runs") + note("Walks"))
    assert ([e.title for e in entries], notices) == (["Walks", "Runs"], [])


def test_a_differing_copy_is_unplaced() -> None:
    entries, (notice,) = read(note("Walks", rest=" Comment\nold"), note("Walks", rest=" Comment\nnew"))
    assert len(entries) == 1
    assert (notice.kind, notice.place) == (NoticeKind.UNPLACED, "1.txt: line 1")
    assert "new" in notice.text


def test_blank_lines_in_a_head_do_not_matter() -> None:
    (entry,), _ = read(f"Walks\n\n{LINKS}\n\n#Feet Issue Date: 2024-04-01 Comment\n\nhm\n")
    assert (entry.title, entry.place, entry.body) == ("Walks", "line 1", "## Comment\n\nhm")


def test_a_note_without_title_keeps_its_text() -> None:
    entries, notices = read(
        f"{LINKS}\n#A Issue Date: 2024-04-01 Comment\n{LINKS}\n#B Issue Date: 2024-04-02 Comment\nhm"
    )
    assert [(e.title, e.labels, e.body) for e in entries] == [("", ("A",), ""), ("", ("B",), "## Comment\n\nhm")]
    assert {n.kind for n in notices} == {NoticeKind.WARNING}


def test_a_day_that_does_not_exist() -> None:
    (entry,), (notice,) = read(note("Walks", date="2024-13-01"))
    assert (entry.date, entry.key, notice.text) == (None, "2024-13-01/walks", "2024-13-01")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("2024-01-01\nSlept.", "no line reads", id="diary"),
        pytest.param(f"Walks\n{LINKS}\nand so on", "Issue Date", id="no-date"),
        pytest.param(f"Walks\n{LINKS}\nsaid on Issue Date: 2024-01-01", "Issue Date", id="date-in-prose"),
        pytest.param(b"\x89PNG\r\n\0\0\0\rIHDR", "binary", id="binary"),
        pytest.param(b"", "no line reads", id="empty"),
    ],
)
def test_declined(text: str | bytes, why: str) -> None:
    verdict = issue_digest.identify(export(text))
    assert not verdict.claimed
    assert why in verdict.why


def test_claimed() -> None:
    assert issue_digest.identify(export(PAGE)).claimed
    assert issue_digest.identify(export(PAGE.encode("utf-16"))).claimed
    assert not issue_digest.identify(Export("d", True, (export(PAGE).first,))).claimed


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(note("Walks") * 12_000, id="many-notes"),
        pytest.param(note("Walks", meta="#a " * 300_000), id="many-tags"),
        pytest.param(f"{LINKS}\n" * 40_000, id="only-links"),
        pytest.param(note("Walks", rest=" Comment\n" + "`" * 500_000 + "\n" + "#" * 500_000), id="long-lines"),
    ],
)
def test_a_megabyte_is_fast(text: str) -> None:
    with not_hanging():
        read(text)
