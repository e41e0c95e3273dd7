"""`rubrics/judge/` becomes `JudgeRules`: what the judge is asked, when it is believed, and what its models cost."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from scorer.assets import read_asset
from scorer.catalog.entry import Entry, did_you_mean
from scorer.models.base import to_camel
from scorer.models.judge_rules import Asked, Cleared, Derived, DraftRules, JudgeLimits, JudgeRules, ModelPrice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorer.models.rubric import FactRule, Rubric

RULES, MODELS = "rubrics/judge/judge.yaml", "rubrics/judge/models.yaml"
_KEYS = ("model", "tool", "server", "derived", "cleared", "controls", "draft", "limits")
_DRAFT = ("freeTokens", "tokensPerTenth", "rounds", "sourceCharacters", "replyTokens", "claims")
_LIMITS = {to_camel(name): name for name in JudgeLimits.__slots__}  # type: ignore[attr-defined]
_PRICES = ("input", "output", "cacheRead", "cacheWrite", "cacheFloor", "batchShare", "thinking", "correction")
_PLACES = ("description", "words", "names")


@lru_cache(maxsize=4)
def _read(file: str) -> dict[str, Any]:
    from scorer.catalog.yaml_text import read_mapping  # noqa: PLC0415 - a saved report renders without the YAML parser

    return read_mapping(read_asset(file), file)


def load_judge(rubric: Rubric) -> JudgeRules:
    """The shipped rules of judging. Raises RubricError where they and the rubric disagree."""
    entry = Entry(_read(RULES), RULES, "", _KEYS)
    facts = {rule.id: rule for dimension in (*rubric.tool, *rubric.server) for rule in dimension.facts}
    limits = entry.entry("limits", _LIMITS)
    models = _models(rubric)
    default = entry.text("model")
    if default not in {price.id for price in models}:
        raise entry.error("model", f"{default!r} has no price in {MODELS}")
    return JudgeRules(
        model=default,
        tool=_asked(entry.entry("tool"), facts),
        server=_asked(entry.entry("server"), facts),
        derived=_derived(entry.entry("derived"), facts),
        cleared=_cleared(entry.entry("cleared"), facts),
        controls=tuple(entry.texts("controls")),
        limits=JudgeLimits(**{name: limits.whole(key) for key, name in _LIMITS.items()}),
        draft=_draft(entry.entry("draft", _DRAFT)),
        models=models,
    )


def _draft(entry: Entry) -> DraftRules:
    return DraftRules(
        free_tokens=entry.whole("freeTokens"),
        tokens_per_tenth=entry.whole("tokensPerTenth"),
        rounds=entry.whole("rounds"),
        source_characters=entry.whole("sourceCharacters"),
        reply_tokens=entry.whole("replyTokens"),
        claims=tuple(entry.texts("claims")),
    )


def _known(entry: Entry, key: str, names: list[str], facts: Mapping[str, FactRule]) -> tuple[str, ...]:
    for name in names:
        if name not in facts:
            raise entry.error(key, f"unknown fact {name!r}", did_you_mean(name, list(facts)))
    return tuple(names)


def _asked(entry: Entry, facts: Mapping[str, FactRule]) -> tuple[Asked, ...]:
    found = []
    for key in entry.values:
        where, _, beyond = entry.text(key).partition(" ")
        _known(entry, key, [key], facts)
        if where not in _PLACES or beyond not in ("", "beyond"):
            raise entry.error(key, f"{entry.text(key)!r} is no place", did_you_mean(where, _PLACES))
        found.append(Asked(key, where, beyond == "beyond"))
    return tuple(found)


def _derived(entry: Entry, facts: Mapping[str, FactRule]) -> tuple[Derived, ...]:
    found = []
    for key in entry.values:
        least, *names = entry.text(key).split()
        if not least.isdigit():
            raise entry.error(key, "opens with how many of the facts must hold")
        (identity,) = _known(entry, key, [key], facts)
        found.append(Derived(identity, int(least), _known(entry, key, names, facts)))
    return tuple(found)


def _cleared(entry: Entry, facts: Mapping[str, FactRule]) -> tuple[Cleared, ...]:
    found = []
    for key in entry.values:
        (identity,) = _known(entry, key, [key], facts)
        rule = facts[identity]
        if rule.kind != "defect" or rule.cap or rule.gate or rule.flag:
            raise entry.error(key, "only a defect without cap, gate and flag can be cleared")
        found.append(Cleared(identity, _known(entry, key, entry.text(key).split(), facts)))
    return tuple(found)


def _models(rubric: Rubric) -> tuple[ModelPrice, ...]:
    index = Entry(_read(MODELS), MODELS, "")
    dimensions = [dimension.id for dimension in rubric.tool]
    return tuple(_price(index.entry(name, _PRICES), name, dimensions) for name in index.values)


def _price(entry: Entry, name: str, dimensions: list[str]) -> ModelPrice:
    correction = entry.entry("correction", dimensions)
    return ModelPrice(
        id=name,
        input=entry.number("input"),
        output=entry.number("output"),
        cache_read=entry.number("cacheRead"),
        cache_write=entry.number("cacheWrite"),
        cache_floor=entry.whole("cacheFloor"),
        batch_share=entry.whole("batchShare"),
        thinking=entry.optional("thinking"),
        correction={key: correction.tenths(key) / 10 for key in correction.values},
    )
