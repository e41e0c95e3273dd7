from __future__ import annotations

import random
from dataclasses import replace
from types import SimpleNamespace

import pytest
import tdqs
from hypothesis import given
from hypothesis import strategies as st
from tdqs.score_server_coherence import ServerCoherence

from scorer.models.signals import Overlap
from scorer.scorecard import flag_shadowed, grade_server, price
from scorer.scorecard.server import description_quality, overall

FOUR = ["disambiguation", "naming_consistency", "tool_count_appropriateness", "completeness"]
PREFIXES = ["apart", "naming", "count", "surface"]
FIELDS = [
    "overall_score",
    "overall_tier",
    "description_quality_score",
    "description_quality_tier",
    "coherence_score",
    "coherence_tier",
    "mean_tdqs",
    "min_tdqs",
]


@pytest.fixture(scope="session")
def rubric(bench):
    return bench.pinned()


@pytest.fixture(scope="session")
def card(bench, rubric):
    return bench.grade(rubric)


def graded(bench, rubric, card, values, four, count=None):
    cards = [replace(card, name=f"t{i}", tdqs=value) for i, value in enumerate(values)]
    facts = bench.facts(rubric, [f"{p}/is-{s}" for p, s in zip(PREFIXES, four, strict=True)], server=True)
    return grade_server(cards, len(cards) if count is None else count, facts, (), rubric)


def reference(values, four):
    justifications = {
        key: tdqs.Justification(justification="x", score=score) for key, score in zip(FOUR, four, strict=True)
    }
    coherence = ServerCoherence(
        justifications=justifications, scores=dict(zip(FOUR, four, strict=True)), shadowing_risks=(), summary="x"
    )
    scores = [SimpleNamespace(tdqs=value) for value in values]
    return tdqs.rollup_server_score(coherence=coherence, tool_count=len(values), tool_scores=scores)


def test_7500_rollups_are_the_references(bench, rubric):
    chance = random.Random(7500)
    limits = rubric.limits
    for _ in range(7500):
        tenths = [chance.randint(10, 50) for _ in range(chance.randint(1, 40))]
        four = [chance.randint(1, 5) for _ in range(4)]
        expected = reference([value / 10 for value in tenths], four)
        quality = description_quality(sum(tenths), min(tenths), len(tenths), limits)
        coherence = round(expected.coherence_score * 10)
        assert quality / 10 == expected.description_quality_score
        assert overall(quality, coherence, limits) / 10 == expected.overall_score


@given(st.lists(st.integers(10, 50), min_size=1, max_size=30), st.lists(st.integers(1, 5), min_size=4, max_size=4))
def test_every_number_and_letter_is_the_references(bench, rubric, card, tenths, four):
    values = [value / 10 for value in tenths]
    ours, theirs = graded(bench, rubric, card, values, four), reference(values, four)
    assert [getattr(ours, name) for name in FIELDS] == [getattr(theirs, name) for name in FIELDS]
    assert [getattr(ours, name) for name in FOUR] == four
    assert (ours.scored_tool_count, ours.tool_count) == (len(values), len(values))


def test_the_case_that_doubles_get_wrong(bench, rubric, card):
    """0.7 x 3.0 + 0.3 x 4.5 is 3.45 exactly, so A."""
    score = graded(bench, rubric, card, [3.0], [5, 5, 4, 4])
    assert (score.overall_score, score.overall_tier) == (3.5, "A")


@pytest.mark.parametrize(
    ("scored", "count", "published"), [(4, 5, True), (3, 4, False), (79, 99, False), (80, 100, True), (1, 1, True)]
)
def test_published_from_80_percent_on(bench, rubric, card, scored, count, published):
    score = graded(bench, rubric, card, [3.0] * scored, [4] * 4, count)
    shown = [score.overall_score, score.description_quality_score, score.coherence_score]
    assert all(value is not None for value in shown) if published else shown == [None] * 3
    assert (score.overall_tier is None) == (not published)
    assert (score.mean_tdqs, score.min_tdqs, score.tool_count) == (3.0, 3.0, count)
    assert score.disambiguation == 4


def test_cards_without_tdqs_are_not_scored(bench, rubric, card):
    score = graded(bench, rubric, card, [4.0, None, 3.0, 3.5, 4.0], [4] * 4)
    assert (score.scored_tool_count, score.mean_tdqs, score.min_tdqs) == (4, 3.6, 3.0)
    assert score.overall_score is not None


def test_no_tools_at_all(bench, rubric, card):
    score = graded(bench, rubric, card, [], [4] * 4, 0)
    assert (score.overall_score, score.mean_tdqs, score.min_tdqs, score.scored_tool_count) == (None, None, None, 0)


def test_a_set_that_could_not_be_examined_is_null_not_bad(bench, rubric, card):
    score = grade_server([card], 1, (), (), rubric)
    assert (score.coherence_score, score.overall_score, score.disambiguation) == (None, None, None)
    assert score.description_quality_score == 3.0
    assert score.coherence_justifications["naming_consistency"].justification.startswith("Not measurable")
    assert "could be measured" in score.coherence_summary


def test_one_dimension_that_failed_is_null_alone(bench, rubric, card):
    facts = [
        replace(f, status="error", holds=None) if f.id.startswith("naming") else f
        for f in bench.facts(rubric, server=True)
    ]
    score = grade_server([card], 1, facts, (), rubric)
    assert (score.naming_consistency, score.disambiguation, score.coherence_score) == (None, 3, None)


def test_the_scorecard_explains_the_set_too(bench):
    others = [bench.rule(f"{prefix}/odd", "defect", -1.0) for prefix in PREFIXES[1:]]
    rubric = bench.rubric([bench.rule("apart/overlap", "defect", -1.6, says="two tools overlap"), *others], base=4.0)
    overlap = bench.yes("apart/overlap", "disambiguation", detail="find_orders and search_orders")
    facts = (overlap, *bench.facts(rubric, server=True)[1:])
    score = grade_server([bench.grade(rubric)], 1, facts, (), rubric)
    reason = score.coherence_justifications["disambiguation"]
    assert (reason.score, reason.raw) == (2, 2.4)
    assert reason.justification == "Two tools overlap (find_orders and search_orders)."
    assert (
        score.coherence_summary
        == "A at 3.5: strongest in Naming, Tool Count and Completeness (4), weakest in Disambiguation (2)."
    )
    assert [fact.points for fact in price(facts, rubric)] == [-1.6, 0.0, 0.0, 0.0]


class TestShadowing:
    def cards(self, bench, rubric, **costs):
        return [bench.grade(rubric, name=name, cost=cost) for name, cost in costs.items()]

    def overlap(self, a, b, costlier):
        return Overlap(a, b, 0.9, ("order",), False, costlier)

    def test_the_costlier_tool_gets_the_flag(self, bench, rubric):
        cards = self.cards(bench, rubric, deep=9, cheap=1, other=1)
        overlaps = (self.overlap("cheap", "deep", "deep"), self.overlap("cheap", "other", None))
        score = grade_server(cards, 3, (), overlaps, rubric)
        (risk,) = score.shadowing_risks
        assert (risk.tool, risk.cheaper_sibling, risk.invocation_cost, risk.cheaper_sibling_invocation_cost) == (
            "deep",
            "cheap",
            9,
            1,
        )
        assert "order" in risk.justification
        assert [card.server_flags for card in flag_shadowed(cards, score)] == [("Shadowing Risk",), (), ()]

    def test_the_flag_changes_no_number(self, bench, rubric):
        cards = self.cards(bench, rubric, deep=9, cheap=1)
        facts = bench.facts(rubric, server=True)
        with_it, without = (
            grade_server(cards, 2, facts, o, rubric) for o in ((self.overlap("deep", "cheap", "deep"),), ())
        )
        assert replace(with_it, shadowing_risks=()) == without

    def test_one_risk_per_tool_against_the_dearest_sibling_ties_by_name(self, bench, rubric):
        cards = self.cards(bench, rubric, deep=20, a=1, c=3, b=3)
        overlaps = tuple(self.overlap("deep", other, "deep") for other in ("a", "c", "b"))
        assert [risk.cheaper_sibling for risk in grade_server(cards, 4, (), overlaps, rubric).shadowing_risks] == ["b"]

    def test_a_pair_with_a_tool_that_could_not_be_graded_is_silent(self, bench, rubric):
        cards = self.cards(bench, rubric, deep=9)
        assert grade_server(cards, 2, (), (self.overlap("deep", "gone", "deep"),), rubric).shadowing_risks == ()
