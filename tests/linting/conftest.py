"""Linting a vault that is only a dictionary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from vaultkit.config import Config, parse_config
from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.linting.packs import active_rules
from vaultkit.linting.run import lint
from vaultkit.vault.index import Index
from vaultkit.vault.parse import parse
from vaultkit.vault.settings import Settings

Lint = Callable[..., list[Diagnostic]]


def make_index(files: dict[str, str | bytes]) -> Index:
    data = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    return Index(data, {path: parse(path, content) for path, content in data.items() if path.endswith(".md")})


@pytest.fixture
def lint_files() -> Lint:
    """`lint_files({path: text}, config="…", settings=Settings(…), only=…, select=…, today=…)` → diagnostics."""

    def run(
        files: dict[str, str | bytes],
        config: str = "",
        settings: Settings | None = None,
        only: list[str] | None = None,
        select: tuple[str, ...] = (),
        today: dt.date | None = None,
    ) -> list[Diagnostic]:
        parsed: Config = parse_config(config)
        rules = active_rules(parsed, select=select)
        return lint(make_index(files), settings or Settings(), rules, parsed, only, today=today)

    return run
