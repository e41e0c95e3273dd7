"""`rubrics/calibration.json`: the fitted points with where they come from and how well they agree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorer.calibration.agreement import agree, agree_sets
from scorer.calibration.card import tenths
from scorer.calibration.crossval import FOLDS
from scorer.calibration.dimension_fit import Plan, fit_dimension
from scorer.calibration.fit import INNER_FOLDS, LEAST_ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorer.calibration.table import Table
    from scorer.models.rubric import DimensionRubric, Rubric

SCHEMA_VERSION = "1.0"


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
        found[rules.id] = fit_dimension(table, rules, rubric, priors(rules, known), plan)
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


def calibrate_sets(
    table: Table, rubric: Rubric, known: Mapping[str, Any], plan: Plan, tell: Callable[[str], None]
) -> dict[str, Any]:
    """The same for the dimensions of the set, from servers of which names and numbers of tools are known.

    known: the part of the calibration document that speaks of them so far, {} for none.
    """
    before, found = {"dimensions": known.get("dimensions", {})}, {}
    for rules in rubric.server:
        if not plan.only or rules.id in plan.only:
            tell(f"Fitting {rules.label}")
            found[rules.id] = fit_dimension(table, rules, rubric, priors(rules, before), plan)
    every = {**before["dimensions"], **found}
    rows = {"sha256": table.digest, "servers": len(table)}
    return {
        "observations": rows,
        "dimensions": {d.id: every[d.id] for d in rubric.server if d.id in every},
        "agreement": agree_sets(table, with_points(rubric, found)),
    }


def stored(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document as it is written down: without what it says of the rubric before, so that fitting again gives the same."""
    found = {**document, "dimensions": _without_before(document["dimensions"])}
    if "sets" in document:
        found["sets"] = {**document["sets"], "dimensions": _without_before(document["sets"]["dimensions"])}
    return found


def _without_before(dimensions: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: {name: value for name, value in part.items() if name not in ("before", "baseBefore")}
        | {"facts": {fact: {k: v for k, v in one.items() if k != "before"} for fact, one in part["facts"].items()}}
        for key, part in dimensions.items()
    }


def fitted_now(dimensions: Mapping[str, Any]) -> dict[str, Any]:
    """Of a document's dimensions those that were fitted this time; the others were taken over from the document before."""
    return {key: part for key, part in dimensions.items() if "baseBefore" in part}


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
    tool, server = (tuple(_priced(d, dimensions.get(d.id)) for d in room) for room in (rubric.tool, rubric.server))
    return replace(rubric, tool=tool, server=server)


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
