"""The report of a corpus as one page that needs nothing but itself; its pictures are drawn by the browser from plain SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.outputs.escape import clipped, folded
from scorer.outputs.templates import templates, tier_class

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

    from scorer.models.corpus import CorpusReport, DimensionSpread

_PLOT, _TALL = 300, 100
# Between a bar and its number, and how high that is.
_GAP, _LINE = 4, 16


class Bar(NamedTuple):
    """One bar of a picture, in its units: a score or a letter, its share, and where the registry's mark stands."""

    label: str
    percent: float
    x: float
    y: float
    width: float
    height: float
    mark: float | None
    shade: str

    @property
    def above(self) -> float:
        """Where its number stands: over the bar, and over the mark where that is just there."""
        clear = self.y - _GAP
        hidden = self.mark is not None and -_GAP < self.y - self.mark < _LINE
        return round((self.mark or 0.0) - _GAP, 1) if hidden else clear


def render(report: CorpusReport) -> str:
    """The page."""
    page = _environment().get_template("corpus.html.j2")
    return page.render(report=report, tiers=list(tier_bars(report)), plot=(_PLOT, _TALL)) + "\n"


def tier_bars(report: CorpusReport) -> Iterator[Bar]:
    """The tiers, with the registry's shares as marks."""
    most = max([tier.percent for tier in report.tiers] + [tier.published or 0 for tier in report.tiers] + [1])
    for index, tier in enumerate(report.tiers):
        mark = None if tier.published is None else _TALL * (1 - tier.published / most)
        yield _bar(index, len(report.tiers), tier.letter, tier.percent, most, tier_class(tier.letter), mark)


def score_bars(spread: DimensionSpread) -> list[Bar]:
    """The five scores of a dimension."""
    scored = sum(spread.counts) or 1
    shares = [100 * count / scored for count in spread.counts]
    return [
        _bar(index, 5, str(index + 1), share, max([*shares, 1]), f"s{index + 1}") for index, share in enumerate(shares)
    ]


def _bar(  # noqa: PLR0913, PLR0917 - a bar's place in its picture
    index: int, count: int, label: str, percent: float, most: float, shade: str, mark: float | None = None
) -> Bar:
    step = _PLOT / count
    height = _TALL * percent / most
    return Bar(
        label,
        percent,
        round(index * step + step * 0.12, 1),
        round(_TALL - height, 1),
        round(step * 0.76, 1),
        round(height, 1),
        mark,
        shade,
    )


def mean_mark(value: float | None) -> float | None:
    """Where a mean stands on the axis of the five scores."""
    return None if value is None else round((value - 0.5) * _PLOT / 5, 1)


def _environment() -> Environment:
    environment = templates()
    environment.globals |= {
        "bars": score_bars,
        "mark": mean_mark,
        "short": lambda text, limit=60: clipped(folded(text), limit),
        "widest": lambda found: max((share.percent for share in found), default=1) or 1,
    }
    return environment
