"""A rule for one tool, before it is written in a format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from scorer.models.risk import Category, Severity
    from scorer.models.risk_rules import Rate

Stance = Literal["allow", "ask", "deny", "hide"]
# What is asked of an argument: that it is absent, given, at most or at least a number, one of some values, begins with one of some
# texts, or is not true.
Test = Literal["absent", "given", "at_most", "at_least", "one_of", "prefix", "not_true"]


class Bound(NamedTuple):
    """What one argument must be.

    path: with dots, below `args.`. values: for `one_of` and `prefix`; () fails closed until a person fills it in. number: for `at_most`
    and `at_least`. fill: what a person has to fill in, "" for a bound that is complete. message: what the agent is told.
    """

    path: str
    test: Test
    message: str
    values: tuple[object, ...] = ()
    number: float | None = None
    fill: str = ""


class ToolRule(NamedTuple):
    """What is recommended for one tool. input_hash: of the definition it was made for. message: why it is denied or hidden."""

    tool: str
    input_hash: str
    category: Category
    severity: Severity
    stance: Stance
    message: str = ""
    bounds: tuple[Bound, ...] = ()
    limits: tuple[Rate, ...] = ()

    @property
    def placeholders(self) -> tuple[str, ...]:
        """What a person must fill in before the rule allows anything."""
        return tuple(f"{self.tool}: args.{bound.path}: {bound.fill}" for bound in self.bounds if bound.fill)


def effect(rule: ToolRule) -> str:
    """What a rule means, in a sentence."""
    if rule.stance == "hide":
        return f"{rule.tool} is out of the agent's sight, and a call of it is denied. {rule.message}"
    if rule.stance == "deny":
        return f"{rule.tool} is denied always. {rule.message}"
    parts = [bound.message.rstrip(".") for bound in rule.bounds]
    rates = " and ".join(f"{rate.calls} a{'n' if rate.window == 'hour' else ''} {rate.window}" for rate in rule.limits)
    often = f"at most {rates}" if rates else "as often as it likes"
    bounds = f"; {'; '.join(parts)}" if parts else ""
    return f"An agent may call {rule.tool} {often}{bounds}. Everything else on the server is denied unless a rule allows it."
