"""The rules told to people: `rules/README.md` and `vaultkit explain`, both made from the YAML files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.config import Config
from vaultkit.errors import UsageError
from vaultkit.linting.packs import ActiveRule, bind_rule, known_rules, listed_in, load_pack, shipped_packs
from vaultkit.linting.rule import Example, Repair, Rule
from vaultkit.resources import shipped
from vaultkit.schema import describe, fields_of, near

_UNSEEN = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]")
_HEAD = """\
# The rules

Made from the files in this folder; change those. A rule states what is true of a clean vault. Its file names a check,
the options of that check, a severity and a message, and shows by examples what is reported and what is not.

Silence a finding in the note: `%% vaultkit: ignore RULE %%` at the end of its line or on the line before,
`%% vaultkit: ignore-start RULE %%` … `%% vaultkit: ignore-end RULE %%` around it, or `lint-ignore: [RULE]` in the
properties for the whole note. Change or turn off a rule in `vaultkit.yaml`:

```yaml
lint:
  rules:
    RULE: off              # or error, warning, info, or {severity: info, options: {…}}
  overrides:
    - paths: [Archive/**]
      ignore: [RULE]
```

A folder of such files in the vault is a pack of one's own: name its path under `lint: packs:`. A file `pack.yaml` there
may list rules of other packs that belong to it as well: `also: [titles-unique, no-secrets]`.
"""


def catalogue() -> str:
    """The text of `rules/README.md`: every shipped rule, by pack."""
    parts = [_HEAD]
    for pack in shipped_packs():
        rules = load_pack(shipped("rules") / pack, pack, f"rules/{pack}")
        parts.append(f"## {pack}\n\n| rule | severity | fix | what it says |\n|---|---|---|---|\n")
        parts[-1] += "".join(
            f"| [{r.id}](#{r.id}) | {r.severity} | {_repair(r)} | {_cell(_first_sentence(r.what))} |\n" for r in rules
        )
        if also := listed_in(shipped("rules") / pack, f"rules/{pack}"):
            parts.append(f"From other packs: {', '.join(f'[{name}](#{name})' for name in also)}.\n")
        parts += [_section(rule) for rule in rules]
    return "\n".join(parts)


def described(active: ActiveRule) -> dict[str, str | None]:
    """What is known of a rule, for programs. `severity` None: it is on for some folders only."""
    rule = active.rule
    return {
        "id": rule.id,
        "pack": rule.pack,
        "check": rule.check,
        "severity": active.setting.severity.value if active.setting.severity else None,
        "fix": _repair(rule),
        "what": rule.what,
        "why": rule.why,
    }


def explain(rule_id: str, config: Config | None = None) -> str:
    """All there is to know about a rule, as Markdown. With `config`, rules of its packs, too. Raises UsageError."""
    rules = known_rules(config or Config())
    if rule_id not in rules:
        raise UsageError(f"there is no rule `{rule_id}`{near(rule_id, sorted(rules))}")
    rule = rules[rule_id]
    silence = f"Silence it: `%% vaultkit: ignore {rule.id} %%` at the line's end or on the line before,\n"
    silence += (
        f"`lint-ignore: [{rule.id}]` in the properties, or `{rule.id}: off` under `lint: rules:` in vaultkit.yaml.\n"
    )
    return _section(rule, level="#") + "\n" + silence


def _section(rule: Rule, level: str = "###") -> str:
    lines = [f"{level} {rule.id}", "", f"{rule.severity} · fix: {_repair(rule)} · check: {rule.check}", ""]
    lines += [rule.what, "", f"**Why.** {rule.why}", ""]
    lines += _options(rule)
    for example in rule.examples:
        lines += _example(example)
    return "\n".join(lines)


def _options(rule: Rule) -> Iterator[str]:
    check, options = bind_rule(rule)
    fields = fields_of(check.Options)
    if fields:
        yield "Options:\n"
        for key, field in fields.items():
            yield f"- `{key}` ({describe(field.kind)}; here {_written(getattr(options, field.name))}): {field.doc}"
        yield ""


def _example(example: Example) -> Iterator[str]:
    place = f", as `{example.path}`" if example.path != "Note.md" else ""
    yield f"*{example.name}*{place}{_beside(example)}\n"
    for word, text in (("reported", example.bad), (_good(example), example.good)):
        if text is not None:
            fence = "`" * max(3, 1 + max((len(run) for run in _runs(text)), default=0))
            yield f"{word}:\n\n{fence}markdown\n{_visible(text.rstrip())}\n{fence}\n"


def _visible(text: str) -> str:
    """`text` with the characters that cannot be seen, or that a terminal obeys, as signs: `␀`, `␍`, `\\u202e`."""
    return _UNSEEN.sub(lambda found: chr(0x2400 + ord(found[0])) if found[0] < " " else f"\\u{ord(found[0]):04x}", text)


def _good(example: Example) -> str:
    match example.fix:
        case Repair.SAFE:
            return "after `--fix`"
        case Repair.UNSAFE:
            return "after `--unsafe-fixes`"
    return "fine"


def _beside(example: Example) -> str:
    return ", beside " + ", ".join(f"`{path}`" for path in example.files) if example.files else ""


def _runs(text: str) -> list[str]:
    return ["`" * i for i in range(3, 12) if "`" * i in text]


def _repair(rule: Rule) -> str:
    kinds = {example.fix for example in rule.examples} - {Repair.NONE}
    return " or ".join(sorted(kinds)) if kinds else "by hand"


def _written(value: object) -> str:
    if value is None or value == () or value == {} or value == "":
        return "none"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return ", ".join(f"`{item}`" for item in value)
    return f"`{value}`"


def _first_sentence(text: str) -> str:
    return " ".join(text.split()).split(". ")[0].rstrip(".") + "."


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
