"""`toolmark explain` and `toolmark schema`."""

from __future__ import annotations

import json

import jsonschema
import pytest

from scorer.catalog import load_risk_rules, load_rubric, page
from scorer.gate.risk import RULES
from scorer.models.gate import FAIL_UNDER, FAIL_UNDER_TOOL, MAX_DROP

RUBRIC = load_rubric()
DIMENSIONS = (*RUBRIC.tool, *RUBRIC.server)


def test_lists_every_dimension_and_fact_a_line_each(toolmark):
    called = toolmark("explain")
    assert called.code == 0
    listed = [line.split()[0] for line in called.out.splitlines()]
    facts = [name for d in DIMENSIONS for name in (d.id, *(rule.id for rule in d.facts))]
    assert listed[: len(facts)] == facts


def test_everything_that_is_listed_is_explained(toolmark):
    """What the gate and the risk part print is asked for by the id that they print."""
    risk = load_risk_rules()
    ids = [line.split()[0] for line in toolmark("explain").out.splitlines()]
    printed = [FAIL_UNDER, FAIL_UNDER_TOOL, MAX_DROP, *(f"risk/{name}" for name in RULES), "low", "critical"]
    printed += [*risk.categories, *(f"risk/{signal.replace('_', '-')}" for signal in risk.signals)]
    assert not set(printed) - set(ids)
    for name in [*printed, "gate", "risk"]:
        called = toolmark("explain", name)
        assert called.code == 0, called.err
        assert max(map(len, called.out.splitlines())) <= 80


@pytest.mark.parametrize("name", ["poisoning", "risk/poisoning", "arbitrary_code", "arbitrary-code", "destructive"])
def test_words_of_risk_come_with_meaning_and_advice(toolmark, name):
    risk = load_risk_rules()
    key = name.removeprefix("risk/").replace("-", "_")
    rule = risk.signals.get(key) or risk.categories["Destructive"]
    shown = " ".join(toolmark("explain", name).out.split())
    assert " ".join(rule.means.split()) in shown
    assert " ".join(rule.advice.split()) in shown


def test_a_word_of_gate_and_risk_gives_both(toolmark):
    shown = toolmark("explain", "critical").out
    assert "rule of the gate on risk" in shown
    assert "A severity of risk" in shown


@pytest.mark.parametrize("identifier", [d.id for d in DIMENSIONS] + [d.facts[0].id for d in DIMENSIONS])
def test_explains_each_within_80_columns(toolmark, identifier):
    called = toolmark("explain", identifier)
    assert called.code == 0
    assert identifier in called.out
    assert max(map(len, called.out.splitlines())) <= 80
    assert "\x1b" not in called.out


def test_says_question_reason_and_remedy(toolmark):
    rule = RUBRIC.tool[0].facts[0]
    shown = " ".join(toolmark("explain", rule.id).out.split())
    for words in (rule.question, rule.why, rule.remedy):
        assert " ".join(words.split()[:4]).strip("`") in shown.replace("`", "")


def test_gives_the_page_as_markdown(toolmark):
    assert toolmark("explain", "usage_guidelines", "--markdown").out == page("usage_guidelines")


def test_an_unknown_id_names_the_nearest(toolmark):
    called = toolmark("explain", "usage_guideline")
    assert called.code == 2
    assert "usage_guidelines" in called.err


def test_schema_is_json_schema_that_a_report_satisfies(toolmark, orders):
    schema = json.loads(toolmark("schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    report = json.loads(toolmark("score", orders, "-f", "json").out)
    jsonschema.validate(report, schema)


def test_a_note_without_an_example_shows_none(toolmark):
    notes = [rule for dimension in DIMENSIONS for rule in dimension.facts if not rule.before and not rule.after]
    assert notes
    for rule in notes:
        shown = toolmark("explain", rule.id, "--markdown").out
        assert "Nothing to show" not in shown
        assert "Before" not in shown
