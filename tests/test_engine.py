"""The engine and the library's face: what is graded, and what survives when a part fails."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

import scorer
from scorer import engine, load, render, score
from scorer.errors import InputError, UsageError
from scorer.models.tool import Problem, ToolSet


def definition(name, text="Get one order by its id."):
    return {
        "name": name,
        "description": text,
        "inputSchema": {"type": "object", "properties": {"id": {"type": "string"}}},
    }


THREE = [
    definition("get_order"),
    definition("list_orders", "List orders."),
    definition("delete_order", "Delete an order."),
]


@pytest.fixture
def three() -> ToolSet:
    return load({"tools": THREE}, name="shop")


def test_a_report_has_everything_that_an_output_shows(three):
    report = score(three, generated_at="2026-11-21T12:00:00Z")
    assert report.generated_at == "2026-11-21T12:00:00Z"
    assert report.graded_by == f"toolmark {scorer.__version__} heuristics"
    assert (report.server.name, report.server.tool_count) == ("shop", 3)
    assert [card.name for card in report.tools] == ["get_order", "list_orders", "delete_order"]
    assert report.tokens == sum(card.tokens for card in report.tools) > 0
    known = report.legend.facts.keys()
    assert {fact.id for card in report.tools for fact in card.facts} <= known
    assert {fact.id for fact in report.server_facts} <= known
    assert {fix.fact for card in report.tools for fix in card.fixes} <= known
    assert len(report.legend.dimensions) == 6
    assert len(report.legend.server_dimensions) == 4
    assert report.legend.tiers["A"] == 3.5


def test_now_is_utc(three):
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", score(three).generated_at)


def test_the_same_tools_give_the_same_report(three):
    assert score(three, generated_at="x") == score(three, generated_at="x")


def test_entries_that_are_no_tools_are_counted_and_shown():
    report = score(load({"tools": [*THREE, 7, {"description": "x"}]}))
    assert report.server.tool_count == report.server_score.tool_count == 5
    assert report.server_score.scored_tool_count == 3
    assert [row.code for row in report.errors] == ["not-an-object", "no-name"]
    assert report.server_score.overall_score is None


def test_a_problem_of_the_whole_input_is_no_tool(three):
    tools = ToolSet("s", three.tools, problems=(Problem("duplicate-key", "`a` stands twice"),))
    assert score(tools).server.tool_count == 3


@pytest.mark.parametrize("phase", ["measure", "examine", "grade_tool"])
def test_a_tool_that_breaks_a_phase_is_a_row(three, monkeypatch, phase):
    original = getattr(engine, phase)

    def fail(tool, *more):
        if tool.name == "list_orders":
            raise ZeroDivisionError("boom")
        return original(tool, *more)

    monkeypatch.setattr(engine, phase, fail)
    report = score(three)
    assert [card.name for card in report.tools] == ["get_order", "delete_order"]
    assert report.server.tool_count == 3
    (row,) = report.errors
    assert (row.code, row.tool) == ("internal-error", "list_orders")
    assert "ZeroDivisionError: boom" in row.message
    assert "list_orders" in render(report)


@pytest.mark.parametrize("phase", ["compare", "examine_set"])
def test_a_set_that_breaks_a_phase_still_has_its_tools(three, monkeypatch, phase):
    def fail(*_):
        raise RecursionError

    monkeypatch.setattr(engine, phase, fail)
    report = score(three)
    assert len(report.tools) == 3
    assert [(row.code, row.tool) for row in report.errors] == [("internal-error", None)]


def test_siblings_stay_known_to_tools_beside_one_that_fails(three, monkeypatch):
    whole = score(three)
    original = engine.grade_tool
    monkeypatch.setattr(
        engine, "grade_tool", lambda tool, *more: original(tool, *more) if tool.name != "list_orders" else 1 / 0
    )
    assert score(three).tools[0] == whole.tools[0]


def test_progress_is_told_after_every_tool(three):
    told = []
    engine.score(three, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_no_tools_is_a_report_without_scores():
    report = score(ToolSet("empty", ()))
    assert report.server_score.overall_score is None
    assert report.plan.edits == ()
    for name in ("text", "json", "markdown", "html"):
        assert render(report, name)


@pytest.mark.parametrize(
    "value",
    [{"tools": THREE}, THREE, {"jsonrpc": "2.0", "id": 1, "result": {"tools": THREE}}],
    ids=["result", "list", "envelope"],
)
def test_loads_what_is_parsed_already(value):
    assert [tool.name for tool in load(value).tools] == ["get_order", "list_orders", "delete_order"]


def test_loads_a_path_like_its_value(tmp_path, three):
    path = tmp_path / "shop.json"
    path.write_text(json.dumps({"tools": THREE}))
    for source in (path, str(path)):
        assert [tool.definition for tool in load(source).tools] == [tool.definition for tool in three.tools]
    assert load(path).server_name == "shop"
    assert load(path, name="other").server_name == "other"


@pytest.mark.parametrize("value", [{}, {"a": 1}, {"mcpServers": {"a": {"command": "b"}}}, {"tools": {1, 2}}])
def test_what_holds_no_tools_is_an_input_error(value):
    with pytest.raises(InputError):
        load(value)


def test_an_unknown_format_is_a_usage_error(three):
    with pytest.raises(UsageError):
        render(score(three), "pdf")


def test_importing_the_library_is_light():
    code = "import sys, scorer; print([m for m in sys.modules if m.startswith('scorer.') or m in ('yaml', 'rich', 'typer')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['scorer.errors', 'scorer.version']"
