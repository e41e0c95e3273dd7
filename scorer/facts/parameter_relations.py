"""Parameters beyond plain documentation: examples and formats, dependence on one another, the meaning of allowed values."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from scorer.facts.parameter_words import added_stems, explained, says_something, spelled
from scorer.facts.subject import NO, Answer, Subject, at
from scorer.text.cues import Cue, text_keys
from scorer.text.words import content_stems

if TYPE_CHECKING:
    from scorer.models.signals import Parameter

_CONCRETE = Cue(
    r"""e\.?g\.? for_(example|instance) such_as examples?: like_['"`] iso[_-]?\d rfc[_-]?\d yyyy hh:mm comma[_-]separated json csv xml html markdown
    base64 uuid regex* regular_expression glob cron hex url-encoded iana semver unix (absolute|relative)([_-]\w+)?_path
    in_(milli)?(seconds|minutes|hours|days|bytes|pixels|points|percent|cents|meters|metres|inches|degrees)
    \d{1,9}\s{0,3}(-|–|to|\.\.)\s{0,3}\d between_-?\d max(imum)?:?_-?\d min(imum)?:?_-?\d at_(most|least)_-?\d up_to_-?\d ms px mm cm km kg mb kb utc \d-based"""
)
_DEPENDS = Cue(
    r"""either_.{1,80}_or only_(when|if|used|applies|valid) ignored mutually_exclusive cannot_be_(combined|used) not_both
    (required|needed|mandatory|optional)_(if|when|unless|with)* requires unless instead_of overrides? takes?_precedence depends_on at_least_one_of
    exactly_one together_with combined_with must_(also_)?be_(set|given|provided) used_(with|when)
    (if|when)_.{1,40}_(is|are)_(not_)?(set|given|provided|true|false|omitted|empty)"""
)
# A plain word that is another parameter's name is meant as one so close behind the dependence, within the sentence.
_NEAR = 25
_STOP = re.compile(r"[.;!?](?=\s|$)|\n|\)")
_QUOTED = 60
_TOKEN = re.compile(r"[^\W\d]\w*")
_VALUE = re.compile(r"\w+(?:[-./]\w+)*")


@lru_cache(maxsize=16384)
def _find(cue: Cue, words: str) -> tuple[int, int] | None:
    """Where a cue first matches; case does not count."""
    lower = words.lower()
    match = cue.pattern.search(lower) if cue.may_match(_keys(lower)) else None
    return match.span() if match and len(lower) == len(words) else None


_keys = lru_cache(maxsize=16384)(text_keys)


def examples_or_formats(subject: Subject) -> Answer:
    """A concrete example, a format, a unit or a range stands in the words on a parameter."""
    for p in subject.parameters:
        span = _find(_CONCRETE, p.description) if p.description and says_something(p.description, p.name) else None
        if span and p.description and p.description_pointer:
            return at(p.description_pointer, p.description[span[0] : _end(p.description, span[1])], f"on `{p.path}`")
    for name, place in explained(subject).items():
        if span := _find(_CONCRETE, subject.text[place.start : place.end]):
            end = min(place.end, _end(subject.text, place.start + span[1]))
            return subject.here(place.start + span[0], end, f"on `{name}`")
    return NO


def _end(words: str, at: int) -> int:
    """Where a quote that begins with a cue may stop: at the end of the clause, or after a few words."""
    stop = _STOP.search(words, at + 1, at + _QUOTED)
    return stop.start() if stop else min(len(words), at + _QUOTED)


def interactions(subject: Subject) -> Answer:
    """The words say how one parameter depends on another: which excludes, needs or overrides which."""
    if len(subject.parameters) < 2:
        return NO
    for p in subject.parameters:
        span = _find(_DEPENDS, p.description) if p.description else None
        if span and p.description and p.description_pointer:
            stop = _STOP.search(p.description, span[1], span[1] + _NEAR)
            near = (span[0], stop.start() if stop else span[1] + _NEAR)
            if _known(subject, _meant(p.description, 0, len(p.description), near)) - {spelled(p.name)}:
                return at(p.description_pointer, p.description, f"on `{p.path}`")
    for match, sentence in subject.matches(_DEPENDS):
        if len(_known(subject, _meant(subject.text, sentence.start, sentence.end, match.span()))) > 1:
            return subject.says(sentence)
    return NO


def _known(subject: Subject, meant: set[str]) -> set[str]:
    """Those of the names that are parameters."""
    return {spelled(p.name) for p in subject.parameters} & meant if meant else meant


def _meant(text: str, start: int, end: int, near: tuple[int, int]) -> set[str]:
    """Words that are meant as names: in quotes, before `=`, no plain words at all, or any word in the span `near`."""
    found = set()
    for match in _TOKEN.finditer(text, start, end):
        around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        marked = not match.group().islower() or "_" in match.group() or any(c in "`'\"=" for c in around)
        if marked or near[0] <= match.start() < near[1]:
            found.add(spelled(match.group()))
    return found


def values_explained(subject: Subject) -> Answer:
    """The words say what at least two allowed values of a parameter mean, beyond listing them."""
    for p in subject.parameters:
        values = [value for value in p.enum or () if isinstance(value, str)]
        if len(values) > 1:
            if p.description and p.description_pointer and _explains(p.description, p, values):
                return at(p.description_pointer, p.description, f"on `{p.path}`")
            place = explained(subject).get(p.name)
            if place and _explains(place.words, p, values):
                return subject.here(place.start, place.end, f"on `{p.path}`")
    return NO


def _explains(words: str, parameter: Parameter, values: list[str]) -> bool:
    told = frozenset(_VALUE.findall(words.lower()))
    given = [value for value in values if value.lower() in told]
    if len(given) < 2:
        return False
    own = {s for value in values for s in content_stems(value)}
    return len(added_stems(words, parameter.name) - own) >= len(given)
