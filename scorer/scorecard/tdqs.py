"""Six dimension scores become one TDQS (weighted mean, rounded once)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.scorecard.rounding import round_tenths

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from scorer.scorecard.book import Book
    from scorer.scorecard.dimension import Outcome


class Scored(NamedTuple):
    """A tool's numbers, dimensions by position.

    outcomes: as the facts give them, None where not measurable. scores: the same after the hard gate. tdqs: in tenths, None
    without any score. bare: the tool has no description, so that every measurable score is 1.
    """

    outcomes: tuple[Outcome | None, ...]
    scores: tuple[int | None, ...]
    tdqs: int | None
    bare: bool


def unmeasurable(book: Book, *, schema_known: bool, language_known: bool) -> frozenset[int]:
    """Positions of the dimensions that need the schema which this tool does not have, or a text that the facts can read."""
    if schema_known and language_known:
        return frozenset()
    dimensions = [scale.dimension for scale in book.scales]
    lost = [(d.needs_schema and not schema_known) or (d.needs_language and not language_known) for d in dimensions]
    return frozenset(position for position, is_lost in enumerate(lost) if is_lost)


def unseen(book: Book, lost: Collection[str]) -> frozenset[int]:
    """Positions of the dimensions, by id, that rest on a field which could not be read."""
    return frozenset(position for position, scale in enumerate(book.scales) if scale.dimension.id in lost)


def unmeasured(book: Book, scores: Mapping[str, int | None]) -> frozenset[int]:
    """The same, read from a card's scores by dimension."""
    return frozenset(i for i, scale in enumerate(book.scales) if scores.get(scale.dimension.id) is None)


def score_tool(
    book: Book, holds: Sequence[int], told: Sequence[int], skipped: Collection[int], *, bare: bool
) -> Scored:
    """All dimensions worked out. holds, told: bits per dimension; skipped: positions that cannot be measured."""
    outcomes = tuple(
        None if position in skipped else scale.outcome(holds[position], told[position])
        for position, scale in enumerate(book.scales)
    )
    scores = tuple(None if outcome is None else 1 if bare else outcome.score for outcome in outcomes)
    return Scored(outcomes, scores, tdqs_of(book, scores), bare)


def tdqs_of(book: Book, scores: Sequence[int | None]) -> int | None:
    """round1(sum of score x weight, sum of the weights of the measured dimensions) in tenths; None without any."""
    weighted, total = weigh(book, scores)
    return round_tenths(weighted, total) if total else None


def weigh(book: Book, scores: Sequence[int | None]) -> tuple[int, int]:
    """The sum of score x weight, and the sum of the weights, over the measured dimensions."""
    weighted = total = 0
    for scale, score in zip(book.scales, scores, strict=True):
        if score is not None:
            weighted += score * scale.weight
            total += scale.weight
    return weighted, total
