"""What is shown: tools by name, facts by pattern. No score moves; siblings stay known."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from scorer.errors import UsageError
from scorer.models.card import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from scorer.models.card import Report, ToolCard
    from scorer.models.fact import Fact

    Keep = Callable[[str], bool]


def nearest(word: str, known: Iterable[str]) -> str:
    """The tip for a name that is unknown: the known names that look most like it."""
    close = get_close_matches(word, list(known), n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(close)}?" if close else ""


def refuse_unknown(names: Sequence[str], known: Sequence[str]) -> None:
    """Raises UsageError for a tool that is not among the known ones, with those that there are."""
    for name in names:
        if name not in known:
            raise UsageError(f"no tool is called {name}", nearest(name, known) or _among(known))


def _among(known: Sequence[str]) -> str:
    if not known:
        return "There are none."
    rest = f" and {len(known) - 8} more" if len(known) > 8 else ""
    return f"The tools are: {', '.join(known[:8])}{rest}."


def show_tools(reports: Sequence[Report], names: Sequence[str]) -> list[Report]:
    """The reports with `shown` set. A server without any of the tools is left out; UsageError if a name is nowhere."""
    known = [card.name for report in reports for card in report.tools]
    refuse_unknown(names, known)
    kept = []
    for report in reports:
        shown = tuple(card.name for card in report.tools if card.name in names)
        if shown or not names:
            kept.append(replace(report, shown=shown or report.shown))
    return kept


def fact_filter(select: Sequence[str], ignore: Sequence[str], known: Sequence[str]) -> Keep | None:
    """Whether a fact id is shown; None when all are. UsageError for a pattern that no known id matches."""
    selected, ignored = patterns(select, known), patterns(ignore, known)
    if not selected and not ignored:
        return None

    def keep(fact: str) -> bool:
        return (not selected or _matches(fact, selected)) and not _matches(fact, ignored)

    return keep


def patterns(given: Sequence[str], known: Sequence[str]) -> list[str]:
    """The patterns in options that may hold several; "parameters" alone means all of its facts. UsageError if one matches nothing."""
    found = [part.strip() for text in given for part in text.split(",") if part.strip()]
    found = [pattern if any(char in pattern for char in "/*?[") else f"{pattern}/*" for pattern in found]
    for pattern in found:
        if not any(fnmatchcase(fact, pattern) for fact in known):
            tip = nearest(pattern, [*known, *{fact.split("/")[0] + "/*" for fact in known}])
            first = {fact.split("/")[0] for fact in known}
            more = "" if tip and pattern.split("/")[0] in first else _prefixes(known)
            raise UsageError(f"no fact matches {pattern}", f"{tip} {more}".strip())
    return found


def _prefixes(known: Sequence[str]) -> str:
    first = ", ".join(dict.fromkeys(f"{fact.split('/')[0]}/*" for fact in known))
    return f"There are {first}; `toolmark explain` lists all facts."


def _matches(fact: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(fact, pattern) for pattern in patterns)


def show_facts(report: Report, keep: Keep) -> Report:
    """The report without the facts, fixes and planned edits that are not to be shown."""
    return replace(
        report,
        tools=tuple(_card(card, keep) for card in report.tools),
        server_facts=_facts(report.server_facts, keep),
        plan=_plan(report.plan, keep),
    )


def _card(card: ToolCard, keep: Keep) -> ToolCard:
    return replace(card, facts=_facts(card.facts, keep), fixes=tuple(fix for fix in card.fixes if keep(fix.fact)))


def _facts(facts: tuple[Fact, ...], keep: Keep) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if keep(fact.id))


def _plan(plan: Plan, keep: Keep) -> Plan:
    """A plan holds as a whole: with a step that is not shown, its sums would be wrong."""
    if all(keep(edit.fact) for edit in plan.edits):
        return plan
    return Plan(plan.target, reached=False, from_score=plan.from_score, to_score=None)
