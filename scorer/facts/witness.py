"""Asks every check of the six tool dimensions, and turns answers into facts."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from scorer.facts.amount import SHARED
from scorer.facts.behavioral_transparency import CHECKS as BEHAVIOR
from scorer.facts.behavioral_transparency import TRAITS, explains_working
from scorer.facts.conciseness_structure import CHECKS as CONCISENESS
from scorer.facts.contextual_completeness import CHECKS as COMPLETENESS
from scorer.facts.contextual_completeness import returns_said
from scorer.facts.parameter_coverage import several_unexplained
from scorer.facts.parameter_semantics import CHECKS as PARAMETERS
from scorer.facts.purpose_clarity import CHECKS as PURPOSE
from scorer.facts.subject import NO, Answer, Check, Subject
from scorer.facts.usage_guidelines import CHECKS as USAGE
from scorer.facts.usage_guidelines import names_alternative, names_prerequisite, says_when, says_when_not
from scorer.models.fact import Fact, Status

if TYPE_CHECKING:
    from scorer.models.signals import Siblings, Signals
    from scorer.models.tool import Tool

# (dimension, prefix of its fact ids, its checks), in the order of the rubric.
DIMENSIONS = (
    ("purpose_clarity", "purpose", PURPOSE),
    ("usage_guidelines", "usage", USAGE),
    ("behavioral_transparency", "behavior", BEHAVIOR),
    ("parameter_semantics", "parameters", PARAMETERS),
    ("conciseness_structure", "concise", CONCISENESS),
    ("contextual_completeness", "context", COMPLETENESS),
)


def fact_id(prefix: str, check: Check) -> str:
    """`usage`, `says_when` -> `usage/says-when`."""
    return f"{prefix}/{check.__name__.replace('_', '-')}"


# (id, dimension, check, the fact to give when the answer is a plain no): most answers are no, and share one object.
_ASKED = tuple(
    (identity, dimension, check, Fact(identity, dimension, holds=False))
    for dimension, prefix, checks in DIMENSIONS
    for check in checks
    for identity in (fact_id(prefix, check),)
)


# What several dimensions ask.
_SHARED = frozenset(
    {*SHARED, *TRAITS, explains_working, returns_said, several_unexplained}
    | {says_when, says_when_not, names_alternative, names_prerequisite}
)


def examine(tool: Tool, signals: Signals, siblings: Siblings) -> tuple[Fact, ...]:
    """The answer to every question about one tool, in the order of the rubric; a check that fails becomes an error row."""
    subject = Subject(tool, signals, siblings)
    facts = []
    for identity, dimension, check, no in _ASKED:
        try:
            answer = subject.ask(check) if check in _SHARED else check(subject)
        except Exception as error:  # noqa: BLE001 - one failing check must not take the tool with it
            facts.append(Fact(identity, dimension, None, "error", f"the check failed: {type(error).__name__}"))
        else:
            facts.append(no if answer is NO else _fact(identity, dimension, answer))
    return tuple(facts)


def _fact(identity: str, dimension: str, answer: Answer) -> Fact:
    holds, quote, place, detail, status, reason, tools = answer
    if holds is None:
        return _unanswered(identity, dimension, status, reason)
    return Fact(identity, dimension, holds, status, reason, quote, place, detail, tools=tools)


@lru_cache(maxsize=4096)
def _unanswered(identity: str, dimension: str, status: Status, reason: str | None) -> Fact:
    """A fact without an answer, shared by all tools that have none for the same reason."""
    return Fact(identity, dimension, None, status, reason)
