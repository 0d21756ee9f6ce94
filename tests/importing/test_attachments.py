import hashlib
from pathlib import Path

import pytest

from vaultkit.importing import attachments
from vaultkit.importing.entry import Attachment, Entry, Kind, Notice, NoticeKind
from vaultkit.importing.export import open_export
from vaultkit.importing.ledger import Asset, Record
from vaultkit.vault.tree import open_vault


def planned(tmp_path: Path, exported: dict[str, str], there: dict[str, str], records: dict[str, Record] | None = None):
    """What is copied for a page that embeds all `exported` files, into a vault that holds the files `there`."""
    for folder, files in (("site", exported), ("vault/.obsidian", {}), ("vault", there)):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (tmp_path / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / folder / name).write_text(text)
    embedded = tuple(Attachment(path.rpartition("/")[2], path) for path in [*exported, "gone.png"])
    entry = Entry(kind=Kind.PAGE, key="tea", body="", place="line 4", origin="tea.md", attachments=embedded)
    exports = {"pages/tea": open_export(str(tmp_path / "site"))}
    vault = open_vault(tmp_path / "vault")
    return attachments.plan({"pages/tea": entry}, exports, {"pages/tea": "Pages/tea.md"}, vault, records or {})


POT = hashlib.sha256(b"pot").hexdigest()


def copied(copies: attachments.Copies) -> dict[str, bytes]:
    return {file.path: file.load() for file in copies.files}


def test_a_new_file_is_copied_and_a_missing_one_named_with_its_page(tmp_path):
    copies = planned(tmp_path, {"img/pot.png": "pot"}, {})
    assert copied(copies) == {"pot.png": b"pot"}
    assert copies.places == {"pages/tea": {"pot.png": "pot.png", "gone.png": "gone.png"}}
    assert copies.assets == {"pages/tea": (Asset("pot.png", POT),)}
    message = "the file gone.png is not in the export; its embed leads nowhere"
    assert copies.notices == [Notice(NoticeKind.WARNING, "tea.md: line 4", message)]


@pytest.mark.parametrize(
    ("there", "path"),
    [
        pytest.param({"pot.png": "pot"}, "pot.png", id="at its place"),
        pytest.param({"Pictures/Teapot.png": "pot", "pan.png": "pan"}, "Pictures/Teapot.png", id="elsewhere"),
        pytest.param({"pot.png": "pan", "pot 2.png": "pot", "pot 3.png": "pot"}, "pot 2.png", id="with a number"),
    ],
)
def test_the_same_bytes_are_not_copied_again(tmp_path, there, path):
    copies = planned(tmp_path, {"img/pot.png": "pot"}, there)
    assert copies.files == []
    assert copies.assets == {"pages/tea": (Asset(path, POT),)}


def test_the_same_bytes_under_two_names_are_one_file(tmp_path):
    copies = planned(tmp_path, {"img/pot.png": "pot", "img/again.png": "pot", "img/empty.png": ""}, {"none.png": ""})
    assert copied(copies) == {"pot.png": b"pot", "empty.png": b""}
    assert copies.places["pages/tea"]["again.png"] == "pot.png"


@pytest.mark.parametrize(
    "recorded",
    [
        pytest.param((Asset("pot.png", POT),), id="with its digest"),
        pytest.param((Asset("pot.png"),), id="without"),
        pytest.param((Asset("Pictures/pot 7.png", POT),), id="at another place"),
    ],
)
def test_a_deleted_file_does_not_come_back(tmp_path, recorded):
    record = Record("pages/tea", "Pages/tea.md", (), assets=recorded)
    assert planned(tmp_path, {"img/pot.png": "pot"}, {}, {"pages/tea": record}).files == []


def test_a_file_that_the_user_changed_is_the_users(tmp_path):
    record = Record("pages/tea", "Pages/tea.md", (), assets=(Asset("pot.png", POT),))
    copies = planned(tmp_path, {"img/pot.png": "pot"}, {"pot.png": "pot, turned"}, {"pages/tea": record})
    assert copies.files == []
    assert copies.places["pages/tea"]["pot.png"] == "pot.png"


def test_a_file_that_the_source_changed_is_another_one(tmp_path):
    record = Record("pages/tea", "Pages/tea.md", (), assets=(Asset("pot.png", POT),))
    copies = planned(tmp_path, {"img/pot.png": "a new pot"}, {"pot.png": "pot"}, {"pages/tea": record})
    assert copied(copies) == {"pot 2.png": b"a new pot"}


@pytest.mark.parametrize(
    ("name", "second"), [("pot.png", "pot 2.png"), ("pot", "pot 2"), ("pot.v2.png", "pot.v2 2.png")]
)
def test_another_file_of_that_name_stays(tmp_path, name, second):
    copies = planned(tmp_path, {name: "pot", f"sub/{name}": "one more"}, {name: "another"})
    third = second.replace(" 2", " 3")
    assert copied(copies) == {second: b"pot", third: b"one more"}


def test_names_that_differ_in_case_only_are_told_apart(tmp_path):
    assert copied(planned(tmp_path, {"POT.png": "pot"}, {"pot.PNG": "another"})) == {"POT 2.png": b"pot"}
