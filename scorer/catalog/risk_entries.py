"""Categories, rulings, severities and signals of `rubrics/risk.yaml`, entry by entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from scorer.catalog.entry import Entry
from scorer.catalog.risk_words import category, conditions, pattern, severity
from scorer.models.risk import Category
from scorer.models.risk_rules import CategoryRule, Ruling, SeverityRow, SignalRule
from scorer.text.cues import Cue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from scorer.catalog.risk_words import Lists

_RULING = ("id", "verbs", "objects", "heads", "needs", "unless", "category", "severity", "signals", "says")
_SEVERITY = ("category", "when", "severity", "because")
_CATEGORY = ("means", "does", "counts", "advice", "severity")
_SIGNAL = ("label", "means", "advice", "cues", "unless", "names")


def rows(index: Entry, key: str, file: str) -> list[Entry]:
    """The rows of a table that must not be empty."""
    found = index.values.get(key)
    if not isinstance(found, list) or not found:
        raise index.error(key, "must be a list of rows")
    known = {"rulings": _RULING, "severities": _SEVERITY}[key]
    return [Entry(row, file, f"{key}.{at}", known) for at, row in enumerate(found)]


def ruling(row: Entry, lists: Lists, signals: Mapping[str, SignalRule]) -> Ruling:
    """A boundary case."""
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
        category=category(row),
        severity=severity(row) if row.optional("severity") else None,
        signals=named,
        says=row.text("says"),
    )


def severities(rows: Iterable[Entry], known: Mapping[str, Collection[str]]) -> dict[Category, tuple[SeverityRow, ...]]:
    """The steps of severity of each category, in order. known: the names that each kind of condition may have."""
    found: dict[Category, list[SeverityRow]] = {name: [] for name in get_args(Category)}
    for row in rows:
        found[category(row)].append(SeverityRow(conditions(row, known), severity(row), row.text("because")))
    return {name: tuple(those) for name, those in found.items()}


def categories(entry: Entry) -> dict[Category, CategoryRule]:
    """The five categories, the worst first."""
    if set(entry.values) != set(get_args(Category)):
        raise entry.error("", f"must name exactly {', '.join(get_args(Category))}")
    names = cast("list[Category]", list(entry.values))
    return {name: _category(name, entry.entry(name, _CATEGORY)) for name in names}


def _category(name: Category, entry: Entry) -> CategoryRule:
    means, does, counts, advice = (entry.text(key) for key in _CATEGORY[:-1])
    return CategoryRule(name, means, does, counts, advice, severity(entry))


def signal(entry: Entry, name: str) -> SignalRule:
    """A signal of the closed list."""
    if unknown := sorted(entry.values.keys() - set(_SIGNAL)):
        raise entry.error(unknown[0], "unknown key")
    cues, unless = (Cue(entry.text(key)) if entry.optional(key) else None for key in ("cues", "unless"))
    names = pattern(entry, "names", whole=True) if entry.optional("names") else None
    return SignalRule(name, entry.text("label"), entry.text("means"), entry.text("advice"), cues, unless, names)
