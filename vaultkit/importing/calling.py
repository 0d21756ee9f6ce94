"""What texts call the notes: addresses, `owner/repo#12`, full titles.

Knows which names can be told from ordinary words and when two spellings are one name; learns from the importer which
note bears which. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from vaultkit.importing.issue.references import is_name

_ADDRESSES = ("http", "/", "dayone", "id:")
"""How names begin that are addresses: of the web, of a site, of an entry in Day One, of a heading in Org."""
_PULL = re.compile(r"/pull/(\d+)(?![^#?])")
_CITED = re.compile(
    r", (?=[^,\n'’]{0,61}+,?+['’]|\d{4}\.)"  # not behind every comma is tried what takes long
    r"(?:[^,\n]{1,60}?\S['’]\d\d(?![0-9A-Za-z_]|\.\d)(?:, \d{4}(?:\.\d\d)?(?![0-9A-Za-z_]|\.\d))?"
    r"|\d{4}\.\d\d(?![0-9A-Za-z_]|\.\d))"
)
"""How a citation ends, in prose too: `…, Coast'25, 2025.03`. Each comma begins one try of at most 60 characters."""
_NUMBERED = re.compile(r"[^\s#/]++(?:/[^\s#/]++)++#\d++")
"""A paper that is kept as an issue is called `owner/repo#12`, too."""
_PAPER = "[Paper Note] "
_AT_ONCE = 5000
"""Bodies that are searched together: of very large imports not all can be."""
_CITATION_LENGTH = 20
"""Shorter titles (`SVM-MAP`, `オンライン学習`) are words of the language: they are linked only when alone on a line."""


class Target(NamedTuple):
    """Where a reference leads: the id of the note, and the subpath inside it (`#^comment-7`)."""

    id: str
    subpath: str = ""


Call = tuple[Target, str, bool]
"""Where a name leads, the name, and whether it is a full title that may be mentioned in prose."""


@dataclass(slots=True)
class Names:
    """Addresses and `owner/repo#12`, which mean a note anywhere, and titles where they can be told from words.

    None: two notes are called that, so it means neither; `claims` has the ids of such names.
    """

    exact: MutableMapping[str, Target | None] = field(default_factory=dict)
    titles: dict[str, Target | None] = field(default_factory=dict)
    claims: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, target: Target, names: Iterable[str], *, citation: bool = False) -> None:
        """`names` lead to `target`. `citation`: they are full titles that may be mentioned in prose."""
        for name in names:
            if found := self._looked_up(name, citation):
                self._put(*found, target)

    def lead(self, calls: Iterable[Call]) -> bool:
        """Whether all names lead where they are to, or are known to mean it as well as others: to add them, wherever
        among the others, would change nothing."""
        for target, name, citation in calls:
            if found := self._looked_up(name, citation):
                where, key = found
                known = where.get(key)
                if known != target and (known or key not in where or target.id not in self.claims[key]):
                    return False
        return True

    def _looked_up(self, name: str, citation: bool) -> tuple[MutableMapping[str, Target | None], str] | None:
        """Where, and by which key; None: never."""
        if citation and not name.startswith("http") and not _NUMBERED.fullmatch(name):
            return self.titles, name
        return (self.exact, name_key(name)) if is_called(name) else None

    def _put(self, where: MutableMapping[str, Target | None], key: str, target: Target) -> None:
        known = where.setdefault(key, target)
        if known is None or known.id != target.id:
            where[key] = None
            self.claims[key] = tuple(sorted({target.id, *((known.id,) if known else self.claims[key])}))

    def join(self, run: Names) -> None:
        """Take in the names of the entries of one run. A path of a site (`/about/`) means the page of this run, since
        another site may have it as well."""
        if not self.exact and not self.titles:
            self.exact, self.titles, self.claims = run.exact, run.titles, run.claims
            return
        for key, target in run.exact.items():
            if key.startswith("/"):
                self.exact[key] = target
                self.claims.pop(key, None)
                if target is None:
                    self.claims[key] = run.claims[key]
            else:
                self._join(self.exact, key, target, run)
        for key, target in run.titles.items():
            self._join(self.titles, key, target, run)

    def _join(self, where: MutableMapping[str, Target | None], key: str, target: Target | None, run: Names) -> None:
        for one in (target,) if target else (Target(id_) for id_ in run.claims[key]):
            self._put(where, key, one)


def is_called(name: str) -> bool:
    """Whether anything is looked up by `name`, as long as it is no title that may be mentioned in prose."""
    return name.startswith(_ADDRESSES) or is_name(name)


def name_key(name: str) -> str:
    """Addresses are compared without case and final slash; an issue is reached at `/pull/7` as at `/issues/7`, an entry
    of Day One by either scheme."""
    if name.startswith(("http://", "https://", "/")):
        key = name.rstrip("/").lower()
        return _PULL.sub(r"/issues/\1", key) if "/pull/" in key else key
    if name.startswith(("dayone://", "dayone2://")):
        return "dayone://" + name.partition("://")[2].lower()
    return name


def mentionable(names: Names, bodies: Iterable[str]) -> dict[str, Target | None]:
    """The titles of `names` that may occur in `bodies`, escaped or not, and are long enough to be no accident; longest
    first."""
    found = [t for t in names.titles if len(t) >= _CITATION_LENGTH and ", " in t]
    left = {t for t in found if "\\" not in t}  # a backslash in it may be one that escapes
    rest = iter(bodies)
    while left and (some := "\0".join(islice(rest, _AT_ONCE))):
        left -= {t for t in left if t in some}
    return by_length(names, (t for t in found if t not in left))


def by_length(names: Names, titles: Iterable[str]) -> dict[str, Target | None]:
    """`titles` and where they lead, longest first: a title may be a part of a longer one."""
    return {title: names.titles[title] for title in sorted(titles, key=lambda t: (-len(t), t))}


def citations(text: str) -> Iterator[tuple[int, int, str]]:
    """What looks like the end of a citation, as (start, end, ending): `, Coast'25, 2025.03`.

    Where in a sentence a title begins cannot be known before the title is, but how it ends can.
    """
    for found in _CITED.finditer(text):
        yield *found.span(), found[0]


def endings(title: str) -> tuple[str, ...]:
    """By what a text that was waiting for `title` remembers it: the citation's ending, the title when it is marked."""
    last = [ending for _, end, ending in citations(title) if end == len(title)]
    if len(title) < _CITATION_LENGTH:
        last = []
    return (*last, *([title] if title.startswith(_PAPER) else []))


def newcomers(names: Names, ids: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The titles of the notes `ids`, by what texts remember them by (`endings`)."""
    wanted = set(ids)
    out: dict[str, tuple[str, ...]] = {}
    for title, target in names.titles.items():
        if target and target.id in wanted:
            for ending in endings(title):
                out[ending] = (*out.get(ending, ()), title)
    return out
