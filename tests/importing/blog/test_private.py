"""E-mail addresses and IPs of people do not get into the vault, nor into the report."""

from __future__ import annotations

import re

import pytest

from tests.importing.cases import Case, all_cases

_PRIVATE = re.compile(r"[\w.+-]+@[\w-]+\.\w|192\.0\.2\.\d|himitsu")
_BLOGS = [case for case in all_cases() if case.format in ("blogger", "movable-type", "wordpress")]


@pytest.mark.parametrize("case", _BLOGS, ids="/".join)
def test_what_is_private_stays_behind(case: Case) -> None:
    """The cases hold such addresses, and a post's password; what is expected of them does not."""
    written = [*(case.folder / "expected").rglob("*.md"), case.folder / "report.json"]
    found = {path.name: _PRIVATE.findall(path.read_text("utf-8")) for path in written}
    assert {name: private for name, private in found.items() if private} == {}


def test_the_cases_hold_what_is_private() -> None:
    exports = [path for case in _BLOGS for path in case.folder.glob("export*") if path.is_file()]
    formats = {
        path.parents[1].name for path in exports if _PRIVATE.search(path.read_bytes().decode("utf-8", "replace"))
    }
    assert formats == {"blogger", "movable-type", "wordpress"}
