"""The verdict: what fails, what the baseline has already, and what is let through with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from scorer.gate.findings import candidates
from scorer.models.gate import Finding, Gate, Suppression, Thresholds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.baseline import KnownServer
    from scorer.models.card import Report


class Asked(NamedTuple):
    """What is asked of one report.

    earlier: the same server in the baseline, None without one. today: decides which suppressions have expired.
    """

    thresholds: Thresholds
    suppressions: Sequence[Suppression] = ()
    earlier: KnownServer | None = None
    today: date = date.min


def judge(reports: Sequence[tuple[Report, Asked]]) -> list[Report]:
    """The reports with their verdicts. A suppression is unused when it matches in none of them."""
    verdicts = [_verdict(report, asked) for report, asked in reports]
    used = {one for _, matched in verdicts for one in matched}
    judged = []
    for (report, asked), (gate, _) in zip(reports, verdicts, strict=True):
        live = [one for one in asked.suppressions if not _expired(one, asked.today)]
        unused = tuple(one for one in live if one not in used)
        judged.append(replace(report, gate=replace(gate, unused=unused)))
    return judged


def _verdict(report: Report, asked: Asked) -> tuple[Gate, set[Suppression]]:
    live = [one for one in asked.suppressions if not _expired(one, asked.today)]
    used: set[Suppression] = set()
    findings: list[Finding] = []
    known = 0
    for candidate in candidates(report, asked.thresholds, asked.earlier):
        matching = [one for one in live if _matches(one, candidate.finding)]
        used.update(matching)
        if matching:
            findings.append(replace(candidate.finding, suppressed=matching[0].reason))
        elif candidate.fails and candidate.known:
            known += 1
        elif candidate.fails:
            findings.append(candidate.finding)
    passed = all(finding.suppressed is not None for finding in findings)
    expired = tuple(one for one in asked.suppressions if _expired(one, asked.today))
    return Gate(passed, asked.thresholds, tuple(findings), known, (), expired), used


def _matches(suppression: Suppression, finding: Finding) -> bool:
    return fnmatchcase(finding.rule, suppression.fact) and fnmatchcase(finding.tool or "", suppression.tool)


def _expired(suppression: Suppression, today: date) -> bool:
    return suppression.expires is not None and date.fromisoformat(suppression.expires) < today
