from __future__ import annotations

import json
from dataclasses import replace

import pytest

from scorer.calibration.dimension_fit import Plan
from scorer.calibration.document import calibrate, priors, with_points
from scorer.calibration.fit_tables import fit_grids, turns
from scorer.calibration.grid import as_text

LEVEL = "behavioral_transparency"
PLAN = Plan((0,), False, "2026-11-21")
pytestmark = pytest.mark.usefixtures("small_trees")


@pytest.fixture(scope="module")
def table(draw_table):
    return draw_table()


@pytest.fixture(scope="module")
def document(table, rubric, small_trees):
    return calibrate(table, rubric, {}, PLAN, lambda _: None)


def test_points_with_their_provenance(document):
    assert (document["date"], document["observations"]["sha256"]) == ("2026-11-21", "digest")
    assert {k: document["observations"][k] for k in ("ratings", "ratedServers", "jury", "captured")} == {
        "ratings": 192,
        "ratedServers": 24,
        "jury": 48,
        "captured": 48,
    }
    part = document["dimensions"][LEVEL]
    assert (part["n"], part["servers"], part["against"]) == (192, 24, "published")
    for fact in part["facts"].values():
        assert fact["points"] == round(fact["points"], 1)
    assert part["facts"]["behavior/rare"]["status"] == "rare"
    assert turns(part["facts"]["behavior/turned"])
    assert not turns(part["facts"]["behavior/good"])
    json.dumps(document, allow_nan=False)


def test_fitting_again_gives_the_same(document, table, rubric):
    """The second fit starts from the rubric that the first one wrote; its priors are still those of the first."""
    fitted = with_points(rubric, document["dimensions"])
    assert fitted.tool[1].facts[0].points == document["dimensions"][LEVEL]["facts"]["behavior/good"]["points"]
    again = calibrate(table, fitted, document, PLAN, lambda _: None)
    for key in document["dimensions"]:
        one, two = document["dimensions"][key], again["dimensions"][key]
        assert (one["base"], one["crossValidation"]) == (two["base"], two["crossValidation"])
        for fact in one["facts"]:
            for name in ("points", "prior", "earns", "wants", "status"):
                assert one["facts"][fact][name] == two["facts"][fact][name]
    assert again["agreement"] == document["agreement"]


def test_points_changed_by_hand_are_a_new_meaning(document, rubric):
    fitted = with_points(rubric, document["dimensions"])
    rules = fitted.tool[1]
    changed = replace(rules, facts=(replace(rules.facts[0], points=0.1), *rules.facts[1:]))
    base, points = priors(changed, document)
    assert points[0] == 1.0
    assert points[1:] == priors(rubric.tool[1], {})[1][1:]
    assert base == 25.0


def test_one_dimension_alone_leaves_the_others(document, table, rubric):
    only = calibrate(table, rubric, document, PLAN._replace(only=(LEVEL,)), lambda _: None)
    assert only["dimensions"]["usage_guidelines"] == document["dimensions"]["usage_guidelines"]


def test_the_tables_show_marks_and_points(document):
    text = as_text(fit_grids(document))
    for part in (
        "behavioral_transparency (published)",
        "fitted, rows seen",
        "forest, own facts",
        "behavior/good *",
        "kappa by rank",
    ):
        assert part in text
    assert text.count("!") >= 2
