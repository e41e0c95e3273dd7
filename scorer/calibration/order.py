"""Agreement where labels are an order: by rank with our judgements, and with the jury."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from scorer.calibration.card import rounded
from scorer.calibration.figures import bootstrap, kappa, rank_correlation, spearman
from scorer.calibration.loss import quantile_mapped

if TYPE_CHECKING:
    from scorer.calibration.goal import Rated
    from scorer.calibration.table import Floats, Table


def by_rank(raw: Floats, labels: Floats) -> dict[str, float | None]:
    """Quadratic kappa once scores stand on the labels' scale: by the raw score, and by the rounded one alone.

    The k-th lowest score gets the k-th lowest label, equal scores that of their middle: what is left is disagreement on order.
    """
    return {
        "kappaByRank": kappa(quantile_mapped(raw, labels), labels),
        "kappaByRankRounded": kappa(quantile_mapped(rounded(raw), labels), labels),
    }


def jury_figures(table: Table, rated: Rated, raw: Floats, dimension: str) -> dict[str, Any]:
    """Spearman's correlation of our scores with the jury's median, with its jurors, and of the jurors with each other.

    raw: of the rated rows. words: the same for the number of words alone, which this jury likes.
    """
    servers = [str(table.servers[int(row)]) for row in rated.rows]
    return {
        "n": len(rated.rows),
        "servers": len(set(servers)),
        "spearman": spearman(raw, rated.labels),
        "spearmanInterval": bootstrap(rank_correlation, raw, rated.labels, servers),
        "spearmanRounded": spearman(rounded(raw), rated.labels),
        "words": _words(table, rated),
        **_jurors(table, rated, raw, dimension),
    }


def _words(table: Table, rated: Rated) -> float | None:
    if "signal.words" not in table.columns:
        return None
    return spearman(table.numbers("signal.words")[rated.rows], rated.labels)


def _jurors(table: Table, rated: Rated, raw: Floats, dimension: str) -> dict[str, Any]:
    every = table.votes(f"jury.{dimension}")
    votes = [every[int(row)] for row in rated.rows]
    seats = min(map(len, votes), default=0)
    columns = np.array([one[:seats] for one in votes]).T if seats else np.empty((0, 0))
    return {
        "jurors": [spearman(raw, juror) for juror in columns],
        "amongJurors": [spearman(a, b) for a, b in combinations(columns, 2)],
    }
