"""Forms of secrets. They are put together here, so that no tool takes this file for one that holds some."""

from __future__ import annotations

import pytest

from vaultkit.linting.checks.secret import Options, check
from vaultkit.linting.context import Context
from vaultkit.vault.index import Index
from vaultkit.vault.parse import parse

LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _found(text: str) -> list[tuple[str, str]]:
    note = parse("a.md", text.encode())
    return [(f.values["text"], f.values["kind"]) for f in check(note, Context(Index([])), Options())]


@pytest.mark.parametrize(
    ("begin", "rest", "told"),
    [
        ("AKIA", LETTERS[-16:], ("AKIAKLMN…", "an AWS key")),
        ("gh" + "p_", LETTERS[:36], ("ghp_0123…", "a GitHub token")),
        ("github" + "_pat_", LETTERS[:22] + "_" + LETTERS[:59], ("github_pat_0123…", "a GitHub token")),
        ("gl" + "pat-", LETTERS[:20], ("glpat-0123…", "a GitLab token")),
        ("xox" + "b-", "123456789012-" + LETTERS[:24], ("xoxb-1234…", "a Slack token")),
        ("AI" + "za", LETTERS[:35], ("AIza0123…", "a Google key")),
        ("sk" + "_live_", LETTERS[:24], ("sk_live_0123…", "a Stripe key")),
        ("sk" + "-ant-", "api03-" + LETTERS, ("sk-ant-api0…", "an Anthropic key")),
        ("npm" + "_", LETTERS[:36], ("npm_0123…", "an npm token")),
    ],
)
def test_tokens(begin: str, rest: str, told: tuple[str, str]) -> None:
    token = begin + rest
    for text in (token, f"鍵は{token}です", f"---\nkey: {token}\n---\n", f"```\nKEY={token}\n```"):
        assert _found(text) == [told], text
    for text in (f"a{token}", f"{begin}{'x' * len(rest)}", token[: len(begin) + 9], f"{token}-{'a' * 300}"):
        assert _found(text) == [], text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("PRIVATE KEY", True),
        ("RSA PRIVATE KEY", True),
        ("PGP PRIVATE KEY BLOCK", True),
        ("PUBLIC KEY", False),
        ("PRIVATE KEYS", False),
    ],
)
def test_private_keys(words: str, told: bool) -> None:
    assert bool(_found(f"-----BEGIN {words}-----")) is told
