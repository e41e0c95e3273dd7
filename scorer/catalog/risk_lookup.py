"""What the risk part of a report says, explained one by one: the categories, the severities, the signals."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from scorer.models.risk import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.risk_rules import CategoryRule, RiskRules, SignalRule

_MORE = "`rubrics/risk.md` has the rules of reading; `toolmark score INPUT --tool NAME` shows what was read in a tool."


def risk_index(rules: RiskRules) -> Iterator[tuple[str, str]]:
    """Everything that `risk_pages` explains, each with what it means, in the order of the rubric."""
    yield "risk", "What a tool can do to the world: its category, its signals, and how severe that is."
    for category in rules.categories.values():
        yield category.id, category.means
    for severity in get_args(Severity):
        yield severity, f"A severity{_where(severity, rules)}."
    for signal in rules.signals.values():
        yield f"risk/{_id(signal)}", signal.means


def risk_pages(name: str, rules: RiskRules) -> list[str]:
    """The Markdown pages that a name stands for: `risk`, a category, a severity, or a signal by its id or label; none for another name."""
    wanted = name.strip().lower().replace("_", "-").removeprefix("risk/")
    pages = [_overview(rules)] if wanted in ("risk", "severity", "category", "signals") else []
    pages += [_category(one) for one in rules.categories.values() if one.id.lower() == wanted]
    pages += [_severity(one, rules) for one in get_args(Severity) if one == wanted]
    return pages + [_signal(one) for one in rules.signals.values() if wanted in (_id(one), one.label.lower())]


def _id(signal: SignalRule) -> str:
    return signal.id.replace("_", "-")


def _where(severity: str, rules: RiskRules) -> str:
    own = [category.id for category in rules.categories.values() if category.severity == severity]
    return f"; {', '.join(own)} {'starts' if len(own) == 1 else 'start'} there" if own else ""


def _overview(rules: RiskRules) -> str:
    rows = ["# Risk", "", "The category is the worst that a caller can reach, in this order:", ""]
    rows += [f"- **{one.id}**: {one.means}" for one in rules.categories.values()]
    rows += ["", "Signals are what the category does not say:", ""]
    rows += [f"- `{_id(one)}`: {one.means}" for one in rules.signals.values()]
    return "\n".join([*rows, *_moves(), "", _MORE]) + "\n"


def _moves() -> list[str]:
    return [
        "",
        f"The severity ({', '.join(get_args(Severity))}) starts where the category puts it; signals, boundary cases and what the schema bounds move it.",
    ]


def _category(rule: CategoryRule) -> str:
    rows = [f"# {rule.id}", "", "A category of risk.", "", "## Means", "", rule.means, "", "## Severity", ""]
    rows += [f"Starts at {rule.severity}; signals and what the schema bounds move it."]
    return "\n".join([*rows, "", "## Advice", "", rule.advice, "", _MORE]) + "\n"


def _severity(severity: str, rules: RiskRules) -> str:
    rows = [f"# {severity}", "", f"A severity of risk{_where(severity, rules)}.", *_moves()]
    return "\n".join([*rows, "", _MORE]) + "\n"


def _signal(rule: SignalRule) -> str:
    rows = [f"# risk/{_id(rule)}", "", f"A signal of risk, shown as “{rule.label}”.", "", "## Set when", "", rule.means]
    return "\n".join([*rows, "", "## Advice", "", rule.advice, "", _MORE]) + "\n"
