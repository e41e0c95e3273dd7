"""What moved since the earlier report, in words: which tools, by how much, why, and what would help first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.outputs.words import grade
from scorer.text.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.card import Fix, Report, ToolCard
    from scorer.models.comparison import Comparison, DimensionChange, ToolChange

_ORDER = {"changed": 0, "renamed": 0, "unchanged": 0, "added": 1, "removed": 2}


class Moved(NamedTuple):
    """One tool to tell of. card: None for a removed one. lost, won: dimensions that went down and up. fix: the first edit to make."""

    change: ToolChange
    card: ToolCard | None
    lost: tuple[DimensionChange, ...]
    won: tuple[DimensionChange, ...]
    fix: Fix | None


def moved(report: Report) -> list[Moved]:
    """The tools whose definition or score changed: what fell most first, then what is new, then what is gone."""
    seen = report.comparison
    if seen is None:
        return []
    cards: dict[str, list[ToolCard]] = {}
    for card in reversed(report.tools):
        cards.setdefault(card.name, []).append(card)
    # Of several tools with one name each change takes the next, in the order of the report.
    pairs = [(change, cards[change.name].pop() if _has(change, cards) else None) for change in seen.tools]
    found = [_moved(change, card) for change, card in pairs if _counts(change)]
    return sorted(found, key=lambda one: (_ORDER[one.change.change], _delta(one.change), one.change.tdqs_after or 0))


def _has(change: ToolChange, cards: dict[str, list[ToolCard]]) -> bool:
    return change.change != "removed" and bool(cards.get(change.name))


def _counts(change: ToolChange) -> bool:
    return change.change != "unchanged" or change.tdqs_before != change.tdqs_after


def _delta(change: ToolChange) -> float:
    return (change.tdqs_after or 0) - (change.tdqs_before or 0)


def _moved(change: ToolChange, card: ToolCard | None) -> Moved:
    lost = tuple(one for one in change.dimensions if (one.after or 0) < (one.before or 0))
    won = tuple(one for one in change.dimensions if (one.after or 0) > (one.before or 0))
    return Moved(change, card, lost, won, _first_fix(card, lost) if card else None)


def _first_fix(card: ToolCard, lost: tuple[DimensionChange, ...]) -> Fix | None:
    """The fix for a fact that moved, else in a dimension that fell, else the one that brings most."""
    facts = {fact for one in lost for fact in (*one.began, *one.ceased)}
    dimensions = {one.dimension for one in lost}
    found = [fix for fix in card.fixes if fix.fact in facts]
    found = found or [fix for fix in card.fixes if fix.dimension in dimensions]
    return next(iter(found or card.fixes), None)


def labels(report: Report) -> dict[str, str]:
    """The names of all dimensions, by id."""
    return {dim.id: dim.label for dim in (*report.legend.dimensions, *report.legend.server_dimensions)}


def step(one: DimensionChange, names: dict[str, str]) -> str:
    """`Usage Guidelines 5 to 2`."""
    return f"{names.get(one.dimension, one.dimension)} {_digit(one.before)} to {_digit(one.after)}"


def reasons(one: DimensionChange, most: int = 2) -> str:
    """`now usage/only-purpose, no longer usage/says-when`; "" where the earlier report does not say."""
    said = [*(f"no longer {fact}" for fact in one.ceased), *(f"now {fact}" for fact in one.began)]
    more = [f"and {len(said) - most} more"] if len(said) > most else []
    return ", ".join([*said[:most], *more])


def why(one: Moved, names: dict[str, str]) -> str:
    """Why a tool's score is what it is now, in one line."""
    parts = []
    for change in (*one.lost, *one.won):
        said = reasons(change)
        parts.append(step(change, names) + (f" ({said})" if said else ""))
    if one.change.change == "unchanged":
        parts.insert(0, "not edited; its siblings or the rubric were")
    return "; ".join(parts) or ("same scores" if one.card and one.change.tdqs_before is not None else "")


def tokens(before: int | None, after: int | None) -> str:
    """`120 to 98 (-22)`, or the one number that there is."""
    if before is None or after is None:
        return f"{(before if after is None else after) or 0:,}"
    return f"{before:,} to {after:,} ({after - before:+,})" if before != after else f"{after:,}"


def headline(seen: Comparison) -> str:
    """`3.1 B to 2.8 C`, tokens, and how many tools changed how."""
    before, after = grade(seen.overall_before, seen.tier_before), grade(seen.overall_after, seen.tier_after)
    score = f"{before} to {after}" if before != after else f"still {after}"
    return ", ".join([score, *_counted(seen), f"{tokens(seen.tokens_before, seen.tokens_after)} tokens"])


def _counted(seen: Comparison) -> Iterator[str]:
    for kind in ("changed", "renamed", "added", "removed"):
        amount = sum(one.change == kind for one in seen.tools)
        if amount:
            yield counted(amount, f"{kind} tool")
    if all(one.change == "unchanged" for one in seen.tools):
        yield "no definition changed"


def _digit(score: int | None) -> str:
    return "-" if score is None else str(score)
