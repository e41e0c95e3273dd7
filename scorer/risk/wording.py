"""Signals about the text itself: orders to the agent, traps, and silence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.risk.cues import cue
from scorer.risk.subject import Said, is_negated, of_words
from scorer.text.poison import poisons
from scorer.text.words import split_identifier

if TYPE_CHECKING:
    from scorer.risk.category import Verdict
    from scorer.risk.subject import Subject


def steering(subject: Subject, _verdict: Verdict) -> Said | None:
    return cue(subject, "steering") or _in_parameters(subject, "steering")


def poisoning(subject: Subject, _verdict: Verdict) -> Said | None:
    """An order in any text of the definition, hidden ones too; else words that make the agent obey what it reads."""
    found = next(iter(poisons(subject.tool)), None)
    if found is not None:
        return Said(found.quote, found.pointer, found.start, found.end)
    return cue(subject, "poisoning") or _in_parameters(subject, "poisoning")


def _in_parameters(subject: Subject, signal: str) -> Said | None:
    """The first of a signal's cues in what is said of arguments."""
    rule = subject.rules.signals[signal]
    if rule.cues is None or not rule.cues.may_match(subject.parameter_keys):
        return None
    for parameter in subject.parameters:
        lower = (parameter.description or "").lower()
        match = rule.cues.pattern.search(lower)
        if match and not is_negated(lower, match.start()) and not (rule.unless and rule.unless.pattern.search(lower)):
            return of_words(parameter, match)
    return None


def thin_definition(subject: Subject, _verdict: Verdict) -> Said | None:
    """Nothing beyond the name, or a sentence that names the action the name names, with what every tool of the kind says behind it."""
    named = subject.rules.patterns["runs_named"].search(subject.description.lower())
    if named and set(split_identifier(named[1])) <= set(subject.name_parts):
        return subject.said(named.start(), named.end())
    return Said(subject.description[:80], "/description") if _repeats(subject) else None


def _repeats(subject: Subject) -> bool:
    lower, parts = subject.description.lower(), subject.name_parts
    told = set(re.findall(r"[^\W\d_]+", lower))
    known = {form for part in parts for form in (part, part.rstrip("s"), f"{part}s", f"{part}es")}
    new = told - known - subject.rules.words["no_content"]
    return not new or (len(parts) > 1 and subject.tool.name.lower() in lower and len(new) <= _FEW)


_FEW = 2
