"""Which notes a commit may leave with a link that leads nowhere, though it does not change them.

They are found by what refers to the names, headings and blocks that vanish, so that no note is read in vain. Knows no
rule: whether a link of theirs is broken is the linter's to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from vaultkit.git.staged import Contents, StagedVault
from vaultkit.linting.asked import name_key
from vaultkit.linting.claims import Claims, claims_in, link_claim
from vaultkit.linting.reached import read
from vaultkit.vault.anchors import heading_key
from vaultkit.vault.index import Missing
from vaultkit.vault.names import Kind, kind_of, stem
from vaultkit.vault.note import Note


def bereft(vault: StagedVault, before: Callable[[], Contents]) -> frozenset[str]:
    """Vault paths of notes, canvases, bases and bookmarks that the commit does not change, and of which a link, card or
    bookmark may have lost its target. `before`: what the vault held; it is not asked for when nothing vanishes."""
    now = vault.now
    claims = now.claims or claims_in(now.vault_index.notes, now.boards, links=True)
    paths = {*_of_files(vault, claims), *_of_places(vault, claims, before)}
    return frozenset(path for path in paths if path not in vault.changed and vault.now.note(path) is not None)


def _of_files(vault: StagedVault, claims: Claims) -> Iterator[str]:
    index = vault.now.vault_index
    gone = [path for path in vault.gone if isinstance(index.at(path), Missing)]
    if gone:  # a bookmark may be of a folder that goes with them
        yield from (path for path in vault.now.boards if kind_of(path) is Kind.HIDDEN)
    for path in gone:
        has_namesakes = bool(index.namesakes(path))  # it was moved: a mere name still leads somewhere
        for path_of_other, said in claims.bearers(link_claim(name_key(path))):
            reference = read(said)
            if not has_namesakes or reference.is_exact or "/" in reference.path:
                yield path_of_other


def _of_places(vault: StagedVault, claims: Claims, before: Callable[[], Contents]) -> Iterator[str]:
    for path, old_path in vault.changed.items():
        if not old_path or kind_of(path) is not Kind.NOTE:
            continue
        now, then = vault.now.vault_index.notes[path], before().vault_index.notes[old_path]
        if now.data != then.data and _lost_places(then, now):
            points = _pointer(path)
            for other, _ in claims.bearers(link_claim(name_key(path))):
                note = vault.now.note(other)
                if note is not None and points(note.data):
                    yield other
            yield from (other for other in vault.now.boards if kind_of(other) is Kind.HIDDEN)


def _lost_places(then: Note, now: Note) -> bool:
    """Whether a heading or block of `then` may not be found in `now`: not when headings were only put behind others."""
    headings = _headings(then)
    blocks = {block.id.lower() for block in then.blocks} - {block.id.lower() for block in now.blocks}
    return bool(blocks) or headings != _headings(now)[: len(headings)]


def _headings(note: Note) -> Sequence[tuple[int, str]]:
    return [(heading.level, heading_key(heading.text).lower()) for heading in note.headings]


def _pointer(path: str) -> Callable[[bytes], bool]:
    """Whether a text may hold a link to a place in the note at `path`: `name#`, `name.md#`, `my%20name.md#`."""
    name = stem(path)
    if not name.isascii():  # it has many forms
        return lambda data: b"#" in data
    from urllib.parse import quote  # loads much, for what few commits need

    forms = b"|".join(re.escape(form.encode()) for form in {name, quote(name), name.replace(" ", "%20")})
    return re.compile(rb"(?:%b)(?:\.md)?[ \t]*+#" % forms, re.I).search  # type: ignore[return-value]
