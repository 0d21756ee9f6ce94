"""Edits of every note of a real vault: what is done and undone leaves every byte as it was."""

from __future__ import annotations

import pytest

from vaultkit.vault.edit import Edit, apply_edits
from vaultkit.vault.edit_heading import rename_heading
from vaultkit.vault.edit_link import retarget_link, set_display
from vaultkit.vault.edit_list import add_to_list, remove_from_list
from vaultkit.vault.edit_property import remove_property, rename_property, set_property
from vaultkit.vault.edit_tag import remove_tag, rename_tag
from vaultkit.vault.note import Note
from vaultkit.vault.parse import parse

NEW = "vaultkit-new"
"""A name that no note of the vault uses."""

Notes = tuple[tuple[str, bytes], ...]


@pytest.fixture(scope="module")
def notes(hub_notes: Notes) -> tuple[Note, ...]:
    found = tuple(parse(path, data) for path, data in hub_notes)
    assert len(found) > 6000
    return found


@pytest.fixture(scope="module")
def heads(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """All notes whose properties can be read, cut a little below them: edits of properties look no further."""
    return tuple(
        parse(note.path, note.data[: note.body + 80])
        for note in notes
        if not (note.front_matter and note.front_matter.error)
    )


def done(note: Note, edit: Edit) -> Note:
    """The note behind the edit, which touched no byte outside its span."""
    data = apply_edits(note.data, [edit])
    start, end = edit.span
    assert data.startswith(note.data[:start])
    assert data.endswith(note.data[end:])
    assert data != note.data
    return parse(note.path, data)


def test_a_property_comes_and_goes(heads: tuple[Note, ...]) -> None:
    for note in heads:
        edit = set_property(note, NEW, ["a: b", "日記"])
        assert edit, note.path
        after = done(note, edit)
        assert after.properties == {**note.properties, NEW: ["a: b", "日記"]}, note.path
        back = remove_property(after, NEW)
        assert back, note.path
        assert done(after, back).data == note.data, note.path


def test_what_cannot_be_read_is_not_edited(notes: tuple[Note, ...]) -> None:
    broken = [note for note in notes if note.front_matter and note.front_matter.error]
    assert broken
    for note in broken:
        assert set_property(note, NEW, 1) is add_to_list(note, "tags", [NEW]) is None
        assert rename_property(note, "tags", NEW) is remove_property(note, "tags") is None


def test_to_set_what_is_set_is_no_edit(heads: tuple[Note, ...]) -> None:
    for note in heads:
        for key, value in note.properties.items():
            assert set_property(note, key, value) is None, note.path
            assert rename_property(note, key, key) is None, note.path
            assert not isinstance(value, list) or add_to_list(note, key, value) is None, note.path  # type: ignore[arg-type]


def test_a_key_is_renamed_and_back(heads: tuple[Note, ...]) -> None:
    for note in heads:
        for key in list(note.properties)[-2:]:
            edit = rename_property(note, key, NEW)
            assert edit, note.path
            after = done(note, edit)
            assert list(after.properties.values()) == list(note.properties.values())
            back = rename_property(after, NEW, key)
            assert back, note.path
            assert done(after, back).data == note.data, note.path


def test_an_item_comes_and_goes(heads: tuple[Note, ...]) -> None:
    tried = 0
    for note in heads:
        lists = [key for key, value in note.properties.items() if isinstance(value, list) and value]
        for key in lists[:1]:
            tried += 1
            edit = add_to_list(note, key, [NEW])
            assert edit, note.path
            after = done(note, edit)
            assert after.properties[key] == [*note.properties[key], NEW]  # type: ignore[misc]
            back = remove_from_list(after, key, [NEW])
            assert back, note.path
            assert done(after, back).data == note.data, note.path
    assert tried > 5000


def test_a_tag_is_renamed_everywhere(notes: tuple[Note, ...]) -> None:
    renamed = removed = refused = 0
    for note in notes:
        name = note.tags[0].name if note.tags else ""
        if not name or (renamed >= 1500 and note.tags[0].in_property):
            continue
        edits = rename_tag(note, name, NEW)
        assert edits, note.path
        renamed += 1
        after = parse(note.path, apply_edits(note.data, edits))
        assert name.lower() not in {tag.name.lower() for tag in after.tags}
        assert [link.target for link in after.links] == [link.target for link in note.links]
        gone = remove_tag(note, name)
        refused += gone is None
        if gone:
            removed += 1
            left = parse(note.path, apply_edits(note.data, gone))
            assert {t.name for t in left.tags} == {t.name for t in note.tags if t.name.lower() != name.lower()}
    assert renamed > 1000
    assert removed > 100 * refused


def test_links_and_headings_are_changed_and_back(notes: tuple[Note, ...]) -> None:
    """The first and the last link and heading of each: the grammar is the same for all, a vault's oddities are many."""
    for note in notes:
        for link in {note.links[0], note.links[-1]} if note.links else ():
            edit = retarget_link(note, link, "new (1)/日記 1.md#a")
            assert edit, (note.path, link)
            after = apply_edits(note.data, [edit])
            assert [x.target for x in parse("", after).links] == [
                "new (1)/日記 1.md#a" if x is link else x.target for x in note.links
            ], (note.path, link)
            shown = set_display(note, link, "新 display")
            assert shown or link.kind == "reference" or link.embed or note.data[link.span.start + 1 :][:1] == b"!"
        for heading in {note.headings[0], note.headings[-1]} if note.headings else ():
            edit = rename_heading(note, heading, "新 heading")
            assert edit, (note.path, heading)
            again = done(note, edit)
            assert [h.level for h in again.headings] == [h.level for h in note.headings]
