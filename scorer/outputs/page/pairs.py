"""The tools that an agent may confuse, as arcs between their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.outputs.escape import clipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorer.models.card import Report
    from scorer.models.signals import Overlap

_PAIRS = 40
_ROW = 26
_WIDEST, _NARROWEST = 170, 26
_LABEL = 44


class Node(NamedTuple):
    """A tool's name in the drawing, at height y (pixels)."""

    name: str
    label: str
    y: int


class Arc(NamedTuple):
    """Half an ellipse between two names: `path` is SVG path data, `open` that no text draws the line, `width` 1-6 by overlap."""

    path: str
    open: bool
    width: float
    pair: Overlap


class Drawing(NamedTuple):
    """All arcs, strongest first, within width x height pixels; names begin at x = `left`. `more`: pairs left out."""

    nodes: list[Node]
    arcs: list[Arc]
    left: int
    width: int
    height: int
    more: int


def drawing(report: Report) -> Drawing:
    """The report's 40 strongest pairs; a drawing without nodes when no two tools share a purpose."""
    pairs = sorted(report.overlaps, key=lambda pair: (pair.boundary, -pair.score))[:_PAIRS]
    names = _order(pairs)
    heights = {name: _ROW // 2 + place * _ROW for place, name in enumerate(names)}
    nodes = [Node(name, clipped(name, _LABEL), y) for name, y in heights.items()]
    longest = max((abs(heights[pair.a] - heights[pair.b]) for pair in pairs), default=0)
    left = min(_WIDEST, max(_NARROWEST, longest // 2)) + 12
    arcs = [_arc(pair, heights, left) for pair in pairs]
    return Drawing(nodes, arcs, left, left + 360, len(names) * _ROW, len(report.overlaps) - len(pairs))


def _order(pairs: Sequence[Overlap]) -> list[str]:
    """Names of one family beside each other: a walk along the pairs from each name on."""
    order: dict[str, None] = {}
    for pair in pairs:
        todo = [pair.a]
        while todo:
            name = todo.pop()
            if name not in order:
                order[name] = None
                todo += [other for other in _partners(name, pairs) if other not in order]
    return list(order)


def _partners(name: str, pairs: Iterable[Overlap]) -> list[str]:
    """The other ends of a name's pairs, the strongest last."""
    found = [pair.b if pair.a == name else pair.a for pair in pairs if name in (pair.a, pair.b)]
    return found[::-1]


def _arc(pair: Overlap, heights: dict[str, int], left: int) -> Arc:
    top, bottom = sorted((heights[pair.a], heights[pair.b]))
    radius = (bottom - top) // 2
    path = f"M{left} {bottom}A{min(max(radius, _NARROWEST), _WIDEST)} {radius} 0 0 1 {left} {top}"
    return Arc(path, not pair.boundary, round(1 + 5 * pair.score, 1), pair)


def siblings(name: str, report: Report) -> list[tuple[str, Overlap]]:
    """The tools that this one may be confused with, each with its pair."""
    return [
        (pair.b if pair.a == name else pair.a, pair)
        for pair in report.overlaps
        if pair.a != pair.b and name in (pair.a, pair.b)
    ]
