"""What all outputs say alike: numbers in words, the order of rows, and which evidence stands for a score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.models.card import Report, Reports
from scorer.text.plurals import counted
from scorer.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorer.models.card import DimensionText, Fix, Justification, Plan, ToolCard
    from scorer.models.fact import Fact
    from scorer.models.tool import Problem, Reference

Weakness = tuple["DimensionText", "Justification"]


def servers(report: Report | Reports) -> tuple[Report, ...]:
    """The reports of all servers, one or many."""
    return report.servers if isinstance(report, Reports) else (report,)


def number(value: float | None) -> str:
    """A score with one decimal, `-` for one that could not be measured."""
    return "-" if value is None else f"{value:.1f}"


def grade(value: float | None, tier: str | None) -> str:
    """`3.6 A`, or the reason for its absence in two words."""
    return "not measurable" if value is None else f"{value:.1f} {tier or ''}".rstrip()


def partly(report: Report) -> str:
    """That there may be more tools than were graded; "" where all of the source could be read."""
    gaps = report.server.not_read
    if not gaps:
        return ""
    places = counted(gaps, "place that registers tools", "places that register tools")
    return f"Partly read: {places} could not be followed, so there may be more tools, and the scores are those of the {counted(report.server.tool_count, 'tool')} found."


def lines_of(fix: Fix, card: ToolCard) -> Reference | None:
    """The source lines that a fix changes, None where no source was read."""
    if fix.lines is None or not 0 <= fix.lines < len(card.implementation):
        return None
    return card.implementation[fix.lines]


def stretch(part: Reference) -> str:
    """`src/x.py:12-15`."""
    end = f"-{part.end_line}" if part.end_line > part.line else ""
    return f"{part.file}:{part.line}{end}"


def gain(fix: Fix) -> str:
    """What one fix adds to its tool's TDQS; edits that count only together say so."""
    return f"{fix.gain:+.1f}" if fix.gain else "under +0.1"


def points(value: float) -> str:
    """Signed points of a fact; nothing for none."""
    return f"{value:+g}" if value else ""


def named(report: Report) -> str:
    """The server's name and version."""
    return f"{report.server.name} {report.server.version or ''}".strip()


def first_sentence(text: str | None) -> str:
    """The first sentence of a description, "" if there is none."""
    return next((sentence.text for sentence in sentences(text or "")), "")


def shown(report: Report) -> tuple[ToolCard, ...]:
    """The cards that this run was asked to show, in the order of the definitions."""
    if report.shown is None:
        return report.tools
    return tuple(card for card in report.tools if card.name in report.shown)


def worst_first(cards: Iterable[ToolCard]) -> list[ToolCard]:
    """By TDQS ascending; cards without a score first, ties as they were read."""
    return sorted(cards, key=lambda card: -1.0 if card.tdqs is None else card.tdqs)


def weakest(card: ToolCard, report: Report, most: int | None = 2) -> list[Weakness]:
    """The `most` dimensions below 4 that cost the tool most, lowest score first, then the heaviest; all six for None."""
    found = [(dim, card.justifications[dim.id]) for dim in report.legend.dimensions if dim.id in card.justifications]
    if most is None:
        return found
    low = [(dim, reason) for dim, reason in found if reason.score is not None and reason.score < 4]
    return sorted(low, key=lambda pair: (pair[1].score or 0, -pair[0].weight))[:most]


def held(facts: Iterable[Fact], dimension: str) -> list[Fact]:
    """The facts of a dimension that hold, the most telling first."""
    found = [fact for fact in facts if fact.dimension == dimension and fact.holds]
    return sorted(found, key=lambda fact: -abs(fact.points))


def evidence(card: ToolCard, dimension: str) -> Fact | None:
    """The quoted fact that lowers a dimension most, None if no quote speaks against it."""
    against = [fact for fact in held(card.facts, dimension) if fact.points < 0 and fact.quote]
    return against[0] if against else None


def problems(report: Report) -> list[Problem]:
    """What could not be graded: entries without a card, then what the cards say of themselves."""
    return [*report.errors, *(problem for card in shown(report) for problem in card.errors)]


def plan_title(plan: Plan) -> str:
    """One line on where the plan leads, "" if there is nothing to do."""
    if not plan.edits:
        return ""
    if plan.target is None:
        return f"Before all else: {counted(len(plan.edits), 'edit')}"
    road = f"{number(plan.from_score)} to {number(plan.to_score)}"
    edits = counted(len(plan.edits), "edit")
    if plan.reached:
        return f"Shortest way to {plan.target}: {edits} ({road})"
    return f"Best {edits} found ({road}); {plan.target} needs more"
