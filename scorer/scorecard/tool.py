"""One tool's report card: its facts become six scores, TDQS, a letter, reasons and fixes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.models.card import Justification, ToolCard
from scorer.models.fact import OTHER_LANGUAGE
from scorer.models.grade import ToolGrade
from scorer.models.rubric import NO_DESCRIPTION, TAUTOLOGICAL_DESCRIPTION, TOOL_FLAGS
from scorer.models.tool import Problem
from scorer.scorecard.book import Book, Reading, books
from scorer.scorecard.fixes import rank_fixes
from scorer.scorecard.reasons import justify
from scorer.scorecard.rounding import tier_of
from scorer.scorecard.summary import summarise
from scorer.scorecard.tdqs import Scored, score_tool, unmeasurable
from scorer.text.gates import gates

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from scorer.models.fact import Fact
    from scorer.models.rubric import DimensionRubric, Rubric
    from scorer.models.signals import Signals
    from scorer.models.tool import Tool

_BARE = "There is no description, so this is 1 whatever else holds."


def grade_tool(tool: Tool, signals: Signals, facts: Sequence[Fact], rubric: Rubric) -> ToolCard:
    """The card of one tool.

    facts: its answers, in any order; an answer of None contributes nothing, an id that the rubric does not know is only shown.
    TDQS is round1(sum of score x weight, sum of the weights of the measurable dimensions). A tool without a description has
    1 in every measurable dimension (the specification's hard gate), whatever the facts say.
    """
    book = books(rubric).tool
    skipped = _skipped(tool, facts, book)
    reading = book.read(facts, skipped)
    flags = _flags(tool, reading.held, book)
    scored = score_tool(book, reading.holds, reading.told, skipped, bare=NO_DESCRIPTION in flags)
    scores = {scale.dimension.id: score for scale, score in zip(book.scales, scored.scores, strict=True)}
    tier = tier_of(scored.tdqs, rubric.tiers)
    return ToolCard(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        tdqs=None if scored.tdqs is None else scored.tdqs / 10,
        tier=tier,
        scores=scores,
        justifications=_justifications(tool, book, scored, reading, rubric.limits.quote_characters),
        smells=tuple(key for key, score in scores.items() if score is not None and score < rubric.limits.smell_below),
        flags=flags,
        server_flags=(),
        summary=summarise(book, scored.scores, scored.tdqs, tier, bare=scored.bare),
        context_signals=signals.context,
        definition=tool.definition,
        tokens=signals.tokens,
        complete=not skipped,
        facts=reading.facts,
        fixes=rank_fixes(book, reading, scored, skipped),
        origin=tool.origin,
        errors=(*tool.problems, *_failed(reading.failed, tool.name)),
        unread=tool.unread,
        implementation=tool.references,
        conditional=tool.conditional,
    )


def rate_tool(tool: Tool, signals: Signals, facts: Sequence[Fact], rubric: Rubric) -> ToolGrade:
    """The same numbers without the words."""
    book = books(rubric).tool
    bits = book.bits(facts)
    skipped = _skipped(tool, bits.untold, book)
    flags = _flags(tool, bits.held, book)
    scored = score_tool(book, bits.holds, bits.told, skipped, bare=NO_DESCRIPTION in flags)
    return ToolGrade(
        name=tool.name,
        tdqs=None if scored.tdqs is None else scored.tdqs / 10,
        tier=tier_of(scored.tdqs, rubric.tiers),
        scores=scored.scores,
        complete=not skipped,
        flags=flags,
        server_flags=(),
        facts=tuple(bits.held),
        untold=tuple([fact.id for fact in bits.untold]),
        context_signals=signals.context,
        tokens=signals.tokens,
        problems=(*tool.problems, *_failed(bits.untold, tool.name)),
    )


def _skipped(tool: Tool, facts: Iterable[Fact], book: Book) -> frozenset[int]:
    """Positions of the dimensions that are not measurable."""
    foreign = any(fact.reason == OTHER_LANGUAGE for fact in facts)
    return unmeasurable(book, schema_known=tool.schema_known, language_known=not foreign)


def _flags(tool: Tool, held: Container[str], book: Book) -> tuple[str, ...]:
    raised = {book.flags[fact] for fact in book.flags if fact in held}
    # The gate is the specification's and must hold even where no witness answered.
    if NO_DESCRIPTION in gates(tool):
        raised.add(NO_DESCRIPTION)
    if NO_DESCRIPTION in raised:
        raised.discard(TAUTOLOGICAL_DESCRIPTION)
    return tuple(flag for flag in TOOL_FLAGS if flag in raised)


def _failed(facts: Iterable[Fact], name: str) -> Iterator[Problem]:
    for fact in facts:
        if fact.status == "error":
            yield Problem("fact-error", f"{fact.id} could not be answered: {fact.reason or 'its check failed'}", name)


def _justifications(tool: Tool, book: Book, scored: Scored, reading: Reading, longest: int) -> dict[str, Justification]:
    found = {}
    for position, (scale, outcome) in enumerate(zip(book.scales, scored.outcomes, strict=True)):
        if outcome is None:
            reason = Justification(None, _not_measurable(tool, scale.dimension))
        elif scored.bare:
            reason = Justification(1, _BARE, 1.0, scale.base / 10, 1)
        else:
            reason = justify(scale, outcome, reading, position, longest)
        found[scale.dimension.id] = reason
    return found


def _not_measurable(tool: Tool, dimension: DimensionRubric) -> str:
    if dimension.needs_language:
        return f"Could not tell: {OTHER_LANGUAGE}, so its words were not read."
    reason = next((problem.message for problem in tool.problems if "schema" in problem.code), "")
    return f"Not measurable: {reason or 'the input gives no input schema for this tool.'}"
