"""Quotes marked in a description."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.models.card import DimensionText, FactText, Legend
from scorer.models.fact import Fact, Place
from scorer.outputs.page.evidence import marked
from scorer.outputs.page.glossary import Glossary

DIMS = tuple(DimensionText(name, label, 50, "?", "why") for name, label in (("a", "Alpha"), ("b", "Behavior")))
KINDS = {"f/0": "merit", "f/1": "defect"}
FACTS = {name: FactText(name, "ab"[i], kind, "?", "why", "", "", "") for i, (name, kind) in enumerate(KINDS.items())}
GLOSSARY = Glossary(Legend(DIMS, (), {}, FACTS, ""))


def quoting(text: str, *pairs: tuple[int, int]) -> list[Fact]:
    return [
        Fact(f"f/{i}", "ab"[i % 2], True, quote=text[a:b], place=Place("/description", a, b), points=float(i + 1))
        for i, (a, b) in enumerate(pairs)
    ]


def test_overlapping_quotes_are_cut_not_nested():
    pieces = marked("abcdef", quoting("abcdef", (0, 4), (2, 6)), GLOSSARY)
    assert [(piece.text, piece.kind, piece.facts, piece.sign) for piece in pieces] == [
        ("ab", "merit", (1,), ""),
        ("cd", "defect", (2, 1), "Alp"),
        ("ef", "defect", (2,), "Beh"),
    ]


def test_the_strongest_fact_comes_first_and_each_dimension_signs_once():
    first, second = quoting("abcdef", (0, 6), (0, 6))
    (piece,) = marked("abcdef", [first, replace(first, points=-9.0), second], GLOSSARY)
    assert (piece.facts, piece.dims, piece.sign) == ((1, 2), (0, 1), "Alp Beh")


@pytest.mark.parametrize(
    "place",
    [
        Place("/description", 2, 4),
        Place("/description", 99, 101),
        Place("/description", -4, -2),
        Place("/title", 0, 2),
        None,
    ],
)
def test_a_quote_that_is_not_there_is_not_marked(place):
    assert all(not piece.kind for piece in marked("abcdef", [Fact("f", "d", True, quote="ab", place=place)], GLOSSARY))


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-3, 70), st.integers(-3, 70)), max_size=8))
def test_marking_keeps_the_text(text, pairs):
    assert "".join(piece.text for piece in marked(text, quoting(text, *pairs), GLOSSARY)) == text


def test_a_long_text_is_cut_with_a_sign_of_it():
    (piece,) = marked("x" * 30_000, [], GLOSSARY)
    assert (len(piece.text), piece.text[-1]) == (20_000, "…")
