"""The tools that an agent may confuse, as arcs between their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.outputs.escape import clipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorer.models.card import Report
    from scorer.models.fact import Fact
    from scorer.models.signals import Overlap

_PAIRS = 40
_ROW = 26
_WIDEST, _NARROWEST = 170, 26
_LABEL = 44
_DIMENSION = "disambiguation"
# A pair that a fact names has no score; it is drawn as thick as a middling one.
_NAMED_SCORE = 0.4


class Pair(NamedTuple):
    """Two tools that an agent may confuse.

    kind: open (their purposes overlap, and no text tells them apart), named (a fact about the set names them) or told (a text draws the line).
    words: what they share. costlier: the one that a much cheaper sibling shadows, None for neither.
    """

    a: str
    b: str
    kind: str
    score: float
    words: str
    costlier: str | None = None


class Node(NamedTuple):
    """A tool's name in the drawing, at height y (pixels)."""

    name: str
    label: str
    y: int


class Arc(NamedTuple):
    """Half an ellipse between two names: `path` is SVG path data, `width` 1-6 by overlap."""

    path: str
    width: float
    pair: Pair


class Drawing(NamedTuple):
    """All arcs, the worst first, within width x height pixels; names begin at x = `left`. `more`: pairs left out."""

    nodes: list[Node]
    arcs: list[Arc]
    left: int
    width: int
    height: int
    more: int


def confusable(report: Report) -> list[Pair]:
    """Pairs that overlap, and those that a defect of the set names; open ones first, the strongest of each kind first."""
    found = [_overlapping(overlap) for overlap in report.overlaps if overlap.a != overlap.b]
    known = {frozenset((pair.a, pair.b)) for pair in found}
    named = [_named(fact) for fact in report.server_facts if _names_two(fact, report)]
    pairs = [*found, *(pair for pair in named if frozenset((pair.a, pair.b)) not in known)]
    return sorted(pairs, key=lambda pair: (("open", "named", "told").index(pair.kind), -pair.score))


def _overlapping(overlap: Overlap) -> Pair:
    words = f", shared words {', '.join(overlap.shared)}" if overlap.shared else ""
    kind = "told" if overlap.boundary else "open"
    return Pair(overlap.a, overlap.b, kind, overlap.score, f"{overlap.score:.0%} overlap{words}", overlap.costlier)


def _names_two(fact: Fact, report: Report) -> bool:
    """Of three or more tools a fact does not say which two are alike."""
    known = report.legend.facts.get(fact.id)
    defect = known is not None and known.kind == "defect"
    return bool(fact.holds) and defect and fact.dimension == _DIMENSION and len(set(fact.tools)) == len(fact.tools) == 2


def _named(fact: Fact) -> Pair:
    a, b = fact.tools
    # Behind the bracket come a count and the names, which stand before the reader already.
    return Pair(a, b, "named", _NAMED_SCORE, (fact.detail or fact.id).partition(" (")[0])


def drawing(report: Report) -> Drawing:
    """The report's 40 worst pairs; a drawing without nodes when no two tools are alike."""
    every = confusable(report)
    pairs = every[:_PAIRS]
    heights = {name: _ROW // 2 + place * _ROW for place, name in enumerate(_order(pairs))}
    nodes = [Node(name, clipped(name, _LABEL), y) for name, y in heights.items()]
    longest = max((abs(heights[pair.a] - heights[pair.b]) for pair in pairs), default=0)
    left = min(_WIDEST, max(_NARROWEST, longest // 2)) + 12
    arcs = [_arc(pair, heights, left) for pair in pairs]
    return Drawing(nodes, arcs, left, left + 360, len(nodes) * _ROW, len(every) - len(pairs))


def _order(pairs: Sequence[Pair]) -> list[str]:
    """Names of one family beside each other: a walk along the pairs from each name on."""
    order: dict[str, None] = {}
    for pair in pairs:
        todo = [pair.a]
        while todo:
            name = todo.pop()
            if name not in order:
                order[name] = None
                todo += [other for other, _ in partners(name, pairs)][::-1]
    return list(order)


def partners(name: str, pairs: Iterable[Pair]) -> list[tuple[str, Pair]]:
    """The other ends of a name's pairs, the worst first."""
    return [(pair.b if pair.a == name else pair.a, pair) for pair in pairs if name in (pair.a, pair.b)]


def _arc(pair: Pair, heights: dict[str, int], left: int) -> Arc:
    top, bottom = sorted((heights[pair.a], heights[pair.b]))
    radius = (bottom - top) // 2
    path = f"M{left} {bottom}A{min(max(radius, _NARROWEST), _WIDEST)} {radius} 0 0 1 {left} {top}"
    return Arc(path, round(1 + 5 * pair.score, 1), pair)
