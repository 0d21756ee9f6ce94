import pytest

from vaultkit.errors import UsageError
from vaultkit.git.blobs import Blobs
from vaultkit.git.plumbing import Repository
from vaultkit.git.staged import read_staged
from vaultkit.git.tracked import staged_changes, tracked_files
from vaultkit.vault.index import Found, Missing

LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n"


def staged_in(repo, blobs, *paths):
    there = Repository(repo.top)
    return read_staged(there, blobs, tracked_files(there), staged_changes(there), paths)


@pytest.fixture
def read(vault):
    """The staged vaults around notes: `read("a.md")`. Git stays open until the test ends."""
    with Blobs(Repository(vault.top)) as blobs:
        yield lambda *paths: staged_in(vault, blobs, *paths)


def test_contents_are_those_of_the_index(vault, read):
    vault.stage("a.md", "# Staged")
    vault.write("a.md", "# Later")
    [found] = read("a.md").vaults
    assert found.changed == {"a.md": ""}
    assert [heading.text for heading in found.now.vault_index.notes["a.md"].headings] == ["Staged"]


def test_names_are_those_of_the_index(vault, read):
    vault.stage("a.md", "")
    vault.stage("gone.md", "")
    (vault.top / "gone.md").unlink()  # but the commit still holds it
    vault.write("untracked.md", "")
    [found] = read("a.md").vaults
    assert isinstance(found.now.vault_index.resolve("gone", "a.md"), Found)
    assert isinstance(found.now.vault_index.resolve("untracked", "a.md"), Missing)


def test_settings_come_from_the_index_where_it_has_them(vault, read):
    vault.stage("a.md", "")
    vault.stage(".obsidian/daily-notes.json", '{"folder": "Staged"}')
    vault.write(".obsidian/daily-notes.json", '{"folder": "Later"}')
    vault.write(".obsidian/templates.json", '{"folder": "Untracked"}')
    [found] = read("a.md").vaults
    assert (found.settings.daily_folder, found.settings.templates_folder) == ("Staged", "Untracked")


def test_configuration_comes_from_the_index_where_it_has_it(vault, read):
    vault.stage("a.md", "")
    vault.write("vaultkit.yaml", "lint:\n  exclude: [Untracked]\n")
    assert read("a.md").vaults[0].config.lint.exclude == ("Untracked",)
    vault.stage("vaultkit.yaml", "lint:\n  exclude: [Staged]\n")
    vault.write("vaultkit.yaml", "lint:\n  exclude: [Later]\n")
    config = read("a.md").vaults[0].config
    assert config.lint.exclude == ("Staged",)
    assert config.root == vault.top


@pytest.mark.parametrize(
    ("text", "told"),
    [(b"lint:\n  wrong: 1\n", r"^sub/vaultkit\.yaml:2:.*wrong"), (b"\xff", r"^sub/vaultkit\.yaml: is not UTF-8")],
    ids=["unknown key", "not UTF-8"],
)
def test_a_wrong_configuration_is_told_by_its_path_in_the_repository(vault, read, text, told):
    vault.stage("sub/.obsidian/app.json", "{}")
    vault.stage("sub/vaultkit.yaml", text)
    vault.stage("sub/a.md", "")
    with pytest.raises(UsageError, match=told):
        read("sub/a.md")


def test_what_is_no_note_of_the_index_is_not_judged(vault, read):
    vault.stage("target.md", "")
    vault.stage("pointer.md", LFS)
    vault.stage("picture.png", b"\x89PNG")
    vault.stage(".obsidian/plugins/x/README.md", "[[nowhere]]")
    (vault.top / "link.md").symlink_to("target.md")
    vault.git("add", "link.md")
    vault.write("untracked.md", "")
    others = ("pointer.md", "picture.png", ".obsidian/plugins/x/README.md", "link.md", "untracked.md", "gone.md")
    assert read(*others).vaults == ()
    assert read(*others, "target.md").vaults[0].changed == {"target.md": ""}


def test_a_symlinked_note_has_the_text_it_leads_to(vault, read):
    vault.stage("sub/target.md", "# Here")
    (vault.top / "link.md").symlink_to("sub/target.md")
    (vault.top / "outside.md").symlink_to("/elsewhere/note.md")
    vault.git("add", "link.md", "outside.md")
    notes = read("sub/target.md").vaults[0].now.vault_index.notes
    assert notes["link.md"].headings[0].text == "Here"
    assert notes["outside.md"].headings == ()


def test_each_note_is_judged_in_the_nearest_vault(repo):
    for root in ("", "inner/", "other/deep/"):
        repo.stage(f"{root}.obsidian/app.json", "{}")
    for name in ("a.md", "inner/b.md", "inner/sub/c.md", "other/d.md", "other/deep/e.md"):
        repo.stage(name, "")
    with Blobs(Repository(repo.top)) as blobs:
        staged = staged_in(repo, blobs, "a.md", "inner/sub/c.md", "other/d.md", "other/deep/e.md")
    assert {(vault.root, *sorted(vault.changed)) for vault in staged.vaults} == {
        ("", "a.md", "other/d.md"),
        ("inner", "sub/c.md"),
        ("other/deep", "e.md"),
    }
    inner = next(vault for vault in staged.vaults if vault.root == "inner")
    assert inner.now.vault_index.files == ("b.md", "sub/c.md")


@pytest.mark.parametrize("paths", [["README.md"], []], ids=["a file of none", "no file at all"])
@pytest.mark.parametrize("has_vault", [True, False])
def test_a_repository_without_vault_is_noticed(repo, has_vault, paths):
    repo.stage("README.md", "")
    if has_vault:
        repo.stage("docs/.obsidian/app.json", "{}")
    with Blobs(Repository(repo.top)) as blobs:
        staged = staged_in(repo, blobs, *paths)
    assert staged.vaults == ()
    assert staged.vaultless == (bool(paths) and not has_vault)
