"""`rubrics/calibration.json`: the fitted points with where they come from and how well they agree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from scorer.calibration.agreement import agree
from scorer.calibration.card import rounded, tenths
from scorer.calibration.crossval import FOLDS, Unseen, cross_validate, marks
from scorer.calibration.figures import figure
from scorer.calibration.fit import INNER_FOLDS, LEAST_ROWS, Fitted, fit, unsigned, worth
from scorer.calibration.goal import make_goal
from scorer.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scorer.calibration.goal import Goal
    from scorer.calibration.table import Floats, Table
    from scorer.models.rubric import DimensionRubric, Rubric

SCHEMA_VERSION = "1.0"


class Plan(NamedTuple):
    """How to fit.

    seeds: of the shuffles of servers into folds; select: look for facts that earn nothing; date: ISO 8601; only: dimensions
    to fit, () for all.
    """

    seeds: tuple[int, ...]
    select: bool
    date: str
    only: tuple[str, ...] = ()


def calibrate(
    table: Table, rubric: Rubric, known: Mapping[str, Any], plan: Plan, tell: Callable[[str], None]
) -> dict[str, Any]:
    """Fit every dimension, cross-validate it, and measure the agreement of the fitted rubric.

    known: the calibration document so far, {} for none. tell: told what is being done. The result is plain values for JSON.
    """
    asked = [rules for rules in rubric.tool if not plan.only or rules.id in plan.only]
    found = {}
    for rules in asked:
        tell(f"Fitting {rules.label}")
        found[rules.id] = _dimension(table, rules, rubric, priors(rules, known), plan)
    fitted = with_points(rubric, found)
    every = {**known.get("dimensions", {}), **found}
    tell("Measuring the agreement")
    return {
        "schemaVersion": SCHEMA_VERSION,
        "date": plan.date,
        "rubricVersion": rubric.version,
        "specVersion": rubric.spec_version,
        "observations": provenance(table),
        "method": _method(plan),
        "dimensions": {rules.id: every[rules.id] for rules in rubric.tool if rules.id in every},
        "agreement": agree(table, fitted),
    }


def stored(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document as it is written down: without what it says of the rubric before, so that fitting again gives the same."""
    dimensions = {
        key: {name: value for name, value in part.items() if name not in ("before", "baseBefore")}
        | {"facts": {fact: {k: v for k, v in one.items() if k != "before"} for fact, one in part["facts"].items()}}
        for key, part in document["dimensions"].items()
    }
    return {**document, "dimensions": dimensions}


def priors(rules: DimensionRubric, known: Mapping[str, Any]) -> tuple[float, list[float]]:
    """What base and facts would be worth by their meaning alone, in tenths.

    The first fit takes the rubric's points for that and keeps them in the document, so that fitting again gives the same; points that
    were changed by hand since then are a new meaning.
    """
    part = known.get("dimensions", {}).get(rules.id, {})
    facts, (base, points) = part.get("facts", {}), tenths(rules)
    found = [_prior(facts.get(rule.id, {}), "points", now) for rule, now in zip(rules.facts, points, strict=True)]
    return _prior(part, "base", base), found


def _prior(before: Mapping[str, Any], what: str, now: float) -> float:
    untouched = what in before and round(10 * before[what]) == round(now)
    return float(round(10 * before["prior"])) if untouched else float(now)


def provenance(table: Table) -> dict[str, Any]:
    """What the observations are: their digest, and how many of each kind."""
    kinds = table.texts("kind")
    rated = [server for server, kind in zip(table.texts("server"), kinds, strict=True) if kind == "rating"]
    return {
        "sha256": table.digest,
        "ratings": len(rated),
        "ratedServers": len(set(rated)),
        "judged": len({table.texts("key")[int(row)] for row in table.having("judged.purpose_clarity")}),
        "jury": kinds.count("jury"),
        "captured": kinds.count("captured"),
    }


def with_points(rubric: Rubric, dimensions: Mapping[str, Any]) -> Rubric:
    """The rubric with a document's bases and points."""
    return replace(rubric, tool=tuple(_priced(rules, dimensions.get(rules.id)) for rules in rubric.tool))


def _priced(rules: DimensionRubric, fitted: Mapping[str, Any] | None) -> DimensionRubric:
    if fitted is None:
        return rules
    facts = fitted["facts"]
    return replace(
        rules,
        base=fitted["base"],
        facts=tuple(replace(r, points=facts[r.id]["points"]) if r.id in facts else r for r in rules.facts),
    )


def _method(plan: Plan) -> dict[str, Any]:
    return {
        "folds": FOLDS,
        "seeds": list(plan.seeds),
        "selection": plan.select,
        "innerFolds": INNER_FOLDS,
        "leastRows": LEAST_ROWS,
    }


def _dimension(
    table: Table, rules: DimensionRubric, rubric: Rubric, prior: tuple[float, Sequence[float]], plan: Plan
) -> dict[str, Any]:
    goal = make_goal(table, rules, rubric, prior)
    _check(goal)
    found = fit(goal, plan.seeds[0], select=plan.select)
    mean, below = goal.level.reached(found.points.base, found.points.points)
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
        "corpus": {"mean": figure(mean), "belowThree": figure(100 * below)},
        "facts": _facts(goal, found, plan.seeds),
    }


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
    earned, wanted = worth(goal, found, seeds), unsigned(goal)
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
