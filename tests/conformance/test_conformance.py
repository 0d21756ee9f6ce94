"""Every conformance case but those marked low is answered as expected, or argued in KNOWN_DIFFERENCES."""

from __future__ import annotations

import importlib.util
import json
import unicodedata
from pathlib import Path

import pytest

CASES = Path(__file__).parents[3] / "shared" / "conformance" / "cases.jsonl"
KNOWN_DIFFERENCES: dict[str, str] = {}
"""Case id → why vaultkit answers otherwise."""

_spec = importlib.util.spec_from_file_location("adapter", Path(__file__).with_name("adapter.py"))
assert _spec is not None
assert _spec.loader is not None
adapter = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(adapter)


def _cases() -> list[dict]:
    if not CASES.is_file():
        return []
    return [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{p}{i}" for p in ("COM", "LPT") for i in range(10))}


def _holds(name: str, title: str, must: str) -> bool:
    what, _, value = must.partition(":")
    match what:
        case "nonempty":
            return bool(name)
        case "nfc":
            return unicodedata.normalize("NFC", name) == name
        case "max_bytes":
            return len(name.encode()) <= int(value)
        case "no_chars":
            return not set(name) & set(value)
        case "no_leading_dot":
            return not name.startswith(".")
        case "no_trailing_dot_or_space":
            return not name.endswith((".", " "))
        case "not_reserved":
            return name.split(".")[0].strip().upper() not in _RESERVED
        case "no_control":
            return not any(unicodedata.category(c) == "Cc" for c in name)
        case "no_split_codepoint":
            return "\ufffd" not in name
        case "single_segment":
            return "/" not in name and "\\" not in name
        case "contains":
            return value in name
        case "prefix_of_title":
            return title.startswith(name)
    raise KeyError(must)


@pytest.mark.skipif(not CASES.is_file(), reason="needs the conformance cases")
@pytest.mark.parametrize("case", [c for c in _cases() if c["confidence"] != "low"], ids=lambda c: c["id"])
def test_case(case: dict) -> None:
    got, want = adapter.answer(case), case["expected"]
    if "must" in want or "equals" in want:
        broken = [m for m in want.get("must", []) if not _holds(got["name"], case["input"]["title"], m)]
        assert not broken, got
        assert want.get("equals", got["name"]) == got["name"]
    elif case["id"] in KNOWN_DIFFERENCES:
        assert got != want, "no longer a difference: take it off the list"
    else:
        assert got == want, case["why"]
