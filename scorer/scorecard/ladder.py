"""How few edits bring a dimension to each higher score.

A merit's flip adds its points, a defect's flip takes its points and its cap away. Whatever set of edits is best, it lifts
some number of the tightest caps (perhaps none) and buys the rest by points, dearest first: exact where no edit settles
other facts besides its own, and near it where some do.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from scorer.scorecard.tally import HIGHEST, flip, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.scorecard.dimension import Scale
    from scorer.scorecard.tally import Row


class Rung(NamedTuple):
    """A score above the present one, and the fewest edits that reach it."""

    score: int
    edits: tuple[Row, ...]


@lru_cache(maxsize=16384)
def climb(scale: Scale, holds: int, told: int) -> tuple[Rung, ...]:
    """The rungs above a dimension's score, lowest first, each dearer than the one before. holds, told: bits of its facts."""
    editable = [row for row in scale.rows if row.rule.remedy and _may_flip(row, holds, told)]
    capping = sorted((row for row in editable if row.bound is not None), key=lambda row: row.bound or 0)
    score, rungs = rounded(scale.raw(holds)), []
    for count in range(1, len(editable) + 1):
        best = max(_choices(scale, holds, editable, capping, count), key=lambda rung: rung.score)
        if best.score > score:
            score = best.score
            rungs.append(best)
        if score == HIGHEST:
            break
    return tuple(rungs)


def _may_flip(row: Row, holds: int, told: int) -> bool:
    held = bool(holds & row.bit)
    return held if row.rule.kind == "defect" else row.rule.kind == "merit" and not held and bool(told & row.bit)


def _choices(scale: Scale, holds: int, editable: Sequence[Row], capping: Sequence[Row], count: int) -> Iterator[Rung]:
    """The best set of so many edits, for each number of caps that it may lift."""
    for lifted in range(min(count, len(capping)) + 1):
        first = capping[:lifted]
        others = sorted((row for row in editable if row not in first), key=lambda row: -_worth(scale, holds, row))
        edits = (*first, *others[: count - lifted])
        changed = holds
        for row in edits:
            changed = flip(changed, row)
        yield Rung(rounded(scale.raw(changed)), edits)


def _worth(scale: Scale, holds: int, row: Row) -> int:
    """The points in tenths that an edit adds, caps aside."""
    after = flip(holds, row)
    return sum(other.points * (bool(after & other.bit) - bool(holds & other.bit)) for other in scale.rows)
