"""The facts of a whole server: every check of the four server dimensions, one answer each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.facts import completeness, disambiguation, naming_consistency, tool_count_appropriateness
from scorer.facts.set_subject import SetSubject
from scorer.facts.witness import fact_id
from scorer.models.fact import Fact

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from scorer.facts.subject import Answer
    from scorer.models.signals import Overlap, Signals
    from scorer.models.tool import Tool

__all__ = ["MODULES", "SetSubject", "examine_set"]

MODULES: tuple[ModuleType, ...] = (disambiguation, naming_consistency, tool_count_appropriateness, completeness)

# (id, dimension, check), in the order in which dimensions are shown.
_ASKED = tuple(
    (fact_id(module.PREFIX, check), module.__name__.rpartition(".")[2], check)
    for module in MODULES
    for check in module.CHECKS
)


def examine_set(tools: Sequence[Tool], signals: Sequence[Signals], overlaps: Sequence[Overlap]) -> tuple[Fact, ...]:
    """The answers of all server checks, in the order of the dimensions.

    tools, signals: parallel, in the server's order. overlaps: pairs of tools that an agent may confuse.
    A check that breaks answers with status "error" and a reason; it raises nothing.
    """
    subject = SetSubject(tools, signals, overlaps)
    return tuple(_ask(subject, *asked) for asked in _ASKED)


def _ask(subject: SetSubject, identity: str, dimension: str, check: Callable[[SetSubject], Answer]) -> Fact:
    try:
        answer = check(subject)
    except Exception as error:  # noqa: BLE001 - one failing check must not take the server with it
        return Fact(identity, dimension, None, "error", f"the check failed: {type(error).__name__}")
    holds, quote, place, detail, status, reason, named = answer
    return Fact(identity, dimension, holds, status, reason, quote, place, detail, tools=named)
