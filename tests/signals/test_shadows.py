from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tdqs.find_shadow_candidates import CostedTool, find_shadow_candidates

from scorer.models.signals import Overlap
from scorer.signals.shadows import shadow_candidates, shadowed

NAMES = st.text("ab\uff08😀", min_size=1, max_size=3)


@given(st.lists(st.tuples(NAMES, st.integers(0, 30)), max_size=12))
def test_candidates_are_the_reference_s(costed):
    theirs = find_shadow_candidates(CostedTool(name=name, invocation_cost=cost) for name, cost in costed)
    assert shadow_candidates(costed) == [(found.tool, found.cheaper_sibling) for found in theirs]


@pytest.mark.parametrize(
    ("costs", "found"),
    [
        ({"a": 8, "b": 4}, {0: "a"}),
        ({"a": 8, "b": 5}, {}),
        ({"a": 6, "b": 3}, {}),
        ({"a": 0, "b": 4}, {0: "b"}),
    ],
)
def test_a_pair_needs_twice_the_cost_and_four_more(costs, found):
    assert shadowed([Overlap("a", "b", 1.0, (), boundary=False)], costs) == found


def test_of_several_cheaper_siblings_the_dearest_counts():
    pairs = [Overlap("a", other, 1.0, (), boundary=False) for other in ("b", "c", "d")]
    assert shadowed(pairs, {"a": 20, "b": 1, "c": 3, "d": 3}) == {1: "a"}
