"""vaultkit.yaml: what it may say, and how each mistake is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import write_tree
from vaultkit.config import (
    Config,
    Level,
    PullRequests,
    enclosing,
    nested_hint,
    parse_config,
    read_config,
    vaults_of,
)
from vaultkit.errors import UsageError
from vaultkit.vault.index import Found, Missing
from vaultkit.vault.tree import vault_at

WHOLE = """\
lint:
  packs: [recommended]
  select: []
  ignore: [note-has-tags]
  exclude: ["Archive/**"]
  rules:
    links-resolve: info
    tags-valid: {severity: error}
    properties-required:
      options: {folders: {"Papers/**": [title]}}
  overrides:
    - paths: [Inbox/**]
      ignore: [links-resolve]
      rules: {tags-valid: off}
import:
  folders: {diary: ./日記/, page: .}
  tags: {diary: [diary, "#日記"]}
  site-url: https://example.org/
  pull-requests: skip
vaults: ["*/", "work/*/"]
"""


def test_every_key() -> None:
    config = parse_config(WHOLE)
    assert config.lint.ignore == ("note-has-tags",)
    assert config.lint.exclude == ("Archive/**",)
    assert config.lint.rules["links-resolve"].severity is Level.INFO
    assert config.lint.rules["tags-valid"].severity is Level.ERROR
    assert config.lint.rules["properties-required"].options is not None
    assert config.lint.overrides[0].rules["tags-valid"].severity is Level.OFF
    assert config.import_.folders == {"diary": "日記", "paper": "Papers", "issue": "Issues", "page": ""}
    assert config.import_.tags["diary"] == ("diary", "日記")
    assert config.import_.tags["paper"] == ()
    assert config.import_.site_url == "https://example.org"
    assert config.import_.pull_requests is PullRequests.SKIP
    assert config.vaults == ("*/", "work/*/")


@pytest.mark.parametrize("text", ["", "# nothing\n", "lint:\n", "lint:\n  select:\n", "import:\n  folders:\n"])
def test_what_is_not_said_is_the_default(text: str) -> None:
    assert parse_config(text) == Config()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("lint: [", "vaultkit.yaml:2: is not valid YAML"),
        ("a: 1\nlint:\n  x: {", "vaultkit.yaml:4: is not valid YAML"),
        ("lint:\n  ignore: []\n  ignore: []", "vaultkit.yaml:3: is not valid YAML: the key `ignore` is there twice"),
        ("lint:\n  pack: x", "vaultkit.yaml:2: lint.pack: there is no key `pack` here; did you mean `packs`?"),
        ("zzz: 1", "vaultkit.yaml:1: zzz: there is no key `zzz` here; allowed: lint, import, sources, hooks, vaults"),
        ("3", "vaultkit.yaml:1: must be `key: value` lines; allowed: lint, import, sources, hooks, vaults"),
        ("lint:\n - a", "must be `key: value` lines; allowed: packs"),
        ("lint:\n\n  packs: x", "vaultkit.yaml:3: lint.packs: must be a list of texts, not `x`"),
        ("lint:\n  select: [2024]", "vaultkit.yaml:2: lint.select[0]: must be a text, not `2024`"),
        (
            "lint:\n  rules:\n    x: of",
            "vaultkit.yaml:3: lint.rules.x: must be one of off, error, warning, info, not `of`",
        ),
        ("lint:\n  rules: [a]", "lint.rules: must be `name: value` lines"),
        ("lint:\n  overrides:\n    - ignore: [x]", "vaultkit.yaml:3: lint.overrides[0]: the key `paths` is missing"),
        ("lint:\n  exclude: [/x]", "`/x` must be relative to the vault"),
        ("vaults: de", "vaultkit.yaml:1: vaults: must be a list of texts, not `de`"),
        ("vaults: [../de]", "vaultkit.yaml:1: vaults[0]: `../de` must be relative to the vault"),
        ("import:\n  folders: {dairy: x}", "`dairy` is no kind of import; allowed: diary, paper, issue, page"),
        ("import:\n  folders: {diary: ../x}", "must lie inside the vault"),
        ("import:\n  folders: {diary: /x}", "must be relative to the vault"),
        ('import:\n  folders: {diary: "C:\\\\x"}', "must be relative to the vault"),
        ("import:\n  folders: {diary: ~/x}", "must be relative to the vault"),
        ("import:\n  folders: {diary: .obsidian}", "begins with a dot"),
        ("import:\n  tags: {diary: [a b]}", "vaultkit.yaml:2: import.tags.diary[0]: `a b` is no valid tag"),
        ("import:\n  site-url: example.org", "must begin with https://"),
        ("import:\n  pull-requests: true", "must be one of include, skip, not `true`"),
        ("&a [*a]", "nested deeper"),
        ("[" * 100, "nested deeper"),
    ],
)
def test_a_mistake_names_file_line_key_and_what_is_allowed(text: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        parse_config(text)
    assert message in str(error.value)


def test_no_file_is_the_default(tmp_path: Path) -> None:
    assert read_config(tmp_path) == Config(root=tmp_path)


def test_a_file_with_a_bom(tmp_path: Path) -> None:
    (tmp_path / "vaultkit.yaml").write_bytes(b"\xef\xbb\xbflint:\n  ignore: [links-resolve]\n")
    assert read_config(tmp_path).lint.ignore == ("links-resolve",)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "vaultkit.yaml").write_bytes(b"lint: \xff")
    with pytest.raises(UsageError, match="UTF-8"):
        read_config(tmp_path)


def test_a_folder_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "vaultkit.yaml").mkdir()
    with pytest.raises(UsageError, match=r"vaultkit\.yaml: cannot be read"):
        read_config(tmp_path)


LANGUAGES = {
    "vaultkit.yaml": "lint:\n  ignore: [note-has-tags]\nvaults: ['*/']\n",
    "README.md": "[[Start]]\n",
    "de/.obsidian/app.json": '{"newLinkFormat": "relative"}',
    "de/Start.md": "[[Hilfe]]\n",
    "de/tief/Hilfe.md": "",
    "en/.settings/app.json": "{}",
    "en/Start.md": "[[Hilfe]]\n",
    "plain/Start.md": "",
    "own/vaultkit.yaml": "lint:\n  ignore: [links-resolve]\n",
    "own/Start.md": "",
}


def test_each_folder_that_the_file_names_is_a_vault(tmp_path: Path) -> None:
    parts = vaults_of(vault_at(write_tree(tmp_path, LANGUAGES)))
    files = {part.vault.prefix: [path for path in part.vault.files if path.endswith(".md")] for part in parts}
    assert files == {
        "": ["README.md"],
        "de/": ["Start.md", "tief/Hilfe.md"],
        "en/": ["Start.md"],
        "own/": ["Start.md"],
        "plain/": ["Start.md"],
    }
    of = {part.vault.prefix: part for part in parts}
    assert of["de/"].vault.settings.link_format == "relative"
    assert of["en/"].vault.config_folder == ".settings"
    assert of["de/"].vault.index.resolve("Hilfe", "Start.md") == Found("tief/Hilfe.md")
    assert isinstance(of["en/"].vault.index.resolve("Hilfe", "Start.md"), Missing)
    assert isinstance(of[""].vault.index.resolve("Start", "README.md"), Missing)
    ignored = {prefix: part.config.lint.ignore for prefix, part in of.items()}
    assert ignored == {
        "": ("note-has-tags",),
        "de/": ("note-has-tags",),
        "en/": ("note-has-tags",),
        "own/": ("links-resolve",),
        "plain/": ("note-has-tags",),
    }
    assert of["de/"].config.root == tmp_path  # where packs of the owner's own are looked for


@pytest.mark.parametrize(
    ("patterns", "prefixes"),
    [
        ("[]", [""]),
        ("['*/']", ["", "a/", "group/"]),
        ("['*']", ["", "a/", "group/"]),
        ("[a]", ["", "a/"]),
        ("[a/, 'group/*/']", ["", "a/", "group/b/", "group/c d/"]),
        ("[group/, group/b/]", ["", "group/", "group/b/"]),
        ("['**/b/']", ["", "a/b/", "group/b/"]),
        ("[nowhere/]", [""]),
        ("['N.md']", [""]),
    ],
)
def test_what_a_pattern_names(tmp_path: Path, patterns: str, prefixes: list[str]) -> None:
    texts = {
        "vaultkit.yaml": f"vaults: {patterns}",
        "N.md": "",
        "a/b/N.md": "",
        "group/b/N.md": "",
        "group/c d/N.md": "",
    }
    parts = vaults_of(vault_at(write_tree(tmp_path, texts)))
    assert [part.vault.prefix for part in parts] == prefixes
    assert sorted(
        part.vault.prefix + path for part in parts for path in part.vault.files if path != "vaultkit.yaml"
    ) == [
        "N.md",
        "a/b/N.md",
        "group/b/N.md",
        "group/c d/N.md",
    ]


def test_vaults_in_a_vault_in_a_vault(tmp_path: Path) -> None:
    texts = {
        "vaultkit.yaml": "vaults: [a/]",
        "a/vaultkit.yaml": "vaults: [b/]",
        "a/b/N.md": "",
        "a/N.md": "",
        "N.md": "",
    }
    parts = vaults_of(vault_at(write_tree(tmp_path, texts)), {"a/b/N.md", "a/N.md"})
    assert [(part.vault.prefix, part.only) for part in parts] == [("a/", {"N.md"}), ("a/b/", {"N.md"})]


def test_only_the_vaults_asked_for(tmp_path: Path) -> None:
    vault = vault_at(write_tree(tmp_path, LANGUAGES))
    parts = vaults_of(vault, {"de/Start.md", "plain/Start.md"})
    assert [(part.vault.prefix, part.only) for part in parts] == [("de/", {"Start.md"}), ("plain/", {"Start.md"})]
    assert vaults_of(vault, set()) == []


def test_a_vault_that_names_none_is_its_only_part(tmp_path: Path) -> None:
    vault = vault_at(write_tree(tmp_path, {"N.md": ""}))
    assert vaults_of(vault, {"N.md"}) == [(vault, Config(root=tmp_path), {"N.md"})]


def test_a_vault_inside_has_the_settings_of_the_one_that_names_it(tmp_path: Path) -> None:
    write_tree(tmp_path, {**LANGUAGES, "de/sub/x.md": ""})
    assert read_config(tmp_path / "de").lint.ignore == ("note-has-tags",)
    assert read_config(tmp_path / "own").lint.ignore == ("links-resolve",)
    assert read_config(tmp_path / "de" / "sub") == Config(root=tmp_path / "de" / "sub")
    assert enclosing(vault_at(tmp_path / "en")) == vault_at(tmp_path)
    assert enclosing(vault_at(tmp_path / "de" / "sub")) == vault_at(tmp_path / "de" / "sub")
    # asked for by itself it is linted by the same rules, and not divided once more
    assert [part.config.lint.ignore for part in vaults_of(vault_at(tmp_path / "de"))] == [("note-has-tags",)]


def test_a_mistake_in_a_vault_inside_names_its_file(tmp_path: Path) -> None:
    write_tree(tmp_path, {**LANGUAGES, "own/vaultkit.yaml": "zzz: 1\n"})
    with pytest.raises(UsageError, match=r"own/vaultkit\.yaml:1: zzz"):
        vaults_of(vault_at(tmp_path))


@pytest.mark.parametrize(
    ("folders", "words"),
    [
        ([], ""),
        (["de"], "1 folder inside has its own .obsidian (de/): it is linted as part of this vault"),
        (["a", "b"], "2 folders inside have their own .obsidian (a/, b/): they are linted"),
        (["a", "b", "c"], "3 folders inside have their own .obsidian (a/, b/ …): they are linted"),
    ],
)
def test_the_hint_about_vaults_inside(folders: list[str], words: str) -> None:
    assert nested_hint(folders).startswith(words)
    assert bool(folders) == ("vaults: [...]" in nested_hint(folders))
