"""One server's part of the page, and the page of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.outputs.page.card import Around, CardView, anchors, card_view
from scorer.outputs.page.changes import Changes, changes
from scorer.outputs.page.glossary import Glossary
from scorer.outputs.page.pairs import Drawing, confusable, drawing
from scorer.outputs.page.sections import Answers, Section, sections
from scorer.outputs.page.spread import Spread, spread
from scorer.outputs.words import problems, servers, shown, worst_first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.card import Legend, Report, Reports, ToolCard
    from scorer.models.tool import Problem

# Beyond so many tools the page says in every card only what that card alone has, and links to the rest.
_BRIEF_BEYOND = 120


class ServerView(NamedTuple):
    """One server: cards worst first, coherence by dimension, pairs, spread, comparison, what could not be graded.

    flags, risks: what the tools can be filtered by. links: the anchor of a tool's card by its name.
    """

    report: Report
    anchor: str
    cards: list[CardView]
    coherence: list[Section]
    pairs: Drawing
    spread: Spread
    changes: Changes | None
    problems: list[Problem]
    flags: list[str]
    risks: list[str]
    links: dict[str, str]
    glossary: Glossary


class PageView(NamedTuple):
    """The whole page; every legend has its questions once. brief: leave out of the cards what the page says elsewhere."""

    servers: list[ServerView]
    glossaries: list[Glossary]
    brief: bool


def page_view(report: Report | Reports) -> PageView:
    """The view of one report or of several."""
    reports = servers(report)
    glossaries = _glossaries(reports)
    several = len(reports) > 1
    views = [_server(one, place, glossaries, several=several) for place, one in enumerate(reports, 1)]
    return PageView(views, glossaries, sum(len(view.cards) for view in views) > _BRIEF_BEYOND)


def _glossaries(reports: Sequence[Report]) -> list[Glossary]:
    legends: list[Legend] = []
    for report in reports:
        if report.legend not in legends:
            legends.append(report.legend)
    return [Glossary(legend, place) for place, legend in enumerate(legends, 1)]


def _server(report: Report, position: int, glossaries: Sequence[Glossary], *, several: bool) -> ServerView:
    cards = worst_first(shown(report))
    glossary = next(one for one in glossaries if one.legend == report.legend)
    names = list(anchors(cards, f"tool-{position}-" if several else "tool-"))
    around = Around(report, glossary, confusable(report), changes(report))
    views = [
        card_view(card, anchor, f"t{position}-{number}", around)
        for number, (card, anchor) in enumerate(zip(cards, names, strict=True), 1)
    ]
    coherence = report.server_score.coherence_justifications
    judge = report.judge.server if report.judge else None
    answers = Answers(coherence, report.server_facts, (), glossary, report.server.location, judge)
    return ServerView(
        report,
        f"server-{position}",
        views,
        sections(
            report.legend.server_dimensions,
            answers,
        ),
        drawing(report),
        spread(report),
        around.changes,
        problems(report),
        sorted({flag for card in cards for flag in (*card.flags, *card.server_flags)}),
        _risks(cards),
        {card.name: anchor for card, anchor in zip(reversed(cards), reversed(names), strict=True)},
        glossary,
    )


def _risks(cards: Sequence[ToolCard]) -> list[str]:
    """The categories that occur, the gravest first."""
    order = ("Financial", "Destructive", "Execute", "Write", "Read")
    found = {card.risk.category for card in cards if card.risk}
    return [category for category in order if category in found]
