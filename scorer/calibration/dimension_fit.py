"""One dimension fitted, cross-validated and explained, fact by fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from scorer.calibration.card import rounded, tenths
from scorer.calibration.crossval import FOLDS, Unseen, cross_validate, marks
from scorer.calibration.figures import figure
from scorer.calibration.fit import Fitted, fit, unsigned, worth
from scorer.calibration.goal import make_goal
from scorer.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.calibration.goal import Goal
    from scorer.calibration.table import Floats, Table
    from scorer.models.rubric import DimensionRubric, Rubric


class Plan(NamedTuple):
    """How to fit.

    seeds: of the shuffles of servers into folds; select: look for facts that earn nothing; date: ISO 8601; only: dimensions
    to fit, () for all.
    """

    seeds: tuple[int, ...]
    select: bool
    date: str
    only: tuple[str, ...] = ()


def fit_dimension(
    table: Table, rules: DimensionRubric, rubric: Rubric, prior: tuple[float, Sequence[float]], plan: Plan
) -> dict[str, Any]:
    """A dimension's part of the calibration document. Raises InputError where too few servers have labels."""
    goal = make_goal(table, rules, rubric, prior)
    _check(goal)
    found = fit(goal, plan.seeds[0], select=plan.select)
    return {
        "label": rules.label,
        "against": "judged" if goal.ordered else "published",
        "base": found.points.base / 10,
        "baseBefore": rules.base,
        "prior": goal.base / 10,
        "n": len(goal.labels.rows),
        "servers": len(set(table.servers[goal.labels.rows].tolist())),
        "crossValidation": cross_validate(goal, table, plan.seeds, select=plan.select),
        "seen": marks(goal, table, _raw(goal, found.points.base, found.points.points)),
        "before": marks(goal, table, _raw(goal, *tenths(rules))),
        "corpus": _corpus(goal, found),
        "facts": _facts(goal, found, plan.seeds),
    }


def _corpus(goal: Goal, found: Fitted) -> dict[str, float | None]:
    """The level over the captured servers, {} where there are none."""
    if not len(goal.level.weight):
        return {}
    mean, below = goal.level.reached(found.points.base, found.points.points)
    return {"mean": figure(mean), "belowThree": figure(100 * below)}


def _check(goal: Goal) -> None:
    """Fewer servers than folds leave nothing to hold out."""
    servers = len(np.unique(goal.labels.group))
    if servers < FOLDS:
        raise InputError(
            f"{goal.rules.label}: labels of {servers} servers are too few to fit, at least {FOLDS} are needed",
            "Add labels, or leave the dimension out with --only.",
        )


def _raw(goal: Goal, base: float, points: Floats) -> Unseen:
    return Unseen(goal.labels.card.raw(base, points), goal.jury.card.raw(base, points))


def _facts(goal: Goal, found: Fitted, seeds: Sequence[int]) -> dict[str, dict[str, Any]]:
    """Per fact its points, the prior, in how many rows it holds, why it has these points, what it earns, and what its data want."""
    # One shuffle tells which facts carry a dimension; more cost minutes.
    earned, wanted = worth(goal, found, seeds[:1]), unsigned(goal)
    rated, jury = goal.labels, goal.jury
    residual = rated.labels - rounded(rated.card.raw(found.points.base, found.points.points))
    facts = {}
    for at, rule in enumerate(goal.rules.facts):
        held = rated.card.holds[:, at] > 0
        facts[rule.id] = {
            "kind": rule.kind,
            "points": float(found.points.points[at]) / 10,
            "before": rule.points,
            "prior": float(goal.prior[at]) / 10,
            "rows": int(held.sum()) + (int(jury.card.holds[:, at].sum()) if goal.ordered else 0),
            "status": "rare" if at in found.rare else "unearned" if at in found.fixed else "fitted",
            "earns": None if at not in earned else figure(earned[at]),
            "wants": figure(wanted[at] / 10),
            "labelWhenHolds": figure(float(np.mean(rated.labels[held]))) if held.any() else None,
            "missWhenHolds": figure(float(np.mean(residual[held]))) if held.any() else None,
        }
    return facts
