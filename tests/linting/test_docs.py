from __future__ import annotations

import pytest

from vaultkit.errors import UsageError
from vaultkit.linting.docs import catalogue, explain
from vaultkit.resources import shipped


@pytest.fixture(scope="module")
def whole() -> str:
    """The catalogue of all rules."""
    return catalogue()


def test_the_catalogue_is_current(whole: str) -> None:
    """After a change write what `vaultkit.linting.docs.catalogue()` returns to `rules/README.md`."""
    assert (shipped("rules") / "README.md").read_text("utf-8") == whole


@pytest.mark.parametrize("path", sorted(shipped("rules").glob("*/*-*.yaml")), ids=lambda path: path.stem)
def test_every_rule_is_explained(path, whole: str) -> None:
    text = explain(path.stem)
    assert f"\n### {path.stem}\n" in whole
    for part in (f"# {path.stem}\n", "**Why.** ", "reported:", f"%% vaultkit: ignore {path.stem} %%"):
        assert part in text


def test_what_cannot_be_seen_is_shown() -> None:
    assert "雨だ␈った。" in explain("no-control-characters")
    assert "invoice\\u202efdp.exe" in explain("no-control-characters")
    assert "牛乳␍\n" in explain("line-ends-consistent")


def test_an_unknown_rule_is_told_with_near_ones() -> None:
    with pytest.raises(UsageError, match="there is no rule `link-resolves`; did you mean `links-resolve`"):
        explain("link-resolves")
