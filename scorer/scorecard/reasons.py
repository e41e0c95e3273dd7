"""Why a dimension has its score, in one to three sentences that can be read aloud."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from scorer.models.card import Justification
from scorer.scorecard.quoting import Clause, Quotes, series

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorer.models.fact import Fact
    from scorer.models.rubric import FactRule
    from scorer.scorecard.book import Reading
    from scorer.scorecard.dimension import Outcome, Scale

_SHOWN, _GAPS_SHOWN = 3, 2


class Outline(NamedTuple):
    """What a reason will say, before the words of the definition are put in.

    good, bad: what holds, strongest first; gaps: what is missing, as one clause or "". bad_first: the bad outweighs the good.
    otherwise: the sentence where none of these has anything to say.
    """

    good: tuple[Clause, ...]
    bad: tuple[Clause, ...]
    gaps: str
    bad_first: bool
    otherwise: str


def justify(scale: Scale, outcome: Outcome, reading: Reading, position: int, longest: int) -> Justification:
    """A dimension's score with its reason, and an admission where most of its questions could not be answered.

    position: the dimension's place in the reading; longest: the most characters that one quote may have.
    """
    holds, told, unknown = reading.holds[position], reading.told[position], reading.unknown[position]
    said = explain(_outline(scale, holds, told), reading.held, longest)
    if unknown > told.bit_count():
        said = f"{said} {_not_told(unknown, unknown + told.bit_count(), reading.reason)}"
    return Justification(outcome.score, said, outcome.raw / 10, scale.base / 10, outcome.cap)


def explain(outline: Outline, held: Mapping[str, Fact], longest: int) -> str:
    """The reason for a score: what holds with its words, strongest first, then what is missing; never empty."""
    quotes = Quotes(longest)
    good = series([quotes.clause(clause, held[clause.fact]) for clause in outline.good])
    bad = series([quotes.clause(clause, held[clause.fact]) for clause in outline.bad])
    if bad and good and outline.bad_first:
        return f"{_sentence(bad)} {_sentence(_tail(good, outline.gaps))}"
    if bad and good:
        return _sentence(f"{good}; but {_tail(bad, outline.gaps)}")
    return _sentence(_tail(good or bad, outline.gaps) or outline.otherwise)


@lru_cache(maxsize=16384)
def _outline(scale: Scale, holds: int, told: int) -> Outline:
    outcome = scale.outcome(holds, told)
    # A defect that costs nothing explains no score.
    worse = [rule for rule in outcome.bad if rule.points or _verdict(rule, outcome.cap)]
    good, bad = _clauses(outcome.good, outcome.cap), _clauses(worse, outcome.cap)
    gaps = series([rule.lacks for rule in outcome.gaps[:_GAPS_SHOWN]])
    anchor = dict(scale.dimension.anchors).get(outcome.score, "Nothing in the definition moves this score.")
    return Outline(good, bad, gaps, _outweighs(outcome), anchor)


def _clauses(rules: Sequence[FactRule], cap: int | None) -> tuple[Clause, ...]:
    return tuple(
        Clause(rule.id, rule.says, _verdict(rule, cap) if index == 0 else "")
        for index, rule in enumerate(rules[:_SHOWN])
    )


def _verdict(rule: FactRule, cap: int | None) -> str:
    if cap is None or cap not in (rule.cap, rule.gate):
        return ""
    return f", which alone makes the score {cap}" if cap in (1, rule.gate) else f", which keeps the score to {cap}"


def _outweighs(outcome: Outcome) -> bool:
    """Whether the worst weighs more than the best."""
    if not outcome.bad or not outcome.good:
        return bool(outcome.bad)
    worst, best = outcome.bad[0], outcome.good[0]
    return bool(_verdict(worst, outcome.cap)) or abs(worst.points) > abs(best.points)


def _not_told(count: int, asked: int, reason: str) -> str:
    why = f" ({reason})" if reason else ""
    return f"{count} of its {asked} questions could not be answered{why}, so the score rests on what could be told."


def _tail(said: str, gaps: str) -> str:
    return f"{said}; {gaps}" if said and gaps else said or gaps


def _sentence(text: str) -> str:
    text = text.rstrip(" .;")
    return f"{text[:1].upper()}{text[1:]}."
