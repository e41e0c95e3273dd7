from __future__ import annotations

import pytest
import tdqs
from hypothesis import given
from hypothesis import strategies as st

from scorer.models.fact import Fact
from scorer.models.tool import Problem
from scorer.scorecard import grade_tool

SIX = [
    "purpose_clarity",
    "usage_guidelines",
    "behavioral_transparency",
    "parameter_semantics",
    "conciseness_structure",
    "contextual_completeness",
]


@pytest.fixture(scope="session")
def gated(bench):
    """A rubric with the specification's three flags and a merit."""
    return bench.rubric(
        [
            bench.rule("purpose/no-description", "defect", gate=1, flag="No Description"),
            bench.rule("purpose/tautological", "defect", cap=2, flag="Tautological Description"),
            bench.rule("behavior/contradicts", "defect", gate=1, flag="Annotation Contradiction"),
            bench.rule("usage/says-when", "merit", 2.0),
        ]
    )


@pytest.mark.parametrize("description", [None, "", "   ", "\n\t", "\ufeff\u3000"])
@pytest.mark.parametrize("holding", [[], ["purpose/no-description"], ["usage/says-when", "purpose/tautological"]])
def test_no_description_makes_everything_1(bench, gated, description, holding):
    card = bench.grade(gated, holding, description=description)
    assert set(card.scores.values()) == {1}
    assert (card.tdqs, card.tier, card.flags) == (1.0, "D", ("No Description",))
    assert {(j.score, j.raw, j.cap) for j in card.justifications.values()} == {(1, 1.0, 1)}
    assert card.smells == tuple(SIX)
    assert "no description" in card.summary


def test_no_description_leaves_what_is_not_measurable_alone(bench, gated):
    card = bench.grade(gated, ["purpose/no-description"], description=None, schema_known=False)
    assert [card.scores[key] for key in SIX] == [1, 1, 1, None, 1, None]
    assert card.tdqs == 1.0


@given(st.text(alphabet=" \t\n\u00a0\u2003\ufeff\u200bab_A", max_size=6))
def test_the_gate_on_missing_text_is_the_references(bench, gated, description):
    tool = tdqs.ToolDefinition(name="ab", description=description, input_schema={})
    expected = "No Description" in tdqs.evaluate_hard_gates(tool).flags
    assert ("No Description" in bench.grade(gated, description=description).flags) == expected


def test_tautology_caps_purpose_at_2(bench, gated):
    card = bench.grade(gated, ["purpose/tautological"])
    assert card.flags == ("Tautological Description",)
    assert [card.scores[key] for key in SIX] == [2, 3, 3, 3, 3, 3]
    assert card.tdqs == 2.8


def test_contradiction_makes_behavior_1(bench, gated):
    card = bench.grade(gated, ["behavior/contradicts", "purpose/tautological"])
    assert card.flags == ("Tautological Description", "Annotation Contradiction")
    assert card.scores["behavioral_transparency"] == 1
    assert (
        card.justifications["behavioral_transparency"].justification
        == "Says contradicts, which alone makes the score 1."
    )


@pytest.mark.parametrize(
    ("problems", "reason"),
    [
        ((), "Not measurable: the input gives no input schema for this tool."),
        ((Problem("boolean-schema", "The schema is `true`."),), "Not measurable: The schema is `true`."),
    ],
)
def test_unknown_schema_is_not_measurable_and_not_bad(bench, gated, problems, reason):
    card = bench.grade(gated, ["usage/says-when"], schema_known=False, problems=problems)
    assert [card.scores[key] for key in SIX] == [3, 5, 3, None, 3, None]
    assert card.tdqs == 3.5  # (25*3 + 20*5 + 20*3 + 10*3) / 75 = 3.53
    assert not card.complete
    assert card.justifications["parameter_semantics"].justification == reason
    assert card.justifications["parameter_semantics"].raw is None
    assert card.smells == ()
    assert card.errors == problems


def test_points_are_filled_in_for_what_holds_and_only_there(bench):
    rules = [
        bench.rule("usage/good", "merit", 0.7),
        bench.rule("usage/bad", "defect", -0.4),
        bench.rule("parameters/good", "merit", 0.3),
    ]
    rubric = bench.rubric(rules)
    facts = bench.facts(rubric, ["usage/good", "parameters/good"])
    card = grade_tool(bench.tool(), bench.signals(), facts, rubric)
    assert {fact.id: fact.points for fact in card.facts} == {
        "usage/good": 0.7,
        "usage/bad": 0.0,
        "parameters/good": 0.3,
    }
    assert [fact.id for fact in card.facts] == [fact.id for fact in facts]
    assert all(fact.points == 0.0 for fact in facts), "the witness's facts are left alone"
    unseen = grade_tool(bench.tool(schema_known=False), bench.signals(), facts, rubric)
    assert {fact.id: fact.points for fact in unseen.facts}["parameters/good"] == 0.0


def test_an_answer_that_is_none_contributes_nothing(bench):
    rubric = bench.rubric([bench.rule("usage/good", "merit", 2.0), bench.rule("usage/bad", "defect", -2.0)])
    told = bench.grade(rubric)
    for status in ("cannot-tell", "does-not-apply", "error"):
        facts = tuple(Fact(f"usage/{name}", "usage_guidelines", None, status, "because") for name in ("good", "bad"))
        card = grade_tool(bench.tool(), bench.signals(), facts, rubric)
        assert card.scores == told.scores
        assert [error.code for error in card.errors] == (["fact-error"] * 2 if status == "error" else [])


def test_an_unknown_fact_is_shown_and_not_counted(bench):
    rubric = bench.rubric()
    stranger = Fact("usage/from-a-later-rubric", "usage_guidelines", True)
    card = grade_tool(bench.tool(), bench.signals(), (stranger,), rubric)
    assert card.facts == (stranger,)
    assert card.tdqs == 3.0


@given(st.lists(st.integers(1, 5), min_size=6, max_size=6))
def test_smells_and_tdqs_are_the_references(bench, scores):
    rubric = bench.pinned()
    prefixes = [dimension.prefix for dimension in rubric.tool]
    card = bench.grade(rubric, [f"{p}/is-{s}" for p, s in zip(prefixes, scores, strict=True)])
    assert list(card.scores.values()) == scores
    assert card.tdqs == tdqs.compute_tdqs(card.scores)
    assert card.tier == tdqs.compute_tier(card.tdqs)
    assert set(card.smells) == set(tdqs.compute_smells(card.scores))
    assert card.complete


def test_the_card_keeps_what_was_read(bench):
    tool = bench.tool("Words.", title="A tool")
    card = grade_tool(tool, bench.signals(cost=3), (), bench.rubric())
    assert (card.name, card.title, card.description, card.definition) == ("a_tool", "A tool", "Words.", tool.definition)
    assert (card.tokens, card.context_signals.invocation_cost, card.server_flags) == (7, 3, ())
    assert card.summary == "B at 3.0: every dimension scores 3."
