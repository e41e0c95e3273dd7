"""How well scores agree with labels, in the field's usual figures; every statistic is scipy's or scikit-learn's."""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import stats
from sklearn.metrics import accuracy_score, cohen_kappa_score, mean_absolute_error

from scorer.calibration.groups import shares

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorer.calibration.table import Floats

RESAMPLES = 400
_DIGITS = 4
_HALF_STEPS = list(range(2, 11))  # 1.0 to 5.0, as two votes may average


def agreement(score: Floats, labels: Floats, servers: Sequence[str], *, interval: bool = False) -> dict[str, Any]:
    """Figures per rating, and under `byServer` the same with every server weighing alike.

    score, labels: 1-5. mae: mean absolute difference; exact, withinOne: shares; bias: mean of score - label; kappa: quadratic
    weights; pearson, spearman: None where one side is constant, with 95 % bootstrap intervals by server if asked for.
    """
    found: dict[str, Any] = {"n": len(labels), "servers": len(set(servers))}
    if not len(labels):
        return found
    found |= _figures(score, labels, None)
    if interval:
        for name, correlate in (("pearson", _pearson), ("spearman", rank_correlation)):
            found[f"{name}Interval"] = bootstrap(correlate, score, labels, servers)
    return {**found, "byServer": _figures(score, labels, shares(servers, 1.0))}


def _figures(score: Floats, labels: Floats, weight: Floats | None) -> dict[str, float | None]:
    away = np.abs(score - labels)
    return {
        "mae": figure(mean_absolute_error(labels, score, sample_weight=weight)),
        "exact": figure(accuracy_score(away < 0.5, np.ones(len(away), dtype=bool), sample_weight=weight)),
        "withinOne": figure(np.average(away <= 1, weights=weight)),
        "bias": figure(np.average(score - labels, weights=weight)),
        "kappa": kappa(score, labels, weight),
        "pearson": figure(_correlation(score, labels, weight)),
        "spearman": figure(_correlation(stats.rankdata(score), stats.rankdata(labels), weight)),
    }


def kappa(score: Floats, labels: Floats, weight: Floats | None = None) -> float | None:
    """Cohen's kappa with quadratic weights, in half steps of a score."""
    a, b = (np.floor(2 * values + 0.5).astype(int) for values in (score, labels))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two constants have no kappa, and come out as NaN
        return figure(cohen_kappa_score(b, a, labels=_HALF_STEPS, weights="quadratic", sample_weight=weight))


def spearman(a: Floats, b: Floats) -> float | None:
    """Spearman's rank correlation; None where one side is constant or nothing is there."""
    return figure(rank_correlation(a, b))


def figure(value: float) -> float | None:
    """A number as it is written down: rounded, None for NaN."""
    number = float(value)
    return None if math.isnan(number) else round(number, _DIGITS)


def _pearson(a: Floats, b: Floats) -> float:
    return float(stats.pearsonr(a, b).statistic) if _varied(a, b) else math.nan


def rank_correlation(a: Floats, b: Floats) -> float:
    """Spearman's rank correlation; NaN where one side is constant."""
    return float(stats.spearmanr(a, b).statistic) if _varied(a, b) else math.nan


def _varied(a: Floats, b: Floats) -> bool:
    return len(a) > 1 and bool(np.ptp(a)) and bool(np.ptp(b))


def _correlation(a: Floats, b: Floats, weight: Floats | None) -> float:
    if not _varied(a, b):
        return math.nan
    covariance = np.cov(a, b, aweights=weight)
    return float(covariance[0, 1] / np.sqrt(covariance[0, 0] * covariance[1, 1]))


def bootstrap(
    statistic: Callable[[Floats, Floats], float], a: Floats, b: Floats, servers: Sequence[str]
) -> list[float | None] | None:
    """95 % interval of a statistic when servers, with all of their rows, are drawn anew; None for fewer than three servers."""
    names = np.array(servers)
    rows = [np.flatnonzero(names == name) for name in np.unique(names)]
    if len(rows) < 3:
        return None

    def drawn(chosen: Floats) -> float:
        at = np.concatenate([rows[int(server)] for server in chosen])
        return statistic(a[at], b[at])

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a draw without variation counts as NaN
        result = stats.bootstrap(
            (np.arange(len(rows)),),
            drawn,
            n_resamples=RESAMPLES,
            vectorized=False,
            method="percentile",
            rng=np.random.default_rng(0),
        )
    draws = result.bootstrap_distribution
    low, high = np.nanpercentile(draws, (2.5, 97.5)) if not np.isnan(draws).all() else (math.nan, math.nan)
    return [figure(low), figure(high)]
