"""Bold, italic and the like that HTML says by styles only: `<span style="font-weight:700">`, or a class of `<style>`.

Knows the few properties of CSS that Markdown has signs for. Apple and Google write such HTML, each run of letters in a
span of its own.
"""

from __future__ import annotations

import re

_SPAN = re.compile(r"<span\s(?P<attributes>[^<>]{1,2000})>(?P<text>[^<>]*+)</span>", re.IGNORECASE)
_STYLE = re.compile(r"\bstyle=(?:\"([^\"]*+)\"|'([^']*+)')", re.IGNORECASE)
_CLASS = re.compile(r"\bclass=(?:\"([^\"]*+)\"|'([^']*+)')", re.IGNORECASE)
_SHEET = re.compile(r"<(?P<end>/)?style[^<>]{0,200}>", re.IGNORECASE)
_RULE = re.compile(r"span\.([\w-]{1,40})\s{0,9}\{([^{}]{0,2000})\}")
_MEANINGS = (
    (re.compile(r"font-weight:\s*(?:bold|[6-9]00)|font(?:-family)?:[^;]*bold", re.IGNORECASE), "b"),
    (re.compile(r"font-style:\s*italic|font(?:-family)?:[^;]*(?:italic|oblique)", re.IGNORECASE), "i"),
    (re.compile(r"text-decoration:[^;]*underline", re.IGNORECASE), "u"),
    (re.compile(r"text-decoration:[^;]*line-through", re.IGNORECASE), "s"),
)


def mark_styles(html: str, page: str = "") -> str:
    """`html` with the tags that the styles of its innermost spans mean. `page`: where the style sheets are."""
    classes = dict(_RULE.findall(_sheets(page)))
    return _SPAN.sub(lambda span: _marked(span, classes), html)


def _sheets(page: str) -> str:
    """The style sheets of a page, one behind the other."""
    found: list[str] = []
    start = -1
    for tag in _SHEET.finditer(page):
        if tag["end"] and start >= 0:
            found.append(page[start : tag.start()])
            start = -1
        elif not tag["end"] and start < 0:
            start = tag.end()
    return "".join(found)


def _marked(span: re.Match[str], classes: dict[str, str]) -> str:
    text = span["text"]
    if not text.strip():
        return span[0]
    style = "".join("".join(found) for found in _STYLE.findall(span["attributes"]))
    for found in _CLASS.findall(span["attributes"]):
        style += ";".join(["", *(classes.get(name, "") for name in "".join(found).split())])
    for meaning, tag in _MEANINGS:
        if meaning.search(style):
            text = f"<{tag}>{text}</{tag}>"
    return text
