from __future__ import annotations

import pytest

from scorer.catalog import build_rubric, lookup, page
from scorer.errors import UsageError


@pytest.fixture
def small(monkeypatch, reader):
    monkeypatch.setattr(lookup, "load_rubric", lambda: build_rubric(reader()))


@pytest.mark.parametrize("name", ["usage_guidelines", "usage", "USAGE", " usage-guidelines "])
def test_a_dimension_by_id_or_prefix(small, name):
    assert page(name).startswith("# Usage Guidelines\n")


@pytest.mark.parametrize("name", ["usage/says-when", "says-when", "Says When", "usage/says_when"])
def test_a_fact_by_id_or_name(small, name):
    assert page(name).startswith("# usage/says-when\n")


def test_a_label_that_two_dimensions_share_gives_both(small):
    both = page("Usage Guidelines")
    assert "`usage_guidelines`" in both
    assert "`completeness`" in both


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("usge", "usage"),
        ("usage/says-wen", "usage/says-when"),
        ("forces_ordr", "forces-order"),
        ("usage_guidlines", "usage_guidelines"),
        ("zzzz", "Dimensions: usage_guidelines"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(small, name, near):
    with pytest.raises(UsageError) as raised:
        page(name)
    assert name in str(raised.value)
    assert near in raised.value.tip


def test_a_name_of_any_length_is_answered_shortly(small):
    with pytest.raises(UsageError) as raised:
        page("x" * 100_000)
    assert len(str(raised.value)) < 200


@pytest.mark.parametrize(
    "name",
    ["purpose", "Behavior", "parameters", "concise", "context", "Completeness", "apart", "naming", "count", "surface"],
)
def test_the_shipped_rubric_answers(name):
    assert page(name).startswith("# ")
