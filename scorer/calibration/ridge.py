"""The continuous start of a fit: least squares with signs by kind, drawn towards what the facts mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import lsq_linear
from scipy.stats import rankdata

from scorer.calibration.loss import JURY

if TYPE_CHECKING:
    from scorer.calibration.goal import Goal, Rated
    from scorer.calibration.table import Floats

# In rows: so many rows' worth of trust in the prior of each fact.
_TRUST = 3.0
# Bounds of equal ends are refused by the solver.
_SLACK = 1e-6


def ridge(goal: Goal, low: Floats, high: Floats) -> tuple[float, Floats]:
    """Base and points in tenths, not yet rounded.

    Minimises sum of w (10 label - base - holds x points)^2 + trust x |points - prior|^2 over rows that no cap or gate decides,
    low <= points <= high. Where labels give an order only, the jury's ranks join in, with a base of their own.
    """
    parts = [_part(goal.labels, 10 * goal.labels.labels, 1.0)]
    if goal.ordered and len(goal.jury.rows):
        parts.append(_part(goal.jury, _on_scale(goal.jury.labels, goal.labels.labels), JURY))
    bases, facts = len(parts), len(goal.prior)
    rows = [
        np.hstack([_own_base(len(holds), at, bases), holds]) * weight for at, (holds, _, weight) in enumerate(parts)
    ]
    rows.append(np.hstack([np.zeros((facts, bases)), np.eye(facts)]) * np.sqrt(_TRUST))
    wanted = [target * weight[:, 0] for _, target, weight in parts] + [goal.prior * np.sqrt(_TRUST)]
    bounds = (np.r_[np.full(bases, -np.inf), low - _SLACK], np.r_[np.full(bases, np.inf), high + _SLACK])
    solution = lsq_linear(np.vstack(rows), np.concatenate(wanted), bounds=bounds, method="bvls").x
    return float(solution[0]), np.clip(solution[bases:], low, high)


def _part(rated: Rated, target: Floats, importance: float) -> tuple[Floats, Floats, Floats]:
    """Facts, target and square root of weight of the rows that the sum decides; weights are 1 on average."""
    free = rated.card.free
    weight = rated.weight[free]
    weight = importance * weight / (weight.mean() if len(weight) else 1.0)
    return rated.card.holds[free], target[free], np.sqrt(weight)[:, None]


def _own_base(rows: int, at: int, bases: int) -> Floats:
    one = np.zeros((rows, bases))
    one[:, at] = 1.0
    return one


def _on_scale(votes: Floats, labels: Floats) -> Floats:
    """Ranks, spread like the labels in tenths."""
    ranks = rankdata(votes)
    return np.asarray((ranks - ranks.mean()) / (ranks.std() or 1.0) * labels.std() * 10, dtype=np.float64)
