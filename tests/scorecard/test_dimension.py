from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.scorecard.dimension import Scale
from scorer.scorecard.tally import clamp, rounded

# base, rules as (kind, points, limits), and then raw in tenths, score, deciding cap
CARDS = {
    "base alone": (3.0, [], 30, 3, None),
    "half goes up": (3.0, [("merit", 0.5, {})], 35, 4, None),
    "just below half": (3.0, [("merit", 0.4, {})], 34, 3, None),
    "defects count": (3.0, [("merit", 0.5, {}), ("defect", -0.6, {})], 29, 3, None),
    "never above 5": (4.0, [("merit", 2.4, {})], 64, 5, None),
    "never below 1": (1.5, [("defect", -3.0, {})], -15, 1, None),
    "a cap": (4.0, [("defect", 0.0, {"cap": 2})], 20, 2, 2),
    "the lowest cap": (5.0, [("defect", 0.0, {"cap": 3}), ("defect", 0.0, {"cap": 2})], 20, 2, 2),
    "a cap above the score is silent": (2.0, [("defect", 0.0, {"cap": 3})], 20, 2, None),
    "points and cap": (4.0, [("defect", -2.6, {"cap": 2})], 14, 1, None),
    "a gate": (4.0, [("merit", 1.0, {}), ("defect", 0.0, {"gate": 1})], 10, 1, 1),
    "a gate below the floor": (1.0, [("defect", -2.0, {"gate": 1})], 10, 1, 1),
    "a defect's gate does not raise": (1.0, [("defect", 0.0, {"gate": 3})], 10, 1, None),
    "a note sets the score": (2.0, [("merit", 0.3, {}), ("note", 0.0, {"gate": 4})], 40, 4, 4),
    "a cap holds against a note": (2.0, [("note", 0.0, {"gate": 4}), ("defect", 0.0, {"cap": 2})], 20, 2, 2),
    "ten tenths are exact": (3.0, [("merit", 0.1, {})] * 3 + [("merit", 0.2, {})], 35, 4, None),
}


@pytest.mark.parametrize(("base", "rules", "raw", "score", "cap"), CARDS.values(), ids=CARDS)
def test_arithmetic(bench, base, rules, raw, score, cap):
    made = [bench.rule(f"usage/f-{i}", kind, points, **limits) for i, (kind, points, limits) in enumerate(rules)]
    card = bench.grade(bench.rubric(made, base), holding=[rule.id for rule in made])
    reason = card.justifications["usage_guidelines"]
    assert card.scores["usage_guidelines"] == reason.score == score
    assert reason.raw == raw / 10
    assert reason.base == base
    assert reason.cap == cap


RULES = st.lists(
    st.one_of(
        st.tuples(st.just("merit"), st.integers(0, 25), st.none(), st.none()),
        st.tuples(st.just("defect"), st.integers(-25, 0), st.none() | st.integers(1, 5), st.none() | st.integers(1, 5)),
        st.tuples(st.just("note"), st.integers(-25, 25), st.none() | st.integers(1, 5), st.none() | st.integers(1, 5)),
    ),
    max_size=6,
)


def scale(bench, rules, base):
    made = [
        bench.rule(f"usage/f-{i}", kind, points / 10, cap=cap, gate=gate)
        for i, (kind, points, cap, gate) in enumerate(rules)
    ]
    return Scale(bench.rubric(made, base / 10).tool[1])


@given(RULES, st.integers(10, 50), st.integers(0, 63))
def test_merits_never_lower_and_defects_never_raise(bench, rules, base, bits):
    """Whatever the rubric says, whichever facts hold."""
    one = scale(bench, rules, base)
    holds = bits & ((1 << len(rules)) - 1)
    for row in one.rows:
        with_it, without = (rounded(one.raw(bits)) for bits in (holds | row.bit, holds & ~row.bit))
        if row.rule.kind == "merit":
            assert with_it >= without
        elif row.rule.kind == "defect":
            assert with_it <= without


@given(RULES, st.integers(10, 50), st.integers(0, 63), st.integers(0, 63))
def test_flips_are_what_regrading_gives(bench, rules, base, bits, told):
    one = scale(bench, rules, base)
    every = (1 << len(rules)) - 1
    told &= every
    holds = bits & told
    outcome = one.outcome(holds, told)
    gains = {flip.rule.id: (flip.gain, flip.raw) for flip in outcome.flips}
    for row in one.rows:
        after = one.outcome(holds ^ row.bit, told)
        defect = row.rule.kind == "defect" and holds & row.bit
        merit = row.rule.kind == "merit" and told & ~holds & row.bit
        raised = clamp(after.raw) - clamp(outcome.raw)
        if defect or (merit and raised > 0 and outcome.score < 5):
            assert gains.pop(row.rule.id) == (after.score - outcome.score, raised)
    assert not gains


def test_memory_is_bounded(bench, monkeypatch):
    monkeypatch.setattr("scorer.scorecard.dimension._REMEMBERED", 4)
    one = scale(bench, [("merit", 1, None, None)] * 6, 30)
    for bits in range(64):
        assert one.outcome(bits, 63).raw == 30 + bits.bit_count()
    assert len(one._known) <= 4
