"""Buying what the mean still lacks with the fewest edits: greedily by gain per edit, exactly where greedy may be beaten."""

from __future__ import annotations

from heapq import merge, nlargest
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# How many edits each tool gets, by its position; a tool without any is absent.
Counts = dict[int, int]

# Beyond so many steps the greedy answer stands: it is longer than the best by less than one tool's last segment.
_STEPS = 200_000


class Segment(NamedTuple):
    """Edits of one tool that are made together: from `start` to `end` of them, for `gain` tenths."""

    gain: int
    tool: int
    start: int
    end: int

    @property
    def slope(self) -> float:
        """Gain per edit."""
        return self.gain / (self.end - self.start)


class Field:
    """The tools of a server as the search sees them: for each, its best TDQS in tenths by number of edits."""

    def __init__(self, tools: Sequence[tuple[int, ...]]) -> None:
        self.tools = tools
        self.total = sum(values[0] for values in tools)
        self.lowest_first = sorted(range(len(tools)), key=lambda tool: tools[tool][0])
        self.lowest = tools[self.lowest_first[0]][0]
        self.segments = sorted((s for tool in range(len(tools)) for s in self.hull(tool, 0)), key=lambda s: -s.slope)

    def gained(self, counts: Counts) -> int:
        """What these edits add to the sum of all TDQS."""
        return sum(self.tools[tool][count] - self.tools[tool][0] for tool, count in counts.items())

    def hull(self, tool: int, start: int) -> Iterator[Segment]:
        """The upper concave hull of a tool's values from `start` edits on, steepest segment first."""
        values = self.tools[tool]
        while values[start] < values[-1]:
            ends = range(start + 1, len(values))
            steepest = max(ends, key=lambda end, at=start: (values[end] - values[at]) / (end - at))  # type: ignore[misc]
            yield Segment(values[steepest] - values[start], tool, start, steepest)
            start = steepest


def fill(field: Field, lifted: Counts, lacking: int, budget: int) -> Counts | None:
    """`lifted` with the fewest further edits that add `lacking` tenths; None when that takes more than `budget` in all."""
    left = budget - sum(lifted.values())
    if lacking <= 0:
        return lifted if left >= 0 else None
    counts, used, lacks = dict(lifted), 0, lacking
    for segment in _by_slope(field, lifted):
        # Were edits divisible, no choice could use fewer than this: the rest of them at this slope.
        fewest = used - (-lacks * (segment.end - segment.start) // segment.gain)
        if fewest > left:
            return None
        if segment.gain >= lacks:
            counts[segment.tool] = _enough(field.tools[segment.tool], segment.start, lacks)
            used += counts[segment.tool] - segment.start
            exact = _exact(field, lifted, lacking, min(used - 1, left)) if used > fewest else None
            return exact or (counts if used <= left else None)
        counts[segment.tool] = segment.end
        used, lacks = used + segment.end - segment.start, lacks - segment.gain
    return None


def _by_slope(field: Field, lifted: Counts) -> Iterator[Segment]:
    untouched = (segment for segment in field.segments if segment.tool not in lifted)
    own = sorted((s for tool, count in lifted.items() for s in field.hull(tool, count)), key=lambda s: -s.slope)
    return merge(untouched, own, key=lambda segment: -segment.slope)


def _enough(values: Sequence[int], start: int, lacks: int) -> int:
    return next(end for end in range(start + 1, len(values)) if values[end] - values[start] >= lacks)


def _exact(field: Field, lifted: Counts, lacking: int, most: int) -> Counts | None:
    """The same by dynamic programming over the tools that could matter, with at most `most` edits."""
    longest = min(most, max(len(values) for values in field.tools) - 1)
    if most <= 0 or len(field.tools) * longest > _STEPS:
        return None
    tools = _candidates(field, lifted, most, longest)
    if len(tools) * longest * most > _STEPS:
        return None
    best, taken = [0] * (most + 1), []
    for tool in tools:
        choice = [0] * (most + 1)
        gains = _gains(field, tool, lifted)
        for edits in range(most, 0, -1):
            for count in range(1, min(edits, len(gains) - 1) + 1):
                if best[edits - count] + gains[count] > best[edits]:
                    best[edits], choice[edits] = best[edits - count] + gains[count], count
        taken.append(choice)
    enough = next((edits for edits, gain in enumerate(best) if gain >= lacking), None)
    return None if enough is None else _trace(tools, taken, enough, lifted)


def _trace(tools: Sequence[int], taken: Sequence[list[int]], edits: int, lifted: Counts) -> Counts:
    counts = dict(lifted)
    for tool, choice in zip(reversed(tools), reversed(taken), strict=True):
        if choice[edits]:
            counts[tool] = counts.get(tool, 0) + choice[edits]
            edits -= choice[edits]
    return counts


def _gains(field: Field, tool: int, lifted: Counts) -> list[int]:
    start = lifted.get(tool, 0)
    return [value - field.tools[tool][start] for value in field.tools[tool][start:]]


def _candidates(field: Field, lifted: Counts, most: int, longest: int) -> list[int]:
    """Enough tools for an exact answer: the `most` best at each number of edits (one of them is always free to take over)."""
    found: set[int] = set()
    gains = [_gains(field, tool, lifted) for tool in range(len(field.tools))]
    for count in range(1, longest + 1):
        able = [tool for tool in range(len(gains)) if len(gains[tool]) > count]
        found.update(nlargest(most, able, key=lambda tool, at=count: gains[tool][at]))  # type: ignore[misc]
    return sorted(found)
