"""Every real export of a registered format is read whole: no record fails, no word is lost, and importing again writes
nothing."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.conftest import SHARED, Ran, snapshot
from tests.real.samples import SAMPLES, Sample
from vaultkit.importing.export import open_export
from vaultkit.importing.sources import SOURCES, verdict_of

FOLDER = SHARED / "samples"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="needs the sample exports")
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"']+")
"""Addresses may become links to notes."""
_WORD = re.compile(r"[^\W_]{2,}")


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_a_sample_is_read_whole(sample: Sample, vault: Callable[..., Path], run_here: Callable[..., Ran]) -> None:
    root, exports = vault(), sample.paths(FOLDER)
    ran = run_here("import", *exports, "--tz", "Asia/Tokyo", "--json", cwd=root)
    assert ran.code in (0, 1), ran.err
    report = json.loads(ran.out)
    failed = [(one["place"], one["message"]) for one in report["notices"] if one["kind"] == "failed"]
    assert len(failed) == sample.failed, failed
    kept = [path.read_text("utf-8", "replace") for path in root.rglob("*.md")]
    kept += [one["text"] + " " + one["message"] for one in report["notices"]]
    files = [file for export in exports for file in open_export(str(export)).files]
    read = [file for file in files if file.path.suffix in ("", *SOURCES[sample.format].EXTENSIONS.split())]
    wanted = [_ADDRESS.sub(" ", text) for file in read if _is_text(file.head) for text in sample.texts(file.text)]
    assert words(wanted) - words(_ADDRESS.sub(" ", text) for text in kept) == Counter()
    before = snapshot(root)
    run_here("import", *exports, "--tz", "Asia/Tokyo", "--json", cwd=root)
    assert snapshot(root) == before


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_a_sample_is_of_its_format_and_of_no_other(sample: Sample) -> None:
    for path in sample.paths(FOLDER):
        export = open_export(str(path))
        assert [name for name in SOURCES if verdict_of(name, export).claimed] == [sample.format], path


def words(texts: Iterable[str]) -> Counter[str]:
    """How often each word occurs; escapes and the letter case of tags are no words."""
    return Counter(word.casefold() for text in texts for word in _WORD.findall(text.replace("\\", "")))


def _is_text(head: bytes) -> bool:
    return b"\0" not in head[:1000] or head.startswith((b"\xff\xfe", b"\xfe\xff"))
