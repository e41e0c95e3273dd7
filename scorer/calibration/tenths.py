"""Points in whole tenths: a coordinate search from the continuous fit on what is really shipped, the rounded score."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scorer.calibration.table import Floats

_STEPS = (-3.0, -2.0, -1.0, 1.0, 2.0, 3.0)
_PASSES = 12
_GAIN = 1e-9  # less is noise of floats
LOWEST_BASE, HIGHEST_BASE = 10.0, 50.0


class Points(NamedTuple):
    """A dimension's base and points in tenths, and the loss that they have."""

    base: float
    points: Floats
    loss: float


def search(
    loss: Callable[[float, Floats], float], start: tuple[float, Floats], low: Floats, high: Floats, *, level: bool
) -> Points:
    """The best points that moves of one number at a time find, in whole tenths inside the bounds.

    level: whether the start's base means something; if not, the best of all is taken first. Deterministic: bases first, then
    facts in order, each to its best step, until nothing moves.
    """
    points = np.clip(np.round(start[1]), low, high)
    base = min(max(float(np.round(start[0])), LOWEST_BASE), HIGHEST_BASE)
    if not level:
        base = min(np.arange(LOWEST_BASE, HIGHEST_BASE + 1), key=lambda tried: loss(float(tried), points))
    best = Points(float(base), points, loss(float(base), points))
    for _ in range(_PASSES):
        before = best
        for at in range(-1, len(points)):
            best = min(_moves(best, at, low, high, loss), key=lambda found: found.loss - _GAIN * (found is best))
        if best is before:
            break
    return best


def _moves(now: Points, at: int, low: Floats, high: Floats, loss: Callable[[float, Floats], float]) -> Iterator[Points]:
    yield now
    if at < 0:
        for base in (now.base + step for step in _STEPS):
            if LOWEST_BASE <= base <= HIGHEST_BASE:
                yield Points(base, now.points, loss(base, now.points))
        return
    own = now.points[at]
    for value in dict.fromkeys((0.0, *(own + step for step in _STEPS))):
        if value != own and low[at] <= value <= high[at]:
            points = now.points.copy()
            points[at] = value
            yield Points(now.base, points, loss(now.base, points))
