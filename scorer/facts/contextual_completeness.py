"""Completeness: given how complex the tool is, can an agent call it right the first time?"""

from __future__ import annotations

from scorer.facts.behavioral_transparency import (
    safety_annotated,
    says_failure,
    says_limit,
    says_returns,
    says_what_stays,
    silent_effect,
)
from scorer.facts.parameter_coverage import named, untold
from scorer.facts.roles import facts_told
from scorer.facts.subject import NO, OTHER_LANGUAGE, Answer, Check, Subject, at, does_not_apply
from scorer.facts.usage_guidelines import names_alternative, names_prerequisite, says_when, says_when_not

PREFIX = "context"


def trivial_call(subject: Subject) -> Answer:
    """No parameters, and nothing changed: there is little to explain."""
    context = subject.signals.context
    if context.param_count or subject.signals.actions.mutates is not False:
        return NO
    return at("/name", subject.tool.name)


def no_required_input(subject: Subject) -> Answer:
    """No parameters at all."""
    return at("/inputSchema", "{}") if not subject.signals.parameters else NO


def complex_call(subject: Subject) -> Answer:
    """Six parameters or more, nested objects, or choices to be made between shapes."""
    context = subject.signals.context
    count = len(subject.top_parameters)
    if count < 6 and context.union_choice_count < 2 and context.schema_depth < 3:
        return NO
    return at("/inputSchema", "inputSchema", f"{count} parameters, {len(subject.parameters)} with nested ones")


def returns_documented(subject: Subject) -> Answer:
    """An output schema with properties that are documented or speak for themselves."""
    output = subject.signals.output
    named = [p for p in output if p.is_leaf]
    described = [p for p in output if p.description]
    if len(described) >= 2 or len(named) >= 3:
        return at("/outputSchema", "outputSchema", f"{len(output)} fields of the result are declared")
    return NO


def bare_output_schema(subject: Subject) -> Answer:
    """An output schema that declares hardly more than an object: it relieves the text of nothing."""
    if not subject.signals.context.has_output_schema:
        return NO
    return at("/outputSchema", "outputSchema") if len(subject.signals.output) <= 1 else NO


def returns_said(subject: Subject) -> Answer:
    """The text says what comes back, in particulars."""
    return subject.ask(says_returns)


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


def change_without_result(subject: Subject) -> Answer:
    """It changes something, and what comes back is said nowhere."""
    if not subject.signals.actions.mutates:
        return does_not_apply("the tool is not known to change anything")
    return subject.ask(returns_unknown)


def effect_unexplained(subject: Subject) -> Answer:
    """It changes something, and neither annotations nor text say what follows."""
    return subject.ask(silent_effect)


def annotated(subject: Subject) -> Answer:
    """The annotations cover what the text need not say."""
    return subject.ask(safety_annotated)


def rich_text(subject: Subject) -> Answer:
    """The prose tells at least twelve things that name and purpose do not."""
    if not subject.english:
        return OTHER_LANGUAGE
    told = facts_told(subject)
    return subject.here(0, len(subject.text), f"{told} words of content beyond the purpose") if told >= 12 else NO


def very_rich_text(subject: Subject) -> Answer:
    """The prose tells at least thirty things that name and purpose do not."""
    if not subject.english:
        return OTHER_LANGUAGE
    return subject.here(0, len(subject.text)) if facts_told(subject) >= 30 else NO


def thin_text(subject: Subject) -> Answer:
    """A purpose line and nothing more, for a tool that takes three parameters or more or changes something."""
    if not subject.english:
        return OTHER_LANGUAGE
    demanding = len(subject.top_parameters) >= 3 or bool(subject.signals.actions.mutates)
    return subject.here(0, len(subject.text)) if demanding and subject.text and facts_told(subject) <= 1 else NO


def says_nothing(subject: Subject) -> Answer:
    """Fewer than three words of content in the whole description."""
    if not subject.english or not subject.text or subject.said - subject.name_stems:
        return NO
    return subject.here(0, len(subject.text))


CHECKS: tuple[Check, ...] = (
    trivial_call,
    no_required_input,
    complex_call,
    returns_documented,
    bare_output_schema,
    returns_said,
    returns_unknown,
    failure_or_limit_said,
    guidance_said,
    parameters_explained,
    parameters_unexplained,
    effect_unexplained,
    change_without_result,
    annotated,
    rich_text,
    very_rich_text,
    thin_text,
    says_nothing,
)
