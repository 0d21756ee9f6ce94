"""Diagnostics as a JUnit report: notes are suites, findings are failed tests. Remarks are no failures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from vaultkit.linting.diagnostic import Severity
from vaultkit.linting.placed import Placed
from vaultkit.report.printable import printable

_NOT_IN_XML = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}


def render(found: Sequence[Placed]) -> str:
    """One XML document, with a line end. Without diagnostics it has one test, which passed: an empty report would be an
    error to many programs."""
    top = ET.Element("testsuites", {"name": "vaultkit", **_counts(found)})
    if not found:
        top.set("tests", "1")
        suite = ET.SubElement(top, "testsuite", {"name": "vaultkit", **_counts(found), "tests": "1"})
        ET.SubElement(suite, "testcase", name="nothing found", classname="vaultkit")
    for path, some in groupby(found, lambda one: one.path):
        _suite(top, path, list(some))
    ET.indent(top, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(top, encoding="unicode") + "\n"


def _suite(top: ET.Element, path: str, found: Sequence[Placed]) -> None:
    name = _text(path)
    suite = ET.SubElement(top, "testsuite", {"name": name, **_counts(found)})
    for one in found:
        title = f"{one.rule} {one.line}:{one.column}"
        about = {"name": title, "classname": name, "file": name, "line": str(one.line)}
        case = ET.SubElement(suite, "testcase", about)
        message = _text(one.message)
        if one.severity is Severity.INFO:
            ET.SubElement(case, "system-out").text = message
        else:
            failure = ET.SubElement(case, "failure", message=message, type=one.severity.value)
            failure.text = f"{name}:{one.line}:{one.column} {one.rule} {message}"


def _counts(found: Iterable[Placed]) -> dict[str, str]:
    severities = [one.severity for one in found]
    failures = sum(severity is not Severity.INFO for severity in severities)
    return {"tests": str(len(severities)), "failures": str(failures), "errors": "0"}


def _text(text: str) -> str:
    return printable(text).translate(_NOT_IN_XML)
