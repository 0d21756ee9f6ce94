from pathlib import Path

import pytest

from vaultkit.importing import attachments
from vaultkit.importing.entry import Attachment, Entry, Kind, Notice, NoticeKind
from vaultkit.importing.export import open_export
from vaultkit.importing.ledger import Record
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


def test_a_new_file_is_copied_and_a_missing_one_named_with_its_page(tmp_path):
    copies = planned(tmp_path, {"img/pot.png": "pot"}, {})
    assert [(file.path, file.data) for file in copies.files] == [("pot.png", b"pot")]
    assert copies.names == {"pages/tea": {"pot.png": "pot.png", "gone.png": "gone.png"}}
    message = "the file gone.png is not in the export; its embed leads nowhere"
    assert copies.notices == [Notice(NoticeKind.WARNING, "tea.md: line 4", message)]


def test_the_same_bytes_are_not_copied_again(tmp_path):
    copies = planned(tmp_path, {"img/pot.png": "pot"}, {"pot.png": "pot"})
    assert copies.files == []
    assert copies.assets == {"pages/tea": ("pot.png",)}


def test_a_deleted_file_does_not_come_back(tmp_path):
    record = Record("pages/tea", "Pages/tea.md", (), assets=("pot.png",))
    assert planned(tmp_path, {"img/pot.png": "pot"}, {}, {"pages/tea": record}).files == []


@pytest.mark.parametrize("name", ["pot.png", "pot", "pot.v2.png"])
def test_another_file_of_that_name_stays(tmp_path, name):
    copies = planned(tmp_path, {name: "pot"}, {name: "another"})
    base, dot, kind = name.rpartition(".") if "." in name else (name, "", "")
    assert [file.path for file in copies.files] == [f"{base} 74a51c3c{dot}{kind}"]
    third = planned(tmp_path, {name: "pot"}, {copies.files[0].path: "one more"})
    (path,) = [file.path for file in third.files]
    assert path.startswith(f"{base} 74a51c3c")
    assert len(path) == len(name) + 65
    assert path.endswith(dot + kind)
