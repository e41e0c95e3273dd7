"""The server's scores: the tools rolled up, and the set as a whole, by the specification's arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.models.card import Justification, ServerScore
from scorer.scorecard.book import Book, Reading, books
from scorer.scorecard.reasons import justify
from scorer.scorecard.rounding import round_tenths, tenths, tier_of
from scorer.scorecard.shadowing import shadowing_risks
from scorer.scorecard.summary import summarise
from scorer.scorecard.tdqs import tdqs_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.card import ToolCard
    from scorer.models.fact import Fact
    from scorer.models.grade import ToolGrade
    from scorer.models.rubric import Limits, Rubric
    from scorer.models.signals import Overlap


class SetScores(NamedTuple):
    """The dimensions of the set as a whole, by id. coherence: in tenths, None when a dimension could not be examined."""

    scores: dict[str, int | None]
    reasons: dict[str, Justification]
    coherence: int | None


def grade_server(
    cards: Sequence[ToolCard | ToolGrade],
    tool_count: int,
    facts: Sequence[Fact],
    overlaps: Sequence[Overlap],
    rubric: Rubric,
) -> ServerScore:
    """The server's scores.

    cards: of the tools that could be graded; tool_count: of all that the server listed. facts: the answers on the set.
    A tool counts as scored when it has a TDQS. The three published scores are None below the published share of scored
    tools; coherence and the overall score also where the set could not be examined.
    """
    values, limits = tdqs_values(cards), rubric.limits
    published = bool(values) and 100 * len(values) >= limits.published_share * tool_count
    whole = _set_scores(facts if cards else (), books(rubric).server, limits)
    quality = description_quality(sum(values), min(values), len(values), limits) if published else None
    coherence = whole.coherence if published else None
    both = None if quality is None or coherence is None else overall(quality, coherence, limits)
    return ServerScore(
        overall_score=_public(both),
        overall_tier=tier_of(both, rubric.tiers),
        description_quality_score=_public(quality),
        description_quality_tier=tier_of(quality, rubric.tiers),
        coherence_score=_public(coherence),
        coherence_tier=tier_of(coherence, rubric.tiers),
        mean_tdqs=_public(round_tenths(sum(values), 10 * len(values)) if values else None),
        min_tdqs=_public(min(values, default=None)),
        disambiguation=whole.scores.get("disambiguation"),
        naming_consistency=whole.scores.get("naming_consistency"),
        tool_count_appropriateness=whole.scores.get("tool_count_appropriateness"),
        completeness=whole.scores.get("completeness"),
        coherence_justifications=whole.reasons,
        coherence_summary=_summary(books(rubric).server, whole, rubric),
        scored_tool_count=len(values),
        tool_count=tool_count,
        shadowing_risks=shadowing_risks(cards, overlaps),
    )


def tdqs_values(cards: Sequence[ToolCard | ToolGrade]) -> list[int]:
    """The TDQS of every scored tool, in tenths."""
    return [tenths(card.tdqs) for card in cards if card.tdqs is not None]


def description_quality(total: int, worst: int, count: int, limits: Limits) -> int:
    """Description quality in tenths: 0.6 x mean + 0.4 x worst, for `count` TDQS in tenths that sum to `total`."""
    return round_tenths(limits.mean_share * total + limits.min_share * count * worst, 1000 * count)


def overall(quality: int, coherence: int, limits: Limits) -> int:
    """The overall score in tenths: 0.7 x description quality + 0.3 x coherence, both rounded before."""
    return round_tenths(limits.description_share * quality + limits.coherence_share * coherence, 1000)


def _set_scores(facts: Sequence[Fact], book: Book, limits: Limits) -> SetScores:
    reading = book.read(facts)
    examined = {book.slots[fact.id].position for fact in facts if fact.id in book.slots and fact.status != "error"}
    reasons = {
        scale.dimension.id: _dimension(book, reading, position, position in examined, limits)
        for position, scale in enumerate(book.scales)
    }
    scores = {name: reason.score for name, reason in reasons.items()}
    whole = tdqs_of(book, list(scores.values())) if None not in scores.values() else None
    return SetScores(scores, reasons, whole)


def _dimension(book: Book, reading: Reading, position: int, examined: bool, limits: Limits) -> Justification:  # noqa: FBT001
    if not examined:
        return Justification(None, "Not measurable: the set of tools could not be examined.")
    scale = book.scales[position]
    outcome = scale.outcome(reading.holds[position], reading.told[position])
    return justify(scale, outcome, reading, position, limits.quote_characters)


def _summary(book: Book, whole: SetScores, rubric: Rubric) -> str:
    tier = tier_of(whole.coherence, rubric.tiers)
    return summarise(book, tuple(whole.scores.values()), whole.coherence, tier)


def _public(value: int | None) -> float | None:
    return None if value is None else value / 10
