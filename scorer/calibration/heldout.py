"""A goal without some servers, and the servers that are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scorer.calibration.groups import folds

if TYPE_CHECKING:
    from scorer.calibration.goal import Goal, Rated
    from scorer.calibration.table import Floats, Indices


def split(goal: Goal, count: int, seed: int) -> list[tuple[Goal, Goal]]:
    """(the rest, the fold) for each fold; no server is in both. The corpus, which has no labels, stays whole."""
    labels, jury = dealt(goal, count, seed)
    return [
        (
            _part(goal, np.flatnonzero(labels != at), np.flatnonzero(jury != at)),
            _part(goal, np.flatnonzero(labels == at), np.flatnonzero(jury == at)),
        )
        for at in range(count)
    ]


def dealt(goal: Goal, count: int, seed: int) -> tuple[Indices, Indices]:
    """The fold of each labelled row, and of each row of the jury."""
    fold = folds(np.concatenate([goal.labels.group, goal.jury.group]), count, seed)
    return fold[: len(goal.labels.rows)], fold[len(goal.labels.rows) :]


def _part(goal: Goal, labels: Indices, jury: Indices) -> Goal:
    return goal._replace(labels=goal.labels.take(labels), jury=goal.jury.take(jury))


def gathered(whole: Rated, parts: list[tuple[Rated, Floats]]) -> Floats:
    """Values of the parts, put back at the rows of the whole."""
    place = {int(row): at for at, row in enumerate(whole.rows)}
    found = np.zeros(len(whole.rows))
    for part, values in parts:
        found[[place[int(row)] for row in part.rows]] = values
    return found
