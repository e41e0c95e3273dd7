"""One dimension's points: fitted, rounded to tenths, and sparse."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scorer.calibration.heldout import gathered, split
from scorer.calibration.loss import JURY, Loss, level_miss, order_miss, rank_correlation
from scorer.calibration.ridge import ridge
from scorer.calibration.tenths import Points, search

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorer.calibration.goal import Goal

    # Facts by their place among the dimension's, and the tenths that they are held at.
    Fixed = Mapping[int, float]

LEAST_ROWS = 5  # a fact seen in fewer rows keeps its points by meaning
INNER_FOLDS = 5


class Fitted(NamedTuple):
    """The points found.

    rare: facts (by place) that too few rows show, at their prior. fixed: facts that fitting earned nothing for out of fold,
    and the value that they have instead.
    """

    points: Points
    rare: frozenset[int]
    fixed: Fixed


def fit(goal: Goal, seed: int, *, select: bool = False) -> Fitted:
    """The points of a dimension.

    select: give facts that earn nothing in an inner cross-validation 0 or their prior instead. That makes the points sparser;
    with a few hundred ratings it follows noise and costs about 0.01 of difference out of fold, so it is not the default.
    """
    rare = rare_facts(goal)
    kept = {at: float(goal.prior[at]) for at in rare}
    if select:
        kept = _select(goal, kept, seed)
    return Fitted(solve(goal, kept), rare, {at: value for at, value in kept.items() if at not in rare})


def solve(goal: Goal, fixed: Fixed) -> Points:
    """The points with some facts fixed: the better of two searches, from the continuous fit and from what the facts mean."""
    low, high = goal.low.copy(), goal.high.copy()
    for at, value in fixed.items():
        low[at] = high[at] = value
    # Moves of one number at a time do not get from one to the other where base and points could trade places.
    starts = (ridge(goal, low, high), (goal.base, goal.prior))
    found = [search(Loss(goal), start, low, high, level=not goal.ordered) for start in starts]
    return min(found, key=lambda points: points.loss)


def rare_facts(goal: Goal) -> frozenset[int]:
    """The facts that too few labelled rows show; one that holds nearly everywhere tells as little, and rows decided by a cap nothing."""
    parts = [goal.labels, goal.jury] if goal.ordered else [goal.labels]
    free = np.concatenate([part.card.holds[part.card.free] for part in parts])
    count = free.sum(axis=0)
    return frozenset(int(at) for at in np.flatnonzero((count < LEAST_ROWS) | (count > len(free) - LEAST_ROWS)))


def _select(goal: Goal, kept: dict[int, float], seed: int) -> dict[int, float]:
    """Backward, the least influence first: a fact stays fitted if out of fold that is better than 0 and than its prior."""
    now = out_of_fold_miss(goal, kept, seed)
    influence = np.abs(solve(goal, kept).points) * goal.labels.card.holds.sum(axis=0)
    for at in (int(at) for at in np.argsort(influence, kind="stable") if int(at) not in kept):
        tried = {value: out_of_fold_miss(goal, {**kept, at: value}, seed) for value in _instead(goal, at)}
        best = min(tried, key=lambda value, tried=tried: tried[value])  # type: ignore[misc]
        if tried[best] <= now:
            kept, now = {**kept, at: best}, tried[best]
    return kept


def _instead(goal: Goal, at: int) -> tuple[float, ...]:
    """What a fact that is not fitted may be worth, the value to take among equals first.

    Of equals a defect keeps its meaning, so that abuse that no label shows stays punished; a merit is spared.
    """
    prior = float(goal.prior[at])
    return (prior, 0.0) if goal.high[at] <= 0 else (0.0, prior)


def out_of_fold_miss(goal: Goal, fixed: Fixed, seed: int, count: int = INNER_FOLDS) -> float:
    """The labels' part of the loss, each fold scored by points that were fitted without it."""
    parts = [(own, solve(rest, fixed)) for rest, own in split(goal, count, seed)]
    if goal.ordered:
        return _order_out_of_fold(goal, parts)
    # A fold's weights sum to 1 by themselves; here each fold counts by its share.
    share = [goal.labels.weight[np.isin(goal.labels.rows, own.labels.rows)].sum() for own, _ in parts]
    return float(np.dot(share, [level_miss(own.labels, found.base, found.points) for own, found in parts]))


def _order_out_of_fold(goal: Goal, parts: list[tuple[Goal, Points]]) -> float:
    own = gathered(goal.labels, [(p.labels, p.labels.card.raw(found.base, found.points)) for p, found in parts])
    jury = gathered(goal.jury, [(p.jury, p.jury.card.raw(found.base, found.points)) for p, found in parts])
    return order_miss(goal.labels, own) - JURY * rank_correlation(jury, goal.jury.labels)


def worth(goal: Goal, fitted: Fitted, seeds: Sequence[int]) -> dict[int, float]:
    """By place, how much worse the loss gets out of fold when a fact with points has none: what it earns, mean over the seeds."""
    fixed = {**fitted.fixed, **{at: float(goal.prior[at]) for at in fitted.rare}}
    now = [out_of_fold_miss(goal, fixed, seed) for seed in seeds]
    places = [int(at) for at in np.flatnonzero(fitted.points.points) if int(at) not in fitted.rare]
    without = {at: [out_of_fold_miss(goal, {**fixed, at: 0.0}, seed) for seed in seeds] for at in places}
    return {at: float(np.mean(losses) - np.mean(now)) for at, losses in without.items()}


def unsigned(goal: Goal) -> list[float]:
    """What each fact would get if its kind did not fix its sign, in tenths: a detection whose sign turns is a bad one."""
    most = np.maximum(np.abs(goal.low), np.abs(goal.high))
    return [float(points) for points in ridge(goal, -most, most)[1]]
