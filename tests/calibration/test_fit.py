from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.calibration.crossval import cross_validate, unseen
from scorer.calibration.fit import LEAST_ROWS, fit, rare_facts, unsigned, worth
from scorer.calibration.goal import make_goal
from scorer.calibration.heldout import split
from scorer.calibration.loss import Loss, quantile_mapped, rank_correlation
from scorer.calibration.ridge import ridge
from scorer.calibration.table import Table

FACTS = ["good", "better", "bad", "plain", "rare", "turned"]


@pytest.fixture(params=[0, 1], ids=["order", "level"])
def goal(request, table, rubric):
    return make_goal(table, rubric.tool[request.param], rubric)


@pytest.fixture
def level(table, rubric):
    return make_goal(table, rubric.tool[1], rubric)


def test_signs_are_never_violated_and_points_are_tenths(goal):
    found = fit(goal, 0).points
    by_name = dict(zip(FACTS, found.points, strict=True))
    assert by_name["good"] >= 0
    assert by_name["bad"] <= 0
    assert by_name["turned"] <= 0, "the labels want it up, its kind does not allow it"
    for value in (found.base, *found.points):
        assert value == round(value)
    assert 10 <= found.base <= 50


def test_the_same_rows_give_the_same_points(goal):
    a, b = fit(goal, 0).points, fit(goal, 0).points
    assert (a.base, a.points.tolist()) == (b.base, b.points.tolist())


def test_points_that_made_the_labels_are_found(level):
    found = dict(zip(FACTS, fit(level, 0).points.points, strict=True))
    assert found["good"] == pytest.approx(10, abs=3)
    assert found["better"] == pytest.approx(10, abs=3)
    assert found["bad"] == pytest.approx(-10, abs=3)
    assert abs(found["plain"]) <= 3


def test_a_fact_that_too_few_rows_show_keeps_its_prior(goal):
    assert rare_facts(goal) == {FACTS.index("rare")}
    assert fit(goal, 0).points.points[FACTS.index("rare")] == -4


@pytest.mark.parametrize(("rows", "rare"), [(LEAST_ROWS - 1, True), (LEAST_ROWS, False)])
def test_how_many_rows_are_too_few(table, rubric, rows, rare):
    ratings = [row for row in table.rows if row["kind"] == "rating"]
    for at, row in enumerate(ratings):
        row["behavior/rare"] = "1" if at < rows else "0"
    assert (FACTS.index("rare") in rare_facts(make_goal(table, rubric.tool[1], rubric))) is rare


def test_the_continuous_start_respects_signs(goal):
    _, points = ridge(goal, goal.low, goal.high)
    assert (points >= goal.low).all()
    assert (points <= goal.high).all()


def test_the_search_never_ends_worse_than_its_start(goal):
    loss, found = Loss(goal), fit(goal, 0).points
    assert found.loss == loss(found.base, found.points)
    assert found.loss <= loss(goal.base, goal.prior)


def test_a_sign_that_turns_is_told(level):
    wanted = dict(zip(FACTS, unsigned(level), strict=True))
    assert wanted["turned"] > 1
    assert wanted["good"] > 1


def test_what_a_fact_earns(level):
    earned = worth(level, fit(level, 0), (0,))
    assert earned[FACTS.index("good")] > 0.05
    assert FACTS.index("rare") not in earned


def test_selection_gives_what_earns_nothing_zero_or_its_prior(level):
    found = fit(level, 0, select=True)
    for at, value in found.fixed.items():
        assert found.points.points[at] == value
        assert value in (0.0, level.prior[at])
    assert not {FACTS.index("good"), FACTS.index("bad")} & set(found.fixed)


def test_caps_and_gates_stay_and_decide(table, rubric):
    rules = rubric.tool[1]
    capped = replace(
        rules, facts=tuple(replace(r, cap=2, points=0.0) if r.id.endswith("/bad") else r for r in rules.facts)
    )
    goal = make_goal(table, capped, rubric)
    found = fit(goal, 0).points
    held = goal.labels.card.holds[:, FACTS.index("bad")] > 0
    assert goal.labels.card.score(found.base, found.points)[held].max() <= 2


def test_order_is_fitted_and_the_corpus_sets_the_level(table, rubric):
    high = replace(
        rubric,
        corpus=replace(
            rubric.corpus,
            means=dict.fromkeys(rubric.corpus.means, 4.4),
            below_three=dict.fromkeys(rubric.corpus.means, 4.0),
        ),
    )
    low = replace(
        rubric,
        corpus=replace(
            rubric.corpus,
            means=dict.fromkeys(rubric.corpus.means, 2.2),
            below_three=dict.fromkeys(rubric.corpus.means, 70.0),
        ),
    )
    for wanted, mean in ((high, 4.4), (low, 2.2)):
        goal = make_goal(table, wanted.tool[0], wanted)
        found = fit(goal, 0).points
        assert goal.level.reached(found.base, found.points)[0] == pytest.approx(mean, abs=0.25)
        assert rank_correlation(goal.labels.card.raw(found.base, found.points), goal.labels.labels) > 0.6


def test_no_server_is_on_both_sides(goal):
    for rest, own in split(goal, 5, 0):
        assert not {*rest.labels.group.tolist(), *rest.jury.group.tolist()} & {
            *own.labels.group.tolist(),
            *own.jury.group.tolist(),
        }
        assert len(rest.labels.rows) + len(own.labels.rows) == len(goal.labels.rows)


def test_unseen_rows_are_scored_without_their_server(level):
    """Labels of one server that say the opposite cannot pull its own scores."""
    before = unseen(level, 0, select=False).labels
    own = level.labels.group == level.labels.group[0]
    labels = level.labels.labels.copy()
    labels[own] = 6 - labels[own]
    after = unseen(level._replace(labels=level.labels._replace(labels=labels)), 0, select=False).labels
    assert np.array_equal(before[own], after[own])


@pytest.mark.usefixtures("small_trees")
def test_marks_in_cross_validation(goal, table):
    found = cross_validate(goal, table, (0,))
    assert set(found) == {"shipped", "forest", "boosted", "ownFacts", "length", "mode"}
    shipped, mode = found["shipped"], found["mode"]
    assert shipped["n"] == 192
    assert shipped["kappa"] > 0.4 > mode["kappa"]
    if goal.ordered:
        assert shipped["kappaByRank"] > 0.4
        assert shipped["jury"]["spearman"] > 0.5
    else:
        assert shipped["mae"] < mode["mae"]


def test_a_judgement_counts_once_per_text(table, rubric):
    twice = Table([*table.rows, *[row for row in table.rows if row["kind"] == "rating"]])
    assert len(make_goal(twice, rubric.tool[0], rubric).labels.rows) == 192
    assert len(make_goal(twice, rubric.tool[1], rubric).labels.rows) == 384


VALUES = st.lists(st.integers(0, 50), min_size=1, max_size=30)


@given(VALUES, st.data())
@settings(max_examples=50)
def test_quantile_mapping_keeps_the_order(values, data):
    labels = np.array(data.draw(st.lists(st.integers(1, 5), min_size=len(values), max_size=len(values))), dtype=float)
    mapped = quantile_mapped(np.array(values, dtype=float), labels)
    order = np.argsort(values, kind="stable")
    assert (np.diff(mapped[order]) >= 0).all()
    assert set(mapped.tolist()) <= set(labels.tolist())
    if len(set(values)) == len(values):
        assert sorted(mapped.tolist()) == sorted(labels.tolist())
