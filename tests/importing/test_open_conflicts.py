"""The records of what is open: read as they were written, for every id and every byte."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.errors import NewerError
from vaultkit.importing.merge import Conflict, merge
from vaultkit.importing.open_conflicts import (
    FOLDER,
    OpenConflicts,
    conflict_path,
    left_open,
    read_all_open,
    read_open,
    with_more,
    write_open,
)
from vaultkit.vault.names import safe_name

BASE = b"---\nvaultkit-id: d/1\nstate: open\n---\nOne day.\n"
CONFLICTS = st.builds(Conflict, st.just("vk-7f3a21"), st.text("ab-"), st.binary(), st.binary())


@given(st.text(), st.lists(CONFLICTS).map(tuple), st.binary())
def test_what_was_written_is_read(id_: str, conflicts: tuple[Conflict, ...], proposal: bytes) -> None:
    found = OpenConflicts(id_, "b", "m", "t", conflicts, proposal)
    data = write_open(found)
    assert read_open(data) == found
    assert write_open(found) == data


def test_a_person_can_read_it() -> None:
    data = write_open(OpenConflicts("d/1", "b", "m", "t", (Conflict("vk-1", "state", "開".encode(), b"x"),)))
    assert '"mine": "開"' in data.decode()
    assert "proposal" not in json.loads(data)


@given(st.text(min_size=1), st.text(min_size=1))
def test_every_id_has_a_file_of_its_own_with_a_name_for_every_system(one: str, other: str) -> None:
    name = conflict_path(one).removeprefix(f"{FOLDER}/")
    assert "/" not in name
    assert safe_name(name) == name
    assert len(conflict_path(one * 300).rpartition("/")[2].encode()) < 255
    assert (conflict_path(one).lower() == conflict_path(other).lower()) == (one == other)


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"version": 1}', b"[" * 100_000, b"\xff"])
def test_what_cannot_be_read_is_passed_over(data: bytes) -> None:
    assert read_open(data) is None
    assert read_all_open(["a.json", "b.txt"], lambda _: data) == {}


def test_a_newer_format_is_refused() -> None:
    with pytest.raises(NewerError, match="newer vaultkit"):
        read_open(b'{"version": 99}')


def opened(mine: bytes, theirs: bytes, was: OpenConflicts | None = None) -> tuple[bytes, OpenConflicts | None]:
    """The note after an import, and what is open then."""
    merged = merge(BASE, mine, theirs, "d")
    return merged.data, with_more(was, OpenConflicts("d/1", "b", "m", "t", merged.conflicts), merged.data, theirs)


def test_what_the_user_settles_by_hand_is_open_no_more() -> None:
    mine = BASE.replace(b"open", b"mine").replace(b"One day.", b"My own words.")
    note, found = opened(mine, BASE.replace(b"open", b"done").replace(b"One day.", b"Something else."))
    assert found is not None
    assert [one.where for one in found.conflicts] == ["state", ""]
    assert left_open(found, note) == found
    without = left_open(found, note[: note.index(b"\n> [!")])
    assert without is not None
    assert [one.where for one in without.conflicts] == ["state"]
    edited = left_open(found, note.replace(b"state: mine", b"state: other"))
    assert edited is not None
    assert [one.where for one in edited.conflicts] == [""]
    assert left_open(found, note[: note.index(b"\n> [!")].replace(b"state: mine", b"state: done")) is None
    moved = left_open(found, note.replace(b"> [!", b"- item\n  > [!"))  # into another block: still there
    assert moved is not None
    assert "" in [one.where for one in moved.conflicts]
