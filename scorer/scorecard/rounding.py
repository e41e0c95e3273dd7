"""Exact rationals rounded half up to one decimal, and the letters of scores. Scores travel as whole tenths (35 is 3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.card import Letter
    from scorer.models.rubric import Tier


def round_tenths(numerator: int, denominator: int) -> int:
    """The rational numerator / denominator in tenths, rounded half up: floor(10 p/q + 1/2) (TDQS, section on rounding)."""
    return (20 * numerator + denominator) // (2 * denominator)


def round1(numerator: int, denominator: int) -> float:
    """The rational numerator / denominator rounded half up to one decimal."""
    return round_tenths(numerator, denominator) / 10


def tenths(value: float) -> int:
    """A number of one decimal as whole tenths; the error of its binary form is far below half a tenth."""
    return round(value * 10)


def tier_of(score: int | None, tiers: Sequence[Tier]) -> Letter | None:
    """The letter of a score in tenths; None for None."""
    if score is None:
        return None
    letters = (tier.letter for tier in tiers if score >= tenths(tier.at_least))
    return cast("Letter", next(letters, tiers[-1].letter))
