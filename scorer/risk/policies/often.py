"""How often a tool may be called, by what a call costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.risk_rules import Rate
    from scorer.risk.policies.rule import Bound
    from scorer.risk.policies.schema import Schema

_FETCHING = frozenset({"arbitrary_url", "sensitive_read", "arbitrary_code"})


# Bounds under which a call only reads.
_READING = frozenset({"select_only", "is_true"})


def limits(schema: Schema, found: Sequence[Bound]) -> tuple[Rate, ...]:
    """The burst and the sustained rate of calls within these bounds."""
    return schema.rules.policies.rates[_cost(schema, {bound.test for bound in found})]


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
