"""Shadowing: tools that a much cheaper sibling may take the calls of.

Source of the cost rule: TDQS 1.2, shadow candidates. By cost alone most pairs are nonsense, so ours must also overlap in purpose.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scorer.models.signals import Overlap

_MIN_GAP = 4


def _ceiling(cost: int) -> int:
    """The most that a sibling may cost and still be much cheaper: at most half, and at least 4 less."""
    return min(cost // 2, cost - _MIN_GAP)


def _order(name: str) -> bytes:
    return name.encode("utf-16-be", "surrogatepass")


def shadow_candidates(costs: Iterable[tuple[str, int]]) -> list[tuple[str, str]]:
    """(tool, cheaper sibling) by the specification's rule on (name, invocation cost) alone.

    One per tool at most: of the siblings that are cheap enough the dearest, ties by name in UTF-16 order.
    """
    costed = list(costs)
    by_cost: dict[int, list[str]] = {}
    for name, cost in costed:
        by_cost.setdefault(cost, []).append(name)
    levels = sorted(by_cost)
    ordered = {cost: sorted(names, key=_order) for cost, names in by_cost.items()}
    found = []
    for name, cost in costed:
        cheaper = levels[: bisect_right(levels, _ceiling(cost))]
        siblings = (other for level in reversed(cheaper) for other in ordered[level] if other != name)
        sibling = next(siblings, None)
        if sibling is not None:
            found.append((name, sibling))
    return found


def shadowed(overlaps: Sequence[Overlap], costs: Mapping[str, int]) -> dict[int, str]:
    """Index of an overlap -> the tool that its cheaper partner shadows; one overlap per tool, as in `shadow_candidates`."""
    best: dict[str, tuple[int, bytes, int]] = {}
    for at, pair in enumerate(overlaps):
        cheap, dear = sorted((pair.a, pair.b), key=costs.__getitem__)
        if costs[cheap] <= _ceiling(costs[dear]):
            rank = (-costs[cheap], _order(cheap), at)
            best[dear] = min(best.get(dear, rank), rank)
    return {at: tool for tool, (_, _, at) in best.items()}
