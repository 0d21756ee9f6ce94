"""Which rules are on, and how a mistake in choosing or writing them is told."""

from __future__ import annotations

from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest

from tests.conftest import write_tree
from vaultkit.config import Config, parse_config, read_config
from vaultkit.errors import UsageError
from vaultkit.linting import checks
from vaultkit.linting.checks import CHECKS
from vaultkit.linting.packs import active_rules, listed_in, load_pack, shipped_packs
from vaultkit.linting.parts import Part
from vaultkit.linting.rule import load_rule
from vaultkit.resources import shipped

OWN = """\
id: no-todo-left
check: text-pattern
options: {pattern: "TODO"}
severity: info
message: "still `{text}`"
what: No TODO is left.
why: They are forgotten.
examples:
  - {name: one, bad: "TODO", good: "done"}
"""


def _ids(config: str = "", **kwargs: list[str]) -> list[str]:
    return [active.rule.id for active in active_rules(parse_config(config), **kwargs)]


def test_all_recommended_rules_are_on() -> None:
    pack = load_pack(shipped("rules") / "recommended", "recommended", "rules/recommended")
    assert _ids() == [rule.id for rule in pack]
    assert len(pack) > 10


@pytest.mark.parametrize(
    ("config", "select", "ignore", "expected"),
    [
        ("", ["tags-valid"], [], ["tags-valid"]),
        ("lint: {ignore: [tags-valid]}", ["tags-valid"], [], ["tags-valid"]),
        ("lint: {rules: {tags-valid: off}}", ["tags-valid"], [], ["tags-valid"]),
        ("lint: {select: [tags-valid, links-resolve]}", [], ["tags-valid"], ["links-resolve"]),
        ("", ["tags-valid", "links-resolve"], ["tags-valid"], ["links-resolve"]),
        ("lint: {packs: []}", [], [], []),
        ("lint: {packs: [], rules: {tags-valid: error}}", [], [], ["tags-valid"]),
        ("lint: {packs: [], rules: {tags-valid: off}}", [], [], []),
        ("lint: {packs: [], overrides: [{paths: [a], rules: {tags-valid: error}}]}", [], [], ["tags-valid"]),
        ("lint: {packs: [], overrides: [{paths: [a], ignore: [tags-valid]}]}", [], [], []),
    ],
)
def test_choice(config: str, select: list[str], ignore: list[str], expected: list[str]) -> None:
    assert sorted(_ids(config, select=select, ignore=ignore)) == sorted(expected)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (
            "lint: {ignore: [link-resolve]}",
            "vaultkit.yaml:1: lint.ignore[0]: there is no rule `link-resolve`; did you mean",
        ),
        ("lint:\n  select: [x]", "vaultkit.yaml:2: lint.select[0]: there is no rule `x`; allowed: "),
        ("lint:\n  rules:\n    tag-valid: off", "vaultkit.yaml:3: lint.rules.tag-valid: there is no rule `tag-valid`"),
        ("lint:\n  overrides:\n    - paths: [a]\n      ignore: [x]", "vaultkit.yaml:4: lint.overrides[0].ignore[0]"),
        ("lint:\n  packs: [recomended]", "vaultkit.yaml:2: lint.packs[0]: there is no pack `recomended`; did you mean"),
        (
            "lint:\n  rules:\n    links-resolve:\n      options: {embed: true}",
            "vaultkit.yaml:4: lint.rules.links-resolve.options.embed: there is no key `embed` here; did you mean",
        ),
        (
            "lint:\n  rules:\n    links-resolve:\n      options:\n        embeds: 1",
            "vaultkit.yaml:5: lint.rules.links-resolve.options.embeds: must be true or false, not `1`",
        ),
    ],
)
def test_a_mistake_in_the_configuration(config: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        active_rules(parse_config(config))
    assert message in str(error.value)


def test_an_unknown_rule_on_the_command_line() -> None:
    with pytest.raises(UsageError, match=r"^there is no rule `tags-vaild`; did you mean `tags-valid`"):
        active_rules(Config(), select=["tags-vaild"])


def _vault(root: Path, rule: str, name: str = "no-todo-left") -> Config:
    (root / "Rules").mkdir()
    (root / "Rules" / f"{name}.yaml").write_text(rule, "utf-8")
    (root / "vaultkit.yaml").write_text("lint: {packs: [recommended, Rules]}", "utf-8")
    return read_config(root)


def test_a_pack_of_ones_own(tmp_path: Path) -> None:
    rules = {active.rule.id: active for active in active_rules(_vault(tmp_path, OWN))}
    assert rules["no-todo-left"].rule.pack == "Rules"
    assert "links-resolve" in rules


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            OWN.replace("text-pattern", "text-patern"),
            "Rules/no-todo-left.yaml: check: there is no check `text-patern`; did",
        ),
        (OWN.replace("pattern:", "patern:"), "Rules/no-todo-left.yaml:3: options.patern: there is no key"),
        (
            OWN.replace('"TODO"}', '"(TODO"}'),
            "Rules/no-todo-left.yaml:3: options.pattern: `(TODO` is no regular expression",
        ),
        (OWN.replace("{text}", "{word}"), "message: there is no value `{word}`; allowed: {text}"),
        (
            OWN.replace("severity: info", "severity: bad"),
            ":4: severity: must be one of error, warning, info, not `bad`",
        ),
        (OWN.replace("why:", "because:"), ":7: because: there is no key `because` here"),
        (OWN.replace("why: They are forgotten.\n", ""), "the key `why` is missing"),
        (OWN.replace("What", "what").replace("what: No TODO is left.", "what: ''"), "what: `` is empty"),
        (OWN.replace("id: no-todo-left", "id: other"), ":1: id: must be the file's name, `no-todo-left`, not `other`"),
        (OWN.replace("id: no-todo-left", "id: No Todo"), "is no rule id"),
        (OWN.replace(', good: "done"', ""), "examples: must show at least one `bad` text and one `good` text"),
        (OWN.replace("bad:", "worse:"), ":9: examples[0].worse: there is no key `worse` here"),
        (OWN.partition("  - ")[0], ":8: examples: must be a list of `key: value` blocks, not nothing"),
        (OWN.partition("examples:")[0], "the key `examples` is missing"),
        (OWN + "  - [", "is not valid YAML"),
    ],
)
def test_a_mistake_in_a_rule(tmp_path: Path, rule: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        active_rules(_vault(tmp_path, rule))
    assert message in str(error.value)


def test_examples_are_read_when_asked_for(tmp_path: Path) -> None:
    path = write_tree(tmp_path, {"no-todo-left.yaml": OWN.replace("bad:", "worse:")}) / "no-todo-left.yaml"
    rule = load_rule(path, "Rules", "Rules/no-todo-left.yaml")
    assert rule.what == "No TODO is left."
    with pytest.raises(UsageError, match=r"^Rules/no-todo-left\.yaml:9: examples\[0\]\.worse: there is no key"):
        _ = rule.examples


def test_an_id_may_be_taken_only_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="the id `tags-valid` is taken by rules/recommended/tags-valid"):
        active_rules(_vault(tmp_path, OWN.replace("no-todo-left", "tags-valid"), "tags-valid"))


@pytest.mark.parametrize("pack", [pack for pack in shipped_packs() if (shipped("rules") / pack / "pack.yaml").exists()])
def test_a_pack_lists_rules_of_other_packs(pack: str) -> None:
    also = listed_in(shipped("rules") / pack, pack)
    own = {rule.id for rule in load_pack(shipped("rules") / pack, pack, pack)}
    assert also
    assert list(also) == sorted(set(also) - own)
    assert set(_ids(f"lint: {{packs: [{pack}]}}")) == own | set(also)


def test_two_packs_may_have_one_rule() -> None:
    ids = _ids("lint: {packs: [papers, issues, recommended]}")
    assert len(ids) == len(set(ids))
    assert {"title-findable", "paper-is-described", "issue-is-described", "date-valid"} <= set(ids)


@pytest.mark.parametrize(
    "text",
    [
        "also: [no-secrets, titles-unique]\n",
        "# ours\nalso:\n  - no-secrets\n  - {titles: unique}\n",
        "also: no-secrets\n",
    ],
    ids=["read simply", "a mapping", "one text"],
)
def test_a_pack_of_ones_own_lists_shipped_rules(tmp_path: Path, text: str) -> None:
    config = _vault(tmp_path, OWN)
    (tmp_path / "Rules" / "pack.yaml").write_text(text, "utf-8")
    if "- {" in text or "[" not in text:
        with pytest.raises(UsageError, match=r"^Rules/pack\.yaml:\d: also"):
            active_rules(config)
    else:
        rules = {active.rule.id: active.rule.pack for active in active_rules(config)}
        assert (rules["no-secrets"], rules["titles-unique"], rules["no-todo-left"]) == ("strict", "strict", "Rules")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("also: [no-secret]\n", "Rules/pack.yaml:1: also[0]: there is no rule `no-secret`; did you mean `no-secrets`"),
        ("alos: [no-secrets]\n", "Rules/pack.yaml:1: alos: there is no key `alos` here; did you mean `also`?"),
        (b"\xff", "Rules/pack.yaml: cannot be read"),
    ],
    ids=["no such rule", "no such key", "not UTF-8"],
)
def test_a_mistake_in_the_list_of_a_pack(tmp_path: Path, text: str | bytes, message: str) -> None:
    config = _vault(tmp_path, OWN)
    (tmp_path / "Rules" / "pack.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UsageError) as error:
        active_rules(config)
    assert message in str(error.value)


@pytest.mark.parametrize("pack", ["../Rules", "/tmp"])
def test_a_pack_lies_in_the_vault(tmp_path: Path, pack: str) -> None:
    (tmp_path / "Rules").mkdir()
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "vaultkit.yaml").write_text(f"lint: {{packs: [{pack}]}}", "utf-8")
    with pytest.raises(
        UsageError, match=r"there is no pack `.*`; allowed: .*recommended.* \(a pack of one's own is named by"
    ):
        active_rules(read_config(tmp_path / "vault"))


def test_packs_that_are_shipped() -> None:
    assert "recommended" in shipped_packs()


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_is_what_a_rule_needs(name: str) -> None:
    module = import_module(f"vaultkit.linting.checks.{name.replace('-', '_')}")
    assert isinstance(module.Options(), tuple)
    assert all(isinstance(value, str) for value in module.VALUES)
    assert all(isinstance(part, Part) for part in module.EDITS)
    assert list(signature(module.check).parameters) == ["note", "context", "options"]


def test_every_check_is_listed() -> None:
    folder = Path(checks.__file__).parent
    assert {path.stem for path in folder.glob("[!_]*.py")} == {name.replace("-", "_") for name in CHECKS}
