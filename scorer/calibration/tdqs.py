"""Six scores as one TDQS and a tier, over many rows at once, in exact integers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorer.calibration.table import Floats
    from scorer.models.rubric import Rubric


def tdqs_tenths(scores: Mapping[str, Floats], rubric: Rubric) -> Floats:
    """TDQS in tenths: round1(sum of score x weight, 100), half up; NaN where a score is missing."""
    weighted = np.sum([scores[d.id] * d.weight for d in rubric.tool], axis=0)
    total = sum(d.weight for d in rubric.tool)
    return np.asarray(np.floor((20 * weighted + total) / (2 * total)), dtype=np.float64)


def tiers(tenths: Floats, rubric: Rubric) -> list[str]:
    """The letter of each TDQS."""
    edges = [(round(10 * tier.at_least), tier.letter) for tier in rubric.tiers]
    return [next((letter for edge, letter in edges if value >= edge), edges[-1][1]) for value in tenths]
