"""What later sentences add to the one that says what a tool does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.risk.clauses import clause_acts
from scorer.risk.findings import judged
from scorer.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.risk_rules import RiskRules
    from scorer.risk.findings import Act
    from scorer.risk.subject import Subject

_THIRD = re.compile(
    r"\s*(?:(?:this|it|also|the tool|the operation|the call|then|mutating|warning)\b[\s—–:,-]*){0,3}(?:will\s+|can\s+)?(?:(?:also|permanently|optionally|automatically|completely)\s+)*([a-z]+)"
)
_LATER_KINDS = frozenset({"destroy", "money", "deliver"})


def later_acts(subject: Subject) -> Iterator[Act]:
    """Later sentences that say in the third person, or as what it will do, that something is lost, paid, sent or stored too."""
    rules = subject.rules
    for sentence in sentences(subject.description)[1:14]:
        if sentence.kind == "code" or sentence.section not in ("", "notes"):
            continue
        match = _THIRD.match(subject.lower, sentence.start, sentence.end)
        base = rules.forms.get(match.group(1)) if match else None
        if match is None or base is None or (match.group(1) == base and " will " not in f" {match.group()}"):
            continue
        if rules.kinds.get(base) in _LATER_KINDS or base in rules.words["stores_too"]:
            act = next(clause_acts(subject, match.start(1), sentence.end), None)
            if act is not None and _adds(act, rules):
                yield act._replace(source="more")


def _adds(act: Act, rules: RiskRules) -> bool:
    """Whether a later sentence tells of an act: "Writes are blocked" does not, and parts that go with it are no loss of their own."""
    if {"are", "is", "were", "must", "can", "to"} & act.objects or not act.objects:
        return False
    found = judged(act, rules)
    return found is None or found.category != "Destructive" or found.severity not in ("low", "medium")
