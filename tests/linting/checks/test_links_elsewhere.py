"""Links as other programs read them: case and paths."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultkit.linting.diagnostic import Diagnostic

Lint = Callable[..., list[Diagnostic]]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[recipes]]", "Recipes"),
        ("[[recipes.MD]]", "Recipes.md"),
        ("[[lists/recipes]]", "Lists/Recipes"),
        ("[[/lists/Recipes]]", "Lists/Recipes"),
        ("[[./b]]", "B"),
        ("[[Recipes]] [[Lists/Recipes.md]] [[Nowhere]] [[#a]] [[./B]]", ""),
        ("[a](recipes.md)", ""),
        ("[[か\u3099]]", ""),  # told by another rule
        ("[[straße]]", "Straße"),
    ],
)
def test_case(lint_files: Lint, text: str, told: str) -> None:
    files = {"a.md": text, "B.md": "", "Lists/Recipes.md": "", "が.md": "", "Straße.md": ""}
    found = lint_files(files, select=("links-case-exact",))
    assert [d.message.split("`")[3] for d in found] == ([told] if told else [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[x](B.md)", "../B.md"),
        ("[x](<../lists/c d.md>)", "../Lists/c d.md"),
        ("[x](c%20d)", "../Lists/c d.md"),
        ("![x](pic.PNG)", "pic.png"),
        ("[x](/Diary/a.md)", "a.md"),
        ("[x](../B.md#h) [x](../Lists/c%20d.md) ![x](pic.png) [x](a.md) [x](./a.md) [x](../Diary/a.md)", ""),
        ("![x](pic.png?raw=true) [x](#a) [[B]] ![[pic.PNG]] [x](None.md) [x](mailto:a@example.org)", ""),
    ],
)
def test_paths(lint_files: Lint, text: str, told: str) -> None:
    files = {"Diary/a.md": text, "B.md": "# h\n", "Lists/c d.md": "", "Diary/pic.png": ""}
    found = lint_files(files, select=("markdown-links-by-path",))
    assert [d.message.split("`")[3] for d in found] == ([told] if told else [])


def test_an_embed_keeps_its_size(lint_files: Lint) -> None:
    [found] = lint_files({"a.md": "![[PIC.png|100]]", "pic.png": ""}, select=("links-case-exact",))
    assert found.fix is not None
    assert [edit.text for edit in found.fix.edits] == [b"pic.png"]
