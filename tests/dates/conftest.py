from __future__ import annotations

import pytest

NUMBERS = ["1", "2024/01/31", "https://a/2024/01/31 ", "http://", "2024-01-31 "]
WORDS = ["a", " ", "[", "【1月31日 ", "Wed, ", "一", "」"]


@pytest.fixture(params=[*NUMBERS, *WORDS])
def hostile(request: pytest.FixtureRequest) -> str:
    """A megabyte of one thing."""
    piece: str = request.param
    return piece * (1_000_000 // len(piece))
