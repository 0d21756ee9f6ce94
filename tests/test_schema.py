"""YAML read against named tuples: values as Obsidian types them, and a mistake told with its place."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from vaultkit.errors import UsageError
from vaultkit.schema import bind, bind_all, read_yaml


class Boat(NamedTuple):
    """What the tests read."""

    name: str
    seats: int = 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("'12'", "12"),
        ("!!str 12", "12"),
        ("!!float 12", 12.0),
        ("!boat Heron", "Heron"),
        ("yes", "yes"),
        ("0123", "0123"),
        ("2024-01-31", "2024-01-31"),
        ("", None),
    ],
    ids=str,
)
def test_a_scalar(text: str, value: object) -> None:
    found = read_yaml(f"a: {text}", "f.yaml").value
    assert isinstance(found, dict)
    assert (found["a"].value, type(found["a"].value)) == (value, type(value))


def test_places() -> None:
    root = read_yaml("a:\n\n  - b:\n      >-\n      long\n  - c\n", "f.yaml")
    assert isinstance(root.value, dict)
    items = root.value["a"].value
    assert isinstance(items, tuple)
    assert isinstance(items[0].value, dict)
    assert [node.place for node in (root, root.value["a"], items[0], items[0].value["b"], items[1])] == [
        "f.yaml:1",
        "f.yaml:1: a",
        "f.yaml:3: a[0]",
        "f.yaml:3: a[0].b",
        "f.yaml:6: a[1]",
    ]


def test_a_list_of_mappings() -> None:
    node = read_yaml("- {name: Heron}\n- name: Otter\n  seats: 4\n", "f.yaml")
    assert bind_all(node, Boat) == (Boat("Heron"), Boat("Otter", 4))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: Heron", "f.yaml:1: must be a list of `key: value` blocks, not `key: value` lines"),
        ("- name: Heron\n- seats: 1", "f.yaml:2: [1]: the key `name` is missing"),
        ("- name: Heron\n  seat: 1", "f.yaml:2: [0].seat: there is no key `seat` here; did you mean `seats`?"),
    ],
)
def test_a_mistake_in_a_list(text: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        bind_all(read_yaml(text, "f.yaml"), Boat)
    assert str(error.value) == message


def test_defaults_come_from_what_was_said_before() -> None:
    assert bind(read_yaml("seats: 3", "f.yaml"), Boat, Boat("Heron", 5)) == Boat("Heron", 3)
