"""A rule for one tool, before it is written in a format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.risk import Category, Severity
    from scorer.models.risk_rules import Rate

Format = Literal["policylayer", "intercept", "claude-code", "codex"]
FORMATS: tuple[Format, ...] = get_args(Format)
Stance = Literal["allow", "deny", "hide"]
# What is asked of an argument: that it is absent, given, given and not blank, at most or at least a number, a text that reads as a number
# below one, in sum at most a number a day, one of some values, begins with one of some texts, a path of parts without leading dots, true,
# not true, or one SELECT.
Test = Literal[
    "absent", "given", "filled", "at_most", "at_least", "below", "total", "one_of", "prefix", "plain_path", "is_true",
    "not_true", "select_only",
]  # fmt: skip


class Bound(NamedTuple):
    """What one argument must be.

    path: with dots, below `args.`. values: for `one_of` and `prefix`; () fails closed until a person fills it in. number: for `at_most`,
    `at_least`, `below` and `total`. fill: what a person has to fill in, "" for a bound that is complete. message: what the agent is told; filled: what once
    a person has filled in, with {values} for that.
    weak: it helps, but does not bind what is lost or paid by itself.
    """

    path: str
    test: Test
    message: str
    values: tuple[object, ...] = ()
    number: float | None = None
    fill: str = ""
    weak: bool = False
    filled: str = ""

    @property
    def key(self) -> str:
        """What a person names it by to fill it in."""
        return f"{self.path}/day" if self.test == "total" else self.path


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
        return tuple(f"{self.tool}: args.{bound.key}: {bound.fill}" for bound in self.bounds if bound.fill)

    def without(self, tests: Sequence[Test]) -> ToolRule:
        """The rule in a format that has no such tests."""
        return self._replace(bounds=tuple(bound for bound in self.bounds if bound.test not in tests))


def effect(rule: ToolRule) -> str:
    """What a rule means, in a sentence or some."""
    if rule.stance == "hide":
        return f"{rule.tool} is out of the agent's sight, and a call of it is denied. {rule.message}"
    if rule.stance == "deny":
        return f"{rule.tool} is denied always. {rule.message}"
    parts = [bound.message.rstrip(".") for bound in rule.bounds]
    rates = " and ".join(f"{rate.calls} a{'n' if rate.window == 'hour' else ''} {rate.window}" for rate in rule.limits)
    often = f"at most {rates}" if rates else "as often as it likes"
    bounds = f"; {'; '.join(parts)}" if parts else ""
    return f"An agent may call {rule.tool} {often}{bounds}. Everything else on the server is denied unless a rule allows it."
