"""What a check may ask besides the note: the vault's settings, and what other notes and names there are.

Knows no rule and no disk. Whatever is asked about other notes is written down in `asked`, so that a run knows which
notes must be looked at again when something changed. What stands in other notes is `other_notes`, what days are `days`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.linting.asked import (
    HISTORY,
    folder_key,
    folder_name_key,
    name_key,
    near_keys,
    similar_key,
)
from vaultkit.linting.claims import (
    Bearer,
    Claims,
    Spelling,
    alias_claim,
    claims_in,
    is_speakable,
    link_claim,
    strangers_key,
)
from vaultkit.linting.days import Days
from vaultkit.linting.file_names import FileNames
from vaultkit.linting.history import History, Lost
from vaultkit.linting.other_notes import OtherNotes
from vaultkit.linting.suppress import Suppression
from vaultkit.vault.index import Ambiguous, Found, Index, Missing, Resolution, relative
from vaultkit.vault.names import path_key
from vaultkit.vault.note import Link, Note
from vaultkit.vault.settings import Settings

if TYPE_CHECKING:
    from vaultkit.linting.reached import Reached
    from vaultkit.linting.titles import Occurrence, Titles

FirstCommit = Callable[[str], dt.date | None]
"""The day on which git first saw the note at a path; None: nobody knows."""


class Followed(NamedTuple):
    """The links of a note with where they lead, those that a check may ask about."""

    missing: list[Link]
    several: list[tuple[Link, Found | Ambiguous]]
    """Those that would lead elsewhere if their target were gone."""
    inside: list[tuple[Link, Found]]
    """Those with a subpath; it is not looked at."""


class Idle(NamedTuple):
    """What silences none of the findings in a note, and the ids of the rules that looked for some."""

    said: Sequence[Suppression]
    looked: frozenset[str]


class Context:
    """The vault around a note."""

    def __init__(
        self,
        index: Index,
        settings: Settings | None = None,
        entry_folders: Mapping[str, str] | None = None,
        *,
        claims: Claims | None = None,
        remember: bool = False,
        today: dt.date | None = None,
        first_commit: FirstCommit | None = None,
        history: History | None = None,
    ) -> None:
        """`entry_folders`: where imports of each kind write. `claims`: those that are known; None: the notes of `index`
        are asked. `remember`: whether names are kept in `asked`, too. `today`: None: no day is in the future.
        `first_commit`: only where fixes are made. `history`: None: nobody knows of notes that are gone."""
        self.settings = settings or Settings()
        self.entry_folders = entry_folders or {}
        self.idle: Idle | None = None
        """Of the note that all other rules have looked at; None: they have not yet."""
        self.asked: set[str] = set()
        """What was asked, as keys of `asked` and `claims`. An answer can only change with one of the keys that
        `names_touched` gives for a file that comes or goes, that `note_key` makes of the path of a changed note, that
        `Changes.told` gives for changed claims, that `days_come` gives for another day, or with `HISTORY` when the
        history has another head."""
        self._claims = claims
        self.first_commit = first_commit
        self._history = history
        self._remember = remember
        self._index = index
        self._files = FileNames(index.files, index.empty_folders)
        self.notes = OtherNotes(index.notes, self.asked, self._ask_name)
        self.days = Days(index, self.settings, self.entry_folders, today, self.asked, self._ask_name)
        self._followed: tuple[Note | None, Followed] = (None, Followed([], [], []))
        self._names: dict[str, str] = {}
        self._reached: dict[str, Reached] = {}

    def followed(self, note: Note) -> Followed:
        """Where the links of `note` lead."""
        last, found = self._followed
        if last is note:
            return found
        found = Followed([], [], [])
        for link in note.links:
            target = self._follow(link, note.path)
            if isinstance(target, Missing):
                found.missing.append(link)
                continue
            if isinstance(target, Ambiguous) or target.others:
                found.several.append((link, target))
            if isinstance(target, Found) and "#" in link.target:
                found.inside.append((link, target))
        self._followed = note, found
        return found

    def _follow(self, link: Link, source: str) -> Resolution:
        path = link.path
        if self._remember:
            self._ask_name(path, source)
            if "?" in path:
                self._ask_name(path.split("?", 1)[0].strip(), source)
        return self._index.follow_path(path, source)

    def leads(self, linkpath: str, source: str) -> bool:
        """Whether `linkpath`, said in the file at `source`, leads to a file."""
        self._ask_name(linkpath, source)
        return not isinstance(self._index.resolve(linkpath, source), Missing)

    def file_at(self, path: str) -> str:
        """The file at exactly that path of the vault, in any case; empty: there is none."""
        self._ask_name(path, "")
        found = self._index.at(path)
        return found.path if isinstance(found, Found) else ""

    def folders_named(self, name: str) -> tuple[str, ...]:
        """Paths of the folders of that name, in any case."""
        self.asked.add(folder_name_key(name))
        return self._files.folders(name)

    def path_of(self, link: Link, source: str) -> str:
        """The path of the file that `link`, standing in the note at `source`, leads to; empty: none, or several fit."""
        found = self._follow(link, source)
        return found.path if isinstance(found, Found) else ""

    def twin(self, path: str) -> str:
        """Another file whose path is the same to link lookup as that of the note at `path`; empty: there is none."""
        self._ask_name(path, "")
        return self._index.twin(path)

    def namesakes(self, path: str) -> tuple[str, ...]:
        """Paths of the files that have the name of the one at `path`, which is among them, in any case and folder."""
        self._ask_name(path, "")
        return self._index.namesakes(path)

    def linktext(self, path: str, source: str) -> str:
        """The shortest linktext that leads to `path` from `source`."""
        self._ask_name(path, source)
        return self._index.shortest_linktext(path, source)

    def aliased(self, name: str) -> tuple[str, ...]:
        """Paths of the notes that bear `name` as an alias, in any case."""
        claim = alias_claim(name)
        self.asked.add(strangers_key(claim))
        if self._claims is None:
            return self._index.aliased.get(claim.partition(":")[2], ())
        return tuple([bearer.path for bearer in self._claims.bearers(claim)])

    def titles_in(self, text: str, shortest: int, never: frozenset[str] = frozenset()) -> list[Occurrence]:
        """The titles and aliases of notes that stand in `text`, in any case (`Titles.find`).

        Nothing is written down: when one comes or goes, a run searches all notes for it (`Named`)."""
        return self._titles.find(text, shortest, never)

    def titled(self, title: str) -> tuple[str, ...]:
        """Paths of the notes of which `title`, as `titles_in` gives it, is the title or an alias."""
        return self._titles.bearers(title)

    @property
    def _titles(self) -> Titles:
        from vaultkit.linting.titles import Titles  # most runs do without

        if self._claims is None:
            self._claims = claims_in(self._index.notes)
        if self._claims.titles is None:
            self._claims.titles = Titles(self._index.files, self.settings, self._claims.aliases())
        return self._claims.titles

    def know(self, claims: Claims) -> None:
        """From now on these are the claims of the vault."""
        self._claims = claims
        self._reached.clear()

    def bearers(self, claim: str) -> Sequence[Bearer]:
        """Who makes a `claim` that the note itself makes, and how, in order of their paths."""
        self.asked.add(claim)
        return self._bearers(claim)

    def spellings(self, claim: str) -> Mapping[str, Spelling]:
        """The ways in which the notes spell a `claim` that the note itself makes; none when all spell it alike."""
        self.asked.add(claim)
        if self._claims is None:
            self._claims = claims_in(self._index.notes)
        return self._claims.spellings(claim)

    def _bearers(self, claim: str) -> Sequence[Bearer]:
        if self._claims is None:
            self._claims = claims_in(self._index.notes)
        return self._claims.bearers(claim)

    def targets(self, note: Note) -> Iterator[str]:
        """Paths of the files to which the references of `note` lead, its own among them; of several that fit equally
        well each."""
        from vaultkit.linting.reached import names_of, targets  # few rules ask for it
        from vaultkit.vault.references import references

        for reference in references(note):
            if self._remember:
                self.asked.update(names_of(reference, note.path))
            yield from targets(reference, note.path, self._index)

    def is_reached(self, path: str) -> bool:
        """Whether another note, canvas or base refers to the file at `path`; also when nobody can know. Only for a
        check that says that it asks for `links`."""
        from vaultkit.linting.reached import Reached

        if not is_speakable(path):
            return True

        name = name_key(path)
        claim = link_claim(name)
        found = self._reached.get(claim)
        if found is None:
            found = self._reached[claim] = Reached(self._bearers(claim), self._index)
        self.asked.update((name, strangers_key(claim), *found.names))
        return found.is_reached(path)

    def similar(self, name: str) -> tuple[str, ...]:
        """Paths of files whose name differs from `name` (a linkpath) only in case, width, spaces, hyphens or folder."""
        last = name.rstrip("/").rpartition("/")[2]
        self.asked.add(similar_key(last))
        return self._files.similar(last)

    def near(self, name: str) -> tuple[str, ...]:
        """Paths of files whose name differs from `name` (a linkpath) by a slip of the pen: one or two letters."""
        self.asked.update(near_keys(name))
        return self._files.near(name)

    def lost(self, name: str) -> Lost | None:
        """The note called `name`, of which there is none, that was last there; None: nobody knows of one."""
        self.asked.add(HISTORY)
        return self._history.lost(path_key(name)) if self._history else None

    def is_first_in(self, folder: str, path: str) -> bool:
        """Whether `path` is the first note below `folder`: a finding about a folder is told there, once."""
        self.asked.add(folder_key(folder))
        return self._files.first_in(folder) == path

    def _ask_name(self, path: str, source: str) -> None:
        if not self._remember:
            return
        if path.startswith("."):
            path = relative(source.rpartition("/")[0], path) or ""
        if path:
            key = self._names.get(path)
            if key is None:
                key = self._names[path] = name_key(path)
            self.asked.add(key)
