from __future__ import annotations

from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scorer.models.rubric import Limits
from scorer.scorecard import filling
from scorer.scorecard.filling import Field, fill
from scorer.scorecard.floors import needed_sum, shortest
from scorer.scorecard.server import description_quality

LIMITS = Limits()


@pytest.mark.parametrize("count", [1, 2, 3, 7, 50])
def test_the_needed_sum_is_the_least_that_reaches_the_quality(count):
    for quality, floor in product(range(10, 51), range(10, 51)):
        needed = needed_sum(quality, floor, count, LIMITS)
        assert description_quality(needed, floor, count, LIMITS) >= quality
        assert description_quality(needed - 1, floor, count, LIMITS) < quality


# A tool's best TDQS by number of edits: steps of any size, so that the curve is not concave.
TOOL = st.tuples(st.integers(10, 40), st.lists(st.integers(0, 12), max_size=4)).map(
    lambda t: tuple(min(50, t[0] + sum(t[1][:i])) for i in range(len(t[1]) + 1))
)


def least(tools, quality):
    """By trying every number of edits for every tool."""
    lengths = [
        sum(counts)
        for counts in product(*(range(len(tool)) for tool in tools))
        for values in [[tool[count] for tool, count in zip(tools, counts, strict=True)]]
        if description_quality(sum(values), min(values), len(values), LIMITS) >= quality
    ]
    return min(lengths, default=None)


@given(st.lists(TOOL, min_size=1, max_size=5), st.integers(11, 45))
def test_no_list_is_shorter(tools, quality):
    counts = shortest(Field(tools), quality, 50, LIMITS)
    best = least(tools, quality)
    assert (None if counts is None else sum(counts.values())) == best
    if counts is not None:
        values = [tool[counts.get(i, 0)] for i, tool in enumerate(tools)]
        assert description_quality(sum(values), min(values), len(values), LIMITS) >= quality


@given(st.lists(TOOL, min_size=1, max_size=5), st.integers(11, 45), st.integers(0, 6))
def test_a_limit_is_a_limit(tools, quality, most):
    counts = shortest(Field(tools), quality, most, LIMITS)
    best = least(tools, quality)
    assert (counts is not None) == (best is not None and best <= most)


@given(st.lists(TOOL, min_size=1, max_size=5), st.integers(11, 45))
def test_greedy_alone_is_at_most_one_segment_longer(tools, quality):
    """What a server gets that is too large for the exact search."""
    steps, filling._STEPS = filling._STEPS, 0
    try:
        counts = shortest(Field(tools), quality, 50, LIMITS)
    finally:
        filling._STEPS = steps
    best = least(tools, quality)
    assert (counts is None) == (best is None)
    if counts is not None:
        assert best <= sum(counts.values()) <= best + 3


@given(st.lists(TOOL, min_size=1, max_size=4), st.integers(1, 30), st.integers(0, 8))
@example([(20, 20, 26), (20, 22)], 2, 5)
@example([(20, 20, 20, 29), (20, 23), (20, 22)], 5, 5)
def test_filling_is_exact_where_greedy_is_not(tools, lacking, budget):
    """The steepest edits may be more than are needed: one edit for 2 beats two for 6."""
    lengths = [
        sum(counts)
        for counts in product(*(range(len(tool)) for tool in tools))
        if sum(tool[count] - tool[0] for tool, count in zip(tools, counts, strict=True)) >= lacking
    ]
    found = fill(Field(tools), {}, lacking, budget)
    best = min(lengths, default=None)
    assert (None if found is None else sum(found.values())) == (best if best is not None and best <= budget else None)


def test_the_hull_is_steepest_first():
    field = Field([(20, 20, 26, 27), (10,)])
    assert [(s.gain, s.start, s.end) for s in field.segments] == [(6, 0, 2), (1, 2, 3)]
