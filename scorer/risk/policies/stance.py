"""Whether a tool is allowed, denied or hidden, and how often it may be called, by profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from scorer.risk.policies.derive import Schema, bounds
from scorer.risk.policies.rule import Bound, ToolRule

if TYPE_CHECKING:
    from scorer.models.risk import RiskCard
    from scorer.models.risk_rules import Rate, RiskRules
    from scorer.models.signals import Signals
    from scorer.risk.policies.rule import Stance

Profile = Literal["recommended", "strict", "permissive"]
PROFILES: tuple[Profile, ...] = get_args(Profile)


def tool_rule(name: str, signals: Signals, card: RiskCard, rules: RiskRules, profile: Profile) -> ToolRule:
    """The rule for one tool."""
    schema = Schema(signals, card, rules)
    stance, message = _stance(schema, profile)
    found = bounds(schema) if stance == "allow" else ()
    if profile == "permissive":
        found = tuple(bound for bound in found if not bound.fill and bound.test in ("not_true", "absent"))
    if stance == "allow" and profile == "recommended" and _unbound(schema, found):
        stance, message, found = "deny", rules.policies.messages["person"], ()
    limits = _limits(schema) if stance == "allow" else ()
    return ToolRule(name, signals.context.input_hash, card.category, card.severity, stance, message, found, limits)


def _stance(schema: Schema, profile: Profile) -> tuple[Stance, str]:
    card, has, say = schema.card, schema.signals, schema.rules.policies.messages
    if "poisoning" in has:
        return "hide", say["hidden"]
    if profile == "permissive":
        return (
            ("deny", say["person"]) if card.category == "Destructive" and card.severity == "critical" else ("allow", "")
        )
    if card.category == "Execute" and card.confidence == "low":
        return "deny", say["unknown"]
    if profile == "strict":
        safe = card.category == "Read" and card.severity in ("low", "medium") and not has.keys() & _UNSAFE_READS
        return ("allow", "") if safe else ("deny", say["strict"])
    return _recommended(schema)


_UNSAFE_READS = frozenset({"arbitrary_code", "arbitrary_url", "sensitive_read", "privilege", "delegation", "steering"})


def _recommended(schema: Schema) -> tuple[Stance, str]:
    card, has, say = schema.card, schema.signals, schema.rules.policies.messages
    grants = (has.keys() & {"privilege", "approval"}) and card.severity in ("high", "critical")
    if grants or (card.category == "Read" and card.severity == "high"):
        return "hide", say["hidden"]
    if "arbitrary_code" in has and card.category in ("Destructive", "Execute"):
        return "deny", say["code"]
    if (
        card.category == "Destructive"
        and card.severity == "critical"
        and "multi_action" not in has
        and "destructive_option" not in has
    ):
        return "hide", say["hidden"]
    if card.category in ("Destructive", "Financial") and _carries_many(schema):
        return "hide", say["hidden"]
    return "allow", ""


def _carries_many(schema: Schema) -> bool:
    """A required list of what is destroyed or paid: no rule reaches into it."""
    return "bulk" in schema.signals and any(p.required and "array" in p.types for p in schema.top)


def _unbound(schema: Schema, found: tuple[Bound, ...]) -> bool:
    """A loss or payment that no argument binds is a person's; a small loss is bound by its rate."""
    card = schema.card
    if card.category == "Destructive":
        return card.severity in ("high", "critical") and not found
    return card.category == "Financial" and not found


def _limits(schema: Schema) -> tuple[Rate, ...]:
    return schema.rules.policies.rates[_cost(schema)]


def _cost(schema: Schema) -> str:
    """What a call costs, as the name of a rate."""
    card, has = schema.card, schema.signals
    if "paid_call" in has and card.category != "Financial":
        return "paid"
    if card.category == "Read":
        return "web" if has.keys() & {"arbitrary_url", "sensitive_read", "arbitrary_code"} else "read"
    if card.category == "Write":
        return "message" if "external_recipient" in has else "small" if card.severity == "low" else "write"
    if card.category == "Execute":
        # A spent quota must never block a stop.
        return {"low": "read", "medium": "step"}.get(card.severity, "run" if "rolled" not in card.reason else "rollout")
    if card.category == "Destructive":
        return "loss" if card.severity in ("high", "critical") else "part"
    return "money"
