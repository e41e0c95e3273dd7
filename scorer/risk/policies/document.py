"""A whole policy for a server, and the excerpts for a tool's card."""

from __future__ import annotations

from math import isfinite, nan
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from scorer.errors import UsageError
from scorer.models.risk import PolicyExcerpt
from scorer.risk.policies import claude_code, codex, intercept, policy_layer
from scorer.risk.policies.rule import effect
from scorer.risk.policies.stance import tool_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scorer.models.risk import RiskCard
    from scorer.models.risk_rules import RiskRules
    from scorer.models.signals import Signals
    from scorer.risk.policies.rule import Bound, ToolRule
    from scorer.risk.policies.stance import Profile

Format = Literal["policylayer", "intercept", "claude-code", "codex"]
FORMATS: tuple[Format, ...] = get_args(Format)


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
    _refuse_unknown(made, fills or {})
    made = [_filled(rule, fills or {}) for rule in made]
    unsure = {name for name, _, card in tools if card.category == "Execute" and card.confidence == "low"}
    made.sort(key=lambda rule: rule.tool not in unsure)
    placeholders = (
        tuple(text for rule in made for text in rule.placeholders) if format in ("policylayer", "intercept") else ()
    )
    hashes = {rule.tool: rule.input_hash for rule in made}
    return PolicyDocument(_written(made, server, format, profile), placeholders, hashes, tuple(_notes(made, format)))


def _written(rules: list[ToolRule], server: str, format: Format, profile: Profile) -> str:  # noqa: A002 - likewise
    if format == "policylayer":
        return policy_layer.write(rules)
    if format == "intercept":
        return intercept.write(rules)
    if format == "codex":
        return codex.write(rules, server, profile)
    return claude_code.write(rules, server, profile)


def _notes(rules: Iterable[ToolRule], format: Format) -> Iterable[str]:  # noqa: A002 - likewise
    if format in ("claude-code", "codex"):
        bound = [rule.tool for rule in rules if rule.stance == "allow" and rule.bounds]
        if bound:
            yield f"{format} knows no rules over arguments: {', '.join(bound[:5])}{' and others' if len(bound) > 5 else ''} would need some."
        yield f"{format} knows no rates."
    elif format == "policylayer" and any(rate.window == "day" for rule in rules for rate in rule.limits):
        yield "policylayer's documents show windows of a minute and an hour: limits a day are left out."


def _refuse_unknown(rules: Iterable[ToolRule], fills: Mapping[tuple[str, str], str]) -> None:
    """A value for a placeholder that is not there would be lost in silence."""
    open_ = {(rule.tool, bound.path) for rule in rules for bound in rule.bounds if bound.fill}
    for tool, path in fills:
        if (tool, path) not in open_ and not (tool == "*" and any(path == known for _, known in open_)):
            where = path if tool == "*" else f"{tool}:{path}"
            shown = ", ".join(sorted(f"{name}:{known}" for name, known in open_)[:8]) or "none"
            raise UsageError(f"there is no placeholder {where} to fill in", f"Open here: {shown}.")


def _filled(rule: ToolRule, fills: Mapping[tuple[str, str], str]) -> ToolRule:
    return rule._replace(bounds=tuple(_fill(rule.tool, bound, fills) for bound in rule.bounds))


def _fill(tool: str, bound: Bound, fills: Mapping[tuple[str, str], str]) -> Bound:
    given = fills.get((tool, bound.path), fills.get(("*", bound.path)))
    if given is None or not bound.fill:
        return bound
    if bound.test in ("one_of", "prefix"):
        return bound._replace(values=tuple(part.strip() for part in given.split(",") if part.strip()), fill="")
    low, _, high = given.rpartition("..")
    number = _number(low if bound.test == "at_least" else high, bound.path)
    return bound._replace(number=int(number) if number.is_integer() else number, fill="")


def _number(text: str, path: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = nan
    if not isfinite(number):
        raise UsageError(f"{path} needs a number, not {text[:40]!r}", "Give one such as 5000, or two as 1..5000.")
    return number


def excerpts(tool: str, signals: Signals, card: RiskCard, rules: RiskRules) -> tuple[PolicyExcerpt, ...]:
    """The recommended rule for one tool alone, in the two formats that can say it whole."""
    rule = tool_rule(tool, signals, card, rules, "recommended")
    means, open_ = effect(rule), rule.placeholders
    return tuple(
        PolicyExcerpt(name, "recommended", write([rule]), means, open_)
        for name, write in (("policylayer", policy_layer.write), ("intercept", intercept.write))
    )
