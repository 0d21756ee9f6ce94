"""How texts refer to issues: one line in `FORMS` for each way in which trackers write it.

Knows what each means within a project (the scope). Where a name leads is said by those who know the notes. A form that
may be a word of the language counts only where people write of issues, and is never reported as leading nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from vaultkit.importing.entry import Entry, Kind
from vaultkit.importing.lines import find_in, words_with

NOT_HERE = "no issue of this number in the export or the vault"

_FREE = r"(?<![\w/&#\\`\])-])"
"""What stands before a reference ends a word, an address, an escape or a link."""
_APART = r"(?<![\w/&#\\`\])\-.])"
"""The same where the name begins with a path, so that each path is read once."""
_PROJECT = r"(?P<project>[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+)"
_NUMBER = r"(?P<number>[1-9]\d{0,8})(?![\w-])"
_KEY = r"(?!GH-)(?P<project>[A-Z][A-Z0-9_]{1,9})-[1-9]\d{0,6}(?![\w-])"


class Mention(NamedTuple):
    """Something in a text that may be an issue's name. `waits`: it becomes a link when an issue of that name arrives;
    `why`: what to tell when it leads nowhere, "" for nothing."""

    start: int
    end: int
    name: str
    waits: bool = True
    why: str = ""


class Form(NamedTuple):
    """A way of writing a reference. `hint` matches in each match of `pattern`, which holds no blank, and begins with a
    certain character, which is found many times faster than one of several (forms with the same one share what it
    finds); `name` makes the whole name of a match and the scope of its text, "" when it means nothing there;
    `in_words`: prose may look like this as well."""

    hint: re.Pattern[str]
    pattern: re.Pattern[str]
    name: Callable[[re.Match[str], str], str]
    in_words: bool = False
    waits: bool = True


def _numbered(found: re.Match[str], scope: str) -> str:
    return f"{project}#{found['number']}" if (project := found["project"] or scope) else ""


def _merge_request(found: re.Match[str], scope: str) -> str:
    return f"{project}!{found['number']}" if (project := found["project"] or scope) else ""


def _neighbour(found: re.Match[str], scope: str) -> str:
    group = scope.rpartition("/")[0]
    return f"{group}/{found[0]}" if group else ""


def _whole(found: re.Match[str], _scope: str) -> str:
    return found[0]


FORMS = (
    # GitHub and GitLab: #12, owner/repo#12
    Form(re.compile("#[1-9]"), re.compile(rf"{_FREE}{_PROJECT}?#{_NUMBER}"), _numbered),
    # GitHub: GH-12
    Form(re.compile("GH-[1-9]"), re.compile(rf"{_FREE}{_PROJECT}?(?<!/)GH-{_NUMBER}"), _numbered),
    # GitLab: group/sub/project#12
    Form(
        re.compile("#[1-9]"),
        re.compile(rf"{_APART}[A-Za-z0-9][\w.-]*+(?:/[A-Za-z0-9_][\w.-]*+){{2,9}}+#{_NUMBER}", re.ASCII),
        _whole,
        in_words=True,
    ),
    # GitLab: project#12, a neighbour in the same group
    Form(
        re.compile("#[1-9]"),
        re.compile(rf"{_APART}[A-Za-z0-9][\w.-]*+#{_NUMBER}", re.ASCII),
        _neighbour,
        in_words=True,
        waits=False,
    ),
    # GitLab: !12, group/project!12
    Form(
        re.compile("![1-9]"),
        re.compile(rf"{_APART}(?P<project>[A-Za-z0-9][\w.-]*+(?:/[A-Za-z0-9_][\w.-]*+){{1,9}}+)?!{_NUMBER}", re.ASCII),
        _merge_request,
        in_words=True,
    ),
    # Jira, Linear: ABC-12
    Form(re.compile("-[1-9]"), re.compile(_FREE + _KEY, re.ASCII), _whole, in_words=True),
)
_TALK = frozenset({Kind.ISSUE, Kind.DIARY})
"""Where `UTF-8` and `GPT-4` are rather issues than in a paper."""
_NAME = re.compile(rf"[^\s!]+![1-9]\d{{0,8}}|{_KEY}", re.ASCII)
_WITH_SCOPE = re.compile(r"(?P<scope>.*)[#!]\d+|(?P<project>[A-Z][A-Z0-9_]*)-\d+", re.ASCII | re.DOTALL)


def mentions(text: str, entry: Entry) -> Iterator[Mention]:
    """What in `text`, which is the entry's, may refer to issues; candidates may overlap, the first ones count more."""
    words: dict[re.Pattern[str], list[tuple[int, int]]] = {}
    for form in FORMS:
        if form.in_words and entry.kind not in _TALK:
            continue
        if form.hint not in words:
            words[form.hint] = words_with(form.hint, text)
        for found in find_in(form.pattern, words[form.hint], text):
            if name := form.name(found, entry.scope):
                own = not form.in_words or (bool(entry.scope) and scope_of(name) == entry.scope)
                yield Mention(*found.span(), name, form.waits, NOT_HERE if own and form.waits else "")


def is_name(name: str) -> bool:
    """Whether texts can refer to an issue by `name`."""
    return "#" in name or _NAME.fullmatch(name) is not None


def scope_of(key: str) -> str:
    """The project in an issue's key: `owner/repo` of `owner/repo#12`, `ABC` of `ABC-12`; "" when it names none."""
    found = _WITH_SCOPE.fullmatch(key)
    return (found["scope"] or found["project"] or "") if found else ""
