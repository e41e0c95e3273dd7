"""Whether one call can hit an open number of objects or recipients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.cues import cue_in_head
from scorer.risk.naming import is_named, snake
from scorer.risk.subject import of_parameter

if TYPE_CHECKING:
    from scorer.models.signals import Parameter
    from scorer.risk.category import Verdict
    from scorer.risk.findings import Act
    from scorer.risk.subject import Said, Subject


def bulk(subject: Subject, verdict: Verdict) -> Said | None:
    if verdict.category == "Read" or verdict.finding.ruling in subject.rules.words["one_thing"]:
        return None
    argument = _recipients(subject) or _selector(subject, verdict)
    return (
        _by_code(subject, verdict)
        or (of_parameter(argument) if argument else None)
        or cue_in_head(subject, "bulk", verdict)
        or _many(subject, verdict)
    )


def _by_code(subject: Subject, verdict: Verdict) -> Said | None:
    """Code of a kind that reaches many things at once."""
    finding = verdict.finding
    if finding.opening != "code" or verdict.category != "Destructive" or finding.said is None:
        return None
    many = subject.rules.patterns["many_by_code"].search(finding.said.quote.lower()) is not None
    return finding.said if many or subject.says("sql") else None


def _recipients(subject: Subject) -> Parameter | None:
    return next((p for p in subject.named("recipient", subject.top) if "array" in p.types), None)


def _selector(subject: Subject, verdict: Verdict) -> Parameter | None:
    """A filter that chooses how much is destroyed."""
    act = verdict.finding.act
    destroys = act is not None and subject.rules.kinds.get(act.verb) == "destroy"
    if not destroys or verdict.finding.ruling == "part-removed":
        return None
    return next(subject.named("selector", subject.top), None)


def _many(subject: Subject, verdict: Verdict) -> Said | None:
    """An array of the objects themselves."""
    base = verdict.base.act if verdict.base else None
    if base is None:
        return None
    lists = (p for p in subject.top if p.required and "array" in p.types and is_named(p, "items", subject.rules))
    return next((of_parameter(p) for p in lists if _is_of(p, base)), None)


def _is_of(parameter: Parameter, act: Act) -> bool:
    stem = snake(parameter.name).split("_")[-1].rstrip("s")
    return stem in ("id", "name", "key", "entitie") or not act.objects.isdisjoint((stem, f"{stem}s"))
