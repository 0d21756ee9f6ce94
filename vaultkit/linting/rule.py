"""One rule: a YAML file that says which check looks for what, why, and shows it by examples.

Knows the form of the file; whether its check and options exist is `packs`.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, NamedTuple, TypeGuard

from vaultkit.errors import UsageError
from vaultkit.linting.diagnostic import Severity
from vaultkit.schema import Node, bind, bind_all, read_yaml
from vaultkit.vault.note import PropertyValue, Scalar
from vaultkit.vault.yaml_simple import read_simple

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


class Example(NamedTuple):
    """A note that breaks the rule (`bad`), one that keeps it (`good`), or both. `files` stand beside it."""

    name: Annotated[str, _words]
    bad: str | None = None
    good: str | None = None
    path: str = "Note.md"
    files: Mapping[str, str] = {}
    options: Node | None = None
    """Options for this example, beside those of the rule."""
    fix: Repair = Repair.NONE
    anywhere: bool = False
    """The bad text is told also when it stands in code: the rule is about the note's name, place or properties."""


class _Head(NamedTuple):
    """What a run of the linter needs of the file."""

    id: Annotated[str, _id]
    check: Annotated[str, _words]
    severity: Severity
    message: Annotated[str, _words]
    options: Node | None = None


class _File(NamedTuple):
    """All of the file."""

    id: Annotated[str, _id]
    check: Annotated[str, _words]
    severity: Severity
    message: Annotated[str, _words]
    what: Annotated[str, _words]
    why: Annotated[str, _words]
    examples: Node
    options: Node | None = None


class Rule(NamedTuple):
    """The file. `options` are bound by `packs`; `message` may hold values of the check in braces.

    What a run of the linter needs is there; the rest, most of the file, is read when it is asked for.
    """

    id: str
    check: str
    severity: Severity
    message: str
    options: Node | None
    source: str
    """The file it was read from, for messages."""
    pack: str
    text: str
    """What stands in the file."""

    def tell(self, values: Mapping[str, str]) -> str:
        """The message with `values` in place."""
        parts = _parts(self.message)
        return "".join([part if at % 2 == 0 else values.get(part, f"{{{part}}}") for at, part in enumerate(parts)])

    @property
    def what(self) -> str:
        """What the rule says of a vault."""
        return _file(self.text, self.source).what

    @property
    def why(self) -> str:
        """Why that is wanted."""
        return _file(self.text, self.source).why

    @property
    def examples(self) -> tuple[Example, ...]:
        """The examples, at least one of them bad and one good. Raises UsageError with file, line and key."""
        node = _file(self.text, self.source).examples
        examples = bind_all(node, Example)
        if not any(e.bad is not None for e in examples) or not any(e.good is not None for e in examples):
            raise node.error("must show at least one `bad` text and one `good` text")
        return examples

    @property
    def placeholders(self) -> frozenset[str]:
        """Names of the values that the message uses."""
        return frozenset(_PLACEHOLDER.findall(self.message))


def load_rule(path: Path, pack: str, shown: str, *, trusted: bool = False) -> Rule:
    """The rule in the file at `path`, called `shown` in messages. Raises UsageError with file, line and key.

    What is wrong with its examples is told by `Rule.examples`. `trusted`: the file is known to be in order, so no more
    of it is read than a run of the linter needs.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as e:
        raise UsageError(f"{shown}: cannot be read: {e}") from e
    node = read_head(text, shown) if trusted else None
    if node:
        head = bind(node, _Head)
    else:
        node = read_yaml(text, shown)
        whole = _file(text, shown)
        head = _Head(whole.id, whole.check, whole.severity, whole.message, whole.options)
    if head.id != path.stem:
        values = node.value if isinstance(node.value, dict) else {}
        raise values["id"].error(f"must be the file's name, `{path.stem}`, not `{head.id}`")
    return Rule(*head, source=shown, pack=pack, text=text)


@cache
def _parts(message: str) -> list[str]:
    """Text and names of values, in turn."""
    return _PLACEHOLDER.split(message)


@cache
def _file(text: str, source: str) -> _File:
    return bind(read_yaml(text, source), _File)


def read_head(text: str, source: str) -> Node | None:
    """What stands before `what:` in a rule's file: `key: value` lines, the last of which may be `options:` with more of
    them below, whose values may be lists, or such lines in turn. Read without the YAML parser, which takes longer to
    load than all rules to read. None: not so simple.
    """
    head, found, _ = text.partition("\nwhat:")
    head, _, below = head.partition("\noptions:\n")
    said = _simple(head, source, 1, "")
    options = _simple(_dedent(below), source, head.count("\n") + 3, "options.") if below else {}
    if not found or said is None or options is None:
        return None
    if options:
        said["options"] = Node(options, source, head.count("\n") + 2, "options")
    return Node(said, source, 1, "")


def read_list(text: str, source: str) -> dict[str, Node] | None:
    """A file of `key: value` lines and lists alone, read so, too. None: not so simple."""
    return _simple(text, source, 1, "")


_NESTED = re.compile(r"^(\w[\w-]*):\n((?:  \w[^\n]*(?:\n|\Z))+)", re.M)


def _dedent(text: str) -> str:
    return re.sub("^  ", "", text, flags=re.M)


def _simple(text: str, source: str, line: int, above: str) -> dict[str, Node] | None:
    """The values in `text`, which begins on `line`, by key; `above` is put before their keys. None: not so simple."""
    out = {}
    for nested in _NESTED.finditer(text):
        at = line + text.count("\n", 0, nested.start())
        inside = _simple(_dedent(nested[2]), source, at + 1, f"{above}{nested[1]}.")
        if inside is None:
            return None
        out[nested[1]] = Node(inside, source, at, above + nested[1])
    text = _NESTED.sub(lambda nested: "\n" * nested[0].count("\n"), text)
    data = f"{text}\n".encode()
    for found in read_simple(data) or ():
        at = line + data.count(b"\n", 0, found.span.start)
        key = above + found.key
        if isinstance(found.value, list):
            items = [Node(item, source, at, f"{key}[{n}]") for n, item in enumerate(found.value) if _is_plain(item)]
            out[found.key] = Node(tuple(items), source, at, key)
        elif _is_plain(found.value):
            out[found.key] = Node(found.value, source, at, key)
    return out or None


def _is_plain(value: PropertyValue) -> TypeGuard[Scalar]:
    """Whether it is no list and no mapping; what is read simply holds none below the first level."""
    return not isinstance(value, list | dict)
