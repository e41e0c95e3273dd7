"""What a parameter is by its name: which of the rules' patterns the whole name fits, remembered, for the same names come again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.text.words import split_identifier

if TYPE_CHECKING:
    from scorer.models.risk_rules import RiskRules
    from scorer.models.signals import Parameter

_MOST = 20_000


class _Known:
    """What has been found out for one set of rules."""

    def __init__(self) -> None:
        self.rules: RiskRules | None = None
        self.snakes: dict[str, str] = {}
        self.kinds: dict[str, frozenset[str]] = {}


_KNOWN = _Known()


def snake(name: str) -> str:
    """`outputPath`, `output-path` -> `output_path`."""
    found = _KNOWN.snakes.get(name)
    if found is None:
        if len(_KNOWN.snakes) >= _MOST:
            _KNOWN.snakes.clear()
        found = _KNOWN.snakes[name] = "_".join(split_identifier(name))
    return found


def is_named(parameter: Parameter, kind: str, rules: RiskRules) -> bool:
    """Whether a parameter's whole name fits one of the rules' patterns."""
    return kind in kinds_of(parameter.name, rules)


def kinds_of(name: str, rules: RiskRules) -> frozenset[str]:
    """The names of the patterns among the rules' parameters, and of the signals, that a parameter's name shows."""
    if _KNOWN.rules is not rules or len(_KNOWN.kinds) >= _MOST:
        _KNOWN.rules, _KNOWN.kinds = rules, {}
    found = _KNOWN.kinds.get(name)
    if found is None:
        plain = snake(name)
        own = [kind for kind, pattern in rules.parameters.items() if pattern.match(plain)]
        own += [signal.id for signal in rules.signals.values() if signal.names and signal.names.match(plain)]
        found = _KNOWN.kinds[name] = frozenset(own)
    return found
