"""What the page shows of a report, selected and put in order: marks in the description, facts by dimension, anchors."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from scorer.outputs.escape import clipped
from scorer.outputs.parameters import ParameterRow, parameter_rows
from scorer.outputs.words import counted, problems, shown, worst_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scorer.models.card import DimensionText, FactText, Justification, Report, ToolCard
    from scorer.models.fact import Fact
    from scorer.models.signals import Overlap
    from scorer.models.tool import Problem

_LONGEST = 20_000
_MARKS = 200
_ANSWERS = {"does-not-apply": "not applicable", "cannot-tell": "cannot tell"}
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")


class Piece(NamedTuple):
    """A stretch of a description: kind "" where no fact stands, else merit, defect or note; title says which facts do."""

    text: str
    kind: str = ""
    title: str = ""


class FactRow(NamedTuple):
    """A fact with the rubric's words for it; kind and text as in the legend, or made up for a fact that it lacks."""

    fact: Fact
    kind: str
    question: str
    why: str


class Section(NamedTuple):
    """A dimension: its words, its score with the reason, the facts that hold (or failed), and the other questions with a line on them."""

    dim: DimensionText
    reason: Justification | None
    found: list[FactRow]
    others: list[FactRow]
    others_title: str


class CardView(NamedTuple):
    """A tool's card; `anchor` is unique on the page, `definition` is its JSON."""

    tool: ToolCard
    anchor: str
    pieces: list[Piece]
    sections: list[Section]
    parameters: list[ParameterRow]
    definition: str


class ServerView(NamedTuple):
    """One server: cards worst first, coherence by dimension, pairs that no text tells apart, what could not be graded."""

    report: Report
    anchor: str
    cards: list[CardView]
    coherence: list[Section]
    overlaps: list[Overlap]
    problems: list[Problem]


def server_view(report: Report, position: int) -> ServerView:
    """The view of one server; `position` keeps the anchors of several apart."""
    cards = worst_first(shown(report))
    anchors = _anchors(cards, position)
    coherence = report.server_score.coherence_justifications
    return ServerView(
        report,
        f"server-{position}",
        [_card(card, anchor, report) for card, anchor in zip(cards, anchors, strict=True)],
        _sections(report.legend.server_dimensions, coherence, report.server_facts, report),
        [pair for pair in report.overlaps if not pair.boundary],
        problems(report),
    )


def _anchors(cards: Sequence[ToolCard], position: int) -> Iterator[str]:
    """`tool-1-get_order`: names may repeat, and may hold anything."""
    for number, card in enumerate(cards, 1):
        yield f"tool-{position}-{number}-{_UNSAFE.sub('-', card.name)[:60]}"


def _card(card: ToolCard, anchor: str, report: Report) -> CardView:
    sections = _sections(report.legend.dimensions, card.justifications, card.facts, report)
    pieces = marked(card.description or "", card.facts, report.legend.facts)
    return CardView(card, anchor, pieces, sections, parameter_rows(card.definition), _definition(card.definition))


def _sections(
    dims: Iterable[DimensionText], reasons: dict[str, Justification], facts: Sequence[Fact], report: Report
) -> list[Section]:
    views = []
    for dim in dims:
        rows = [_fact(fact, report.legend.facts) for fact in facts if fact.dimension == dim.id]
        rows.sort(key=lambda row: -abs(row.fact.points))
        found = [row for row in rows if _is_news(row.fact)]
        others = [row for row in rows if not _is_news(row.fact)]
        views.append(Section(dim, reasons.get(dim.id), found, others, _others_title(others)))
    return views


def _is_news(fact: Fact) -> bool:
    return bool(fact.holds) or fact.status == "error"


def _others_title(rows: Sequence[FactRow]) -> str:
    """`12 more questions: 9 no, 2 not applicable, 1 cannot tell`."""
    counts = Counter(_ANSWERS.get(row.fact.status, "no") for row in rows)
    parts = [f"{counts[answer]} {answer}" for answer in ("no", *_ANSWERS.values()) if counts[answer]]
    return f"{counted(len(rows), 'more question')}: {', '.join(parts)}"


def _fact(fact: Fact, legend: dict[str, FactText]) -> FactRow:
    known = legend.get(fact.id)
    kind = known.kind if known and known.kind in {"merit", "defect"} else "note"
    return FactRow(fact, kind, known.question if known else fact.id, known.why if known else "")


def marked(text: str, facts: Iterable[Fact], legend: dict[str, FactText]) -> list[Piece]:
    """The text cut where quotes begin and end, so that overlapping quotes nest in no way that HTML cannot say."""
    spans = [
        (start, end, row) for row in (_fact(fact, legend) for fact in facts) for start, end in _spans(row.fact, text)
    ][:_MARKS]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    pieces = []
    for start, end in pairwise(edges):
        over = [row for first, last, row in spans if first <= start and end <= last]
        kind = next((kind for kind in ("defect", "merit", "note") if any(row.kind == kind for row in over)), "")
        pieces.append(Piece(text[start:end], kind, " · ".join(dict.fromkeys(row.question for row in over))))
    return _bounded(pieces)


def _spans(fact: Fact, text: str) -> Iterator[tuple[int, int]]:
    """Where the fact's quote stands in the description, if the description really has it there."""
    place = fact.place
    if fact.holds and fact.quote and place and place.pointer == "/description" and place.start is not None:
        end = place.start + len(fact.quote)
        if place.start >= 0 and text[place.start : end] == fact.quote:
            yield place.start, end


def _bounded(pieces: list[Piece]) -> list[Piece]:
    room, kept = _LONGEST, list[Piece]()
    for piece in pieces:
        if room <= 0:
            break
        kept.append(piece._replace(text=clipped(piece.text, room)))
        room -= len(piece.text)
    return kept


def _definition(definition: dict[str, Any]) -> str:
    try:
        text = json.dumps(definition, indent=2, ensure_ascii=False)
    except RecursionError:
        return "(nested too deeply to show)"
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST]}\n… cut here; the definition has {len(text):,} characters"
