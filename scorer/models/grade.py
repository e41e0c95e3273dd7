"""A server's numbers without its words: what a corpus keeps of every tool."""

from __future__ import annotations

from scorer.models.base import model
from scorer.models.card import Letter, ServerScore
from scorer.models.risk import RiskCard
from scorer.models.signals import ContextSignals
from scorer.models.tool import Problem


@model
class ToolGrade:
    """One tool's numbers; equal to those of its `ToolCard`, but for the reasons, fixes and quotes, which nobody builds.

    scores: the dimensions in the rubric's order, None where not measurable. tdqs, tier, complete, flags, server_flags, tokens, risk: as on the card.
    facts: ids of the facts that hold; untold: ids of those without an answer, both in the rubric's order; every other fact does not hold.
    problems: what kept parts from being graded.
    """

    name: str
    tdqs: float | None
    tier: Letter | None
    scores: tuple[int | None, ...]
    complete: bool
    flags: tuple[str, ...]
    server_flags: tuple[str, ...]
    facts: tuple[str, ...]
    untold: tuple[str, ...]
    context_signals: ContextSignals
    tokens: int
    problems: tuple[Problem, ...] = ()
    risk: RiskCard | None = None


@model
class SetGrade:
    """One server's numbers. problems: the entries that could not be graded, one each."""

    server_score: ServerScore
    tools: tuple[ToolGrade, ...]
    problems: tuple[Problem, ...] = ()
