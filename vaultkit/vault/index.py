"""Where links lead: the vault's files and notes, looked up as Obsidian looks them up.

Built once per run from names and parsed notes; read only after. Knows no disk. Aliases and folders are never targets.
"""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from vaultkit.vault.anchors import match_block, match_heading
from vaultkit.vault.frontmatter import aliases
from vaultkit.vault.names import extension, normalize_path, path_key, stem
from vaultkit.vault.note import Block, Heading, Link, Note


class By(StrEnum):
    """Why one of several files was chosen."""

    SELF = "self"
    ONLY = "only"
    EXACT = "exact"
    SAME_FOLDER = "same-folder"
    SHORTEST = "shortest"


class Found(NamedTuple):
    """The link leads to `path`. `others` are the files it would lead to if that one were gone."""

    path: str
    by: By = By.ONLY
    others: tuple[str, ...] = ()


class Missing(NamedTuple):
    """No file has that name: an unresolved link."""

    linkpath: str


class Ambiguous(NamedTuple):
    """Several files fit equally well; which one Obsidian opens is not specified."""

    paths: tuple[str, ...]


Resolution = Found | Missing | Ambiguous


class Index:
    """All files of a vault by name, and its parsed notes by path."""

    def __init__(
        self, files: Iterable[str], notes: Mapping[str, Note] | None = None, empty_folders: tuple[str, ...] = ()
    ) -> None:
        """`files`: vault paths with `/`; hidden ones are left out. `notes`: by vault path. `empty_folders`: with `/` at
        the end; no link leads to one."""
        self.files = _visible(tuple(files))
        self.empty_folders = empty_folders
        self.notes: Mapping[str, Note] = {} if notes is None else notes
        keys = _keys(self.files)
        self._by_key = dict(zip(reversed(keys), reversed(self.files), strict=True))  # of several the first
        self._by_name: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for pair in zip(keys, self.files, strict=True):
            self._by_name[pair[0].rpartition("/")[2]].append(pair)
        self._alone: dict[str, Resolution] = {}
        self._several: dict[str, _Several] = {}

    def with_note(self, note: Note) -> Index:
        """The same files, with `note` in place of the one at its path: to look at a change before it is written."""
        changed = self._copy()
        changed.notes = ChainMap({note.path: note}, self.notes)  # type: ignore[arg-type]  # never written to
        return changed

    def with_files(self, gone: Collection[str], come: Collection[str], notes: Mapping[str, Note]) -> Index:
        """Another vault that differs in a few files: without `gone`, with `come`, and with these `notes`."""
        changed = self._copy()
        changed.notes = notes
        gone, come = set(gone) - set(come), set(_visible(tuple(come)))
        if not gone and not come:
            return changed
        changed._alone, changed._several = {}, {}
        changed.files = tuple(sorted(come.union(self.files).difference(gone)))
        changed._by_key, changed._by_name = self._by_key.copy(), self._by_name.copy()
        added: dict[str, set[str]] = {path_key(path).rpartition("/")[2]: set() for path in gone}
        for path in come:
            added.setdefault(path_key(path).rpartition("/")[2], set()).add(path)
        for name, more in added.items():
            before = self._by_name.get(name, [])
            for key, _ in before:
                changed._by_key.pop(key, None)
            pairs = [(path_key(path), path) for path in sorted(more.union([path for _, path in before]) - gone)]
            changed._by_key.update(reversed(pairs))  # of several the first
            if pairs:
                changed._by_name[name] = pairs
            else:
                changed._by_name.pop(name, None)
        return changed

    def _copy(self) -> Index:
        """The same, but for what was found out of its notes."""
        made = object.__new__(Index)
        made.__dict__.update(self.__dict__)
        made.__dict__.pop("aliased", None)
        return made

    def resolve(self, linkpath: str, source: str) -> Resolution:
        """The file that `linkpath` (no subpath) leads to from the note at `source`.

        Tried as written, then with `.md`. Empty: the source itself. `./` and `../` are exact from the source's folder,
        a leading `/` is exact from the root. Otherwise every file whose path ends with the linkpath is a candidate; an
        exact vault path wins, then one in the source's own folder, then the shortest path.
        """
        linkpath = linkpath.strip()
        if not linkpath:
            return Found(source, By.SELF)
        known = self._alone.get(linkpath)
        if known is not None:
            return known
        folder = source.rpartition("/")[0]
        several = self._several.get(linkpath)
        return several.seen_from(path_key(folder)) if several else self._look_up(linkpath, folder)

    def _look_up(self, linkpath: str, folder: str) -> Resolution:
        if linkpath.startswith(("./", "../")) or linkpath in (".", ".."):
            path = relative(folder, linkpath)
            return Missing(linkpath) if path is None else self._exact(path, linkpath)
        if linkpath.startswith("/"):
            return self._exact(linkpath, linkpath)
        key = path_key(linkpath)
        for wanted in (key, f"{key}.md"):
            found = self._candidates(wanted)
            if len(found) > 1:
                several = self._several[linkpath] = _Several(found, self._by_key.get(wanted))
                return several.seen_from(path_key(folder))
            if found:
                return self._alone.setdefault(linkpath, Found(found[0][1]))
        return self._alone.setdefault(linkpath, Missing(linkpath))

    def _exact(self, path: str, linkpath: str) -> Resolution:
        key = path_key(path)
        found = self._by_key.get(key) or self._by_key.get(f"{key}.md")
        return Found(found, By.EXACT) if found else Missing(linkpath)

    def at(self, path: str) -> Resolution:
        """The file at the vault path `path`, in any case: `Note` is not `Note.md` here."""
        found = self._by_key.get(path_key(path))
        return Found(found, By.EXACT) if found else Missing(path)

    def _candidates(self, key: str) -> list[tuple[str, str]]:
        named = self._by_name.get(key.rsplit("/", 1)[-1], [])
        return [pair for pair in named if pair[0].endswith(f"/{key}") or pair[0] == key] if "/" in key else named

    def twin(self, path: str) -> str:
        """The file that lookup finds in place of the one at `path`, since their paths are one to it; else empty."""
        if len(self._by_key) == len(self.files):
            return ""
        first = self._by_key.get(path_key(path), path)
        return "" if first == path else first

    def namesakes(self, path: str) -> tuple[str, ...]:
        """Paths of the files that have the name of the one at `path`, with its extension, in any case and folder."""
        return tuple(found for _, found in self._by_name.get(path_key(path).rpartition("/")[2], ()))

    def follow(self, link: Link, source: str) -> Resolution:
        """Where `link`, standing in the note at `source`, leads; its subpath is not looked at."""
        return self.follow_path(link.path, source)

    def follow_path(self, path: str, source: str) -> Resolution:
        """Likewise of a link with that linkpath."""
        found = self._alone.get(path) or self.resolve(path, source)
        if isinstance(found, Missing) and "?" in path and extension(path.split("?", 1)[0]):
            return self.resolve(path.split("?", 1)[0], source)  # `pic.png?raw=true`
        return found

    def anchor(self, path: str, subpath: str) -> Heading | Block | None:
        """The heading or block of the note at `path` that `subpath` (`#A#B`, `#^id`) leads to, or None."""
        note = self.notes.get(path)
        if note is None:
            return None
        last = subpath.rpartition("#")[2].strip()
        if last.startswith("^"):
            return match_block(note.blocks, last)
        at = match_heading(note.headings, subpath)
        return None if at is None else note.headings[at]

    def shortest_linktext(self, path: str, source: str) -> str:
        """The linktext Obsidian writes for `path`: its bare name when that is unique in the vault, else the whole path.

        Without `.md`. Falls back to the whole path, too, when the bare name would lead elsewhere from `source`.
        """
        bare = stem(path)
        if len(self._by_name.get(path_key(path).rsplit("/", 1)[-1], [])) <= 1:
            found = self.resolve(bare, source)
            if not isinstance(found, Missing) and found == Found(path):
                return bare
        return path[:-3] if path.lower().endswith(".md") else path

    @cached_property
    def aliased(self) -> Mapping[str, tuple[str, ...]]:
        """Paths of the notes that bear an alias, by the alias in lower case: for suggestions, never for resolving."""
        out: dict[str, tuple[str, ...]] = {}
        for path, note in self.notes.items():
            for alias in aliases(note.front_matter):
                key = normalize_path(alias).lower()
                out[key] = (*out.get(key, ()), path)
        return out

    def backlinks(self, path: str) -> list[tuple[str, Link]]:
        """Links and embeds that lead to `path`, with the notes they stand in."""
        return [
            (source, link)
            for source, note in self.notes.items()
            for link in note.links
            if isinstance(found := self.follow(link, source), Found) and found.path == path
        ]


class _Several:
    """The files that a linkpath fits. One in the folder of the note comes first; seen from all other folders it is the
    same one, so that ten files of one name cost no more than two."""

    def __init__(self, files: list[tuple[str, str]], exact: str | None) -> None:
        """`files` by key and path; `exact`: the one whose whole path is the linkpath."""
        self._paths = tuple(path for _, path in files)
        self._in_folder: dict[str, Found | str] = {}
        if exact:
            self._elsewhere: Resolution = self._chosen(exact, By.EXACT)
            return
        self._in_folder.update((key.rpartition("/")[0], path) for key, path in reversed(files))  # of several the first
        shortest = min(len(key) for key, _ in files)
        best = [path for key, path in files if len(key) == shortest]
        self._elsewhere = self._chosen(best[0], By.SHORTEST) if len(best) == 1 else Ambiguous(tuple(best))

    def _chosen(self, path: str, by: By) -> Found:
        return Found(path, by, tuple(other for other in self._paths if other != path))

    def seen_from(self, folder: str) -> Resolution:
        """Where the link leads from a note in the folder of that key."""
        found = self._in_folder.get(folder)
        if found is None:
            return self._elsewhere
        if isinstance(found, str):
            found = self._in_folder[folder] = self._chosen(found, By.SAME_FOLDER)
        return found


def _visible(files: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `files` that are not hidden: mostly all."""
    hidden = {path for path in files if "/." in path or path[:1] == "."}
    return tuple([path for path in files if path not in hidden]) if hidden else files


def _keys(files: tuple[str, ...]) -> list[str]:
    """`path_key` of each: there are many, and most are plain."""
    return [
        path.lower() if path.isascii() and "//" not in path and "\\" not in path else path_key(path) for path in files
    ]


def relative(folder: str, linkpath: str) -> str | None:
    """`linkpath` from `folder`, or None when it climbs out of the vault."""
    parts = folder.split("/") if folder else []
    for part in linkpath.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in (".", ""):
            parts.append(part)
    return "/".join(parts)
