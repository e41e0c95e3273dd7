"""The report as GitHub Markdown, for a comment, a job summary or a docs page; short enough for a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.models.tool import NOT_READ
from scorer.outputs import changes
from scorer.outputs.alarms import alarmed, alarms
from scorer.outputs.escape import html_text, margin
from scorer.outputs.escape import markdown_sentence as sentence
from scorer.outputs.escape import markdown_text as md
from scorer.outputs.risk_changes import risk_changes
from scorer.outputs.risk_words import signal_labels
from scorer.outputs.second import on_tool, told
from scorer.outputs.words import (
    evidence,
    gain,
    grade,
    lines_of,
    named,
    number,
    partly,
    plan_title,
    problems,
    servers,
    shown,
    stretch,
    worst_first,
)
from scorer.text.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.card import Fix, Report, Reports, ToolCard
    from scorer.models.fact import Place
    from scorer.models.gate import Finding
    from scorer.models.tool import Problem

# GitHub refuses a comment of more than 65,536 characters; what a workflow adds around the report needs some of them.
_LIMIT = 60_000
_ROWS = 100
_NAME = 64
_ALARMS = 20


def render(report: Report | Reports) -> str:
    """The report as Markdown blocks; details of the better tools are left out, and counted, beyond 60,000 characters."""
    reports = servers(report)
    head = _overview(reports) if len(reports) != 1 else ""
    share = (_LIMIT - len(head)) // max(len(reports), 1)
    parts = [head] if head else []
    parts += [_server(one, share) for one in reports]
    return "\n\n".join(parts) + "\n"


def _server(report: Report, limit: int) -> str:
    foot = _footnote(report)
    return _bounded([*_summary(report), *_details(report)], limit - len(foot)) + "\n\n" + foot


def _bounded(blocks: list[str], limit: int) -> str:
    """As many of the blocks as fit, and a line that counts the others."""
    used, kept = 100, list[str]()
    for block in blocks:
        used += len(block) + 2
        if used > limit:
            break
        kept.append(block)
    if len(kept) < len(blocks):
        kept.append(f"*{counted(len(blocks) - len(kept), 'more section')} left out to keep this short.*")
    return "\n\n".join(kept)


def _overview(reports: tuple[Report, ...]) -> str:
    rows = [f"## {counted(len(reports), 'server')}", "", "| Server | Overall | Tools |", "|:--|--:|--:|"]
    for one in reports[:_ROWS]:
        score = one.server_score
        overall = grade(score.overall_score, score.overall_tier)
        rows.append(f"| {md(named(one), _NAME)} | {overall} | {score.tool_count} |")
    return "\n".join(rows)


def _summary(report: Report) -> Iterator[str]:
    score = report.server_score
    yield f"## {md(named(report), 100)}: {grade(score.overall_score, score.overall_tier)}"
    words = f"Descriptions {grade(score.description_quality_score, score.description_quality_tier)}, "
    words += f"coherence {grade(score.coherence_score, score.coherence_tier)}; "
    words += f"{counted(score.tool_count, 'tool')}, {counted(report.tokens, 'token')}"
    wrong = len(report.errors) - report.server.not_read
    words += f", {counted(wrong, 'error row')}." if wrong else "."
    yield words + (f" Risk: {md(report.risk.sentence)}" if report.risk else "")
    if partly(report):
        yield f"**{md(partly(report))}**"
    if report.judge:
        yield f"{md(told(report))}."
    blocks = (
        alarm_block(report),
        gate_block(report),
        changes_block(report),
        _table(report),
        _plan(report),
        _tool_set(report),
        _problems(report),
    )
    for block in blocks:
        if block:
            yield block


def alarm_block(report: Report) -> str:
    """The tools whose text is not for the agent's good, "" where there is none."""
    found = alarmed(shown(report), report)
    rows = [f"> - {code(card.name)}: {md(alarm.sentence(), 400)}" for card, alarm in found[:_ALARMS]]
    rows += [f"> - ... and {counted(len(found) - _ALARMS, 'more tool')}"] if len(found) > _ALARMS else []
    return "\n".join(["> **Beware: text that works against the agent**", ">", *rows]) if rows else ""


def gate_block(report: Report) -> str:
    """The verdict with its reasons, "" for a report that nothing was asked of."""
    gate = report.gate
    if gate is None:
        return ""
    failing = [finding for finding in gate.findings if finding.suppressed is None]
    aside = f"{len(gate.findings) - len(failing)} suppressed, {gate.known} known to the baseline"
    if not failing:
        return f"The gate is passed ({aside})."
    rows = [_finding(finding) for finding in failing[:20]]
    rows += [f"- ... and {len(failing) - 20} more"] if len(failing) > 20 else []
    return "\n".join([f"**{counted(len(failing), 'finding')} against the gate** ({aside}):", "", *rows])


def _finding(finding: Finding) -> str:
    place = finding.place
    where = f"{md(place.file, 200)}:{place.line}: " if place and place.file else ""
    fix = f" Fix: {sentence(finding.fix, 300)}" if finding.fix else ""
    stop = "" if finding.message.endswith((".", "?", "!")) else "."
    return f"- {where}{sentence(finding.message, 400)}{stop}{fix} ({code(finding.rule)})"


def changes_block(report: Report) -> str:
    """What changed, a row for each tool that did; "" for a report that was compared with nothing."""
    seen = report.comparison
    if seen is None:
        return ""
    names, rows = changes.labels(report), changes.moved(report)
    lines = [f"### {md(f'Since {seen.against[:100]}: {changes.headline(seen)}')}"]
    if not seen.same_rubric:
        lines += [
            "",
            f"*Another rubric graded it ({md(seen.rubric_before, 20)}), so scores may have moved by themselves.*",
        ]
    lines += ["", *(f"- {md(changes.step(one, names), 100)}" for one in seen.server_dimensions)]
    risks = risk_block(report)
    lines += ["", risks] if risks else []
    if rows:
        lines += ["", "| Tool | Before | After | Why | Tokens | First fix |", "|:--|--:|--:|:--|--:|:--|"]
    lines += [changed_row(row, names) for row in rows[:_ROWS]]
    lines += ["", f"*{counted(len(rows) - _ROWS, 'more tool')} left out.*"] if len(rows) > _ROWS else []
    return "\n".join(lines)


def risk_block(report: Report) -> str:
    """What new and changed tools can do to the world, "" where there is nothing to say."""
    rows = risk_changes(report)
    lines = [
        f"- {code(row.tool)}{' (new)' if row.new else ''}: {'**Beware:** ' if row.alarm else ''}{md(row.sentence(), 400)}"
        for row in rows[:_ALARMS]
    ]
    lines += [f"- ... and {counted(len(rows) - _ALARMS, 'more tool')}"] if len(rows) > _ALARMS else []
    return "\n".join(["**Risk of what is new or changed:**", "", *lines]) if lines else ""


def changed_row(row: changes.Moved, names: dict[str, str]) -> str:
    """A row of the table of changes: tool, before, after, why, tokens, first fix."""
    change, fix = row.change, row.fix if row.change.change != "removed" else None
    was = f", was {code(change.was)}" if change.was else ""
    before = "new" if change.change == "added" else grade(change.tdqs_before, change.tier_before)
    after = "gone" if change.change == "removed" else grade(change.tdqs_after, change.tier_after)
    size = changes.tokens(change.tokens_before, change.tokens_after)
    edit = f"{sentence(fix.text, 300)} ({gain(fix)})" if fix else ""
    return f"| {code(change.name)}{was} | {before} | {after} | {md(changes.why(row, names), 400)} | {size} | {edit} |"


def _table(report: Report) -> str:
    cards, dims = worst_first(shown(report)), report.legend.dimensions
    if not cards and not report.errors:
        return ""
    heads = "".join(f" {md(dim.label, 40)} |" for dim in dims)
    risky = any(card.risk for card in cards)
    rows = [f"| Tool | TDQS |{heads} Tokens |", f"|:--|--:|{':-:|' * len(dims)}--:|"]
    rows = [row + more for row, more in zip(rows, (" Risk |", ":--|"), strict=True)] if risky else rows
    for card in cards[:_ROWS]:
        digits = "".join(f" {card.scores.get(dim.id) or '-'} |" for dim in dims)
        rows.append(
            f"| {code(card.name)} | {number(card.tdqs)} {card.tier or ''} |{digits} {card.tokens:,} |{_class(card) if risky else ''}"
        )
    wrong = [one for one in report.errors if one.code != NOT_READ]
    rows += [f"| {code(one.tool or 'input')} | not graded |{' |' * len(dims)} |" for one in wrong[:10]]
    rest = len(cards) - _ROWS
    return "\n".join(rows) + (f"\n\n*{counted(rest, 'tool')} with better scores left out.*" if rest > 0 else "")


def _class(card: ToolCard) -> str:
    return f" {card.risk.category}, {card.risk.severity} |" if card.risk else " - |"


def _plan(report: Report) -> str:
    title = plan_title(report.plan)
    if not title or report.shown is not None:
        return ""
    steps = [
        f"1. {code(edit.tool)}: {sentence(edit.text)} (tool {edit.tool_gain:+.1f}, server {number(edit.server_score)})"
        for edit in report.plan.edits[:20]
    ]
    return "\n".join([f"### {md(title)}", "", *steps])


def _tool_set(report: Report) -> str:
    reasons = report.server_score.coherence_justifications
    dims = [dim for dim in report.legend.server_dimensions if dim.id in reasons]
    rows = [f"- {_score(dim.label, reasons[dim.id].score)}: {sentence(reasons[dim.id].justification)}" for dim in dims]
    rows += [
        f"- Overlap: {code(pair.a)} and {code(pair.b)} (both {md(', '.join(pair.shared), 80)}); no text tells them apart"
        for pair in report.overlaps
        if not pair.boundary
    ][:10]
    return "\n".join(["### The tools as a set", "", *rows]) if rows and report.shown is None else ""


def _problems(report: Report) -> str:
    found = problems(report)
    rows = [_problem(one) for one in found[:20]]
    rows += [f"- ... and {len(found) - 20} more"] if len(found) > 20 else []
    gaps = [(card.name, gap) for card in shown(report) for gap in card.unread]
    rows += [f"- {code(name)}: not read, so not graded: {md(gap.reason)}" for name, gap in gaps[:20]]
    rows += [f"- ... and {len(gaps) - 20} more fields that could not be read"] if len(gaps) > 20 else []
    return "\n".join(["### Problems", "", *rows]) if rows else ""


def _problem(one: Problem) -> str:
    if one.code == NOT_READ:
        return f"- Not read: {md(one.message)}"
    return f"- {code(one.tool or 'input')}: {sentence(one.message)} ({md(one.code, 60)})"


def _footnote(report: Report) -> str:
    return (
        f"<sub>Scores are 1 to 5; - was not measurable. Tokens: {md(report.legend.token_method, 120)}. "
        f"Graded by {md(report.graded_by, 60)}, rubric {md(report.rubric_version, 20)}.</sub>"
    )


def _details(report: Report) -> Iterator[str]:
    cards = worst_first(shown(report))
    if cards:
        yield "### Tool by tool"
    for card in cards:
        flags = ", ".join(html_text(flag, 40) for flag in (*card.flags, *card.server_flags))
        title = (
            f"<code>{html_text(card.name, _NAME)}</code> {grade(card.tdqs, card.tier)}{': ' if flags else ''}{flags}"
        )
        body = "\n".join(
            [*_alarms(card, report), *_reasons(card, report), *_second(card), *_risk(card, report), *_fixes(card)]
        )
        yield f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


def _alarms(card: ToolCard, report: Report) -> Iterator[str]:
    yield from (f"- **Beware**: {md(alarm.sentence(), 400)}" for alarm in alarms(card, report))


def _reasons(card: ToolCard, report: Report) -> Iterator[str]:
    for dim in report.legend.dimensions:
        reason = card.justifications.get(dim.id)
        if reason:
            fact = evidence(card, dim.id)
            quote = f" “{md(fact.quote, 200)}”" if fact and fact.quote else ""
            yield f"- {_score(dim.label, reason.score)}: {sentence(reason.justification)}{quote}"


def _second(card: ToolCard) -> Iterator[str]:
    said = list(on_tool(card))
    if said:
        yield "\nThe judge:\n"
    yield from (f"- {md(sentence)}" for sentence in said)


def _risk(card: ToolCard, report: Report) -> Iterator[str]:
    if card.risk is None:
        return
    risk, shown = card.risk, signal_labels(card.risk, report)
    yield f"- **Risk {risk.category}, {risk.severity}**: {sentence(risk.reason)}" + "".join(
        f" {sentence(one)}" for one in risk.conflicts
    )
    if shown:
        yield f"- Signals: {md('; '.join(shown), 400)}."


def _fixes(card: ToolCard) -> Iterator[str]:
    fixes = card.fixes[:5]
    if fixes:
        yield "\nFixes, the most useful first:\n"
    for fix in fixes:
        place = _at(fix.place) if fix.lines is not None else ""
        yield f"1. {sentence(fix.text)} ({gain(fix)}){place}{example(fix)}"
    for part in dict.fromkeys(lines_of(fix, card) for fix in fixes):
        if part:
            yield f"\nThe {md(part.role, 80)} now, {md(stretch(part), 300)}:\n\n<pre>{_lines(part.code)}</pre>"


def example(fix: Fix) -> str:
    """What to write: begun for this tool, else the rubric's worked example; "" without either."""
    if fix.start:
        return f" Begin with {code(fix.start, 200)}."
    return f" For example {code(fix.before, 200)} becomes {code(fix.after, 200)}." if fix.before and fix.after else ""


def _at(place: Place | None) -> str:
    return f" at {md(place.file, 200)}:{place.line}" if place and place.file else ""


def _lines(text: str) -> str:
    """Source lines within `<pre>`, where a blank line would end the HTML block."""
    return "\n".join(margin(row) + html_text(row, 200) or "&nbsp;" for row in text.split("\n"))


def _score(label: str, score: int | None) -> str:
    return f"**{md(label, 40)} {score or '-'}**"


def code(text: str, limit: int = _NAME) -> str:
    """The text set as code."""
    # A tag and not backticks: inside backticks nothing can be escaped.
    return f"<code>{md(text, limit)}</code>"
