"""What all outputs say of the second witness, the judge: what it did, and where it and the heuristics differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.text.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.card import Report, ToolCard
    from scorer.models.judge import Disagreement, JudgeCard

_QUOTE = 120


def told(report: Report) -> str:
    """One sentence on what the judge did and cost, "" where none was asked."""
    judge = report.judge
    if judge is None:
        return ""
    tools = f"{judge.judged} of {counted(judge.judged + len(judge.heuristics_only), 'tool')}"
    price = "" if judge.usage.dollars is None else f", ${judge.usage.dollars:.4f}"
    answers = counted(judge.usage.calls, "call")
    rest = f"{counted(judge.disagreements, 'disagreement')}, {counted(judge.voided, 'quote')} voided, {answers}{price}"
    moved = "; its scores are corrected" if judge.correction else ""
    return f"Judged by {judge.model}: {tools}, {counted(judge.votes, 'vote')}, {rest}{moved}"


def on_tool(card: ToolCard) -> Iterator[str]:
    """What the judge said of one tool, as sentences: that it was not judged, that it may only lower, votes apart, and each disagreement."""
    judge = card.judge
    if judge is None:
        return
    if judge.status != "judged":
        yield f"Graded by the heuristics alone: {judge.reason}."
        return
    if judge.steered:
        yield f"The judge may only lower its scores: the definition may be talking to it ({judge.steered})."
    yield from _apart(judge)
    yield from map(difference, judge.disagreements)


def _apart(judge: JudgeCard) -> Iterator[str]:
    if judge.votes > 1:
        parts = ", ".join(f"{key} by {amount}" for key, amount in judge.spread.items())
        yield f"{judge.votes} votes, {f'apart in {parts}' if parts else 'all with the same scores'}."


def difference(one: Disagreement) -> str:
    """One disagreement, with both answers, whose counts, and why."""
    both = f"heuristics {_answer(one.heuristic, one.heuristic_quote)}, judge {_answer(one.judge, one.judge_quote)}"
    return f"{one.fact}: {both}. The {'judge' if one.counted == 'judge' else 'heuristics'} count: {one.reason}."


def _answer(holds: bool, quote: str | None) -> str:  # noqa: FBT001
    words = " ".join((quote or "").split())
    shown = words if len(words) <= _QUOTE else f"{words[: _QUOTE - 1]}…"
    return ("yes" if holds else "no") + (f' ("{shown}")' if shown else "")
