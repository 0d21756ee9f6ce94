"""Files that an issue's texts show, under the names that they get in the vault."""

from __future__ import annotations

import pytest

from tests.conftest import not_hanging
from vaultkit.importing.entry import Attachment
from vaultkit.importing.issue.embeds import Embeds
from vaultkit.importing.markup.pictures import Picture

AT = "https://files.example"
FILES = {f"{AT}/1": "a/pot.png", f"{AT}/2": "b/pot.png", f"{AT}/3": "c/log.txt", "/up/[x]|y.png": "d/[x]|y.png"}


def resolve(src: str) -> Picture | None:
    if src in FILES:
        return Picture(Attachment(FILES[src].rpartition("/")[2], FILES[src]))
    return Picture(address=f"https://tea.example{src}") if src.startswith("/up/") else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"![pot]({AT}/1)", "![[pot.png]]", id="image"),
        pytest.param(f'![a cup]({AT}/1 "of tea")', "![[pot.png|a cup, of tea]]", id="image with texts"),
        pytest.param(f"![pot]({AT}/1){{width=300 height=20}}", "![[pot.png|300x20]]", id="size"),
        pytest.param(f"![pot]({AT}/1){{width=75%}}", "![[pot.png]]", id="part of the page"),
        pytest.param(f'<img width="30" src="{AT}/1">', "![[pot.png|30]]", id="tag"),
        pytest.param(f"[![pot]({AT}/1)]({AT}/1)", "![[pot.png]]", id="image that leads to itself"),
        pytest.param(f"[![pot]({AT}/1)](https://x.example)", "[![[pot.png]]](https://x.example)", id="image in a link"),
        pytest.param(f"see [this]({AT}/3)!", "see ![[log.txt|this]]!", id="link"),
        pytest.param(f'<video src="{AT}/1" controls></video>', "![[pot.png]]", id="video"),
        pytest.param(f"So:\n{AT}/1\n<{AT}/3>", "So:\n![[pot.png]]\n![[log.txt]]", id="alone on a line"),
        pytest.param(f"at {AT}/1 or so", f"at {AT}/1 or so", id="address in a sentence"),
        pytest.param(f"| a | ![new]({AT}/1) |", "| a | ![[pot.png]] new |", id="table"),
        pytest.param(f"`![pot]({AT}/1)`", f"`![pot]({AT}/1)`", id="code"),
        pytest.param(f"```\n![pot]({AT}/1)\n{AT}/1\n```", f"```\n![pot]({AT}/1)\n{AT}/1\n```", id="block of code"),
        pytest.param(f"![1]({AT}/1) ![2]({AT}/2)", "![[pot.png]] 1 ![[pot 2.png]] 2", id="of one name"),
        pytest.param("![](</up/[x]|y.png>)", "![[_x__y.png]]", id="name that no link can hold"),
        pytest.param("![x](/up/lost.png)", "![x](https://tea.example/up/lost.png)", id="elsewhere"),
        pytest.param("[x](/up/lost.pdf)", "[x](https://tea.example/up/lost.pdf)", id="link elsewhere"),
        pytest.param("![x](y.png) [z](w)", "![x](y.png) [z](w)", id="unknown"),
    ],
)
def test_texts(text: str, expected: str) -> None:
    assert Embeds(resolve).put(text) == expected


def test_a_file_has_one_name_in_all_texts() -> None:
    embeds = Embeds(resolve)
    assert embeds.put(f"![]({AT}/1)") == "![[pot.png]]"
    assert embeds.put(f"![]({AT}/2)\n![]({AT}/1)") == "![[pot 2.png]]\n![[pot.png]]"
    assert embeds.attachments == (Attachment("pot.png", "a/pot.png"), Attachment("pot 2.png", "b/pot.png"))


@pytest.mark.parametrize("unit", ["![", "[![[", "[a", "![a](", "<video ", "![a](b){"])
def test_a_megabyte_takes_no_time(unit: str) -> None:
    with not_hanging(10):
        Embeds(resolve).put(unit * (500_000 // len(unit)))
