"""What silences nothing is told; what may silence something in another run is not."""

from __future__ import annotations

import pytest

from tests.conftest import not_hanging

MINE = "unused-suppressions"
USED = "[[/x]] %% vaultkit: ignore links-resolve %%\n"


def _told(lint_files, text: str, config: str = "", **words) -> list[str]:
    return [d.message for d in lint_files({"a.md": text}, config, **words) if d.rule == MINE]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(USED, [], id="used"),
        pytest.param("a %% vaultkit: ignore links-resolve %%\n", ["links-resolve"], id="nothing there"),
        pytest.param("a <!-- vaultkit: ignore links-resolve -->\n", ["links-resolve"], id="HTML comment"),
        pytest.param("a %% vaultkit: ignore links-resolve %%\r\n[[/x]]\r\n", ["links-resolve"], id="on the wrong line"),
        pytest.param("%% vaultkit: ignore links-resolve %%\n[[/x]]\n", [], id="for the next line"),
        pytest.param("[[/x]] %% vaultkit: ignore links-resolve, tags-valid %%\n", ["tags-valid"], id="one of two"),
        pytest.param("日本 [[/x]] %% vaultkit: ignore %%\n", [], id="all rules, used"),
        pytest.param("日本 %% vaultkit: ignore %%\n", ["all rules"], id="all rules, nothing there"),
        pytest.param("%% vaultkit: ignore-file links-resolve %%\na\n", ["links-resolve"], id="whole note"),
        pytest.param("%% vaultkit: ignore-file links-resolve %%\na\n[[/x]]\n", [], id="whole note, used"),
        pytest.param(
            "%% vaultkit: ignore-start links-resolve %%\na\n%% vaultkit: ignore-end %%\n[[/x]]\n",
            ["links-resolve"],
            id="stretch",
        ),
        pytest.param("%% vaultkit: ignore-start links-resolve %%\n[[/x]]\n", [], id="stretch, used"),
        pytest.param("---\nlint-ignore: links-resolve\n---\na\n", ["links-resolve"], id="property"),
        pytest.param(
            "---\nlint-ignore: [links-resolve, tags-valid]\n---\n[[/x]]\n", ["tags-valid"], id="property, one"
        ),
        pytest.param("---\nlint-ignore: true\n---\na\n", ["all rules"], id="property, all"),
        pytest.param("a %% vaultkit: ignore tags-valid tags-valid %%\n", ["tags-valid"], id="named twice"),
        pytest.param("a %% vaultkit: ignore no-such-thing-anywhere %%\n", ["no-such-thing-anywhere"], id="no rule"),
        pytest.param(f"a %% vaultkit: ignore {MINE} %%\n", [], id="itself"),
        pytest.param(f"a %% vaultkit: ignore links-resolve, {MINE} %%\n", [], id="silenced by name"),
        pytest.param("`%% vaultkit: ignore links-resolve %%`\n", [], id="in code it is an example"),
        pytest.param("the word vaultkit: ignore\n", [], id="no directive"),
    ],
)
def test_what_is_told(lint_files, text: str, told: list[str]) -> None:
    messages = _told(lint_files, text)
    assert len(messages) == len(told)
    assert all(word in message for word, message in zip(told, messages, strict=True))


def test_a_near_name_is_offered_but_never_all_of_them(lint_files) -> None:
    near, far = _told(lint_files, "a %% vaultkit: ignore link-resolves, zzz %%\n")
    assert near.startswith("there is no rule `link-resolves`; did you mean `links-resolve`")
    assert far == "there is no rule `zzz`"


@pytest.mark.parametrize(
    ("config", "select"),
    [
        pytest.param("lint:\n  ignore: [links-resolve]\n", (), id="off"),
        pytest.param(
            "lint:\n  overrides:\n    - paths: [a.md]\n      ignore: [links-resolve]\n", (), id="off for the note"
        ),
        pytest.param("", (MINE, "tags-valid"), id="not asked"),
    ],
)
def test_of_a_rule_that_did_not_look_nothing_is_said(lint_files, config: str, select: tuple[str, ...]) -> None:
    assert _told(lint_files, USED, config, select=select) == []


def test_of_all_rules_nothing_is_said_when_only_some_were_asked(lint_files) -> None:
    assert _told(lint_files, "[[/x]] %% vaultkit: ignore %%\n", select=(MINE, "tags-valid")) == []


def test_a_link_that_leads_somewhere_now_needs_no_directive(run, vault) -> None:
    root = vault({"A.md": USED.replace("[[/x]]", "[[/New]]")})
    assert run("lint", root).out == "Nothing found.\n"
    (root / "New.md").write_text("")
    assert "A.md:1:10 unused-suppressions `links-resolve` is silenced here" in run("lint", root).out
    assert run("lint", root) == run("lint", root, "--no-cache")
    (root / "New.md").unlink()
    assert run("lint", root).out == "Nothing found.\n"


@pytest.mark.parametrize(
    "text",
    [
        "a %% vaultkit: ignore " + "xy " * 300_000 + "%%\n",
        "a %% vaultkit: ignore links-resolve %%\n" * 20_000,
        "[[/x]] %% vaultkit: ignore links-resolve tags-valid %%\n" * 20_000,
        "a %% vaultkit: ignore " + "x" * 500_000 + " %%\n",
    ],
    ids=["ids", "lines", "findings", "a long id"],
)
def test_hostile_text_takes_no_time(lint_files, text: str) -> None:
    with not_hanging():
        _told(lint_files, text)
