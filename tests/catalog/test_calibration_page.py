from __future__ import annotations

import json

import pytest

from scorer.catalog import load_rubric
from scorer.catalog.calibration_page import PAGE, SOURCE, calibration_page
from scorer.catalog.calibration_tables import agreement_table

FIGURES = {
    "n": 40,
    "servers": 9,
    "mae": 0.5,
    "exact": 0.5,
    "withinOne": 0.95,
    "bias": 0.2,
    "kappa": 0.4,
    "pearson": 0.5,
    "spearman": 0.5,
}
MARK = {**FIGURES, "byServer": FIGURES}
FACT = {"kind": "merit", "points": 0.5, "prior": 0.3, "rows": 12, "status": "fitted", "wants": -0.4}


def part(label, against, **more):
    shipped = {**MARK, **more}
    ranked = {"kappaByRank": 0.7} if "kappaByRank" in more else {}
    cross = {"shipped": shipped, "forest": {**MARK, "mae": 0.4, **ranked}, "mode": {**MARK, "mae": 0.7}}
    return {"label": label, "against": against, "base": 2.5, "crossValidation": cross, "facts": {f"{label}/x": FACT}}


DOCUMENT = {
    "date": "2026-11-21",
    "rubricVersion": "1.0.0",
    "specVersion": "1.3",
    "observations": {"sha256": "abc", "ratings": 40, "ratedServers": 9, "judged": 30, "jury": 20, "captured": 50},
    "method": {"folds": 10, "seeds": [0, 1], "selection": False, "innerFolds": 5, "leastRows": 5},
    "dimensions": {
        "a": part("Alpha", "published"),
        "b": part("Beta", "judged", kappaByRank=0.66, kappaByRankRounded=0.6, jury={"n": 20, "spearman": 0.7}),
    },
    "agreement": {
        "dimensions": {
            "a": {"published": {"baselines": {"itself": {"mae": 0.3}, "mode": {"mae": 0.7}}}},
            "b": {"jury": {"n": 20, "spearman": 0.75, "words": 0.8, "amongJurors": [0.8, None]}},
        },
        "corpus": {
            "tools": 50,
            "servers": 4,
            "meanTdqs": 3.5,
            "publishedMeanTdqs": 3.57,
            "dimensions": {"a": {"mean": 3.0, "publishedMean": 3.1, "belowThree": 20.0, "publishedBelowThree": 34.0}},
            "tiers": {"A": {"share": 60.0, "published": 54.1}, "B": {"share": 33.0, "published": 19.4}},
        },
    },
}


def test_the_one_table():
    lines = agreement_table(DOCUMENT).splitlines()
    assert len(lines) == 4
    assert len({line.count("|") for line in lines}) == 1
    assert lines[2] == "| Alpha | published scores | 40 | 9 | 0.50 | 95 % | 0.40 | 0.70 | 0.30 |"
    assert "0.66 by rank" in lines[3]


def test_the_page_says_how_on_what_how_well_and_where_not():
    page = calibration_page(DOCUMENT)
    for heading in (
        "How it was fitted",
        "On what",
        "How well it agrees",
        "Where it does not agree",
        "The points",
        "What the score is not",
    ):
        assert f"## {heading}" in page
    for part_of_it in (
        "40 published ratings of tools of 9 servers",
        "Alpha: a plain model over all facts and signals is nearer by 0.10",
        "0.20 further off than two ratings of one text",
        "on average 0.20 above the labels",
        "the data speak against the meaning of `Alpha/x`",
        "| Beta | 20 | 0.75 | 0.70 | 0.80 | 0.80, - |",
        "A 60 % (54 %)",
        "Beta: by rank, kappa 0.66 for 0.70 of the best plain model",
        "Alpha: 20 % of the captured servers' tools are below 3, in the registry 34 %",
        "Tiers: B 33 % for 19 %.",
        "| Alpha/x | +0.5 | +0.3 | 12 | fitted |",
    ):
        assert part_of_it in page
    assert agreement_table(DOCUMENT) in page


def test_no_corpus_and_no_jury_are_no_error():
    bare = {**DOCUMENT, "agreement": {"dimensions": {}, "corpus": {}}}
    assert "captured servers, every server" not in calibration_page(bare)


@pytest.fixture
def shipped(root):
    path = root / "rubrics" / SOURCE
    if not path.exists():
        pytest.skip("nothing was calibrated yet")
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_page_in_the_tree_is_that_of_the_document(root, shipped):
    assert (root / "rubrics" / PAGE).read_text(encoding="utf-8") == calibration_page(shipped)


def test_the_document_has_the_points_of_the_rubric(shipped):
    for rules in load_rubric().tool:
        part = shipped["dimensions"][rules.id]
        assert part["base"] == rules.base
        assert {fact: one["points"] for fact, one in part["facts"].items()} == {r.id: r.points for r in rules.facts}
