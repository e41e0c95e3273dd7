"""Parameters: what schema and text together tell of each parameter, and whether the schema can be followed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from scorer.facts import parameter_relations as relations
from scorer.facts.parameter_words import added_stems, entries, explained, says_something, spelled
from scorer.facts.schema_faults import (
    broken_ref,
    default_breaks_schema,
    example_breaks_schema,
    invalid_schema,
    required_unknown,
)
from scorer.facts.subject import NO, Answer, Check, Subject, at, does_not_apply
from scorer.text.words import content_stems, name_stems, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.signals import Parameter

PREFIX = "parameters"
_NONE = does_not_apply("there are no parameters")
_UNKNOWN = does_not_apply("the schema is not known")
_SHOWN = 6
# Keywords that say something of a value without limiting it.
_ANNOTATIONS = frozenset(
    {"description", "title", "default", "examples", "example", "deprecated", "readOnly", "writeOnly", "$comment"}
)
# What stands in a list of parameters without being one.
_NO_NAMES = frozenset(
    "none no note notes optional required returns return example examples default args kwargs params parameters input".split()
)


def _asked(check: Check) -> Check:
    """The check, for tools that have parameters."""

    def asked(subject: Subject) -> Answer:
        if not subject.tool.schema_known:
            return _UNKNOWN
        return check(subject) if subject.parameters else _NONE

    asked.__name__, asked.__doc__ = check.__name__, check.__doc__
    return asked


def _tells(parameter: Parameter) -> bool:
    """Whether the parameter's own words say something; a constant needs none."""
    if parameter.enum is not None and len(parameter.enum) == 1:
        return True
    return parameter.description is not None and says_something(parameter.description, parameter.name)


def _inside(subject: Subject, parameter: Parameter) -> list[Parameter]:
    """The leaves below a parameter."""
    below = (f"{parameter.path}.", f"{parameter.path}[", f"{parameter.path}{{")
    return [p for p in subject.parameters if p.is_leaf and p.path.startswith(below)]


def _is_told(subject: Subject, parameter: Parameter) -> bool:
    """Whether an agent learns what a top-level parameter means: from its words, from the text, or from its documented parts."""
    if _tells(parameter) or parameter.name in explained(subject):
        return True
    below = [] if parameter.is_leaf else _inside(subject, parameter)
    return bool(below) and 2 * sum(_tells(p) or p.name in explained(subject) for p in below) > len(below)


@lru_cache(maxsize=4)
def _untold(subject: Subject) -> tuple[Parameter, ...]:
    """The top-level parameters on which nothing is said; a choice of named values says enough of itself to be left out."""
    return tuple(p for p in subject.top_parameters if not _is_told(subject, p) and not _speaks_for_itself(p))


def _speaks_for_itself(parameter: Parameter) -> bool:
    return parameter.enum is not None and any(isinstance(v, str) and len(v) > 2 for v in parameter.enum)


def _named(parameters: Sequence[Parameter], says: str) -> Answer:
    """Yes, shown by the first parameter's name; the detail lists them."""
    shown = ", ".join(f"`{p.path}`" for p in parameters[:_SHOWN])
    more = f" and {len(parameters) - _SHOWN} more" if len(parameters) > _SHOWN else ""
    return at(parameters[0].pointer, parameters[0].name, f"{says} {shown}{more}")


def no_parameters(subject: Subject) -> Answer:
    """There is nothing to document."""
    if not subject.tool.schema_known:
        return _UNKNOWN
    return NO if subject.parameters else at("/inputSchema", "inputSchema")


@_asked
def fully_documented(subject: Subject) -> Answer:
    """The schema's words say something of every parameter at the top level, and of most of those below."""
    top = subject.top_parameters
    if not all(map(_tells, top)) or nested_undocumented(subject).holds:
        return NO
    return at(
        top[0].description_pointer or top[0].pointer, top[0].description or top[0].name, f"{len(top)} of {len(top)}"
    )


@_asked
def mostly_documented(subject: Subject) -> Answer:
    """The schema's words say something of more than four fifths of the parameters, but not of all."""
    top = subject.top_parameters
    told = [p for p in top if _tells(p)]
    return _named(told, f"{len(told)} of {len(top)}:") if 0.8 * len(top) < len(told) < len(top) else NO


@_asked
def undocumented(subject: Subject) -> Answer:
    """Neither schema nor text says anything of a parameter; its name over again is not anything."""
    untold = _untold(subject)
    return _named(untold, "not documented:") if untold else NO


@_asked
def mostly_undocumented(subject: Subject) -> Answer:
    """Neither schema nor text says anything of half of the parameters or more."""
    untold = _untold(subject)
    # A name said over again is half a word: the registry counts it as documentation.
    weight = sum(1 if p.description is None else 0.5 for p in untold)
    return (
        _named(untold, f"{len(untold)} of {len(subject.top_parameters)}:")
        if untold and 2 * weight >= len(subject.top_parameters)
        else NO
    )


@_asked
def leaves_guessing(subject: Subject) -> Answer:
    """Parameters of which nothing is said, not even in passing, and which a name cannot carry: several, optional ones, or objects."""
    untold = _untold(subject)
    if 2 * len(untold) < len(subject.top_parameters) or not untold:
        return NO
    said = frozenset(content_stems(subject.text))
    bare = [p for p in untold if p.description is None and name_stems(p.name).isdisjoint(said)]
    hard = [p for p in bare if not p.required or "object" in p.types or not p.types]
    guessed = bare if len(bare) > 2 else hard
    return _named(guessed, "no words on") if guessed and len(untold) == len(subject.top_parameters) else NO


@_asked
def documented_in_text(subject: Subject) -> Answer:
    """The description explains more than half of the parameters that the schema leaves bare."""
    bare = [p for p in subject.top_parameters if not _tells(p) and not _speaks_for_itself(p)]
    told = [p for p in bare if p.name in explained(subject)]
    if 2 * len(told) <= len(bare):
        return NO
    place = explained(subject)[told[0].name]
    return subject.here(place.start, place.end, f"explains {', '.join(f'`{p.name}`' for p in told[:_SHOWN])}")


@_asked
def adds_meaning(subject: Subject) -> Answer:
    """The description says something of a documented parameter that the schema's words on it, and the siblings' texts, do not."""
    for name, place in explained(subject).items():
        parameter = next(p for p in subject.parameters if p.name == name)
        if _tells(parameter) and not _is_boilerplate(subject, place.start):
            known = frozenset(content_stems(parameter.description or ""))
            if len(added_stems(place.words, name) - known) >= 2:
                return subject.here(place.start, place.end, f"says more on `{name}`")
    return NO


def _is_boilerplate(subject: Subject, offset: int) -> bool:
    sentence = subject.sentence_at(offset) if subject.siblings.boilerplate else None
    return sentence is not None and " ".join(w.lower for w in words(sentence.text)) in subject.siblings.boilerplate


@_asked
def restates_name(subject: Subject) -> Answer:
    """Documentation that only repeats the parameter's name: `limit: "the limit"`."""
    for p in subject.parameters:
        if p.description and p.description_pointer and not _tells(p):
            return at(p.description_pointer, p.description, f"the words on `{p.path}` only repeat its name")
    return NO


@_asked
def repeats_documentation(subject: Subject) -> Answer:
    """Parameters side by side with different names share their words: one cannot tell from them which is which."""
    same: dict[tuple[str, str], Parameter] = {}
    for p in subject.parameters:
        if p.description and p.description_pointer and p.is_leaf:
            first = same.setdefault((p.path[: -len(p.name)], " ".join(p.description.split()).lower()), p)
            if first.name != p.name and first.description_pointer != p.description_pointer:
                return at(p.description_pointer, p.description, f"the same words on `{first.path}` and `{p.path}`")
    return NO


@_asked
def nested_undocumented(subject: Subject) -> Answer:
    """More than half of the parameters inside objects and lists have no words that say something."""
    nested = [p for p in subject.parameters if p.depth > 1 and p.is_leaf and not _speaks_for_itself(p)]
    bare = [p for p in nested if not _tells(p) and p.name not in explained(subject)]
    return _named(bare, f"{len(bare)} of {len(nested)}:") if 2 * len(bare) > len(nested) else NO


@_asked
def untyped(subject: Subject) -> Answer:
    """A parameter whose schema allows anything."""
    bare = [
        p
        for p in subject.parameters
        if p.is_leaf and not p.types and p.enum is None and p.schema.keys() <= _ANNOTATIONS
    ]
    return _named(bare, "no type is given for") if bare else NO


@_asked
def names_unknown_parameter(subject: Subject) -> Answer:
    """A list of parameters in the text has one that the schema does not define."""
    if subject.signals.truncated:
        return NO
    known = {spelled(p.name) for p in subject.parameters} | {spelled(p.path) for p in subject.parameters}
    listed = [(spelled(name.partition("[")[0]), name, start, end) for name, start, end in entries(subject)]
    strange = [
        entry for entry in listed if entry[0] not in known and entry[1].partition(".")[0] not in known | _NO_NAMES
    ]
    if not strange or len(strange) == len(listed):
        return NO
    _, name, start, end = strange[0]
    return subject.here(start, end, f"the schema has no `{name}`")


examples_or_formats = _asked(relations.examples_or_formats)
interactions = _asked(relations.interactions)
values_explained = _asked(relations.values_explained)

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
