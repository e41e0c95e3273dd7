"""From a tool to a draft that is worth showing: asked for, checked, graded by both witnesses, and asked for once more where it falls short."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scorer import engine
from scorer.improve.applying import applied, difference
from scorer.improve.claims import unknown_claims
from scorer.judge.answers import InvalidAnswerError
from scorer.judge.drafting import Draft, draft_request, parse_draft
from scorer.judge.protocol import Judge, JudgeError
from scorer.judge.shown import safe_names
from scorer.judge.steering import speaking_name

if TYPE_CHECKING:
    from scorer.judge.panel import Panel
    from scorer.models.card import Report, ToolCard
    from scorer.models.signals import Signals
    from scorer.models.tool import Tool, ToolSet


@dataclass(frozen=True, slots=True)
class Improvement:
    """What came of it. before, after: the tool's card by both witnesses. diff: unified. refused: why the draft is not to be used, None if it is.

    draft: None where no draft came. confirm: what a person must answer, each opening with "?".
    """

    tool: Tool
    before: ToolCard
    draft: Draft | None = None
    improved: Tool | None = None
    after: ToolCard | None = None
    diff: str = ""
    confirm: tuple[str, ...] = ()
    refused: str | None = None

    @property
    def grown(self) -> int:
        """By how many tokens the definition grows."""
        return (self.after.tokens - self.before.tokens) if self.after else 0

    @property
    def gain(self) -> float:
        """By how much its TDQS rises."""
        return round((self.after.tdqs or 0) - (self.before.tdqs or 0), 1) if self.after else 0.0


class Drafter:
    """Drafts for the tools of one server. judge: writes and, through the panel, judges. source: code that implements the tool."""

    def __init__(self, tools: ToolSet, panel: Panel, judge: Judge, *, budget: int | None = None) -> None:
        self._tools, self._panel, self._judge, self._budget = tools, panel, judge, budget
        self._rules = panel.rules.draft
        self.before: Report = engine.score(tools, panel=panel)

    def improve(self, name: str, source: str = "") -> Improvement:
        """The best draft for a tool, or the last one with the reason why it is refused. Raises KeyError for a tool that is not there."""
        tools, signals = engine.measured(self._tools)
        found = next((pair for pair in zip(tools, signals, strict=True) if pair[0].name == name), None)
        card = next((card for card in self.before.tools if card.name == name), None)
        if found is None or card is None:
            raise KeyError(name)
        tool, counted = found
        code = source or "\n\n".join(reference.code for reference in tool.references)
        last = Improvement(tool, card, refused="no draft came")
        for _ in range(self._rules.rounds):
            problem = (last.refused or "") if last.draft else ""
            last = self._once(tool, counted, card, code, problem)
            if last.refused is None:
                break
        return last

    def _once(self, tool: Tool, counted: Signals, card: ToolCard, source: str, problem: str) -> Improvement:
        names = [one.name for one in self._tools.tools if one.name != tool.name]
        shown, _ = safe_names(names, filter(speaking_name, names), self._panel.rules.limits.sibling_names)
        budget = self._budget or card.tokens + self._rules.free_tokens
        request = draft_request(
            tool,
            counted,
            self._rules,
            names=shown,
            fixes=[fix.text for fix in card.fixes[:6]],
            budget=budget,
            source=source,
            problem=problem,
        )
        reserved = self._panel.clerk.purse.reserve(request)
        if reserved is None:
            return Improvement(tool, card, refused="the budget was spent")
        try:
            reply = self._judge.ask(request)
            self._panel.clerk.purse.settle(reserved, reply.usage)
            draft = parse_draft("" if reply.stop != "end" else reply.text, counted)
        except (JudgeError, InvalidAnswerError) as error:
            return Improvement(tool, card, refused=str(error))
        return self._graded(tool, card, draft, source, shown)

    def _graded(self, tool: Tool, card: ToolCard, draft: Draft, source: str, names: list[str]) -> Improvement:
        new = applied(tool, draft)
        tools = replace(self._tools, tools=tuple(new if one is tool else one for one in self._tools.tools))
        report = engine.score(tools, panel=self._panel)
        after = next(one for one in report.tools if one.name == tool.name)
        found = Improvement(
            tool,
            card,
            draft,
            new,
            after,
            difference(tool.definition, new.definition, tool.name),
            tuple(
                dict.fromkeys(f"?{text.strip().lstrip('?').strip()}"[:120] for text in draft.confirm if text.strip())
            ),
        )
        return replace(found, refused=self._refusal(found, draft, source, names))

    def _refusal(self, found: Improvement, draft: Draft, source: str, names: list[str]) -> str | None:
        known = json.dumps(found.tool.definition, ensure_ascii=False) + "\n" + source
        new = (draft.description, *(one.description for one in draft.parameters))
        unknown = unknown_claims(new, known, self._rules.claims, names)
        if unknown:
            return f"it claims what is not known: {', '.join(unknown)}"
        if found.gain <= 0:
            return (
                f"it scores no better ({found.before.tdqs} before, {found.after.tdqs if found.after else None} after)"
            )
        allowed = self._rules.free_tokens + round(10 * found.gain) * self._rules.tokens_per_tenth
        limit = min(allowed, self._budget - found.before.tokens) if self._budget else allowed
        return f"it grows by {found.grown} tokens; +{found.gain} is worth {limit}" if found.grown > limit else None
