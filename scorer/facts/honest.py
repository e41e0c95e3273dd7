"""What is said of parameters, as far as it is evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorer.models.signals import Parameter, Signals
    from scorer.text.poison import Poison


def honest(signals: Signals, poisons: Iterable[Poison]) -> Signals:
    """The signals with what is said of each parameter only up to the first order that it gives the agent."""
    since = {one.pointer: one.since for one in poisons}
    return replace(signals, parameters=tuple(_until(parameter, since) for parameter in signals.parameters))


def _until(parameter: Parameter, since: dict[str, int]) -> Parameter:
    end = since.get(parameter.description_pointer or "")
    if end is None or parameter.description is None:
        return parameter
    return replace(parameter, description=parameter.description[:end].rstrip() or None)
