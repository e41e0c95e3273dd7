"""A rubric made ready for grading: which dimension and which bit a fact belongs to, and what it is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.models.fact import Fact
from scorer.scorecard.dimension import Scale

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from scorer.models.card import Fix
    from scorer.models.rubric import DimensionRubric, FactRule, Rubric
    from scorer.scorecard.tally import Row


class Slot(NamedTuple):
    """Where a fact counts. position: of its dimension; points: as public numbers."""

    position: int
    bit: int
    points: float
    row: Row


class Reading(NamedTuple):
    """Facts as the scorecard reads them.

    holds, told: one integer of bits per dimension. unknown: per dimension, how many questions the text gave no answer to.
    held: the facts that hold, by id. reason: why the unknown ones are. failed: the facts whose check broke.
    facts: all facts, their points filled in.
    """

    holds: list[int]
    told: list[int]
    unknown: list[int]
    held: dict[str, Fact]
    reason: str
    failed: list[Fact]
    facts: tuple[Fact, ...]


class Bits(NamedTuple):
    """A reading without the words. held: ids of the facts that hold; untold: the facts without an answer."""

    holds: list[int]
    told: list[int]
    held: list[str]
    untold: list[Fact]


class Book:
    """The dimensions of one side of a rubric (`tool` or `server`), in the order of display."""

    def __init__(self, dimensions: Sequence[DimensionRubric]) -> None:
        self.scales = tuple(Scale(dimension) for dimension in dimensions)
        self.slots = {
            row.rule.id: Slot(position, row.bit, row.points / 10, row)
            for position, scale in enumerate(self.scales)
            for row in scale.rows
        }
        self.order = {fact: index for index, fact in enumerate(self.slots)}
        self.hostile = tuple(fact for fact, slot in self.slots.items() if slot.row.rule.hostile)
        self.fixes: dict[tuple[str, int, int], Fix] = {}
        flagged = [slot.row.rule for slot in self.slots.values() if slot.row.rule.flag]
        self.flags: dict[str, str] = {rule.id: str(rule.flag) for rule in flagged}

    def rule(self, flag: str) -> FactRule | None:
        """The first fact that raises a flag."""
        return next((self.slots[fact].row.rule for fact, raised in self.flags.items() if raised == flag), None)

    def read(self, facts: Iterable[Fact], skipped: Collection[int] = ()) -> Reading:
        """Sort the answers by dimension. skipped: positions of dimensions that are not measured: their facts earn nothing."""
        size, slots = len(self.scales), self.slots
        holds, told = [0] * size, [0] * size
        held: dict[str, Fact] = {}
        untold: list[Fact] = []
        read = list(facts)
        for index, fact in enumerate(read):
            slot = slots.get(fact.id)
            if slot is None:
                continue
            position, bit, points, _ = slot
            if fact.holds is None:
                untold.append(fact)
                continue
            told[position] |= bit
            if fact.holds:
                holds[position] |= bit
                if fact.points != points and position not in skipped:
                    read[index] = _with_points(fact, points)
                held[fact.id] = read[index]
        silent = [fact for fact in untold if fact.status == "cannot-tell"]
        unknown = [
            sum(slots[fact.id].position == position for fact in silent) for position in range(size if silent else 0)
        ]
        reason = next((fact.reason for fact in silent if fact.reason), "")
        failed = [fact for fact in untold if fact.status == "error"]
        return Reading(holds, told, unknown or [0] * size, held, reason, failed, tuple(read))

    def bits(self, facts: Sequence[Fact]) -> Bits:
        """The same, of the numbers alone."""
        slots, size = self.slots, len(self.scales)
        holds, told = [0] * size, [0] * size
        held: list[str] = []
        untold: list[Fact] = []
        for fact in facts:
            if fact.holds is None:
                untold.append(fact)
                continue
            slot = slots.get(fact.id)
            if slot is None:
                continue
            position, bit, _, _ = slot
            told[position] |= bit
            if fact.holds:
                holds[position] |= bit
                held.append(fact.id)
        return Bits(holds, told, held, untold)


def _with_points(fact: Fact, points: float) -> Fact:
    # Spelled out by position: `dataclasses.replace` takes three times as long, and every tool has twenty of these.
    return Fact(
        fact.id,
        fact.dimension,
        fact.holds,
        fact.status,
        fact.reason,
        fact.quote,
        fact.place,
        fact.detail,
        fact.witness,
        points,
        fact.tools,
    )


class Books(NamedTuple):
    """Both sides of a rubric."""

    tool: Book
    server: Book


# By identity: a rubric holds maps and so has no hash. The rubric is kept beside its books, so that its id stays its own.
_BOOKS: dict[int, tuple[Rubric, Books]] = {}


def books(rubric: Rubric) -> Books:
    """The rubric's books, prepared once."""
    known = _BOOKS.get(id(rubric))
    if known is None:
        if len(_BOOKS) >= 8:
            _BOOKS.clear()
        known = _BOOKS[id(rubric)] = (rubric, Books(Book(rubric.tool), Book(rubric.server)))
    return known[1]


def price(facts: Iterable[Fact], rubric: Rubric) -> tuple[Fact, ...]:
    """Server facts with the points that each gives to its dimension."""
    return books(rubric).server.read(facts).facts
