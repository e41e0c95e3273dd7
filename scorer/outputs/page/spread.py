"""How the tools' scores are spread, beside what the registry published."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scorer.outputs.words import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.card import DimensionText, Report, ToolCard
    from scorer.models.rubric import Corpus

_SCORES = (1, 2, 3, 4, 5)


class Bar(NamedTuple):
    """A share of the tools: how many there are, percent of all, and the registry's percent (None if not known)."""

    label: str
    tools: int
    share: int
    registry: float | None


class SpreadRow(NamedTuple):
    """A dimension: its five counts (1 to 5), how many tools are below 3, and the registry's mean and share below 3."""

    dim: DimensionText
    bars: list[Bar]
    smells: Bar
    registry_mean: float | None


class Spread(NamedTuple):
    """Tiers and scores by dimension; `corpus` is None in a report that was written without it."""

    tiers: list[Bar]
    rows: list[SpreadRow]
    corpus: Corpus | None


def spread(report: Report) -> Spread:
    """Counts over the tools that the report shows."""
    cards, corpus = shown(report), report.legend.corpus
    tiers: Counter[str] = Counter(card.tier for card in cards if card.tier)
    total = sum(tiers.values())
    published = corpus.tiers if corpus else {}
    return Spread(
        [_bar(letter, tiers[letter], total, published.get(letter)) for letter in report.legend.tiers],
        [_row(dim, cards, corpus) for dim in report.legend.dimensions],
        corpus,
    )


def _row(dim: DimensionText, cards: Sequence[ToolCard], corpus: Corpus | None) -> SpreadRow:
    counts = Counter(card.scores.get(dim.id) for card in cards)
    total = sum(counts[score] for score in _SCORES)
    below = sum(dim.id in card.smells for card in cards)
    return SpreadRow(
        dim,
        [_bar(str(score), counts[score], total, None) for score in _SCORES],
        _bar("below 3", below, total, corpus.below_three.get(dim.id) if corpus else None),
        corpus.means.get(dim.id) if corpus else None,
    )


def _bar(label: str, count: int, total: int, registry: float | None) -> Bar:
    return Bar(label, count, (200 * count + total) // (2 * total) if total else 0, registry)
