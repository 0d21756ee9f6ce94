"""What Keep shows below a note beside its text."""

from __future__ import annotations

import pytest

from tests.importing.exports import read
from vaultkit.importing.sources import google_keep

HARBOUR = "https://harbour.example"


@pytest.mark.parametrize(
    ("text", "is_shown"),
    [
        (f"See {HARBOUR}.", True),
        (f"See ({HARBOUR})", True),
        (f"See {HARBOUR}/tides", False),
        ("See the harbour", False),
    ],
)
def test_a_page_below_the_note_is_listed_unless_the_text_names_it(text: str, is_shown: bool) -> None:
    note = {
        "title": "Tides",
        "textContent": text,
        "annotations": [{"url": HARBOUR, "title": "Harbour", "source": "WEBLINK"}],
        "isTrashed": False,
        "createdTimestampUsec": 1706655780000123,
    }
    (entry,), notices = read(google_keep, note)
    assert notices == []
    assert entry.body == (text if is_shown else f"{text}\n\n- [Harbour]({HARBOUR})")
