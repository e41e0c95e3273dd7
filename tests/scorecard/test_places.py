"""Facts and fixes say where they stand."""

from __future__ import annotations

import json

import pytest

from scorer import load, score
from scorer.models.fact import Place
from scorer.models.tool import FieldPlace, Mark, Origin, Tool
from scorer.scorecard.places import Finder

WORDS = 'Deletes an order.\nThis powerful tool also "archives" it. Use list_orders to find one.'
TOOLS = {
    "tools": [
        {
            "name": "delete_order",
            "description": WORDS,
            "inputSchema": {"type": "object", "properties": {"id": {"type": "string"}, "why": {"type": "string"}}},
            "annotations": {"readOnlyHint": True},
        },
        {"name": "list_orders"},
    ]
}


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "tools.json"
    path.write_text(json.dumps(TOOLS, indent=2), encoding="utf-8")
    return score(load(path)), path.read_text(encoding="utf-8").split("\n"), str(path)


def test_every_quote_stands_where_its_place_says(report):
    cards, rows, file = report
    quoted = [fact for fact in cards.tools[0].facts if fact.quote and fact.place]
    assert len(quoted) > 3
    for fact in quoted:
        assert fact.place.file == file
        at = rows[fact.place.line - 1][fact.place.column - 1 :]
        if fact.place.start is not None:
            assert at.startswith(json.dumps(fact.quote)[1:-1])


def test_every_fix_has_a_line(report):
    cards, rows, file = report
    for card in cards.tools:
        assert card.fixes
        for fix in card.fixes:
            assert fix.place.file == file
            assert 1 <= fix.place.line <= len(rows)
            assert fix.place.column >= 1
    described = next(fix for fix in cards.tools[1].fixes if fix.dimension == "purpose_clarity")
    assert '"list_orders"' in rows[described.place.line - 1]


def test_facts_about_the_set_stand_at_a_tool(report):
    cards, _, file = report
    for fact in cards.server_facts:
        assert not fact.tools or fact.place.file == file


def test_without_places_nothing_is_read_again(tmp_path):
    path = tmp_path / "tools.json"
    path.write_text(json.dumps(TOOLS), encoding="utf-8")
    card = score(load(path), places=False).tools[0]
    assert all(fact.place.line is None for fact in card.facts if fact.place)


SOURCE = Tool(
    "a",
    {"name": "a", "description": "One.\nTwo three."},
    origin=Origin("a.py", line=3),
    places=(
        FieldPlace("/description", "a.py", 4, 20, 5, verbatim=True),
        FieldPlace("/title", "a.py", 9, 7),
        FieldPlace(
            "/annotations/title",
            "a.py",
            11,
            5,
            12,
            marks=(Mark(4, 12, 9), Mark(8, 2, 3, "words.py"), Mark(12, 5, 6, moves=False)),
        ),
    ),
)


@pytest.mark.parametrize(
    ("place", "line", "column"),
    [
        (Place("/description", 0, 3), 4, 20),
        (Place("/description", 2, 3), 4, 22),
        (Place("/description", 5, 8), 5, 1),
        (Place("/description", 9, 12), 5, 5),
        (Place("/title", 3, 4), 9, 7),
        (Place("/annotations/title", 1, 2), 11, 6),
        (Place("/annotations/title", 6, 7), 12, 11),
        (Place("/annotations/title", 9, 10), 2, 4),
        (Place("/annotations/title", 20, 21), 5, 6),
        (Place("/description/nothing", 2, 3), 4, 20),
        (Place("/inputSchema"), 3, 1),
    ],
)
def test_lines_and_columns(place, line, column):
    found = Finder(SOURCE).place(place)
    assert (found.line, found.column) == (line, column)
