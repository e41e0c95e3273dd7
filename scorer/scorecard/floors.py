"""The shortest list of edits over a whole server that reaches a description quality.

Description quality is 0.6 x mean + 0.4 x worst. So for every floor that the worst tool may be lifted to, the tools below
it are lifted with the fewest edits, and what the mean still lacks is bought where an edit brings most. The floor with the
fewest edits wins. All numbers are whole tenths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.scorecard.filling import Counts, Field, fill

if TYPE_CHECKING:
    from scorer.models.rubric import Limits

_HIGHEST = 50


def shortest(field: Field, quality: int, most: int, limits: Limits) -> Counts | None:
    """How many edits each tool needs, so that the server has this description quality; None when `most` edits are too few.

    quality: in tenths, after rounding.
    """
    best, budget = None, most
    for floor in range(field.lowest, _HIGHEST + 1):
        lifted = _lift(field, floor, budget)
        if lifted is None:
            break  # a higher floor asks for more edits still
        lacking = needed_sum(quality, floor, len(field.tools), limits) - field.total - field.gained(lifted)
        filled = fill(field, lifted, lacking, budget)
        if filled is not None:
            best, budget = filled, sum(filled.values()) - 1
        if lacking <= 0:
            break
    return best


def needed_sum(quality: int, floor: int, count: int, limits: Limits) -> int:
    """The least sum of TDQS that gives `count` tools, the worst of them at `floor`, this description quality.

    From round_tenths(p, q) >= quality with p = mean share x sum + min share x count x floor and q = 1000 x count.
    """
    numerator = 50 * count * (2 * quality - 1) - limits.min_share * count * floor
    return -(-numerator // limits.mean_share)


def _lift(field: Field, floor: int, budget: int) -> Counts | None:
    """The fewest edits that bring every tool to the floor; None when they are more than the budget, or not enough."""
    lifted: Counts = {}
    for tool in field.lowest_first:
        values = field.tools[tool]
        if values[0] >= floor:
            break
        if values[-1] < floor:
            return None
        lifted[tool] = next(count for count, value in enumerate(values) if value >= floor)
        budget -= lifted[tool]
        if budget < 0:
            return None
    return lifted
