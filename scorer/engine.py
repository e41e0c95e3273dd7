"""Joins the phases: a set of tools and a rubric become a report. Knows no source and no output."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scorer.catalog import load_risk_rules, load_rubric
from scorer.facts import examine, examine_set
from scorer.models.card import SCHEMA_VERSION, DimensionText, FactText, Legend, Report, ServerSummary
from scorer.models.grade import SetGrade
from scorer.models.signals import Siblings
from scorer.models.tool import NOT_READ, Problem
from scorer.risk import assess, summarise
from scorer.scorecard import begun, flag_shadowed, grade_server, grade_tool, locate, locate_set, plan, price, rate_tool
from scorer.signals import TOKEN_METHOD, compare, measure
from scorer.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from scorer.judge.panel import Panel
    from scorer.judging import Hearing
    from scorer.models.card import ToolCard
    from scorer.models.fact import Fact
    from scorer.models.grade import ToolGrade
    from scorer.models.risk import RiskCard
    from scorer.models.rubric import DimensionRubric, Rubric
    from scorer.models.signals import Overlap, Signals
    from scorer.models.tool import Tool, ToolSet

    # Called with (tools done, tools in all) after each tool.
    Progress = Callable[[int, int], None]

GRADED_BY = f"toolmark {__version__} heuristics"


def score(  # noqa: PLR0913 - what a run can be told
    tools: ToolSet,
    *,
    rubric: Rubric | None = None,
    generated_at: str | None = None,
    progress: Progress | None = None,
    places: bool = False,
    panel: Panel | None = None,
) -> Report:
    """Grade every tool of a server and the server as a whole.

    rubric: the shipped one by default. generated_at: ISO 8601 in UTC, now by default. progress: told after each tool.
    places: whether facts and fixes say where they stand in a file, which costs about a sixth more.
    panel: the judge as second witness, None for the heuristics alone.
    A tool that breaks a phase becomes a row of `errors`; the others are graded. Raises RubricError for a broken rubric,
    `judge.protocol.JudgeUnusableError` where no judge can be asked.
    """
    with _collector_paused():
        report = _score(tools, rubric or load_rubric(), generated_at or now(), progress, panel)
        return _located(report, tools) if places else report


def measured(tools: ToolSet) -> tuple[list[Tool], list[Signals]]:
    """The tools that can be graded, and their signals: what a judge would be asked about."""
    return _measure(tools.tools, [])


def compared(tools: ToolSet) -> tuple[list[Tool], list[Signals], Sequence[Siblings]]:
    """`measured`, and in parallel what the facts of each tool may know of the others."""
    sound, signals = measured(tools)
    return sound, signals, _compare(sound, signals, [])[0]


def _score(tools: ToolSet, rules: Rubric, generated_at: str, progress: Progress | None, panel: Panel | None) -> Report:
    problems = list(tools.problems)
    sound, signals = _measure(tools.tools, problems)
    siblings, overlaps = _compare(sound, signals, problems)
    alone = _examine_set(sound, signals, overlaps, problems)
    hearing = _hear(panel, rules, sound, signals, siblings)
    server_facts = hearing.server_facts(alone) if hearing else alone
    grade = hearing.card if hearing else lambda _place, tool, counted, facts: grade_tool(tool, counted, facts, rules)
    cards = tuple(_cards(_watched(sound, progress), signals, siblings, grade, problems))
    used = hearing.rubric if hearing else rules
    count = _count(tools)
    server_score = grade_server(cards, count, server_facts, overlaps, used)
    risks = [card.risk for card in cards if card.risk is not None]
    return Report(
        schema_version=SCHEMA_VERSION,
        spec_version=rules.spec_version,
        rubric_version=hearing.version if hearing else rules.version,
        generated_at=generated_at,
        graded_by=f"{GRADED_BY} and judge" if panel else GRADED_BY,
        model=panel.model if panel else None,
        server=_summary(tools, count),
        server_score=server_score,
        tools=flag_shadowed(cards, server_score),
        server_facts=price(server_facts, rules),
        overlaps=overlaps,
        plan=plan(cards, server_score, used),
        legend=_legend(rules),
        tokens=sum(card.tokens for card in cards),
        errors=tuple(problems),
        judge=hearing.summary(cards, alone) if hearing else None,
        risk=summarise(risks, load_risk_rules()) if risks else None,
    )


def _located(report: Report, tools: ToolSet) -> Report:
    """The report with file, line and column in its places."""
    read = iter(tools.tools)
    # Tools that broke a phase have no card; the others kept their order.
    pairs = ((card, next(tool for tool in read if tool.definition is card.definition)) for card in report.tools)
    cards = tuple(locate(card, tool) for card, tool in pairs)
    return replace(report, tools=cards, server_facts=locate_set(report.server_facts, tools.tools))


def _hear(
    panel: Panel | None, rules: Rubric, tools: Sequence[Tool], signals: Sequence[Signals], siblings: Sequence[Siblings]
) -> Hearing | None:
    if panel is None:
        return None
    from scorer.judging import Brought, Hearing  # noqa: PLC0415 - most runs ask no judge

    return Hearing(panel, rules, Brought(tools, tuple(signals), tuple(siblings)))


def grade(tools: ToolSet, *, rubric: Rubric | None = None) -> SetGrade:
    """The numbers of `score` alone, without reasons, fixes, quotes and plan, in about three quarters of the time: for whole registries.

    The scores, facts, signals and hashes are those of `score`, to the bit. Raises RubricError for a broken rubric.
    """
    with _collector_paused():
        return _grade(tools, rubric or load_rubric())


def _grade(tools: ToolSet, rules: Rubric) -> SetGrade:
    problems = list(tools.problems)
    sound, signals = _measure(tools.tools, problems)
    siblings, overlaps = _compare(sound, signals, problems)
    server_facts = _examine_set(sound, signals, overlaps, problems)
    grades = tuple(_grades(sound, signals, siblings, rules, problems))
    server_score = grade_server(grades, _count(tools), server_facts, overlaps, rules)
    return SetGrade(server_score, flag_shadowed(grades, server_score), tuple(problems))


def _grades(
    tools: Sequence[Tool],
    signals: Sequence[Signals],
    siblings: Sequence[Siblings],
    rubric: Rubric,
    problems: list[Problem],
) -> Iterator[ToolGrade]:
    for tool, counted, known in zip(tools, signals, siblings, strict=True):
        try:
            rated = rate_tool(tool, counted, examine(tool, counted, known), rubric)
        except Exception as error:  # noqa: BLE001 - one tool never stops the run
            problems.append(_failure("grading", error, tool))
        else:
            yield replace(rated, risk=_risk(tool, counted, problems, policies=False))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """A report grows to hundreds of thousands of values without a cycle; walking them again and again takes a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def now() -> str:
    """The present second as ISO 8601 in UTC, `2026-11-21T12:00:00Z`."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _summary(tools: ToolSet, count: int) -> ServerSummary:
    gaps = sum(problem.code == NOT_READ for problem in tools.problems)
    return ServerSummary(tools.server_name, count, tools.server_version, tools.kind, tools.location, gaps)


def _count(tools: ToolSet) -> int:
    """Every entry that the server listed, those that could not be read as a tool included."""
    return len(tools.tools) + sum(problem.tool is not None for problem in tools.problems)


def _failure(what: str, error: Exception, tool: Tool | None = None) -> Problem:
    """A defect of ours, shown as a row so that the rest of the report survives it."""
    message = f"{what} failed inside toolmark ({type(error).__name__}: {str(error)[:200]})"
    return Problem("internal-error", message, tool.name if tool else None)


def _measure(tools: Sequence[Tool], problems: list[Problem]) -> tuple[list[Tool], list[Signals]]:
    sound, signals = [], []
    for tool in tools:
        try:
            counted = measure(tool)
        except Exception as error:  # noqa: BLE001 - one tool never stops the run
            problems.append(_failure("measuring", error, tool))
        else:
            sound.append(_noted(tool, counted))
            signals.append(counted)
    return sound, signals


def _noted(tool: Tool, counted: Signals) -> Tool:
    """The tool with a note when not all of its parameters were read."""
    if not counted.truncated:
        return tool
    note = Problem(
        "truncated", f"only the first {len(counted.parameters)} parameters were read", tool.name, "/inputSchema"
    )
    return replace(tool, problems=(*tool.problems, note))


def _compare(
    tools: Sequence[Tool], signals: Sequence[Signals], problems: list[Problem]
) -> tuple[Sequence[Siblings], tuple[Overlap, ...]]:
    try:
        return compare(tools, signals)
    except Exception as error:  # noqa: BLE001 - the tools can still be graded one by one
        problems.append(_failure("comparing the tools", error))
        return [Siblings(names=frozenset(tool.name for tool in tools))] * len(tools), ()


def _examine_set(
    tools: Sequence[Tool], signals: Sequence[Signals], overlaps: Sequence[Overlap], problems: list[Problem]
) -> tuple[Fact, ...]:
    try:
        return examine_set(tools, signals, overlaps)
    except Exception as error:  # noqa: BLE001 - likewise
        problems.append(_failure("examining the set", error))
        return ()


def _watched(tools: Sequence[Tool], progress: Progress | None) -> Iterator[Tool]:
    for done, tool in enumerate(tools, 1):
        yield tool
        if progress:
            progress(done, len(tools))


def _cards(
    tools: Iterable[Tool],
    signals: list[Signals],
    siblings: Iterable[Siblings],
    grade: Callable[[int, Tool, Signals, Sequence[Fact]], ToolCard],
    problems: list[Problem],
) -> Iterator[ToolCard]:
    signals.reverse()
    for place, (tool, known) in enumerate(zip(tools, siblings, strict=True)):
        # Popped, so that ten thousand tools' parameters are not kept beside ten thousand cards.
        counted = signals.pop()
        try:
            card = begun(grade(place, tool, counted, examine(tool, counted, known)), tool, counted, known)
        except Exception as error:  # noqa: BLE001 - one tool never stops the run
            problems.append(_failure("grading", error, tool))
        else:
            yield replace(card, risk=_risk(tool, counted, problems, policies=True))


def _risk(tool: Tool, counted: Signals, problems: list[Problem], *, policies: bool) -> RiskCard | None:
    """The tool's risk, None where reading it broke."""
    try:
        return assess(tool, counted, load_risk_rules(), policies=policies)
    except Exception as error:  # noqa: BLE001 - likewise
        problems.append(_failure("reading the risk", error, tool))
        return None


def _legend(rubric: Rubric) -> Legend:
    dimensions = (*rubric.tool, *rubric.server)
    return Legend(
        dimensions=_texts(rubric.tool),
        server_dimensions=_texts(rubric.server),
        tiers={tier.letter: tier.at_least for tier in rubric.tiers},
        facts={
            rule.id: FactText(
                rule.id,
                rule.dimension,
                rule.kind,
                rule.question,
                rule.why,
                rule.remedy,
                rule.before,
                rule.after,
                rule.hostile,
            )
            for dimension in dimensions
            for rule in dimension.facts
        },
        token_method=TOKEN_METHOD,
        corpus=rubric.corpus,
    )


def _texts(dimensions: Sequence[DimensionRubric]) -> tuple[DimensionText, ...]:
    return tuple(DimensionText(d.id, d.label, d.weight, d.question, d.why) for d in dimensions)
