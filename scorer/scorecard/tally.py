"""The arithmetic of one dimension, in whole tenths: base plus points, then caps and gates, then one rounding."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.scorecard.rounding import tenths

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorer.models.rubric import FactRule

LOWEST, HIGHEST = 1, 5


class Row(NamedTuple):
    """A fact of the scorecard. points: in tenths; pin: a note's gate; bound: a cap, or a defect's gate.

    clears, brings: bits of the facts that vanish and appear with an edit of this one, its own among them.
    """

    bit: int
    rule: FactRule
    points: int
    pin: int | None
    bound: int | None
    clears: int
    brings: int


def make_row(index: int, rule: FactRule, facts: Mapping[str, tuple[int, FactRule]]) -> Row:
    """The row of the fact at this place of the rubric. facts: the bit and the rule of every fact of the dimension, by id."""
    # A note may pin the score on either side ("no parameters gives 4"); a defect's gate must not raise, so it is a bound.
    pin = rule.gate if rule.kind == "note" else None
    bounds = [limit for limit in (rule.cap, None if pin else rule.gate) if limit is not None]
    moved = [facts[fact] for fact in (rule.id, *rule.settles)]
    clears = sum({bit for bit, other in moved if other.kind == "defect"})
    brings = sum({bit for bit, other in moved if other.kind == "merit"})
    return Row(1 << index, rule, tenths(rule.points), pin, min(bounds, default=None), clears, brings)


def flip(holds: int, row: Row) -> int:
    """The bits after an edit: a defect no longer holds, a merit does, and what the edit settles besides."""
    return holds & ~row.clears | row.brings


def clamp(raw: int) -> int:
    """A raw score in tenths, inside 1.0-5.0."""
    return min(max(raw, 10 * LOWEST), 10 * HIGHEST)


def rounded(raw: int) -> int:
    """The one rounding: half up, and inside 1-5."""
    return (clamp(raw) + 5) // 10


class Tally(NamedTuple):
    """What the facts that hold come to. total: base and points in tenths; pin, bound: the lowest of each."""

    total: int
    pin: int | None
    bound: int | None

    def decide(self) -> tuple[int, int | None]:
        """The raw score in tenths, and the cap or gate that decided it."""
        raw = self.total if self.pin is None else 10 * self.pin
        if self.bound is not None and clamp(raw) >= 10 * self.bound:
            return 10 * self.bound, self.bound
        return raw, self.pin


def tally(base: int, held: list[Row]) -> Tally:
    """Sum up the rows that hold over the base."""
    pin = min((row.pin for row in held if row.pin is not None), default=None)
    bound = min((row.bound for row in held if row.bound is not None), default=None)
    return Tally(base + sum(row.points for row in held), pin, bound)
