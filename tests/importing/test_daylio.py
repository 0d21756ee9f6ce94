"""What a note of Daylio is: HTML of its editor, or plain text."""

from __future__ import annotations

import pytest

from tests.importing.exports import read
from vaultkit.importing.sources import daylio

HEADER = "full_date,date,weekday,time,mood,activities,note_title,note"


@pytest.mark.parametrize(
    ("note", "body"),
    [
        ("- salt &amp; rope\n- 3 < 4", "- salt & rope\n- 3 < 4"),  # what a person types as a list is one
        ("- salt<br>- rope &lt;3", "\\- salt\n\\- rope <3"),
        ("<b>salt</b>", "**salt**"),
        ("https://harbour.example?a&copy=1", "https://harbour.example?a&copy=1"),
    ],
)
def test_a_text_is_html_when_it_has_tags(note: str, body: str) -> None:
    (entry,), notices = read(daylio, f'{HEADER}\n2024-01-31,January 31,Wednesday,21:05,good,,,"{note}"\n')
    assert (entry.body, notices) == (body, [])
