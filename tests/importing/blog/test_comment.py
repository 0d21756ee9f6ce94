"""Comments as a thread."""

from __future__ import annotations

import datetime as dt

from vaultkit.importing.blog.comment import Comment, anchors, thread
from vaultkit.importing.moment import Moment


def comment(id_: str, parent: str = "", hour: int = 9, **more: str) -> Comment:
    when = dt.datetime(2024, 5, 1, hour)
    moment = Moment(when.date(), when.time(), when)
    return Comment(id=id_, author=more.pop("author", "a"), body=id_, parent=parent, moment=moment, **more)  # type: ignore[arg-type]


def test_replies_stand_below_what_they_answer() -> None:
    found = thread("Comments", [comment("late", hour=12), comment("reply", "first", 11), comment("first")])
    assert found == (
        "## Comments\n\n### a, 2024-05-01T09:00\n\nfirst ^comment-first\n\n#### a, 2024-05-01T11:00\n\n"
        "reply ^comment-reply\n\n### a, 2024-05-01T12:00\n\nlate ^comment-late"
    )


def test_circles_orphans_and_depths_lose_nothing() -> None:
    circle = [comment("x", "y"), comment("y", "x"), comment("self", "self"), comment("orphan", "gone")]
    deep = [comment(str(n), str(n - 1)) for n in range(2000)]
    found = thread("Comments", [*circle, *deep])
    assert found.count("^comment-") == 2004
    assert "####### " not in found


def test_addresses_of_people_are_left_out_and_names_are_no_markup() -> None:
    found = thread(
        "Comments", [comment("1", author="ole@example.net"), comment("2", author="*b*", website="javascript:x")]
    )
    assert "### ole, " in found
    assert "### \\*b\\*, " in found
    assert "example.net" not in found
    assert "javascript" not in found


def test_an_author_has_a_website_and_a_comment_a_note_and_an_address() -> None:
    one = Comment(
        id="7", author="", body="", website="https://a.b/(c)", note="pending", names=("https://x/#comment-7",)
    )
    assert (
        thread("Comments", [one]) == "## Comments\n\n### [https://a.b/(c)](https://a.b/%28c%29), pending\n\n^comment-7"
    )
    assert anchors([one]) == (("https://x/#comment-7", "#^comment-7"),)
    assert thread("Comments", []) == ""
