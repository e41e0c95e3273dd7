"""A whole policy for a server, and the excerpts for a tool's card."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.models.risk import PolicyExcerpt
from scorer.risk.policies import claude_code, codex, intercept, policy_layer
from scorer.risk.policies.fill import filled
from scorer.risk.policies.notes import notes
from scorer.risk.policies.rule import effect
from scorer.risk.policies.stance import tool_rule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorer.models.risk import RiskCard
    from scorer.models.risk_rules import RiskRules, SqlRules
    from scorer.models.signals import Signals
    from scorer.risk.policies.rule import Format, ToolRule
    from scorer.risk.policies.stance import Profile


class PolicyDocument(NamedTuple):
    """A policy and what belongs beside it.

    text: the document. placeholders: what a person must fill in. hashes: the `inputHash` of the definition that each rule was made for.
    notes: what the format cannot say.
    """

    text: str
    placeholders: tuple[str, ...]
    hashes: dict[str, str]
    notes: tuple[str, ...]


def policy(  # noqa: PLR0913 - a document has that many sides
    server: str,
    tools: Sequence[tuple[str, Signals, RiskCard]],
    rules: RiskRules,
    *,
    format: Format,  # noqa: A002 - the option's name
    profile: Profile = "recommended",
    fills: Mapping[tuple[str, str], str] | None = None,
) -> PolicyDocument:
    """The default-deny document for a whole server. Tools whose effect cannot be told come first, for a person to look at.

    fills: what a person filled in, by tool ("*" for all) and argument: a number, or values with commas between.
    """
    made = [tool_rule(name, signals, card, rules, profile) for name, signals, card in tools]
    made = filled(made, fills or {})
    unsure = {name for name, _, card in tools if card.category == "Execute" and card.confidence == "low"}
    made.sort(key=lambda rule: rule.tool not in unsure)
    placeholders = (
        tuple(text for rule in made for text in _said(rule, format).placeholders)
        if format in ("policylayer", "intercept")
        else ()
    )
    hashes = {rule.tool: rule.input_hash for rule in made}
    text = _written(made, server, format, profile, rules.policies.sql)
    return PolicyDocument(text, placeholders, hashes, tuple(notes(made, format)))


def _said(rule: ToolRule, format: Format) -> ToolRule:  # noqa: A002 - likewise
    """As much of a rule as a format can say."""
    return rule.without(policy_layer.UNSAID) if format == "policylayer" else rule


def _written(rules: list[ToolRule], server: str, format: Format, profile: Profile, sql: SqlRules) -> str:  # noqa: A002 - likewise
    if format == "policylayer":
        return policy_layer.write(rules, sql)
    if format == "intercept":
        return intercept.write(rules)
    if format == "codex":
        return codex.write(rules, server, profile)
    return claude_code.write(rules, server, profile)


def excerpts(tool: str, signals: Signals, card: RiskCard, rules: RiskRules) -> tuple[PolicyExcerpt, ...]:
    """The recommended rule for one tool alone, in the two formats that can say it whole."""
    rule = tool_rule(tool, signals, card, rules, "recommended")
    layer = _said(rule, "policylayer")
    texts = (policy_layer.write([layer], rules.policies.sql), intercept.write([rule]))
    return tuple(
        PolicyExcerpt(shape, "recommended", text, effect(said), said.placeholders)
        for shape, text, said in zip(("policylayer", "intercept"), texts, (layer, rule), strict=True)
    )
