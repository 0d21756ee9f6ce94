"""Elements come out one by one, wherever the text is cut, and damage costs the record that it is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.importing.xml_stream import BrokenXml, XmlRecord, inner, xml_records

FEED = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>
<rss><channel><title>灯台 &amp; 海</title>
<item key="x>y"><wp:id>1</wp:id><c><![CDATA[a ]]]]><![CDATA[> </item> <item> b]]></c><d>AT&T &nbsp;&a;&b;&#8;\x08x &lt;</d></item>
<!-- <item>no</item> -->
<item><wp:id>2</wp:id><b>bad</item>
<item><wp:id>3</wp:id>
<item/>
<item><wp:id>4</wp:id></item  >
<items>5</items>
<item><wp:id>6</wp:id></item>
<item>cut"""  # noqa: E501


def found_in(text: str, size: int, *tags: str) -> list[tuple[str, str, str]]:
    pieces = [text[i : i + size] for i in range(0, len(text), size)]
    return [
        (one.place, one.element.tag, one.element.text)
        if isinstance(one, XmlRecord)
        else (one.place, f"broken {one.tag}", one.text)
        for one in xml_records(pieces, tags)
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 10_000])
def test_records_of_a_feed(size: int) -> None:
    assert found_in(FEED, size, "item", "title") == [
        ("line 2", "title", "灯台 & 海"),
        ("line 3", "item", "1a ]]> </item> <item> bAT&T \xa0&a;&b;x <"),
        ("line 5", "broken item", "<item><wp:id>2</wp:id><b>bad</item>"),
        ("line 6", "broken item", "<item><wp:id>3</wp:id>\n"),
        ("line 7", "item", ""),
        ("line 8", "item", "4"),
        ("line 10", "item", "6"),
        ("line 11", "broken item", "<item>cut"),
    ]


def test_an_element_and_what_is_in_it() -> None:
    text = '<item a="1"><t> x </t><t>y</t><n:l k="ä"/>tail</item>'
    (record,) = xml_records([text], ("item",))
    assert isinstance(record, XmlRecord)
    one = record.element
    assert (one.attributes, one.get("t"), one.get("none")) == ({"a": "1"}, "x", "")
    assert [child.text for child in one.children("t")] == [" x ", "y"]
    assert [child.tag for child in one.children()] == ["t", "t", "n:l"]
    assert one.parts[-1] == "tail"


def test_a_broken_record_still_gives_its_parts() -> None:
    (record,) = xml_records(["<e><t>A < B</t><b><p>x</e>"], ("e",))
    assert isinstance(record, BrokenXml)
    assert (inner(record.text, "t"), inner(record.text, "b")) == ("A < B", "")
    assert "not well-formed" in record.why


@given(st.text(alphabet="<>/ai&;![CDAT]-'\" =\n", max_size=60), st.integers(1, 20))
def test_wherever_it_is_cut_it_is_the_same(text: str, size: int) -> None:
    assert found_in(text, size, "a", "i") == found_in(text, 1000, "a", "i")


@pytest.mark.parametrize(
    "text",
    ["<item>" * 50_000, "<![CDATA[" * 100_000, "<!--" * 250_000, "<item a='" * 100_000, "<item>" + "<a>" * 300_000,
     "<item>" + "&" * 500_000 + "</item>", "<item \"'" * 100_000, "<item><![CDATA[" * 60_000],
    ids=lambda text: text[:16],
)  # fmt: skip
def test_a_megabyte_of_malice_takes_seconds(text: str) -> None:
    with not_hanging(60):
        found_in(text, 65_536, "item")
