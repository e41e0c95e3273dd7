"""Joins the two witnesses: the judge is heard on what the heuristics answered, and the scorecard reads what both say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scorer.facts import examine
from scorer.judge.cost import added
from scorer.judge.merge import Merged, merge
from scorer.judge.prompt import digest
from scorer.judge.steering import unsteered
from scorer.models.fact import OTHER_LANGUAGE
from scorer.models.judge import JudgeCard, JudgeSummary
from scorer.scorecard import grade_tool
from scorer.signals import measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scorer.judge.answers import Vote
    from scorer.judge.panel import Heard, Opinion, Panel
    from scorer.models.card import ToolCard
    from scorer.models.fact import Fact
    from scorer.models.judge import JudgeUsage
    from scorer.models.rubric import Rubric
    from scorer.models.signals import Siblings, Signals
    from scorer.models.tool import Tool

_EDGE_SCORE = 5  # tenths beyond a whole number: where rounding changes


class Brought(NamedTuple):
    """What is brought before the judge: tools, signals and siblings in parallel."""

    tools: Sequence[Tool]
    signals: Sequence[Signals]
    siblings: Sequence[Siblings]


class Hearing:
    """A judge's opinions on one server, ready to be joined with the heuristics' facts."""

    def __init__(self, panel: Panel, rubric: Rubric, brought: Brought, *, whole: bool = True) -> None:
        """Hears the judge. whole: also on the tools as a set. Raises JudgeUnusableError."""
        self._panel, self._plain = panel, rubric
        self.rubric = _corrected(rubric, panel.price.correction if panel.price else {})
        self._kinds = {rule.id: rule.kind for d in (*rubric.tool, *rubric.server) for rule in d.facts}
        self._brought = brought
        self._heard: Heard = panel.hear(
            brought.tools, brought.signals, self._doubt, names=[one.names for one in brought.siblings], whole=whole
        )

    @property
    def version(self) -> str:
        """The rubric's version with the judge as its build: scores of different judges are scores by different rubrics."""
        panel = self._panel
        mark = digest(panel.tool.template_digest, panel.tool.rubric_digest, str([d.base for d in self.rubric.tool]))
        return f"{self._plain.version}+{panel.model}.{mark[:8]}"

    def _doubt(self, place: int, opinion: Opinion) -> bool:
        """Whether more votes are worth it: the tool stands at an edge, or the witnesses are far apart."""
        tool, signals = self._brought.tools[place], self._brought.signals[place]
        card = self._grade(place, tool, signals, examine(tool, signals, self._brought.siblings[place]), opinion)
        limits, told = self._panel.rules.limits, card.judge
        apart = [
            abs(score - before)
            for key, score in card.scores.items()
            if score is not None and (before := (told.heuristic_scores if told else {}).get(key)) is not None
        ]
        return max(apart, default=0) >= limits.differ or self._at_edge(card)

    def _at_edge(self, card: ToolCard) -> bool:
        limits = self._panel.rules.limits
        edges = [round(10 * tier.at_least) for tier in self.rubric.tiers[:-1]]
        tdqs = round(10 * (card.tdqs or 0))
        # The smell threshold in raw tenths: below it a score rounds to under `smell_below`.
        smell = 10 * self.rubric.limits.smell_below - _EDGE_SCORE
        raws = [round(10 * one.raw) for one in card.justifications.values() if one.raw is not None]
        near_tier = any(-limits.tier_edge <= tdqs - edge < limits.tier_edge for edge in edges)
        return near_tier or any(-limits.score_edge <= raw - smell < limits.score_edge for raw in raws)

    def card(self, place: int, tool: Tool, signals: Signals, facts: Sequence[Fact]) -> ToolCard:
        """The card of the tool at a place."""
        return self._grade(place, tool, signals, facts, self._heard.tools[place])

    def _grade(self, place: int, tool: Tool, signals: Signals, facts: Sequence[Fact], opinion: Opinion) -> ToolCard:
        """A tool's card by both witnesses, with what each said; by the heuristics alone where there is no vote."""
        if opinion.steered:
            facts = self._unsteered(place, tool, facts)
        plain = grade_tool(tool, signals, facts, self._plain)
        vote = opinion.vote
        if vote is None:
            return replace(plain, judge=JudgeCard("heuristics-only", opinion.problem, steered=opinion.steered))
        merged = self._merged(facts, vote, opinion)
        both = grade_tool(tool, signals, merged.facts, self.rubric)
        votes = [
            grade_tool(tool, signals, self._merged(facts, one, opinion).facts, self.rubric) for one in opinion.votes
        ]
        told = replace(
            _told(opinion, vote, merged), heuristic_scores=plain.scores, spread=_spread([v.scores for v in votes])
        )
        return replace(both, judge=told)

    def _unsteered(self, place: int, tool: Tool, facts: Sequence[Fact]) -> tuple[Fact, ...]:
        """The heuristics' facts where sentences that may be meant for a judge earn nothing: merits that hold without them, too, defects that
        hold with them or without.
        """
        clean = unsteered(tool)
        bare = {fact.id: fact for fact in examine(clean, measure(clean), self._brought.siblings[place])}
        return tuple(_stricter(fact, bare[fact.id], self._kinds.get(fact.id, "note")) for fact in facts)

    def _merged(self, facts: Sequence[Fact], vote: Vote, opinion: Opinion) -> Merged:
        return merge(facts, vote, self._kinds, self._panel.rules, opinion.steered)

    def usage(self, place: int) -> JudgeUsage:
        """What the answers on the tool at a place cost, whenever that was."""
        return added(self._heard.tools[place].usage)

    def server_facts(self, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """The facts of the set by both witnesses."""
        opinion = self._heard.server
        return self._merged(facts, opinion.vote, opinion).facts if opinion.vote else facts

    def summary(self, cards: Iterable[ToolCard], server_facts: Sequence[Fact]) -> JudgeSummary:
        """What the judge did. server_facts: the heuristics' own."""
        told = [(card.name, card.judge) for card in cards if card.judge is not None]
        judged = [one for _, one in told if one.status == "judged"]
        opinion, vote = self._heard.server, self._heard.server.vote
        server = (
            _told(opinion, vote, self._merged(server_facts, vote, opinion))
            if vote
            else JudgeCard("heuristics-only", opinion.problem)
        )
        both = [*judged, server]
        return JudgeSummary(
            model=self._panel.model,
            prompt=self._panel.tool.template_digest[:16],
            rubric=self._panel.tool.rubric_digest[:16],
            usage=self._heard.usage,
            judged=len(judged),
            heuristics_only=tuple(name for name, one in told if one.status != "judged"),
            votes=sum(one.votes for one in both),
            voided=sum(one.voided for one in both),
            disagreements=sum(len(one.disagreements) for one in both),
            server=server,
            correction=self._panel.price.correction if self._panel.price else {},
        )


def _stricter(fact: Fact, bare: Fact, kind: str) -> Fact:
    if fact.reason == OTHER_LANGUAGE:
        return bare
    if fact.holds is None or bare.holds is None or fact.holds == bare.holds or kind == "note":
        return fact
    return fact if fact.holds == (kind == "defect") else bare


def _told(opinion: Opinion, vote: Vote, merged: Merged) -> JudgeCard:
    return JudgeCard(
        "judged",
        votes=len(opinion.votes),
        reasons=dict(vote.reasons),
        voided=sum(len(one.voided) for one in opinion.votes),
        steered=opinion.steered,
        disagreements=merged.disagreements,
    )


def _spread(votes: Sequence[Mapping[str, int | None]]) -> dict[str, int]:
    """Per dimension, how far the votes' scores are apart, where they are."""
    found = {}
    for key in votes[0]:
        scores = [score for vote in votes if (score := vote[key]) is not None]
        if scores and max(scores) > min(scores):
            found[key] = max(scores) - min(scores)
    return found


def _corrected(rubric: Rubric, correction: Mapping[str, float]) -> Rubric:
    """The rubric for a model whose raw scores are to be moved: each dimension's base is, so that a reason still adds up."""
    if not correction:
        return rubric
    moved = tuple(replace(d, base=round(d.base + correction.get(d.id, 0.0), 1)) for d in rubric.tool)
    return replace(rubric, tool=moved)
