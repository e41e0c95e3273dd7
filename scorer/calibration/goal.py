"""What a dimension is fitted to: rows with labels, what their labels are good for, and the level of the corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scorer.calibration.card import Card, make_card, tenths
from scorer.calibration.groups import groups, shares

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.calibration.table import Floats, Indices, Table
    from scorer.models.rubric import DimensionRubric, Rubric

# Their scores are hardly ever published; judgements and jury give an order, and the corpus the level.
ORDERED = ("purpose_clarity", "usage_guidelines")


class Rated(NamedTuple):
    """Rows with labels. group: of the row's server, for folds; weight: sum 1, more alike between servers than rows are."""

    rows: Indices
    card: Card
    labels: Floats
    weight: Floats
    group: Indices

    def take(self, chosen: Indices) -> Rated:
        """Some of them, weights summing to 1 again."""
        weight = self.weight[chosen]
        return Rated(
            self.rows[chosen],
            self.card.take(chosen),
            self.labels[chosen],
            weight / (weight.sum() or 1.0),
            self.group[chosen],
        )


class Level(NamedTuple):
    """The captured servers' rows, equal ones joined and servers counting alike, and the corpus's mean and share below 3 (0-1)."""

    card: Card
    weight: Floats
    mean: float
    below: float

    def reached(self, base: float, points: Floats) -> tuple[float, float]:
        """The mean and the share below 3 with these points."""
        score = self.card.score(base, points)
        return float(self.weight @ score), float(self.weight @ (score < 3))


class Goal(NamedTuple):
    """What a dimension's points should bring about.

    labels: published scores, or our judgements where `ordered`; jury: medians of the jury's votes, () rows where there are none.
    low, high: what each fact's points may be, in tenths, by its kind. prior, base: what they would be by meaning alone.
    """

    rules: DimensionRubric
    ordered: bool
    labels: Rated
    jury: Rated
    level: Level
    low: Floats
    high: Floats
    prior: Floats
    base: float


# No single fact may be worth more than this many tenths.
MOST = 30.0


def make_goal(
    table: Table, rules: DimensionRubric, rubric: Rubric, prior: tuple[float, Sequence[float]] | None = None
) -> Goal:
    """The goal of one dimension. prior: base and points by meaning, in tenths, in the rubric's order of facts; else the rubric's."""
    base, points = prior or tenths(rules)
    card = make_card(table, rules, rubric)
    ordered = rules.id in ORDERED
    judged = f"{'judged' if ordered else 'published'}.{rules.id}"
    rows = table.having(judged)
    kinds = [rule.kind for rule in rules.facts]
    return Goal(
        rules,
        ordered,
        rate(table, card, _once(table, rows) if ordered else rows, table.numbers(judged)),
        _jury(table, card, rules.id),
        _level(table, card, rules.id, rubric),
        low=np.array([0.0 if kind == "merit" else -MOST for kind in kinds]),
        high=np.array([0.0 if kind == "defect" else MOST for kind in kinds]),
        prior=np.array(points, dtype=np.float64),
        base=base,
    )


def _once(table: Table, rows: Indices) -> Indices:
    """One row per text: a judgement is repeated on every rating of it."""
    keys = table.texts("key")
    first = {keys[int(row)]: int(row) for row in reversed(rows)}
    return np.array(sorted(first.values()), dtype=np.intp)


def rate(table: Table, card: Card, rows: Indices, labels: Floats) -> Rated:
    """Rows with labels. card, labels: of the whole table."""
    servers, keys = table.texts("server"), table.texts("key")
    labelled = [at for at, kind in enumerate(table.texts("kind")) if kind != "captured"]
    joined = dict(zip(labelled, groups([servers[at] for at in labelled], [keys[at] for at in labelled]), strict=True))
    return Rated(
        rows,
        card.take(rows),
        labels[rows],
        # Between every rating alike (many from a few servers) and every server alike (one rating as good as thirty).
        shares([servers[int(row)] for row in rows], 0.5),
        np.array([joined[int(row)] for row in rows], dtype=np.intp),
    )


def _jury(table: Table, card: Card, dimension: str) -> Rated:
    column = f"jury.{dimension}"
    known = column in table.columns
    rows = table.having(column) if known else np.array([], dtype=np.intp)
    return rate(table, card, rows, table.medians(column) if known else np.array([]))


def _level(table: Table, card: Card, dimension: str, rubric: Rubric) -> Level:
    rows = table.captured
    if not len(rows):
        return Level(card.take(rows), np.array([]), np.nan, np.nan)
    weight = shares([str(table.servers[int(row)]) for row in rows], 1.0)
    merged, weights = card.take(rows).merged(weight)
    return Level(merged, weights, rubric.corpus.means[dimension], rubric.corpus.below_three[dimension] / 100)
