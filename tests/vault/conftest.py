"""The notes of a real vault, read once for all tests that go over every one of them."""

from __future__ import annotations

import tarfile

import pytest

from tests.conftest import SHARED

HUB = SHARED / "vaults" / "obsidian-hub.tar.xz"


@pytest.fixture(scope="session")
def hub_notes() -> tuple[tuple[str, bytes], ...]:
    """Path and contents of every note of the hub vault."""
    if not HUB.is_file():
        pytest.skip("needs the hub vault")
    notes = []
    with tarfile.open(HUB) as archive:
        for member in archive:
            if member.isfile() and member.name.endswith(".md"):
                stream = archive.extractfile(member)
                assert stream
                notes.append((member.name, stream.read()))
    return tuple(notes)
