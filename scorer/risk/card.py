"""One tool's risk card."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorer.models.fact import Place
from scorer.models.risk import RiskCard, RiskSignal
from scorer.risk.category import decide
from scorer.risk.policies import excerpts
from scorer.risk.severity import severity
from scorer.risk.signals import signals as find_signals
from scorer.risk.stated import stated_limit
from scorer.risk.subject import Said, Subject

if TYPE_CHECKING:
    from scorer.models.risk_rules import RiskRules
    from scorer.models.signals import Signals
    from scorer.models.tool import Tool
    from scorer.risk.category import Verdict

_QUOTE = 160


def assess(tool: Tool, signals: Signals, rules: RiskRules, *, policies: bool = True) -> RiskCard:
    """The risk of a tool, from its definition alone. policies: whether the card carries the recommended rules."""
    subject = Subject(tool, signals, rules)
    verdict = decide(subject)
    found = find_signals(subject, verdict)
    conflicts = _conflicts(tool, verdict)
    if conflicts:
        found["annotation_contradiction"] = Said("annotations", "/annotations")
    level, why = severity(subject, verdict, found)
    card = RiskCard(
        category=verdict.category,
        confidence=verdict.confidence,
        severity=level,
        reason=_reason(verdict, rules),
        severity_reason=why,
        quote=verdict.finding.said.quote[:_QUOTE] if verdict.finding.said else None,
        place=_place(verdict.finding.said),
        signals=tuple(RiskSignal(name, said.quote[:_QUOTE], _place(said)) for name, said in found.items()),
        actions=_actions(verdict) if "multi_action" in found else (),
        conflicts=conflicts,
        stated_limit=stated_limit(subject),
    )
    return replace(card, policies=excerpts(tool.name, signals, card, rules)) if policies else card


def _place(said: Said | None) -> Place | None:
    return Place(said.pointer, said.start, said.end) if said else None


def _conflicts(tool: Tool, verdict: Verdict) -> tuple[str, ...]:
    """Where the hints claim less than the definition shows."""
    hints = tool.annotations or {}
    read_only, destructive = hints.get("readOnlyHint"), hints.get("destructiveHint")
    found = []
    if read_only is True and verdict.category != "Read":
        found.append(f"readOnlyHint is true, but the tool is {verdict.category}.")
    if destructive is False and verdict.category == "Destructive":
        found.append("destructiveHint is false, but the tool can destroy.")
    if read_only is True and destructive is True:
        found.append("readOnlyHint and destructiveHint are both true.")
    return tuple(found)


def _reason(verdict: Verdict, rules: RiskRules) -> str:
    rule, said = rules.categories[verdict.category], verdict.finding.said
    shown = f' ("{said.quote[:_QUOTE]}")' if said else ""
    because = f": {verdict.finding.says}" if verdict.finding.says else ""
    return f"From the tool's definition{shown}, a call can {rule.does}{because}."


def _actions(verdict: Verdict) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f.said.quote for f in verdict.findings if f.opening == "value" and f.said))
