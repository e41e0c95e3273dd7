"""The category: the worst act that text, parameters and values let a caller reach."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scorer.risk.acts import acts
from scorer.risk.findings import Finding, judged
from scorer.risk.openings import RUNNERS, openings
from scorer.risk.subject import Said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.risk import Category, Confidence
    from scorer.risk.subject import Subject


class Verdict(NamedTuple):
    """The category with what decided it. findings: all, the worst first. base: what the tool does when no option is set."""

    category: Category
    confidence: Confidence
    finding: Finding
    findings: tuple[Finding, ...]
    base: Finding | None


_LEVELS = {"critical": 0, "high": 1, "medium": 2, "low": 3}


def decide(subject: Subject) -> Verdict:
    """The category of a tool. Nothing known is Execute, with low confidence."""
    rules = subject.rules
    order = {name: at for at, name in enumerate(rules.categories)}

    def rank(finding: Finding) -> tuple[int, int]:
        return order[finding.category], _LEVELS[finding.severity or rules.categories[finding.category].severity]

    own = [found for found in (judged(act, rules) for act in acts(subject)) if found is not None]
    own = [_returned(subject, found) for found in own] or _noun(subject)
    if own and own[0].category == "Destructive":
        own = [
            found for found in own if found.category != "Destructive" or found is own[0]
        ]  # what goes with it is no greater loss
    base = min(own, key=rank, default=None)
    opened = list(openings(subject, base))
    if any(found.opening == "code" for found in opened):
        own = [found for found in own if found.act is None or found.act.verb not in RUNNERS]
    ranked = tuple(sorted([*own, *opened], key=rank))
    if not ranked:
        nothing = Finding("Execute", None, None, "nothing in it says what it does")
        return Verdict("Execute", "low", nothing, (nothing,), None)
    return Verdict(ranked[0].category, _confidence(subject, ranked[0], own), ranked[0], ranked, base)


_STORING = re.compile(r"\b(?:sav|writ|stor|creat|upload)\w*|\b(?:disk|file|directory|folder|bucket|drive)\b")


def _returned(subject: Subject, found: Finding) -> Finding:
    """An export that names no place to put it only returns text."""
    if (
        found.act is None
        or found.act.verb not in ("export", "produce", "backup", "download")
        or found.category != "Write"
    ):
        return found
    placed = next(subject.named("output", subject.top), None) or next(subject.named("saves_if_said", subject.top), None)
    if placed or _STORING.search(subject.lower[:400]):
        return found
    return found._replace(category="Read", severity=None, says="what it fetches or exports is returned")


def _noun(subject: Subject) -> list[Finding]:
    """A tool named for what it returns: `server_status`, `version`."""
    parts = subject.name_parts
    if not parts or parts[-1] not in subject.rules.words["readnoun"]:
        return []
    return [Finding("Read", None, Said(subject.tool.name, "/name"), "its name is that of what it returns")]


def _confidence(subject: Subject, decided: Finding, own: Sequence[Finding]) -> Confidence:
    """High where the text says it and nothing else, medium where a name or an option does, low where the text says nothing that is read."""
    if decided.act is None:
        return "medium"
    if decided.act.source == "name":
        return "medium" if subject.english and subject.description else "low"
    return "high" if len({finding.category for finding in own}) == 1 else "medium"
