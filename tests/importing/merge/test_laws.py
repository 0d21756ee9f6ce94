"""What holds for every merge, whatever the notes: tried on notes that people could have written, and on any bytes."""

from __future__ import annotations

import os
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importing.merge.notes import versions
from vaultkit.importing.merge import Merged, conflicts_in, merge, resolve
from vaultkit.importing.merge.lines import canonical
from vaultkit.importing.merge.words import tokens
from vaultkit.linting.checks import import_conflict
from vaultkit.vault.callouts import callouts
from vaultkit.vault.frontmatter import find_front_matter
from vaultkit.vault.parse import parse

CASES = int(os.environ.get("VAULTKIT_MERGE_CASES", "3000"))
"""How many triples of notes are tried; a nightly run takes 50,000."""

_LABEL = "dayone 2026-11-22"


def test_laws() -> None:
    for seed in range(CASES):
        three = versions(Random(seed))
        try:
            _laws_hold(*three)
        except Exception as e:
            e.add_note(f"seed {seed}: base, mine, theirs = {three!r}")
            raise


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_laws_with_small_counterexamples(random: Random) -> None:
    _laws_hold(*versions(random))


def _laws_hold(base: bytes, mine: bytes, theirs: bytes) -> None:
    assert merge(base, mine, base, _LABEL) == Merged(mine, ()), "the source changed nothing"
    assert merge(base, mine, mine, _LABEL) == Merged(mine, ()), "both are the same"
    forward = merge(base, base, theirs, _LABEL)
    assert canonical(forward.data) == canonical(theirs), "the user changed nothing"
    assert not forward.conflicts
    merged = merge(base, mine, theirs, _LABEL)
    assert merge(base, mine, theirs, _LABEL) == merged
    assert merge(theirs, merged.data, theirs, _LABEL) == Merged(merged.data, ()), "imported once more"
    _nothing_is_lost(base, mine, theirs, merged)
    _front_matter_holds(mine, theirs, merged)
    _callouts_hold(mine, merged)
    again = [one.theirs for one in conflicts_in(merge(base, merged.data, theirs, _LABEL).data)]
    once = [one.theirs for one in conflicts_in(merged.data)]
    assert all(again.count(text) <= once.count(text) for text in once if text), "the same callout a second time"


def _nothing_is_lost(base: bytes, mine: bytes, theirs: bytes, merged: Merged) -> None:
    """Each word that the base does not have is there: the user's outside new callouts, the source's anywhere, or in the
    conflict of a property. Each line of the user's is there as it is, or merged by word."""
    old, settled = _words(base), _settled(mine, merged)
    there = _words(settled)
    assert _words(mine) - old <= there, "a word of the user's is lost"
    told = b"\n".join([merged.data, *(one.theirs for one in merged.conflicts)])
    assert _words(theirs) - old <= _words(told), "a word of the source's is lost"


def _settled(mine: bytes, merged: Merged) -> bytes:
    """The result without the callouts that this merge put in."""
    new = {one.id for one in merged.conflicts if not one.where} - {one.id for one in conflicts_in(mine)}
    data = merged.data
    for id_ in new:
        data = resolve(data, id_, "mine")
    return data


def _words(data: bytes) -> set[str]:
    text = canonical(data).decode("utf-8", "surrogateescape")
    # tags are the same in any case; `a:` is `a: null`
    return {word for word in tokens(text.lower()) if any(map(str.isalnum, word))} - {"null"}


def _front_matter_holds(mine: bytes, theirs: bytes, merged: Merged) -> None:
    own, new, made = (find_front_matter(canonical(data)) for data in (mine, theirs, merged.data))
    if own and not own.error and new and not new.error:
        assert made
        assert not made.error
    ids = [found.value for block in (own, made) if block for found in block.properties if found.key == "vaultkit-id"]
    if own and made:
        assert len(set(ids)) <= 1


def _callouts_hold(mine: bytes, merged: Merged) -> None:
    """The linter finds a callout for each conflict of the body, and nothing is torn apart by one."""
    wanted = {one.id for one in merged.conflicts if not one.where}
    open_ = {one.id for one in conflicts_in(merged.data)}
    assert wanted <= open_
    note = parse("", merged.data.removeprefix(b"\xef\xbb\xbf"))
    found = [one for one in callouts(note) if one.type == "vaultkit-conflict"]
    assert len(found) == len(conflicts_in(merged.data))
    assert len(list(import_conflict.check(note, None, import_conflict.Options()))) == len(found)  # type: ignore[arg-type]
    settled = parse("", _settled(mine, merged).removeprefix(b"\xef\xbb\xbf"))
    assert [one.text for one in note.headings] == [one.text for one in settled.headings]


@settings(max_examples=1000, deadline=None)
@given(st.binary(max_size=60), st.binary(max_size=60), st.binary(max_size=60))
def test_any_bytes(base: bytes, mine: bytes, theirs: bytes) -> None:
    merged = merge(base, mine, theirs, "x")
    assert merge(base, mine, theirs, "x") == merged
    conflicts_in(merged.data)
