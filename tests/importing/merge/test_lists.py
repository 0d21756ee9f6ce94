"""Lists of plain words are changed without an editor, and exactly as the editor would."""

from __future__ import annotations

from random import Random

import pytest

from vaultkit.importing.merge import lists
from vaultkit.importing.merge.lists import ListChange, change_list, identity
from vaultkit.importing.merge.properties import take_block
from vaultkit.vault.property_items import listed

_ITEMS = ("a", "b", "Foo", "読書", "x/y", "true", "null", "~", "1", "a-b", "#d", "two words", "ü", "no", "later")


def test_as_the_editor_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = lists._with_words
    changed = 0
    for seed in range(2500):
        random = Random(seed)
        key, block = _block(random)
        read = take_block(block)
        assert read
        value = listed(read.entries[key].value)
        there = {identity(key, item) for item in value}
        added = [item for item in random.sample(_ITEMS, random.randrange(3)) if identity(key, item) not in there]
        removed = random.sample([item for item in value if not isinstance(item, list | dict)], random.randrange(2))
        change = ListChange([*added], removed)
        done = quick(block, key, change)
        if done is not None and (added or removed):
            monkeypatch.setattr(lists, "_with_words", lambda *_: None)
            assert done == change_list(block, key, change), (seed, block, change)
            monkeypatch.undo()
            changed += 1
    assert changed > 100


def _block(random: Random) -> tuple[str, bytes]:
    """A key, and a block with a list of that key."""
    key, end = random.choice(("tags", "related", "aliases")), random.choice(("\n", "\n", "\r\n"))
    items = [item if random.random() < 0.9 and item[0] != "#" else f'"{item}"' for item in random.sample(_ITEMS, 3)]
    if random.randrange(2):
        text = f"{key}: [{', '.join(items)}]{end}"
    else:
        pad = random.choice(("", "  "))
        text = f"{key}:{end}" + "".join(f"{pad}- {item}{end}" for item in items)
    above, below = (random.choice(("", f"{name}: 1{end}", f"# {name}{end}")) for name in "kz")
    return key, f"---{end}{above}{text}{below}---{end}".encode()
