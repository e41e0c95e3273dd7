"""How much a definition tells, held against how much its tool asks of the caller: what Behavior and Completeness both ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.facts.subject import NO, OTHER_LANGUAGE, Answer, Check, Subject, at, does_not_apply
from scorer.text.plurals import counted
from scorer.text.verbs import VAGUE, base_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.text.sentences import Sentence

# A change of the world asks for as much thought as two parameters.
_CHANGE = 2
# (what is asked, what must be told for it): things beyond the name.
_MUCH, _MUCH_TOLD = 6, 12
_SOME, _SOME_TOLD = 3, 8
_ENOUGH = 3


def demand(subject: Subject) -> int:
    """How much a call asks of the caller: one for each parameter at the top level, two for changing something."""
    return len(subject.top_parameters) + _CHANGE * bool(subject.signals.actions.mutates)


def tells(least: int, name: str, doc: str) -> Check:
    """The check of that name: whether the text tells at least so many different things that the name does not."""

    def check(subject: Subject) -> Answer:
        if not subject.english:
            return OTHER_LANGUAGE
        told = len(subject.told)
        return subject.whole(f"{told} words of content beyond the name") if told >= least else NO

    check.__name__, check.__doc__ = name, doc
    return check


def _falls_short(subject: Subject, asked: int, told: int) -> Answer:
    if not subject.english:
        return OTHER_LANGUAGE
    if not subject.text.strip() or demand(subject) < asked or len(subject.told) >= told:
        return NO
    takes = counted(len(subject.top_parameters), "parameter")
    changes = " and changes something" if subject.signals.actions.mutates else ""
    return subject.whole(f"it takes {takes}{changes}; the text says little beyond the name")


def asks_much_tells_little(subject: Subject) -> Answer:
    """Six parameters or more, a change counting for two, and fewer than twelve things told."""
    return _falls_short(subject, _MUCH, _MUCH_TOLD)


def thin_text(subject: Subject) -> Answer:
    """Three parameters or more, a change counting for two, and fewer than eight things told."""
    return _falls_short(subject, _SOME, _SOME_TOLD)


def simple_and_said(subject: Subject) -> Answer:
    """No parameters, and the text tells what the name does not: there is little more to know."""
    if subject.parameters or not subject.tool.schema_known:
        return does_not_apply("the tool takes parameters")
    if not subject.english:
        return OTHER_LANGUAGE
    return subject.whole("it takes no parameters, and says what it is about") if len(subject.told) >= _ENOUGH else NO


def names_no_action(subject: Subject) -> Answer:
    """No sentence says what the tool does: none that a verb leads."""
    if not subject.english or not subject.text.strip() or subject.purpose is not None:
        return NO
    return subject.whole()


def vague_action(subject: Subject) -> Answer:
    """The purpose sentence is led by a verb that could mean any of several operations: "Manage", "Handle", "Process"."""
    verb, span = subject.signals.actions.text_verb, subject.signals.actions.text_verb_span
    if not subject.english or verb is None or span is None or base_form(verb) not in VAGUE:
        return NO
    return subject.here(*span)


def fragment(subject: Subject) -> Answer:
    """Three words or fewer that say something."""
    if not subject.english or not subject.text.strip() or subject.useful_words > 3:
        return NO
    return subject.whole()


def distinct(subject: Subject, least: int) -> list[Sentence]:
    """The sentences beyond the purpose that add at least two things, parameters' documentation among them, each once; () below least."""
    found = {
        s.text.lower(): s
        for s in subject.sentences
        if s is not subject.purpose and s.kind != "code" and len(subject.additions[s.start]) >= 2
    }
    return list(found.values()) if len(found) >= least else []


def covers_several_points(subject: Subject) -> Answer:
    """At least four sentences beyond the purpose, each telling something, none like another."""
    if not subject.english:
        return OTHER_LANGUAGE
    found: Sequence[Sentence] = distinct(subject, 4)
    return subject.says(found[3], f"{len(found)} sentences that each tell something") if found else NO


def has_hints(subject: Subject) -> Answer:
    """At least one of the four hints is given."""
    hints = subject.signals.context.annotation_values
    given = {
        "readOnlyHint": hints.read_only,
        "destructiveHint": hints.destructive,
        "idempotentHint": hints.idempotent,
        "openWorldHint": hints.open_world,
    }
    key = next((key for key, value in given.items() if value is not None), None)
    return NO if key is None else at(f"/annotations/{key}", key)


SHARED: frozenset[Check] = frozenset({simple_and_said, names_no_action, vague_action, fragment, has_hints})
