"""What only comes back, although its verb writes elsewhere, and tools that are named for what they return."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.risk.findings import Finding
from scorer.risk.subject import Said

if TYPE_CHECKING:
    from scorer.risk.subject import Subject


def returned(subject: Subject, found: Finding) -> Finding:
    """What only comes back, although its verb writes elsewhere: an export to no place, a sum of numbers, a conversion on the way."""
    if found.act is not None and found.act.verb in subject.rules.words["runner"] and found.category == "Execute":
        if subject.says("read_only"):
            return found._replace(category="Read", severity="medium", says="what it runs is stated to be read-only")
        return found
    if found.act is None or found.category != "Write":
        return found
    verb, says, words = found.act.verb, "", subject.rules.words
    if verb in words["sums"] and _all_numbers(subject):
        says = "it only computes"
    elif verb == "download" and subject.name_parts[:1] == ("get",) and not _placed(subject):
        says = "what it fetches is returned"
    elif verb in words["exports"] and not _placed(subject) and not _stores(subject):
        says = "what it fetches or exports is returned"
    elif (
        verb in words["converts"] and found.act.source == "text" and not _placed(subject) and not _leads(subject, verb)
    ):
        says = "what it converts is returned"
    return found._replace(category="Read", severity=None, says=says) if says else found


def _placed(subject: Subject) -> bool:
    """Whether an argument says where it goes."""
    return any(next(subject.named(kind, subject.top), None) for kind in ("output", "saves_if_said"))


def _stores(subject: Subject) -> bool:
    return subject.rules.patterns["stores_it"].search(subject.lower[:400]) is not None


def _leads(subject: Subject, verb: str) -> bool:
    return subject.lower.lstrip("*# \n").startswith(verb)


def _all_numbers(subject: Subject) -> bool:
    return bool(subject.top) and all(
        {"number", "integer"} & set(p.types) or (not p.types and len(p.name) == 1) for p in subject.top
    )


def labelled(subject: Subject) -> list[Finding]:
    """A tool named for what it returns: `server_status`, `version`."""
    nouns, parts = subject.rules.words["readnoun"], subject.name_parts
    if parts and parts[-1] in nouns:
        return [Finding("Read", None, Said(subject.tool.name, "/name"), "its name is that of what it returns")]
    label = _LABEL.fullmatch(subject.lower[:120])
    if label and label[1] in nouns:
        return [Finding("Read", None, subject.said(*label.span()), "its text is that of what it returns")]
    return []


# A few words and no sentence: "Daily exchange data".
_LABEL = re.compile(r"\s*(?:[\w-]+ +){0,5}([\w-]+)[.\s]*")
