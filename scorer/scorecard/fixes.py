"""What to edit first: every remedy with the exact TDQS that it alone would add."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.models.card import Fix
from scorer.models.rubric import NO_DESCRIPTION
from scorer.scorecard.quoting import one_line
from scorer.scorecard.rounding import round_tenths
from scorer.scorecard.tally import clamp
from scorer.scorecard.tdqs import Scored, score_tool, weigh

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from scorer.models.fact import Fact
    from scorer.models.rubric import FactRule
    from scorer.scorecard.book import Book, Reading


_REMEMBERED = 16384
_DETAIL = 200  # characters

# What one edit brings, ready to be sorted: minus TDQS in tenths, whether it is a wish
# (a missing merit) and no defect, minus TDQS before rounding in thousandths, order, rule.
_Gain = tuple[int, bool, int, int, "FactRule"]


def rank_fixes(book: Book, reading: Reading, scored: Scored, skipped: Collection[int]) -> tuple[Fix, ...]:
    """Remedies for the defects that hold and the merits that are missing: hostile text first, then by gain, defects first, by raw gain, in
    the rubric's order.

    A gain is the TDQS after flipping that one fact, minus the TDQS now, by the code that gave the score. A merit that alone
    can raise nothing (its dimension is at 5, or behind a gate) is left out; a defect never is.
    """
    if scored.tdqs is None:
        return ()
    gains = _bare_gains(book, reading, scored, skipped) if scored.bare else _gains(book, scored)
    held = reading.held
    return tuple(
        _fix(rule, -gain, -raw, held.get(rule.id), book.fixes) for gain, _, raw, _, rule in sorted(gains, key=_urgency)
    )


def _urgency(one: _Gain) -> tuple[bool, int, bool, int, int]:
    """Text that harms the agent goes before anything is made of the rest, whatever that would gain."""
    return not one[-1].hostile, *one[:4]


def _fix(rule: FactRule, gain: int, raw: int, fact: Fact | None, known: dict[tuple[str, int, int], Fix]) -> Fix:
    """One fix; those that say nothing particular to this tool are made once."""
    key = (rule.id, gain, raw)
    found = None if fact and fact.detail else known.get(key)
    if found is None:
        text = remedy_for(rule, fact)
        found = Fix(rule.id, rule.dimension, text, gain / 10, raw / 1000, rule.before, rule.after)
        if not (fact and fact.detail) and len(known) < _REMEMBERED:
            known[key] = found
    return found


def _gains(book: Book, scored: Scored) -> Iterator[_Gain]:
    weighted, total = weigh(book, scored.scores)
    now, order = round_tenths(weighted, total), book.order
    for scale, outcome in zip(book.scales, scored.outcomes, strict=True):
        weight = scale.weight
        for rule, gain, raw in outcome.flips if outcome else ():
            if rule.remedy:
                after = round_tenths(weighted + weight * gain, total) if gain else now
                yield now - after, rule.kind != "defect", -_thousandths(weight * raw, total), order[rule.id], rule


def _bare_gains(book: Book, reading: Reading, scored: Scored, skipped: Collection[int]) -> Iterator[_Gain]:
    """Writing a description comes first; what else is wrong brings nothing until then."""
    first = book.rule(NO_DESCRIPTION)
    if first is not None and first.remedy:
        plain = described(book, reading.holds, reading.told, skipped)
        yield (scored.tdqs or 0) - (plain.tdqs or 0), False, 1000 - _raw_tdqs(book, plain), -1, first
    for fact in reading.held:
        rule = book.slots[fact].row.rule
        if rule.kind == "defect" and rule.remedy and rule is not first:
            yield 0, False, 0, book.order[fact], rule


def described(book: Book, holds: Sequence[int], told: Sequence[int], skipped: Collection[int]) -> Scored:
    """The tool once it has a plain description: assumed to add no merit and to mend nothing but its absence.

    So each dimension has its base and the points of what already holds outside the description (schema, annotations).
    """
    return score_tool(book, without_gate(book, holds), told, skipped, bare=False)


def without_gate(book: Book, holds: Sequence[int]) -> list[int]:
    """The bits with the facts cleared that say that there is no description."""
    changed = list(holds)
    for fact, flag in book.flags.items():
        if flag == NO_DESCRIPTION:
            slot = book.slots[fact]
            changed[slot.position] &= ~slot.bit
    return changed


def _raw_tdqs(book: Book, scored: Scored) -> int:
    """TDQS before any rounding, in thousandths."""
    pairs = [(s.weight, clamp(o.raw)) for s, o in zip(book.scales, scored.outcomes, strict=True) if o is not None]
    return _thousandths(sum(weight * raw for weight, raw in pairs), sum(weight for weight, _ in pairs))


def remedy_for(rule: FactRule, fact: Fact | None) -> str:
    """The rubric's remedy, with what exactly was found here."""
    detail = one_line(fact.detail, _DETAIL).rstrip(" .") if fact and fact.detail else ""
    return f"{rule.remedy.rstrip(' .')} ({detail})." if detail else rule.remedy


def _thousandths(numerator: int, total: int) -> int:
    """Weighted tenths over the weights, in thousandths of a score, rounded half up."""
    return (2 * 100 * numerator + total) // (2 * total)
