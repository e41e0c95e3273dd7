"""Thresholds as people write them: a letter or a score."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from scorer.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


def least_score(given: str | float, tiers: Mapping[str, float], option: str) -> float:
    """The least score that passes: `B` is the lower edge of that tier, `3.2` is itself. Raises UsageError.

    tiers: letters with their lower edges. option: the option's name, for the error.
    """
    text = str(given).strip()
    if text.upper() in tiers:
        return tiers[text.upper()]
    found = _number(text)
    if found is None or not 0 <= found <= 5:
        letters = ", ".join(tiers)
        raise UsageError(
            f"{option} is {text[:40]!r}, neither a tier nor a score", f"Give {letters}, or a score from 1 to 5."
        )
    return found


def most_drop(given: str | float, option: str) -> float:
    """By how much a score may fall: at least 0. Raises UsageError."""
    found = _number(str(given).strip())
    if found is None or not 0 <= found <= 5:
        raise UsageError(
            f"{option} is {str(given)[:40]!r}, not a number of points", "Give a number from 0 to 5, such as 0.2."
        )
    return found


def below(score: float, least: float) -> bool:
    """Whether a score misses a threshold; both have at most two decimals, which doubles do not keep."""
    return round(score * 1000) < round(least * 1000)


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if isfinite(found) else None
