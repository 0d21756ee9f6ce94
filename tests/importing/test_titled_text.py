from pathlib import PurePosixPath

import pytest

from vaultkit.errors import ExportError
from vaultkit.importing.entry import Entry, Kind, Notice, NoticeKind
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.source import ReadOptions, Split
from vaultkit.importing.sources import titled_text

BLOG = """\
畑の日記

週に三日は畑に出る

大根が重い

今日は大根を抜いた。腰が痛い。

\u00a0

帰ってから風呂に入った。

芋を見て寝る。

土は正直

雨のあとの土は柔らかい。

\u00a0

隣の人は嘘をつく

隣の人は雨が降らないと言った。
"""


def export(text, name="blog.txt"):
    return Export(name, False, (ExportFile(PurePosixPath(name), lambda: text.encode()),))


def read(text, name="blog.txt", **options):
    found = list(titled_text.read((export(text, name),), ReadOptions(**options)))
    entries = [one for one in found if isinstance(one, Entry)]
    return entries, [one for one in found if isinstance(one, Notice)]


def test_ours():
    assert titled_text.identify(export(BLOG)).claimed


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "fewer than two lines look like titles"),
        ("One paragraph of prose.\n\nAnother one, just as plain.\n", "fewer than two lines look like titles"),
        ("A title\n\nAnd its text.\n", "fewer than two lines look like titles"),
        ("A poem\n\nof short lines\n\nalone each\n\nand no text\n", "fewer than two lines look like titles"),
        ("import os\n\ndef f():\n\n    x = 1\n\nimport re\n\nclass A:\n\n", "fewer than two lines look like titles"),
        ("# One\n\nText.\n\n# Two\n\nText.\n", "fewer than two lines look like titles"),
        ("One\n\nText.\n\nTwo\n\nText.\n\n2024-01-31\n\nText.\n", "line 9 is a date"),
        ('{"a":\n\n1}', "it is JSON"),
        ("---\ntitle: x\n---\n\nOne\n\nText.\n\nTwo\n\nText.\n", "it begins with front matter"),
        ("<html>\n\nOne\n\nText.\n\nTwo\n\nText.\n", "it is XML or HTML"),
        ("name,age\nann,3\nbob,4\n", "it is a table (CSV or TSV)"),
        ('date,mood,tags,note\n1,,,"One\n\nText.\n\nTwo"\n', "it is a table (CSV or TSV)"),
        ("A\nPaper/Blog Link My Issue\n\nOne\n\nText.\n\nTwo\n\nText.\n", "it is a digest of issues"),
    ],
)
def test_not_ours(text, why):
    verdict = titled_text.identify(export(text))
    assert not verdict.claimed
    assert verdict.why.startswith(why)


def test_a_folder_is_not_ours():
    assert not titled_text.identify(Export("blog", True, export(BLOG).files)).claimed


def test_binary_is_refused():
    with pytest.raises(ExportError, match=r"binary"):
        titled_text.identify(
            Export("x", False, (ExportFile(PurePosixPath("x"), lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),))
        )


def test_entries_and_what_stands_above_them():
    entries, notices = read(BLOG)
    assert entries == [
        Entry(kind=Kind.DIARY, key=title, title=title, name=title, body=body, place=place, origin="blog.txt")
        for title, body, place in [
            ("大根が重い", "今日は大根を抜いた。腰が痛い。\n\n帰ってから風呂に入った。\n\n芋を見て寝る。", "line 5"),
            ("土は正直", "雨のあとの土は柔らかい。", "line 15"),
            ("隣の人は嘘をつく", "隣の人は雨が降らないと言った。", "line 21"),
        ]
    ]
    guessed, above = notices
    assert guessed.kind is NoticeKind.WARNING
    assert (above.kind, above.place, above.text) == (
        NoticeKind.UNPLACED,
        "blog.txt: line 1",
        "畑の日記\n\n週に三日は畑に出る",
    )


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("A Walk, by the River", "a-walk-by-the-river"),
        ("計算・管理（二）", "計算-管理-二"),
        ("Cafe\u0301 ＡＢＣ", "café-ａｂｃ"),
        ("हिन्दी", "हिन्दी"),
        ("STRASSE ß", "strasse-ss"),
        ("C++", "c"),
        ("…☃", "untitled"),
    ],
)
def test_a_key_is_made_of_the_title(title, key):
    entries, _ = read(f"{title}\n\nText.\n", split=Split((1,)))
    assert [(e.key, e.title) for e in entries] == [(key, title)]


def test_a_title_that_comes_again():
    entries, _ = read("Rain\n\nIt rained.\n\nSun\n\nIt shone.\n\nrain!\n\nAgain.\n", split=Split((1, 5, 9)))
    assert [e.key for e in entries] == ["rain", "sun", "rain/2"]


def test_a_plan_beats_the_guess():
    entries, notices = read(BLOG, split=Split((15, 13)))
    assert [(e.title, e.place) for e in entries] == [("芋を見て寝る。", "line 13"), ("土は正直", "line 15")]
    assert entries[0].body == ""
    assert [n.kind for n in notices] == [NoticeKind.UNPLACED]
    assert "大根が重い" in notices[0].text


@pytest.mark.parametrize("line", [0, -1, 2, 9, 99])
def test_a_plan_with_a_line_that_is_no_title(line):
    with pytest.raises(ExportError, match=rf"^blog\.txt: line {line}, a title in the plan"):
        read(BLOG, split=Split((line,)))


def test_a_plan_is_for_one_export():
    with pytest.raises(ExportError, match="one export"):
        list(titled_text.read((export(BLOG), export(BLOG)), ReadOptions(split=Split((5,)))))


def test_nothing_is_dropped():
    entries, notices = read(BLOG)
    kept = "\n".join([e.title + "\n" + e.body for e in entries] + [n.text for n in notices])
    assert {line for line in kept.split("\n") if line} == {line for line in BLOG.split("\n") if line.strip()}


def test_a_text_that_has_no_title_is_told_whole():
    entries, notices = read("Only prose here.\n")
    assert entries == []
    assert [n.text for n in notices if n.kind is NoticeKind.UNPLACED] == ["Only prose here."]
