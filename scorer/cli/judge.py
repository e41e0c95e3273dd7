"""`toolmark judge`: answers fetched into the cache, now or by batch, for later runs of `score --judge`."""
# ruff: noqa: PLC0415 - `--help` needs none of it

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scorer.cli import console, judged, options, writing
from scorer.cli.ask import Ask
from scorer.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.judge.asking import Job
    from scorer.judge.batch import BatchRun, Taken
    from scorer.judge.panel import Panel
    from scorer.models.tool import ToolSet

Sources = Annotated[
    list[str],
    typer.Argument(metavar="INPUT...", help="Files or folders of tool definitions, each a server.", show_default=False),
]
Batch = Annotated[
    bool,
    typer.Option(
        "--batch", metavar="", help="By the Message Batches API: half the price, within a day.", show_default=False
    ),
]
NoWait = Annotated[
    bool,
    typer.Option(
        "--no-wait",
        metavar="",
        help="With --batch: do not wait; the same command later takes the answers.",
        show_default=False,
    ),
]


def judge(  # noqa: PLR0913 - a command line has that many options
    sources: Sources,
    *,
    env: options.Env = None,
    timeout: options.Timeout = 30.0,
    only: options.Only = None,
    start: options.Start = False,
    batch: Batch = False,
    no_wait: NoWait = False,
    model: options.Model = None,
    judge_url: options.JudgeUrl = None,
    judge_cache: options.JudgeCache = None,
    jobs: options.Jobs = None,
    max_cost: options.MaxCost = None,
    dry_run: options.DryRun = False,
    quiet: options.Quiet = False,
) -> None:
    """Ask the judge about many servers and keep its answers; `toolmark score --judge` then finds them.

    - `toolmark judge servers/*.json --dry-run`
    - `toolmark judge servers/*.json --batch`
    - `toolmark judge .mcp.json --only github --start`

    Stopped at any moment, the same command goes on; nothing is paid for twice.
    """
    if no_wait and not batch:
        raise UsageError("--no-wait needs --batch", "Without a batch every answer is waited for.")
    wanted = judged.Wanted(True, model, judge_url, judge_cache, False, 1, jobs, max_cost, dry_run, quiet)
    asks = [Ask(source, None, None, (), env or (), None, timeout, only or (), start) for source in sources]
    sets = [found for ask in asks for found in _read(ask, quiet=quiet)]
    if dry_run:
        judged.tell_estimate(sets, wanted, batch=batch)
        return
    with judged.working(sets, wanted, batch=batch) as panel:
        asked = judged.all_jobs(panel, sets)
        if batch:
            _by_batch(panel, asked, wanted, wait=not no_wait)
        else:
            _now(panel, asked)


def _read(ask: Ask, *, quiet: bool) -> list[ToolSet]:
    from scorer.cli import inputs

    return inputs.read(ask, quiet=quiet)


def _now(panel: Panel, jobs: Sequence[Job]) -> None:
    given = panel.fill(jobs)
    console.show_progress("")
    failed = [one.problem for one in given if one.entry is None and one.problem]
    writing.write_stdout(
        f"{len(given) - len(failed)} answers kept, {len(failed)} without one: {judged.usage(panel.spent)}"
    )
    if failed:
        console.say(f"Without an answer: {'; '.join(sorted(set(failed))[:3])}")


def _by_batch(panel: Panel, jobs: Sequence[Job], wanted: judged.Wanted, *, wait: bool) -> None:
    with batch_run(panel, wanted) as run:
        taken = run.run(jobs, wait=wait)
    console.show_progress("")
    writing.write_stdout(told(taken))


@contextmanager
def batch_run(panel: Panel, wanted: judged.Wanted) -> Iterator[BatchRun]:
    """Batches with the ledger beside the cache, closed in the end. Raises JudgeUnusableError without a key."""
    from scorer.judge.batch import BatchRun
    from scorer.judge.cache import default_path
    from scorer.judge.client import AnthropicBatches
    from scorer.judge.ledger import Ledger

    path = wanted.cache or default_path(os.environ)
    ledger = Ledger(Path(f"{path}.batches"))
    try:
        batches = AnthropicBatches(judged.make(panel.model, panel.rules, wanted))
        if panel.cache is None:
            raise UsageError("a batch needs a cache for its answers", "Name one with --judge-cache.")
        yield BatchRun(panel, panel.cache, batches, ledger, say=console.say if not wanted.quiet else _silent)
    finally:
        ledger.close()


def _silent(_text: str) -> None:
    return


def told(taken: Taken) -> str:
    """What came of the batches, in a line."""
    without = ", ".join(f"{count} {name}" for name, count in taken.without.items())
    parts = [f"{taken.answered} answers kept", *([without] if without else [])]
    if taken.waiting:
        parts.append(f"{taken.waiting} under way")
    return f"{', '.join(parts)}: {judged.usage(taken.usage)}"
