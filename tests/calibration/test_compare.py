from __future__ import annotations

from dataclasses import replace

import pytest

from scorer.calibration.compare import compare
from scorer.calibration.compare_tables import compare_grids, headline
from scorer.calibration.grid import as_markdown, as_text
from scorer.catalog import load_rubric
from scorer.engine import score
from scorer.models.card import SCHEMA_VERSION, Reports
from scorer.models.tool import ToolSet
from scorer.sources.definitions import read_tools

WHEN, BARE = "usage/says-when", "purpose/no-description"


def tools(**descriptions):
    entries = [
        {"name": name, "description": text, "inputSchema": {"type": "object"}} for name, text in descriptions.items()
    ]
    return ToolSet("shop", read_tools(entries)[0])


GUIDED = "Search the orders of a customer. Use this when you know words of the order but not its id."
PLAIN = "Search the orders of a customer."


def report(rubric=None, **descriptions):
    return score(tools(**descriptions), rubric=rubric or load_rubric(), generated_at="2026-11-21T00:00:00Z")


def repriced(fact, points):
    rubric = load_rubric()
    change = lambda d: replace(d, facts=tuple(replace(r, points=points) if r.id == fact else r for r in d.facts))  # noqa: E731
    return replace(rubric, version="9.9.9", tool=tuple(map(change, rubric.tool)))


def test_a_change_of_the_rubric_names_its_fact():
    found = compare(report(repriced(WHEN, 1.5), a=GUIDED, b=PLAIN), report(repriced(WHEN, 0.0), a=GUIDED, b=PLAIN))
    (row,) = found["moved"]
    assert (row["tool"], row["dimension"], row["edited"]) == ("a", "usage_guidelines", False)
    assert row["new"] < row["old"]
    assert [(cause["fact"], cause["new"], cause["answer"]) for cause in row["by"]] == [(WHEN, 0.0, "other points")]
    assert found["facts"] == {WHEN: 1}
    assert (found["tools"], found["toolsMoved"], found["edited"]) == (2, 1, 0)
    assert found["dimensions"]["usage_guidelines"] | {"mean": 0} == {
        "raised": 0,
        "lowered": 1,
        "same": 1,
        "mean": 0,
        "measured": 0,
    }


def test_a_change_of_the_text_names_what_holds_now():
    paid = repriced(WHEN, 1.5)
    found = compare(report(paid, a=PLAIN), report(paid, a=GUIDED))
    causes = {cause["fact"]: cause for row in found["moved"] for cause in row["by"]}
    assert causes[WHEN]["answer"] == "now holds"
    assert causes[WHEN]["points"] > 0
    assert found["edited"] == 1
    assert found["tdqs"]["raised"] == 1
    back = compare(report(paid, a=GUIDED), report(paid, a=PLAIN))
    assert {c["answer"] for row in back["moved"] for c in row["by"] if c["fact"] == WHEN} == {"holds no more"}


def test_a_base_and_a_gate_are_named_too():
    rubric = repriced(WHEN, 1.5)
    raised = replace(rubric, tool=tuple(replace(d, base=5.0) if d.id == "usage_guidelines" else d for d in rubric.tool))
    (row,) = compare(report(a=PLAIN), report(raised, a=PLAIN))["moved"]
    assert [cause["fact"] for cause in row["by"]] == ["base"]
    gated = compare(report(a=PLAIN), report(a="  "))
    purpose = next(row for row in gated["moved"] if row["dimension"] == "purpose_clarity")
    facts = {cause["fact"]: cause for cause in purpose["by"]}
    assert (facts["cap"]["old"], facts["cap"]["new"]) == (None, 1)
    assert facts[BARE]["answer"] == "now holds"


def test_tools_of_one_report_alone_and_of_several_servers():
    old = Reports(SCHEMA_VERSION, (report(a=PLAIN, gone=PLAIN),))
    found = compare(old, report(a=PLAIN, new=PLAIN))
    assert (found["onlyOld"], found["onlyNew"]) == ([["shop", "gone"]], [["shop", "new"]])
    assert found["moved"] == []


def test_equal_names_are_kept_apart():
    entries = [{"name": "a", "description": text, "inputSchema": {}} for text in (PLAIN, GUIDED)]
    twice = score(ToolSet("shop", read_tools(entries)[0]), generated_at="2026-11-21T00:00:00Z")
    assert compare(twice, twice)["tools"] == 2


@pytest.mark.parametrize("laid_out", [as_text, as_markdown])
def test_tables_and_headline(laid_out):
    found = compare(report(repriced(WHEN, 1.5), a=GUIDED, b=PLAIN), report(repriced(WHEN, 0.0), a=GUIDED, b=PLAIN))
    text = laid_out(compare_grids(found))
    assert "shop: a" in text
    assert f"{WHEN} -1.5 (other points)" in text
    assert headline(found) == "1 score of 1 tools moved, of 2 in both reports (rubric 9.9.9 -> 9.9.9)."
    nothing = compare(report(a=PLAIN), report(a=PLAIN))
    assert headline(nothing).startswith("0 scores of 0 tools moved, of 1")
