"""Parameters: what the schema's words and the description tell of each parameter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.facts.roles import documents_parameter
from scorer.facts.subject import NO, OTHER_LANGUAGE, Answer, Check, Subject, at, does_not_apply
from scorer.text.cues import Cue
from scorer.text.language import is_english
from scorer.text.words import name_stems, novel_stems, stem

if TYPE_CHECKING:
    from scorer.models.signals import Parameter, SchemaFault

PREFIX = "parameters"
_DIGIT = re.compile(r"\d")
_NONE = does_not_apply("there are no parameters")
_UNKNOWN = does_not_apply("the schema is not known")

# Words that documentation may be made of and still say nothing: "The limit parameter", "value for the limit".
_FILLER = frozenset(
    stem(w)
    for w in "parameter param argument value field input option optional required identifier id ids name string number integer boolean list array object".split()
)


def _tells(parameter: Parameter) -> bool:
    """Whether a parameter's own words say something that its name does not."""
    text = parameter.description
    if not text or not text.strip():
        return False
    if novel_stems(text, name_stems(parameter.name), _FILLER) or _DIGIT.search(text):
        return True
    return len(text.strip()) > 1 and not is_english(text)


def _applies(subject: Subject) -> Answer | None:
    if not subject.tool.schema_known:
        return _UNKNOWN
    return None if subject.parameters else _NONE


def _share(subject: Subject) -> float:
    """The share of top-level parameters whose words say something, or whose allowed values do."""
    top = subject.top_parameters
    return sum(_tells(p) or bool(p.description and p.enum) for p in top) / len(top)


def no_parameters(subject: Subject) -> Answer:
    """There is nothing to document."""
    if not subject.tool.schema_known:
        return _UNKNOWN
    return NO if subject.parameters else at("/inputSchema", "inputSchema")


def fully_documented(subject: Subject) -> Answer:
    """More than four fifths of the parameters have words that say something."""
    if (skip := _applies(subject)) is not None:
        return skip
    return at(subject.top_parameters[0].pointer, subject.top_parameters[0].name) if _share(subject) > 0.8 else NO


def mostly_documented(subject: Subject) -> Answer:
    """Half of the parameters or more, but not more than four fifths."""
    if (skip := _applies(subject)) is not None:
        return skip
    return (
        at(subject.top_parameters[0].pointer, subject.top_parameters[0].name) if 0.5 <= _share(subject) <= 0.8 else NO
    )


def undocumented(subject: Subject) -> Answer:
    """A parameter has no words of its own, in the schema or in the text."""
    if (skip := _applies(subject)) is not None:
        return skip
    missing = [p for p in subject.top_parameters if not p.description and not _in_text(subject, p)]
    if not missing:
        return NO
    return at(missing[0].pointer, missing[0].name, f"not documented: {', '.join(p.path for p in missing[:6])}")


def mostly_undocumented(subject: Subject) -> Answer:
    """More than half of the parameters are documented neither in the schema nor in the text."""
    if (skip := _applies(subject)) is not None:
        return skip
    top = subject.top_parameters
    missing = [p for p in top if not _tells(p) and not _in_text(subject, p)]
    if 2 * len(missing) <= len(top):
        return NO
    return at(missing[0].pointer, missing[0].name, f"nothing is said of: {', '.join(p.path for p in missing[:6])}")


def _in_text(subject: Subject, parameter: Parameter) -> bool:
    """Whether the description says something of a parameter by its name."""
    name = parameter.name.lower()
    start = subject.lower.find(name)
    while start >= 0:
        end = start + len(name)
        whole = not subject.lower[end : end + 1].isalnum() and not (start and subject.lower[start - 1].isalnum())
        sentence = subject.sentence_at(start) if whole else None
        if sentence is not None and (len(name) > 2 or sentence.section == "args" or "`" in sentence.text):
            marked = "_" in name or sentence.section == "args" or subject.lower[start - 1 : start] in ("`", "'", '"')
            if (marked or documents_parameter(subject, sentence)) and novel_stems(
                sentence.text, name_stems(parameter.name), _FILLER
            ):
                return True
        start = subject.lower.find(name, end)
    return False


def documented_in_text(subject: Subject) -> Answer:
    """The description explains parameters that the schema leaves undocumented."""
    if (skip := _applies(subject)) is not None:
        return skip
    bare = [p for p in subject.top_parameters if not _tells(p)]
    told = [p for p in bare if _in_text(subject, p)]
    if not told or 2 * len(told) < len(bare):
        return NO
    start = subject.lower.find(told[0].name.lower())
    return subject.here(start, start + len(told[0].name), f"explains {', '.join(p.name for p in told[:6])}")


def restates_name(subject: Subject) -> Answer:
    """Documentation that only repeats the parameter's name: `limit: "limit"`."""
    if (skip := _applies(subject)) is not None:
        return skip
    for p in subject.parameters:
        if (
            p.description
            and p.description.strip()
            and p.description_pointer
            and not _tells(p)
            and is_english(p.description)
        ):
            return at(p.description_pointer, p.description, f"the words on {p.path} only repeat its name")
    return NO


def nested_undocumented(subject: Subject) -> Answer:
    """Parameters inside objects, arrays or references have no words."""
    if (skip := _applies(subject)) is not None:
        return skip
    missing = [p for p in subject.parameters if p.depth > 1 and not p.description]
    if not missing:
        return NO
    return at(missing[0].pointer, missing[0].name, f"not documented: {', '.join(p.path for p in missing[:6])}")


def untyped(subject: Subject) -> Answer:
    """A parameter whose schema allows anything."""
    if (skip := _applies(subject)) is not None:
        return skip
    for p in subject.parameters:
        if p.is_leaf and not p.types and p.enum is None and not p.nullable and not (p.schema.keys() - _WORDS):
            return at(p.pointer, p.name, f"{p.path} has no type")
    return NO


_WORDS = {"description", "title", "default", "examples", "example", "deprecated", "$comment"}
_EXAMPLE = Cue(
    r"""e\.g\. eg for_example example such_as like_['"`] format iso.?(8601|3166|4217|639)? yyyy+ comma.separated json_(array|object|string) regex url_of uuid base64 between_\d range
    \d+\s*(-|to|–)\s*\d+ max(imum)? min(imum)? at_(most|least)_\d up_to_\d default(s|:)? in_(seconds|minutes|bytes|cents|ms|milliseconds|pixels|percent|kg|km|meters|hours|days) one_of"""
)


def examples_or_formats(subject: Subject) -> Answer:
    """An example, a format, a unit or a range stands in the words on a parameter."""
    if (skip := _applies(subject)) is not None:
        return skip
    for parameter, match in subject.documentation.matches(_EXAMPLE):
        if _tells(parameter):
            words = parameter.description or ""
            return at(
                parameter.description_pointer or parameter.pointer, words[match[0] : match[1]], f"on {parameter.path}"
            )
    return NO


def text_adds_meaning(subject: Subject) -> Answer:
    """The description says something of a documented parameter beyond the schema's own words."""
    if (skip := _applies(subject)) is not None:
        return skip
    for p in subject.top_parameters:
        name = p.name.lower()
        start = subject.lower.find(name)
        sentence = (
            subject.sentence_at(start)
            if start >= 0 and ("_" in name or subject.lower[start - 1 : start] in ("`", "'", '"'))
            else None
        )
        known = novel_stems(p.description or "")
        if p.description and sentence and len(novel_stems(sentence.text, name_stems(p.name), known, _FILLER)) >= 2:
            return subject.says(sentence, f"says more on {p.name}")
    return NO


_INTERACTION = Cue(
    r"""either required_(if|when|unless|for) only_(when|if|used|applies|valid|with) ignored_(if|when|unless) mutually_exclusive cannot_be_(combined|used) together_with combined_with
    instead_of overrides? takes_precedence depends_on at_least_one_of exactly_one_of one_of_\w+_or if_\w+_is must_(also_)?be_(set|given|provided) requires_\w+_(to_be|=) unless"""
)


def interactions(subject: Subject) -> Answer:
    """How parameters depend on one another is said."""
    if (skip := _applies(subject)) is not None:
        return skip
    if len(subject.parameters) < 2:
        return NO
    for p, _ in subject.documentation.matches(_INTERACTION):
        text = p.description or ""
        if any(other.name in text for other in subject.top_parameters if other.name != p.name):
            return at(p.description_pointer or p.pointer, text, f"on {p.path}")
    for match, sentence in subject.matches(_INTERACTION):
        named = [p for p in subject.top_parameters if len(p.name) > 2 and p.name in sentence.text]
        if len(named) >= 2:
            return subject.here(match.start(), sentence.end)
    return NO


def closed_values(subject: Subject) -> Answer:
    """A choice among words is declared as an enum."""
    if (skip := _applies(subject)) is not None:
        return skip
    for p in subject.parameters:
        if p.enum is not None and len(p.enum) > 1:
            return at(p.pointer, p.name, f"{p.path} lists its values")
    return NO


def _fault(code: str) -> Check:
    def check(subject: Subject) -> Answer:
        if not subject.tool.schema_known:
            return _UNKNOWN
        found = next((f for f in subject.signals.faults if f.code == code), None)
        return NO if found is None else _shown(found)

    check.__name__ = code.replace("-", "_")
    return check


def _shown(fault: SchemaFault) -> Answer:
    return at(fault.pointer, fault.quote, fault.message)


invalid_schema = _fault("invalid-schema")
root_not_object = _fault("root-not-object")
broken_ref = _fault("broken-ref")
remote_ref = _fault("remote-ref")
required_unknown = _fault("required-unknown")
default_breaks_schema = _fault("default-breaks-schema")
example_breaks_schema = _fault("example-breaks-schema")

_ARG = re.compile(r"\s*[`*]{0,2}([A-Za-z_]\w*)[`*]{0,2}\s*(?:\([^)\n]*\)\s*)?:\s")


def names_unknown_parameter(subject: Subject) -> Answer:
    """A parameters section documents a parameter that the schema does not have."""
    if (skip := _applies(subject)) is not None:
        return skip
    if not subject.english:
        return OTHER_LANGUAGE
    for sentence in subject.sentences:
        match = _ARG.match(sentence.text) if sentence.section == "args" else None
        if match and "_" in match.group(1) and match.group(1) not in subject.vocabulary:
            start = sentence.start + match.start(1)
            return subject.here(start, start + len(match.group(1)), f"the schema has no {match.group(1)}")
    return NO


CHECKS: tuple[Check, ...] = (
    no_parameters,
    fully_documented,
    mostly_documented,
    undocumented,
    mostly_undocumented,
    documented_in_text,
    restates_name,
    nested_undocumented,
    untyped,
    examples_or_formats,
    text_adds_meaning,
    interactions,
    closed_values,
    required_unknown,
    invalid_schema,
    root_not_object,
    broken_ref,
    remote_ref,
    default_breaks_schema,
    example_breaks_schema,
    names_unknown_parameter,
)
