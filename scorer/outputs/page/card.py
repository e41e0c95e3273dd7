"""One tool's card: everything that the page says of it, ready to be laid out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scorer.outputs.alarms import Alarm, alarms
from scorer.outputs.page.definition import rest_json, schema_json
from scorer.outputs.page.evidence import Piece, marked
from scorer.outputs.page.pairs import Pair, partners
from scorer.outputs.page.parameters import ParameterRow, parameter_rows
from scorer.outputs.page.risk import RiskView, risk_view
from scorer.outputs.page.sections import Answers, Section, sections
from scorer.outputs.words import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.models.card import Fix, Report, ToolCard
    from scorer.models.signals import AnnotationValues
    from scorer.models.tool import Reference
    from scorer.outputs.page.changes import ChangeRow, Changes
    from scorer.outputs.page.glossary import Glossary

_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")


class SchemaView(NamedTuple):
    """A schema as a table's rows and as JSON; both "" and [] where the definition has none."""

    title: str
    rows: list[ParameterRow]
    json: str


class EditView(NamedTuple):
    """A fix. where: `src/x.py:12`, "" where it is not known. lines: the source to change, None where an earlier fix shows it."""

    fix: Fix
    where: str
    lines: Reference | None


class CardView(NamedTuple):
    """A tool's card.

    anchor: its id on the page, from the tool's name. key: a short id for what is inside it. hints: the annotations in words. edits: the
    first three fixes. source: the lines that implement the tool. alarms: what is said before all else.
    """

    tool: ToolCard
    anchor: str
    key: str
    hints: list[str]
    pieces: list[Piece]
    sections: list[Section]
    input: SchemaView
    output: SchemaView
    rest: str
    siblings: list[tuple[str, Pair]]
    risk: RiskView | None
    change: ChangeRow | None
    edits: list[EditView]
    source: list[Reference]
    alarms: list[Alarm]


def anchors(cards: Sequence[ToolCard], prefix: str) -> Iterator[str]:
    """`tool-get_order`: the same in every report of the server, unless a name comes twice; names may hold anything."""
    taken: dict[str, int] = {}
    for card in cards:
        plain = f"{prefix}{_UNSAFE.sub('-', card.name)[:60]}"
        taken[plain] = taken.get(plain, 0) + 1
        # A tilde stands in no plain one, so that no name can take another's number.
        yield plain if taken[plain] == 1 else f"{plain}~{taken[plain]}"


class Around(NamedTuple):
    """What a card knows beyond its tool: the report, its questions, the pairs that may be confused, and what changed."""

    report: Report
    glossary: Glossary
    pairs: list[Pair]
    changes: Changes | None


def card_view(card: ToolCard, anchor: str, key: str, around: Around) -> CardView:
    """The view of one card; `key` is unique on the page."""
    report, found = around.report, around.changes
    answers = Answers(card.justifications, card.facts, card.fixes, around.glossary, report.server.location, card.judge)
    return CardView(
        card,
        anchor,
        key,
        hints(card.context_signals.annotation_values),
        marked(card.description or "", card.facts, around.glossary),
        sections(report.legend.dimensions, answers),
        _schema("Input", "inputSchema", card),
        _schema("Output", "outputSchema", card),
        rest_json(card.definition),
        partners(card.name, around.pairs),
        risk_view(card, report),
        found.by_name.get(card.name) if found else None,
        list(_edits(card, 3)),
        [part for part in card.implementation if not part.pointer][:6],
        alarms(card, report),
    )


def _edits(card: ToolCard, most: int) -> Iterator[EditView]:
    seen: set[int] = set()
    for fix in card.fixes[:most]:
        place = fix.place
        where = f"{place.file}:{place.line}" if place and place.file and fix.lines is not None else ""
        new = fix.lines is not None and fix.lines not in seen
        yield EditView(fix, where, lines_of(fix, card) if new else None)
        seen |= {fix.lines} if fix.lines is not None else set()


def _schema(title: str, key: str, card: ToolCard) -> SchemaView:
    return SchemaView(title, parameter_rows(card.definition.get(key)), schema_json(card.definition, key))


def hints(given: AnnotationValues) -> list[str]:
    """The four hints in words; those that MCP gives no meaning (how a reading tool destroys) are left out."""
    words = []
    if given.read_only is not None:
        words.append("Read-only" if given.read_only else "Writes")
    if given.destructive is not None and not given.read_only:
        words.append("Destructive" if given.destructive else "Not destructive")
    if given.idempotent is not None and not given.read_only:
        words.append("Idempotent" if given.idempotent else "Not idempotent")
    if given.open_world is not None:
        words.append("Open world" if given.open_world else "Closed world")
    return words
