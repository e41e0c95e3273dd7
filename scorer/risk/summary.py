"""The server's risk: one sentence, counts, and the words for what occurs."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from scorer.models.risk import RiskSummary, RiskText, Severity
from scorer.text.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorer.models.risk import Category, RiskCard
    from scorer.models.risk_rules import RiskRules


def summarise(cards: Sequence[RiskCard], rules: RiskRules) -> RiskSummary:
    """The sentence and the counts for the tools of one server."""
    categories = {name: sum(card.category == name for card in cards) for name in rules.categories}
    levels = cast("tuple[Severity, ...]", get_args(Severity))[::-1]
    seen = {signal.id for card in cards for signal in card.signals}
    kinds = {name: RiskText(name, name, rule.means, rule.advice) for name, rule in rules.categories.items()}
    return RiskSummary(
        sentence=_sentence(len(cards), categories, rules),
        categories={str(name): count for name, count in categories.items()},
        severities={level: sum(card.severity == level for card in cards) for level in levels},
        category_texts={str(name): text for name, text in kinds.items()},
        signal_texts={
            name: RiskText(name, rule.label, rule.means, rule.advice)
            for name, rule in rules.signals.items()
            if name in seen
        },
    )


def _sentence(tools: int, counts: Mapping[Category, int], rules: RiskRules) -> str:
    """`27 tools: 1 moves money, 3 can destroy data, 5 change data and 18 only read.`"""
    parts = []
    for name, count in counts.items():
        one, many = rules.categories[name].counts.split(" | ")
        if count:
            parts.append(f"{count} {one if count == 1 else many}")
    listed = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
    return f"{counted(tools, 'tool')}: {listed}." if listed else "There are no tools."
