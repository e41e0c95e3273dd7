"""Fixes point at the lines of the source that they change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scorer import score
from scorer.models.card import Fix
from scorer.models.fact import Place
from scorer.models.tool import Reference
from scorer.scorecard.edits import with_lines
from scorer.sources import open_source

LONG = Reference("description", "a.py", 10, 29, "\n".join(f"line {number}" for number in range(10, 30)), "/description")
TEXTS = (
    Reference("parameter x", "a.py", 4, 5, "x: int,\n    # why", "/inputSchema/properties/x"),
    LONG,
    Reference("description", "words.py", 2, 2, 'HOW = "..."', "/description"),
)
SCHEMA = Reference("schema", "a.py", 4, 5, "x: int,\n    # why")


def fix(pointer, file, line):
    return Fix("purpose/restates-name", "purpose_clarity", "Say more.", 0.1, place=Place(pointer, 0, 3, file, line, 1))


@pytest.fixture
def card(tmp_path):
    (tmp_path / "a.json").write_text('{"tools": [{"name": "a"}]}', encoding="utf-8")
    return score(open_source(str(tmp_path / "a.json"))).tools[0]


# A fix's place -> the first and the last line that are shown, None where nothing holds it.
PLACES = {
    "parameter": (("/inputSchema/properties/x", "a.py", 4), (4, 5)),
    "inside a parameter": (("/inputSchema/properties/x/items/type", "a.py", 5), (4, 5)),
    "begin of a long text": (("/description", "a.py", 10), (10, 14)),
    "middle of a long text": (("/description", "a.py", 20), (19, 24)),
    "end of a long text": (("/description", "a.py", 29), (28, 29)),
    "constant elsewhere": (("/description", "words.py", 2), (2, 2)),
    "other file": (("/description", "b.py", 2), None),
    "outside of it": (("/description", "a.py", 40), None),
    "unknown field": (("/title", "a.py", 4), None),
}  # fmt: skip


@pytest.mark.parametrize("case", PLACES)
def test_the_lines_around_a_place(card, case):
    place, expected = PLACES[case]
    found = with_lines(replace(card, fixes=(fix(*place),)), TEXTS)
    lines = found.fixes[0].lines
    shown = found.implementation[lines] if lines is not None else None
    assert (shown and (shown.line, shown.end_line)) == expected
    assert shown is None or len(shown.code.split("\n")) == shown.end_line - shown.line + 1


def test_what_is_shown_already_is_shown_once(card):
    fixes = (
        fix("/description", "a.py", 10),
        fix("/description", "a.py", 10),
        fix("/inputSchema/properties/x", "a.py", 4),
    )
    found = with_lines(replace(card, fixes=fixes, implementation=(SCHEMA,)), TEXTS)
    assert [one.lines for one in found.fixes] == [1, 1, 0]
    assert len(found.implementation) == 2


def test_a_card_of_source_code_shows_the_lines_as_they_are(root, monkeypatch):
    monkeypatch.chdir(root / "tests/fixtures/code/bakery")
    cards = {card.name: card for server in open_source("src").servers for card in score(server).tools}
    card = cards["place_order"]
    shown = [card.implementation[one.lines] for one in card.fixes if one.lines is not None]
    assert len(shown) == len(card.fixes)
    for part in shown:
        lines = (root / "tests/fixtures/code/bakery" / part.file).read_text(encoding="utf-8").split("\n")
        assert part.code.split("\n") == lines[part.line - 1 : part.end_line]
    assert [part.role for part in card.implementation][:5] == ["registration", "handler", "schema", "schema", "schema"]
    assert card.implementation[3].code.startswith("class Item(BaseModel):")
