"""The category: the worst act that text, parameters and values let a caller reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.risk.acts import acts
from scorer.risk.corrections import corrected
from scorer.risk.findings import Finding, judged
from scorer.risk.openings import openings
from scorer.risk.returned import labelled, returned

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    own = _own(subject)
    base = min(own, key=_ranking(subject), default=None)
    opened = list(openings(subject, base))
    if any(found.opening == "code" for found in opened):
        runners = subject.rules.words["runner"]
        own = [found for found in own if found.act is None or found.act.verb not in runners]
    ranked = tuple(sorted([*own, *opened], key=_ranking(subject)))
    if not ranked:
        nothing = Finding("Execute", None, None, "nothing in it says what it does")
        return Verdict("Execute", "low", nothing, (nothing,), None)
    return Verdict(ranked[0].category, _confidence(subject, ranked[0], own), ranked[0], ranked, base)


def _own(subject: Subject) -> list[Finding]:
    """What the tool does by itself; what goes with a leading loss is no greater loss."""
    found = [one for one in (judged(act, subject.rules) for act in acts(subject)) if one is not None]
    found = [returned(subject, one) for one in found] or labelled(subject)
    if found and found[0].category == "Destructive":
        found = [one for one in found if one.category != "Destructive" or one is found[0]]
    return [corrected(subject, one) for one in found]


def _ranking(subject: Subject) -> Callable[[Finding], tuple[int, int]]:
    """The worst first: by category, then by severity."""
    categories = subject.rules.categories
    order = {name: at for at, name in enumerate(categories)}
    return lambda one: (order[one.category], _LEVELS[one.severity or categories[one.category].severity])


def _confidence(subject: Subject, decided: Finding, own: Sequence[Finding]) -> Confidence:
    """High where the text says it and nothing else, medium where a name or an option does, low where the text says nothing that is read."""
    if decided.act is None:
        return "medium"
    if decided.act.source == "name":
        return "medium" if subject.english and subject.description else "low"
    return "high" if len({finding.category for finding in own}) == 1 else "medium"
