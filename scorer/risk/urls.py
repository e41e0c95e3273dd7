"""Whether a call contacts a URL or host that the caller chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.cues import names, takes_text
from scorer.risk.naming import is_named, snake
from scorer.risk.subject import of_parameter

if TYPE_CHECKING:
    from scorer.models.signals import Parameter
    from scorer.risk.category import Verdict
    from scorer.risk.subject import Said, Subject


def arbitrary_url(subject: Subject, verdict: Verdict) -> Said | None:
    for parameter in names(subject, "arbitrary_url"):
        deep = parameter.depth > 1 and "webhook" not in snake(parameter.name)
        if not deep and takes_text(parameter) and parameter.enum is None and _is_contacted(subject, parameter, verdict):
            return of_parameter(parameter)
    return None


def _is_contacted(subject: Subject, parameter: Parameter, verdict: Verdict) -> bool:
    """A URL that is only kept, shown or bound to stated hosts is not."""
    text = (parameter.description or "").lower()
    if is_named(parameter, "stored_url", subject.rules) or _is_bound(subject, text):
        return False
    if not subject.rules.words["vendor"].isdisjoint(subject.name_parts) and "webhook" not in snake(parameter.name):
        return False
    if subject.rules.patterns["makes_requests"].search(subject.lower[:300]):
        return True
    webish = subject.rules.patterns["of_web"].search(text or subject.lower[:400])
    if is_named(parameter, "maybe_url", subject.rules) and not webish:
        return False
    return verdict.category == "Execute" or _is_address(parameter, text) or _goes_there(subject, verdict)


def _is_bound(subject: Subject, text: str) -> bool:
    patterns = subject.rules.patterns
    return bool(patterns["bound_url"].search(text) or patterns["url_rule"].search(subject.lower[:1500]))


def _is_address(parameter: Parameter, text: str) -> bool:
    """Where the server connects or reports to by itself."""
    name = snake(parameter.name)
    return "connection" in name or ("webhook" in name and ("url" in name or "url" in text))


def _goes_there(subject: Subject, verdict: Verdict) -> bool:
    act = verdict.base.act if verdict.base else None
    if act is None:
        return False
    words = subject.rules.words
    if act.verb in words["contacts_web"]:
        return not words["web_thing"].isdisjoint(act.around)
    return act.verb in words["contacts"] or not words["crawled"].isdisjoint(act.objects)
