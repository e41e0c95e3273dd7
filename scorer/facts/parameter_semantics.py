"""Parameters: what schema and text together tell of each parameter, and whether the schema can be followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.facts import parameter_relations as relations
from scorer.facts.parameter_coverage import (
    asked_of_parameters,
    documented_in_text,
    fully_documented,
    leaves_guessing,
    mostly_documented,
    mostly_undocumented,
    named,
    nested_undocumented,
    no_parameters,
    tells,
    undocumented,
)
from scorer.facts.parameter_words import added_stems, entries, explained, spelled
from scorer.facts.schema_faults import (
    broken_ref,
    default_breaks_schema,
    example_breaks_schema,
    invalid_schema,
    required_unknown,
)
from scorer.facts.subject import NO, Answer, Check, Subject, at
from scorer.text.words import content_stems, words

if TYPE_CHECKING:
    from scorer.models.signals import Parameter

PREFIX = "parameters"
# Keywords that say something of a value without limiting it.
_ANNOTATIONS = frozenset(
    {"description", "title", "default", "examples", "example", "deprecated", "readOnly", "writeOnly", "$comment"}
)
# What stands in a list of parameters without being one.
_NO_NAMES = frozenset(
    "none no note notes optional required returns return example examples default args kwargs params parameters input".split()
)


@asked_of_parameters
def adds_meaning(subject: Subject) -> Answer:
    """The description says something of a documented parameter that the schema's words on it, and the siblings' texts, do not."""
    for name, place in explained(subject).items():
        parameter = next(p for p in subject.parameters if p.name == name)
        if tells(parameter) and not _is_boilerplate(subject, place.start):
            known = frozenset(content_stems(parameter.description or ""))
            if len(added_stems(place.words, name) - known) >= 2:
                return subject.here(place.start, place.end, f"says more on `{name}`")
    return NO


def _is_boilerplate(subject: Subject, offset: int) -> bool:
    sentence = subject.sentence_at(offset) if subject.siblings.boilerplate else None
    return sentence is not None and " ".join(w.lower for w in words(sentence.text)) in subject.siblings.boilerplate


@asked_of_parameters
def restates_name(subject: Subject) -> Answer:
    """Documentation that only repeats the parameter's name: `limit: "the limit"`."""
    for p in subject.parameters:
        if p.description and p.description_pointer and not tells(p):
            return at(p.description_pointer, p.description, f"the words on `{p.path}` only repeat its name")
    return NO


@asked_of_parameters
def repeats_documentation(subject: Subject) -> Answer:
    """Parameters side by side with different names share their words: one cannot tell from them which is which."""
    same: dict[tuple[str, str], Parameter] = {}
    for p in subject.parameters:
        if p.description and p.description_pointer and p.is_leaf:
            first = same.setdefault((p.path[: -len(p.name)], p.description.strip()), p)
            if first.name != p.name and first.description_pointer != p.description_pointer:
                return at(p.description_pointer, p.description, f"the same words on `{first.path}` and `{p.path}`")
    return NO


@asked_of_parameters
def untyped(subject: Subject) -> Answer:
    """A parameter whose schema allows anything."""
    bare = [
        p
        for p in subject.parameters
        if p.is_leaf and not p.types and p.enum is None and p.schema.keys() <= _ANNOTATIONS
    ]
    return named(bare, "no type is given for") if bare else NO


@asked_of_parameters
def names_unknown_parameter(subject: Subject) -> Answer:
    """A list of parameters in the text has one that the schema does not define."""
    if subject.signals.truncated:
        return NO
    listed = list(entries(subject))
    known = {spelled(name) for p in subject.parameters for name in (p.name, p.path)} if listed else set()
    strange = [entry for entry in listed if spelled(entry[0].partition("[")[0]) not in known and _is_name(entry[0])]
    if not strange or len(strange) == len(listed):
        return NO
    name, start, end = strange[0]
    return subject.here(start, end, f"the schema has no `{name}`")


def _is_name(listed: str) -> bool:
    return not listed[0].isupper() and listed.lower() not in _NO_NAMES


examples_or_formats = asked_of_parameters(relations.examples_or_formats)
interactions = asked_of_parameters(relations.interactions)
values_explained = asked_of_parameters(relations.values_explained)

CHECKS: tuple[Check, ...] = (
    no_parameters,
    fully_documented,
    mostly_documented,
    undocumented,
    mostly_undocumented,
    leaves_guessing,
    documented_in_text,
    adds_meaning,
    restates_name,
    repeats_documentation,
    nested_undocumented,
    untyped,
    examples_or_formats,
    interactions,
    values_explained,
    names_unknown_parameter,
    required_unknown,
    invalid_schema,
    broken_ref,
    default_breaks_schema,
    example_breaks_schema,
)
