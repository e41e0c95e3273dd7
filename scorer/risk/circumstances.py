"""What only code can work out about a tool, for the conditions of severities."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.risk.naming import snake

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorer.models.risk_rules import Circumstance
    from scorer.risk.category import Verdict
    from scorer.risk.subject import Subject


def file_uri(subject: Subject, _verdict: Verdict | None = None) -> bool:
    """Whether a URI may name a local file."""
    return subject.rules.patterns["file_uri"].search(subject.lower[:2000]) is not None


def _dry_by_default(subject: Subject, _verdict: Verdict) -> bool:
    flags = subject.named("preview_flag", subject.top)
    return any(p.schema.get("default") is True for p in flags) or any(snake(p.name) == "apply" for p in subject.top)


def _ruled(_subject: Subject, verdict: Verdict) -> bool:
    return verdict.finding.severity is not None


def _critical(_subject: Subject, verdict: Verdict) -> bool:
    return verdict.finding.severity == "critical"


def _milder_by_default(_subject: Subject, verdict: Verdict) -> bool:
    return verdict.base is not None and verdict.base.category not in ("Destructive", "Financial")


def _destroys_all(_subject: Subject, verdict: Verdict) -> bool:
    return verdict.finding.said is not None and "destroy" in verdict.finding.said.quote


def _takes_all(_subject: Subject, verdict: Verdict) -> bool:
    """Whether the verb is followed by `all` or `every`."""
    return verdict.finding.said is not None and _ALL.match(verdict.finding.said.quote.lower()) is not None


_ALL = re.compile(r"\w+\s+(?:all|every)\b")


def _capped(subject: Subject, _verdict: Verdict) -> bool:
    return any({"maximum", "exclusiveMaximum"} & set(p.constraints) for p in subject.named("amount"))


_CHECKS: dict[Circumstance, Callable[[Subject, Verdict], bool]] = {
    "file-uri": file_uri,
    "dry-by-default": _dry_by_default,
    "ruled": _ruled,
    "critical": _critical,
    "milder-by-default": _milder_by_default,
    "destroys-all": _destroys_all,
    "takes-all": _takes_all,
    "capped": _capped,
}

CIRCUMSTANCES: Mapping[str, Callable[[Subject, Verdict], bool]] = {str(name): check for name, check in _CHECKS.items()}
