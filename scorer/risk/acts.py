"""The acts that a definition names: a verb, what it acts on, and where that is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.risk.clauses import clause_acts, variants
from scorer.risk.findings import Act, judged
from scorer.risk.subject import Said
from scorer.text.sentences import sentences
from scorer.text.words import split_identifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.models.risk_rules import RiskRules
    from scorer.models.signals import Parameter
    from scorer.risk.subject import Subject
    from scorer.text.sentences import Sentence

_ACTS = 12


def acts(subject: Subject) -> tuple[Act, ...]:
    """What the text says that the tool does, most telling first; what the name says where the text is silent or vague."""
    found = [*_leading(subject), *_later(subject)]
    named = _name_act(subject)
    if named is not None and _is_heard(subject, named, found):
        found.append(named)
    return tuple(found[:_ACTS])


def _is_heard(subject: Subject, named: Act, found: Sequence[Act]) -> bool:
    """The name counts where the text says nothing, and where it speaks of loss or money and the text of reading alone."""
    told = [judged(act, subject.rules) for act in found]
    if all(finding is None for finding in told):
        return True
    kinds, heavy = subject.rules.kinds, judged(named, subject.rules)
    if kinds.get(named.verb) == "create" and kinds.get(found[0].verb) == "compute":
        return named.verb in ("create", "write", "save", "insert")
    if heavy is None or not _is_plain(subject, named.verb):
        return False
    grants = not {"approval", "privilege"}.isdisjoint(heavy.signals)
    grave = heavy.category in ("Destructive", "Financial")
    return grants or (grave and all(finding is None or finding.category == "Read" for finding in told))


def _is_plain(subject: Subject, verb: str) -> bool:
    """A verb that leads the name, or that is no noun: `trades` in `day_trades` tells of no act."""
    return subject.name_parts[0] == verb or (verb in subject.name_parts and verb not in subject.rules.words["nounish"])


_HERE = frozenset({"here", "this", "it", "when"})


def _leading(subject: Subject) -> Iterator[Act]:
    """The acts of the sentence that says what the tool does."""
    span = _lead(subject)
    if span is None:
        return
    found = list(clause_acts(subject, *span))
    if found and found[0].verb in ("start", "use", "call", "begin") and not found[0].objects - _HERE:
        return
    if found and found[0].verb in subject.name_parts:
        found[0] = found[0]._replace(objects=found[0].objects | _named_objects(subject, found[0].verb))
    yield from found


_FIRST = re.compile(r"\s*(?:[*_#`>\[(]|this tool\b|tool (?:to|that)\b|will\b)*\s*([a-z]+(?:-[a-z]+)?)\b")


def _lead(subject: Subject) -> tuple[int, int] | None:
    """Where the sentence that says what the tool does begins, and ends: at a verb of ours that opens the text, at the verb that the common
    reading has there, at a verb within ("a tool for adding"), else where the common reading has one.
    """
    spoken = [sentence for sentence in sentences(subject.description) if sentence.kind != "code"]
    common = _common(subject)
    if spoken and (start := _opens(subject, spoken[0])) is not None:
        return start, spoken[0].end
    if common and (not spoken or common[0] <= spoken[0].end):
        return common
    for sentence in spoken[:2]:
        inner = _INNER.search(subject.lower, sentence.start, sentence.end)
        if inner and inner.group(1) in subject.rules.forms:
            return inner.start(1), sentence.end
    return common


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


_THIRD = re.compile(
    r"\s*(?:(?:this|it|also|the tool|the operation|the call|then|mutating|warning)\b[\s—–:,-]*){0,3}(?:will\s+|can\s+)?(?:(?:also|permanently|optionally|automatically|completely)\s+)*([a-z]+)"
)
_LATER_KINDS = frozenset({"destroy", "money", "deliver"})
_STORES = frozenset({"write", "save", "store"})


def _later(subject: Subject) -> Iterator[Act]:
    """Later sentences that say in the third person, or as what it will do, that something is lost, paid, sent or stored too."""
    rules = subject.rules
    for sentence in sentences(subject.description)[1:14]:
        if sentence.kind == "code" or sentence.section not in ("", "notes"):
            continue
        match = _THIRD.match(subject.lower, sentence.start, sentence.end)
        base = rules.forms.get(match.group(1)) if match else None
        if match is None or base is None or (match.group(1) == base and " will " not in f" {match.group()}"):
            continue
        if rules.kinds.get(base) in _LATER_KINDS or base in _STORES:
            act = next(clause_acts(subject, match.start(1), sentence.end), None)
            if act is not None and _adds(act, rules):
                yield act._replace(source="more")


def _adds(act: Act, rules: RiskRules) -> bool:
    """Whether a later sentence tells of an act: "Writes are blocked" does not, and parts that go with it are no loss of their own."""
    if {"are", "is", "were", "must", "can", "to"} & act.objects or not act.objects:
        return False
    found = judged(act, rules)
    return found is None or found.category != "Destructive" or found.severity not in ("low", "medium")


def _name_act(subject: Subject) -> Act | None:
    """The verb of the name, wherever it stands, and the other parts as what it acts on."""
    rules, parts = subject.rules, subject.name_parts
    verb = _name_verb(subject)
    if verb is None:
        return None
    rest = [part for part in parts if part != verb]
    heads = frozenset(variants(rest[-1])) if rest else frozenset()
    around = frozenset(variant for part in parts for variant in variants(part))
    objects = _named_objects(subject, verb)
    return Act(rules.forms.get(verb, verb), objects, heads, around, Said(subject.tool.name, "/name"), "name")


def _named_objects(subject: Subject, verb: str) -> frozenset[str]:
    return frozenset(variant for part in subject.name_parts if part != verb for variant in variants(part))


def _name_verb(subject: Subject) -> str | None:
    """The part that is surely a verb, one of loss or money first; else one that may be, at either end. Verbs in names stand in base form."""
    rules, parts = subject.rules, subject.name_parts
    known = [part for part in parts if rules.forms.get(part) == part]
    sure = [part for part in known if part not in subject.rules.words["nounish"]]
    heavy = [part for part in sure if rules.kinds.get(part) in ("destroy", "money")]
    ends = [part for part in (*parts[:2], *parts[-1:]) if part in known]
    return next(iter([*heavy, *sure, *ends]), None)


def value_acts(subject: Subject, parameter: Parameter) -> Iterator[Act]:
    """The values of a parameter that selects what is done: each as a verb upon what the tool is about."""
    rules = subject.rules
    about = frozenset(variant for part in subject.name_parts for variant in variants(part))
    for value in (parameter.enum or ())[:40]:
        parts = split_identifier(value) if isinstance(value, str) else ()
        verb = next((part for part in parts if part in rules.forms and rules.forms[part] == part), None)
        if verb is not None:
            objects = (frozenset(parts) - {verb}) or about
            yield Act(
                verb, objects, objects, about | frozenset(parts), Said(str(value), f"{parameter.pointer}/enum"), "value"
            )
