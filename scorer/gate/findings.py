"""Everything that may fail a report: scores below their thresholds, scores that fell, facts that nobody wants."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from scorer.gate.comparing import pair
from scorer.gate.drops import drops
from scorer.gate.risk import risk_findings
from scorer.gate.thresholds import below
from scorer.gate.wording import grade, problem_place, tool_place
from scorer.models.gate import FAIL_UNDER, FAIL_UNDER_TOOL, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.baseline import KnownServer, KnownTool
    from scorer.models.card import Report, ToolCard
    from scorer.models.fact import Fact
    from scorer.models.gate import Thresholds


class Candidate(NamedTuple):
    """A finding before baseline and suppressions. fails: a threshold asks for it. known: the baseline has it and it did not get worse."""

    finding: Finding
    fails: bool
    known: bool


def candidates(report: Report, asked: Thresholds, earlier: KnownServer | None) -> Iterator[Candidate]:
    """Whatever speaks against a report, the server first, then tool by tool."""
    twins = pair(report.tools, earlier.tools if earlier else ())
    yield from _server(report, asked, earlier)
    yield from (Candidate(found, fails=True, known=False) for found in drops(report, asked, earlier, twins))
    for card, twin in zip(report.tools, twins, strict=True):
        yield from _tool(report, card, twin, asked)
    yield from _ungraded(report, asked)
    for fact in report.server_facts:
        if against(fact, report):
            known = earlier is not None and (fact.id in earlier.facts) is not _is_merit(fact, report)
            yield Candidate(_fact(fact, report, None), _wanted(fact, asked, report), known)


def against(fact: Fact, report: Report) -> bool:
    """Whether an answer speaks against the tool: a defect or a note that holds, a merit that is missing."""
    text = report.legend.facts.get(fact.id)
    return text is not None and fact.holds is (text.kind != "merit")


def _is_merit(fact: Fact, report: Report) -> bool:
    return report.legend.facts[fact.id].kind == "merit"


def _server(report: Report, asked: Thresholds, earlier: KnownServer | None) -> Iterator[Candidate]:
    least, score = asked.fail_under, report.server_score
    if least is None or score.overall_score is None:
        return
    if below(score.overall_score, least):
        before = earlier.overall_score if earlier else None
        known = before is not None and below(before, least) and score.overall_score >= before
        edit = report.plan.edits[0] if report.plan.edits else None
        fix = f"{edit.tool}: {edit.text}" if edit else ""
        card = next((card for card in report.tools if edit and card.name == edit.tool), None)
        message = f"{report.server.name} scores {grade(score.overall_score, score.overall_tier)}, below {least:g}"
        yield Candidate(
            Finding(FAIL_UNDER, message, None, fix, tool_place(card, edit.fact if edit else "")), True, known
        )


def _tool(report: Report, card: ToolCard, twin: KnownTool | None, asked: Thresholds) -> Iterator[Candidate]:
    least = asked.fail_under_tool
    if least is not None and card.tdqs is not None and below(card.tdqs, least):
        before = twin.tdqs if twin else None
        known = before is not None and below(before, least) and (card.tdqs >= before or _same(card, twin))
        fix = card.fixes[0] if card.fixes else None
        message = f"{card.name} scores {grade(card.tdqs, card.tier)}, below {least:g}"
        place = tool_place(card, fix.fact if fix else "")
        yield Candidate(Finding(FAIL_UNDER_TOOL, message, card.name, fix.text if fix else "", place), True, known)
    for found in risk_findings(card, asked.fail_on_risk):
        yield Candidate(found, fails=True, known=_same(card, twin))
    for fact in card.facts:
        if against(fact, report):
            yield Candidate(_fact(fact, report, card), _wanted(fact, asked, report), _known(fact, card, twin, report))


def _same(card: ToolCard, twin: KnownTool | None) -> bool:
    """Whether nobody touched the definition, so that whatever is new about it came from elsewhere."""
    return twin is not None and twin.input_hash == card.context_signals.input_hash


def _known(fact: Fact, card: ToolCard, twin: KnownTool | None, report: Report) -> bool:
    if twin is None or twin.facts is None or _same(card, twin):
        return _same(card, twin)
    return (fact.id in twin.facts) is not _is_merit(fact, report)


def _wanted(fact: Fact, asked: Thresholds, report: Report) -> bool:
    """Whether the call fails on a fact: a pattern means the defects among its facts, since no text has all merits; an id means itself."""
    if report.legend.facts[fact.id].kind != "defect":
        return fact.id in asked.fail_on
    return any(fnmatchcase(fact.id, pattern) for pattern in asked.fail_on)


def _fact(fact: Fact, report: Report, card: ToolCard | None) -> Finding:
    text = report.legend.facts[fact.id]
    subject = card.name if card else ", ".join(fact.tools[:3]) or report.server.name
    words = fact.detail or (fact.quote[:120] if fact.quote else "")
    found = f"{text.question} {'No' if text.kind == 'merit' else 'Yes'}{f' ({words})' if words and fact.holds else ''}."
    fix = next((fix.text for fix in card.fixes if fix.fact == fact.id), text.remedy) if card else text.remedy
    tool = card.name if card else (fact.tools[0] if fact.tools else None)
    return Finding(fact.id, f"{subject}: {found}", tool, fix, tool_place(card, fact.id) or fact.place)


def _ungraded(report: Report, asked: Thresholds) -> Iterator[Candidate]:
    """Entries that could not be graded at all miss every threshold."""
    for problem in report.errors if asked.fail_under_tool is not None or asked.fail_under is not None else ():
        if problem.tool is not None:
            message = f"{problem.tool} cannot be graded: {problem.message}"
            yield Candidate(Finding(FAIL_UNDER_TOOL, message, problem.tool, "", problem_place(report)), True, False)
