"""The part that a sentence plays: purpose, guidance, parameters, results, or how the tool behaves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scorer.text.cues import Cue
from scorer.text.words import CLAIMS, stem, telling_stems

if TYPE_CHECKING:
    from scorer.facts.subject import Subject
    from scorer.text.sentences import Sentence

_FIELD = re.compile(r"\s*[`*]{0,2}[\w.\[\]]+[`*]{0,2}\s*(?:\([^)\n]*\)\s*)?[:–—-]\s")


_GUIDES = re.compile(r"\buse\W{1,3}(?:this|it)\W{1,3}(?:tool\W{1,3})?$")


class Trait(NamedTuple):
    """A kind of thing worth knowing, and how one recognises that a sentence says it.

    cue: its phrases. own: stems that belong to the kind and therefore add nothing. least: how many other
    content stems the sentence needs.
    """

    cue: Cue
    own: frozenset[str]
    least: int = 1


def trait(cue: str, own: str, least: int = 1) -> Trait:
    """A trait from its phrases (see `text.cues`) and the words that are its own."""
    return Trait(Cue(cue), frozenset(stem(w) for w in own.split()), least)


def find_trait(subject: Subject, wanted: Trait) -> Sentence | None:
    """The first sentence that says it, with content of its own beyond the words of the kind, the name and generic words."""
    seen = None
    for match, sentence in subject.matches(wanted.cue):
        if sentence is seen or sentence.section in ("args", "examples", "when", "not"):
            continue
        # "Use this if ..." says when to call, not what the call does.
        if _GUIDES.search(subject.lower, max(0, match.start() - 16), match.start()):
            continue
        if is_about(subject, sentence, wanted):
            return sentence
        seen = sentence
    return None


def is_about(subject: Subject, sentence: Sentence, wanted: Trait) -> bool:
    """Whether the sentence has content besides the kind's own words."""
    said = telling_stems(sentence.text) - CLAIMS - wanted.own
    return len(said - subject.name_stems) >= wanted.least or len(said) >= wanted.least + 2


def documents_parameter(subject: Subject, sentence: Sentence) -> bool:
    """Whether the sentence documents a parameter: under such a heading, or in the form `name: meaning`."""
    if sentence.section == "args":
        return True
    match = _FIELD.match(sentence.text)
    return match is not None and re.split(r"\W", sentence.text.strip("`* "), maxsplit=1)[0] in subject.parameter_names


def informative(subject: Subject, sentence: Sentence) -> int:
    """How many things a sentence says that name and purpose do not."""
    return len(subject.additions[sentence.start])


def facts_told(subject: Subject) -> int:
    """How many different things the prose tells beyond name and purpose, parameters aside."""
    prose = (s for s in subject.sentences if s.kind != "code" and subject.additions[s.start])
    return len(frozenset().union(*(subject.additions[s.start] for s in prose if not documents_parameter(subject, s))))
