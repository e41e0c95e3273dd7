from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.models.fact import Fact, Place
from scorer.outputs import render
from scorer.outputs.page import marked
from scorer.outputs.parameters import parameter_rows


@pytest.fixture
def page(sample):
    return render(sample.report(), "html")


def test_page_is_self_contained(page):
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert not re.search(r"<(script|link|img|iframe|object|embed|form)\b|@import|url\(|\ssrc=|https?://", page)
    assert page.startswith("<!doctype html>")
    assert '<html lang="en">' in page


def test_links_lead_to_cards_and_ids_are_unique(document):
    page = render(document, "html")
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_headings_skip_no_level(document):
    levels = [int(level) for level in re.findall(r"<h(\d)", render(document, "html"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tools_of_one_name_have_cards_of_their_own(sample):
    page = render(sample.report((sample.GET, replace(sample.GET))), "html")
    assert len(set(re.findall(r'<article id="([^"]+)"', page))) == 2


def test_card_shows_scores_reasons_facts_fixes_and_definition(page):
    card = page[page.index('-purge_customer" class') :]
    card = card[: card.index("</article>")]
    for words in (
        "Annotation Contradiction",
        "Deletes, but the annotations say read-only.",
        "behavior/contradicts-annotations",
        "-3",
        "+0.4",
        "under +0.1",
    ):
        assert words in card
    assert '<mark class="defect"' in card
    assert "&#34;inputSchema&#34;" in card


def test_server_header_has_the_four_reasons_and_the_pairs(page):
    for words in (
        "Disambiguation",
        "Naming",
        "Tool count",
        "Completeness",
        "5 of 8 names are verb_noun.",
        "Pairs that no text tells apart",
    ):
        assert words in page


def test_parameters_are_listed_at_every_depth(page):
    rows = re.findall(r'<th scope="row"><code>([^<]+)</code></th><td>(yes|no)</td><td><code>([^<]+)', page)
    assert ("filters.state", "yes", "&#34;open&#34; | &#34;paid&#34; | &#34;shipped&#34;") in rows
    assert ("tags[].key", "no", "string") in rows


def spans(text: str, *pairs: tuple[int, int]) -> list[Fact]:
    return [
        Fact(f"f/{i}", "d", True, quote=text[a:b], place=Place("/description", a, b)) for i, (a, b) in enumerate(pairs)
    ]


def test_overlapping_quotes_are_cut_not_nested():
    pieces = marked("abcdef", spans("abcdef", (0, 4), (2, 6)), {})
    assert [(piece.text, piece.title) for piece in pieces] == [("ab", "f/0"), ("cd", "f/0 · f/1"), ("ef", "f/1")]


def test_a_quote_that_is_not_there_is_not_marked():
    for place in (
        Place("/description", 2, 4),
        Place("/description", 99, 101),
        Place("/description", -4, -2),
        Place("/title", 0, 2),
    ):
        assert all(not piece.kind for piece in marked("abcdef", [Fact("f", "d", True, quote="ab", place=place)], {}))


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-3, 70), st.integers(-3, 70)), max_size=8))
def test_marking_keeps_the_text(text, pairs):
    assert "".join(piece.text for piece in marked(text, spans(text, *pairs), {})) == text


def rows(schema: object) -> list[tuple[str, bool, str, str, str]]:
    return [tuple(row) for row in parameter_rows({"inputSchema": schema})]


RECURSIVE = {
    "$ref": "#/$defs/A",
    "$defs": {
        "A": {
            "properties": {"a": {"$ref": "#/$defs/A"}},
            "anyOf": [{"$ref": "#/$defs/A"}] * 30,
            "items": {"$ref": "#/$defs/A"},
        }
    },
}

SCHEMAS = [
    (None, []),
    (True, []),
    ({"properties": []}, []),
    ({"properties": {"a": True, "b": 3}, "required": "a"}, [("a", False, "", "", ""), ("b", False, "", "", "")]),
    ({"properties": {"a": {"type": "integer", "default": None, "description": 7}}, "required": ["a", {}]}, [("a", True, "integer", "", "null")]),
    ({"properties": {"a": {"anyOf": [{"enum": ["x", 1]}, {"type": "null"}]}}}, [("a", False, '"x" | 1 | null', "", "")]),
    ({"properties": {"a": {"$ref": "#/$defs/n", "description": "near"}}, "$defs": {"n": {"const": 1, "description": "far"}}}, [("a", False, "1", "near", "")]),
    ({"properties": {"a": {"$ref": "https://evil.example/x"}, "b": {"$ref": "#/$defs/none"}}}, [("a", False, "", "", ""), ("b", False, "", "", "")]),
    ({"oneOf": [{"properties": {"a": {"type": "string"}}, "required": ["a"]}]}, [("a", True, "string", "", "")]),
    ({"additionalProperties": {"properties": {"a": {"type": ["string", "null"]}}}}, [("{}.a", False, "string | null", "", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "expected"), SCHEMAS)
def test_parameter_rows(schema, expected):
    assert rows(schema) == expected


def test_recursion_ends():
    assert rows(RECURSIVE)[0][0] == "a"
    assert len(rows(RECURSIVE)) <= 200
    assert rows({"$ref": "#"}) == rows({"$ref": "#/$ref"}) == []
    assert len(rows({"properties": {f"p{i}": {} for i in range(10_000)}})) == 200
