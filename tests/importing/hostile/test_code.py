"""Code of Obsidian's plugins and links that are commands, wherever a format holds text: shown, and dead."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import not_hanging, snapshot
from tests.importing.hostile.browser import armed, shown
from tests.importing.hostile.carriers import FORMATS, imported, imported_all, issues
from tests.importing.hostile.test_names import TITLES
from vaultkit.cli.import_ import choices_from
from vaultkit.config import read_config
from vaultkit.importing.escape import escape_syntax
from vaultkit.importing.plan import Outcome
from vaultkit.importing.run import run_import
from vaultkit.vault.executable import BEGINS_INLINE, runs_inline
from vaultkit.vault.tree import open_vault

CODE = {
    "dataviewjs": "```dataviewjs\ndv.list()\n```",
    "dataviewjs, tildes": "~~~dataviewjs\ndv.list()\n~~~",
    "dataviewjs, long fence": "`````dataviewjs\n```\ndv.list()\n`````",
    "dataviewjs, upper case": "```DataviewJS\ndv.list()\n```",
    "dataviewjs, blank before": "```   dataviewjs\ndv.list()\n```",
    "dataviewjs, words behind": "```dataviewjs some words\ndv.list()\n```",
    "dataviewjs, entity": "```data&#118;iewjs\ndv.list()\n```",
    "dataviewjs, backslash": "```js\\-engine\nx()\n```",
    "dataviewjs in a quote": "> ```dataviewjs\n> dv.list()\n> ```",
    "dataviewjs in nested quotes": "> > ```dataviewjs\n> > dv.list()\n> > ```",
    "dataviewjs in a callout": "> [!note]- more\n> ```dataviewjs\n> dv.list()\n> ```",
    "dataviewjs in a list": "- a\n  ```dataviewjs\n  dv.list()\n  ```",
    "dataviewjs behind a fence": "```js\nx\n```\n```dataviewjs\ndv.list()\n```",
    "dataview": "```dataview\nTABLE file.mtime\n```",
    "datacore": "```datacorejsx\nreturn 1\n```",
    "js-engine": "```js-engine\nreturn 1\n```",
    "templater": "```templater\nx\n```",
    "button": "```button\nname x\ntype command\naction y\n```",
    "execute-code": "```execute-code\nx\n```",
    "run-python": "```run-python\nimport os\n```",
    "meta-bind": "```meta-bind\nINPUT[toggle:x]\n```",
    "meta-bind-button": "```meta-bind-button\nstyle: primary\n```",
    "meta-bind-js-view": "```meta-bind-js-view\n---\nreturn 1\n```",
    "tasks": "```tasks\nfilter by function task.done\n```",
    "inline script": "a `$= dv.list()` b",
    "inline script, two ticks": "a ``$= dv.list()`` b",
    "inline script, blanks": "a `  $= dv.list() ` b",
    "inline script, no-break space": "a `\u00a0$= dv.list()` b",
    "inline script over lines": "a `\n$= dv.list()` b",
    "inline script in a quote over lines": "> a `\n> $= dv.list()` b",
    "inline script in a table": "| a |\n|---|\n| `$= dv.list()` |",
    "inline script in a heading": "## a `$= dv.list()`",
    "inline script in bold": "**`$= dv.list()`**",
    "inline script in a link": "[`$= dv.list()`](https://example.org)",
    "inline script behind an escape": "\\\\`$= dv.list()`",
    "inline query": "a `= this.file.name` b",
    "inline query without a blank": "a `=this.file.name` b",
    "inline query for a link": "a `= [[x]].y` b",
    "inline button": "a `BUTTON[x]` b",
    "inline input": "a `INPUT[toggle:x]` b",
    "inline view": "a `VIEW[{x} + 1][math]` b",
    "template": "a <% tp.system.clipboard() %> b",
    "template that runs code": "<%* await tp.web.request('https://evil.example') %>",
    "template that trims": "<%- tp.x() -%> <%_ tp.x() _%> <%+ tp.x() %>",
    "template over lines": "<%*\ntp.x()\n%>",
    "template in a fence": "```js\n<% tp.x() %>\n```",
    "template in inline code": "`<% tp.x() %>`",
    "template in indented code": "text\n\n    <% tp.x() %>",
    "template in a comment": "<!-- <% tp.x() %> -->",
    "template in an attribute": '<b title="<% tp.x() %>">x</b>',
    "template in a box": "<div>\n<% tp.x() %>\n</div>",
    "template in math": "$x <% tp.x() %>$",
    "template in a link's text": "[<% tp.x() %>](https://example.org)",
    "template in an address": "[a](https://example.org/<% tp.x() %>)",
    "template in an alternative text": "![<% tp.x() %>](https://example.org/a.png)",
    "link, javascript": "[a](javascript:alert(1))",
    "link, upper case": "[a](JavaScript:alert(1))",
    "link, entity": "[a](java&#115;cript:alert(1))",
    "link, named entity": "[a](javascript&colon;alert(1))",
    "link, brackets": "[a](<javascript:alert(1)>)",
    "link, tab in brackets": "[a](<java\tscript:alert(1)>)",
    "link, backslash": "[a](javascript\\:alert(1))",
    "link, next line": "[a](\njavascript:alert(1))",
    "link, title": '[a](javascript:alert(1) "t")',
    "link, behind another": "[a](https://example.org)[b](javascript:alert(1))",
    "link in a table": "| a |\n|---|\n| [a](javascript:alert(1)) |",
    "link, vbscript": "[a](vbscript:x)",
    "link, data": "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "link, data as SVG": "[a](data:image/svg+xml;base64,PHN2Zz4=)",
    "link, file": "[a](file:///etc/passwd)",
    "link, command": "[a](obsidian://new?vault=v&content=x)",
    "link, command of a plugin": "[a](obsidian://advanced-uri?eval=x)",
    "image, javascript": "![a](javascript:alert(1))",
    "autolink, javascript": "<javascript:alert(1)>",
    "autolink, command": "<obsidian://open?vault=v>",
    "reference": "[a][b]\n\n[b]: javascript:alert(1)",
    "reference, next line": "[a][b]\n\n[b]:\n  javascript:alert(1)",
    "reference, brackets": "[a][b]\n\n[b]: <obsidian://new?x=y>",
    "reference, in a quote": "> [a][b]\n>\n> [b]: javascript:alert(1)",
    "references in a row": "[a][b] [c]\n\n[b]:\n[c]: javascript:alert(1)",
    "link in math": "$\\href{javascript:alert(1)}{x}$",
    "link in display math": "$$\n\\href{javascript:alert(1)}{x}\n$$",
    "dataviewjs, never closed": "```dataviewjs\ndv.list()",  # the last one, or the next fence would close it
}


@pytest.mark.parametrize("name", FORMATS)
def test_code_is_dead_and_none_of_its_words_is_lost(tmp_path, name: str) -> None:
    _, notes = imported_all(tmp_path, name, list(CODE.values()))
    alive = {id_: found for id_, note in zip(CODE, notes, strict=True) if (found := armed(note))}
    assert not alive
    lost = {
        id_: words
        for (id_, text), note in zip(CODE.items(), notes, strict=True)
        if (words := set(re.findall(r"\w+", text)) - set(re.findall(r"\w+", shown(note))))
    }
    assert not lost


UNSEEN = {
    "dataviewjs, upper case",  # the plugin asks for small letters, as far as is known
    "link, tab in brackets",
    "link, next line",
    "reference, next line",
    "reference, in a quote",
    "references in a row",
    "link in math",
    "link in display math",
}
"""What mistune reads otherwise than CommonMark does, or not at all."""


def test_the_oracle_knows_what_runs_and_the_rest_is_changed_too() -> None:
    unseen = {id_ for id_, text in CODE.items() if not armed(f"---\na: b\n---\n{text}\n")}
    assert unseen <= UNSEEN
    assert not [id_ for id_ in UNSEEN if escape_syntax(CODE[id_]).text == CODE[id_]]


@pytest.mark.parametrize(
    "text",
    [
        "{{title}} {{date:YYYY}} {{#each x}}",
        "```js\nconst a = `$=`\n```",
        "`=` `==` `=>` `= ` `===` `=~`",
        "```dataviews\nx\n```",
        "```query-language\nx\n```",
        "```mermaid\ngraph TD\n```",
        "[a](https://example.org/?u=javascript:x) <https://example.org>",
        "the scheme javascript: is old",
        "[file: a](note.md) and [^1]: text",
        "key:: value and (a:: b)",
    ],
)
def test_what_does_not_run_stays(text: str) -> None:
    assert escape_syntax(text).text == text


PIECES = st.sampled_from([
    *"<>a=\"'`$/|*#\n", "b ", "<b ", "<img ", "onerror=", "```", "$=", "<%", "%>", "\n\n", "> ", "- ", "](", "[a]",
    "[a]:", "javascript:", "obsidian://", "<!--", "-->", "&lt;", "\\", "dataviewjs", "<script>", "</script>", "<div>",
    "    ", "~~~", "<code>", "%%", "[[", "]]",
])  # fmt: skip


@pytest.mark.parametrize(
    "blank", [*" \t\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff", *map(chr, range(0x2000, 0x200B))]
)
def test_no_blank_hides_inline_code_that_a_plugin_trims(blank: str) -> None:
    assert runs_inline(f"{blank}$= dv.pages()")
    assert escape_syntax(f"a `{blank}$= dv.pages()` b").text != f"a `{blank}$= dv.pages()` b"


def test_a_hyphen_before_it_makes_inline_code_text() -> None:
    assert not runs_inline("-= x")


@settings(max_examples=200, deadline=None)
@given(st.text("$=-IVBUTONEW[> \t\u3000\u2003\u20bfab", max_size=12))
def test_inline_code_that_runs_begins_with_one_of_few_bytes(code: str) -> None:
    if runs_inline(code):
        assert re.match(rb"\s*" + BEGINS_INLINE, code.encode())


@given(st.lists(PIECES, max_size=24).map("".join))
def test_however_it_is_put_together_nothing_runs(text: str) -> None:
    safe = escape_syntax(text).text
    assert "<%" not in safe
    assert not armed(f"---\na: b\n---\n{safe}\n")
    assert escape_syntax(safe).text == safe
    assert not Counter(re.findall(r"\w+", text)) - Counter(re.findall(r"\w+", safe))


@pytest.mark.parametrize(
    "part",
    [
        "<a ",
        '<a x="',
        "](",
        "[a]:\n",
        "[a](file:x) ",
        "<code>",
        "`$= ",
        "```tasks\n",
        "<%",
        "<a href='>",
        "<!-->",
        "<b <",
    ],
)
def test_long_texts_are_done(part: str) -> None:
    with not_hanging(20):
        escape_syntax(part * (30_000 // len(part)))


def test_that_code_was_made_text_is_told_once(tmp_path) -> None:
    report, _ = imported_all(tmp_path, "github-issues", ["plain", "<% x %>", "`$= x`"])
    (notice,) = [notice for notice in report.notices if "--trust-code" in notice.message]
    assert notice.place == "code in 2 entries"
    assert notice.text == "issues.json: issues[1]\nissues.json: issues[2]"


def test_a_second_import_writes_nothing(tmp_path) -> None:
    texts = [*CODE.values(), *TITLES.values()]
    export = issues(tmp_path, [text.encode("utf-8", "replace").decode()[:2000] for text in texts])
    report, _ = imported(tmp_path, export)
    before = snapshot(tmp_path)
    again = run_import(open_vault(tmp_path / "vault"), [str(export)], choices_from(read_config(tmp_path / "vault")))
    assert again.count(Outcome.UNCHANGED) == len(report.notes) == len(texts)
    assert snapshot(tmp_path) == before
