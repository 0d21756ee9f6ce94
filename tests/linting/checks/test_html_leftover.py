"""HTML that nobody meant, and HTML that somebody may have meant."""

from __future__ import annotations

import pytest

from vaultkit.linting.checks.html_leftover import Options, check
from vaultkit.linting.context import Context
from vaultkit.vault.index import Index
from vaultkit.vault.parse import parse


def _found(text: str) -> list[str]:
    return [found.values["text"] for found in check(parse("a.md", text.encode()), Context(Index([])), Options())]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a&nbsp;&NBSP;b", ["&nbsp;", "&NBSP;"]),
        ("&amp;#39; &amp;nbsp; &amp;#x3042;", ["&amp;#39;", "&amp;nbsp;", "&amp;#x3042;"]),
        (
            '<o:p>a</o:p> <st1:City w:st="on">日本</st1:City>',
            ["<o:p>", "</o:p>", '<st1:City w:st="on">', "</st1:City>"],
        ),
        ("日</DIV >", ["</DIV >"]),
        ("<spanner>a</span>", ["</span>"]),
        ("<div>\n\na\n\n</div>", []),
        ("<Span style='x'>a</span></span>", []),
        ("a<br>b</br></p> &amp; &lt; &amp;co; AT&amp;T", []),
        ("`&nbsp;` $</x>$ %%</x>%% <!-- </x> -->", []),
        ("```\n</div>\n```", []),
        ("w:1 <https://example.org> a </ b>", []),
    ],
)
def test_told(text: str, told: list[str]) -> None:
    assert _found(text) == told
