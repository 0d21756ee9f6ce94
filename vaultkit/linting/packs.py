"""Which rules are on: the rules of the shipped packs and of the owner's own, as the configuration chooses them.

Knows where packs lie, and holds every rule against its check: options, and the values its message uses. A pack of the
owner's own is a folder of the vault with the same YAML files, named in `lint.packs` by its path (`Rules/mine`). The
file `pack.yaml` in a pack's folder lists rules of other packs that belong to this one as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from vaultkit.config import Config, Level, RuleSetting
from vaultkit.errors import UsageError
from vaultkit.globs import matches
from vaultkit.linting.checks import CHECKS, Check, check_named
from vaultkit.linting.diagnostic import Severity
from vaultkit.linting.rule import Rule, load_rule, read_list
from vaultkit.resources import shipped
from vaultkit.schema import Named, Node, bind, near, read_yaml

_LIST = "pack.yaml"


class _Pack(NamedTuple):
    """What `pack.yaml` says."""

    also: tuple[Named, ...] = ()


class Setting(NamedTuple):
    """How a rule is applied. `severity` None: it is off."""

    severity: Severity | None
    options: Callable[[], Any]
    """Gives the options. Those of most rules are only read when a note is there in which it may find something."""


class ActiveRule(NamedTuple):
    """A rule that is looked at, with its check. `overrides` hold for some paths; the last that fits counts."""

    rule: Rule
    check: Check
    setting: Setting
    overrides: tuple[tuple[tuple[str, ...], Setting], ...] = ()

    def at(self, path: str) -> Setting:
        """How the rule is applied to the note at `path`."""
        fitting = (setting for patterns, setting in reversed(self.overrides) if matches(patterns, path))
        return next(fitting, self.setting)


def shipped_packs() -> tuple[str, ...]:
    """Names of the packs that come with vaultkit."""
    return tuple(sorted(folder.name for folder in shipped("rules").iterdir() if folder.is_dir()))


def load_pack(folder: Path, pack: str, shown: str) -> tuple[Rule, ...]:
    """The rules that lie in `folder`, sorted by id, called `shown/…` in messages. Raises UsageError."""
    paths = sorted(path for path in folder.glob("*.yaml") if path.name != _LIST)
    return tuple(load_rule(path, pack, f"{shown}/{path.name}") for path in paths)


def listed_in(folder: Path, shown: str) -> tuple[Named, ...]:
    """Ids of the rules of other packs that the pack in `folder` has as well, in the order of its `pack.yaml`; empty
    without one. Raises UsageError for a file that cannot be read; whether there are such rules is not looked at."""
    path = folder / _LIST
    if not path.is_file():
        return ()
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as e:
        raise UsageError(f"{shown}/{_LIST}: cannot be read: {e}") from e
    simple = read_list(text, f"{shown}/{_LIST}")
    return bind(Node(simple, f"{shown}/{_LIST}", 1, "") if simple else read_yaml(text, f"{shown}/{_LIST}"), _Pack).also


class Catalogue(Mapping[str, Rule]):
    """Every rule there is, by id. A shipped one, whose id is the name of its file, is read when it is asked for."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[str, Path]] = {}
        self._read: dict[str, Rule] = {}
        for pack in shipped_packs():
            for path in shipped("rules").joinpath(pack).iterdir():
                if path.suffix == ".yaml" and path.name != _LIST:
                    self._files[path.stem] = pack, path

    def add(self, rule: Rule) -> None:
        """Add one of the owner's own. Raises UsageError when its id is taken."""
        if rule.id in self:
            raise UsageError(f"{rule.source}: the id `{rule.id}` is taken by {self[rule.id].source}")
        self._read[rule.id] = rule

    def pack_of(self, id_: str) -> str:
        """The pack in which the rule of that id lies."""
        return self._files[id_][0] if id_ in self._files else self._read[id_].pack

    def __getitem__(self, id_: str) -> Rule:
        rule = self._read.get(id_)
        if rule is None:
            pack, path = self._files[id_]
            rule = self._read[id_] = load_rule(path, pack, f"rules/{pack}/{path.name}", trusted=True)
        return rule

    def __contains__(self, id_: object) -> bool:
        return id_ in self._files or id_ in self._read

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._files, *self._read)))

    def __len__(self) -> int:
        return len({*self._files, *self._read})


def known_rules(config: Config) -> Catalogue:
    """The rules of all shipped packs and of the owner's own. Raises UsageError."""
    rules = Catalogue()
    shipped_ones = shipped_packs()
    for pack in config.lint.packs:
        if pack in shipped_ones:
            continue
        folder = config.root / pack if config.root else None
        if folder is None or not folder.is_dir() or ".." in Path(pack).parts or Path(pack).is_absolute():
            raise UsageError(
                f"{_place(pack)}there is no pack `{pack}`{near(pack, list(shipped_ones))}"
                " (a pack of one's own is named by the path of its folder in the vault)"
            )
        own = load_pack(folder, pack, pack)
        for rule in own:
            rules.add(rule)
        for rule in own:
            _ = rule.examples, bind_rule(rule)  # raises: an owner has no tests that would tell what is wrong there
    return rules


def active_rules(
    config: Config, select: Iterable[str] = (), ignore: Iterable[str] = (), extend: Iterable[str] = ()
) -> tuple[ActiveRule, ...]:
    """The rules to look at, sorted by id. `select` (of the command line) replaces the configuration's choice, `extend`
    and `ignore` add to it. Raises UsageError for ids that do not exist, with near ones, and for broken rules and
    options."""
    rules = known_rules(config)
    listed = _listed(config)
    asked = tuple(select)
    named = {*asked, *extend}
    known = Known(frozenset(rules), are_all_on=not asked and not tuple(ignore))
    dropped = {*config.lint.ignore, *ignore}
    for name in (*asked, *extend, *ignore, *config.lint.select, *config.lint.ignore, *config.lint.rules, *listed):
        _require(name, rules)
    for override in config.lint.overrides:
        for name in (*override.ignore, *override.rules):
            _require(name, rules)
    set_up = {*config.lint.rules, *(id_ for one in config.lint.overrides for id_ in (*one.ignore, *one.rules))}
    out = []
    for id_ in sorted(rules):
        if id_ in dropped and not (id_ in named and id_ not in set(ignore)):
            continue
        if asked:
            on = id_ in asked
        elif config.lint.select:
            on = id_ in config.lint.select
        else:
            on = rules.pack_of(id_) in config.lint.packs or id_ in listed
        on = on or id_ in named
        if not on and (asked or id_ not in set_up):
            continue
        active = _activate(rules[id_], config, on, id_ in named, known)
        if active.setting.severity or any(setting.severity for _, setting in active.overrides):
            out.append(active)
    return tuple(out)


def _listed(config: Config) -> set[Named]:
    """The rules that a chosen pack has besides those that lie in it."""
    out: set[Named] = set()
    shipped_ones = shipped_packs()
    for pack in config.lint.packs:
        folder = shipped("rules") / pack if pack in shipped_ones else config.root / pack if config.root else None
        if folder is not None:  # `known_rules` has told of packs that there are not
            out.update(listed_in(folder, f"rules/{pack}" if pack in shipped_ones else pack))
    return out


def _activate(rule: Rule, config: Config, on: bool, asked: bool, known: Known) -> ActiveRule:
    check = check_named(rule.check)
    options = cache(lambda: bind_rule(rule, known)[1])
    said = config.lint.rules.get(Named(rule.id))
    setting = _apply(Setting(rule.severity if on else None, options), said, rule)
    if asked and setting.severity is None:
        setting = Setting(rule.severity, setting.options)
    overrides = []
    for override in config.lint.overrides:
        if rule.id in override.ignore:
            overrides.append((override.paths, Setting(None, setting.options)))
        elif rule.id in override.rules:
            overrides.append((override.paths, _apply(setting, override.rules[Named(rule.id)], rule)))
    return ActiveRule(rule, check, setting, tuple(overrides))


def _apply(setting: Setting, said: RuleSetting | None, rule: Rule) -> Setting:
    """`setting` with what the configuration says; a rule that is only given options is on."""
    if said is None:
        return setting
    severity: Severity | None = setting.severity or rule.severity
    if said.severity:
        severity = None if said.severity is Level.OFF else Severity(said.severity.value)
    if not said.options:
        return Setting(severity, setting.options)
    before = setting.options()
    options = bind(said.options, type(before), before)
    return Setting(severity, lambda: options)


class Known(NamedTuple):
    """What a check that asks for it (`all_rules` among its options) is told of all rules."""

    ids: frozenset[str]
    are_all_on: bool
    """Whether all that the configuration chooses are looked at, because the command line leaves out none."""


def bind_rule(rule: Rule, known: Known | None = None) -> tuple[Check, Any]:
    """The rule's check, and its options read against it. Raises UsageError."""
    if rule.check not in CHECKS:
        raise UsageError(f"{rule.source}: check: there is no check `{rule.check}`{near(rule.check, list(CHECKS))}")
    check = check_named(rule.check)
    if unknown := sorted(rule.placeholders - set(check.VALUES)):
        given = ", ".join(f"{{{name}}}" for name in check.VALUES) or "none"
        raise UsageError(f"{rule.source}: message: there is no value `{{{unknown[0]}}}`; allowed: {given}")
    options = bind(rule.options, check.Options) if rule.options else check.Options()
    return check, options._replace(all_rules=known) if known and hasattr(options, "all_rules") else options


def _require(name: str, rules: Mapping[str, Rule]) -> None:
    if name not in rules:
        raise UsageError(f"{_place(name)}there is no rule `{name}`{near(name, sorted(rules))}")


def _place(name: str) -> str:
    return f"{name.place}: " if isinstance(name, Named) and hasattr(name, "place") else ""
