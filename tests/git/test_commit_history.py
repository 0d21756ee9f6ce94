"""Which notes are gone, as the commit says and as the log does."""

import datetime as dt

import pytest

from vaultkit.git.commit_history import CommitHistory
from vaultkit.git.history import GitHistory
from vaultkit.linting.history import Lost


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Plain.md", "plain"),
        ("x/A b.MD", "a b"),
        ("no\u00a0break.md", "no break"),
        ("\u212aelvin.md", "kelvin"),
        ("日記.md", "日記"),
        ("か\u3099.md", "が"),
        ("back\\slash.md", "back/slash"),
    ],
)
def test_a_note_that_was_deleted_is_known_by_any_form_of_its_name(vault, name, key):
    vault.stage(name, "text")
    vault.git("commit", "-q", "-m", "one", "--date=2025-03-04T12:00:00")
    vault.git("rm", "-q", name)
    vault.git("commit", "-q", "-m", "two", "--date=2025-03-05T12:00:00")
    lost = GitHistory(vault.top).lost(key)
    assert lost is not None
    assert lost.day == dt.date(2025, 3, 5)
    assert GitHistory(vault.top).lost(f"not {key}") is None


def test_what_the_commit_says_goes_ahead_of_the_log(vault):
    vault.stage("Old.md", "text")
    vault.commit()
    history = CommitHistory(
        vault.top, "", {"Old.md", "x/Gone.md", "pic.png"}, {"New.md": "Old.md", "Same.md": "Same.md"}
    )
    assert history.lost("old") == Lost("Old.md", None, "New.md")
    assert history.lost("gone") == Lost("x/Gone.md", None)
    assert history.lost("pic") is None
