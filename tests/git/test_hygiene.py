"""`vaultkit hook hygiene` on real repositories."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.git.hygiene import hook_hygiene
from vaultkit.git.plugin_secrets import plugin_secrets

TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
DATA = ".obsidian/plugins/todo/data.json"


def rules(said: str) -> list[str]:
    """The rules of the findings, in order."""
    return [line.split(":1 ", 1)[1].split()[0] for line in said.splitlines() if ":1 " in line]


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        (".obsidian/workspace.json", "workspace-untracked"),
        (".obsidian/workspace-mobile.json", "workspace-untracked"),
        (".obsidian/workspaces.json", "workspace-untracked"),
        (".obsidian-phone/workspace.json", "workspace-untracked"),
        (".trash/a.md", "trash-untracked"),
        ("Days/.trash/deep/a.png", "trash-untracked"),
        ("a.sync-conflict-20260301-120000-ABCDEFG.png", "no-sync-copies"),
        ("What?.md", "names-portable"),
        ("a|b.png", "names-portable"),
        ("a\tb.md", "names-portable"),
        ("line\nend.md", "names-portable"),
        ('"quoted".md', "names-portable"),
        ("back\\slash.png", "names-portable"),
        ("Days /a.png", "names-portable"),
        ("etc./a.png", "names-portable"),
        ("aux.md", "names-portable"),
        ("Com1 .txt.md", "names-portable"),
        (".obsidian/snippets/a:b.css", "names-portable"),
        ("caf\udce9.md", "names-portable"),
    ],
)
def test_what_should_not_be_in_git(vault, path, rule):
    vault.stage(path, "{}")
    code, said = hook_hygiene(vault.top, ())
    assert code == 1
    assert rules(said) == [rule]


@pytest.mark.parametrize(
    "path",
    ["日記 2026-03-01.md", "e\u0301.md", "🌧️.png", ".gitignore", ".obsidian/themes/a b/theme.css", "Workspace.json",
     "-n.md", "it's.md", "n" * 252 + ".md", "Trash/a.md", "COM.md", "con-text.md", DATA],
)  # fmt: skip
def test_what_may_be(vault, path):
    vault.stage(path, "{}")
    assert hook_hygiene(vault.top, ()) == (0, "")


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("CAFE.md", "cafe.md", "`CAFE.md`"),
        ("caf\u00e9.png", "cafe\u0301.png", "`caf\u00e9.png`"),
        ("Days/É.md", "days/é.md", "`Days/É.md`"),
        ("Days/one.md", "days/two.md", "`Days/`"),
    ],
    ids=["case", "form", "both", "folder"],
)
@pytest.mark.parametrize("together", [True, False], ids=["in one commit", "later"])
def test_twins(vault, first, second, told, together):
    vault.stage(first, "1")
    if not together:
        vault.commit()
    vault.stage(second, "2")
    code, said = hook_hygiene(vault.top, ())
    assert code == 1
    assert set(rules(said)) == {"names-unique-casefold"}
    assert told in said


def test_a_rename_of_case_only_is_no_twin(vault):
    vault.stage("CAFE.md", "1")
    vault.commit()
    vault.git("mv", "CAFE.md", "cafe.md")
    assert hook_hygiene(vault.top, ()) == (0, "")


def test_what_was_there_before_refuses_nothing(vault):
    vault.stage(".obsidian/workspace.json", "{}")
    vault.stage("What?.md", "1")
    vault.stage(DATA, json.dumps({"token": TOKEN}))
    vault.commit()
    vault.stage(".obsidian/workspace.json", '{"a": 1}')
    vault.stage("What?.md", "2")
    vault.stage(DATA, json.dumps({"token": TOKEN, "days": 3}))
    code, said = hook_hygiene(vault.top, ())
    assert (code, rules(said)) == (0, [])
    assert "3 findings of earlier commits" in said
    vault.git("rm", "-q", "--cached", ".obsidian/workspace.json")
    assert hook_hygiene(vault.top, ())[0] == 0  # to mend it is not refused


def test_named_files_are_judged_whole(vault):
    vault.stage("What?.md", "1")
    vault.commit()
    assert rules(hook_hygiene(vault.top, ("What?.md",))[1]) == ["names-portable"]


@pytest.mark.parametrize(("size", "code"), [(1_000_000, 0), (1_000_001, 1)])
def test_large_files(vault, size, code):
    vault.stage("vaultkit.yaml", "hooks: {largest-file: 1}\n")
    vault.stage("a.png", b"\1" * size)
    found, said = hook_hygiene(vault.top, ())
    assert found == code
    assert rules(said) == ["files-small-enough"] * code


def test_a_large_file_in_lfs_is_small(vault):
    vault.stage("vaultkit.yaml", "hooks: {largest-file: 1}\n")
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 90000000\n".format("a" * 64)
    vault.stage("a.mov", pointer)
    assert hook_hygiene(vault.top, ()) == (0, "")


def test_no_limit(vault):
    vault.stage("vaultkit.yaml", "hooks: {largest-file: 0}\n")
    vault.stage("a.png", b"\1" * 11_000_000)
    assert hook_hygiene(vault.top, ()) == (0, "")


def test_secrets_of_plugins(vault):
    vault.stage(DATA, json.dumps({"days": 3, "account": {"apiToken": "0f3b7c9a1d5e8f2b4a6c"}, "gh": TOKEN}, indent=1))
    code, said = hook_hygiene(vault.top, ())
    assert code == 1
    assert f"{DATA}:6:" in said
    assert "a GitHub token" in said
    assert f"{DATA}:4:" in said
    assert "the value of `apiToken`" in said
    assert "0f3b7" not in said
    assert TOKEN not in said
    vault.stage(DATA, json.dumps({"days": 3}))
    assert hook_hygiene(vault.top, ()) == (0, "")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b'{"password": "correct-horse-battery"}', 1),
        (b'{"a": [{"api_key": "0f3b7c9a1d5e"}, {"api_key": "0f3b7c9a1d5e"}]}', 1),
        ('{"token": "日本語で書いた合言葉です。"}'.encode(), 1),
        (b'{"token": ""}', 0),
        (b'{"tokenLimit": 4096, "maxTokens": "4096", "tokens": true}', 0),
        (b'{"password": "your-password-here"}', 0),
        (b'{"apiKey": "https://example.org/keys"}', 0),
        (b'{"token": "xxxxxxxxxxxxxxxxxxxx"}', 0),
        (b'{"secret": null', 0),
        (b"[" * 100_000, 0),
        (TOKEN.encode(), 1),
        (b"\xff\xfe", 0),
    ],
)
def test_what_is_a_secret(data, found):
    assert len(list(plugin_secrets(data))) == found


@given(st.recursive(st.text() | st.integers() | st.none(), lambda x: st.dictionaries(st.text(), x) | st.lists(x)))
def test_any_settings_can_be_read(value):
    list(plugin_secrets(json.dumps(value).encode()))


def test_files_beside_the_vault_are_not_ours(repo):
    repo.stage("notes/.obsidian/app.json", "{}")
    repo.stage("src/aux.c", "")
    assert hook_hygiene(repo.top, ()) == (0, "")


def test_a_link_and_a_submodule_have_no_contents(vault, tmp_path):
    (vault.top / "link.md").symlink_to("nowhere.md")
    vault.git("add", "link.md")
    vault.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},sub")
    assert hook_hygiene(vault.top, ()) == (0, "")


def test_an_announced_file_is_not_looked_at(vault):
    vault.write("What?.md", "x")
    vault.git("add", "-N", ".")
    assert hook_hygiene(vault.top, ()) == (0, "")


def test_three_thousand_at_once(vault):
    """More names than fit on a command line of some systems; one of them is bad."""
    folder = "ein langer Name, wie er in Tagebüchern steht " * 4
    for number in range(3000):
        vault.write(f"{folder.strip()}/{number}.md", f"{number}\n")
    vault.write("aux.md", "x\n")
    vault.git("add", ".")
    code, said = hook_hygiene(vault.top, ())
    assert (code, rules(said)) == (1, ["names-portable"])


@pytest.mark.parametrize("quote", ["true", "false"])
def test_git_may_quote_names(vault, quote):
    vault.git("config", "core.quotepath", quote)
    vault.stage("é?.md", "x")
    assert hook_hygiene(vault.top, ())[1].startswith("é?.md:1:1 names-portable")


def test_a_vault_that_only_the_index_shows(vault):
    vault.stage("What?.md", "1")
    (vault.top / ".obsidian/app.json").unlink()
    (vault.top / ".obsidian").rmdir()
    assert rules(hook_hygiene(vault.top, ())[1]) == ["names-portable"]
