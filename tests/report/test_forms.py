"""The forms for services and the smaller ones: what they hold for one finding of each kind, and for none."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from vaultkit.config import Config
from vaultkit.linting.diagnostic import Severity
from vaultkit.linting.packs import active_rules
from vaultkit.linting.placed import Placed
from vaultkit.report import github, gitlab, grouped, jsonl, junit, sarif, statistics
from vaultkit.report.identity import identities

LINK = Placed("日記/一 月.md", 2, 1, 2, 6, "links-resolve", Severity.WARNING, "`[[b]]` leads nowhere", False)
AGAIN = LINK._replace(line=9, end_line=9)
TAGS = Placed("日記/一 月.md", 1, 1, 3, 1, "tags-valid", Severity.ERROR, "100% wrong: <a>, b", True)
REMARK = Placed("z.md", 1, 1, 1, 1, "own", Severity.INFO, "x\x1b[2J\nz\ufffe", False)
EVIL = Placed("a,b:c\udcff\n.md", 1, 1, 1, 1, "own", Severity.ERROR, "%0A\r\n::error::", False)
ALL = [TAGS, LINK, AGAIN, REMARK]


def test_jsonl_is_a_line_each() -> None:
    lines = jsonl.render([*ALL, EVIL]).splitlines()
    assert [json.loads(line)["path"] for line in lines] == [one.path for one in [*ALL, EVIL]]
    assert json.loads(lines[0])["fixable"] is True
    assert jsonl.render([]) == ""


def test_grouped_names_a_note_once() -> None:
    assert grouped.render(ALL) == (
        "日記/一 月.md\n"
        "  1:1  tags-valid 100% wrong: <a>, b\n"
        "  2:1  links-resolve `[[b]]` leads nowhere\n"
        "  9:1  links-resolve `[[b]]` leads nowhere\n"
        "\n"
        "z.md\n"
        "  1:1  own x\\x1b[2J\\x0az\ufffe\n"
        "\n"
    )
    assert "\x1b[31mtags-valid\x1b[0m" in grouped.render([TAGS], color=True)
    assert grouped.render([]) == ""


def test_github_gets_one_command_each() -> None:
    assert github.render([LINK]) == (
        "::warning file=日記/一 月.md,line=2,endLine=2,title=vaultkit links-resolve,col=1,endColumn=6"
        "::links-resolve: `[[b]]` leads nowhere\n"
    )
    assert github.render([TAGS]) == (
        "::error file=日記/一 月.md,line=1,endLine=3,title=vaultkit tags-valid::tags-valid: 100%25 wrong: <a>, b\n"
    )
    assert github.render([REMARK]).startswith("::notice ")
    assert github.render([]) == ""


def test_no_name_and_no_message_makes_a_second_command() -> None:
    assert github.render([EVIL]) == (
        "::error file=a%2Cb%3Ac\\xff\\x0a.md,line=1,endLine=1,title=vaultkit own,col=1,endColumn=1"
        "::own: %250A\\x0d\\x0a::error::\n"
    )


def test_gitlab_tells_alike_findings_apart() -> None:
    items = json.loads(gitlab.render(ALL))
    assert items[0] == {
        "description": "tags-valid: 100% wrong: <a>, b",
        "check_name": "tags-valid",
        "fingerprint": items[0]["fingerprint"],
        "severity": "major",
        "location": {"path": "日記/一 月.md", "lines": {"begin": 1, "end": 3}},
    }
    assert [item["severity"] for item in items] == ["major", "minor", "minor", "info"]
    assert len({item["fingerprint"] for item in items}) == len(ALL)
    assert json.loads(gitlab.render([])) == []


def test_identities_do_not_hang_on_lines() -> None:
    moved = [one._replace(line=one.line + 7, end_line=one.end_line + 7) for one in ALL]
    assert identities(moved) == identities(ALL)
    assert identities([EVIL])[0] != identities([REMARK])[0]


def test_junit_has_a_suite_for_each_note() -> None:
    top = ET.fromstring(junit.render([*ALL, EVIL]))
    assert top.attrib == {"name": "vaultkit", "tests": "5", "failures": "4", "errors": "0"}
    assert [suite.get("name") for suite in top] == ["日記/一 月.md", "z.md", "a,b:c\\xff\\x0a.md"]
    first = top[0][0]
    assert first.attrib == {
        "name": "tags-valid 1:1",
        "classname": "日記/一 月.md",
        "file": "日記/一 月.md",
        "line": "1",
    }
    assert first[0].tag == "failure"
    assert first[0].get("type") == "error"
    assert first[0].get("message") == "100% wrong: <a>, b"
    assert (top[1][0][0].tag, top[1][0][0].text) == ("system-out", "x\\x1b[2J\\x0az\\ufffe")


def test_junit_of_a_clean_vault_is_one_test_that_passed() -> None:
    top = ET.fromstring(junit.render([]))
    assert (top.get("tests"), top.get("failures"), len(top[0]), len(top[0][0])) == ("1", "0", 1, 0)


def test_sarif_has_what_the_standard_wants() -> None:
    rules = [active.rule for active in active_rules(Config())]
    value = json.loads(sarif.render([TAGS, LINK, REMARK, EVIL], [*rules, *rules]))
    assert value["version"] == "2.1.0"
    [run] = value["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert driver["name"] == "vaultkit"
    assert [rule["id"] for rule in driver["rules"]] == [rule.id for rule in rules]
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    tags, link, remark, evil = run["results"]
    assert driver["rules"][tags["ruleIndex"]]["id"] == tags["ruleId"] == "tags-valid"
    assert link["level"] == "warning"
    assert remark["level"] == "note"
    assert "ruleIndex" not in remark  # no rule that it could name
    [place] = link["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "%E6%97%A5%E8%A8%98/%E4%B8%80%20%E6%9C%88.md"},
        "region": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 6},
    }
    assert evil["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%2Cb%3Ac%FF%0A.md"
    assert json.loads(sarif.render([], []))["runs"][0]["results"] == []


def test_statistics_count_by_rule_the_most_frequent_first() -> None:
    assert statistics.render(ALL) == (
        "2  links-resolve  warning\n1  own            info\n1  tags-valid     error    1 can be fixed\n"
    )
    assert statistics.render([]) == ""


@pytest.mark.parametrize("render", [jsonl.render, gitlab.render, junit.render, github.render])
def test_every_form_can_be_written_as_utf_8(render) -> None:
    render([EVIL, REMARK]).encode()
