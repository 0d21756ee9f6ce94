"""A source is added to vaultkit.yaml; whatever else stands there stays byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.config import parse_config
from vaultkit.config_edit import add_source, lines_for

NEW = {"path": "~/log.txt", "tags": ["a", "1b"], "into": "Log: old"}
ADDED = "  log:\n    path: ~/log.txt\n    tags:\n      - a\n      - 1b\n    into: 'Log: old'\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", f"sources:\n{ADDED}", id="empty"),
        pytest.param("# only this\n", f"# only this\n\nsources:\n{ADDED}", id="a comment"),
        pytest.param(
            "lint: {ignore: [a] }   # why", f"lint: {{ignore: [a] }}   # why\n\nsources:\n{ADDED}", id="no end"
        ),
        pytest.param("sources:\nlint: {}\n", f"sources:\n{ADDED}lint: {{}}\n", id="nothing named"),
        pytest.param("sources: {} # none yet\n", f"sources:  # none yet\n{ADDED}", id="an empty mapping"),
        pytest.param("sources: []\n# end\n", f"sources:\n{ADDED}# end\n", id="an empty list"),
        pytest.param(
            "sources:  # mine\n  a: {path:   x}  # first\n\n  # second\n  b:\n    path: 'y'\n"
            "\n# then\nlint:\n  ignore: []\n",
            "sources:  # mine\n  a: {path:   x}  # first\n\n  # second\n  b:\n    path: 'y'\n"
            f"{ADDED}\n# then\nlint:\n  ignore: []\n",
            id="a mapping",
        ),
        pytest.param(
            "sources:\n    a:\n        path: x",
            "sources:\n    a:\n        path: x\n" + "".join(f"  {line}\n" for line in ADDED.splitlines()),
            id="deeper, without an end",
        ),
        pytest.param(
            "sources:\n- name: a\n  path: x\nlint: {}\n",
            "sources:\n- name: a\n  path: x\n- name: log\n  path: ~/log.txt\n  tags:\n    - a\n    - 1b\n"
            "  into: 'Log: old'\nlint: {}\n",
            id="a list",
        ),
        pytest.param(
            "sources:\n  - name: a\n    path: x\n",
            "sources:\n  - name: a\n    path: x\n  - name: log\n    path: ~/log.txt\n    tags:\n      - a\n      - 1b\n"
            "    into: 'Log: old'\n",
            id="a list with indentation",
        ),
        pytest.param(
            "sources:\r\n  a:\r\n    path: x\r\n",
            "sources:\r\n  a:\r\n    path: x\r\n" + ADDED.replace("\n", "\r\n"),
            id="CRLF",
        ),
    ],
)
def test_the_new_lines_and_nothing_else(before: str, after: str) -> None:
    assert add_source(before, "log", NEW) == after
    source = parse_config(after).sources[-1]
    assert (source.name, source.path, source.tags, source.into) == ("log", ("~/log.txt",), ("a", "1b"), "Log: old")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("sources: {a: {path: x}}\n", id="flow"),
        pytest.param("{lint: {}}\n", id="all flow"),
        pytest.param("sources: [{name: a, path: x}]\n", id="flow list"),
        pytest.param("sources:\n  log: {path: x}\n", id="the name is taken"),
    ],
)
def test_where_no_lines_can_be_added_nothing_is_guessed(text: str) -> None:
    assert add_source(text, "log", NEW) is None


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1).filter(str.strip),
    st.sampled_from(["", "sources:\n", "lint: {}\n", "sources:\n  a: {path: x}\n", "sources:\n- {name: a, path: x}\n"]),
)
def test_any_path_comes_back_as_it_was(path: str, text: str) -> None:
    new = add_source(text, "log", {"path": path})
    assert new is not None
    assert parse_config(new).sources[-1].path == (path,)
    assert parse_config(lines_for("log", {"path": path})).sources[-1].path == (path,)
