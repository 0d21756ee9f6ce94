"""HTML that runs, loads or sends (the shapes known from the lists of cross-site scripting): shown, and dead."""

from __future__ import annotations

import re

import pytest

from tests.importing.hostile.browser import armed, shown
from tests.importing.hostile.carriers import FORMATS, imported_all
from vaultkit.importing.escape import escape_syntax

PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "script, upper case": "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "script in a sentence": "One <script>alert(1)</script> two",
    "script over lines": "<script>\nalert(1)\n\nalert(2)\n</script>",
    "script with a fence in it": "<script>\n```\nalert(1)\n```\n</script>\nmore",
    "script never closed": "<script>alert(1)",
    "script behind a slash": "<script/x>alert(1)</script>",
    "script with a tab": "<script\t>alert(1)</script>",
    "script with a line in the tag": "<script\nsrc=x>alert(1)</script>",
    "script in script": "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "two brackets": "<<script>alert(1)//<</script>",
    "script in a quote": "> <script>\n> alert(1)\n> </script>",
    "script in a list": "- a\n\n  <script>\n  alert(1)\n  </script>",
    "script in a table": "| a | b |\n|---|---|\n| <script>alert(1)</script> | x |",
    "script in a div": "<div>\n<script>alert(1)</script>\n</div>",
    "script in details": "<details><summary>x</summary>\n\n<script>alert(1)</script>\n\n</details>",
    "script in a comment that ends early": "<!--> <script>alert(1)</script> -->",
    "script in a comment with a bang": "<!-- a --!> <script>alert(1)</script> -->",
    "script behind a comment": "<!-- a --> <script>alert(1)</script>",
    "script in CDATA": "<![CDATA[<script>alert(1)</script>]]>",
    "script in a processing instruction": "<?xml <script>alert(1)</script> ?>",
    "script in an attribute": '<b title="<script>alert(1)</script>">x</b>',
    "script in an attribute over paragraphs": '<b title="\n\n<script>alert(1)</script>\n\n">x</b>',
    "unbalanced quotes": '<IMG """><SCRIPT>alert("XSS")</SCRIPT>"\\>',
    "SVG's script": "<svg><script>alert(1)</script></svg>",
    "image, onerror": "<img src=x onerror=alert(1)>",
    "image, quoted handler": '<img src="x" onerror="alert(1)"/>',
    "image, slashes for blanks": '<img/src="x"/onerror=alert(1)>',
    "image, upper case": "<IMG SRC=x ONERROR=alert(1)>",
    "image, handler on a line of its own": "<img src=x\nonerror=alert(1)>",
    "image, blank before the sign": "<img src=x onerror = alert(1)>",
    "image, handler right behind a quote": '<img src="x"onerror=alert(1)>',
    "image, never closed": "<img src=x onerror=alert(1)//",
    "image, > in a quoted value": '<img title=">" src=x onerror=alert(1)>',
    "image, < in a quoted value": '<img title="<x" src=x onerror=alert(1)>',
    "image in a pseudo tag": 'a <y and <img src=x onerror=alert(1)> and "b"',
    "image in math": "$<img src=x onerror=alert(1)>$",
    "image in display math": "$$\n<img src=x onerror=alert(1)>\n$$",
    "image below a heading": "# h\n<img src=x onerror=alert(1)>",
    "image in a link": "[<img src=x onerror=alert(1)>](https://example.org)",
    "image, srcset of javascript": '<img srcset="javascript:alert(1)">',
    "image, src of javascript": '<img src="javascript:alert(1)">',
    "image, javascript in entities": "<IMG SRC=&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)>",
    "image, padded entities": "<IMG SRC=&#0000106&#0000097&#0000118&#0000097&#0000115&#0000099ript:alert(1)>",
    "image, javascript in hex entities": "<IMG SRC=&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)>",
    "image, a tab in the scheme": '<IMG SRC="jav\tascript:alert(1);">',
    "image, an encoded tab in the scheme": '<IMG SRC="jav&#x09;ascript:alert(1);">',
    "image, an encoded line end in the scheme": '<IMG SRC="jav&#x0A;ascript:alert(1);">',
    "image, a line end in the scheme": '<IMG SRC="java\nscript:alert(1)">',
    "image, control characters before the scheme": '<IMG SRC=" \x0e javascript:alert(1);">',
    "image, vbscript": "<IMG SRC='vbscript:msgbox(\"x\")'>",
    "image, livescript": '<IMG SRC="livescript:x">',
    "input, javascript": '<INPUT TYPE="IMAGE" SRC="javascript:alert(1);">',
    "background": '<TABLE BACKGROUND="javascript:alert(1)"><TR><TD>x</TABLE>',
    "style, javascript": "<DIV STYLE=\"background-image: url(javascript:alert('x'))\">x</DIV>",
    "style, expression": '<DIV STYLE="width: expression(alert(1));">x</DIV>',
    "body": "<BODY ONLOAD=alert(1)>",
    "svg, onload": "<svg/onload=alert(1)>",
    "svg, onload in quotes": '<svg onload="alert(1)"></svg>',
    "svg, animated address": "<svg><a><animate attributeName=href values=javascript:alert(1) /></a></svg>",
    "svg, use": '<svg><use href="data:image/svg+xml;base64,PHN2Zz48L3N2Zz4="/></svg>',
    "math": '<math><maction actiontype="statusline" xlink:href="javascript:alert(1)">x</maction></math>',
    "math, mutation": '<math><mtext><table><mglyph><style><!--</style><b title="--&gt;&lt;img src=1 onerror=a&gt;">',
    "noscript, mutation": '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "textarea, mutation": '<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>',
    "iframe": "<iframe src=https://evil.example/></iframe>",
    "iframe, srcdoc": '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "iframe, javascript": '<IFRAME SRC="javascript:alert(1);"></IFRAME>',
    "iframe over lines": '<iframe\n  width="560"\n  src="https://video.example/embed/1">\n</iframe>',
    "object": '<object data="data:text/html,<script>alert(1)</script>"></object>',
    "embed": '<EMBED SRC="https://evil.example/x.swf" AllowScriptAccess="always"></EMBED>',
    "applet": "<applet code=x></applet>",
    "frameset": '<FRAMESET><FRAME SRC="javascript:alert(1);"></FRAMESET>',
    "meta refresh": '<META HTTP-EQUIV="refresh" CONTENT="0;url=javascript:alert(1);">',
    "meta refresh, data": '<meta http-equiv="refresh" content="0;url=data:text/html,x">',
    "base": '<BASE HREF="https://evil.example/">',
    "link": '<LINK REL="import" HREF="https://evil.example/x.html">',
    "style": "<STYLE>@import'https://evil.example/x.css';</STYLE>",
    "style over lines": "<style>\nbody { display: none }\n</style>",
    "form": "<form action=https://evil.example/><input name=q><button>go</button></form>",
    "form, formaction": "<button formaction=javascript:alert(1)>go</button>",
    "input, autofocus": "<input onfocus=alert(1) autofocus>",
    "details, ontoggle": "<details open ontoggle=alert(1)>x</details>",
    "video": '<video src=x onerror="alert(1)"></video>',
    "audio, source": '<video><source onerror="alert(1)"></video>',
    "marquee": "<marquee onstart=alert(1)>x</marquee>",
    "a tag of its own": "<x onclick=alert(1)>x</x>",
    "a tag with a hyphen": "<x-y onpointerenter=alert(1)>x</x-y>",
    "an end tag with a handler": "</b onclick=alert(1)>",
    "anchor, javascript": '<a href="javascript:alert(1)">x</a>',
    "anchor, unquoted": "<a href=javascript:alert(1)>x</a>",
    "anchor, named entity": '<a href="javascript&colon;alert(1)">x</a>',
    "anchor, entity for a tab": '<a href="java&Tab;script:alert(1)">x</a>',
    "anchor, entity for a line end": '<a href="java&NewLine;script:alert(1)">x</a>',
    "anchor, data": '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
    "anchor, data as SVG": '<a href="data:image/svg+xml,<svg onload=alert(1)>">x</a>',
    "anchor, file": '<a href="file:///etc/passwd">x</a>',
    "anchor, command": '<a href="obsidian://new?name=x&content=y">x</a>',
    "code of a plugin": '<pre><code class="language-dataviewjs">dv.list()</code></pre>',
    "inline code of a plugin": "<code>$= dv.list()</code>",
    "inline code in entities": "<code>&#36;= dv.list()</code>",
    "inline code in bold": "<code><b>$=</b> dv.list()</code>",
}


@pytest.mark.parametrize("name", FORMATS)
def test_html_is_dead_and_none_of_its_words_is_lost(tmp_path, name: str) -> None:
    report, notes = imported_all(tmp_path, name, list(PAYLOADS.values()))
    told = "".join(notice.text for notice in report.notices)  # a page's style sheets are named there
    alive = {id_: found for id_, note in zip(PAYLOADS, notes, strict=True) if (found := armed(note))}
    assert not alive
    lost = {
        id_: words
        for (id_, text), note in zip(PAYLOADS.items(), notes, strict=True)
        if (words := set(re.findall(r"\w+", text)) - set(re.findall(r"\w+", shown(note) + told)))
    }
    assert not lost


UNSEEN = {
    "script in a comment that ends early",
    "script in a comment with a bang",
    "script in CDATA",
    "script in a processing instruction",
    "script in an attribute",
    "image, slashes for blanks",
    "image, handler right behind a quote",
    "image, never closed",
    "style, expression",
    "svg, onload",
    "noscript, mutation",
    "textarea, mutation",
    "an end tag with a handler",
}
"""What html.parser reads otherwise than browsers do, or the browsers of today no longer run."""


def test_the_oracle_knows_what_runs_and_the_rest_is_changed_too() -> None:
    unseen = {id_ for id_, text in PAYLOADS.items() if not armed(f"---\na: b\n---\n{text}\n")}
    assert unseen <= UNSEEN  # versions of Python differ
    assert not [id_ for id_ in UNSEEN if escape_syntax(PAYLOADS[id_]).text == PAYLOADS[id_]]


@pytest.mark.parametrize(
    "text",
    [
        "<br> and <kbd>x</kbd>",
        "<details><summary>once</summary>\n\ntext\n\n</details>",
        '<img src="https://example.org/a.png" alt="online = good" width=200>',
        '<a href="https://example.org/?on=1&x=javascript">x</a>',
        "if a <b and c> d then x <y",
        "a < b, 1 <2, <3",
        "`<script>alert(1)</script>`",
        "```html\n<script>alert(1)</script>\n```",
        "<!-- <script>alert(1)</script> -->",
        '<audio controls src="https://example.org/a.mp3"></audio>',
        '<code>x = 1</code> and <pre><code class="language-js">x</code></pre>',
        "![a](data:image/png;base64,AAAA)",
        '<span style="color: red">x</span>',
    ],
)
def test_harmless_html_stays(text: str) -> None:
    assert escape_syntax(text).text == text


def test_code_is_trusted_on_request(tmp_path) -> None:
    payloads = ["<script>alert(1)</script>", "[x](javascript:alert(1))", "`$= dv.x`"]
    _, notes = imported_all(tmp_path, "github-issues", payloads, trust_code=True)
    assert all(text in note.partition("\n---\n")[2] for text, note in zip(payloads, notes, strict=True))
