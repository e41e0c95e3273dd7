from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import floor

import pytest
import tdqs
from hypothesis import given
from hypothesis import strategies as st

from scorer.scorecard.book import books
from scorer.scorecard.tdqs import tdqs_of

KEYS = [dimension.key for dimension in tdqs.TOOL_DIMENSIONS]


def test_every_vector_of_six_scores_as_the_reference_has_it(bench):
    """All 15,625 of them, the 7,500 whose sum ends in .X5 included."""
    book = books(bench.rubric()).tool
    order = [scale.dimension.id for scale in book.scales]
    for scores in product(range(1, 6), repeat=6):
        named = dict(zip(order, scores, strict=True))
        assert tdqs_of(book, scores) == round(tdqs.compute_tdqs(named) * 10)


def test_the_vectors_that_floats_put_wrong(bench):
    """3.45 in tenths of doubles is below the tie."""
    book = books(bench.rubric()).tool
    scores = dict(zip(KEYS, (3,) * 6, strict=True)) | {"purpose_clarity": 4, "usage_guidelines": 4}
    assert tdqs_of(book, [scores[scale.dimension.id] for scale in book.scales]) == 35


@given(st.lists(st.one_of(st.none(), st.integers(1, 5)), min_size=6, max_size=6))
def test_what_is_not_measured_leaves_its_weight_to_the_others(bench, scores):
    book = books(bench.rubric()).tool
    pairs = [(score, scale.weight) for score, scale in zip(scores, book.scales, strict=True) if score is not None]
    found = tdqs_of(book, scores)
    if not pairs:
        assert found is None
    else:
        mean = Fraction(sum(score * weight for score, weight in pairs), sum(weight for _, weight in pairs))
        assert found == floor(10 * mean + Fraction(1, 2))


@pytest.mark.parametrize("score", range(1, 6))
def test_equal_scores_stay_themselves_whatever_is_measured(bench, score):
    book = books(bench.rubric()).tool
    for hidden in range(6):
        assert tdqs_of(book, [None if i < hidden else score for i in range(6)]) == 10 * score
