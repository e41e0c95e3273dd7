"""One dimension of the rubric, applied: its score, what decided it, and what each edit would change.

A dimension's facts are bits of two integers, `holds` and `told` (answered at all), in the rubric's order. Few
combinations occur among real tools, so each is worked out once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.scorecard.rounding import tenths
from scorer.scorecard.tally import HIGHEST, Row, clamp, flip, make_row, rounded, tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.rubric import DimensionRubric, FactRule

_REMEMBERED = 4096  # combinations per dimension; hostile variety must not fill the memory


class Flip(NamedTuple):
    """What one edit alone would do: `gain` is the change of the score, `raw` that of the clamped raw score in tenths."""

    rule: FactRule
    gain: int
    raw: int


class Outcome(NamedTuple):
    """A dimension worked out.

    raw: base plus points after caps, in tenths, not clamped. cap: the cap or gate that decided, None if none did.
    good, bad: rules that hold, by the sign of their points, strongest first; gaps: rules that do not hold and say so.
    flips: one per defect that holds, and per missing merit that would raise anything.
    """

    raw: int
    score: int
    cap: int | None
    good: tuple[FactRule, ...]
    bad: tuple[FactRule, ...]
    gaps: tuple[FactRule, ...]
    flips: tuple[Flip, ...]


class Scale:
    """A dimension of the rubric, ready to be applied."""

    def __init__(self, dimension: DimensionRubric) -> None:
        self.dimension = dimension
        self.weight = dimension.weight
        self.base = tenths(dimension.base)
        facts = {rule.id: (1 << index, rule) for index, rule in enumerate(dimension.facts)}
        self.rows = tuple(make_row(index, rule, facts) for index, rule in enumerate(dimension.facts))
        self._known: dict[tuple[int, int], Outcome] = {}

    def outcome(self, holds: int, told: int) -> Outcome:
        """The dimension for the facts that hold among those that were answered."""
        key = (holds, told)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[key] = self._work_out(holds, told)
        return found

    def raw(self, holds: int) -> int:
        """The raw score in tenths, after caps and gates."""
        return tally(self.base, [row for row in self.rows if holds & row.bit]).decide()[0]

    def _work_out(self, holds: int, told: int) -> Outcome:
        held = [row for row in self.rows if holds & row.bit]
        missing = [row for row in self.rows if told & ~holds & row.bit]
        raw, cap = tally(self.base, held).decide()
        return Outcome(
            raw,
            rounded(raw),
            cap,
            good=_strongest([row for row in held if not _lowers(row)], cap),
            bad=_strongest([row for row in held if _lowers(row)], cap),
            gaps=_strongest([row for row in missing if row.rule.lacks and row.rule.kind != "defect"], cap),
            flips=tuple(self._flips(holds, raw, held, missing)),
        )

    def _flips(self, holds: int, raw: int, held: list[Row], missing: list[Row]) -> Iterator[Flip]:
        before, score = clamp(raw), rounded(raw)
        # From 4.5 on the score is 5 already, and behind a cap a merit changes nothing.
        earnable = [row for row in missing if row.rule.kind == "merit"] if score < HIGHEST else []
        for row in [row for row in held if row.rule.kind == "defect"] + earnable:
            after = self.raw(flip(holds, row))
            if row.rule.kind == "defect" or clamp(after) > before:
                yield Flip(row.rule, rounded(after) - score, clamp(after) - before)


def _lowers(row: Row) -> bool:
    return row.rule.kind == "defect" or row.points < 0 or row.bound is not None


def _strongest(rows: list[Row], cap: int | None) -> tuple[FactRule, ...]:
    """The rule that decided the score first, then by points; equals in the rubric's order."""
    ordered = sorted(rows, key=lambda row: (cap is None or cap not in (row.bound, row.pin), -abs(row.points)))
    return tuple(row.rule for row in ordered)
