"""How far the heuristics, and both witnesses together, agree with labels; and what would take a judge's bias away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from scorer.calibration.figures import agreement

if TYPE_CHECKING:
    from collections.abc import Sequence

# Fewer labels say little of a bias.
_FEWEST = 10


class Rated(NamedTuple):
    """One definition in one dimension. raw: of both witnesses, before rounding."""

    server: str
    label: float
    alone: int
    both: int
    raw: float


def witness_figures(rows: Sequence[Rated]) -> dict[str, Any]:
    """Figures of agreement for `heuristics` and `both`, and `correction`: the mean of label minus raw score, in tenths."""
    labels, servers = np.array([row.label for row in rows]), [row.server for row in rows]
    raws = np.clip(np.array([row.raw for row in rows]), 1.0, 5.0)
    # On the raw scores, before rounding: that is where a correction is added.
    shift = round(float(np.mean(labels - raws)), 1) if len(rows) >= _FEWEST else 0.0
    return {
        "heuristics": agreement(np.array([float(row.alone) for row in rows]), labels, servers),
        "both": agreement(np.array([float(row.both) for row in rows]), labels, servers),
        "correction": shift + 0.0,
    }
