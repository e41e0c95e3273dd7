"""Two witnesses, one set of facts: whose answer counts where they differ, and why. A pure function; it knows no weight."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scorer.models.fact import Fact
from scorer.models.judge import Disagreement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorer.judge.answers import Said, Vote
    from scorer.models.judge_rules import Cleared, Derived, JudgeRules

_KEPT_DEFECT = "a defect that the heuristics see stays until words that are quoted disprove it"
_BUDGET = "one sentence shows only so much"
_READ_MEANING = "the judge reads what the words mean"
_QUOTED = "the judge quotes the words that show it"


class Merged(NamedTuple):
    """The facts that the scorecard reads, and where the witnesses differed."""

    facts: tuple[Fact, ...]
    disagreements: tuple[Disagreement, ...]


def merge(
    facts: Sequence[Fact], vote: Vote, kinds: Mapping[str, str], rules: JudgeRules, steered: str | None = None
) -> Merged:
    """The heuristics' answers with the judge's.

    kinds: "merit", "defect" or "note" of every fact. steered: why the judge may raise nothing here, None when it may.
    - Facts that the judge was not asked, could not tell or answered without a quote that counts: the heuristics'. So are those that do not
      apply, and those of a text in a language that the heuristics do not read.
    - A merit: the judge's answer, but its yes only where it may raise, and for a few merits per sentence that the heuristics do not see.
    - A defect: it holds when either witness shows it. The judge's no clears nothing; a quoted merit may (`cleared` in the rules).
    """
    spent: Counter[tuple[str, int]] = Counter()
    merged, differing = [], []
    for fact in facts:
        said = vote.said.get(fact.id)
        if said is None or said.holds is None or fact.holds is None or said.holds == fact.holds:
            merged.append(fact)
            continue
        why = _refusal(said, kinds[fact.id], spent, rules, steered)
        merged.append(fact if why else _judged(fact, said))
        differing.append(_differ(fact, said, why))
        if not why and said.holds and said.sentence and kinds[fact.id] == "merit":
            spent[said.sentence] += 1
    if not steered:
        merged = _followed(facts, merged, rules)
    return Merged(tuple(merged), tuple(differing))


def _refusal(
    said: Said, kind: str, spent: Counter[tuple[str, int]], rules: JudgeRules, steered: str | None
) -> str | None:
    """Why the judge's answer does not count, None when it does."""
    if kind != "merit":
        return None if said.holds else _KEPT_DEFECT
    if said.holds and steered:
        return f"the definition may be talking to the judge ({steered})"
    if said.holds and said.sentence and spent[said.sentence] >= rules.limits.per_sentence:
        return _BUDGET
    return None


def _judged(fact: Fact, said: Said) -> Fact:
    return Fact(
        fact.id, fact.dimension, said.holds, quote=said.quote, place=said.place, witness="judge", tools=said.tools
    )


def _differ(fact: Fact, said: Said, why: str | None) -> Disagreement:
    return Disagreement(
        fact=fact.id,
        dimension=fact.dimension,
        heuristic=bool(fact.holds),
        judge=bool(said.holds),
        counted="heuristic" if why else "judge",
        reason=why or (_QUOTED if said.holds else _READ_MEANING),
        heuristic_quote=fact.quote,
        judge_quote=said.quote,
    )


def _followed(before: Sequence[Fact], merged: list[Fact], rules: JudgeRules) -> list[Fact]:
    """What follows from the facts that the judge changed: derived facts anew, and defects that its quotes disprove."""
    changed = {new.id: new for old, new in zip(before, merged, strict=True) if new is not old}
    if not changed:
        return merged
    holds = {fact.id: fact for fact in merged if fact.holds}
    derived = {one.id: one for one in rules.derived if not changed.keys().isdisjoint(one.of)}
    cleared = {one.id: one for one in rules.cleared}
    return [_settled(fact, holds, changed, derived, cleared) for fact in merged]


def _settled(
    fact: Fact,
    holds: Mapping[str, Fact],
    changed: Mapping[str, Fact],
    derived: Mapping[str, Derived],
    cleared: Mapping[str, Cleared],
) -> Fact:
    if fact.id in derived and fact.holds is not None:
        rule = derived[fact.id]
        return _derived(fact, [holds[name] for name in rule.of if name in holds], rule.least)
    if (
        fact.holds
        and fact.id in cleared
        and any(changed[name].holds for name in cleared[fact.id].by if name in changed)
    ):
        return Fact(fact.id, fact.dimension, holds=False, witness="judge")
    return fact


def _derived(fact: Fact, shown: Sequence[Fact], least: int) -> Fact:
    if len(shown) < least:
        return fact if not fact.holds else Fact(fact.id, fact.dimension, holds=False, witness="judge")
    if fact.holds:
        return fact
    last = shown[least - 1]
    return replace(last, id=fact.id, dimension=fact.dimension, detail=None, points=0.0)
