"""How findings say scores and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.models.fact import Place

if TYPE_CHECKING:
    from scorer.models.card import Report, ToolCard


def grade(score: float | None, tier: str | None) -> str:
    """`3.6 A`; `-` where nothing could be measured."""
    return "-" if score is None else f"{score:.1f} {tier or ''}".rstrip()


def tool_place(card: ToolCard | None, fact: str) -> Place | None:
    """Where to edit because of a fact: its own place, its fix's, else where the tool begins. None where no file is known."""
    if card is None:
        return None
    dimension = next((one.dimension for one in card.facts if one.id == fact), "")
    places = [fix.place for fix in card.fixes if fix.fact == fact] + [one.place for one in card.facts if one.id == fact]
    # A merit that is missing from a good text has no words to show: then where the dimension's other edits go.
    places += [fix.place for fix in card.fixes if fix.dimension == dimension] + [fix.place for fix in card.fixes]
    known = next((place for place in places if place and place.file), None)
    if known or card.origin.file is None:
        return known
    return Place("", file=card.origin.file, line=card.origin.line or 1, column=1)


def problem_place(report: Report) -> Place | None:
    """The file that holds an entry without a card; its line is not known."""
    file = next((card.origin.file for card in report.tools if card.origin.file), None)
    return Place("", file=file, line=1, column=1) if file else None
