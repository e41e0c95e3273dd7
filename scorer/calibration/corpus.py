"""The shipped points over captured servers, beside what the registry published of its corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from scorer.calibration.card import make_card, tenths
from scorer.calibration.figures import figure
from scorer.calibration.groups import shares
from scorer.calibration.tdqs import tdqs_tenths, tiers

if TYPE_CHECKING:
    from scorer.calibration.table import Floats, Table
    from scorer.models.rubric import Rubric


def corpus_figures(table: Table, rubric: Rubric) -> dict[str, Any]:
    """Means, shares below 3 and shares of the tiers (percent) over the captured servers' newest versions, servers counting alike.

    Each beside the registry's; {} where nothing was captured.
    """
    rows = table.captured
    if not len(rows):
        return {}
    servers = [str(table.servers[int(row)]) for row in rows]
    weight = shares(servers, 1.0)
    scores = {d.id: make_card(table, d, rubric).take(rows).score(*tenths(d)) for d in rubric.tool}
    whole = tdqs_tenths(scores, rubric)
    return {
        "tools": len(rows),
        "servers": len(set(servers)),
        "meanTdqs": figure(float(weight @ whole) / 10),
        "publishedMeanTdqs": rubric.corpus.mean_tdqs,
        "dimensions": {key: _dimension(key, values, weight, rubric) for key, values in scores.items()},
        "tiers": _tiers(whole, weight, rubric),
    }


def _dimension(key: str, scores: Floats, weight: Floats, rubric: Rubric) -> dict[str, float | None]:
    return {
        "mean": figure(float(weight @ scores)),
        "publishedMean": rubric.corpus.means[key],
        "belowThree": figure(100 * float(weight @ (scores < 3))),
        "publishedBelowThree": rubric.corpus.below_three[key],
    }


def _tiers(tdqs: Floats, weight: Floats, rubric: Rubric) -> dict[str, dict[str, float | None]]:
    letters = np.array(tiers(tdqs, rubric))
    return {
        letter: {"share": figure(100 * float(weight @ (letters == letter))), "published": published}
        for letter, published in rubric.corpus.tiers.items()
    }
