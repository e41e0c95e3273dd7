"""A report beside an earlier one: which tools came, went, were renamed or changed, and which facts moved their scores."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scorer.gate.baseline import body_hash, telling
from scorer.models.comparison import Comparison, DimensionChange, ToolChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.models.baseline import KnownServer, KnownTool
    from scorer.models.card import Report, ToolCard
    from scorer.models.comparison import Change


def compare(report: Report, earlier: KnownServer | None, against: str, rubric_before: str) -> Comparison:
    """What changed since `earlier`; None for a server that was not there, so that all of its tools are new.

    against: the earlier document as the user named it. rubric_before: the version of the rubric that graded it.
    """
    known = earlier.tools if earlier else ()
    twins = pair(report.tools, known)
    changes = [_change(card, twin, report) for card, twin in zip(report.tools, twins, strict=True)]
    found = {id(twin) for twin in twins if twin}
    score = report.server_score
    return Comparison(
        against=against,
        rubric_before=rubric_before,
        same_rubric=rubric_before == report.rubric_version,
        overall_before=earlier.overall_score if earlier else None,
        overall_after=score.overall_score,
        tier_before=earlier.overall_tier if earlier else None,
        tier_after=score.overall_tier,
        tokens_before=earlier.tokens if earlier else 0,
        tokens_after=report.tokens,
        tools=(*changes, *(_removed(tool) for tool in known if id(tool) not in found)),
        server_dimensions=tuple(_server_dimensions(report, earlier)) if earlier else (),
    )


def pair(cards: Sequence[ToolCard], known: Sequence[KnownTool]) -> list[KnownTool | None]:
    """What each card was: the tool of its name, else one of the same body whose name is gone; each is taken once."""
    named: dict[str, list[KnownTool]] = defaultdict(list)
    for tool in reversed(known):
        named[tool.name].append(tool)
    twins = [named[card.name].pop() if named[card.name] else None for card in cards]
    gone: dict[str, list[KnownTool]] = defaultdict(list)
    for tool in (one for tools in named.values() for one in tools):
        gone[tool.body_hash].append(tool)
    for index, (card, twin) in enumerate(zip(cards, twins, strict=True)):
        left = gone.get(body_hash(card.definition)) if twin is None and gone else None
        # Two bare tools alike say nothing about which became which.
        twins[index] = left.pop() if left and len(left) == 1 else twin
    return twins


def _change(card: ToolCard, twin: KnownTool | None, report: Report) -> ToolChange:
    if twin is None:
        return ToolChange(card.name, "added", tdqs_after=card.tdqs, tier_after=card.tier, tokens_after=card.tokens)
    return ToolChange(
        name=card.name,
        change=_kind(card, twin),
        was=twin.name if twin.name != card.name else None,
        tdqs_before=twin.tdqs,
        tdqs_after=card.tdqs,
        tier_before=twin.tier,
        tier_after=card.tier,
        tokens_before=twin.tokens,
        tokens_after=card.tokens,
        dimensions=tuple(_dimensions(card, twin, report)),
        severity_before=twin.severity,
    )


def _kind(card: ToolCard, twin: KnownTool) -> Change:
    if twin.name != card.name:
        return "renamed"
    return "unchanged" if twin.input_hash == card.context_signals.input_hash else "changed"


def _dimensions(card: ToolCard, twin: KnownTool, report: Report) -> Iterator[DimensionChange]:
    of = {fact.id: fact.dimension for fact in card.facts}
    now, before = set(telling(card.facts, report)), set(twin.facts or ())
    for dimension, score in card.scores.items():
        if score != twin.scores.get(dimension):
            own = {fact for fact in now | before if of.get(fact) == dimension} if twin.facts is not None else set()
            began, ceased = sorted((now - before) & own), sorted((before - now) & own)
            yield DimensionChange(dimension, twin.scores.get(dimension), score, tuple(began), tuple(ceased))


def _server_dimensions(report: Report, earlier: KnownServer) -> Iterator[DimensionChange]:
    reasons = report.server_score.coherence_justifications
    for dimension in report.legend.server_dimensions:
        before, reason = earlier.dimensions.get(dimension.id), reasons.get(dimension.id)
        after = reason.score if reason else None
        if before != after:
            yield DimensionChange(dimension.id, before, after)


def _removed(tool: KnownTool) -> ToolChange:
    return ToolChange(tool.name, "removed", tdqs_before=tool.tdqs, tier_before=tool.tier, tokens_before=tool.tokens)
