"""Shadowing: a tool that a much cheaper sibling with the same purpose may take the calls of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from scorer.models.card import ServerScore, ShadowingRisk, ToolCard
from scorer.models.grade import ToolGrade
from scorer.models.rubric import SHADOWING_RISK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.signals import Overlap

Graded = TypeVar("Graded", ToolCard, ToolGrade)


def shadowing_risks(cards: Sequence[ToolCard | ToolGrade], overlaps: Sequence[Overlap]) -> tuple[ShadowingRisk, ...]:
    """One risk per costlier tool at most: against the dearest of its cheaper siblings, ties by name (TDQS, shadow candidates)."""
    costs = {card.name: card.context_signals.invocation_cost for card in cards}
    chosen: dict[str, ShadowingRisk] = {}
    for overlap in overlaps:
        tool = overlap.costlier
        cheaper = overlap.b if tool == overlap.a else overlap.a
        if tool is None or tool not in costs or cheaper not in costs:
            continue
        risk = ShadowingRisk(tool, cheaper, costs[tool], costs[cheaper], _reason(overlap, tool, cheaper, costs))
        if tool not in chosen or _rank(risk) < _rank(chosen[tool]):
            chosen[tool] = risk
    return tuple(chosen.values())


def flag_shadowed(cards: Sequence[Graded], server_score: ServerScore) -> tuple[Graded, ...]:
    """The cards, with the server's flag on every tool that is shadowed."""
    shadowed = {risk.tool for risk in server_score.shadowing_risks}
    return tuple(replace(card, server_flags=(SHADOWING_RISK,)) if card.name in shadowed else card for card in cards)


def _rank(risk: ShadowingRisk) -> tuple[int, bytes]:
    # Names in the order of UTF-16 code units, as the specification's reference compares them.
    return -risk.cheaper_sibling_invocation_cost, risk.cheaper_sibling.encode("utf-16-be", "surrogatepass")


def _reason(overlap: Overlap, tool: str, cheaper: str, costs: dict[str, int]) -> str:
    shared = f" ({', '.join(overlap.shared[:4])})" if overlap.shared else ""
    return (
        f"{tool} costs {costs[tool]} to call and {cheaper} {costs[cheaper]}, and their purposes overlap{shared}: "
        "an agent may settle for the cheaper call."
    )
