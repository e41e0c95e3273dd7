"""Agreement as a picture: per dimension a scatter of our raw score against the label, and the grid of both scores. Plain SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

import numpy as np

from scorer.calibration.agreement import raw_scores
from scorer.calibration.card import HIGHEST, LOWEST, rounded
from scorer.calibration.figures import figure, kappa
from scorer.calibration.goal import ORDERED, make_goal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.calibration.table import Floats, Table
    from scorer.models.rubric import DimensionRubric, Rubric

_PLOT, _GAP, _LEFT, _TOP, _COLUMNS = 150, 46, 44, 58, 2
_BLOCK_WIDTH, _BLOCK_HEIGHT = 2 * (_PLOT + _GAP) + 14, _PLOT + 84
# Both schemes in one file: colours follow the reader's, and every mark also differs in shape or number.
_STYLE = """
svg { font: 11px system-ui, sans-serif; --ink: #1b1f24; --soft: #59636e; --line: #d1d9e0; --paper: #ffffff; --mark: #0969da; }
@media (prefers-color-scheme: dark) {
  svg { --ink: #f0f6fc; --soft: #9198a1; --line: #3d444d; --paper: #0d1117; --mark: #4493f8; }
}
.paper { fill: var(--paper); } text { fill: var(--ink); } .soft { fill: var(--soft); } .head { font-weight: 600; font-size: 13px; }
.line { stroke: var(--line); fill: none; } .dot { fill: var(--mark); fill-opacity: .35; } .cell { fill: var(--mark); }
.even { stroke: var(--soft); stroke-dasharray: 3 3; fill: none; }
""".strip()


class Panel(NamedTuple):
    """One dimension: ours (raw, 1-5) and rounded, against labels."""

    title: str
    raw: Floats
    score: Floats
    labels: Floats


def picture(table: Table, rubric: Rubric) -> str:
    """The agreement of every dimension that has labels, as one self-contained SVG. The same rows give the same bytes."""
    raw = raw_scores(table, rubric)
    panels = [panel for rules in rubric.tool if (panel := _panel(table, rules, rubric, raw[rules.id]))]
    rows = -(-len(panels) // _COLUMNS)
    width, height = _COLUMNS * _BLOCK_WIDTH + 20, rows * _BLOCK_HEIGHT + 34
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="title desc">',
        '<title id="title">Agreement of scores with labels</title>',
        f'<desc id="desc">{escape(" ".join(map(_told, panels)))}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="paper" width="{width}" height="{height}"/>',
        '<text class="soft" x="14" y="22">Left: our raw score by label, spread a little so that equal points show. Right: how many rows have each pair of scores.</text>',
    ]
    for at, panel in enumerate(panels):
        x, y = 10 + at % _COLUMNS * _BLOCK_WIDTH, 34 + at // _COLUMNS * _BLOCK_HEIGHT
        parts += [f'<g transform="translate({x} {y})">', *_scatter(panel), *_grid(panel), "</g>"]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(table: Table, rules: DimensionRubric, rubric: Rubric, raw: Floats) -> Panel | None:
    goal = make_goal(table, rules, rubric)
    rows, labels = goal.labels.rows, goal.labels.labels
    if not len(rows):
        return None
    against = "our judgements" if rules.id in ORDERED else "published"
    return Panel(f"{rules.label} ({against})", np.clip(raw[rows], LOWEST, HIGHEST) / 10, rounded(raw[rows]), labels)


def _told(panel: Panel) -> str:
    away = figure(float(np.abs(panel.score - panel.labels).mean()))
    return f"{panel.title}: {len(panel.labels)} rows, mean absolute difference {away}, quadratic kappa {kappa(panel.score, panel.labels)}."


def _scatter(panel: Panel) -> Iterator[str]:
    yield f'<text class="head" x="{_LEFT}" y="24">{escape(panel.title)}</text>'
    away = float(np.abs(panel.score - panel.labels).mean())
    yield f'<text class="soft" x="{_LEFT}" y="40">n {len(panel.labels)}, mean difference {away:.2f}, kappa {kappa(panel.score, panel.labels) or 0:.2f}</text>'
    yield from _axes(_LEFT)
    yield f'<path class="even" d="M{_x(1, _LEFT):.1f} {_y(1):.1f}L{_x(5, _LEFT):.1f} {_y(5):.1f}"/>'
    spread = np.random.default_rng(0).uniform(-0.22, 0.22, (2, len(panel.labels)))
    for label, raw, aside, up in zip(panel.labels, panel.raw, *spread, strict=True):
        yield f'<circle class="dot" r="2.4" cx="{_x(label + aside, _LEFT):.1f}" cy="{_y(raw + up / 2):.1f}"/>'


def _axes(left: float) -> Iterator[str]:
    yield f'<rect class="line" x="{left}" y="{_TOP}" width="{_PLOT}" height="{_PLOT}"/>'
    for score in range(1, 6):
        yield f'<text class="soft" text-anchor="middle" x="{_x(score, left):.1f}" y="{_TOP + _PLOT + 14}">{score}</text>'
        yield f'<text class="soft" text-anchor="end" x="{left - 6}" y="{_y(score) + 4:.1f}">{score}</text>'
    middle = _TOP + _PLOT / 2
    yield f'<text class="soft" text-anchor="middle" x="{left + _PLOT / 2}" y="{_TOP + _PLOT + 26}">label</text>'
    yield f'<text class="soft" text-anchor="middle" transform="translate({left - 22} {middle}) rotate(-90)">ours</text>'


def _x(score: float, left: float) -> float:
    return left + (score - 0.5) * _PLOT / 5


def _y(score: float) -> float:
    return _TOP + (5.5 - score) * _PLOT / 5


def _grid(panel: Panel) -> Iterator[str]:
    left, side = _LEFT + _PLOT + _GAP, _PLOT / 5
    yield from _axes(left)
    labels = np.floor(panel.labels + 0.5)
    count = np.array([[np.sum((labels == x) & (panel.score == y)) for x in range(1, 6)] for y in range(1, 6)])
    for (y, x), number in np.ndenumerate(count):
        if number:
            corner = f'x="{left + x * side:.1f}" y="{_TOP + (4 - y) * side:.1f}"'
            yield f'<rect class="cell" {corner} width="{side:.1f}" height="{side:.1f}" fill-opacity="{0.08 + 0.5 * number / count.max():.2f}"/>'
            yield f'<text text-anchor="middle" x="{left + (x + 0.5) * side:.1f}" y="{_TOP + (4.5 - y) * side + 4:.1f}">{number}</text>'
