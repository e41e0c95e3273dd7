"""The category: the worst act that text, parameters and values let a caller reach."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scorer.risk.acts import acts
from scorer.risk.findings import Finding, judged
from scorer.risk.openings import openings
from scorer.risk.subject import Said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.risk import Category, Confidence
    from scorer.risk.subject import Subject


class Verdict(NamedTuple):
    """The category with what decided it. findings: all, the worst first. base: what the tool does when no option is set."""

    category: Category
    confidence: Confidence
    finding: Finding
    findings: tuple[Finding, ...]
    base: Finding | None


_LEVELS = {"critical": 0, "high": 1, "medium": 2, "low": 3}


def decide(subject: Subject) -> Verdict:
    """The category of a tool. Nothing known is Execute, with low confidence."""
    rules = subject.rules
    order = {name: at for at, name in enumerate(rules.categories)}

    def rank(finding: Finding) -> tuple[int, int]:
        return order[finding.category], _LEVELS[finding.severity or rules.categories[finding.category].severity]

    own = [found for found in (judged(act, rules) for act in acts(subject)) if found is not None]
    own = [_returned(subject, found) for found in own] or _noun(subject)
    if own and own[0].category == "Destructive":
        own = [
            found for found in own if found.category != "Destructive" or found is own[0]
        ]  # what goes with it is no greater loss
    own = [_gone(subject, _by_flag(subject, _of_money(subject, found))) for found in own]
    base = min(own, key=rank, default=None)
    opened = list(openings(subject, base))
    if any(found.opening == "code" for found in opened):
        own = [found for found in own if found.act is None or found.act.verb not in rules.words["runner"]]
    ranked = tuple(sorted([*own, *opened], key=rank))
    if not ranked:
        nothing = Finding("Execute", None, None, "nothing in it says what it does")
        return Verdict("Execute", "low", nothing, (nothing,), None)
    return Verdict(ranked[0].category, _confidence(subject, ranked[0], own), ranked[0], ranked, base)


def _of_money(subject: Subject, found: Finding) -> Finding:
    """A door to a whole API, payments among it; and a subscription that is none to pay for."""
    if found.ruling == "subscription" and subject.says("notifies"):
        return found._replace(category="Write", says="it asks to be told of changes")
    if found.ruling == "generic-api" and subject.says("moves_money"):
        return found._replace(category="Financial")
    return found


def _returned(subject: Subject, found: Finding) -> Finding:
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


def _by_flag(subject: Subject, found: Finding) -> Finding:
    """An overwriting that a flag asks for: left out, nothing is lost."""
    if found.act is None or found.act.verb != "overwrite" or found.category != "Destructive":
        return found
    asked = any("boolean" in p.types for p in subject.named("flag_overwrite", subject.top))
    return found._replace(severity="medium", signals=("destructive_option",), opening="flag") if asked else found


def _gone(subject: Subject, found: Finding) -> Finding:
    """What would rebuild itself or be set again, if the text did not say that it is gone for good."""
    if found.ruling not in subject.rules.words["rebuilds"]:
        return found
    said = next(subject.finds(subject.rules.signals["irreversible"].cues), None) or subject.elsewhere(
        "irreversible_elsewhere"
    )
    if said is None:
        return found
    return found._replace(
        category="Destructive", severity="medium", signals=(), ruling="", says="the text says that it is gone for good"
    )


def _stores(subject: Subject) -> bool:
    return subject.rules.patterns["stores_it"].search(subject.lower[:400]) is not None


def _leads(subject: Subject, verb: str) -> bool:
    return subject.lower.lstrip("*# \n").startswith(verb)


def _all_numbers(subject: Subject) -> bool:
    return bool(subject.top) and all(
        {"number", "integer"} & set(p.types) or (not p.types and len(p.name) == 1) for p in subject.top
    )


def _noun(subject: Subject) -> list[Finding]:
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


def _confidence(subject: Subject, decided: Finding, own: Sequence[Finding]) -> Confidence:
    """High where the text says it and nothing else, medium where a name or an option does, low where the text says nothing that is read."""
    if decided.act is None:
        return "medium"
    if decided.act.source == "name":
        return "medium" if subject.english and subject.description else "low"
    return "high" if len({finding.category for finding in own}) == 1 else "medium"
