"""A dimension in cross-validation by server: what the whole procedure would have scored rows that it had not seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from scorer.calibration import plain
from scorer.calibration.card import rounded
from scorer.calibration.figures import agreement, figure, spearman
from scorer.calibration.fit import fit
from scorer.calibration.heldout import dealt, gathered, split
from scorer.calibration.order import by_rank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.calibration.goal import Goal, Rated
    from scorer.calibration.table import Floats, Table

FOLDS = 10


class Unseen(NamedTuple):
    """Raw scores in tenths, out of fold: of the labelled rows, and of the jury's."""

    labels: Floats
    jury: Floats


def unseen(goal: Goal, seed: int, *, select: bool) -> Unseen:
    """Fit on nine tenths of the servers, score the tenth, for each tenth."""
    labels, jury = [], []
    for rest, own in split(goal, FOLDS, seed):
        found = fit(rest, seed, select=select).points
        labels.append((own.labels, own.labels.card.raw(found.base, found.points)))
        jury.append((own.jury, own.jury.card.raw(found.base, found.points)))
    return Unseen(gathered(goal.labels, labels), gathered(goal.jury, jury))


def cross_validate(goal: Goal, table: Table, seeds: Sequence[int], *, select: bool = False) -> dict[str, Any]:
    """Figures of the shipped form and of the marks beside it, on the same folds; means over the seeds."""
    found: dict[str, list[dict[str, Any]]] = {}
    for seed in seeds:
        own = unseen(goal, seed, select=select)
        found.setdefault("shipped", []).append(marks(goal, table, own))
        for name, guess in _guesses(goal, table, seed).items():
            found.setdefault(name, []).append(marks(goal, table, guess))
    return {name: _mean(runs) for name, runs in found.items()}


def _guesses(goal: Goal, table: Table, seed: int) -> dict[str, Unseen]:
    own, jury = dealt(goal, FOLDS, seed)
    whole, short = plain.everything(table), plain.length(table)
    facts = table.holds([rule.id for rule in goal.rules.facts]).astype(float)
    models = [("forest", plain.forest, whole), ("boosted", plain.boosted, whole), ("ownFacts", plain.forest, facts)]
    models += [("length", plain.by_length, short), ("mode", plain.most_common, whole)]
    return {
        name: Unseen(
            10 * plain.out_of_fold(model, features, goal.labels, own, seed),
            plain.out_of_fold(model, features, goal.jury, jury, seed),
        )
        for name, model, features in models
        if features.size
    }


def marks(goal: Goal, table: Table, found: Unseen) -> dict[str, Any]:
    """Figures of raw scores against the goal's labels; by rank too where the labels are an order."""
    rated = goal.labels
    figures = agreement(rounded(found.labels), rated.labels, servers_of(table, rated))
    if goal.ordered and len(rated.labels):
        figures |= by_rank(found.labels, rated.labels)
        figures["jury"] = {"n": len(goal.jury.labels), "spearman": spearman(found.jury, goal.jury.labels)}
    return figures


def servers_of(table: Table, rated: Rated) -> list[str]:
    """The servers' names of rated rows."""
    return [str(table.servers[int(row)]) for row in rated.rows]


def _mean(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Figures averaged over runs; what is unknown in one run is unknown in all."""
    first = runs[0]
    return {key: _mean_of([run[key] for run in runs]) for key in first}


def _mean_of(values: list[Any]) -> Any:
    if isinstance(values[0], dict):
        return _mean(values)
    if any(value is None for value in values):
        return None
    return values[0] if isinstance(values[0], int) else figure(float(np.mean(values)))
