"""Parameters beyond plain documentation: examples and formats, dependence on one another, the meaning of allowed values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.facts.parameter_words import added_stems, explained, says_something, spelled
from scorer.facts.subject import NO, Answer, Subject, at
from scorer.text.words import content_stems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.signals import Parameter

_CONCRETE = re.compile(
    r"\be\.?g\.|\bfor example\b|\bfor instance\b|\bsuch as\b|\bexamples?:|\blike ['\"`]|\biso[ -]?\d|\brfc[ -]?\d|\b(?:yyyy|hh:mm)|"
    r"\bcomma[- ]separated\b|\b(?:json|csv|xml|html|markdown|base64|uuid|regex|regular expression|glob|cron|hex|url-encoded|iana|semver|unix)\b|"
    r"\b(?:absolute|relative)(?:[- ]\w+)? path|\bin (?:milli)?(?:seconds|minutes|hours|days|bytes|pixels|points|percent|cents|meters|metres|inches|degrees)\b|"
    r"\d\s*(?:-|–|to|\.\.)\s*\d|\bbetween -?\d|\b(?:max(?:imum)?|min(?:imum)?|at (?:most|least)|up to)[: ]+-?\d|\b(?:ms|px|mm|cm|km|kg|mb|kb|utc)\b|"
    r"\b[01]-based\b|例|如",
    re.IGNORECASE,
)
_DEPENDS = re.compile(
    r"\b(?:either\b.{1,80}\bor|only (?:when|if|used|applies|valid|with|for)|ignored|mutually exclusive|cannot be (?:combined|used)|not both|"
    r"(?:required|needed|mandatory|optional) (?:if|when|unless|with|for)|requires|unless|instead of|overrides?|takes? precedence|depends on|"
    r"at least one of|exactly one|together with|combined with|must (?:also )?be (?:set|given|provided)|used (?:for|with|when|by)|"
    r"(?:if|when) .{1,40} (?:is|are) (?:not )?(?:set|given|provided|true|false|omitted|empty))\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W\d]\w*")


def examples_or_formats(subject: Subject) -> Answer:
    """A concrete example, a format, a unit or a range stands in the words on a parameter."""
    for p in subject.parameters:
        match = _CONCRETE.search(p.description) if p.description and says_something(p.description, p.name) else None
        if match and p.description_pointer:
            return at(p.description_pointer, match.group(), f"on `{p.path}`")
    for name, place in explained(subject).items():
        if match := _CONCRETE.search(subject.text, place.start, place.end):
            return subject.here(match.start(), match.end(), f"on `{name}`")
    return NO


def interactions(subject: Subject) -> Answer:
    """The words say how one parameter depends on another: which excludes, needs or overrides which."""
    names = {spelled(p.name) for p in subject.parameters}
    if len(names) < 2:
        return NO
    for p in subject.parameters:
        if p.description and p.description_pointer and _DEPENDS.search(p.description):
            others = {spelled(match.group()) for match in _TOKEN.finditer(p.description)} & names
            if others - {spelled(p.name)}:
                return at(p.description_pointer, p.description, f"on `{p.path}`")
    for start, end in _dependences(subject):
        if len(set(_marked(subject.text, start, end)) & names) > 1:
            return subject.here(start, end)
    return NO


def _dependences(subject: Subject) -> Iterator[tuple[int, int]]:
    for match in _DEPENDS.finditer(subject.text):
        sentence = subject.sentence_at(match.start())
        if sentence is not None and sentence.kind != "code":
            yield sentence.start, sentence.end


def _marked(text: str, start: int, end: int) -> Iterator[str]:
    """Words that are meant as names: in quotes, before `=`, or not plain words at all."""
    for match in _TOKEN.finditer(text, start, end):
        around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        if not match.group().islower() or "_" in match.group() or any(c in "`'\"=" for c in around):
            yield spelled(match.group())


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
    lower = words.lower()
    given = [value for value in values if re.search(rf"(?<!\w){re.escape(value.lower())}(?!\w)", lower)]
    if len(given) < 2:
        return False
    own = {s for value in values for s in content_stems(value)}
    return len(added_stems(words, parameter.name) - own) >= len(given)
