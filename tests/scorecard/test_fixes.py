from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.scorecard import grade_tool


@pytest.fixture(scope="session")
def rubric(bench):
    """Every dimension with merits, defects, caps and a note, and the gate on missing text."""
    rules = [
        bench.rule("purpose/no-description", "defect", gate=1, flag="No Description", remedy="Write one sentence.")
    ]
    for dimension in bench.rubric().tool:
        p = dimension.prefix
        rules += [
            bench.rule(f"{p}/large", points=1.1),
            bench.rule(f"{p}/small", points=0.4),
            bench.rule(f"{p}/bad", "defect", -0.6),
        ]
        rules += [bench.rule(f"{p}/capped", "defect", -0.3, cap=2), bench.rule(f"{p}/note", "note", 0.2)]
    return bench.rubric(rules, base=2.6)


def names(card):
    return [fix.fact for fix in card.fixes]


FACTS = [
    f"{p}/{n}"
    for p in ("purpose", "usage", "behavior", "parameters", "concise", "context")
    for n in ("large", "small", "bad", "capped", "note")
]


@given(st.sets(st.sampled_from(FACTS)), st.sets(st.sampled_from(FACTS), max_size=4), st.booleans())
def test_every_gain_is_what_regrading_gives(bench, rubric, holding, silent, known):
    holding -= silent
    card = bench.grade(rubric, holding, silent, schema_known=known)
    for fix in card.fixes:
        after = bench.grade(rubric, holding ^ {fix.fact}, silent, schema_known=known)
        assert fix.gain == pytest.approx(after.tdqs - card.tdqs, abs=1e-9)
        assert fix.raw_gain >= 0
        assert fix.fact not in silent
    ranks = [(-fix.gain, fix.fact not in holding, -fix.raw_gain, FACTS.index(fix.fact)) for fix in card.fixes]
    assert ranks == sorted(ranks)
    measured = [f for f in holding if known or f.split("/")[0] not in ("parameters", "context")]
    assert {f for f in measured if f.endswith(("bad", "capped"))} <= set(names(card)), "every defect has its remedy"
    assert not any(name.endswith("/note") for name in names(card))


def test_merits_that_can_raise_nothing_are_left_out(bench, rubric):
    behind_a_cap = bench.grade(rubric, ["usage/capped"])
    assert "usage/large" not in names(behind_a_cap)
    assert names(behind_a_cap)[0] != "usage/large"
    at_five = bench.grade(bench.rubric([bench.rule("usage/good", points=1.0)], base=4.6))
    assert names(at_five) == []
    nearly = bench.grade(bench.rubric([bench.rule("usage/good", points=1.0)], base=4.4))
    assert [(fix.fact, fix.gain, fix.raw_gain) for fix in nearly.fixes] == [("usage/good", 0.2, 0.12)]


def test_a_defect_is_listed_even_where_it_costs_nothing(bench):
    card = bench.grade(bench.rubric([bench.rule("usage/bad", "defect", -0.1)], base=4.9), ["usage/bad"])
    assert [(fix.fact, fix.gain) for fix in card.fixes] == [("usage/bad", 0.0)]


def test_small_steps_that_cross_an_edge_only_together_are_ranked_by_raw_gain(bench):
    rules = [bench.rule("usage/less", points=0.1), bench.rule("usage/more", points=0.3)]
    card = bench.grade(bench.rubric(rules, base=3.0))
    assert [(fix.fact, fix.gain, fix.raw_gain) for fix in card.fixes] == [
        ("usage/more", 0.0, 0.06),
        ("usage/less", 0.0, 0.02),
    ]


def test_the_text_says_what_was_found(bench):
    rubric = bench.rubric([bench.rule("usage/bad", "defect", -1.0, remedy="Name a tool that exists.")])
    fact = bench.yes("usage/bad", "usage_guidelines", "call get_order", "no tool is called get_order.")
    card = grade_tool(bench.tool(), bench.signals(), (fact,), rubric)
    assert card.fixes[0].text == "Name a tool that exists (no tool is called get_order)."
    plain = bench.grade(rubric, ["usage/bad"])
    assert plain.fixes[0].text == "Name a tool that exists."
    assert (plain.fixes[0].before, plain.fixes[0].after) == ("b", "a")


def test_what_was_found_is_told_on_one_short_line(bench):
    rubric = bench.rubric([bench.rule("usage/bad", "defect", -1.0)])
    fact = bench.yes("usage/bad", "usage_guidelines", detail="no\ntool " * 10_000)
    text = grade_tool(bench.tool(), bench.signals(), (fact,), rubric).fixes[0].text
    assert len(text) < 230
    assert "\n" not in text


def test_without_a_description_the_first_fix_is_to_write_one(bench, rubric):
    card = bench.grade(rubric, ["purpose/no-description", "parameters/bad", "behavior/large"], description=None)
    assert names(card) == ["purpose/no-description", "parameters/bad"]
    # Assumed: a plain text, so base 2.6 everywhere, 3.7 for behavior's merit and 2.0 for the parameters' defect.
    plain = bench.grade(rubric, ["parameters/bad", "behavior/large"])
    assert card.fixes[0].gain == pytest.approx(plain.tdqs - 1.0)
    assert plain.tdqs == 3.1  # (3*25 + 3*20 + 4*20 + 2*15 + 3*10 + 3*10) / 100 = 3.05, half up
    assert card.fixes[0].raw_gain == 1.73  # 0.25*2.6 + 0.2*2.6 + 0.2*3.7 + 0.15*2.0 + 0.2*2.6 - 1
    assert card.fixes[1].gain == 0.0


def test_remedies_can_be_of_any_number(bench):
    rules = [bench.rule(f"usage/f-{i}", points=0.1) for i in range(200)]
    assert len(bench.grade(bench.rubric(rules)).fixes) == 200
