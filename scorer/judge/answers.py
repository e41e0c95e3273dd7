"""The judge's answer: its schema, its validation after parsing, and the check of every quote."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from scorer.judge.evidence import Evidence, Found
from scorer.models.fact import Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorer.judge.case import Case
    from scorer.models.judge_rules import Asked, JudgeLimits

CONTROL = "check/control"
_LONGEST_REASON, _MOST_NAMES = 600, 6
_STRICT = ConfigDict(strict=True, extra="forbid")


class InvalidAnswerError(ValueError):
    """The reply is no answer to what was asked."""


@checked(config=_STRICT, frozen=True)
class Affirmed:
    """One yes."""

    fact: str
    quote: str


@checked(config=_STRICT, frozen=True)
class Answers:
    """A reply as it was given: ids of facts by answer, and a reason per dimension."""

    yes: list[Affirmed]
    no: list[str]
    unsure: list[str]
    reasons: dict[str, str]


_ADAPTER = TypeAdapter(Answers)


def schema(facts: Sequence[str], dimensions: Sequence[str]) -> dict[str, Any]:
    """JSON Schema of an answer: literals, no optional property, nothing that the vendor would only take as advice."""
    fact = {"type": "string", "enum": [*facts, CONTROL]}
    some = {"type": "array", "items": {"$ref": "#/$defs/fact"}}
    affirmed = _closed({"fact": {"$ref": "#/$defs/fact"}, "quote": {"type": "string"}})
    reasons = _closed({dimension: {"type": "string"} for dimension in dimensions})
    body = _closed({"yes": {"type": "array", "items": affirmed}, "no": some, "unsure": some, "reasons": reasons})
    return {"$defs": {"fact": fact}, **body}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def parse(text: str, facts: Sequence[str], dimensions: Sequence[str]) -> dict[str, Any]:
    """The reply as plain data, fit for a cache. Raises InvalidAnswerError: not JSON, another shape, ids that were not asked, hardly any answer."""
    try:
        answers = _ADAPTER.validate_json(text)
    except ValidationError as error:
        raise InvalidAnswerError(f"the answer does not fit the schema: {error.errors()[0]['msg']}") from None
    known = {*facts, CONTROL}
    given = [*(one.fact for one in answers.yes), *answers.no, *answers.unsure]
    unknown = [fact for fact in given if fact not in known]
    if unknown or not set(answers.reasons) <= set(dimensions):
        raise InvalidAnswerError("the answer has questions that were not asked")
    if 2 * len(set(given)) < len(known):
        raise InvalidAnswerError("the answer leaves out most of the questions")
    document: dict[str, Any] = json.loads(_ADAPTER.dump_json(answers))
    return document


def valid(document: object, facts: Sequence[str], dimensions: Sequence[str]) -> bool:
    """Whether a document from a cache, which anybody may have written, is what `parse` gives."""
    try:
        parse(json.dumps(document), facts, dimensions)
    except (InvalidAnswerError, TypeError, RecursionError):
        return False
    return True


class Said(NamedTuple):
    """One checked answer. holds: None for "cannot tell". sentence: which one shows it (see `Found`)."""

    holds: bool | None
    quote: str | None = None
    place: Place | None = None
    sentence: tuple[str, int] | None = None
    tools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vote:
    """One judgement, checked. voided: ids whose yes does not count. fooled: the judge affirmed the control question, so nothing counts."""

    said: Mapping[str, Said]
    reasons: Mapping[str, str]
    voided: tuple[str, ...] = ()
    fooled: bool = False
    twice: tuple[str, ...] = field(default=())


def check(
    document: Mapping[str, Any], case: Case, asked: Sequence[Asked], merits: frozenset[str], limits: JudgeLimits
) -> Vote:
    """A parsed reply against the definition: a quote that is not in it, or that shows nothing, voids its answer.

    merits: ids of the facts that raise a score; their quotes must be evidence, where a defect may be shown by any text.
    """
    said, voided = _denied(document), []
    evidence = Evidence(case.tools[0], case.signals[0])
    by_id = {one.id: one for one in asked}
    fooled = any(one["fact"] == CONTROL for one in document["yes"])
    for one in document["yes"]:
        rule = by_id.get(one["fact"])
        if rule is None:
            continue
        found = (
            _names(one["quote"], case)
            if case.is_set
            else _shown(one["quote"], rule, evidence, rule.id in merits, limits)
        )
        if found is None or rule.id in said:
            voided.append(rule.id)
            said.pop(rule.id, None)
        else:
            said[rule.id] = found
    reasons = {key: " ".join(text.split())[:_LONGEST_REASON] for key, text in document["reasons"].items()}
    return Vote(said, reasons, tuple(voided), fooled)


def _denied(document: Mapping[str, Any]) -> dict[str, Said]:
    unsure = set(document["unsure"])
    found = {fact: Said(holds=False) for fact in document["no"] if fact not in unsure}
    return found | {fact: Said(holds=None) for fact in unsure}


def _shown(quote: str, rule: Asked, evidence: Evidence, merit: bool, limits: JudgeLimits) -> Said | None:  # noqa: FBT001
    found = evidence.find(quote, rule.where)
    if not merit:
        return _defect(quote, found, evidence)
    if found is None or len(found.words.split()) < limits.quote_words:
        return None
    if rule.beyond_purpose and not evidence.adds(found):
        return None
    return _said(found)


def _defect(quote: str, found: Found | None, evidence: Evidence) -> Said | None:
    if found is not None:
        return _said(found)
    return Said(True, quote, Place("")) if quote.strip() and evidence.raw_holds(quote) else None


def _said(found: Found) -> Said:
    return Said(True, found.words, found.place, found.sentence)


def _names(quote: str, case: Case) -> Said | None:
    names = tuple(dict.fromkeys(name.strip() for name in quote.split(",") if name.strip()))
    if not names or len(names) > _MOST_NAMES or not set(names) <= set(case.names):
        return None
    return Said(True, names[0], Place("/name", 0, len(names[0])), tools=names)
