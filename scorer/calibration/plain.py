"""Plain models over everything that is known of a row: marks to compare with, never shipped."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestRegressor
from threadpoolctl import threadpool_limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorer.calibration.goal import Rated
    from scorer.calibration.table import Floats, Indices, Table

    # (features, labels, weights, features to predict, seed) -> predictions
    Model = Callable[[Floats, Floats, Floats, Floats, int], Floats]

TREES = 300
_LENGTH = ("signal.words", "signal.characters")


def everything(table: Table) -> Floats:
    """Rows by all facts and all signals; what is unknown is -1."""
    columns = [table.numbers(column) for column in (*table.facts, *table.signals)]
    return np.nan_to_num(np.column_stack(columns), nan=-1.0)


def length(table: Table) -> Floats:
    """Rows by the length of the description alone."""
    columns = [table.numbers(column) for column in _LENGTH if column in table.columns]
    return np.column_stack(columns) if columns else np.empty((len(table), 0))


def forest(x: Floats, y: Floats, weight: Floats, asked: Floats, seed: int) -> Floats:
    """A random forest."""
    model = RandomForestRegressor(TREES, min_samples_leaf=3, max_features=0.3, random_state=seed)
    return np.asarray(model.fit(x, y, weight).predict(asked), dtype=np.float64)


def boosted(x: Floats, y: Floats, weight: Floats, asked: Floats, seed: int) -> Floats:
    """Boosted trees, small and slow."""
    model = HistGradientBoostingRegressor(
        max_iter=80, learning_rate=0.06, max_leaf_nodes=8, min_samples_leaf=8, l2_regularization=1.0, random_state=seed
    )
    # Its threads wait for each other longer than they work on so few rows.
    with threadpool_limits(1):
        return np.asarray(model.fit(x, y, weight).predict(asked), dtype=np.float64)


def by_length(x: Floats, y: Floats, weight: Floats, asked: Floats, seed: int) -> Floats:
    """A forest of large leaves, for one or two features."""
    model = RandomForestRegressor(TREES // 3, min_samples_leaf=10, random_state=seed)
    return np.asarray(model.fit(x, y, weight).predict(asked), dtype=np.float64)


def most_common(x: Floats, y: Floats, weight: Floats, asked: Floats, seed: int) -> Floats:  # noqa: ARG001 - a model like the others
    """Always the most common label; the lowest of equals."""
    count = Counter(float(label) for label in y)
    return np.full(len(asked), min(count, key=lambda label: (-count[label], label), default=3.0))


def out_of_fold(model: Model, features: Floats, rated: Rated, fold: Indices, seed: int) -> Floats:
    """Predictions for every row, by models that did not see its fold; 0 where that leaves nothing to learn from."""
    x, found = features[rated.rows], np.zeros(len(rated.rows))
    for at in np.unique(fold):
        rest, own = fold != at, fold == at
        if not rest.any():
            continue
        weight = rated.weight[rest] / rated.weight[rest].mean()  # of 1 on average, as the models' own constants expect
        found[own] = model(x[rest], rated.labels[rest], weight, x[own], seed)
    return found
