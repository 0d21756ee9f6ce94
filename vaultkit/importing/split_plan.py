"""The plan file in which a person corrects where a text without dates is cut into entries.

Knows the plan's YAML, and loads ruamel.yaml for it, which takes its time: only who asks for a plan imports this.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted  # `00` or `yes` must stay text

from vaultkit.dates.titles import SHORT, columns
from vaultkit.errors import UsageError
from vaultkit.importing.plain_text import fenced, stands_alone
from vaultkit.importing.source import Split

_COMMENT = """\
Where {name} is cut into entries: at each line that has `title: true`.
Change true to false and false to true until it is right; any other line can be added in the same way.
`text` is only there to read. It must stay as it is, so that the plan is never used for another text.
"""


def write_plan(export_name: str, text: str, split: Split) -> str:
    """The plan for `text` as commented YAML: the titles of `split`, and all other lines that are short and alone."""
    lines = text.split("\n")
    code = fenced(lines)
    others = (i + 1 for i, s in enumerate(lines) if stands_alone(lines, i) and not code[i] and columns(s) <= SHORT)
    rows = CommentedSeq(
        CommentedMap({"line": number, "title": number in split.titles, "text": Quoted(lines[number - 1].strip())})
        for number in sorted({*split.titles, *others})
    )
    plan = CommentedMap({"lines": rows})
    plan.yaml_set_start_comment(_COMMENT.format(name=" ".join(export_name.split())))
    out = io.StringIO()
    yaml = YAML()
    yaml.width = 10_000  # one line of the text, one line of the plan
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(plan, out)
    return out.getvalue()


def read_plan(yaml_text: str, text: str, plan_name: str) -> Split:
    """The split that the plan `yaml_text` asks for in `text`.

    Raises UsageError with the plan's name, line and key when it is no plan, when it names a line that `text` does not
    have or a blank one, when a line reads differently now, and when no line is a title.
    """
    lines = text.split("\n")
    titles: dict[int, bool] = {}
    for row, place in _rows(yaml_text, plan_name):
        number, is_title = row.get("line"), row.get("title")
        if not isinstance(number, int) or isinstance(number, bool):
            raise UsageError(f"{place}: `line` must be the number of a line")
        if type(is_title) is not bool:
            raise UsageError(f"{place}: `title` must be true or false")
        if number in titles:
            raise UsageError(f"{place}: `line: {number}` stands in the plan twice")
        if not 1 <= number <= len(lines):
            raise UsageError(f"{place}: `line: {number}`: the lines of the export are 1 to {len(lines)}")
        line = lines[number - 1].strip()
        if not line:
            raise UsageError(f"{place}: `line: {number}` is blank in the export")
        if row.get("text", line) != line:
            raise UsageError(
                f"{place}: `text`: line {number} of the export reads `{line}`; this plan is not for it, make a new one"
            )
        titles[number] = is_title
    if not any(titles.values()):
        raise UsageError(f"{plan_name}: no line has `title: true`; there would be no entry")
    return Split(tuple(sorted(number for number, is_title in titles.items() if is_title)))


def _rows(yaml_text: str, plan_name: str) -> Sequence[tuple[dict[str, Any], str]]:
    """The items of `lines`, each with its place."""
    try:
        plan = YAML().load(yaml_text)
    except MarkedYAMLError as e:
        mark = e.problem_mark or e.context_mark
        where = f"{plan_name}: line {mark.line + 1}" if mark else plan_name
        raise UsageError(f"{where}: is not valid YAML ({e.problem or e.context})") from e
    except (YAMLError, RecursionError, ValueError) as e:
        raise UsageError(f"{plan_name}: is not valid YAML ({type(e).__name__})") from e
    if not isinstance(plan, CommentedMap) or not isinstance(plan.get("lines"), CommentedSeq):
        raise UsageError(f"{plan_name}: line 1: `lines` must be a list; vaultkit writes such a plan for you")
    _only(plan, {"lines"}, plan_name)
    rows = []
    for i, row in enumerate(plan["lines"]):
        place = f"{plan_name}: line {plan['lines'].lc.item(i)[0] + 1}"
        if not isinstance(row, CommentedMap):
            raise UsageError(f"{place}: each of `lines` must have `line`, `title` and `text`")
        _only(row, {"line", "title", "text"}, plan_name)
        rows.append((dict(row), place))
    return rows


def _only(mapping: CommentedMap, known: set[str], plan_name: str) -> None:
    for key in mapping:
        if key not in known:
            line = mapping.lc.key(key)[0] + 1
            raise UsageError(
                f"{plan_name}: line {line}: `{key}` is no key of a plan; known are {', '.join(sorted(known))}"
            )
