"""The scorecard of one dimension over many rows at once, in tenths; a test holds it to `scorecard`'s own arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scorer.models.rubric import NO_DESCRIPTION

if TYPE_CHECKING:
    from scorer.calibration.table import Floats, Indices, Table, Truths
    from scorer.models.rubric import DimensionRubric, FactRule, Rubric

LOWEST, HIGHEST = 10.0, 50.0
# Half a tenth more than rounding asks for: sums of tenths are whole, so this only heals floats.
_HALF = 5.05


class Card(NamedTuple):
    """What of each row the points cannot change.

    holds: rows by facts, 1.0 where the fact holds. pin: a note's gate, infinite without one. bound: the lowest cap or gate of a defect.
    """

    holds: Floats
    pin: Floats
    bound: Floats

    @property
    def free(self) -> Truths:
        """The rows that no cap and no gate can decide."""
        return np.isinf(self.pin) & np.isinf(self.bound)

    def take(self, rows: Indices) -> Card:
        """The same for some of the rows."""
        return Card(self.holds[rows], self.pin[rows], self.bound[rows])

    def merged(self, weights: Floats) -> tuple[Card, Floats]:
        """Equal rows joined, with their weights summed."""
        whole = np.column_stack([self.holds, self.pin, self.bound])
        rows, place = np.unique(whole, axis=0, return_inverse=True)
        return Card(rows[:, :-2], rows[:, -2], rows[:, -1]), np.bincount(place.ravel(), weights, len(rows)).astype(
            np.float64
        )

    def raw(self, base: float, points: Floats) -> Floats:
        """The raw score: base and points, then caps and gates; not clamped, so that it keeps the order."""
        total = np.where(np.isinf(self.pin), base + self.holds @ points, self.pin)
        return np.where(np.clip(total, LOWEST, HIGHEST) >= self.bound, self.bound, total)

    def score(self, base: float, points: Floats) -> Floats:
        """The shipped score, 1-5."""
        return rounded(self.raw(base, points))


def rounded(raw: Floats) -> Floats:
    """Raw scores in tenths, clamped and rounded half up to 1-5."""
    return np.floor((np.clip(raw, LOWEST, HIGHEST) + _HALF) / 10)


def tenths(rules: DimensionRubric) -> tuple[float, Floats]:
    """A dimension's base and points as whole tenths."""
    return float(round(10 * rules.base)), np.array([float(round(10 * rule.points)) for rule in rules.facts])


def make_card(table: Table, rules: DimensionRubric, rubric: Rubric) -> Card:
    """The dimension's card over all rows; a tool without a description scores 1 whatever else holds."""
    holds = table.holds([rule.id for rule in rules.facts]).astype(float)
    pin, bound = np.full(len(table), np.inf), np.full(len(table), np.inf)
    for at, rule in enumerate(rules.facts):
        held = holds[:, at] > 0
        pin[held] = np.minimum(pin[held], 10 * _pin(rule))
        bound[held] = np.minimum(bound[held], 10 * _bound(rule))
    bare = table.holds([rule.id for d in rubric.tool for rule in d.facts if rule.flag == NO_DESCRIPTION])
    bound[bare.any(axis=1)] = LOWEST
    return Card(holds, pin, bound)


def _pin(rule: FactRule) -> float:
    return rule.gate if rule.kind == "note" and rule.gate is not None else np.inf


def _bound(rule: FactRule) -> float:
    gate = None if rule.kind == "note" else rule.gate
    return min((limit for limit in (rule.cap, gate) if limit is not None), default=np.inf)
