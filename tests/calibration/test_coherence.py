"""Servers of which names and numbers of tools are known: read, observed, fitted, measured and shown."""

from __future__ import annotations

import json

import pytest

from scorer.calibration.coherence import observe_servers, read_servers
from scorer.catalog.calibration_tables import set_lines
from scorer.cli.app import run
from scorer.cli.looking import look_at_set

SCORES = {"disambiguation": 5, "naming_consistency": 4, "tool_count_appropriateness": 3, "completeness": None}
NAMES = ["list_crates", "get_crate", "create_crate", "update_crate", "delete_crate"]


def server(count=5, names=NAMES, **scores):
    return {"server": "acme/crates", "tool_count": count, "tool_names": names, **SCORES, **scores}


@pytest.fixture
def row(tmp_path):
    def row(line):
        path = tmp_path / "coherence.jsonl"
        path.write_text(json.dumps(line) + "\n", encoding="utf-8")
        (found,) = observe_servers(read_servers(path), look_at_set)
        return found

    return row


def test_names_and_number_answer(row):
    found = row(server(count=20))
    assert (found["count/above-fifteen"], found["count/well-sized"], found["apart/wide-choice"]) == ("1", "0", "1")
    assert (found["naming/one-pattern"], found["surface/full-life-cycle"]) == ("1", "1")
    assert (found["published.naming_consistency"], found["published.completeness"]) == ("4", "")


def test_texts_are_not_known(row):
    assert row(server())["apart/undescribed-tools"] == ""


def test_of_a_few_names_only_the_number_is_rated(row):
    found = row(server(count=40, names=NAMES[:2]))
    assert found["published.naming_consistency"] == ""
    assert found["published.tool_count_appropriateness"] == "3"


def test_without_names_nothing_rests_on_them(row):
    found = row(server(count=4, names=None))
    assert (found["count/well-sized"], found["naming/one-pattern"]) == ("1", "")


@pytest.mark.parametrize("line", [{"tool_count": 0, **SCORES}, {"tool_count": "9", **SCORES}, {"server": "x"}])
def test_other_lines_are_passed_over(tmp_path, line):
    path = tmp_path / "other.jsonl"
    path.write_text(json.dumps(line), encoding="utf-8")
    assert read_servers(path) == []


def test_the_commands_take_them_along(labels, tmp_path, capsys):
    lines = [
        server(n, NAMES[: n % 6], tool_count_appropriateness=5 if n > 3 else 2) | {"server": f"s{n}"}
        for n in range(1, 9)
    ]
    (labels / "coherence.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    output = tmp_path / "observations.csv"
    assert run(["calibrate", "observe", str(labels), "--output", str(output)]) == 0
    assert (tmp_path / "coherence.csv").read_text(encoding="utf-8").count("\n") == 10  # the labels hold one already
    capsys.readouterr()
    shown = []
    for source in (labels, output):
        assert run(["calibrate", "agreement", str(source), "--format", "json"]) == 0
        shown.append(json.loads(capsys.readouterr().out)["sets"]["tool_count_appropriateness"]["published"])
    assert shown[0] == shown[1]
    assert shown[0]["n"] == 8


def test_the_page_has_a_row_for_each(root):
    document = json.loads((root / "rubrics" / "calibration.json").read_text(encoding="utf-8"))
    text = "\n".join(set_lines(document))
    assert all(f"| {label} |" in text for label in ("Disambiguation", "Naming", "Tool count", "Completeness"))
    assert list(set_lines({})) == []
