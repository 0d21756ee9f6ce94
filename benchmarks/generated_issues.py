"""An issue tracker, generated: the records that GitHub's REST interface gives for a repository and its comments.

Made by chance with a fixed seed, so the same records each time. Knows how such records look, all their addresses
included (they are most of the bytes), and how people write in them: English and Japanese, references to other issues as
`#12`, `owner/repo#12` and addresses, code, lists, quotes. Knows nothing of the disk, nor of vaultkit. Whoever and
whatever is named here does not exist.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator

Record = dict[str, object]

REPO = "harbour-tools/lathe"
_OTHER_REPO = "harbour-tools/kiln"
_SEED = 20020304
_API = "https://api.github.com"
_WEB = "https://github.com"

_PEOPLE = [
    f"{name}-{trade}" for name in "ansa bero cilla doro enno fenja gesa hauke".split() for trade in "cz jp".split()
]
_LABELS = "bug enhancement question help-wanted 日本語 優先/高 area:ui area:core good-first-issue".split()
_WORDS = (
    "after the build again every window that holds a list should keep its place when one closes it and opens it later "
    "which never worked on slow disks because reading takes long while writing waits for a lock nobody gives back"
).split()
_SENTENCES = (
    "再現手順を書いておきます。",
    "設定を変えてから起動すると、一覧が空になります。",
    "手元の環境では直ったように見えますが、まだ確信がありません。",
    "原因はおそらく読み込みの順番です。",
    "次の版で試してみてください。",
    "ログを見るかぎり、同じ行が二度書かれています。",
    "ありがとうございます。明日もう一度確かめます。",
)
_CODE = "```python\ndef turn(piece, speed=3):\n    # see #1 and [[nothing]]\n    return piece[::speed]  # $5 or $6\n```"


def issues(count: int, comments: int) -> Iterator[Record]:
    """`count` issues, the newest first as GitHub gives them; they say that they have `comments` comments each."""
    for number in range(count, 0, -1):
        chance = random.Random(_SEED + number)
        created = _time(number, 0)
        is_closed = chance.random() < 0.7
        is_pull = chance.random() < 0.2
        path = f"{_API}/repos/{REPO}/issues/{number}"
        page = f"{_WEB}/{REPO}/{'pull' if is_pull else 'issues'}/{number}"
        record: Record = {
            "url": path,
            "repository_url": f"{_API}/repos/{REPO}",
            "labels_url": f"{path}/labels{{/name}}",
            "comments_url": f"{path}/comments",
            "events_url": f"{path}/events",
            "html_url": page,
            "id": 9_000_000 + number,
            "node_id": f"I_made{number:012}",
            "number": number,
            "title": _title(chance),
            "user": _user(chance),
            "labels": [_label(name) for name in chance.sample(_LABELS, chance.randint(0, 3))],
            "state": "closed" if is_closed else "open",
            "locked": False,
            "assignee": None,
            "assignees": [_user(chance)] if chance.random() < 0.3 else [],
            "milestone": None,
            "comments": comments,
            "created_at": created,
            "updated_at": _time(number, comments),
            "closed_at": _time(number, comments) if is_closed else None,
            "author_association": "CONTRIBUTOR",
            "active_lock_reason": None,
            "body": _text(chance, count, chance.randint(2, 6)),
            "reactions": _reactions(path),
            "timeline_url": f"{path}/timeline",
            "performed_via_github_app": None,
            "state_reason": "completed" if is_closed else None,
        }
        if is_pull:
            pull = f"{_API}/repos/{REPO}/pulls/{number}"
            merged = {"merged_at": _time(number, comments) if is_closed else None}
            record |= {"draft": False, "pull_request": {"url": pull, "html_url": page, **merged}}
        yield record


def comments(issues: int, each: int) -> Iterator[Record]:
    """`each` comments on each of `issues` issues, by several people, the oldest first."""
    for number in range(1, issues + 1):
        for at in range(each):
            chance = random.Random(_SEED * 7 + number * each + at)
            id_ = 70_000_000 + number * each + at
            path = f"{_API}/repos/{REPO}/issues/comments/{id_}"
            yield {
                "url": path,
                "html_url": f"{_WEB}/{REPO}/issues/{number}#issuecomment-{id_}",
                "issue_url": f"{_API}/repos/{REPO}/issues/{number}",
                "id": id_,
                "node_id": f"IC_made{id_:012}",
                "user": _user(chance),
                "created_at": _time(number, at),
                "updated_at": _time(number, at),
                "author_association": "NONE",
                "body": _text(chance, issues, chance.randint(1, 3)),
                "reactions": _reactions(path),
                "performed_via_github_app": None,
            }


def _time(number: int, hours: int) -> str:
    first = datetime.datetime(2015, 4, 1, 9, 30)
    return f"{first + datetime.timedelta(hours=7 * number + hours):%Y-%m-%dT%H:%M:%SZ}"


def _user(chance: random.Random) -> Record:
    login = chance.choice(_PEOPLE)
    path = f"{_API}/users/{login}"
    words = "followers following gists starred subscriptions organizations repos events received_events".split()
    return {
        "login": login,
        "id": 1000 + _PEOPLE.index(login),
        "node_id": f"U_made{_PEOPLE.index(login):08}",
        "avatar_url": f"https://avatars.githubusercontent.com/u/{1000 + _PEOPLE.index(login)}?v=4",
        "gravatar_id": "",
        "url": path,
        "html_url": f"{_WEB}/{login}",
        **{f"{word}_url": f"{path}/{word}" for word in words},
        "type": "User",
        "user_view_type": "public",
        "site_admin": False,
    }


def _label(name: str) -> Record:
    path = f"{_API}/repos/{REPO}/labels/{name}"
    return {"id": 500, "node_id": "LA_made", "url": path, "name": name, "color": "d4c5f9", "default": False}


def _reactions(path: str) -> Record:
    kinds = "+1 -1 laugh hooray confused heart rocket eyes".split()
    return {"url": f"{path}/reactions", "total_count": 0, **dict.fromkeys(kinds, 0)}


def _title(chance: random.Random) -> str:
    if chance.random() < 0.4:
        return chance.choice(_SENTENCES).rstrip("。") + f" ({chance.choice(_WORDS)})"
    return " ".join(chance.choices(_WORDS, k=chance.randint(4, 9))).capitalize()


def _text(chance: random.Random, issues: int, paragraphs: int) -> str:
    """Paragraphs with what people put into them; CRLF in half of them, as the web page sends it."""
    parts = []
    for _ in range(paragraphs):
        words = chance.choices(_WORDS, k=chance.randint(15, 60))
        prose = "".join(chance.choices(_SENTENCES, k=3)) if chance.random() < 0.4 else " ".join(words) + "."
        other, form = chance.randint(1, issues), chance.random()
        if form < 0.15:
            prose += f" See #{other}."
        elif form < 0.2:
            prose = f"{_OTHER_REPO}#{other} と {REPO}#{other} を参照。" + prose
        elif form < 0.25:
            prose += f" {_WEB}/{REPO}/issues/{other} and [the guide](https://forge.example/guide/{other})"
        elif form < 0.32:
            parts.append(_CODE)
        elif form < 0.4:
            prose = "\n".join(f"- {word} `{word}()`" for word in words[:5])
        elif form < 0.45:
            prose = f"> {prose}\n\n@{chance.choice(_PEOPLE)} #{chance.choice(_WORDS)} costs $5, not $10 🎉"
        parts.append(prose)
    return ("\r\n\r\n" if chance.random() < 0.5 else "\n\n").join(parts)
