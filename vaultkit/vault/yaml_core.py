"""YAML as Obsidian reads and writes it: version 1.2, core schema.

Reading stands behind limits: most are checked before the C parser sees a byte, because 60 kB of brackets can kill the
interpreter; what aliases stand for is weighed before it is written out. `yes`, `12:30` and dates are strings, `0123`
keeps its text, `<<` is a key like any other, a duplicate key is an error; of the tags those of the core schema count.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from vaultkit.vault.note import PropertyValue, Scalar

MAX_BYTES = 64 * 1024
MAX_DEPTH = 64
MAX_ALIASES = 20
MAX_WEIGHT = 4 * MAX_BYTES
"""Characters when every alias is written out; without aliases no text comes near it."""

TWICE = "is there twice"
"""How the message ends for a key that stands in a mapping for the second time."""

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\Z")
_BASED = re.compile(r"0(?:o[0-7]{1,16}|x[0-9a-fA-F]{1,16})\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?\Z")
_SPECIAL = {".inf": float("inf"), "+.inf": float("inf"), "-.inf": float("-inf"), ".nan": float("nan")}
_TAG = "tag:yaml.org,2002:"
_TAGGED = {f"{_TAG}null": type(None), f"{_TAG}bool": bool, f"{_TAG}int": int, f"{_TAG}float": float}
_ALIAS = re.compile(r"(?:^|[\s\[{,:-])\*[^\s\[\]{},]+")
_STACKED = re.compile(rf"(?:[-?:][ \t]+){{{MAX_DEPTH}}}")


class YamlError(Exception):
    """YAML that Obsidian could not read either, or that passes a limit. `line` counts from 0."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class Entry(NamedTuple):
    """One key of the top-level mapping: its value, and where it stands as character offsets into the text."""

    key: str
    value: PropertyValue
    start: int
    end: int
    """End of the value as the parser sees it: behind the blank lines and comments below, unless `in_braces`."""
    in_braces: bool
    """Whether the whole mapping is written `{key: value}`, as JSON is."""


def read_mapping(text: str, *, twice: bool = False) -> list[Entry] | None:
    """The top-level mapping of `text` in order; None when it is empty or no mapping. Raises YamlError.

    `twice`: a key may be there twice, for those who look for such keys.
    """
    node = compose(text)
    if node is None or node.id != "mapping":
        return None
    out: list[Entry] = []
    seen: set[str] = set()
    reached = 0
    for key_node, value_node in node.value:
        key = _key(key_node, set() if twice else seen, 0)
        start, end = key_node.start_mark.index, value_node.end_mark.index
        if start < reached:  # the parser tells the place of what `*x` stands for, not its own
            raise YamlError(f"the key `{key}` is an alias", value_node.start_mark.line)
        reached = max(start + 1, end)
        out.append(Entry(key, _value(value_node, 0), start, end, bool(node.flow_style)))
    return out


def compose(text: str) -> Any:
    """The root node of `text`, with its marks, types not resolved; None when it is empty. Raises YamlError.

    A node's `tag` is None where none is written. One node may stand in several places, but never inside itself.
    """
    check_limits(text)
    import yaml

    loader = _loader(text)
    try:
        root = loader.get_single_node()
    except yaml.MarkedYAMLError as e:
        mark = e.problem_mark or e.context_mark
        raise YamlError(_plain_words(str(e.problem or e.context)), mark.line if mark else 0) from e
    except (yaml.YAMLError, ValueError, RecursionError) as e:
        raise YamlError(_plain_words(str(e).splitlines()[0])) from e
    finally:
        loader.dispose()
    if root is not None and "*" in text and _weight(root, 0, {}) > MAX_WEIGHT:
        raise YamlError(f"aliases make it larger than {MAX_WEIGHT // 1024} kB")
    return root


def check_limits(text: str) -> None:
    """Raise YamlError for what must not reach the parser: size, depth, stacked indicators, aliases."""
    if len(text) <= MAX_DEPTH:
        return  # too short to pass any
    if len(text) > MAX_BYTES:
        raise YamlError(f"larger than {MAX_BYTES // 1024} kB")
    depth = 0
    if text.count("[") + text.count("{") > MAX_DEPTH:
        for char in text:
            if char in "[{":
                depth += 1
                if depth > MAX_DEPTH:
                    raise YamlError(f"brackets nested deeper than {MAX_DEPTH}")
            elif char in "]}":
                depth = max(0, depth - 1)
    if text.count(" ") + text.count("\t") >= MAX_DEPTH and _STACKED.search(text):
        raise YamlError(f"lists nested deeper than {MAX_DEPTH}")
    if "*" in text and "&" in text and len(_ALIAS.findall(text)) > MAX_ALIASES:
        raise YamlError(f"more than {MAX_ALIASES} aliases")


def _weight(node: Any, depth: int, known: dict[int, int]) -> int:
    """How many characters `node` says with its aliases written out. Raises YamlError for an alias inside its anchor."""
    if depth > MAX_DEPTH:
        raise _too_deep(node)
    if id(node) not in known:
        if node.id == "scalar":
            parts = [len(node.value)]
        elif node.id == "sequence":
            parts = [_weight(child, depth + 1, known) for child in node.value]
        else:
            parts = [_weight(child, depth + 1, known) for pair in node.value for child in pair]
        known[id(node)] = 1 + sum(parts)
    return known[id(node)]


def _loader(text: str) -> Any:
    """A loader that composes nodes and resolves no types: the C parser, or the Python one where it is missing."""
    global _Loader
    if _Loader is None:
        import yaml
        from yaml.composer import Composer
        from yaml.parser import Parser
        from yaml.reader import Reader
        from yaml.scanner import Scanner

        if yaml.__with_libyaml__:
            from yaml.cyaml import CParser  # type: ignore[attr-defined]

            class Fast(_NoTypes, CParser):
                def __init__(self, stream: str) -> None:
                    CParser.__init__(self, stream)

            _Loader = Fast
        else:

            class Slow(_NoTypes, Reader, Scanner, Parser, Composer):
                def __init__(self, stream: str) -> None:
                    Reader.__init__(self, stream)
                    Scanner.__init__(self)
                    Parser.__init__(self)
                    Composer.__init__(self)

            _Loader = Slow
    return _Loader(text)


class _NoTypes:
    """What the library asks for the tag of a node without one: there is none."""

    def resolve(self, _kind: object, _value: object, _implicit: object) -> None:
        return None

    def descend_resolver(self, _parent: object, _index: object) -> None: ...

    def ascend_resolver(self) -> None: ...


_Loader: Any = None


def _value(node: Any, depth: int) -> PropertyValue:
    if depth > MAX_DEPTH:
        raise _too_deep(node)
    if node.id == "scalar":
        return scalar_value(node)
    if node.id == "sequence":
        return [_value(child, depth + 1) for child in node.value]
    out: dict[str, PropertyValue] = {}
    seen: set[str] = set()
    for key_node, value_node in node.value:
        out[_key(key_node, seen, depth + 1)] = _value(value_node, depth + 1)
    return out


def _key(node: Any, seen: set[str], depth: int) -> str:
    """A key as text, as a JavaScript object holds it. Raises YamlError when it is there already."""
    key = str(node.value) if node.id == "scalar" else _flow(_value(node, depth))
    if key in seen:
        raise YamlError(f"the key `{key}` {TWICE}", node.start_mark.line)
    seen.add(key)
    return key


def _flow(value: PropertyValue) -> str:
    """The text of a list or mapping as a key: that of `{{date}}` is `{ date }`. No quotes, which would double."""
    if isinstance(value, list):
        return f"[ {', '.join(map(_flow, value))} ]" if value else "[]"
    if isinstance(value, dict):
        pairs = (key if item is None else f"{key}: {_flow(item)}" for key, item in value.items())
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _too_deep(node: Any) -> YamlError:
    return YamlError(f"nested deeper than {MAX_DEPTH}", node.start_mark.line)


def scalar_value(node: Any) -> Scalar:
    """What a scalar node says: by its tag if it is one of the core schema (`!!str 12`) and the text fits, else as
    written, quoted or plain."""
    if node.tag == f"{_TAG}str":
        return str(node.value)
    if node.tag not in _TAGGED:
        return str(node.value) if node.style else core_scalar(node.value)
    value, kind = core_scalar(node.value), _TAGGED[node.tag]
    if kind is float and type(value) is int:
        return float(value)
    return value if type(value) is kind else str(node.value)


def core_scalar(text: str) -> Scalar:
    """A plain scalar by the core schema. A number that would lose its spelling (`0123`) stays text."""
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    first = text[0]
    if first not in "0123456789+-.":
        return text
    if _INT.match(text):
        return int(text)
    if _BASED.match(text):
        return int(text, 0)
    if _FLOAT.match(text) and not re.match(r"[-+]?0[0-9]", text) and len(text) < 40 and not text.lstrip("+-").isdigit():
        return float(text)
    return _SPECIAL.get(text.lower(), text)


def looks_typed(text: str) -> bool:
    """Whether a plain scalar would be read as something else than this text, so that it must be quoted."""
    if text[:1] not in "0123456789+-.":  # it is no number
        return text in _NULL or text in _BOOL
    return not isinstance(core_scalar(text), str) or bool(_FLOAT.match(text) or _INT.match(text))


def _plain_words(problem: str) -> str:
    return problem.replace("\n", " ").strip()
