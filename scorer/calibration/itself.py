"""The judge against itself: several ratings of one text are the noise that nobody can be better than."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from scorer.calibration.figures import agreement

if TYPE_CHECKING:
    from scorer.calibration.table import Table


def against_itself(table: Table, dimension: str) -> dict[str, Any]:
    """Figures over all pairs of ratings of one text, each pair both ways round; n counts pairs once. `texts` had several ratings."""
    column = f"published.{dimension}"
    scores, keys = table.numbers(column), table.texts("key")
    of_text: dict[str, list[int]] = {}
    for row in table.having(column):
        of_text.setdefault(keys[int(row)], []).append(int(row))
    pairs = [pair for rows in of_text.values() for pair in combinations(rows, 2)]
    if not pairs:
        return {"n": 0, "texts": 0}
    first, second = np.array(pairs).T
    servers = [str(table.servers[row]) for row in (*first, *second)]
    found = agreement(scores[np.r_[first, second]], scores[np.r_[second, first]], servers)
    return {**found, "n": len(pairs), "texts": sum(len(rows) > 1 for rows in of_text.values())}
