"""The plan: the fewest edits found that bring the server to the next letter."""

from __future__ import annotations

from heapq import nlargest, nsmallest
from itertools import chain, islice
from typing import TYPE_CHECKING

from scorer.models.card import Edit, Plan
from scorer.models.rubric import NO_DESCRIPTION
from scorer.scorecard.book import Book, books
from scorer.scorecard.filling import Counts, Field
from scorer.scorecard.fixes import remedy_for, without_gate
from scorer.scorecard.floors import shortest
from scorer.scorecard.profile import Profile, clean, hostile, profile, untouched
from scorer.scorecard.rounding import tenths, tier_of
from scorer.scorecard.server import description_quality, overall
from scorer.scorecard.tally import flip
from scorer.scorecard.tdqs import score_tool, unmeasured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.models.card import ServerScore, ToolCard
    from scorer.models.rubric import FactRule, Limits, Rubric, Tier

_HIGHEST = 50
# Tools whose edits are worked out; a quarter of a millisecond each.
_CONSIDERED = 120


def plan(cards: Sequence[ToolCard], server_score: ServerScore, rubric: Rubric) -> Plan:
    """The edits that reach the next tier of the overall score, each with its gain and the score after it.

    Hostile text is taken out first, also where that gains nothing or the server has the highest tier already. Coherence stays as it is:
    only texts and schemas of single tools are edited. Where the next tier is out of reach, or takes more edits than the rubric's limit,
    `reached` is False and the edits lead to the best score that the limit allows.
    """
    if server_score.overall_score is None or server_score.coherence_score is None:
        return Plan(None, reached=False, from_score=None, to_score=None)
    now, coherence = tenths(server_score.overall_score), tenths(server_score.coherence_score)
    target, limits = _next_tier(now, rubric.tiers), rubric.limits
    book = books(rubric).tool
    scored = [card for card in cards if card.tdqs is not None]
    if target is None and not any(hostile(card, book) for card in scored):
        return Plan(None, reached=True, from_score=now / 10, to_score=now / 10)
    profiles = _profiles(scored, book, limits)
    counts, reached = ({}, True) if target is None else _found(profiles, _qualities(target, coherence, limits), limits)
    edits = tuple(_edits(profiles, counts, coherence, rubric))
    letter = tier_of(tenths(target.at_least), rubric.tiers) if target else None
    return Plan(letter, reached, now / 10, edits[-1].server_score if edits else now / 10, edits)


def _found(profiles: Sequence[Profile], wanted: int, limits: Limits) -> tuple[Counts, bool]:
    """How many edits each tool gets once hostile text is out, and whether they are enough."""
    field = Field([known.tdqs for known in profiles])
    now = description_quality(field.total, field.lowest, len(profiles), limits)
    budget = limits.plan_edits - sum(len(known.cleaning) for known in profiles)
    if now >= wanted or budget < 0:
        return {}, now >= wanted and budget >= 0
    return _search(field, now, wanted, budget, limits)


def _profiles(cards: Sequence[ToolCard], book: Book, limits: Limits) -> list[Profile]:
    """What edits can do to each tool; of a very large server, to the worst tools and to those with the best fixes alone.

    A plan touches no more tools than it has edits, so the worst ones are always enough for any floor that it can reach.
    """
    if len(cards) <= _CONSIDERED:
        return [profile(card, book) for card in cards]
    worst = nsmallest(limits.plan_edits + 1, range(len(cards)), key=lambda tool: cards[tool].tdqs or 0)
    promising = nlargest(_CONSIDERED, range(len(cards)), key=lambda tool: [fix.gain for fix in cards[tool].fixes[:3]])
    foul = [tool for tool, card in enumerate(cards) if hostile(card, book)][: limits.plan_edits]
    chosen = {*worst, *foul, *promising[: max(0, _CONSIDERED - len(worst) - len(foul))]}
    return [profile(card, book) if tool in chosen else untouched(card) for tool, card in enumerate(cards)]


def _next_tier(now: int, tiers: Sequence[Tier]) -> Tier | None:
    return min((tier for tier in tiers if tenths(tier.at_least) > now), key=lambda tier: tier.at_least, default=None)


def _qualities(target: Tier, coherence: int, limits: Limits) -> int:
    """The description quality in tenths that the tier asks for; above the highest when no quality is enough."""
    wanted = tenths(target.at_least)
    return next((q for q in range(_HIGHEST + 1) if overall(q, coherence, limits) >= wanted), _HIGHEST + 1)


def _search(field: Field, now: int, wanted: int, budget: int, limits: Limits) -> tuple[Counts, bool]:
    """The edits for the wanted quality, or for the best one below it that can be had."""
    for quality in range(min(wanted, _HIGHEST), now, -1):
        counts = shortest(field, quality, budget, limits)
        if counts is not None:
            return counts, quality == wanted
    return {}, False


def _edits(profiles: Sequence[Profile], counts: Counts, coherence: int, rubric: Rubric) -> Iterator[Edit]:
    """The steps with the server's score after each: hostile text first, then the worst tool first."""
    book, limits = books(rubric).tool, rubric.limits
    values = [known.before for known in profiles]
    foul = [tool for tool, known in enumerate(profiles) if known.cleaning]
    first = ((tool, step) for tool in foul for step in _cleaning(profiles[tool], book))
    rest = ((tool, step) for tool in sorted(counts, key=lambda tool: profiles[tool].tdqs[0]) for step in _steps(profiles[tool], counts[tool], book))  # fmt: skip
    for tool, (rule, after) in islice(chain(first, rest), limits.plan_edits):
        known = profiles[tool]
        gain, values[tool] = after - values[tool], after
        quality = description_quality(sum(values), min(values), len(values), limits)
        text = remedy_for(rule, known.held.get(rule.id))
        score = overall(quality, coherence, limits) / 10
        yield Edit(known.card.name, rule.id, rule.dimension, text, gain / 10, score)


def _cleaning(known: Profile, book: Book) -> Iterator[tuple[FactRule, int]]:
    """The edits that take a tool's hostile text out, each with the TDQS after it."""
    skipped, reading = unmeasured(book, known.card.scores), book.read(known.card.facts)
    holds = without_gate(book, reading.holds) if known.bare else list(reading.holds)
    for rule in known.cleaning:
        clean(holds, book, rule)
        yield rule, score_tool(book, holds, known.told, skipped, bare=known.bare).tdqs or 0


def _steps(known: Profile, count: int, book: Book) -> Iterator[tuple[FactRule, int]]:
    """A tool's edits in order, each with the TDQS after it, by the code that scores tools."""
    skipped = unmeasured(book, known.card.scores)
    holds = list(known.holds)
    described = book.rule(NO_DESCRIPTION) if known.bare else None
    for rule in ([described] if described else []) + known.edits(count):
        slot = book.slots[rule.id]
        if rule is not described:
            holds[slot.position] = flip(holds[slot.position], slot.row)
        yield rule, score_tool(book, holds, known.told, skipped, bare=False).tdqs or 0
