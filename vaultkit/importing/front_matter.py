"""Front matter that other programs wrote: YAML between `---`, TOML between `+++`, a JSON object before the text.

Knows where a block ends, which limits it must keep, and what to do when it is broken. Knows no key by name (a source
does) and never writes front matter.

Everything is read as text, so that `12:30` stays a time and `1.10` a version; only plain whole numbers and
`true`/`false` become values. The three handlers are python-frontmatter's, with stricter fences: its own `parse()` takes
any `---` for a fence and strips the body, which loses the indentation of a body that starts with code.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler

from vaultkit.importing.front_matter_values import Field, as_text, plain_value, read_by_line

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # a PyYAML built without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

MAX_CHARACTERS = 64 * 1024
MAX_DEPTH = 64


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a block: the 1-based line of the file, what it is, and the text concerned, if any."""

    line: int
    message: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a page says about itself, and the text below it."""

    fields: dict[str, Field]
    body: str
    line: int
    """The 1-based line of the file on which `body` starts."""
    problems: tuple[Problem, ...] = ()
    leftover: str = ""
    """Lines of the block that no field holds in full: comments, type tags."""


def read_front_matter(text: str) -> FrontMatter | None:
    """The front matter of `text`, or None when it starts with none. Never raises: broken blocks are read by line."""
    handler = frontmatter.detect_format(text, HANDLERS)
    if not isinstance(handler, _Handler):
        return None
    block, body = handler.split(text)
    problems: list[Problem] = []
    fields: dict[str, Field]
    try:
        if len(block) > MAX_CHARACTERS:
            raise _BrokenError(1, f"the front matter is longer than {MAX_CHARACTERS} characters")
        fields, problems = handler.read(block)
        leftover = "" if isinstance(handler, JsonHandler) else _unread_lines(block, fields)  # JSON has no comments
    except _BrokenError as e:
        problems = [Problem(e.line, f"{e.message}; it was read line by line instead")]
        fields, leftover = read_by_line(block)
    line = text.count("\n", 0, len(text) - len(body)) + 1
    return FrontMatter(fields, body, line, tuple(problems), leftover)


def read_yaml(text: str) -> dict[str, Field]:
    """The keys of a whole YAML file, say a site's configuration, under the same limits. Empty when it is broken."""
    try:
        return YamlHandler().read(text)[0] if len(text) <= MAX_CHARACTERS else {}
    except _BrokenError:
        return {}


def read_toml(text: str) -> dict[str, Field]:
    """As `read_yaml`, of TOML."""
    try:
        return TomlHandler().read(text)[0] if len(text) <= MAX_CHARACTERS else {}
    except _BrokenError:
        return {}


class _BrokenError(Exception):
    """A block that must not or cannot be parsed. `line` is the line of the file."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class _Handler(BaseHandler):
    """A handler whose block stands at the very top of the text, between two fences on lines of their own."""

    FM_BOUNDARY = re.compile(r"(?!)")
    OPEN = ""
    CLOSE = re.compile(r"(?!)")
    KEY = re.compile(r"(?!)")

    def detect(self, text: str) -> bool:
        return self._fences(text) is not None

    def split(self, text: str) -> tuple[str, str]:
        """The block and the text below it, both to the letter."""
        fences = self._fences(text)
        if fences is None:
            raise ValueError("no front matter")  # what python-frontmatter expects
        start, end, body = fences
        return text[start:end], text[body:]

    def read(self, block: str) -> tuple[dict[str, Field], list[Problem]]:
        """The fields of `block`, and what was odd about it. Raises _BrokenError."""
        raise NotImplementedError

    def _fences(self, text: str) -> tuple[int, int, int] | None:
        """Start and end of the block, start of the body; None when there is no block of `key: value` lines."""
        first, newline, _ = text.partition("\n")
        if first.rstrip() != self.OPEN or not newline:
            return None
        start = len(first) + 1
        closing = self.CLOSE.search(text, start)
        if closing is None:
            return None
        for line in text[start : closing.start()].splitlines():
            if line.strip() and not line.lstrip().startswith("#"):
                # Prose between two thematic breaks is not front matter.
                return (start, closing.start(), closing.end()) if self.KEY.match(line) else None
        return start, closing.start(), closing.end()


class YamlHandler(_Handler):
    """`---`, YAML, `---` or `...`, as Jekyll and Hugo write it."""

    OPEN = "---"
    CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*+(?:\n|\Z)", re.MULTILINE)
    KEY = re.compile(r"""\s*+["']?\w[\w.-]*+["']?[ \t]*+:(?:\s|$)""")

    def read(self, block: str) -> tuple[dict[str, Field], list[Problem]]:
        problems: list[Problem] = []
        try:
            events = yaml.parse(block, Loader=Loader)
            for event in events:
                if isinstance(event, yaml.MappingStartEvent):
                    return _yaml_mapping(events, 1, problems), problems
                if isinstance(event, yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.AliasEvent):
                    raise _BrokenError(2, "the front matter holds no keys")
        except yaml.YAMLError as e:
            mark = getattr(e, "problem_mark", None)
            what = getattr(e, "problem", None) or getattr(e, "reason", None) or "it cannot be read"
            raise _BrokenError(mark.line + 2 if mark else 2, f"the front matter is not YAML ({what})") from e
        return {}, problems


def _yaml_mapping(events: Iterator[yaml.Event], depth: int, problems: list[Problem]) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        line = _line(event)
        key = as_text(_yaml_value(event, events, depth, problems))
        value = _yaml_value(next(events), events, depth, problems)
        if key in found:
            # The last one counts, as it does in Jekyll.
            problems.append(Problem(line, f"the key `{key}` occurs twice; the last one counts", as_text(found[key])))
        found[key] = value
    return found


def _yaml_value(event: yaml.Event, events: Iterator[yaml.Event], depth: int, problems: list[Problem]) -> Field:
    """The value that starts with `event`. Events, not nodes: an alias is seen before anything is copied."""
    line = _line(event)
    if depth > MAX_DEPTH:
        raise _BrokenError(line, f"the front matter is nested deeper than {MAX_DEPTH} levels")
    if isinstance(event, yaml.ScalarEvent):
        return plain_value(event.value) if event.style in (None, "") else event.value
    if isinstance(event, yaml.MappingStartEvent):
        return _yaml_mapping(events, depth + 1, problems)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Field] = []
        for item in events:
            if isinstance(item, yaml.SequenceEndEvent):
                break
            items.append(_yaml_value(item, events, depth + 1, problems))
        return items
    raise _BrokenError(line, "the front matter refers to another part of itself (`*name`)")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 2 if event.start_mark else 2


class TomlHandler(_Handler):
    """`+++`, TOML, `+++`, as Hugo writes it."""

    OPEN = "+++"
    CLOSE = re.compile(r"^\+\+\+[ \t]*+(?:\n|\Z)", re.MULTILINE)
    KEY = re.compile(r"""\s*+(?:["']?\w[\w.-]*+["']?\s*+=|\[)""")

    def read(self, block: str) -> tuple[dict[str, Field], list[Problem]]:
        depth = 0
        for number, line in enumerate(block.splitlines(), 2):
            dots = line.partition("=")[0].count(".")  # `a.b.c = 1` nests as well
            for character in line:  # brackets in texts count too: nobody leaves 64 of them open
                depth += (character in "[{") - (character in "]}")
                if depth + dots > MAX_DEPTH:
                    raise _BrokenError(number, f"the front matter is nested deeper than {MAX_DEPTH} levels")
        try:
            return _fields(tomllib.loads(block, parse_float=str)), []
        except ValueError as e:
            where = re.search(r"line (\d+)", str(e))
            broken = int(where[1]) + 1 if where else 2
            raise _BrokenError(broken, f"the front matter is not TOML ({e})") from e


class JsonHandler(_Handler):
    """A JSON object, then the text, as Hugo writes it. A file that is nothing but JSON is not a page."""

    TOKEN = re.compile(r'"(?:[^"\\]|\\(?:.|\Z))*+(?:"|\Z)|[\[{\]}]', re.DOTALL)
    """A text (one without an end runs to the end, so that it is not read twice) or a bracket."""

    def read(self, block: str) -> tuple[dict[str, Field], list[Problem]]:
        problems: list[Problem] = []

        def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
            found: dict[str, object] = {}
            for key, value in pairs:
                if key in found:
                    text = as_text(_field(found[key]))
                    problems.append(Problem(1, f"the key `{key}` occurs twice; the last one counts", text))
                found[key] = value
            return found

        try:
            return _fields(json.loads(block, object_pairs_hook=unique, parse_float=str)), problems
        except ValueError as e:
            line = e.lineno if isinstance(e, json.JSONDecodeError) else 1
            raise _BrokenError(line, f"the front matter is not JSON ({e})") from e

    def _fences(self, text: str) -> tuple[int, int, int] | None:
        if not re.match(r'\{\s*+(?:"|\}\s)', text):
            return None
        depth = 0
        for token in self.TOKEN.finditer(text[: MAX_CHARACTERS + 1]):
            if token[0] in "[{":
                depth += 1
            elif token[0] in "]}":
                depth -= 1
            if depth > MAX_DEPTH:
                return None
            if depth == 0:
                end = token.end()
                rest = re.compile(r"[ \t]*+\n\s*+(?P<body>\S(?P<second>.?))").match(text, end)
                # A second object makes it JSON lines; `{{` and `{%` begin a page with template code.
                if rest is None or (rest["body"].startswith("{") and rest["second"] not in ("{", "%")):
                    return None
                return 0, end, text.index("\n", end) + 1
        return None


HANDLERS = (YamlHandler(), TomlHandler(), JsonHandler())


def _fields(parsed: object) -> dict[str, Field]:
    """What a TOML or JSON parser made of a block. Raises _BrokenError when it is no table of keys, or too deep."""
    made = _field(parsed)
    if not isinstance(made, dict):
        raise _BrokenError(1, "the front matter holds no keys")
    return made


def _field(value: object, depth: int = 1) -> Field:
    if depth > MAX_DEPTH:
        raise _BrokenError(2, f"the front matter is nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, dict):
        return {str(key): _field(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_field(item, depth + 1) for item in value]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if value is None:
        return ""
    return value if isinstance(value, str | int) else str(value)


def _unread_lines(block: str, fields: dict[str, Field]) -> str:
    """The lines of `block` with a word that no field holds."""
    text = as_text(fields)
    held = {"null", *re.findall(r"\w+", text), *re.findall(r"\w+", text.replace("+00:00", "Z"))}  # TOML's own dates
    lost = (line for line in block.splitlines() if any(word not in held for word in re.findall(r"\w+", line)))
    return "\n".join(line.strip() for line in lost)
