"""Purpose: does the text say what the tool does, to what, and how it differs from its siblings?"""

from __future__ import annotations

from scorer.facts.amount import tells
from scorer.facts.contextual_completeness import returns_said
from scorer.facts.subject import NO, OTHER_LANGUAGE, Answer, Check, Subject, at, cannot_tell, does_not_apply
from scorer.models.rubric import NO_DESCRIPTION, TAUTOLOGICAL_DESCRIPTION
from scorer.text.cues import Cue
from scorer.text.gates import gates
from scorer.text.verbs import VAGUE, base_form, classes
from scorer.text.words import CLAIMS, VAGUE_OBJECTS, content_stems, novel_stems

PREFIX = "purpose"
_NO_TEXT = does_not_apply("there is no description")

tells_particulars = tells(5, "tells_particulars", "The text tells at least five things that the name does not.")


def no_description(subject: Subject) -> Answer:
    """Nothing but white space: the specification's first hard gate."""
    return at("", subject.tool.name) if NO_DESCRIPTION in gates(subject.tool) else NO


def tautological(subject: Subject) -> Answer:
    """The specification's second hard gate: the text, trimmed and lower-cased, is the name or the title."""
    return subject.here(0, len(subject.raw)) if TAUTOLOGICAL_DESCRIPTION in gates(subject.tool) else NO


def restates_name(subject: Subject) -> Answer:
    """Every word with content stands in the name or title already: "Process." for `process`."""
    if not subject.text.strip():
        return _NO_TEXT
    if not subject.english:
        return OTHER_LANGUAGE
    if subject.said - _spelled(subject):
        return NO
    return subject.whole()


def _spelled(subject: Subject) -> frozenset[str]:
    """The name's stems, and pairs of neighbours run together ("data base")."""
    return (
        subject.name_stems
        | frozenset(content_stems(subject.tool.name))
        | frozenset(content_stems(subject.tool.title or ""))
    )


def names_verb_and_resource(subject: Subject) -> Answer:
    """A sentence opens with what is done and goes on to something in particular that it is done to."""
    if not subject.english:
        return OTHER_LANGUAGE
    actions, sentence = subject.signals.actions, subject.purpose
    if sentence is None or actions.text_verb_span is None:
        return NO
    vague = base_form(actions.text_verb or "") in VAGUE
    particular = [s for s in actions.resource if s not in VAGUE_OBJECTS]
    if len(particular) < (2 if vague else 1) or _circular(subject):
        return NO
    return subject.here(actions.text_verb_span[0], sentence.end)


_CIRCULAR = Cue("use_(this|it)(_tool)?_(when|if)_you_(need|want|have)_to_use_(it|this)")


def _circular(subject: Subject) -> bool:
    return subject.first(_CIRCULAR) is not None


def names_scope(subject: Subject) -> Answer:
    """The purpose sentence says something on the resource, its scope or its manner that the name does not."""
    if not subject.english:
        return OTHER_LANGUAGE
    if subject.purpose is None or _circular(subject):
        return NO
    added = novel_stems(subject.purpose.text, subject.name_stems, CLAIMS) - frozenset(
        content_stems(subject.signals.actions.text_verb or "")
    )
    return subject.says(subject.purpose) if len(added) >= 2 else NO


def names_scope_in_detail(subject: Subject) -> Answer:
    """The same with three things or more: fields, sources, filters, formats."""
    if not subject.english:
        return OTHER_LANGUAGE
    if subject.purpose is None or _circular(subject):
        return NO
    return (
        subject.says(subject.purpose) if len(novel_stems(subject.purpose.text, subject.name_stems, CLAIMS)) >= 3 else NO
    )


def names_scope_closely(subject: Subject) -> Answer:
    """The same with five things or more: one knows what is covered and what is not."""
    if not subject.english:
        return OTHER_LANGUAGE
    if subject.purpose is None or _circular(subject):
        return NO
    found = novel_stems(subject.purpose.text, subject.name_stems, CLAIMS)
    return subject.says(subject.purpose) if len(found) >= 5 else NO


def names_result(subject: Subject) -> Answer:
    """What comes of the call is said: the result is half of a purpose."""
    return subject.ask(returns_said)


def speaks_of_the_domain(subject: Subject) -> Answer:
    """The text says at least something that the name does not, verb or no verb."""
    if subject.purpose is not None or not subject.english:
        return does_not_apply("the purpose sentence is judged itself")
    first = next((s for s in subject.sentences if s.kind != "code" and s.section == ""), None)
    if first is None or _circular(subject):
        return NO
    return subject.says(first) if len(novel_stems(first.text, subject.name_stems, CLAIMS)) >= 3 else NO


def vague_resource(subject: Subject) -> Answer:
    """A verb without an object in particular: "Handles data", "Calls the API"."""
    actions, sentence = subject.signals.actions, subject.purpose
    if sentence is None or actions.text_verb_span is None or not subject.english:
        return NO
    particular = frozenset(actions.resource) - VAGUE_OBJECTS
    return subject.says(sentence) if not particular else NO


def tells_apart(subject: Subject) -> Answer:
    """The text names a sibling, and so draws the line to it."""
    if not subject.siblings_known:
        return cannot_tell("its siblings are not known")
    for mention in subject.mentions:
        sentence = subject.sentence_at(mention.start)
        if sentence is not None and sentence.section not in ("args", "examples"):
            return subject.says(sentence, f"tells it apart from {mention.tool}")
    return NO


def confusable(subject: Subject) -> Answer:
    """A sibling does much the same, and neither text draws the line."""
    if not subject.siblings_known:
        return cannot_tell("its siblings are not known")
    own = subject.tool.name
    others = [o.b if o.a == own else o.a for o in subject.siblings.overlaps if not o.boundary]
    if not others:
        return NO
    quote = subject.purpose.text if subject.purpose else own
    answer = subject.says(subject.purpose) if subject.purpose else at("/name", quote)
    return answer._replace(detail=f"an agent may take {own} for {', '.join(others[:3])}", tools=tuple(others[:20]))


# Which readings of a verb cannot both be true of one tool.
_OPPOSED = ({"delete"}, {"read"}), ({"read"}, {"delete"}), ({"create"}, {"delete"}), ({"delete"}, {"create"})


def contradicts_name(subject: Subject) -> Answer:
    """The name says one thing and the first sentence the opposite: `delete_user`, "Lists users"."""
    actions = subject.signals.actions
    if not (actions.name_verb and actions.text_verb and actions.text_verb_span) or not subject.english:
        return NO
    name, text = set(classes(actions.name_verb)), set(classes(actions.text_verb))
    if any(name == a and text == b for a, b in _OPPOSED):
        return subject.here(*actions.text_verb_span, f"the name says {actions.name_verb}, the text {actions.text_verb}")
    return NO


CHECKS: tuple[Check, ...] = (
    no_description,
    tautological,
    restates_name,
    names_verb_and_resource,
    names_scope,
    names_scope_in_detail,
    names_scope_closely,
    names_result,
    tells_particulars,
    speaks_of_the_domain,
    vague_resource,
    tells_apart,
    confusable,
    contradicts_name,
)
