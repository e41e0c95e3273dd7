"""Scores that fell by more than may be, with the facts that took them down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.gate.comparing import compare
from scorer.gate.wording import grade, tool_place
from scorer.models.gate import MAX_DROP, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.models.baseline import KnownServer, KnownTool
    from scorer.models.card import Fix, Report, ToolCard
    from scorer.models.comparison import Comparison, DimensionChange, ToolChange
    from scorer.models.gate import Thresholds


def drops(
    report: Report, asked: Thresholds, earlier: KnownServer | None, twins: Sequence[KnownTool | None]
) -> Iterator[Finding]:
    """A finding for the server and for every tool that fell too far.

    Under another rubric than the baseline's only tools that were edited count: nobody can mend a score that moved by itself.
    """
    if asked.max_drop is None or earlier is None:
        return
    seen = report.comparison or compare(report, earlier, "", report.rubric_version)
    yield from _server(report, seen, asked.max_drop)
    changes = {id(card): change for card, change in zip(report.tools, seen.tools, strict=False)}
    for card, twin in zip(report.tools, twins, strict=True):
        change = changes[id(card)]
        moved_itself = change.change == "unchanged" and not seen.same_rubric
        if twin and not moved_itself and fell(twin.tdqs, card.tdqs, asked.max_drop):
            yield _tool(report, card, change)


def fell(before: float | None, after: float | None, most: float) -> bool:
    """Whether a score went down by more than `most`, in thousandths, which doubles would not keep."""
    return before is not None and after is not None and round(before * 1000) - round(after * 1000) > round(most * 1000)


def _server(report: Report, seen: Comparison, most: float) -> Iterator[Finding]:
    edited = any(change.change != "unchanged" for change in seen.tools)
    if fell(seen.overall_before, seen.overall_after, most) and (edited or seen.same_rubric):
        labels = {dim.id: dim.label for dim in report.legend.server_dimensions}
        sets = [
            f"{labels.get(one.dimension, one.dimension)} {_digit(one.before)} to {_digit(one.after)}"
            for one in seen.server_dimensions
        ]
        why = f" ({', '.join(sets)})" if sets else ""
        before, after = grade(seen.overall_before, seen.tier_before), grade(seen.overall_after, seen.tier_after)
        worst = max(report.tools, key=lambda card: _lost(card, seen), default=None)
        place = tool_place(worst, worst.fixes[0].fact if worst and worst.fixes else "")
        yield Finding(MAX_DROP, f"{report.server.name} fell from {before} to {after}{why}", place=place)


def _lost(card: ToolCard, seen: Comparison) -> float:
    change = next(one for one in seen.tools if one.name == card.name)
    return (change.tdqs_before or 5.0) - (change.tdqs_after or 5.0)


def _tool(report: Report, card: ToolCard, change: ToolChange) -> Finding:
    labels = {dim.id: dim.label for dim in report.legend.dimensions}
    lost = [one for one in change.dimensions if (one.before or 0) > (one.after or 0)]
    words = ", ".join(
        f"{labels.get(one.dimension, one.dimension)} {_digit(one.before)} to {_digit(one.after)}{_why(one)}"
        for one in lost
    )
    fix = _fix(card, lost)
    before, after = grade(change.tdqs_before, change.tier_before), grade(change.tdqs_after, change.tier_after)
    note = ", although its definition did not change: its siblings did" if change.change == "unchanged" else ""
    cost = (change.tokens_after or 0) - (change.tokens_before or 0)
    size = f" ({cost:+,} tokens)" if cost else ""
    message = f"{card.name} fell from {before} to {after}{size}{note}{f': {words}' if words else ''}"
    return Finding(MAX_DROP, message, card.name, fix.text if fix else "", tool_place(card, fix.fact if fix else ""))


def _why(one: DimensionChange) -> str:
    said = [*(f"now {fact}" for fact in one.began), *(f"no longer {fact}" for fact in one.ceased)]
    return f" ({', '.join(said[:3])})" if said else ""


def _fix(card: ToolCard, lost: Sequence[DimensionChange]) -> Fix | None:
    """The fix for what was lost: for one of the facts that moved, else in a dimension that fell, else the first."""
    moved = {fact for one in lost for fact in (*one.began, *one.ceased)}
    dimensions = {one.dimension for one in lost}
    found = [fix for fix in card.fixes if fix.fact in moved] or [f for f in card.fixes if f.dimension in dimensions]
    return next(iter(found or card.fixes), None)


def _digit(score: int | None) -> str:
    return "-" if score is None else str(score)
