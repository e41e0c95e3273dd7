from __future__ import annotations

import time
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.scorecard import grade_server, plan

PREFIXES = ("purpose", "usage", "behavior", "parameters", "concise", "context")
NEXT = {"F": "D", "D": "C", "C": "B", "B": "A"}


@pytest.fixture(scope="session")
def rubric(bench):
    rules = [
        bench.rule("purpose/no-description", "defect", gate=1, flag="No Description", remedy="Write one sentence.")
    ]
    rules += [bench.rule(f"{p}/good", points=1.3) for p in PREFIXES[:4]]
    rules += [bench.rule(f"{p}/fine", points=0.6) for p in PREFIXES[:2]]
    rules += [bench.rule("usage/bad", "defect", -0.7, cap=2), bench.rule("concise/bad", "defect", -1.2)]
    rules += [
        bench.rule(f"{p}/is-{s}", "note", gate=s) for p in ("apart", "naming", "count", "surface") for s in range(1, 6)
    ]
    return bench.rubric(rules, base=2.4)


FLIPPED = [*(f"{p}/good" for p in PREFIXES[:4]), "purpose/fine", "usage/fine", "usage/bad", "concise/bad"]


def server(bench, rubric, cards, coherence):
    facts = bench.facts(rubric, [f"{p}/is-{coherence}" for p in ("apart", "naming", "count", "surface")], server=True)
    return grade_server(cards, len(cards), facts, (), rubric)


def make(bench, rubric, state, name):
    """A tool from the facts that hold, or from None for no description at all."""
    if state is None:
        return bench.grade(rubric, ["purpose/no-description"], description=None, name=name)
    return bench.grade(rubric, state, name=name)


def fewest_by_tdqs(bench, rubric, state):
    """Every TDQS that any set of edits gives, with the least number of edits."""
    if state is None:
        return {1.0: 0} | {tdqs: 1 + count for tdqs, count in fewest_by_tdqs(bench, rubric, frozenset()).items()}
    merits = [f for f in FLIPPED if not f.endswith("/bad") and f not in state]
    edits = merits + [f for f in state if f.endswith("/bad")]
    found = {}
    for count in range(len(edits) + 1):
        for chosen in combinations(edits, count):
            found.setdefault(bench.grade(rubric, state ^ frozenset(chosen)).tdqs, count)
    return found


def least(bench, rubric, states, coherence, target):
    """The fewest edits over the whole server, by trying all."""
    options = [sorted(fewest_by_tdqs(bench, rubric, state).items()) for state in states]
    best = None
    for choice in product(*options):
        count = sum(edits for _, edits in choice)
        if best is None or count < best:
            cards = [bench_card(bench, rubric, tdqs) for tdqs, _ in choice]
            if server(bench, rubric, cards, coherence).overall_tier <= target:
                best = count
    return best


_CARDS: dict = {}


def bench_card(bench, rubric, tdqs):
    if tdqs not in _CARDS:
        _CARDS[tdqs] = replace(bench.grade(rubric), tdqs=tdqs)
    return _CARDS[tdqs]


STATES = st.lists(st.none() | st.frozensets(st.sampled_from(FLIPPED)), min_size=1, max_size=3)


@settings(max_examples=60)
@given(STATES, st.integers(2, 5))
def test_the_plan_is_never_longer_than_the_best_and_keeps_its_word(bench, rubric, states, coherence):
    cards = [make(bench, rubric, state, f"t{i}") for i, state in enumerate(states)]
    before = server(bench, rubric, cards, coherence)
    found = plan(cards, before, rubric)
    target = NEXT.get(before.overall_tier)
    assert found.target == target
    assert found.from_score == before.overall_score
    if target is None:
        assert (found.reached, found.edits, found.to_score) == (True, (), before.overall_score)
        return
    best = least(bench, rubric, states, coherence, target)
    assert found.reached == (best is not None)
    if best is not None:
        assert len(found.edits) == best
    assert_keeps_its_word(bench, rubric, states, cards, found, coherence)


def assert_keeps_its_word(bench, rubric, states, cards, found, coherence):
    """Applying the edits one by one gives every score that the plan names."""
    states, cards = list(states), list(cards)
    for edit in found.edits:
        tool = int(edit.tool[1:])
        states[tool] = frozenset() if edit.fact == "purpose/no-description" else states[tool] ^ {edit.fact}
        after = make(bench, rubric, states[tool], edit.tool)
        assert edit.tool_gain == pytest.approx(after.tdqs - cards[tool].tdqs)
        cards[tool] = after
        assert edit.server_score == server(bench, rubric, cards, coherence).overall_score
    final = server(bench, rubric, cards, coherence)
    assert found.to_score == final.overall_score
    assert not found.reached or final.overall_tier <= found.target


def test_the_worst_tool_is_lifted_first(bench, rubric):
    """0.4 x the worst: one edit on the worst tool of three brings more than one on another."""
    states = [frozenset(FLIPPED[:6]), frozenset(FLIPPED[:6]), None]
    cards = [make(bench, rubric, state, f"t{i}") for i, state in enumerate(states)]
    found = plan(cards, server(bench, rubric, cards, 4), rubric)
    assert found.reached
    assert {edit.tool for edit in found.edits} == {"t2"}
    assert found.edits[0].fact == "purpose/no-description"
    assert found.edits[0].text == "Write one sentence."


def test_out_of_reach_gives_the_best_there_is(bench):
    """One merit of a tenth cannot lift a server from 2 to 3."""
    rules = [
        bench.rule("usage/good", points=0.9),
        *(bench.rule(f"{p}/odd", "defect", -1.0) for p in ("apart", "naming", "count", "surface")),
    ]
    rubric = bench.rubric(rules, base=2.0)
    cards = [bench.grade(rubric, name=f"t{i}") for i in range(3)]
    score = grade_server(cards, 3, bench.facts(rubric, server=True), (), rubric)
    found = plan(cards, score, rubric)
    assert (found.target, found.reached, found.from_score) == ("B", False, 2.0)
    assert [edit.fact for edit in found.edits] == ["usage/good"] * 3
    assert found.to_score == 2.1


def test_no_score_no_plan(bench, rubric):
    cards = [make(bench, rubric, frozenset(), "t0")]
    score = grade_server(cards, 10, bench.facts(rubric, server=True), (), rubric)
    assert plan(cards, score, rubric) == plan([], score, rubric)
    assert (plan(cards, score, rubric).target, plan(cards, score, rubric).reached) == (None, False)


def test_a_list_that_would_be_too_long_stops_at_the_limit(bench, rubric):
    cards = [make(bench, rubric, frozenset(), f"t{i}") for i in range(120)]
    found = plan(cards, server(bench, rubric, cards, 3), rubric)
    assert not found.reached
    assert len(found.edits) <= 50
    assert found.to_score >= found.from_score


def test_what_needs_the_schema_is_not_planned_without_it(bench, rubric):
    cards = [bench.grade(rubric, name="t0", schema_known=False)]
    found = plan(cards, server(bench, rubric, cards, 3), rubric)
    assert found.edits
    assert not any(edit.fact.startswith(("parameters/", "context/")) for edit in found.edits)


@pytest.mark.parametrize("count", [500, 10_000])
def test_work_is_bounded(bench, rubric, count):
    """Generous: the point is that nothing grows with the square of the tools."""
    kinds = [
        make(bench, rubric, state, "t") for state in (frozenset(), frozenset(FLIPPED[:2]), frozenset(FLIPPED[3:]), None)
    ]
    cards = [kinds[i % 7 % 4] for i in range(count)]
    score = server(bench, rubric, cards, 3)
    start = time.perf_counter()
    plan(cards, score, rubric)
    assert time.perf_counter() - start < 5
