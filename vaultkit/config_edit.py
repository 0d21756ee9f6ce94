"""Adds a source to the text of `vaultkit.yaml`: new lines in the right place, all others stay byte for byte.

ruamel.yaml tells where things stand and writes the new lines; the rest of the file is not written by it, since that
would bring it into ruamel's own form. What comes out is read again and must say what was said, and the source. Pure.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from vaultkit.config import Config, parse_config
from vaultkit.errors import UsageError

_KEY = "sources"


def lines_for(name: str, source: Mapping[str, Any]) -> str:
    """`sources:` with one source, as a person would write it below."""
    return f"{_KEY}:\n{_dumped({name: source}, 2)}"


def add_source(text: str, name: str, source: Mapping[str, Any]) -> str | None:
    """`text` of the file with a source added at the end of `sources:`; that key is added at the end of the file when it
    is not there. None: the file is written in a form in which no lines can be added (`sources: {a: …}`)."""
    before = parse_config(text)
    try:
        root = YAML().load(text)
    except (YAMLError, ValueError, RecursionError) as e:
        raise UsageError(f"vaultkit.yaml: cannot be edited ({type(e).__name__})") from e
    if root is None:
        new = _joined(text, lines_for(name, source))
    elif not isinstance(root, CommentedMap) or root.fa.flow_style():
        return None
    elif _KEY not in root:
        new = _joined(text, lines_for(name, source))
    else:
        found = _inserted(text, root, name, source)
        if found is None:
            return None
        new = found
    return new if _says_the_same(new, before, name) else None


def _inserted(text: str, root: CommentedMap, name: str, source: Mapping[str, Any]) -> str | None:
    lines = text.splitlines(keepends=True)
    at: int = root.lc.key(_KEY)[0]
    there = root[_KEY]
    if not there:
        head = lines[at].partition("#")
        if there is not None and head[0].strip() not in (f"{_KEY}: {{}}", f"{_KEY}: []"):
            return None
        comment = f"  #{head[2]}" if head[1] else "\n"
        end = at + 1
        lines[at] = f"{_KEY}:{comment}"
        added = _dumped({name: source}, 2)
    elif isinstance(there, CommentedMap) and not there.fa.flow_style():
        end = _end(lines, at)
        added = _dumped({name: source}, there.lc.key(next(iter(there)))[1])
    elif isinstance(there, CommentedSeq) and not there.fa.flow_style():
        end = _end(lines, at)
        dash = len(lines[there.lc.item(0)[0]].split("-")[0])
        added = _dumped({"name": name, **source}, dash + 2)
        added = f"{' ' * dash}- {added[dash + 2 :]}"
    else:
        return None
    return _joined("".join(lines[:end]), added, gap=False) + "".join(lines[end:])


def _end(lines: Sequence[str], at: int) -> int:
    """The line behind the last one of the block that begins on line `at`."""
    end = at + 1
    for number in range(at + 1, len(lines)):
        line = lines[number]
        if line.strip() and not line.startswith((" ", "-")):
            if not line.startswith("#"):
                break
        elif line.strip():
            end = number + 1
    return end


def _joined(text: str, added: str, gap: bool = True) -> str:
    """`added` below `text`, with its line ends."""
    end = "\r\n" if "\r\n" in text else "\n"
    text = text if not text or text.endswith("\n") else text + end
    return text + (end if gap and text else "") + added.replace("\n", end)


def _dumped(value: Mapping[str, Any], indent: int) -> str:
    out = io.StringIO()
    yaml = YAML()
    yaml.width = 10_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(dict(value), out)
    return "".join(f"{' ' * indent}{line}" for line in out.getvalue().splitlines(keepends=True))


def _says_the_same(text: str, before: Config, name: str) -> bool:
    try:
        after = parse_config(text)
    except UsageError:
        return False
    return (
        after._replace(sources=before.sources) == before
        and [*after.sources[:-1]] == [*before.sources]
        and (after.sources[-1].name == name)
    )
