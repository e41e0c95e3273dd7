"""The arguments of one tool by what they are, and the bounds that the rubric has words for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.risk.naming import kinds_of, snake
from scorer.risk.policies.rule import Bound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorer.models.risk import RiskCard
    from scorer.models.risk_rules import RiskRules
    from scorer.models.signals import Parameter, Signals
    from scorer.risk.policies.rule import Test

_WORD = re.compile(r"[^\W\d_]+")
_GRAVE = ("Destructive", "Financial")


class Schema:
    """What a rule can speak of: names come from the input schema and are never guessed."""

    def __init__(self, tool: str, signals: Signals, card: RiskCard, rules: RiskRules) -> None:
        self.tool, self.card, self.rules = tool, card, rules
        self.signals = {signal.id: signal for signal in card.signals}
        # A name with a dot cannot be told from a path, in any of the formats.
        self.top = tuple(p for p in signals.parameters if p.depth == 1 and "." not in p.name)
        self._inner = [p for p in signals.parameters if p.depth == 2 and "." not in p.name]
        self._kinds: dict[str, list[Parameter]] = {}
        for parameter in self.top:
            for kind in kinds_of(parameter.name, rules):
                self._kinds.setdefault(kind, []).append(parameter)

    @property
    def grave(self) -> bool:
        """Whether a call can destroy or pay."""
        return self.card.category in _GRAVE

    def of(self, *kinds: str) -> list[Parameter]:
        """The arguments whose names are of these kinds, one after the other."""
        return [parameter for kind in kinds for parameter in self._kinds.get(kind, ())]

    def shown_by(self, signal: str) -> list[Parameter]:
        """The arguments whose names show a signal that the tool has."""
        return self.of(signal) if signal in self.signals else []

    def inside(self, parameter: Parameter, kind: str) -> list[Parameter]:
        """The keys of an object whose names are of a kind."""
        own = (p for p in self._inner if p.path == f"{parameter.name}.{p.name}")
        return [p for p in own if kind in kinds_of(p.name, self.rules)]

    def bound(  # noqa: PLR0913 - a bound has that many sides
        self,
        text: str,
        parameter: Parameter,
        test: Test,
        values: Iterable[object] = (),
        number: float | None = None,
        *,
        weak: bool = False,
    ) -> Bound:
        """A bound in the words of `policies.bounds`; it is open where the words say what to fill in and no value is given."""
        words, given = self.rules.policies.bounds[text], tuple(values)
        allowed = " or ".join(str(value) for value in given) or "filled in"
        says = words.says.replace("{values}", allowed).replace("{argument}", parameter.path)
        filled = words.filled.replace("{argument}", parameter.path)
        return Bound(parameter.path, test, says, given, number, "" if given else words.fill, weak, filled)

    def says(self, parameter: Parameter, words: str) -> bool:
        """Whether a parameter's name or description has a word of a list."""
        told = {*snake(parameter.name).split("_"), *_WORD.findall((parameter.description or "").lower())}
        return not self.rules.words[words].isdisjoint(told)


def is_list(parameter: Parameter) -> bool:
    """Whether it holds many: no path reaches an element."""
    return "array" in parameter.types


def is_flag(parameter: Parameter) -> bool:
    return not parameter.types or "boolean" in parameter.types


def is_number(parameter: Parameter) -> bool:
    return not {"number", "integer"}.isdisjoint(parameter.types)


def is_text(parameter: Parameter) -> bool:
    return not parameter.types or "string" in parameter.types
