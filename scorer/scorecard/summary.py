"""One sentence on a whole card."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from scorer.scorecard.quoting import series

if TYPE_CHECKING:
    from scorer.scorecard.book import Book


@lru_cache(maxsize=16384)
def summarise(
    book: Book, scores: tuple[int | None, ...], whole: int | None, tier: str | None, *, bare: bool = False
) -> str:
    """A letter, where the scores are highest and where they are lowest.

    scores: by position in the book, None where not measurable. whole: TDQS or coherence in tenths. bare: no description.
    """
    if bare:
        return "There is no description, so every dimension scores 1."
    labels = [scale.dimension.label for scale in book.scales]
    measured = [(label, score) for label, score in zip(labels, scores, strict=True) if score is not None]
    if whole is None or not measured:
        return "Not everything that this score needs could be measured."
    best, worst = max(score for _, score in measured), min(score for _, score in measured)
    if best == worst:
        return f"{tier} at {whole / 10}: every dimension scores {best}."
    high = series([label for label, score in measured if score == best])
    low = series([label for label, score in measured if score == worst])
    return f"{tier} at {whole / 10}: strongest in {high} ({best}), weakest in {low} ({worst})."
