"""`rubrics/risk.yaml` becomes `RiskRules`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast, get_args

from scorer.assets import read_asset
from scorer.catalog.entry import Entry
from scorer.catalog.yaml_text import read_mapping
from scorer.models.risk import Category, Severity
from scorer.models.risk_rules import (
    BoundText,
    CategoryRule,
    PolicyRules,
    Rate,
    RiskRules,
    Ruling,
    SignalRule,
    SqlRules,
)
from scorer.text.cues import Cue
from scorer.text.verbs import forms

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "rubrics/risk.yaml"
_KEYS = (
    "version",
    "categories",
    "acts",
    "words",
    "rulings",
    "phrases",
    "signals",
    "parameters",
    "policies",
    "agreement",
)
_RULING = ("id", "verbs", "objects", "heads", "needs", "unless", "category", "severity", "signals", "says")
_CASE = ("tool", "theirs", "ours", "why")
_CATEGORY = ("means", "does", "counts", "advice", "severity")
_SIGNAL = ("label", "means", "advice", "cues", "unless", "names")


@lru_cache(maxsize=1)
def load_risk_rules() -> RiskRules:
    """The shipped rules, read once per process. Raises RubricError, which names file and key."""
    return build_risk_rules(read_asset(FILE))


class Agreement(NamedTuple):
    """What was measured, for the page. cases: (tool, their category, ours, why)."""

    labels: str
    catalogue: str
    cases: tuple[tuple[str, ...], ...]


def load_agreement() -> Agreement:
    """What the shipped rules were measured to be."""
    entry = Entry(read_mapping(read_asset(FILE), FILE), FILE, "").entry("agreement", ("labels", "catalogue", "cases"))
    rows = [Entry(row, FILE, f"agreement.cases.{at}", _CASE) for at, row in enumerate(entry.values["cases"])]
    cases = tuple(tuple(row.text(key) for key in _CASE) for row in rows)
    return Agreement(entry.text("labels"), entry.text("catalogue"), cases)


def load_rulings() -> tuple[Ruling, ...]:
    """The shipped rulings in the order in which they are tried."""
    rules = load_risk_rules()
    found = {ruling.id: ruling for those in rules.rulings.values() for ruling in those}
    return tuple(sorted(found.values(), key=lambda ruling: ruling.id))


def build_risk_rules(text: str) -> RiskRules:
    """The rules that a document in the form of `rubrics/risk.yaml` holds."""
    index = Entry(read_mapping(text, FILE), FILE, "", _KEYS)
    acts = {
        name: index.entry("acts").entry(name, ("category", "severity", "verbs")) for name in index.entry("acts").values
    }
    lists = _Lists(index.entry("words"), {name: act.text("verbs") for name, act in acts.items()})
    signals = {
        name: _signal(index.entry("signals").entry(name, _SIGNAL), name) for name in index.entry("signals").values
    }
    rulings = [
        _ruling(Entry(row, FILE, f"rulings.{at}", _RULING), lists, signals) for at, row in enumerate(_rows(index))
    ]
    kinds = _kinds(acts)
    return RiskRules(
        version=index.text("version"),
        categories=_categories(index.entry("categories")),
        forms=_forms(kinds, rulings),
        kinds=kinds,
        kind_category={name: _category(act) for name, act in acts.items()},
        kind_severity={name: _severity(act) for name, act in acts.items() if act.optional("severity")},
        rulings=_by_verb(rulings),
        words={name: lists.expand(f"@{name}", index) for name in index.entry("words").values},
        phrases={name: Cue(index.entry("phrases").text(name)) for name in index.entry("phrases").values},
        signals=signals,
        parameters={name: _whole(index.entry("parameters"), name) for name in index.entry("parameters").values},
        policies=_policies(index.entry("policies", ("rates", "bounds", "sql", "messages", "profiles"))),
    )


def _kinds(acts: Mapping[str, Entry]) -> dict[str, str]:
    """Every verb with the act that it is; a verb is one act, and rulings say where it is another."""
    found: dict[str, str] = {}
    for name, act in acts.items():
        for verb in act.text("verbs").split():
            if found.setdefault(verb, name) != name:
                raise act.error("verbs", f"{verb!r} is among those of {found[verb]}, too")
    return found


def _rows(index: Entry) -> list[Any]:
    rows = index.values.get("rulings")
    if not isinstance(rows, list) or not rows:
        raise index.error("rulings", "must be a list of rulings")
    return rows


class _Lists:
    """The named lists of words: `@name` is one of `words`, or the verbs of an act."""

    def __init__(self, words: Entry, acts: Mapping[str, str]) -> None:
        self._lists = {**{name: words.text(name) for name in words.values}, **acts}
        if twice := sorted(words.values.keys() & acts.keys()):
            raise words.error(twice[0], "is the name of an act, too")

    def expand(self, text: str, entry: Entry) -> frozenset[str]:
        found: set[str] = set()
        for word in text.split():
            if not word.startswith("@"):
                found.add(word)
            elif word[1:] in self._lists:
                found |= self.expand(self._lists[word[1:]], entry)
            else:
                raise entry.error("", f"no list of words is called {word[1:]!r}")
        return frozenset(found)


def _ruling(row: Entry, lists: _Lists, signals: Mapping[str, SignalRule]) -> Ruling:
    named = tuple(row.optional("signals").split())
    if unknown := [name for name in named if name not in signals]:
        raise row.error("signals", f"{unknown[0]!r} is no signal")
    return Ruling(
        id=row.text("id"),
        verbs=lists.expand(row.text("verbs"), row),
        objects=lists.expand(row.optional("objects"), row),
        heads=lists.expand(row.optional("heads"), row),
        needs=lists.expand(row.optional("needs"), row),
        unless=lists.expand(row.optional("unless"), row),
        category=_category(row),
        severity=_severity(row) if row.optional("severity") else None,
        signals=named,
        says=row.text("says"),
    )


def _category(entry: Entry) -> Category:
    if entry.text("category") not in get_args(Category):
        raise entry.error("category", f"must be one of {', '.join(get_args(Category))}")
    return cast("Category", entry.text("category"))


def _severity(entry: Entry) -> Severity:
    if entry.text("severity") not in get_args(Severity):
        raise entry.error("severity", f"must be one of {', '.join(get_args(Severity))}")
    return cast("Severity", entry.text("severity"))


def _categories(entry: Entry) -> dict[Category, CategoryRule]:
    if set(entry.values) != set(get_args(Category)):
        raise entry.error("", f"must name exactly {', '.join(get_args(Category))}")
    names = cast("list[Category]", list(entry.values))
    return {name: _one_category(name, entry.entry(name, _CATEGORY)) for name in names}


def _one_category(name: Category, entry: Entry) -> CategoryRule:
    means, does, counts, advice = (entry.text(key) for key in _CATEGORY[:-1])
    return CategoryRule(name, means, does, counts, advice, _severity(entry))


def _signal(entry: Entry, name: str) -> SignalRule:
    cues, unless = (Cue(entry.text(key)) if entry.optional(key) else None for key in ("cues", "unless"))
    names = _whole(entry, "names") if entry.optional("names") else None
    return SignalRule(name, entry.text("label"), entry.text("means"), entry.text("advice"), cues, unless, names)


def _whole(entry: Entry, key: str) -> re.Pattern[str]:
    """A pattern that is matched against whole names."""
    try:
        return re.compile(rf"(?:{entry.text(key)})\Z")
    except re.error as error:
        raise entry.error(key, f"not a regular expression: {error}") from error


def _forms(kinds: Mapping[str, str], rulings: list[Ruling]) -> dict[str, str]:
    bases = {*kinds, *(verb for ruling in rulings for verb in ruling.verbs)}
    found: dict[str, str] = {base: base for base in bases}
    for base in sorted(bases):
        for form in forms(base):
            found.setdefault(form, base)
    return found


def _by_verb(rulings: list[Ruling]) -> dict[str, tuple[Ruling, ...]]:
    found: dict[str, list[Ruling]] = {}
    for ruling in rulings:
        for verb in ruling.verbs:
            found.setdefault(verb, []).append(ruling)
    return {verb: tuple(those) for verb, those in found.items()}


def _bound_text(entry: Entry) -> BoundText:
    return BoundText(entry.text("says"), entry.optional("fill"))


_RATE = re.compile(r"(\d{1,6})/(minute|hour|day)")


def _policies(entry: Entry) -> PolicyRules:
    rates, messages, profiles = (entry.entry(key) for key in ("rates", "messages", "profiles"))
    bounds, sql = entry.entry("bounds"), entry.entry("sql", ("words", "functions"))
    return PolicyRules(
        bounds={name: _bound_text(bounds.entry(name, ("says", "fill"))) for name in bounds.values},
        sql=SqlRules(*(tuple(sql.text(key).split()) for key in ("words", "functions"))),
        rates={name: tuple(_rate(rates, name, one) for one in rates.optional(name).split()) for name in rates.values},
        messages={name: messages.text(name) for name in messages.values},
        profiles={name: profiles.text(name) for name in profiles.values},
    )


def _rate(rates: Entry, name: str, text: str) -> Rate:
    match = _RATE.fullmatch(text)
    if match is None:
        raise rates.error(name, f"{text!r} is not a rate", "Write it as 10/minute, with minute, hour or day.")
    return Rate(int(match[1]), match[2])
