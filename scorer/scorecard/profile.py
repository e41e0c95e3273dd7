"""What a given number of edits can make of one tool: its best TDQS, and which edits those are."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from scorer.models.rubric import NO_DESCRIPTION
from scorer.scorecard.fixes import without_gate
from scorer.scorecard.ladder import Rung, climb
from scorer.scorecard.rounding import round_tenths, tenths
from scorer.scorecard.tally import flip
from scorer.scorecard.tdqs import score_tool, unmeasured, weigh

if TYPE_CHECKING:
    from scorer.models.card import ToolCard
    from scorer.models.fact import Fact
    from scorer.models.rubric import FactRule
    from scorer.scorecard.book import Book

# A dimension's prices: (weighted gain, edits) per rung. A tool's best: (weighted gain, the rung taken per dimension).
Prices = tuple[tuple[int, int], ...]
Best = tuple[int, tuple[int, ...]]


class Profile(NamedTuple):
    """One tool, and its best TDQS in tenths for 0, 1, 2 ... edits (never falling; the last one is the most there is).

    All that is once its hostile text is out: cleaning holds the edits that take it out, which come before these and are no choice; before
    is its TDQS until then. holds, told: bits per dimension, as if there were a description. bare: there is none, so the first edit writes it.
    """

    card: ToolCard
    holds: list[int]
    told: list[int]
    held: dict[str, Fact]
    bare: bool
    tdqs: tuple[int, ...]
    taken: tuple[Best, ...]
    ladders: tuple[tuple[Rung, ...], ...]
    cleaning: tuple[FactRule, ...] = ()
    before: int = 0

    def edits(self, count: int) -> list[FactRule]:
        """The edits that reach `tdqs[count]`, in the rubric's order; without the one that writes a description."""
        inner = count - 1 if self.bare else count
        if inner < 0:
            return []
        _, rungs = self.taken[inner]
        chosen = [ladder[rung - 1] for ladder, rung in zip(self.ladders, rungs, strict=True) if rung]
        return [row.rule for rung in chosen for row in rung.edits]


def profile(card: ToolCard, book: Book) -> Profile:
    """The profile of a scored tool."""
    skipped = unmeasured(book, card.scores)
    reading = book.read(card.facts, skipped)
    bare = NO_DESCRIPTION in card.flags
    holds = without_gate(book, reading.holds) if bare else reading.holds
    cleaning = hostile(card, book)
    for rule in cleaning:
        clean(holds, book, rule)
    scored = score_tool(book, holds, reading.told, skipped, bare=False)
    ladders = tuple(
        () if outcome is None else climb(scale, holds[position], reading.told[position])
        for position, (scale, outcome) in enumerate(zip(book.scales, scored.outcomes, strict=True))
    )
    prices = tuple(
        tuple((scale.weight * (rung.score - (score or 0)), len(rung.edits)) for rung in ladder)
        for scale, score, ladder in zip(book.scales, scored.scores, ladders, strict=True)
    )
    taken = best_by_edits(prices)
    weighted, total = weigh(book, scored.scores)
    tdqs = tuple(round_tenths(weighted + gain, total) for gain, _ in taken)
    tdqs = _behind_gate(book, tdqs) if bare else tdqs
    now = tenths(card.tdqs or 0)
    return Profile(card, holds, reading.told, reading.held, bare, tdqs, taken, ladders, cleaning, now)


def hostile(card: ToolCard, book: Book) -> tuple[FactRule, ...]:
    """The rules of the hostile texts that a card shows, in the rubric's order."""
    held = {fact.id for fact in card.facts if fact.holds and fact.id in book.hostile}
    return tuple(book.slots[fact].row.rule for fact in book.hostile if fact in held)


def clean(holds: list[int], book: Book, rule: FactRule) -> None:
    """Take a hostile text out."""
    slot = book.slots[rule.id]
    holds[slot.position] = flip(holds[slot.position], slot.row)


def untouched(card: ToolCard) -> Profile:
    """The profile of a scored tool that no edit is considered for."""
    now = tenths(card.tdqs or 0)
    return Profile(card, [], [], {}, bare=False, tdqs=(now,), taken=(), ladders=(), before=now)


def _behind_gate(book: Book, tdqs: tuple[int, ...]) -> tuple[int, ...]:
    rule = book.rule(NO_DESCRIPTION)
    return (10, *tdqs) if rule is not None and rule.remedy else (10,)


@lru_cache(maxsize=16384)
def best_by_edits(prices: tuple[Prices, ...]) -> tuple[Best, ...]:
    """A knapsack of one rung per dimension: entry k is the most weighted score that at most k edits buy, and the rungs.

    Rungs count from 1; 0 leaves the dimension as it is.
    """
    table: list[Best] = [(0, ())]
    for ladder in prices:
        longest = len(table) - 1 + (ladder[-1][1] if ladder else 0)
        table = [max(_offers(table, ladder, edits), key=lambda best: best[0]) for edits in range(longest + 1)]
    return tuple(table)


def _offers(table: list[Best], ladder: Prices, edits: int) -> list[Best]:
    gain, rungs = table[min(edits, len(table) - 1)]
    offers: list[Best] = [(gain, (*rungs, 0))]
    for number, (worth, cost) in enumerate(ladder, 1):
        if cost <= edits:
            gain, rungs = table[min(edits - cost, len(table) - 1)]
            offers.append((gain + worth, (*rungs, number)))
    return offers
