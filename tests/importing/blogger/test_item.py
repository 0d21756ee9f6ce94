"""What a Blogger feed says of an entry, in both of its forms."""

from __future__ import annotations

import pytest

from vaultkit.importing.blogger.item import content_of, kind_of, number_of, status_of, title_of
from vaultkit.importing.xml_stream import Element, XmlRecord, xml_records

KIND = (
    "<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#{}'/>"
)


def entry(inside: str) -> Element:
    (found,) = xml_records([f"<entry>{inside}</entry>"], ("entry",))
    assert isinstance(found, XmlRecord)
    return found.element


@pytest.mark.parametrize(
    ("inside", "kind", "status"),
    [
        (KIND.format("post"), "post", "live"),
        (KIND.format("page") + "<app:control><app:draft>yes</app:draft></app:control>", "page", "draft"),
        ("<blogger:type>COMMENT</blogger:type><blogger:status>SPAM_USER</blogger:status>", "comment", "spam_user"),
        ("<category scheme='http://www.blogger.com/atom/ns#' term='post'/>", "", "live"),
    ],
)
def test_what_it_is(inside: str, kind: str, status: str) -> None:
    assert (kind_of(entry(inside)), status_of(entry(inside))) == (kind, status)


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("<content type='html'>&lt;b&gt;a&lt;/b&gt; &amp;amp; b</content>", "<b>a</b> &amp; b"),
        ("<content type='text'>1 &lt; 2</content>", "1 &lt; 2"),
        ("<content>a &amp; b</content>", "a &amp; b"),
        ("<content type='xhtml'><p class='x'>a &lt; <b>b</b></p></content>", '<p class="x">a &lt; <b>b</b></p>'),
        ("<summary type='html'>s</summary>", "s"),
        ("", ""),
    ],
)
def test_its_text(content: str, html: str) -> None:
    assert content_of(entry(content)) == html


def test_titles_and_numbers() -> None:
    assert title_of(entry("<title type='html'>a &lt;i&gt;b&lt;/i&gt; &amp;amp; c</title>")) == "a b & c"
    assert title_of(entry("<title>1 &lt; 2\n3</title>")) == "1 < 2 3"
    assert number_of("tag:blogger.com,1999:blog-1.post-22\n ") == "22"
    assert number_of("odd") == "odd"
