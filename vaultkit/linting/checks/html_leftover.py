"""HTML that came along when text was copied or converted, and that a reader sees as it is written.

Knows `&nbsp;`, references that were encoded twice (`&amp;lt;`), tags of Word's own (`<o:p>`), and ends without a
beginning (`</div>`). HTML that somebody may have meant, `<br>` or `<span style=…>`, is left alone; so are `</br>` and
`</p>`, of which a browser makes a line and a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.linting.plain import find_in_body
from vaultkit.vault.edit import Edit
from vaultkit.vault.hidden import NOT_MARKDOWN
from vaultkit.vault.note import Note, RegionKind


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("text",)
EDITS: frozenset[Part] = frozenset()
_OUTSIDE = NOT_MARKDOWN | {RegionKind.COMMENT}
_FORMS = (  # compiled when it is first used
    r"(?P<space>&nbsp;)|&amp;(?P<twice>(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,6}|#x[0-9a-f]{1,6});)"
    r"|</?(?:o|w|v|m|st1):[a-z]{1,20}(?:[ \t][^<>\n]{0,200})?/?>"
    r"|</(?P<end>(?!(?:br|p)[ \t>])[a-z][a-z0-9]{0,15})[ \t]{0,4}>"
)


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each piece."""
    data = note.data
    if b"&nbsp;" not in data and b"&amp;" not in data and b"</" not in data and b":p>" not in data:
        return
    begun: dict[str, bool] = {}
    for found, span in find_in_body(note, re.compile(_FORMS, re.I), _OUTSIDE):
        if found["end"]:
            name = found["end"].lower()
            if name not in begun:
                begun[name] = bool(re.search(rf"<{name}(?=[\s/>])", found.string, re.I))
            if begun[name]:
                continue
        instead = b" " if found["space"] else f"&{found['twice']}".encode() if found["twice"] else b""
        yield Finding(span, {"text": found[0]}, Fix((Edit(span, instead),), safe=False))
