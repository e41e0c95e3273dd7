"""How a signal shows: in a name of a parameter, in the words of the description, in the sentence of an act."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.signals import Parameter
    from scorer.risk.category import Verdict
    from scorer.risk.subject import Said, Subject


def names(subject: Subject, signal: str) -> Iterator[Parameter]:
    """The parameters whose whole name shows a signal."""
    return subject.named(signal)


def cue(subject: Subject, signal: str) -> Said | None:
    """The first statement of a signal's cues, unless the text says otherwise."""
    rule = subject.rules.signals[signal]
    for match in subject.finds(rule.cues):
        if rule.unless is None or next(subject.finds(rule.unless), None) is None:
            return subject.said(match.start(), match.end())
    return None


def cue_in_head(subject: Subject, signal: str, verdict: Verdict) -> Said | None:
    """A cue in the sentence of an act, not far behind."""
    rule = subject.rules.signals[signal]
    ends = [f.said.end for f in verdict.findings if f.said and f.said.pointer == "/description" and f.said.end]
    for match in subject.finds(rule.cues):
        if (not ends or match.start() <= max(ends) + 30) and not (
            rule.unless and rule.unless.pattern.search(subject.lower, match.start(), match.end() + 20)
        ):
            return subject.said(match.start(), match.end())
    return None


def takes_text(parameter: Parameter) -> bool:
    """Whether a parameter accepts text, or a list, or says nothing of its type."""
    return not parameter.types or bool({"string", "array"}.intersection(parameter.types))
