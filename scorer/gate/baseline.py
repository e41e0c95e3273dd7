"""What a baseline remembers of a report, and which of its servers a report is compared with."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from scorer.models.baseline import Baseline, KnownServer, KnownTool
from scorer.models.card import Report, Reports

if TYPE_CHECKING:
    from scorer.models.card import ToolCard
    from scorer.models.fact import Fact
    from scorer.models.tool import JsonObject


def of_reports(document: Report | Reports) -> Baseline:
    """What is kept of a report, or of several."""
    reports = document.servers if isinstance(document, Reports) else (document,)
    return Baseline(reports[0].rubric_version if reports else "", tuple(_server(report) for report in reports))


def earlier_server(baseline: Baseline, report: Report) -> KnownServer | None:
    """The server of the baseline that the report is about: of the same name, else the only one, if they have a tool in common."""
    named = next((server for server in baseline.servers if server.name == report.server.name), None)
    if named is not None or len(baseline.servers) != 1:
        return named
    only = baseline.servers[0]
    known = {tool.name for tool in only.tools} | {tool.body_hash for tool in only.tools}
    shared = any(card.name in known or body_hash(card.definition) in known for card in report.tools)
    return only if shared or not only.tools else None


def body_hash(definition: JsonObject) -> str:
    """16 hexadecimal digits for a definition without its name and title, the order of keys aside."""
    body = {key: value for key, value in definition.items() if key not in ("name", "title")}
    text = json.dumps(body, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def telling(facts: tuple[Fact, ...], report: Report) -> tuple[str, ...]:
    """Ids of the facts that hold and say something for or against: those with points, and every defect."""
    texts = report.legend.facts
    held = (fact for fact in facts if fact.holds)
    return tuple(
        sorted(f.id for f in held if f.points or (f.id in texts and texts[f.id].kind == "defect")),
    )


def _server(report: Report) -> KnownServer:
    score = report.server_score
    dimensions = {dim.id: _coherence(report, dim.id) for dim in report.legend.server_dimensions}
    tools = tuple(_tool(card, report) for card in report.tools)
    return KnownServer(
        report.server.name,
        score.overall_score,
        score.overall_tier,
        report.tokens,
        dimensions,
        tools,
        telling(report.server_facts, report),
    )


def _coherence(report: Report, dimension: str) -> int | None:
    reason = report.server_score.coherence_justifications.get(dimension)
    return reason.score if reason else None


def _tool(card: ToolCard, report: Report) -> KnownTool:
    return KnownTool(
        name=card.name,
        input_hash=card.context_signals.input_hash,
        body_hash=body_hash(card.definition),
        tdqs=card.tdqs,
        tier=card.tier,
        tokens=card.tokens,
        scores=dict(card.scores),
        facts=telling(card.facts, report),
        severity=card.risk.severity if card.risk else None,
    )
