"""The action verbs of a tool, read once for facts and risk."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from scorer.models.signals import Actions
from scorer.text.sentences import sentences
from scorer.text.verbs import CLASSES, SAFE, VAGUE, base_form, classes
from scorer.text.words import content_stems, split_identifier

if TYPE_CHECKING:
    from scorer.models.tool import Tool
    from scorer.text.sentences import Sentence

# Verbs that name parts use as nouns at least as often: `issue_list` lists issues.
_NOUNS = frozenset(
    """issue post comment record group map plan report review score state status stat test tag track view book call chart commit email
    mail message filter index label log page plot profile query rank rate request schedule share stage star store transfer trade order
    purchase document branch process text snapshot benchmark backup audit access format note draft release answer contact form highlight
    measure vote monitor follow like type drop scale bill charge stake deposit info select result response set input output question""".split()
)

# How many sentences are looked at for the purpose, and verbs that lead guidance rather than purpose.
_OPENING = 12
_GUIDANCE = frozenset(
    "return use call try set pass provide filter select answer put run see check read start need call show type wait ask".split()
)

_ADJECTIVES = frozenset({"read-only", "write-only", "open-source", "built-in", "opt-in", "log-in"})

# What people write before the verb: "This tool", "Use this to", "Allows you to", "[WRITE]", "**Name**:", adverbs.
_LEAD_IN = re.compile(
    r"""(?:\s*(?:
        \[[^\]\n]{1,40}\] | \([^)\n]{1,30}\) | [*_`#>~]+ | [^\w\s(\["'`]+ |
        (?:this|the|a|an)\s+(?:mcp\s+)?(?:tool|function|endpoint|command|method|operation|action|api)\b(?:\s+(?:that|which|to|will|can|is\s+used\s+to|allows?\s+you\s+to|lets\s+you))? |
        tool\s+(?:to|for|that)\b | use\s+(?:this|it|the)(?:\s+[\w-]+)?\s+to\b | used\s+to\b | (?:it\s+)?(?:allows?|enables?|lets?|helps?)\s+(?:you|users?|agents?|the\s+(?:user|agent|llm|model))?\s*(?:to\b)? |
        (?:can\s+be\s+)?used\s+(?:to|for)\b | please\b | will\b | it\b | and\b | then\b |
        (?:(?!reply|apply|supply|multiply|assembly)[a-z]{3,}ly|batch|bulk|one-call|one-shot|low-level|full-text|power|best-effort|admin|internal|experimental|deprecated|beta|advanced|simple|quick|bulk)\b[-:,]?
    ))*\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_LABEL = re.compile(r"\s*[*_]{0,2}[\w \-/]{2,40}[*_]{0,2}\s*[:—–|]\s+(?=[A-Z])")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def read_actions(tool: Tool) -> Actions:
    """The leading verbs of a tool's name and of its purpose sentence, what they act on, and whether anything changes by it."""
    led = _led_by_verb(tool.description or "", tool.name)
    name_verb = verb_of_name(tool.name, base_form(led.verb) if led else None)
    decided = _classes(name_verb, led.verb if led else None)
    return Actions(
        name_verb=name_verb,
        text_verb=led.verb if led else None,
        text_verb_span=led.span if led else None,
        resource=content_stems(led.object) if led else (),
        resource_span=(led.span[0], led.end) if led else None,
        classes=decided,
        mutates=decided[0] not in SAFE if decided else _declared(tool),
    )


def _declared(tool: Tool) -> bool | None:
    """Where no verb tells, what the annotations claim."""
    hints = tool.annotations or {}
    if hints.get("readOnlyHint") is False or hints.get("destructiveHint") is True:
        return True
    return False if hints.get("readOnlyHint") is True else None


def verb_of_name(name: str, hint: str | None = None) -> str | None:
    """The verb that leads a name: the one that the text uses too, else the first part that is surely a verb, else a first or
    last part that may be one. hint: the base form of the text's verb.
    """
    parts = split_identifier(name)
    if hint in parts:
        return hint
    for part in parts:
        if part not in _NOUNS and part in CLASSES:
            return part
    # A noun is a verb only where the text has none: "Get all states" for `issue_states` issues nothing.
    doubtful = [part for part in (*parts[:1], *parts[-1:]) if part in CLASSES] if hint in (None, *VAGUE) else []
    return doubtful[0] if doubtful else None


class _Led(NamedTuple):
    """A sentence that opens with a verb: the verb, its span in the description, the words behind it, the sentence's end."""

    verb: str
    span: tuple[int, int]
    object: str
    end: int


def _led_by_verb(text: str, name: str) -> _Led | None:
    """The first of the opening sentences that a verb leads. Behind the first one, verbs of guidance do not count."""
    own = (s for s in sentences(text) if s.kind != "code" and s.section in ("", "notes", "when"))
    for index, sentence in enumerate(islice(own, _OPENING)):
        led = _verb_of_sentence(sentence, name)
        if led and (index == 0 or _speaks_of_itself(led.verb)):
            return led
    return None


def _speaks_of_itself(verb: str) -> bool:
    """Behind the first sentence only a plain verb of action shows the purpose, no noun and no verb of guidance."""
    base = base_form(verb)
    return base is not None and base not in _GUIDANCE and base not in _NOUNS


def _verb_of_sentence(sentence: Sentence, name: str) -> _Led | None:
    label = _LABEL.match(sentence.text)
    for start in (label.end(), 0) if label else (0,):
        lead = _LEAD_IN.match(sentence.text, start)
        match = _WORD.match(sentence.text, lead.end() if lead else start)
        if match and _reads_as_verb(match.group().lower(), name):
            span = (sentence.start + match.start(), sentence.start + match.end())
            return _Led(match.group().lower(), span, sentence.text[match.end() :], sentence.end)
    return None


def _reads_as_verb(word: str, name: str) -> bool:
    """A known verb form, or an unknown word that the name leads with ("Triage", "RSVP")."""
    return (
        base_form(word) is not None
        or base_form(word.partition("-")[0]) is not None
        or (len(word) > 3 and word in split_identifier(name)[:2])
    )


def _classes(name_verb: str | None, text_verb: str | None) -> tuple[str, ...]:
    """The name's verb decides, unless it is vague or missing; then the text's."""
    ranked = [v for v in (name_verb, text_verb) if v and base_form(v) not in VAGUE] + [
        v for v in (name_verb, text_verb) if v
    ]
    return next((classes(v) for v in ranked if classes(v)), ())
