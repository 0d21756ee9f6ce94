"""What is remembered of a diary: days that come, go and are renamed change what other notes are told."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest

from tests.conftest import write_tree
from tests.linting.test_cache import same
from vaultkit.config import read_config
from vaultkit.linting.packs import active_rules
from vaultkit.linting.whole import lint_whole
from vaultkit.report import text
from vaultkit.vault.tree import vault_at

DAYS = ["2024-01-30", "2024-01-31", "2024-02-01", "2024-02-03", "20240204", "2024年2月5日", "2024-03-20", "2024-05-01"]
TEXTS = ["2024-01-31 and 2024/02/03", "2024年2月1日（木）", "---\ndate: 2024-02-30\n---\n", "[[2024-02-01]]", "雨"]


@pytest.mark.parametrize("settings", ['{"folder": "日記"}', '{"format": "YYYY-MM-DD"}', '{"format": "YYYY/MM/DD ddd"}'])
@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_the_findings_are_those_of_a_first_look(tmp_path: Path, settings: str, seed: int) -> None:
    chance = random.Random(seed)
    rules = {".obsidian/daily-notes.json": settings, "vaultkit.yaml": "lint: {packs: [recommended, diary, strict]}\n"}
    write_tree(tmp_path, rules)
    form = "日記/{}.md" if "folder" in settings else "{}.md"
    paths = [tmp_path / form.format(day) for day in DAYS]
    if "ddd" in settings:
        paths = [tmp_path / f"2024/{month:02}/{day}.md" for month, day in ((1, "30 Tue"), (1, "31 水"), (2, "02 Fri"))]
    paths += [tmp_path / "a.md", tmp_path / "b/2024-02-01.md"]
    for _ in range(12):
        path, other = chance.choice(paths), chance.choice(paths)
        for one in (path, other):
            one.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or chance.random() < 0.3:
            path.write_text(chance.choice(TEXTS) + "\n", "utf-8")
        elif chance.random() < 0.5:
            path.unlink()
        else:
            path.rename(other)
        assert same(tmp_path)


def test_days_to_come_become_days_that_are_there(tmp_path: Path) -> None:
    write_tree(tmp_path, {"vaultkit.yaml": "lint: {packs: [diary]}\n", "Diary/A.md": "---\ndate: 2030-01-03\n---\n"})
    vault, config = vault_at(tmp_path), read_config(tmp_path)

    def told(day: int, key: bytes) -> list[str]:
        whole = lint_whole(vault.unread(), active_rules(config), config, text.line, key, today=dt.date(2030, 1, day))
        return [one.rule for one in whole.found]

    days = (1, 2, 2, 3, 4, 4, 1, 2, 5)
    assert [told(day, b"k") for day in days] == [told(day, b"") for day in days]
    assert [bool(told(day, b"k")) for day in (2, 3)] == [True, False]
