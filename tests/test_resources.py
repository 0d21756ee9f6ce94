from __future__ import annotations

from pathlib import Path

import pytest

from vaultkit import resources
from vaultkit.errors import VaultkitError


def test_the_checkout_comes_first() -> None:
    assert resources.shipped("rules") == Path(resources.__file__).parents[1] / "rules"


def test_an_installed_package_has_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "vaultkit" / "_shipped" / "rules").mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "vaultkit")
    assert resources.shipped("rules") == tmp_path / "vaultkit" / "_shipped" / "rules"


def test_a_folder_beside_an_installed_package_is_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rules").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "vaultkit")
    with pytest.raises(VaultkitError, match="install it again"):
        resources.shipped("rules")
