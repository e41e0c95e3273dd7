"""The rules of risk as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.catalog.risk_agreement import Agreement
    from scorer.models.risk_rules import Condition, RiskRules, Ruling

RISK_PAGE = "risk.md"
_NOTE = "<!-- Generated from the YAML beside it by `python -m scorer.catalog --write-pages`. -->"


def risk_page(rules: RiskRules, rulings: Sequence[Ruling], agreement: Agreement) -> str:
    """Categories, boundary cases and signals, each with its reason."""
    return (
        "\n".join(
            [
                _NOTE,
                "",
                *_categories(rules),
                "",
                *_rulings(rulings),
                "",
                *_severities(rules),
                "",
                *_signals(rules),
                "",
                *_policies(rules),
                "",
                *_agreement(agreement),
            ]
        )
        + "\n"
    )


def _categories(rules: RiskRules) -> Iterator[str]:
    yield from ("# Risk", "", "A tool has one category: the worst that a caller can reach with it, in this order.", "")
    yield from ("| Category | Means | Severity starts at | Advice |", "|:--|:--|:--|:--|")
    for rule in rules.categories.values():
        yield f"| {rule.id} | {rule.means} | {rule.severity} | {rule.advice} |"
    yield from (
        "",
        "## Verbs",
        "",
        "What a verb does when no boundary case fits:",
        "",
        "| Act | Category | Verbs |",
        "|:--|:--|:--|",
    )
    for kind, category in rules.kind_category.items():
        verbs = " ".join(verb for verb, own in rules.kinds.items() if own == kind)
        yield f"| {kind} | {category if kind != 'vague' else 'the name decides'} | {verbs} |"


def _rulings(rulings: Sequence[Ruling]) -> Iterator[str]:
    yield from (
        "## Boundary cases",
        "",
        "The first in the YAML whose verb, object and other words fit decides an act.",
        "",
    )
    yield from ("| Case | Category | Severity | Because |", "|:--|:--|:--|:--|")
    for ruling in rulings:
        yield f"| {ruling.id} | {ruling.category} | {ruling.severity or 'as it starts'} | {ruling.says} |"


def _severities(rules: RiskRules) -> Iterator[str]:
    yield from (
        "## Severities",
        "",
        "A severity starts where the category does, or where the boundary case puts it. The first row of the category whose conditions all hold",
        "moves it. `verb`, `object` and `about` (object or name) name a list of words, `argument` a pattern of names, `text` a phrase, all in the",
        "YAML; `by` is what opened the act, `is` what is worked out of the schema and the other acts.",
        "",
        "| Category | When | Severity | Because |",
        "|:--|:--|:--|:--|",
    )
    for category, rows in rules.severities.items():
        for row in rows:
            when = " and ".join(_condition(condition) for condition in row.when)
            yield f"| {category} | {when} | {row.severity} | {row.because} |"


def _condition(condition: Condition) -> str:
    name = condition.name if condition.kind == "signal" else f"{condition.kind}={condition.name}"
    return f"`{name}`" if condition.holds else f"not `{name}`"


def _signals(rules: RiskRules) -> Iterator[str]:
    yield from ("## Signals", "", "| Signal | Shown as | Set when | Advice |", "|:--|:--|:--|:--|")
    for signal in rules.signals.values():
        yield f"| `{signal.id}` | {signal.label} | {signal.means} | {signal.advice} |"


def _policies(rules: RiskRules) -> Iterator[str]:
    yield from ("## Policies", "", "| Profile | What it is for |", "|:--|:--|")
    for name, text in rules.policies.profiles.items():
        yield f"| {name} | {text} |"
    yield from ("", "| A call that is | At most |", "|:--|:--|")
    for name, rates in rules.policies.rates.items():
        yield f"| {name} | {', '.join(f'{rate.calls} in a {rate.window}' for rate in rates) or 'no limit'} |"
    yield from ("", "Rules over arguments, where the input schema has the argument:", "")
    yield from ("| Rule | The agent is told | A person fills in |", "|:--|:--|:--|")
    for name, bound in rules.policies.bounds.items():
        yield f"| {name} | {bound.says} | {bound.fill or 'nothing'} |"


def _agreement(agreement: Agreement) -> Iterator[str]:
    yield from ("## How right it is", "", agreement.labels, "", agreement.catalogue, "")
    yield from ("| Tool | There | Here | Because |", "|:--|:--|:--|:--|")
    for tool, theirs, ours, why in agreement.cases:
        yield f"| `{tool}` | {theirs} | {ours} | {why} |"
