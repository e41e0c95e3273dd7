"""Conciseness: is the text as long as it must be, with the purpose in front, and does every sentence earn its place?"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from scorer.facts.amount import fragment, names_no_action
from scorer.facts.parameter_coverage import several_unexplained
from scorer.facts.roles import informative
from scorer.facts.subject import NO, OTHER_LANGUAGE, Answer, Check, Subject, at, does_not_apply
from scorer.models.fact import Place
from scorer.text.cues import Cue
from scorer.text.hidden import hidden_characters
from scorer.text.plurals import counted
from scorer.text.words import GENERIC, content_stems, lower_words

if TYPE_CHECKING:
    from scorer.text.sentences import Sentence

PREFIX = "concise"
# Headings and exclamations are no sentences.
_SHORTEST = 12

_PLACEHOLDER = re.compile(
    r"^\W*(?:todo|tbd|fixme|xxx|lorem ipsum|description|no description|n/?a|placeholder|test|coming soon|undocumented)\b\W*(?:$|[:.])",
    re.IGNORECASE,
)
_PRAISE = Cue(
    """powerful blazing(ly)? lightning amazing awesome revolutionary cutting-edge state-of-the-art world-class seamless(ly)? robust comprehensive_(suite|solution)
    the_(best|most_powerful|fastest|most_reliable) unparalleled next-generation game-chang+ industry-leading enterprise-grade all-in-one effortless(ly)?"""
)
_FILLER = Cue(
    """this_(tool|function|endpoint|method|api)_(is_(used|designed|intended|meant|able)_to|allows?_(you|users?|the_user)_to|enables?_(you|users?)_to|can_be_used_to|helps?_(you_)?to|will_allow)
    this_(tool|function|endpoint|method|api)_provides?_(you_)?(with_)?(the_|an?_)?(ability|functionality|capability|means|way|interface)_to
    in_order_to it_is_important_to_note please_note_that for_your_convenience"""
)


def bare_line(subject: Subject) -> Answer:
    """Four to seven words that say something, for a tool that takes parameters or changes something."""
    if not subject.english or not 4 <= subject.useful_words <= 7:
        return NO
    needs = subject.signals.context.param_count >= 1 or subject.signals.actions.mutates
    return subject.whole() if needs else NO


def placeholder(subject: Subject) -> Answer:
    """Words that stand for a description: TODO, "description", the server's name before the tool's."""
    match = _PLACEHOLDER.match(subject.text)
    if match:
        return subject.here(*match.span())
    label = re.match(r"^[\w .-]{2,30}:\s*([\w.-]+)\s*$", subject.text.strip())
    if label and label.group(1) == subject.tool.name and subject.word_count <= 12:
        return subject.whole()
    return NO


def nothing_but_name(subject: Subject) -> Answer:
    """No content word beyond the name's: the line costs tokens and tells nothing."""
    if not subject.text.strip() or not subject.english:
        return does_not_apply("there is no English text")
    return NO if subject.said - subject.name_stems - frozenset(content_stems(subject.tool.name)) else subject.whole()


def repeats_itself(subject: Subject) -> Answer:
    """A sentence that stands in the text twice, or says again nearly all that another has said."""
    seen: list[frozenset[str]] = []
    for sentence in subject.sentences:
        if sentence.kind == "code" or sentence.section in ("examples", "args"):
            continue
        said = frozenset(content_stems(sentence.text))
        if len(said) >= 4 and any(len(said & other) >= 0.85 * len(said | other) for other in seen):
            return subject.says(sentence)
        seen.append(said)
    return NO


def repeats_one_word(subject: Subject) -> Answer:
    """One content word makes up more than two fifths of a longer text: stuffing."""
    stems = [s for s in content_stems(subject.text) if s not in GENERIC]
    if len(stems) < 12:
        return NO
    stem, count = Counter(stems).most_common(1)[0]
    start = subject.lower.find(stem)
    if count < 6 or count <= 0.4 * len(stems) or start < 0:
        return NO
    return subject.here(start, start + len(stem), f"one word stands {count} times")


def lists_keywords(subject: Subject) -> Answer:
    """Words that are there to be found: a list behind "Keywords:", bullets of bare words, words that nothing binds."""
    if not subject.heaps:
        return NO
    start, end = subject.heaps[0]
    return subject.here(start, end)


def too_short_for_parameters(subject: Subject) -> Answer:
    """Three parameters or more are explained nowhere: short is not concise where words are missing."""
    return subject.ask(several_unexplained)


def repeats_schema(subject: Subject) -> Answer:
    """The description copies two pieces of the schema or of its parameter documentation."""
    if len(subject.copies) < 2 and not any(subject.raw[start] == "{" for start, _ in subject.copies):
        return NO
    return subject.here(*subject.copies[0], f"{counted(len(subject.copies), 'piece')} of it from the schema")


def buried_purpose(subject: Subject) -> Answer:
    """What the tool does is not said in the first sentence although it is said."""
    if not subject.english:
        return OTHER_LANGUAGE
    first = next((s for s in subject.sentences if s.kind != "code"), None)
    if first is None or subject.purpose is None or subject.purpose.start - first.start < 120:
        return NO
    return subject.says(subject.purpose)


def boilerplate(subject: Subject) -> Answer:
    """A sentence that at least three tools of the server share word by word."""
    shared = subject.siblings.boilerplate
    for sentence in subject.sentences if shared else ():
        if " ".join(lower_words(sentence.text)) in shared:
            return subject.says(sentence)
    return NO


def filler(subject: Subject) -> Answer:
    """A run-up before the verb: "This tool allows you to"."""
    match = subject.first(_FILLER)
    return subject.here(*match.span()) if match else NO


def _empty(subject: Subject) -> tuple[list[Sentence], int]:
    """The prose sentences beside the purpose that add nothing to name and purpose, and how many there are in all."""
    prose = [
        s
        for s in subject.sentences
        if s.kind == "prose"
        and s.section in ("", "notes", "when", "not")
        and s is not subject.purpose
        and len(s.text) > _SHORTEST
    ]
    return [s for s in prose if informative(subject, s) == 0], len(prose)


def empty_sentences(subject: Subject) -> Answer:
    """Two sentences or more, and a third of all, that add nothing to name and purpose."""
    if not subject.english:
        return OTHER_LANGUAGE
    empty, total = _empty(subject)
    if len(empty) < 2 or 3 * len(empty) < total:
        return NO
    return subject.says(empty[0], f"{len(empty)} sentences add nothing")


def mostly_empty(subject: Subject) -> Answer:
    """Four sentences or more, and most of all, that add nothing: a template filled with cue words."""
    if not subject.english:
        return OTHER_LANGUAGE
    empty, total = _empty(subject)
    return (
        subject.says(empty[0], f"{len(empty)} of {total} sentences add nothing")
        if len(empty) >= 4 and 2 * len(empty) > total
        else NO
    )


def praise(subject: Subject) -> Answer:
    """Advertising: "powerful", "the best", "blazing fast"."""
    match = subject.first(_PRAISE)
    return subject.here(*match.span()) if match else NO


def long_text(subject: Subject) -> Answer:
    """More than 300 words."""
    return at("/description", subject.text[:80]) if len(subject.text) > 1500 and subject.word_count > 300 else NO


def oversized_text(subject: Subject) -> Answer:
    """More than 800 words: longer than a page."""
    return at("/description", subject.text[:80]) if len(subject.text) > 4000 and subject.word_count > 800 else NO


def addresses_evaluator(subject: Subject) -> Answer:
    """Text aimed at whoever grades the definition, or that tries to break out of it."""
    match = subject.to_evaluator
    return subject.here(*match.span()) if match else NO


def instructs_model(subject: Subject) -> Answer:
    """Orders to the model that have nothing to do with the call: keep it from the user, read other files, be someone; in any text."""
    match = subject.to_model
    if match:
        return subject.here(*match.span())
    first = next(iter(subject.poisons), None)
    if first is None:
        return NO
    return Answer(True, first.quote, Place(first.pointer, first.start, first.end))


def hidden_text(subject: Subject) -> Answer:
    """Characters that a person cannot see or that turn the text around, or a comment that no renderer shows."""
    found = hidden_characters(subject.raw)
    if found:
        return subject.here(*found[0], f"{len(found)} invisible or bidirectional characters")
    return subject.here(*subject.comments[0], "a comment that no page shows") if subject.comments else NO


CHECKS: tuple[Check, ...] = (
    fragment,
    bare_line,
    placeholder,
    nothing_but_name,
    repeats_itself,
    repeats_one_word,
    repeats_schema,
    buried_purpose,
    lists_keywords,
    too_short_for_parameters,
    names_no_action,
    boilerplate,
    filler,
    empty_sentences,
    mostly_empty,
    praise,
    long_text,
    oversized_text,
    addresses_evaluator,
    instructs_model,
    hidden_text,
)
