"""The acts of the sentence that says what a tool does, wherever it begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.risk.clauses import clause_acts
from scorer.risk.named import named_objects
from scorer.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.risk.findings import Act
    from scorer.risk.subject import Subject
    from scorer.text.sentences import Sentence

_HERE = frozenset({"here", "this", "it", "when"})


def leading_acts(subject: Subject) -> Iterator[Act]:
    """The acts of the sentence that says what the tool does."""
    span = _lead(subject)
    if span is None:
        return
    found = list(clause_acts(subject, *span))
    if found and found[0].verb in ("start", "use", "call", "begin") and not found[0].objects - _HERE:
        return
    if found and found[0].verb in subject.name_parts:
        found[0] = found[0]._replace(objects=found[0].objects | named_objects(subject, found[0].verb))
    yield from found


# What stands before the verb: "Use this API to create", "This tool allows you to delete".
_FIRST = re.compile(
    r"\s*(?:(?:[*_#`>\[(]|(?:use|call)\s+this\s+(?:\w+\s+)?to\b|this\s+(?:tool|api|endpoint|operation|function|method|command)\b|tool\s+(?:to|that)\b"
    r"|will\b|can\s+be\s+used\s+to\b|is\s+used\s+to\b|(?:allows?|enables?|lets?)\s+(?:you|users?|clients?|(?:the|an|ai)\s+(?:agents?|models?|users?))(?:\s+to)?\b)\s*)*([a-z]+(?:-[a-z]+)?)\b"
)


def _lead(subject: Subject) -> tuple[int, int] | None:
    """Where the sentence that says what the tool does begins, and ends: at a verb of ours that opens the text, at the verb that the common
    reading has there, at a verb behind a label or within ("a tool for adding"), else where the common reading has one.
    """
    spoken = [sentence for sentence in sentences(subject.description) if sentence.kind != "code"]
    common = _common(subject)
    if spoken and (start := _opens(subject, spoken[0])) is not None:
        return start, spoken[0].end
    if common and (not spoken or common[0] <= spoken[0].end):
        return common
    return next(_within(subject, spoken[:2]), common)


def _within(subject: Subject, spoken: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Where a verb of ours stands behind a label or within a sentence."""
    for looked, among in ((_LABEL.match, spoken[:1]), (_INNER.search, spoken)):
        for sentence in among:
            found = looked(subject.lower, sentence.start, sentence.end)
            if found and found[1] in subject.rules.forms:
                yield found.start(1), sentence.end


def _common(subject: Subject) -> tuple[int, int] | None:
    """The clause that facts and risk both read."""
    read = subject.signals.actions
    if read.text_verb_span is None or read.text_verb_span[1] > len(subject.description):
        return None
    return read.text_verb_span[0], (read.resource_span or read.text_verb_span)[1]


def _opens(subject: Subject, sentence: Sentence) -> int | None:
    """Where a verb opens a sentence."""
    match = _FIRST.match(subject.lower, sentence.start, sentence.end)
    if match is None or match.group(1) not in subject.rules.forms or _is_label(subject, match.group(1)):
        return None
    return None if subject.lower.startswith((":", " |"), match.end()) else match.start(1)


# "True redaction: remove text".
_LABEL = re.compile(r"\s*[^.:\n]{1,40}:\s+([a-z]+)\b")
# "A tool for adding, formatting and checking text", "Research agent that browses the web".
_INNER = re.compile(r"\b(?:for|that|to|which)\s+(?:\w+ly\s+)?([a-z]+)\b")


def _is_label(subject: Subject, word: str) -> bool:
    """A noun that opens a text about reading: "Log label exploration" of `list_label_names`. Loss and money are never taken for one."""
    rules = subject.rules
    if (
        word not in rules.words["nounish"]
        or word in subject.name_parts
        or rules.kinds.get(word) in ("destroy", "money")
    ):
        return False
    sure = [
        part
        for part in subject.name_parts
        if part not in subject.rules.words["nounish"] and rules.forms.get(part) == part
    ]
    return bool(sure) and all(rules.kinds.get(part) in ("observe", "compute") for part in sure)
