"""Grading with the judge: what the command line asks for becomes a panel, and what it did is told."""
# ruff: noqa: PLC0415 - `--help`, and a run without the judge, need none of it

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scorer.cli import console
from scorer.errors import UsageError
from scorer.text.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import FrameType

    from scorer.judge.asking import Job
    from scorer.judge.client import AnthropicJudge
    from scorer.judge.cost import Estimate
    from scorer.judge.panel import Panel
    from scorer.models.judge import JudgeUsage
    from scorer.models.judge_rules import JudgeRules
    from scorer.models.tool import ToolSet


class Wanted(NamedTuple):
    """The options of the judge as given."""

    judge: bool
    model: str | None
    url: str | None
    cache: Path | None
    cached: bool
    votes: int | None
    jobs: int | None
    max_cost: float | None
    dry_run: bool
    quiet: bool


_ALONE = {
    "model": "--model",
    "url": "--judge-url",
    "cache": "--judge-cache",
    "cached": "--judge-cached",
    "votes": "--votes",
}
_ALONE |= {"jobs": "--jobs", "max_cost": "--max-cost", "dry_run": "--dry-run"}


def refuse_alone(wanted: Wanted) -> None:
    """The judge's options without the judge are a mistake. Raises UsageError."""
    given = [option for name, option in _ALONE.items() if getattr(wanted, name) not in (None, False)]
    if given and not wanted.judge:
        raise UsageError(f"{given[0]} needs --judge", "Add --judge to ask an LLM, too; it needs a key and costs money.")
    if wanted.cached:
        _refuse_no_cache(wanted)


def _refuse_no_cache(wanted: Wanted) -> None:
    """Answers from a cache that does not exist would be none at all, and the report the heuristics' under another name."""
    from scorer.judge.cache import default_path, journal

    path = wanted.cache or default_path(os.environ)
    if not path.exists() and not journal(path).exists():
        raise UsageError(
            f"there is no cache of answers at {path}",
            "Run it once without --judge-cached, which asks the judge and keeps its answers, or name the file with --judge-cache.",
        )


@contextmanager
def panel(wanted: Wanted, *, corrected: bool = True) -> Iterator[Panel]:
    """The panel that was asked for, its cache closed in the end. corrected: with the model's correction. Raises ToolmarkError."""
    from scorer.catalog import load_rubric
    from scorer.catalog.judging import load_judge
    from scorer.judge.cache import default_path, open_cache
    from scorer.judge.panel import Panel

    rubric = load_rubric()
    rules = load_judge(rubric)
    if not corrected:
        rules = replace(rules, models=tuple(replace(price, correction={}) for price in rules.models))
    model = wanted.model or rules.model
    cache = open_cache(wanted.cache or default_path(os.environ))
    try:
        yield Panel(
            model,
            rubric,
            rules,
            judge=None if wanted.cached else lambda: make(model, rules, wanted),
            cache=cache,
            max_cost=wanted.max_cost,
            votes=wanted.votes,
            concurrency=wanted.jobs,
            progress=None if wanted.quiet else _show_progress,
        )
    finally:
        cache.close()


def make(model: str, rules: JudgeRules, wanted: Wanted) -> AnthropicJudge:
    """The judge itself. Raises JudgeUnusableError without a key."""
    from scorer.judge.client import make_judge
    from scorer.judge.cost import price_of

    return make_judge(model, os.environ, rules.limits, base_url=wanted.url, price=price_of(model, rules.models))


def _show_progress(done: int, total: int, dollars: float | None) -> None:
    console.show_progress(f"{_bar(done, total)} judged {done} of {total}{_money(dollars)}")


def _bar(done: int, total: int, width: int = 24) -> str:
    full = width * done // max(total, 1)
    return f"[{'#' * full}{'.' * (width - full)}]"


def _money(dollars: float | None) -> str:
    return "" if dollars is None else f", ${dollars:.4f}"


@contextmanager
def judging(sets: Sequence[ToolSet], wanted: Wanted | None) -> Iterator[Panel | None]:
    """The panel to grade these servers with, None without a judge; afterwards what it did is told. Raises ToolmarkError."""
    if wanted is None:
        yield None
        return
    with working(sets, wanted) as judge:
        yield judge
    console.show_progress("")
    if not wanted.quiet:
        console.say(f"Judged by {judge.model}: {usage(judge.spent, judge.kept, judge.sought)}")


@contextmanager
def working(sets: Sequence[ToolSet], wanted: Wanted, *, batch: bool = False, corrected: bool = True) -> Iterator[Panel]:
    """A panel that may spend money on these servers. On an interruption, what is kept is told. Raises ToolmarkError."""
    from scorer.judge.protocol import JudgeError

    with panel(wanted, corrected=corrected) as judge, _ended_like_interrupted():
        if wanted.max_cost is not None:
            _refuse_dear(judge, sets, wanted.max_cost, batch=batch)
        try:
            yield judge
        except JudgeError as error:
            raise UsageError(str(error), getattr(error, "tip", "")) from None
        except KeyboardInterrupt:
            console.show_progress("")
            kept = "What was handed in goes on" if batch else f"Kept: {usage(judge.spent)}"
            console.say(f"Interrupted. {kept}. The same command goes on from there.")
            raise


@contextmanager
def _ended_like_interrupted() -> Iterator[None]:
    """A polite end of the process (SIGTERM) keeps what is paid for, as Ctrl-C does."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def usage(spent: JudgeUsage, kept: int = 0, sought: int = 0) -> str:
    """What was paid for, in words; where nothing was, how many of the answers `sought` were `kept` already."""
    if not spent.calls:
        return "no call, every answer was kept already" if kept == sought else f"no call, {_kept(kept, sought)}"
    cost = "at an unknown price" if spent.dollars is None else f"${spent.dollars:.4f}"
    read = f"{spent.cache_read_tokens:,} tokens read from the vendor's cache"
    return f"{spent.calls} calls, {spent.input_tokens:,} tokens in, {spent.output_tokens:,} out, {read}, {cost}"


def _kept(kept: int, sought: int) -> str:
    return (
        f"{kept or 'none'} of {counted(sought, 'answer')} kept already; what has none is graded by the heuristics alone"
    )


def tell_estimate(sets: Sequence[ToolSet], wanted: Wanted, *, batch: bool = False) -> None:
    """Print what judging would cost."""
    from scorer.cli import writing

    with panel(wanted) as judge:
        jobs = judge.missing(all_jobs(judge, sets))
        found = judge.estimate(jobs, batch=batch)
        writing.write_stdout("\n".join(_estimate_lines(judge, found, sum(len(tools.tools) for tools in sets))))


def all_jobs(judge: Panel, sets: Sequence[ToolSet]) -> list[Job]:
    """The first vote on everything."""
    from scorer import engine

    return [job for tools in sets for job in judge.jobs(*engine.measured(tools))]


def _estimate_lines(judge: Panel, found: Estimate, tools: int) -> Iterator[str]:
    most = judge.votes
    yield f"Model {judge.model}: {found.calls} calls for {tools} tools and the set; answers that are kept already cost nothing."
    yield from token_lines(found)
    yield f"Cost: {cost_of(found)}" + (
        f"; at most {most} times that where every tool asks for {most} votes." if most > 1 and found.dollars else "."
    )


def cost_of(found: Estimate) -> str:
    """An estimate's dollars in words."""
    return "unknown: the rubric has no price for this model" if found.dollars is None else f"about ${found.dollars:.4f}"


def token_lines(found: Estimate) -> Iterator[str]:
    """An estimate's tokens in words."""
    yield (
        f"Tokens: {found.input_tokens:,} in, {found.cache_read_tokens:,} read from and {found.cache_write_tokens:,} written to the "
        f"vendor's cache, {found.output_tokens:,} out."
    )
    if found.calls and not found.cached:
        yield "The shared part is too short for this model's cache, so it is paid in full each time."


def _refuse_dear(judge: Panel, sets: Sequence[ToolSet], most: float, *, batch: bool) -> None:
    """A run that cannot end within its budget is not begun. Raises UsageError."""
    found = judge.estimate(judge.missing(all_jobs(judge, sets)), batch=batch)
    if found.dollars is None:
        raise UsageError(
            f"the price of {judge.model} is not known, so --max-cost cannot be kept",
            "Leave it out, or choose another model.",
        )
    if found.dollars > most:
        raise UsageError(
            f"judging costs about ${found.dollars:.4f}, more than --max-cost {most:g}",
            "Raise it, or grade fewer tools; answers that are kept cost nothing.",
        )
