"""`vaultkit lint` of a vault in which nothing changed: the same answer again, without loading the linter.

Speaks only where one look at names, times and settings is proof; all else is left to `lint`. Imports next to nothing.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence

from vaultkit.linting.fingerprint import fingerprint, seen
from vaultkit.vault import cache
from vaultkit.vault.walk import Stamps, Tree, note_paths, stamps, walk

_NAME = "lint-answer"

walked: dict[str, tuple[Tree, Stamps]] = {}
"""What was seen below a folder for which there is no answer, so that it need not be walked through again."""


def answer(arguments: Sequence[str]) -> int | None:
    """Print what `lint`, called with these arguments, said before, and return its exit code; None: ask it."""
    if len(arguments) > 1 or (arguments and arguments[0].startswith("-")) or _wants_color():
        return None
    root = os.path.abspath(arguments[0] if arguments else ".")  # noqa: PTH100
    head = cache.load(root, _NAME) if os.path.isdir(f"{root}/.obsidian") else None  # noqa: PTH112
    if not isinstance(head, dict) or _is_below_a_configuration(root):
        return None
    if head["key"] != fingerprint(root, ".obsidian", root, head["packs"]):
        return None
    tree = walk(root)
    stamped = stamps(root, note_paths(tree.files))
    if tree.nested or head["seen"] != seen(tree.files, stamped):
        walked[root] = (tree, stamped)
        return None
    sys.stdout.flush()
    sys.stdout.buffer.write(head["text"].encode("utf-8", "backslashreplace"))
    return int(head["code"])


def remember(root: str, key: str, packs: Sequence[str], seen: str, text: str, code: int) -> None:
    """Put an answer away for the next run."""
    value = {"key": key, "packs": list(packs), "seen": seen, "text": text, "code": code}
    if cache.load(root, _NAME) != value:
        cache.save(root, {_NAME: json.dumps(value)})


def _is_below_a_configuration(root: str) -> bool:
    """Whether a folder above might name this one among its vaults."""
    above = os.path.dirname(root)  # noqa: PTH120
    while above != root:
        if os.path.isfile(f"{above}/vaultkit.yaml"):  # noqa: PTH113
            return True
        root, above = above, os.path.dirname(above)  # noqa: PTH120
    return False


def _wants_color() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
