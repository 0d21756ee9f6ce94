"""vaultkit.yaml: what it may say, and how each mistake is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaultkit.config import Config, Level, PullRequests, parse_config, read_config
from vaultkit.errors import UsageError

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
        ("zzz: 1", "vaultkit.yaml:1: zzz: there is no key `zzz` here; allowed: lint, import"),
        ("3", "vaultkit.yaml:1: must be `key: value` lines; allowed: lint, import"),
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
