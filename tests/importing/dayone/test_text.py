"""Day One's text and rich text as Markdown."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.importing.dayone.rich_text import from_rich_text
from vaultkit.importing.dayone.text import address, to_markdown

ID = "0B7A4C1E5D2F4E6A8C9B1D3F5A7C9E01"
DASHED = "0b7a4c1e-5d2f-4e6a-8c9b-1d3f5a7c9e01"
LINK = f"dayone://view?entryId={ID}"


def embed(identifier: str) -> str:
    return f"![[{identifier}.jpeg]]" if identifier == "A1" else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Rain\. \(Again\) 5\-6\, \"so\"\!", 'Rain. (Again) 5-6, "so"!'),
        (r"1\. May" + "\n" + r"3\) x", r"1\. May" + "\n" + r"3\) x"),
        (r"in 1\. May", "in 1. May"),
        (r"- 1\. May", r"- 1\. May"),
        ("> \\- not an item\n\\+ nor\n\\> nor", "> \\- not an item\n\\+ nor\n\\> nor"),
        (r"\# no heading, C\# and \#tag", r"\# no heading, C# and #tag"),
        (r"\#\# no heading", r"\#\# no heading"),
        (r"\*no\* \_emphasis\_ 2 \* 3 a\_b", r"\*no\* \_emphasis\_ 2 * 3 a_b"),
        (r"\=\=no\=\= a \= b", r"\=\=no\=\= a = b"),
        (r"\~\~no\~\~ \~5", r"\~\~no\~\~ ~5"),
        (r"\[x\]\(y\) \!\[z\]", r"\[x\]\(y) \!\[z\]"),
        (r"\<b\> 1 \< 2 AT\&T \& co\.", r"\<b> 1 < 2 AT\&T & co."),
        (r"C:\\dir \`x\` \$5\|", r"C:\\dir \`x\` \$5\|"),
        (r"`a \. b` $\tau\_x$ \.", r"`a \. b` $\tau\_x$ ."),
        ("```\na \\. b\n```\n\\.", "```\na \\. b\n```\n."),
        (r"D:\new", r"D:\new"),
        ("![](dayone-moment://A1) and ![x](dayone-moment:/video/A1)", "![[A1.jpeg]] and ![[A1.jpeg]]"),
        ("![](dayone-moment:/pdfAttachment/B2)", "![](dayone-moment:/pdfAttachment/B2)"),
        (f"dayone2://view?entryId={DASHED}.", f"{LINK}."),
        (f"[x](dayone://edit?entryId={ID})", f"[x]({LINK})"),
        (rf"dayone2\:\/\/view\?entryId\={ID}\.", f"{LINK}."),
        (f"<dayone://view?journalId=7&entryId={ID}&x=1>", f"<{LINK}>"),
        (f"dayone://view?entryId={ID}9", f"dayone://view?entryId={ID}9"),
        (r"[a](https://x.example/a\_b\?c\=\(1\))", r"[a](https://x.example/a_b?c=\(1\))"),
    ],
    ids=lambda value: value[:30],
)
def test_text(text: str, expected: str) -> None:
    assert to_markdown(text, embed) == expected
    assert to_markdown(expected, embed) == expected


@given(
    st.lists(st.sampled_from([*r"\.*_-#()[]!`$=~<>&1a ", "\n", "dayone://", "](", "word"]), max_size=30).map("".join)
)
def test_nothing_but_backslashes_goes(text: str) -> None:
    assert to_markdown(text, embed).replace("\\", "") == text.replace("\\", "")


@pytest.mark.parametrize("piece", ["\\.", "\\*", "dayone:/", "![](dayone-moment:", "](\\(", "[", "\\-\\-\n", "1\\. "])
def test_a_megabyte(piece: str) -> None:
    with not_hanging():
        to_markdown(piece * (1_000_000 // len(piece)), embed)


def rich(*pieces: tuple[str, dict[str, object]]) -> str:
    return json.dumps({"contents": [{"text": text, "attributes": attributes} for text, attributes in pieces]})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (rich(("Tides\n", {"line": {"header": 1}}), ("low\n", {})), "# Tides\n\nlow"),
        (rich(("a ", {}), ("b ", {"bold": True, "italic": True}), ("c", {})), "a ***b*** c"),
        (rich(("x", {"line": {"listStyle": "bulleted"}}), ("\ny\n", {"line": {"listStyle": "bulleted"}})), "- x\n- y"),
        (rich(("done\n", {"line": {"listStyle": "checkbox", "checked": True}})), "- [x] done"),
        (rich(("see", {"linkURL": f"dayone2://view?entryId={ID}"})), f"[see]({LINK})"),
        (rich(("1. no list, *no* emphasis #no", {})), r"1\. no list, \*no\* emphasis #no"),
        (rich(("a\n", {"line": {"codeBlock": True}}), ("b\n", {"line": {"codeBlock": True}})), "```\na\nb\n```"),
        (rich(("one\ntwo\n\nthree", {})), "one\ntwo\n\nthree"),
        ("no JSON, plain", "no JSON, plain"),
        ('{"contents": {}}', '{"contents": {}}'),
        ('{"contents": [1, {"text": 2, "attributes": [], "embeddedObjects": [3]}]}', ""),
        ("[" * 100_000, None),
    ],
    ids=lambda value: str(value)[:30],
)
def test_rich_text(text: str, expected: str | None) -> None:
    got = from_rich_text(text, embed)
    assert expected is None or got.text == expected


def test_what_stands_for_nothing_in_a_note_is_told() -> None:
    objects = [{"type": "photo", "identifier": "A1"}, {"type": "photo", "identifier": "Z"}, {"type": "song"}]
    got = from_rich_text(json.dumps({"contents": [{"embeddedObjects": objects}]}), embed)
    assert got.text == "![[A1.jpeg]]"
    assert [json.loads(one)["type"] for one in got.lost] == ["photo", "song"]


def test_an_address_is_one_however_it_is_written() -> None:
    assert address(DASHED) == address(ID) == LINK
    assert re.fullmatch(r"dayone://view\?entryId=x", address("x"))
