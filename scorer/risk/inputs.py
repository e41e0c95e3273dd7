"""Signals that an argument shows: code, tasks, secrets, recipients, previews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.cues import cue, cue_in_head, names, takes_text
from scorer.risk.naming import is_named, snake
from scorer.risk.subject import of_parameter

if TYPE_CHECKING:
    from scorer.models.signals import Parameter
    from scorer.risk.category import Verdict
    from scorer.risk.subject import Said, Subject


def arbitrary_code(_subject: Subject, verdict: Verdict) -> Said | None:
    return next((finding.said for finding in verdict.findings if finding.opening == "code"), None)


def delegation(subject: Subject, verdict: Verdict) -> Said | None:
    free = next(subject.named("task", subject.top), None)
    if free is None or free.enum is not None:
        return None
    act = verdict.base.act if verdict.base else None
    return None if act and act.verb in subject.rules.words["looks_only"] else cue(subject, "delegation")


def credentials_parameter(subject: Subject, _verdict: Verdict) -> Said | None:
    for parameter in names(subject, "credentials_parameter"):
        if takes_text(parameter) and parameter.enum is None and _is_secret(subject, parameter):
            return of_parameter(parameter)
    return None


def _is_secret(subject: Subject, parameter: Parameter) -> bool:
    """A `token` may be an asset, or a place in a list."""
    patterns, text = subject.rules.patterns, (parameter.description or "").lower()
    if is_named(parameter, "vague_secret", subject.rules) and not patterns["of_secret"].search(text):
        return False
    return patterns["no_secret"].search(text) is None


def external_recipient(subject: Subject, verdict: Verdict) -> Said | None:
    if verdict.category == "Read" or verdict.finding.ruling in subject.rules.words["unsent"]:
        return None
    named = next((p for p in names(subject, "external_recipient") if _is_recipient(subject, p)), None)
    return of_parameter(named) if named is not None else cue_in_head(subject, "external_recipient", verdict)


def _is_recipient(subject: Subject, parameter: Parameter) -> bool:
    return snake(parameter.name) != "to" or not subject.rules.words["message"].isdisjoint(subject.name_parts)


def dry_run(subject: Subject, verdict: Verdict) -> Said | None:
    if verdict.category == "Read":
        return None
    rules = subject.rules
    for parameter in names(subject, "dry_run"):
        text = (parameter.description or "").lower()
        if not is_named(parameter, "vague_preview", rules) or rules.patterns["of_preview"].search(text):
            return of_parameter(parameter)
    plans = rules.words["preview_value"]
    chosen = (p for p in subject.top if any(isinstance(v, str) and snake(v) in plans for v in p.enum or ()))
    return next((of_parameter(parameter) for parameter in chosen), None)
