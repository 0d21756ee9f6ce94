"""One rule: a YAML file that says which check looks for what, why, and shows it by examples.

Knows the form of the file; whether its check and options exist is `packs`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from vaultkit.errors import UsageError
from vaultkit.linting.diagnostic import Severity
from vaultkit.schema import Node, bind, bind_all, read_yaml

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Repair(StrEnum):
    """Whether `--fix` turns the bad text of an example into the good one."""

    NONE = "none"
    SAFE = "safe"
    UNSAFE = "unsafe"


def _id(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", text):
        raise ValueError("is no rule id: lower-case words joined by hyphens")
    return text


def _words(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    return text.strip()


@dataclass(frozen=True, slots=True)
class Example:
    """A note that breaks the rule (`bad`), one that keeps it (`good`), or both. `files` stand beside it."""

    name: Annotated[str, _words]
    bad: str | None = None
    good: str | None = None
    path: str = "Note.md"
    files: Mapping[str, str] = field(default_factory=dict)
    options: Node | None = None
    """Options for this example, beside those of the rule."""
    fix: Repair = Repair.NONE
    anywhere: bool = False
    """The bad text is told also when it stands in code: the rule is about the note's name, place or properties."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The file. `options` are bound by `packs`; `message` may hold values of the check in braces.

    The examples are most of the file and a run of the linter needs none: they are read when `examples` is asked for.
    """

    id: Annotated[str, _id]
    check: Annotated[str, _words]
    severity: Severity
    message: Annotated[str, _words]
    what: Annotated[str, _words]
    why: Annotated[str, _words]
    examples_: Node
    options: Node | None = None
    source: str = field(default="", metadata={"internal": True})
    """The file it was read from, for messages."""
    pack: str = field(default="", metadata={"internal": True})

    def tell(self, values: Mapping[str, str]) -> str:
        """The message with `values` in place."""
        return _PLACEHOLDER.sub(lambda m: values.get(m[1], m[0]), self.message)

    @property
    def examples(self) -> tuple[Example, ...]:
        """The examples, at least one of them bad and one good. Raises UsageError with file, line and key."""
        examples = bind_all(self.examples_, Example)
        if not any(e.bad is not None for e in examples) or not any(e.good is not None for e in examples):
            raise self.examples_.error("must show at least one `bad` text and one `good` text")
        return examples

    @property
    def placeholders(self) -> frozenset[str]:
        """Names of the values that the message uses."""
        return frozenset(_PLACEHOLDER.findall(self.message))


def load_rule(path: Path, pack: str, shown: str) -> Rule:
    """The rule in the file at `path`, called `shown` in messages. Raises UsageError with file, line and key.

    What is wrong with its examples is told by `Rule.examples`.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as e:
        raise UsageError(f"{shown}: cannot be read: {e}") from e
    node = read_yaml(text, shown)
    rule = bind(node, Rule)
    values = node.value if isinstance(node.value, dict) else {}
    if rule.id != path.stem:
        raise values["id"].error(f"must be the file's name, `{path.stem}`, not `{rule.id}`")
    return replace(rule, source=shown, pack=pack)
