"""Issues as the export of a project of GitLab holds them, made up: the same text on every machine.

A third of this is what people wrote, which is much for such an export; the rest are fields that say nothing, and what
GitLab noted itself.
Whoever and whatever is named here does not exist.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from typing import Any

from benchmarks.generated import prose

Record = dict[str, Any]

_PROJECT = 4
_NAMES = ("Ansa Bero", "Cilla Dykstede", "Enno Fenja", "Hauke Krogland", "Levke Mattis")
_LABELS = ("To Do", "Doing", "kind::bug", "灯台")
_NOTHING: Record = {
    "line_code": None, "commit_id": None, "st_diff": None, "updated_by_id": None, "type": None, "position": None,
    "original_position": None, "resolved_at": None, "resolved_by_id": None, "change_position": None,
    "resolved_by_push": None, "confidential": None, "attachment": {"url": None}, "award_emoji": [], "events": [],
}  # fmt: skip


def issues(chance: random.Random) -> Iterator[str]:
    """Issues without end, each a line of some 12 kB: five comments, five notes of GitLab's, labels."""
    number = 0
    while True:
        number += 1
        when = dt.datetime(2000, 1, 1, 9) + dt.timedelta(minutes=90 * number)
        labels = chance.sample(_LABELS, 2)
        notes = [_note(chance, number, at, when, is_system=at % 2 == 1) for at in range(10)]
        event = {"action": "created", "author_id": 1, "project_id": _PROJECT, "created_at": _time(when)}
        yield json.dumps(
            {
                "id": 9_000_000 + number,
                "iid": number,
                "title": prose(chance)[:60],
                "author_id": chance.randrange(len(_NAMES)),
                "project_id": _PROJECT,
                "created_at": _time(when),
                "updated_at": _time(when + dt.timedelta(hours=12)),
                "description": _text(chance, number, 4),
                "updated_by_id": None,
                "weight": None,
                "confidential": False,
                "due_date": None,
                "lock_version": 1,
                "time_estimate": 0,
                "relative_position": number,
                "discussion_locked": None,
                "closed_at": None,
                "closed_by_id": None,
                "health_status": None,
                "external_key": None,
                "state": "opened",
                "events": [event],
                "timelogs": [],
                "notes": notes,
                "label_links": [
                    {"target_type": "Issue", "created_at": _time(when), "label": _label(one)} for one in labels
                ],
                "resource_label_events": [
                    {"action": "add", "user_id": 1, "created_at": _time(when), "label": _label(one)} for one in labels
                ],
                "resource_milestone_events": [],
                "resource_state_events": [],
                "designs": [],
                "design_versions": [],
                "issue_assignees": [{"user_id": chance.randrange(len(_NAMES))}],
                "zoom_meetings": [],
                "award_emoji": [],
                "work_item_type": {"base_type": "issue"},
            },
            ensure_ascii=False,
        )


def _note(chance: random.Random, number: int, at: int, when: dt.datetime, *, is_system: bool) -> Record:
    by = chance.randrange(len(_NAMES))
    made = _time(when + dt.timedelta(hours=at))
    note: Record = {
        "id": 80_000_000 + number * 10 + at,
        "note": "changed the description" if is_system else _text(chance, number, chance.randint(1, 2)),
        "noteable_type": "Issue",
        "author_id": by,
        "created_at": made,
        "updated_at": made,
        "project_id": _PROJECT,
        "system": is_system,
        "discussion_id": f"{chance.getrandbits(160):040x}",
        **_NOTHING,
        "author": {"name": _NAMES[by]},
    }
    if is_system:
        note["system_note_metadata"] = {"commit_count": None, "action": "description", "created_at": made}
    return note


def _label(title: str) -> Record:
    made = "2024-03-15T02:59:32.136Z"
    facts = {"color": "#6699cc", "project_id": _PROJECT, "created_at": made, "updated_at": made, "template": False}
    return {"title": title, **facts, "description": "", "group_id": None, "type": "ProjectLabel", "priorities": []}


def _text(chance: random.Random, number: int, paragraphs: int) -> str:
    text = "\n\n".join(prose(chance) for _ in range(paragraphs))
    return f"{text} See #{chance.randint(1, number)}." if chance.random() < 0.3 else text


def _time(when: dt.datetime) -> str:
    return f"{when:%Y-%m-%dT%H:%M:%S}.{when.minute:03}Z"
