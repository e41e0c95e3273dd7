"""The arithmetic over many rows against the scorecard's own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scorer.calibration.card import make_card, rounded, tenths
from scorer.calibration.table import Table
from scorer.calibration.tdqs import tdqs_tenths, tiers
from scorer.catalog import load_rubric
from scorer.models.rubric import NO_DESCRIPTION
from scorer.scorecard.dimension import Scale
from scorer.scorecard.rounding import round_tenths, tier_of

RUBRIC = load_rubric()


@given(st.sampled_from(RUBRIC.tool), st.data())
def test_scores_are_the_scorecards(rules, data):
    chosen = data.draw(st.lists(st.sets(st.sampled_from([rule.id for rule in rules.facts])), min_size=1, max_size=4))
    points = data.draw(st.lists(st.integers(-30, 30), min_size=len(rules.facts), max_size=len(rules.facts)))
    facts = tuple(replace(rule, points=value / 10) for rule, value in zip(rules.facts, points, strict=True))
    changed = replace(rules, base=data.draw(st.integers(10, 50)) / 10, facts=facts)
    every = [rule.id for d in RUBRIC.tool for rule in d.facts]
    table = Table([{fact: "1" if fact in held else "0" for fact in every} for held in chosen])
    card, scale = make_card(table, changed, RUBRIC), Scale(changed)
    bare = {rule.id for rule in rules.facts if rule.flag == NO_DESCRIPTION}
    for held, raw, score in zip(chosen, card.raw(*tenths(changed)), card.score(*tenths(changed)), strict=True):
        bits = sum(row.bit for row in scale.rows if row.rule.id in held)
        if held & bare:
            assert score == 1
        else:
            assert raw == scale.raw(bits)
            assert score == scale.outcome(bits, bits).score


def test_a_tool_without_description_scores_1_everywhere():
    bare = next(rule.id for d in RUBRIC.tool for rule in d.facts if rule.flag == NO_DESCRIPTION)
    table = Table([{rule.id: "1" if rule.id == bare else "0" for d in RUBRIC.tool for rule in d.facts}])
    for rules in RUBRIC.tool:
        assert make_card(table, rules, RUBRIC).score(*tenths(rules)).tolist() == [1]


def test_equal_rows_are_joined_with_their_weights():
    rules = RUBRIC.tool[0]
    rows = [{rules.facts[3].id: held} for held in ("1", "0", "1")]
    card, weight = make_card(Table(rows), rules, RUBRIC).merged(np.array([0.5, 0.2, 0.3]))
    assert sorted(weight.tolist()) == [0.2, 0.8]
    assert card.holds.shape[0] == 2


def test_half_is_rounded_up_and_ends_are_kept():
    assert rounded(np.array([5.0, 14.0, 15.0, 44.0, 45.0 - 1e-9, 90.0])).tolist() == [1, 1, 2, 4, 5, 5]


@given(st.lists(st.integers(1, 5), min_size=6, max_size=6))
def test_tdqs_is_the_specifications(scores):
    found = tdqs_tenths({d.id: np.array([float(s)]) for d, s in zip(RUBRIC.tool, scores, strict=True)}, RUBRIC)
    exact = round_tenths(sum(d.weight * s for d, s in zip(RUBRIC.tool, scores, strict=True)), 100)
    assert found.tolist() == [exact]
    assert tiers(found, RUBRIC) == [tier_of(exact, RUBRIC.tiers)]
