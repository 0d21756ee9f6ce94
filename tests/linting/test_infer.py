"""A schema proposed from notes says what they have in common, and all of them fit it."""

from __future__ import annotations

import pytest

from tests.conftest import write_tree
from vaultkit.linting.infer import infer
from vaultkit.vault.parse import parse


def _schema(*blocks: str) -> dict[str, object]:
    return infer(parse(f"{i}.md", f"---\n{block}\n---\n".encode()) for i, block in enumerate(blocks))


@pytest.mark.parametrize(
    ("values", "schema"),
    [
        (["1", "2"], {"type": "integer"}),
        (["1", "2.5"], {"type": "number"}),
        (["yes", "雨"], {"type": "string"}),
        (["true"], {"type": "boolean"}),
        (["1", "x"], {"type": ["integer", "string"]}),
        (["2024-01-17", "2024-02-29"], {"type": "string", "format": "date"}),
        (["2024-01-17", "2024-02-30"], {"type": "string"}),
        (["[a, b]", "[]"], {"type": "array", "items": {"type": "string"}}),
        (["[a, null]"], {"type": "array"}),
        (["{a: 1}"], {"type": "object"}),
        (["open", "closed"] * 5, {"enum": ["closed", "open"]}),
        (["open", "closed"] * 4, {"type": "string"}),
        ([str(i) + "x" for i in range(40)], {"type": "string"}),
    ],
)
def test_values(values: list[str], schema: dict[str, object]) -> None:
    assert _schema(*(f"k: {value}" for value in values)) == {"required": ["k"], "properties": {"k": schema}}


def test_what_only_some_have_is_not_required() -> None:
    found = _schema("a: 1\nb: 2", "a: 3\nb:", "type: index", "a: @b")
    assert found == {"required": ["a"], "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}}
    assert _schema("a:", "") == {}


def test_the_notes_fit_what_is_proposed_from_them(run, vault) -> None:
    notes = {
        f"Papers [old]/{i}.md": f"---\ntitle: 雨 {i}\nyear: 20{i}\nread: 2024-01-{i}\n"
        f"state: {'未読' if i % 2 else '既読'}\ntags:\n  - paper\nnote:\n---\n"
        for i in range(10, 20)
    }
    root = vault({**notes, "b.md": "---\nother: x\n---\n"})
    proposed = run("rules", "infer", root / "Papers [old]")
    assert proposed.code == 0, proposed.err
    assert "- Papers ?old?/**" in proposed.out
    assert "format: date" in proposed.out
    assert "other" not in proposed.out
    write_tree(root, {"vaultkit.yaml": proposed.out})
    assert run("lint", root, "--select", "properties-schema").code == 0
    write_tree(root, {"Papers [old]/30.md": "---\ntitle: x\nyear: x\n---\n"})
    assert "properties-schema `year` should be a whole number" in run("lint", root).out


def test_a_folder_without_notes_is_told(run, vault) -> None:
    root = vault({"a.md": "text"})
    assert run("rules", "infer", root).err.endswith("no note has a property with a value\n")
    assert run("rules", "infer", root / "none").code == 2
    assert run("rules", "infer", root.parent).err.endswith("vaultkit.yaml)\n")
