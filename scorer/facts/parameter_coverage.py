"""Which parameters an agent learns something about, from the schema's words or from the text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from scorer.facts.parameter_words import explained, says_something
from scorer.facts.subject import NO, Answer, Check, Subject, at, does_not_apply
from scorer.text.words import content_stems, name_stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.signals import Parameter

_NONE = does_not_apply("there are no parameters")
_UNKNOWN = does_not_apply("the schema is not known")
_SHOWN = 6


def asked_of_parameters(check: Check) -> Check:
    """The check, for tools that have parameters."""

    def asked(subject: Subject) -> Answer:
        if not subject.tool.schema_known:
            return _UNKNOWN
        return check(subject) if subject.parameters else _NONE

    asked.__name__, asked.__doc__ = check.__name__, check.__doc__
    return asked


def tells(parameter: Parameter) -> bool:
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
    if tells(parameter) or parameter.name in explained(subject):
        return True
    below = [] if parameter.is_leaf else _inside(subject, parameter)
    return bool(below) and 2 * sum(tells(p) or p.name in explained(subject) for p in below) > len(below)


@lru_cache(maxsize=4)
def untold(subject: Subject) -> tuple[Parameter, ...]:
    """The top-level parameters on which nothing is said; a choice of named values says enough of itself to be left out."""
    return tuple(p for p in subject.top_parameters if not _is_told(subject, p) and not speaks_for_itself(p))


def speaks_for_itself(parameter: Parameter) -> bool:
    """Whether allowed values name what they mean."""
    return parameter.enum is not None and any(isinstance(v, str) and len(v) > 2 for v in parameter.enum)


def named(parameters: Sequence[Parameter], says: str) -> Answer:
    """Yes, shown by the first parameter's name; the detail lists them."""
    shown = ", ".join(f"`{p.path}`" for p in parameters[:_SHOWN])
    more = f" and {len(parameters) - _SHOWN} more" if len(parameters) > _SHOWN else ""
    return at(parameters[0].pointer, parameters[0].name, f"{says} {shown}{more}")


def no_parameters(subject: Subject) -> Answer:
    """There is nothing to document."""
    if not subject.tool.schema_known:
        return _UNKNOWN
    return NO if subject.parameters else at("/inputSchema", "inputSchema")


@asked_of_parameters
def fully_documented(subject: Subject) -> Answer:
    """The schema's words say something of every parameter at the top level, and of most of those below."""
    top = subject.top_parameters
    if not all(map(tells, top)) or nested_undocumented(subject).holds:
        return NO
    return at(
        top[0].description_pointer or top[0].pointer, top[0].description or top[0].name, f"{len(top)} of {len(top)}"
    )


@asked_of_parameters
def mostly_documented(subject: Subject) -> Answer:
    """The schema's words say something of more than four fifths of the parameters, but not of all."""
    top = subject.top_parameters
    told = [p for p in top if tells(p)]
    return named(told, f"{len(told)} of {len(top)}:") if 0.8 * len(top) < len(told) < len(top) else NO


@asked_of_parameters
def undocumented(subject: Subject) -> Answer:
    """Neither schema nor text says anything of a parameter; its name over again is not anything."""
    missing = untold(subject)
    return named(missing, "not documented:") if missing else NO


@asked_of_parameters
def mostly_undocumented(subject: Subject) -> Answer:
    """Neither schema nor text says anything of half of the parameters or more."""
    missing, count = untold(subject), len(subject.top_parameters)
    return named(missing, f"{len(missing)} of {count}:") if missing and 2 * len(missing) >= count else NO


@asked_of_parameters
def several_unexplained(subject: Subject) -> Answer:
    """Neither schema nor text says anything of three parameters or more."""
    missing = untold(subject)
    return named(missing, "no words on") if len(missing) >= 3 else NO


@asked_of_parameters
def leaves_guessing(subject: Subject) -> Answer:
    """Nothing is said of any parameter, and some are more than names can carry: several, optional ones, or objects.

    A parameter that the first sentence speaks of is not counted: "Write content to a file" needs no more for `content`.
    """
    missing = untold(subject)
    if not missing or len(missing) < len(subject.top_parameters):
        return NO
    said = frozenset(content_stems(subject.sentences[0].text)) if subject.sentences else frozenset()
    bare = [p for p in missing if name_stems(p.name).isdisjoint(said)]
    hard = [p for p in bare if not p.required or "object" in p.types or not p.types]
    guessed = bare if len(bare) > 2 else hard
    return named(guessed, "no words on") if guessed else NO


@asked_of_parameters
def documented_in_text(subject: Subject) -> Answer:
    """The description explains more than half of the parameters that the schema leaves bare."""
    bare = [p for p in subject.top_parameters if not tells(p) and not speaks_for_itself(p)]
    told = [p for p in bare if p.name in explained(subject)]
    if 2 * len(told) <= len(bare):
        return NO
    place = explained(subject)[told[0].name]
    return subject.here(place.start, place.end, f"explains {', '.join(f'`{p.name}`' for p in told[:_SHOWN])}")


@asked_of_parameters
def nested_undocumented(subject: Subject) -> Answer:
    """More than half of the parameters inside objects and lists have no words that say something."""
    nested = [p for p in subject.parameters if p.depth > 1 and p.is_leaf and not speaks_for_itself(p)]
    bare = [p for p in nested if not tells(p) and p.name not in explained(subject)]
    return named(bare, f"{len(bare)} of {len(nested)}:") if 2 * len(bare) > len(nested) else NO
