"""One dimension's points: fitted, rounded to tenths, and sparse."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scorer.calibration.groups import folds
from scorer.calibration.loss import JURY, Loss, level_miss, order_miss
from scorer.calibration.ridge import ridge
from scorer.calibration.tenths import Points, search

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorer.calibration.goal import Goal, Rated
    from scorer.calibration.table import Floats, Indices

LEAST_ROWS = 5  # a fact seen in fewer rows keeps its points by meaning
_INNER_FOLDS = 5
Fixed = Mapping[int, float] if TYPE_CHECKING else None


class Fitted(NamedTuple):
    """The points found. fixed: facts (by place) that kept a value instead of being fitted, because too few rows show them
    (`rare`) or because fitting them earned nothing in cross-validation.
    """

    points: Points
    rare: frozenset[int]
    fixed: Fixed


def fit(goal: Goal, seed: int, *, select: bool = True) -> Fitted:
    """The points of a dimension. select: give facts that earn nothing in an inner cross-validation 0 or their prior instead."""
    rare = rare_facts(goal)
    kept: dict[int, float] = {at: float(goal.prior[at]) for at in rare}
    if select:
        kept = _select(goal, kept, seed)
    return Fitted(solve(goal, kept), rare, {at: value for at, value in kept.items() if at not in rare})


def solve(goal: Goal, fixed: Fixed) -> Points:
    """The points with some facts fixed."""
    low, high = goal.low.copy(), goal.high.copy()
    for at, value in fixed.items():
        low[at] = high[at] = value
    return search(Loss(goal), ridge(goal, low, high), low, high, level=not goal.ordered)


def rare_facts(goal: Goal) -> frozenset[int]:
    """The facts that too few labelled rows show; rows decided by a cap or gate show nothing."""
    parts = [goal.labels, goal.jury] if goal.ordered else [goal.labels]
    free = [part.card.holds[np.isinf(part.card.bound) & np.isinf(part.card.pin)] for part in parts]
    count = sum(part.sum(axis=0) for part in free)
    rows = sum(len(part) for part in free)
    # A fact that holds everywhere tells as little as one that holds nowhere.
    return frozenset(int(at) for at in np.flatnonzero((count < LEAST_ROWS) | (count > rows - LEAST_ROWS)))


def _select(goal: Goal, kept: dict[int, float], seed: int) -> dict[int, float]:
    """Backward: the facts with the least influence first; a fact stays fitted if out of fold that is better than any fixed value."""
    now = out_of_fold_miss(goal, kept, seed)
    points = solve(goal, kept).points
    influence = np.abs(points) * goal.labels.card.holds.sum(axis=0)
    for at in (int(at) for at in np.argsort(influence, kind="stable") if int(at) not in kept):
        # Of equals the first: a defect keeps its meaning, so that rare abuse stays punished; others are spared.
        values = (goal.prior[at], 0.0) if goal.high[at] <= 0 else (0.0, goal.prior[at])
        tried = {float(value): out_of_fold_miss(goal, {**kept, at: float(value)}, seed) for value in values}
        best = min(tried, key=lambda value, tried=tried: tried[value])  # type: ignore[misc]
        if tried[best] <= now:
            kept, now = {**kept, at: best}, tried[best]
    return kept


def out_of_fold_miss(goal: Goal, fixed: Fixed, seed: int, count: int = _INNER_FOLDS) -> float:
    """The labels' part of the loss, each fold scored by points that were fitted without it."""
    parts = [held_out for _, held_out in split(goal, count, seed)]
    solved = [solve(rest, fixed) for rest, _ in split(goal, count, seed)]
    if not goal.ordered:
        weights = [goal.labels.weight[np.isin(goal.labels.rows, part.labels.rows)].sum() for part in parts]
        misses = [level_miss(part.labels, p.base, p.points) for part, p in zip(parts, solved, strict=True)]
        return float(np.dot(weights, misses))
    return _order_out_of_fold(goal, parts, solved)


def _order_out_of_fold(goal: Goal, parts: list[Goal], solved: list[Points]) -> float:
    pairs = list(zip(parts, solved, strict=True))
    raw = gathered(goal.labels, [(part.labels, part.labels.card.raw(p.base, p.points)) for part, p in pairs])
    miss = order_miss(goal.labels, raw)
    if len(goal.jury.rows):
        liked = gathered(goal.jury, [(part.jury, part.jury.card.raw(p.base, p.points)) for part, p in pairs])
        miss -= JURY * float(np.nan_to_num(np.corrcoef(_ranks(liked), _ranks(goal.jury.labels))[0, 1]))
    return miss


def _ranks(values: Floats) -> Floats:
    from scipy.stats import rankdata  # noqa: PLC0415 - only where an order is fitted

    return np.asarray(rankdata(values), dtype=np.float64)


def gathered(whole: Rated, parts: list[tuple[Rated, Floats]]) -> Floats:
    """Values of the parts, put back at the rows of the whole."""
    place = {int(row): at for at, row in enumerate(whole.rows)}
    found = np.zeros(len(whole.rows))
    for part, values in parts:
        found[[place[int(row)] for row in part.rows]] = values
    return found


def split(goal: Goal, count: int, seed: int) -> list[tuple[Goal, Goal]]:
    """(the rest, the fold) for each fold; no server is in both."""
    everyone = np.concatenate([goal.labels.group, goal.jury.group])
    fold = folds(everyone, count, seed)
    labels, jury = fold[: len(goal.labels.rows)], fold[len(goal.labels.rows) :]
    return [
        (_part(goal, np.flatnonzero(labels != at), np.flatnonzero(jury != at)), _part(goal, np.flatnonzero(labels == at), np.flatnonzero(jury == at)))
        for at in range(count)
    ]


def _part(goal: Goal, labels: Indices, jury: Indices) -> Goal:
    return goal._replace(labels=goal.labels.take(labels), jury=goal.jury.take(jury))
