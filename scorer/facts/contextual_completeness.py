"""Completeness: given how complex the tool is, can an agent call it right the first time?"""

from __future__ import annotations

import re

from scorer.facts.amount import (
    asks_much_tells_little,
    covers_several_points,
    fragment,
    has_hints,
    names_no_action,
    simple_and_said,
    tells,
    thin_text,
    vague_action,
)
from scorer.facts.behavioral_transparency import says_failure, says_limit, says_returns, says_what_stays
from scorer.facts.parameter_coverage import named, several_unexplained, untold
from scorer.facts.roles import facts_told
from scorer.facts.subject import NO, OTHER_LANGUAGE, Answer, Check, Subject, at, does_not_apply
from scorer.facts.usage_guidelines import names_alternative, names_prerequisite, says_when, says_when_not
from scorer.text.plurals import counted
from scorer.text.words import CLAIMS, novel_stems

PREFIX = "context"
# The shape of a result written out: `Returns {id, state}`, `Returns: [{"id": ...}]`.
_SHAPE = re.compile(r"returns?:?\s{0,9}[`*]{0,3}[\[{]{1,2}\s{0,9}[\"'\w]", re.IGNORECASE)

tells_something = tells(3, "tells_something", "The text tells at least three things that the name does not.")


def complex_call(subject: Subject) -> Answer:
    """Six parameters or more, nested objects, or choices to be made between shapes."""
    context = subject.signals.context
    count = len(subject.top_parameters)
    if count < 6 and context.union_choice_count < 2 and context.schema_depth < 3:
        return NO
    return at(
        "/inputSchema", "inputSchema", f"{counted(count, 'parameter')}, {len(subject.parameters)} with nested ones"
    )


def returns_documented(subject: Subject) -> Answer:
    """An output schema with properties that are documented or speak for themselves."""
    output = subject.signals.output
    named = [p for p in output if p.is_leaf]
    described = [p for p in output if p.description]
    if len(described) >= 2 or len(named) >= 3:
        return at("/outputSchema", "outputSchema", f"{counted(len(output), 'field')} of the result declared")
    return NO


def returns_said(subject: Subject) -> Answer:
    """The text says what comes back: in a sentence, under a heading for it, or by its shape."""
    answer = subject.ask(says_returns)
    if answer.holds or not subject.english:
        return answer
    for sentence in subject.sentences:
        # Under such a heading there is no purpose to repeat: what the name does not say is news.
        if sentence.section == "returns" and novel_stems(sentence.text, subject.name_stems, CLAIMS):
            return subject.says(sentence)
    shape = _SHAPE.search(subject.text, 0, subject.honest_end)
    return subject.here(*shape.span()) if shape else NO


def returns_unknown(subject: Subject) -> Answer:
    """Neither text nor output schema says what comes back, and it is not plain from the purpose."""
    if not subject.english:
        return OTHER_LANGUAGE
    if subject.ask(returns_documented).holds or subject.ask(returns_said).holds:
        return NO
    purpose = subject.purpose
    if purpose and purpose.text.count(",") >= 2 and subject.signals.actions.mutates is False:
        return NO
    return at("/name", subject.tool.name)


def failure_or_limit_said(subject: Subject) -> Answer:
    """A failure, a limit, a condition or what stays untouched is said."""
    if not subject.english:
        return OTHER_LANGUAGE
    for check in (says_failure, says_limit, says_what_stays):
        answer = subject.ask(check)
        if answer.holds:
            return answer
    return NO


def guidance_said(subject: Subject) -> Answer:
    """When to use it, when not, what else, or what comes first is said."""
    if not subject.english:
        return OTHER_LANGUAGE
    for check in (says_when, says_when_not, names_alternative, names_prerequisite):
        answer = subject.ask(check)
        if answer.holds:
            return answer
    return NO


def parameters_explained(subject: Subject) -> Answer:
    """Every parameter is documented in the schema or explained in the text."""
    top = subject.top_parameters
    if not top:
        return does_not_apply("there are no parameters")
    return NO if untold(subject) else at("/inputSchema/properties", top[0].name)


def parameters_unexplained(subject: Subject) -> Answer:
    """Half of the parameters or more are explained nowhere."""
    if not subject.top_parameters:
        return does_not_apply("there are no parameters")
    missing = untold(subject)
    return named(missing, "no words on") if missing and 2 * len(missing) >= len(subject.top_parameters) else NO


def tells_more(subject: Subject) -> Answer:
    """The prose tells at least four things that name and purpose do not, parameters aside."""
    return _beyond_purpose(subject, 4)


def rich_text(subject: Subject) -> Answer:
    """At least twelve such things."""
    return _beyond_purpose(subject, 12)


def _beyond_purpose(subject: Subject, least: int) -> Answer:
    if not subject.english:
        return OTHER_LANGUAGE
    told = facts_told(subject)
    return subject.whole(f"{told} words of content beyond the purpose") if told >= least else NO


CHECKS: tuple[Check, ...] = (
    complex_call,
    returns_documented,
    returns_said,
    returns_unknown,
    failure_or_limit_said,
    guidance_said,
    parameters_explained,
    parameters_unexplained,
    several_unexplained,
    has_hints,
    simple_and_said,
    asks_much_tells_little,
    thin_text,
    tells_something,
    tells_more,
    rich_text,
    covers_several_points,
    names_no_action,
    vague_action,
    fragment,
)
