"""Properties that hold a web address or the identifier of a paper, and whether it has the form of one.

Knows the forms only; whether there is such a page or paper nobody asks. A misspelt `https://` is told elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.linting.written import short
from vaultkit.vault.note import Note


class Form(StrEnum):
    """What a value may look like."""

    ADDRESS = "address"
    DOI = "doi"
    ARXIV = "arxiv"


class Options(NamedTuple):
    """What is looked at."""

    properties: Annotated[tuple[str, ...], "properties whose value, or each item of it, has the form"] = ()
    form: Annotated[Form, "`address` of a page, `doi` or `arxiv` identifier, each of these bare or as an address"] = (
        Form.ADDRESS
    )


VALUES = ("property", "value", "problem")
EDITS: frozenset[Part] = frozenset()
_FORMS: Mapping[Form, re.Pattern[str]] = {
    # `htp:/x` was meant as one, and another rule tells how it is mended; `zotero://` and `mailto:` are addresses, too
    Form.ADDRESS: re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]{1,30}+:[^\s]++|[Hh]{1,2}[Tt]{1,3}[Pp][^\s]*+)\Z"),
    Form.DOI: re.compile(
        r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi: ?)?10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,9}/[^\s]++\Z", re.I
    ),
    Form.ARXIV: re.compile(
        r"(?:https?://arxiv\.org/(?:abs|pdf)/|arxiv: ?)?"
        r"(?:[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}|[a-z-]{2,20}+(?:\.[A-Z]{2})?/[0-9]{7})(?:v[0-9]{1,3})?(?:\.pdf)?\Z",
        re.I,
    ),
}
_SHOWN = 60


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each value that has another form. Nothing is no value, and a template's placeholder is none."""
    for key in options.properties:
        found = note.find_property(key)
        if found is None or found.value in (None, ""):
            continue
        for value in found.value if isinstance(found.value, list) else [found.value]:
            problem = _problem(value, options.form)
            if problem and "{{" not in str(value) and "<%" not in str(value):
                said = {"property": found.key, "value": short(" ".join(str(value).split()), _SHOWN), "problem": problem}
                yield Finding(found.span, said)


def _problem(value: object, form: Form) -> str:
    if value in (None, ""):
        return ""
    if isinstance(value, float) and form is not Form.ADDRESS:
        return "is a number, which loses a zero at its end; put it in quotes"
    if isinstance(value, str) and _FORMS[form].match(value.strip()):
        return ""
    match form:
        case Form.ADDRESS:
            return "is no web address; one begins with `https://` and holds no space"
        case Form.DOI:
            return "is no DOI; one looks like `10.1000/182`"
        case Form.ARXIV:
            return "is no identifier of arXiv; one looks like `2401.01234`"
