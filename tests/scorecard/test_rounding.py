from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest
import tdqs
from hypothesis import given
from hypothesis import strategies as st

from scorer.scorecard.rounding import round1, round_tenths, tenths, tier_of


@given(st.integers(0, 10**12), st.integers(1, 10**9))
def test_rounds_half_up_to_tenths_exactly(p, q):
    assert round_tenths(p, q) == floor(Fraction(10 * p, q) + Fraction(1, 2))
    assert round1(p, q) == tdqs.round1(p, q)


@pytest.mark.parametrize(
    ("p", "q", "value"), [(345, 100, 3.5), (344, 100, 3.4), (7, 2, 3.5), (1, 20, 0.1), (0, 7, 0.0)]
)
def test_ties_go_up(p, q, value):
    assert round1(p, q) == value


@pytest.mark.parametrize("score", range(10, 51))
def test_letters_are_the_references(bench, score):
    assert tier_of(score, bench.rubric().tiers) == tdqs.compute_tier(score / 10)


@pytest.mark.parametrize(("score", "letter"), [(None, None), (9, "F"), (0, "F"), (-5, "F")])
def test_letters_at_the_edge(bench, score, letter):
    assert tier_of(score, bench.rubric().tiers) == letter


@given(st.integers(-1000, 1000))
def test_one_decimal_is_whole_tenths(value):
    assert tenths(value / 10) == value
