"""Severity: where the category starts, and the row of the rules that moves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.circumstances import CIRCUMSTANCES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from scorer.models.risk import Severity
    from scorer.models.risk_rules import Condition
    from scorer.risk.category import Verdict
    from scorer.risk.subject import Subject


def severity(subject: Subject, verdict: Verdict, signals: Collection[str]) -> tuple[Severity, str]:
    """The severity, and a sentence on what moved it."""
    start = subject.rules.categories[verdict.category].severity
    level, why = _moved(subject, verdict, signals) or (verdict.finding.severity or start, verdict.finding.says)
    if level == start or not why:
        return level, f"{verdict.category} starts at {start}, and nothing here moves it."
    return level, f"{verdict.category} starts at {start}; here {why}."


def _moved(subject: Subject, verdict: Verdict, signals: Collection[str]) -> tuple[Severity, str] | None:
    """The first row that fits."""
    for row in subject.rules.severities[verdict.category]:
        if all(_holds(condition, subject, verdict, signals) is condition.holds for condition in row.when):
            return row.severity, row.because
    return None


def _holds(condition: Condition, subject: Subject, verdict: Verdict, signals: Collection[str]) -> bool:
    if condition.kind == "signal":
        return condition.name in signals
    return _KINDS[condition.kind](condition.name, subject, verdict)


def _verb(name: str, subject: Subject, verdict: Verdict) -> bool:
    act = verdict.finding.act
    return act is not None and act.verb in subject.rules.words[name]


def _object(name: str, subject: Subject, verdict: Verdict) -> bool:
    act = verdict.finding.act
    return act is not None and not subject.rules.words[name].isdisjoint(act.objects)


def _about(name: str, subject: Subject, verdict: Verdict) -> bool:
    return _object(name, subject, verdict) or not subject.rules.words[name].isdisjoint(subject.name_parts)


def _argument(name: str, subject: Subject, _verdict: Verdict) -> bool:
    return next(subject.named(name, subject.top), None) is not None


def _text(name: str, subject: Subject, _verdict: Verdict) -> bool:
    return subject.says(name)


def _ruling(name: str, _subject: Subject, verdict: Verdict) -> bool:
    return verdict.finding.ruling == name


def _by(name: str, _subject: Subject, verdict: Verdict) -> bool:
    """`act`: what the tool does by itself, as its words say."""
    finding = verdict.finding
    return (not finding.opening and finding.act is not None) if name == "act" else finding.opening == name


def _is(name: str, subject: Subject, verdict: Verdict) -> bool:
    return CIRCUMSTANCES[name](subject, verdict)


_KINDS: dict[str, Callable[[str, Subject, Verdict], bool]] = {
    "verb": _verb,
    "object": _object,
    "about": _about,
    "argument": _argument,
    "text": _text,
    "ruling": _ruling,
    "by": _by,
    "is": _is,
}
