"""`rubrics/risk.yaml` becomes `RiskRules`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from scorer.assets import read_asset
from scorer.catalog import risk_entries
from scorer.catalog.entry import Entry
from scorer.catalog.risk_policies import policies
from scorer.catalog.risk_words import Lists, category, pattern, severity
from scorer.catalog.yaml_text import read_mapping
from scorer.models.risk_rules import RiskRules, Ruling
from scorer.text.cues import Cue
from scorer.text.verbs import forms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

FILE = "rubrics/risk.yaml"
_KEYS = (
    "version", "categories", "acts", "words", "rulings", "severities", "phrases", "signals", "parameters", "patterns",
    "policies", "agreement",
)  # fmt: skip


@lru_cache(maxsize=1)
def load_risk_rules() -> RiskRules:
    """The shipped rules, read once per process. Raises RubricError, which names file and key."""
    return build_risk_rules(read_asset(FILE))


def load_rulings() -> tuple[Ruling, ...]:
    """The shipped rulings by their ids."""
    found = {ruling.id: ruling for those in load_risk_rules().rulings.values() for ruling in those}
    return tuple(sorted(found.values(), key=lambda ruling: ruling.id))


def build_risk_rules(text: str) -> RiskRules:
    """The rules that a document in the form of `rubrics/risk.yaml` holds."""
    index = Entry(read_mapping(text, FILE), FILE, "", _KEYS)
    acts = _each(index.entry("acts"), ("category", "severity", "verbs"))
    lists = Lists(index.entry("words"), {name: act.text("verbs") for name, act in acts.items()})
    signals = {name: risk_entries.signal(entry, name) for name, entry in _each(index.entry("signals")).items()}
    rulings = [risk_entries.ruling(row, lists, signals) for row in risk_entries.rows(index, "rulings", FILE)]
    kinds = _kinds(acts)
    said, named, written = (index.entry(key) for key in ("phrases", "parameters", "patterns"))
    words = {name: lists.expand(f"@{name}", index) for name in index.entry("words").values}
    known: dict[str, Collection[str]] = {
        **dict.fromkeys(("verb", "object", "about"), words),
        "signal": signals,
        "argument": named.values,
        "text": said.values,
        "ruling": {ruling.id for ruling in rulings},
    }
    return RiskRules(
        version=index.text("version"),
        categories=risk_entries.categories(index.entry("categories")),
        forms=_forms(kinds, rulings),
        kinds=kinds,
        kind_category={name: category(act) for name, act in acts.items()},
        kind_severity={name: severity(act) for name, act in acts.items() if act.optional("severity")},
        rulings=_by_verb(rulings),
        severities=risk_entries.severities(risk_entries.rows(index, "severities", FILE), known),
        words=words,
        phrases={name: Cue(said.text(name)) for name in said.values},
        signals=signals,
        parameters={name: pattern(named, name, whole=True) for name in named.values},
        patterns={name: pattern(written, name, whole=False) for name in written.values},
        policies=policies(index.entry("policies", ("rates", "bounds", "sql", "messages", "profiles"))),
    )


def _each(entry: Entry, known: tuple[str, ...] | None = None) -> dict[str, Entry]:
    return {name: entry.entry(name, known) for name in entry.values}


def _kinds(acts: Mapping[str, Entry]) -> dict[str, str]:
    """Every verb with the act that it is; a verb is one act, and rulings say where it is another."""
    found: dict[str, str] = {}
    for name, act in acts.items():
        for verb in act.text("verbs").split():
            if found.setdefault(verb, name) != name:
                raise act.error("verbs", f"{verb!r} is among those of {found[verb]}, too")
    return found


def _forms(kinds: Mapping[str, str], rulings: Iterable[Ruling]) -> dict[str, str]:
    bases = {*kinds, *(verb for ruling in rulings for verb in ruling.verbs)}
    found: dict[str, str] = {base: base for base in bases}
    for base in sorted(bases):
        for form in forms(base):
            found.setdefault(form, base)
    return found


def _by_verb(rulings: Iterable[Ruling]) -> dict[str, tuple[Ruling, ...]]:
    found: dict[str, list[Ruling]] = {}
    for ruling in rulings:
        for verb in ruling.verbs:
            found.setdefault(verb, []).append(ruling)
    return {verb: tuple(those) for verb, those in found.items()}
