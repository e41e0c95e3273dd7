"""Gates on risk: what a tool can do, beside what its annotations claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.errors import UsageError
from scorer.gate.wording import tool_place
from scorer.models.gate import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scorer.models.card import ToolCard
    from scorer.models.risk import RiskCard

    Rule = Callable[[RiskCard, ToolCard], bool]


def _undeclared(card: ToolCard) -> bool:
    return card.context_signals.annotation_values.destructive is not True


RULES: dict[str, tuple[Rule, str, str]] = {
    "critical-without-destructive-hint": (
        lambda risk, card: risk.severity == "critical" and _undeclared(card),
        "is critical, and its annotations do not set destructiveHint",
        "Set destructiveHint to true.",
    ),
    "destructive-without-destructive-hint": (
        lambda risk, card: risk.category == "Destructive" and _undeclared(card),
        "can destroy, and its annotations do not set destructiveHint",
        "Set destructiveHint to true.",
    ),
    "annotation-contradiction": (
        lambda risk, _card: bool(risk.conflicts),
        "has annotations that claim less than its definition shows",
        "Correct the hints, or say in the text what keeps the tool from it.",
    ),
    "unknown": (
        lambda risk, _card: risk.category == "Execute" and risk.confidence == "low",
        "does not say what it does",
        "Open the description with a verb and what it acts on.",
    ),
    "critical": (
        lambda risk, _card: risk.severity == "critical",
        "is critical",
        "Bound what a caller can reach: an argument, a limit, a confirmation by a person.",
    ),
    "high": (
        lambda risk, _card: risk.severity in ("high", "critical"),
        "is of high severity or worse",
        "Bound what a caller can reach, or split the tool.",
    ),
}


def risk_rules(given: Sequence[str], signals: Sequence[str]) -> tuple[str, ...]:
    """The rules asked for: names of `RULES` and ids of signals, with - or _. Raises UsageError for an unknown one."""
    known = list(dict.fromkeys([*RULES, *(signal.replace("_", "-") for signal in signals)]))
    asked = tuple(dict.fromkeys(name.strip().replace("_", "-") for name in given))
    for name in asked:
        if name not in known:
            raise UsageError(f"--fail-on-risk {name[:60]!r} is no rule", f"There are {', '.join(known)}.")
    return asked


def risk_findings(card: ToolCard, asked: Sequence[str]) -> Iterator[Finding]:
    """What speaks against a tool by these rules; nothing where its risk was not read."""
    if card.risk is None:
        return
    held = {signal.id.replace("_", "-"): signal for signal in card.risk.signals}
    for name in asked:
        if name in RULES:
            fires, says, fix = RULES[name]
            if fires(card.risk, card):
                message = f"{card.name} {says} ({card.risk.category}, {card.risk.severity}). {card.risk.reason}"
                yield Finding(f"risk/{name}", message, card.name, fix, tool_place(card, ""))
        elif name in held:
            quote = f': "{held[name].quote}"' if held[name].quote else ""
            message = f"{card.name} has the risk signal {name}{quote}"
            yield Finding(f"risk/{name}", message, card.name, "", tool_place(card, ""))
