"""Whether a tool is allowed, denied or hidden, and what is asked of its arguments, by profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from scorer.risk.policies.choices import preview_only
from scorer.risk.policies.contents import sql_argument
from scorer.risk.policies.derive import bounds
from scorer.risk.policies.often import limits
from scorer.risk.policies.places import narrows
from scorer.risk.policies.rule import ToolRule
from scorer.risk.policies.schema import Schema, is_list

if TYPE_CHECKING:
    from scorer.models.risk import RiskCard
    from scorer.models.risk_rules import RiskRules
    from scorer.models.signals import Signals
    from scorer.risk.policies.rule import Bound, Stance

Profile = Literal["recommended", "strict", "permissive"]
PROFILES: tuple[Profile, ...] = get_args(Profile)
Answer = tuple["Stance", str, tuple["Bound", ...]]
# What the permissive profile asks of arguments: nothing that a person must fill in.
_PERMISSIVE = frozenset({"not_true", "absent", "select_only"})
_UNSAFE_READS = frozenset({"arbitrary_code", "arbitrary_url", "sensitive_read", "privilege", "delegation", "steering"})


def tool_rule(name: str, signals: Signals, card: RiskCard, rules: RiskRules, profile: Profile) -> ToolRule:
    """The rule for one tool."""
    schema = Schema(name, signals, card, rules)
    stance, message, found = _PROFILES[profile](schema)
    often = limits(schema, found) if stance == "allow" else ()
    return ToolRule(name, signals.context.input_hash, card.category, card.severity, stance, message, found, often)


def _refused(schema: Schema, stance: Stance, why: str) -> Answer:
    return stance, schema.rules.policies.messages[why], ()


def _permissive(schema: Schema) -> Answer:
    """Everything but what no rule can bind and nobody gets back."""
    card = schema.card
    if "poisoning" in schema.signals:
        return _refused(schema, "hide", "hidden")
    if card.category == "Destructive" and card.severity == "critical" and sql_argument(schema) is None:
        return _refused(schema, "deny", "person")
    return "allow", "", tuple(bound for bound in bounds(schema) if not bound.fill and bound.test in _PERMISSIVE)


def _strict(schema: Schema) -> Answer:
    """Reading alone."""
    card, has = schema.card, schema.signals.keys()
    if "poisoning" in has:
        return _refused(schema, "hide", "hidden")
    if _is_unknown(schema):
        return _refused(schema, "deny", "unknown")
    if card.category == "Read" and card.severity in ("low", "medium") and not has & _UNSAFE_READS:
        return "allow", "", bounds(schema)
    return _refused(schema, "deny", "strict")


def _recommended(schema: Schema) -> Answer:
    """Everything that its arguments bind; of what is a person's, the preview alone where there is one."""
    refused = _recommended_refusal(schema)
    found = () if refused else bounds(schema)
    if refused is None and not _unbound(schema, found):
        return "allow", "", found
    stance, why = refused or ("deny", "person")
    preview = tuple(preview_only(schema)) if why in ("hidden", "person") and "poisoning" not in schema.signals else ()
    return ("allow", "", preview) if preview else _refused(schema, stance, why)


_PROFILES = {"recommended": _recommended, "strict": _strict, "permissive": _permissive}


def _is_unknown(schema: Schema) -> bool:
    """Nothing says what it does, or only its name does."""
    silent = schema.card.category == "Execute" or "thin_definition" in schema.signals
    return silent and schema.card.confidence == "low"


def _recommended_refusal(schema: Schema) -> tuple[Stance, str] | None:
    """Why no bound on arguments would do; None where one may."""
    card, has = schema.card, schema.signals
    if "poisoning" in has:
        return "hide", "hidden"
    if _is_unknown(schema):
        return "deny", "unknown"
    grants = (has.keys() & {"privilege", "approval"}) and card.severity in ("high", "critical")
    if grants or (card.category == "Read" and card.severity == "high"):
        return "hide", "hidden"
    if "arbitrary_code" in has and card.category in ("Destructive", "Execute") and sql_argument(schema) is None:
        return "deny", "code"
    if _is_whole(schema):
        return "hide", "hidden"
    return ("hide", "many") if _carries_many(schema) or _takes_paths(schema) else None


def _is_whole(schema: Schema) -> bool:
    """A whole container or an open number goes, and no argument narrows it."""
    card, opens = schema.card, {"multi_action", "destructive_option", "arbitrary_code"}
    critical = card.category == "Destructive" and card.severity == "critical"
    return critical and opens.isdisjoint(schema.signals) and not narrows(schema)


def _carries_many(schema: Schema) -> bool:
    """A required list of what is destroyed, paid or committed: no rule reaches into it."""
    many = any(p.required and is_list(p) for p in schema.top)
    return many and "bulk" in schema.signals and (schema.grave or bool(schema.of("own_branch")))


def _takes_paths(schema: Schema) -> bool:
    """A required list of paths: the tool for a single one is held to folders, and this one cannot be."""
    return any(p.required and is_list(p) for p in schema.shown_by("filesystem_path"))


def _unbound(schema: Schema, found: tuple[Bound, ...]) -> bool:
    """A loss or payment that no argument binds is a person's; a small loss is bound by its rate."""
    grave = schema.card.category == "Financial" or (
        schema.card.category == "Destructive" and schema.card.severity in ("high", "critical")
    )
    return grave and all(bound.weak for bound in found)
