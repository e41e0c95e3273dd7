"""JUnit XML: a test suite for each server, a test case for each tool, which fails where the gate does."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from scorer.outputs.escape import folded
from scorer.outputs.words import grade, servers, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.card import Report, Reports, ToolCard
    from scorer.models.gate import Finding


def render(report: Report | Reports) -> str:
    """The document; without thresholds no case fails. An entry that could not be graded is an error."""
    root = ET.Element("testsuites", name="toolmark")
    for one in servers(report):
        _suite(root, one)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(root: ET.Element, report: Report) -> None:
    name = folded(report.server.name, 200)
    suite = ET.SubElement(root, "testsuite", name=name, timestamp=folded(report.generated_at, 40).removesuffix("Z"))
    findings = [one for one in (report.gate.findings if report.gate else ()) if one.suppressed is None]
    _case(suite, name, "(server)", [one for one in findings if one.tool is None], None)
    for card in shown(report):
        _case(suite, name, folded(card.name, 200), [one for one in findings if one.tool == card.name], card)
    for problem in report.errors:
        case = ET.SubElement(suite, "testcase", classname=name, name=folded(problem.tool or "input", 200))
        ET.SubElement(case, "error", message=folded(problem.message), type=folded(problem.code, 60))
    for key in ("failure", "error"):
        suite.set(f"{key}s", str(len(suite.findall(f"testcase/{key}"))))
    suite.set("tests", str(len(suite)))


def _case(suite: ET.Element, server: str, name: str, findings: Sequence[Finding], card: ToolCard | None) -> None:
    case = ET.SubElement(suite, "testcase", classname=server, name=name)
    if findings:
        # One failure a case: more are not in every reader's dialect.
        failure = ET.SubElement(case, "failure", message=folded(findings[0].message), type=folded(findings[0].rule, 80))
        failure.text = "\n".join(_line(one) for one in findings)
        place = findings[0].place
        if place and place.file:
            case.set("file", folded(place.file, 400))
            case.set("line", str(place.line or 1))
    elif card:
        ET.SubElement(case, "system-out").text = grade(card.tdqs, card.tier)


def _line(finding: Finding) -> str:
    place = finding.place
    where = f"{place.file}:{place.line}: " if place and place.file else ""
    return folded(f"{where}{finding.message}. Fix: {finding.fix or 'see toolmark explain'}")
