"""The sections under the terminal's table: what to mend first, the plan, the tools as a set, flags and problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.outputs.alarms import alarmed, alarms
from scorer.outputs.cells import Page, padded, wrapped
from scorer.outputs.changes import Moved, headline, labels, moved, step, tokens, why
from scorer.outputs.escape import folded, margin
from scorer.outputs.risk_words import LEGEND, explained
from scorer.outputs.second import on_tool
from scorer.outputs.words import (
    evidence,
    gain,
    grade,
    lines_of,
    number,
    plan_title,
    problems,
    shown,
    stretch,
    weakest,
    worst_first,
)
from scorer.text.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.models.card import Fix, Report, ToolCard
    from scorer.models.tool import Problem, Reference

_LABEL = 18  # "Usage Guidelines 2"
_LINES = 4
_NAME = 200
# Where a tool was asked for by name nothing of it is left out, but a hostile text has its end all the same.
_WHOLE, _ALL_LINES = 20_000, 100_000
_CARDS, _FIXES = 3, 5


def sections(report: Report, page: Page) -> Iterator[list[str]]:
    """The sections that have something to say, as lists of lines. A run narrowed to some tools says more of them, less of the rest."""
    cards = worst_first(shown(report))
    narrowed = report.shown is not None
    first = [card for card, alarm in alarmed(cards, report) if alarm.grave]
    rest = (card for card in cards if not any(card is one for one in first))
    news = [*first, *(card for card in rest if narrowed or card.fixes or weakest(card, report))]
    found = (
        [] if narrowed else _changes(report, page),
        *(_card(card, report, page, full=narrowed) for card in (news if narrowed else news[:_CARDS])),
        [] if narrowed else _rest(len(news) - _CARDS, page),
        [] if narrowed else _plan(report, page),
        [] if narrowed else _tool_set(report, page),
        _flags(cards, report, page),
        _problems(problems(report), page),
        _hint(cards, page),
    )
    return (lines for lines in found if lines)


def legend(report: Report, page: Page) -> Iterator[str]:
    """What the table's columns are."""
    labels = ", ".join(folded(dim.label, 40) for dim in report.legend.dimensions)
    words = f"Columns: {labels}; 5 is best, - was not measurable. Tokens: {folded(report.legend.token_method, 120)}."
    words += f" {LEGEND}" if report.risk else ""
    return (page.paint(line, "dim") for line in wrapped(words, page.width, _LINES + 2))


def _rest(count: int, page: Page) -> list[str]:
    if count <= 0:
        return []
    return [page.paint(f"... and {counted(count, 'more tool')} to mend: --tool NAME shows one in full", "dim")]


def _row(label: str, text: str, page: Page, lines: int = _LINES, style: str = "") -> list[str]:
    """`  label   wrapped words`, the words in a column of their own."""
    rows = wrapped(text, page.width - _LABEL - 4, lines) or [""]
    heads = [page.paint(padded(label, _LABEL), style), *[" " * _LABEL] * (len(rows) - 1)]
    return [f"  {head}  {row}".rstrip() for head, row in zip(heads, rows, strict=True)]


def _item(label: str, text: str, page: Page, lines: int = _LINES) -> list[str]:
    """`  label: wrapped words`, further lines indented."""
    head, *rest = wrapped(f"{label}: {text}", page.width - 5, lines)
    return [f"  {head}", *(f"     {line}" for line in rest)]


class _Most(NamedTuple):
    """How much of a card is shown: characters of a sentence and of a quote, lines of a sentence, and of what is less than one."""

    text: int
    quote: int
    lines: int
    few: int


def _card(card: ToolCard, report: Report, page: Page, *, full: bool) -> list[str]:
    most = _Most(_WHOLE, _WHOLE, _ALL_LINES, _ALL_LINES) if full else _Most(600, 200, _LINES, 2)
    flags = ", ".join(folded(flag, 40) for flag in (*card.flags, *card.server_flags))
    title = f"{folded(card.name, most.quote)}   {grade(card.tdqs, card.tier)}   {flags}".rstrip()
    lines = [page.paint(line, "bold") for line in wrapped(title, page.width, most.few)]
    for alarm in alarms(card, report):
        lines += _row("! BEWARE", folded(alarm.sentence(), 400), page, style="red")
    lines += _reasons(card, report, page, most, full=full)
    if full and card.risk:
        lines += _row("Risk", folded(explained(card.risk, report), most.text), page, max(8, most.few))
    for said in list(on_tool(card))[: None if full else 2]:
        lines += _row("Judge", folded(said, most.text), page, max(3, most.few))
    seen: set[int | None] = set()
    for fix in card.fixes[: _FIXES if full else 1]:
        lines += _fix(fix, page, most)
        part = lines_of(fix, card)
        if part and fix.lines not in seen:
            lines += _source(part, page, full=full)
            seen.add(fix.lines)
    return lines + (_more(len(card.fixes) - _FIXES, "fix", "fixes") if full else [])


def _reasons(card: ToolCard, report: Report, page: Page, most: _Most, *, full: bool) -> list[str]:
    """The dimensions with their reasons, and the words that speak against each, said once."""
    lines, said = list[str](), set[str]()
    for dim, reason in weakest(card, report, most=None if full else 2):
        label = f"{folded(dim.label, 40)} {reason.score or '-'}"
        lines += _row(label, folded(reason.justification, most.text), page, most.lines)
        against = evidence(card, dim.id)
        if against and against.quote and against.quote not in reason.justification and against.quote not in said:
            lines += _row("", f'"{folded(against.quote, most.quote)}"', page, most.few)
            said.add(against.quote)
    return lines


def _source(part: Reference, page: Page, *, full: bool) -> list[str]:
    """Where the text stands that a fix changes; in full, as it is now."""
    lines = _row("  in", folded(f"{stretch(part)} ({part.role})", 200), page)
    return lines + ([line for row in part.code.split("\n") for line in _code(row, page)] if full else [])


def _code(row: str, page: Page) -> list[str]:
    """One line of source in its indentation, wrapped where the page is too narrow for it."""
    head = f"      {margin(row)}"
    rows = wrapped(folded(row, _WHOLE), page.width - len(head), _ALL_LINES) or [""]
    return [f"{head}{line}".rstrip() for line in rows]


def _fix(fix: Fix, page: Page, most: _Most) -> list[str]:
    lines = _row(f"Fix {gain(fix)}", folded(fix.text, most.text), page, most.lines, style="green")
    if fix.start:
        lines += _row("  begin with", folded(fix.start, most.quote), page, most.lines)
    elif fix.before and fix.after:
        example = f"{folded(fix.before, most.quote)}  ->  {folded(fix.after, most.quote)}"
        lines += _row("  for example", example, page, most.lines)
    return lines


def _plan(report: Report, page: Page) -> list[str]:
    title = plan_title(report.plan)
    if not title:
        return []
    lines = [page.paint(title, "bold")]
    for place, edit in enumerate(report.plan.edits[:8], 1):
        words = f"{folded(edit.text)} (tool {edit.tool_gain:+.1f}, server {number(edit.server_score)})"
        lines += _item(f"{place}. {folded(edit.tool, _NAME)}", words, page)
    return lines + _more(len(report.plan.edits) - 8, "edit")


def _changes(report: Report, page: Page) -> list[str]:
    seen = report.comparison
    if seen is None:
        return []
    head = f"Since {folded(seen.against, 80)}: {headline(seen)}"
    lines = [page.paint(line, "bold") for line in wrapped(head, page.width, 3)]
    if not seen.same_rubric:
        lines += _item(
            "Note",
            f"another rubric graded it ({folded(seen.rubric_before, 20)}), so scores may have moved by themselves",
            page,
        )
    names, rows = labels(report), moved(report)
    lines += [f"  {step(one, names)}" for one in seen.server_dimensions]
    for row in rows[:10]:
        lines += _changed(row, names, page)
    return lines + _more(len(rows) - 10, "tool")


def _changed(row: Moved, names: dict[str, str], page: Page) -> list[str]:
    change = row.change
    was = f" (was {folded(change.was, _NAME)})" if change.was else ""
    scores = " to ".join(
        grade(score, tier)
        for score, tier in ((change.tdqs_before, change.tier_before), (change.tdqs_after, change.tier_after))
        if score is not None
    )
    style = "red" if row.lost else ""
    words = f"{folded(change.name, _NAME)}{was}  {scores}, {tokens(change.tokens_before, change.tokens_after)} tokens"
    lines = _row(change.change, words, page, 2, style)
    said = folded(why(row, names))
    return lines + (_row("", said, page, 3) if said else [])


def _tool_set(report: Report, page: Page) -> list[str]:
    reasons = report.server_score.coherence_justifications
    lines = []
    for dim in report.legend.server_dimensions:
        if dim.id in reasons:
            label = f"{folded(dim.label, 40)} {reasons[dim.id].score or '-'}"
            lines += _row(label, folded(reasons[dim.id].justification), page)
    open_pairs = [pair for pair in report.overlaps if not pair.boundary]
    for pair in open_pairs[:3]:
        shared = folded(", ".join(pair.shared), 80)
        words = f"{folded(pair.a, _NAME)} ~ {folded(pair.b, _NAME)}: both {shared}; no text tells them apart"
        lines += _row("Overlap", words, page)
    lines += _more(len(open_pairs) - 3, "overlapping pair")
    return [page.paint("The tools as a set", "bold"), *lines] if lines else []


def _flags(cards: Sequence[ToolCard], report: Report, page: Page) -> list[str]:
    raised: dict[str, list[str]] = {}
    for card in cards:
        for flag in (*card.flags, *card.server_flags):
            raised.setdefault(folded(flag, 40), []).append(folded(card.name, _NAME))
    for card, alarm in alarmed(cards, report):
        raised.setdefault(f"! {folded(alarm.label, 120)}", []).append(folded(card.name, _NAME))
    lines = [line for flag, names in raised.items() for line in _item(flag, ", ".join(names), page, 3)]
    for risk in report.server_score.shadowing_risks[:3] if report.shown is None else ():
        lines += _item("Shadowed", f"{folded(risk.tool, _NAME)}. {folded(risk.justification)}", page, 3)
    return [page.paint("Flags", "bold"), *lines] if lines else []


def _problems(found: list[Problem], page: Page) -> list[str]:
    lines = []
    for problem in found[:8]:
        where = folded(problem.tool or "input", _NAME)
        lines += _item(where, f"{folded(problem.message)} ({folded(problem.code, 60)})", page)
    return [page.paint("Problems", "bold"), *lines, *_more(len(found) - 8, "problem")] if lines else []


def _more(rest: int, noun: str, nouns: str = "") -> list[str]:
    return [f"  ... and {counted(rest, f'more {noun}', f'more {nouns}' if nouns else '')}"] if rest > 0 else []


def _hint(cards: list[ToolCard], page: Page) -> list[str]:
    first = next((card.fixes[0].fact for card in cards if card.fixes), None)
    if first is None:
        return []
    words = f"Why, and what good looks like: toolmark explain {folded(first, 80)}. Everything on one page: --html FILE."
    return [page.paint(line, "dim") for line in wrapped(words, page.width, 2)]
