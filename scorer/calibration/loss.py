"""What is made small: how far the shipped score is from the labels, from the corpus, and from what the facts mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.stats import rankdata

from scorer.calibration.card import HIGHEST, LOWEST, rounded

if TYPE_CHECKING:
    from scorer.calibration.goal import Goal, Level, Rated
    from scorer.calibration.table import Floats

# Beside the absolute difference of the rounded score: that of the raw one, so that a step that does not yet cross a
# rounding edge counts for something, and the square, so that one miss by 3 is worse than three by 1.
_RAW, _SQUARE = 1.0, 0.1
# Beside the order of our judgements: the jury's, which rates descriptions alone and likes length.
JURY = 0.4
# What it costs, in rows missed by 1: points a whole score away from the prior, and a fact that has points at all.
_AWAY, _SPARSE = 3.0, 0.2


class Pull(NamedTuple):
    """How hard the corpus pulls once its mean, or its share below 3, is missed by more than these."""

    weight: float
    mean: float
    below: float


# A judgement's level says little, so there the corpus decides; published scores say more than a corpus of other servers.
_PULL = {True: Pull(3.0, 0.05, 0.02), False: Pull(1.0, 0.35, 0.12)}


def quantile_mapped(values: Floats, labels: Floats) -> Floats:
    """The values' order on the labels' scale: the k-th smallest value gets the k-th smallest label, equal values that of their middle."""
    place = np.ceil(rankdata(values) - 1e-9).astype(np.intp) - 1
    return np.asarray(np.sort(labels)[place], dtype=np.float64)


class Loss:
    """A dimension's loss as a function of base and points, on the rows of a goal."""

    def __init__(self, goal: Goal) -> None:
        self.goal = goal
        self._ranks = _unit(rankdata(goal.jury.labels))
        self._rows = max(len(goal.labels.rows), 1)

    def __call__(self, base: float, points: Floats) -> float:
        """The loss; base and points in tenths."""
        goal = self.goal
        miss = self._order(base, points) if goal.ordered else level_miss(goal.labels, base, points)
        # An order has no level that a base could be away from.
        away = np.abs(points - goal.prior).sum() + (0.0 if goal.ordered else abs(base - goal.base))
        kept = _AWAY * float(away) / 10 + _SPARSE * np.count_nonzero(points)
        return miss + _corpus_miss(goal.level, _PULL[goal.ordered], base, points) + kept / self._rows

    def _order(self, base: float, points: Floats) -> float:
        own = _unit(rankdata(self.goal.jury.card.raw(base, points)))
        return order_miss(self.goal.labels, self.goal.labels.card.raw(base, points)) - JURY * float(own @ self._ranks)


def rank_correlation(a: Floats, b: Floats) -> float:
    """Spearman's correlation, as Pearson's between ranks; 0 where one side is constant."""
    return float(_unit(rankdata(a)) @ _unit(rankdata(b)))


def _unit(ranks: Floats) -> Floats:
    """Centred and of length 1, so that a product of two is their correlation."""
    away = ranks - ranks.mean() if len(ranks) else ranks
    return np.asarray(away / (np.sqrt(away @ away) or 1.0), dtype=np.float64)


def level_miss(rated: Rated, base: float, points: Floats) -> float:
    """Ordinal loss of the shipped score against labels."""
    raw = rated.card.raw(base, points)
    away = np.abs(rounded(raw) - rated.labels)
    blurred = np.abs(np.clip(raw, LOWEST, HIGHEST) / 10 - rated.labels)
    return float(rated.weight @ (away + _SQUARE * away**2 + _RAW * blurred))


def order_miss(rated: Rated, raw: Floats) -> float:
    """1 - quadratic kappa by rank, of the raw and of the rounded score alike: with equal margins it is a mean squared difference."""
    if not len(raw):
        return 0.0
    spread = 2 * float(rated.labels.var()) or 1.0
    mapped = [quantile_mapped(values, rated.labels) for values in (raw, rounded(raw))]
    return float(np.mean([rated.weight @ (values - rated.labels) ** 2 for values in mapped])) / spread


def _corpus_miss(level: Level, pull: Pull, base: float, points: Floats) -> float:
    if not len(level.weight):
        return 0.0
    mean, below = level.reached(base, points)
    return pull.weight * (
        max(0.0, abs(mean - level.mean) - pull.mean) + max(0.0, abs(below - level.below) - pull.below)
    )
