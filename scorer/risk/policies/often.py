"""How often a tool may be called, by what a call costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.models.risk_rules import Rate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.risk.policies.rule import Bound
    from scorer.risk.policies.schema import Schema

_FETCHING = frozenset({"arbitrary_url", "sensitive_read", "arbitrary_code"})


_WINDOWS = ("minute", "hour", "day")
# Bounds under which a call only reads.
_READING = frozenset({"select_only", "is_true"})


def limits(schema: Schema, found: Sequence[Bound]) -> tuple[Rate, ...]:
    """The burst and the sustained rate of calls within these bounds."""
    usual = schema.rules.policies.rates[_cost(schema, {bound.test for bound in found})]
    return _within(usual, schema.card.stated_limit) if schema.card.category != "Read" else usual


def _within(usual: Sequence[Rate], stated: str) -> tuple[Rate, ...]:
    """The usual rates, none above what the text states for the same time or a longer one."""
    calls, _, window = stated.partition("/")
    if not calls:
        return tuple(usual)
    most = Rate(int(calls), window)
    spans = _WINDOWS[: _WINDOWS.index(window) + 1]
    found = {rate.window: min(rate.calls, most.calls) if rate.window in spans else rate.calls for rate in usual}
    found.setdefault(window, most.calls)
    return tuple(Rate(found[span], span) for span in _WINDOWS if span in found)


def _cost(schema: Schema, tests: set[str]) -> str:
    """What a call costs, as the name of a rate."""
    card, has = schema.card, schema.signals
    if tests & _READING:
        return "web"
    if card.category == "Financial":
        return "trade" if schema.of("symbol") else "money"
    if "paid_call" in has:
        return "paid"
    if card.category == "Read":
        return "web" if has.keys() & _FETCHING else "read"
    if card.category == "Write":
        return "message" if "external_recipient" in has else "small" if card.severity == "low" else "write"
    if card.category == "Execute":
        # A spent quota must never block a stop.
        return {"low": "read", "medium": "step"}.get(card.severity, "run" if "rolled" not in card.reason else "rollout")
    if "prefix" in tests:
        return "write"
    return "loss" if card.severity in ("high", "critical") else "part"
