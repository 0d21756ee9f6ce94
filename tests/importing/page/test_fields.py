import datetime as dt
from pathlib import PurePosixPath

import pytest

from vaultkit.dates.zone import read_zone
from vaultkit.importing.page.fields import read_fields

PAGE = PurePosixPath("tea.md")


@pytest.mark.parametrize(
    ("stated", "dropped"),
    [
        pytest.param({"aliases": ["Green tea"]}, (), id="an alias"),
        pytest.param({"aliases": ["Green tea", "/old/tea/"]}, ("aliases: /old/tea/",), id="an old address"),
        pytest.param({"authors": ["Ada", "Ben"]}, (), id="authors"),
        pytest.param({"author": "Ada", "authors": ["Ben"]}, ("authors: Ben",), id="author and authors"),
        pytest.param({"author": [{"name": "Ada", "url": "/ada"}]}, ("author: name: Ada, url: /ada",), id="a table"),
        pytest.param({"permalink": "/tea/", "url": "/pot/"}, ("url: /pot/",), id="two addresses"),
        pytest.param({"lastmod": "2024-05-02", "updated": "2024-05-01"}, ("updated: 2024-05-01",), id="two updates"),
        pytest.param({"Mood": "good", "mood": "bad"}, ("mood: bad",), id="two cases"),
        pytest.param({"layout": "post", "toc_label": "x"}, ("layout: post", "toc_label: x"), id="the engine's"),
        pytest.param({"title": "", "author": ""}, ("title:", "author:"), id="empty"),
        pytest.param({"tags": [], "categories": ""}, (), id="no tags"),
    ],
)
def test_what_has_no_place_is_named_and_nothing_else(stated, dropped):
    assert read_fields(stated, PAGE).dropped == dropped


@pytest.mark.parametrize(
    ("stated", "zone", "created"),
    [
        ("2025-04-02T23:30:00Z", "Asia/Tokyo", "2025-04-03T08:30:00+09:00"),
        ("2025-04-02 23:30:00 UTC", "Asia/Tokyo", "2025-04-03T08:30:00+09:00"),
        ("2025-04-02 23:30:00 +0100", "Asia/Tokyo", "2025-04-02T23:30:00+01:00"),
        ("2025-04-02 23:30:00", "Asia/Tokyo", "2025-04-02T23:30:00"),
        ("2025-04-02T23:30:00Z", "", "2025-04-02T23:30:00+00:00"),
    ],
)
def test_what_is_dated_in_utc_was_written_where_the_site_is(stated: str, zone: str, created: str) -> None:
    found = read_fields({"date": stated}, PurePosixPath("x.md"), zone=read_zone(zone) if zone else None)
    assert dict(found.properties)["created"] == dt.datetime.fromisoformat(created)
    assert found.date == dt.datetime.fromisoformat(created).date()
